"""`crm export calendar|event|task|interaction` as iCalendar or jCal; of appointments as rows too."""

from __future__ import annotations

from crm_cli.commands._spec import Note, Outcome, Stream
from crm_cli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from crm_cli.context import AppContext

_KINDS = ("calendar", "event")
_FORMATS = ("ical", "jcal")
_ROWS = ("json", "jsonl", "csv", "tsv")


def format_of(ctx: AppContext, kind: str, format: str | None, output: str | None) -> str | None:
    """Return the format if an export is one of calendars, else None: it belongs to the address book."""
    if format is None and ctx.options.format in _ROWS:
        format = ctx.options.format
    if format is None and output and output.lower().endswith((".ics", ".ical")):
        format = "ical"
    if format in _FORMATS:
        return format
    return (format or "ical") if kind in _KINDS else None


def export(
    ctx: AppContext, *, kind: str, query: str, format: str, output: str | None, force: bool, share: str | None = None
) -> object:
    """Write calendars to stdout, or to a file that is replaced whole."""
    chunks = _chunks(ctx, kind, query, format, share)
    if output is None or output == "-":
        return Stream(chunks)
    from crm_cli.services import export_files

    if ctx.options.dry_run:
        return Outcome(None, notes=[Note("Nothing was written: this was a trial.")])
    # A feed others were let read, they may read again.
    export_files.write_file(output, chunks, force=force, keep_mode=kind == "event")
    return Outcome(None, notes=[Note("Written: {path}", path=output)])


def _chunks(ctx: AppContext, kind: str, query: str, format: str, share: str | None) -> Iterator[bytes]:
    from crm_cli.services import calendar_files, events

    if format in _FORMATS:
        return calendar_files.exported(
            ctx.store, kind=kind, query=query, format=format, now=ctx.now(), share=share, busy=ctx.t("Busy")
        )
    if share is not None:
        raise UsageError("--share belongs to calendars: --format ical.")
    if kind == "event" and format in _ROWS:
        from crm_cli.commands._rows import rows

        return rows(ctx, iter(events.listed(ctx.store, query=query, now=ctx.now())), format)
    raise UsageError(
        "{kind} cannot be exported as {format}.",
        kind=kind,
        format=format,
        hint="There are: {known}.",
        known=", ".join(_FORMATS if kind == "calendar" else (*_FORMATS, *_ROWS)),
    )
