"""Calendar files among those of an import, and calendars as the bytes of an export."""

from __future__ import annotations

from datetime import datetime

from crm_cli.domain.draft import Refusal
from crm_cli.errors import UsageError
from crm_cli.services import calendars

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from crm_cli.domain.ical_item import CalendarDraft
    from crm_cli.services.import_reading import Source
    from crm_cli.services.transfer import Imported
    from crm_cli.store.store import Store

FORMAT = "ical"
FORMATS = (FORMAT, "jcal")
KINDS = ("calendar", "event", "task", "interaction")
NOT_READABLE = "The file cannot be read."


def parted(sources: Sequence[Source], kind: str | None) -> tuple[list[Source], list[Source]]:
    """Return the files that hold no calendar, and those that do; `kind` is the format the user named."""
    import importers

    others: list[Source] = []
    with_calendars: list[Source] = []
    for source in sources:
        found = kind
        if kind is None:
            try:
                with source.open() as stream:
                    found = importers.sniff(stream.read(importers.SNIFF_SIZE), source.label)
            except OSError:
                found = None
        (with_calendars if found == FORMAT else others).append(source)
    return others, with_calendars


def add(store: Store, sources: Sequence[Source], result: Imported, *, now: datetime, update: bool) -> Imported:
    """Import the calendars of files, in the change set of `result`, and add to its counts; return it."""
    if not sources:
        return result
    came = calendars.import_calendars(
        store, _drafts(sources), now=now, localize=datetime.astimezone, update=update, change_set=result.change_set
    )
    result.new += came.new
    result.changed += came.changed
    result.same += came.same
    result.refused += came.refused
    if came.new or came.changed:
        result.change_set = came.change_set
    return result


def _drafts(sources: Sequence[Source]) -> Iterator[CalendarDraft | Refusal]:
    from importers import ical

    for source in sources:
        try:
            stream = source.open()
        except OSError:
            yield Refusal(source.name, 0, NOT_READABLE)
            continue
        with stream:
            yield from ical.read(stream, source=source.label)


def exported(store: Store, *, kind: str, query: str, format: str, now: datetime) -> Iterator[bytes]:
    """Return calendars (`calendar`: whole, as they came), events, follow-ups or log entries as iCalendar or jCal.

    Raises UsageError for another kind, or a query that cannot be read.
    """
    import importers

    if kind not in KINDS:
        raise UsageError("“{kind}” cannot be exported.", kind=kind, hint="There are: {known}.", known=", ".join(KINDS))
    found = calendars.whole(store, now=now) if kind == "calendar" else [
        calendars.of_records(store, kind, _records(store, kind, query, now), now=now)
    ]  # fmt: skip
    writer: Any = importers.writer(format)
    written: Iterator[bytes] = writer.write(found)
    return written


def _records(store: Store, kind: str, query: str, now: datetime) -> Any:
    from crm_cli.store import cards, events, interactions, query_sql, tasks

    connection = store.connection
    if kind == "event":
        if not query.strip():
            return events.list(connection)
        from crm_cli.services import events as service

        return service.listed(store, query=query, between=None)
    compiled = query_sql.compile(connection, query, kind, now=now, actor=store.actor)
    if kind == "task":
        return tasks.list(connection, compiled.where, compiled.params)
    return interactions.list_rows(connection, cards.rows_where(connection, kind, compiled.where, compiled.params))
