"""`crm import` and `crm export`: foreign files in and out."""

from __future__ import annotations

from contextlib import contextmanager

from crm_cli.commands import _parties
from crm_cli.commands._spec import Command, Note, Outcome, Param, Stream
from crm_cli.errors import BadInput, NotFound, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from crm_cli.context import AppContext
    from crm_cli.domain.draft import ContactDraft
    from crm_cli.domain.transfer import ImportReport
    from crm_cli.services.exporting import Selection
    from crm_cli.services.import_reading import Options
    from crm_cli.services.transfer import Imported

_DIALECTS = ("plain", "google", "outlook", "outlook-de")
_VERSIONS = ("keep", "3.0", "4.0", "2.1")
_ENDINGS = {"vcf": "vcard", "json": "json", "jsonl": "jsonl", "csv": "csv", "tsv": "tsv", "xlsx": "xlsx"}


def import_(
    ctx: AppContext,
    *,
    paths: list[str],
    kind: str | None,
    map: list[str],
    columns: str | None,
    save_map: str | None,
    on_duplicate: str,
    encoding: str | None,
) -> object:
    from crm_cli.services import import_reading, transfer

    if on_duplicate == "ask" and not ctx.can_prompt:
        raise UsageError("--on-duplicate ask needs somebody to ask.", hint="In a script it is update or skip.")
    options = _options(ctx, kind, map, columns, encoding)
    with _stdin(ctx, wanted=import_reading.STDIN in paths) as stdin:
        found = import_reading.sources(paths, stdin)
        if not found:
            raise NotFound("There is no file in “{path}”.", path=paths[0])
        with ctx.progress("Importing", import_reading.count_items(found)) as progress:
            result = transfer.import_files(
                ctx.store,
                sources=found,
                options=options,
                now=ctx.now(),
                on_duplicate=on_duplicate,
                ask=_asker(ctx) if on_duplicate == "ask" else None,
                save_mapping=save_map,
                advance=progress.advance,
            )
    return _reported(ctx, result)


@contextmanager
def _stdin(ctx: AppContext, *, wanted: bool) -> Iterator[Any]:
    """Keep standard input in a file, for it is read twice."""
    if not wanted:
        yield None
        return
    import tempfile

    with tempfile.TemporaryFile() as spool:
        spool.write(ctx.stdin_bytes())
        spool.seek(0)
        yield spool


def _options(
    ctx: AppContext, kind: str | None, map: Sequence[str], columns: str | None, encoding: str | None
) -> Options:
    from crm_cli.services import transfer
    from crm_cli.services.import_reading import Options

    names = [word for word in map if "=" not in word]
    if len(names) > 1:
        raise UsageError("Only one saved column mapping can be used.", hint="--map NAME --map Header=field")
    return Options(
        region=ctx.config.region,
        kind=kind,
        encoding=encoding,
        mapping=transfer.saved_mapping(ctx.store, names[0]) if names else None,
        pairs=[word for word in map if "=" in word],
        columns=[word.strip() for word in columns.split(",")] if columns else (),
    )


def _asker(ctx: AppContext) -> Any:
    from crm_cli.domain.transfer import ADD, SKIP, UPDATE

    def ask(draft: ContactDraft, record: str) -> str:
        choices = (ctx.t("update the record"), ctx.t("leave it as it is"), ctx.t("add another record"))
        picked = ctx.prompt.choose("{name} differs from {record} here.", choices, name=draft.name, record=record)
        return (UPDATE, SKIP, ADD)[picked] if isinstance(picked, int) else SKIP

    return ask


def _reported(ctx: AppContext, result: Imported) -> Outcome:
    """Return the report; raises BadInput, with the report, where something was refused."""
    from crm_cli.domain.transfer import ImportReport

    dry = ctx.options.dry_run
    made = ctx.store.created_uids if dry else ()
    report = ImportReport(
        new=result.new,
        changed=result.changed,
        same=result.same,
        refused=tuple({"file": item.file, "line": item.line, "reason": ctx.t(item.reason)} for item in result.refused),
        possible_duplicates=tuple((None if a in made else a, None if b in made else b) for a, b in result.pairs),
        undo=None if dry or result.change_set is None else f"crm undo --change-set {result.change_set}",
    )
    shown = _with_columns(ctx, report, result)
    if result.refused:
        first = result.refused[0]
        raise BadInput(
            "{count} refused; the first is {file}, line {line}: {reason}",
            report=shown,
            count=len(result.refused),
            file=first.file,
            line=first.line,
            reason=ctx.t(first.reason),
        )
    notes = [Note("Nothing was written: this was a trial.")] if dry else []
    return Outcome(shown, notes=notes)


def _with_columns(ctx: AppContext, report: ImportReport, result: Imported) -> object:
    """Return the report; where a table was only tried out, with what each of its columns would become."""
    from crm_cli.domain.transfer import ColumnPreview, Preview

    if not ctx.options.dry_run or not result.tables:
        return report
    table = result.tables[0]
    columns = tuple(
        ColumnPreview(header, target, " · ".join(row[place] for row in table.sample if place < len(row)))
        for place, (header, target) in enumerate(table.mapping.columns)
    )
    return Preview(report, columns)


def export(
    ctx: AppContext,
    *,
    kind: str,
    query: list[str],
    format: str | None,
    output: str | None,
    share: str | None,
    force: bool,
    **how: Any,
) -> object:
    """Write records to stdout or, with -o, to a file or folder; `how` is for what is no calendar."""
    from crm_cli.commands import _calendar_export

    words = " ".join(query)
    calendar = _calendar_export.format_of(ctx, kind, format, output)
    if calendar is not None:
        return _calendar_export.export(
            ctx, kind=kind, query=words, format=calendar, output=output, force=force, share=share
        )
    if share is not None:
        raise UsageError("--share belongs to event.")
    return _export_records(ctx, kind, words, format=format, output=output, force=force, **how)


def _export_records(
    ctx: AppContext,
    kind: str,
    query: str,
    *,
    format: str | None,
    version: str,
    dialect: str | None,
    output: str | None,
    split: bool,
    qr: bool,
    strict: bool,
    force: bool,
) -> object:
    """Write people, firms, entries, follow-ups or deals.

    A vCard gives back every line it came with, also those no strict reader takes; `--strict` writes what a server
    accepts, and so do a vdir and `--split`, whose files go to one.
    """
    from crm_cli.services import exporting

    form = _format(ctx, kind, format, output, split, dialect)
    selection = exporting.Selection(
        ctx.store,
        kind=kind,
        query=query,
        now=ctx.now(),
        stages=ctx.config.deal_stages,
        limit=ctx.options.limit,
        whole_book=form in exporting.CARD_FORMATS,
    )
    if qr:
        return Stream(_codes(ctx, selection))
    if form == "vdir" or split:
        return _folder(ctx, selection, output, version=version, named=split, force=force)
    chunks = _chunks(ctx, selection, form, version=version, dialect=dialect, strict=strict)
    if output is None or output == "-":
        return Stream(chunks)
    return _file(ctx, selection, output, chunks, force=force)


def _format(
    ctx: AppContext, kind: str, format: str | None, output: str | None, split: bool, dialect: str | None
) -> str:
    """Return the format: given, else that of the file's name, else cards for people and JSON for the rest."""
    from crm_cli.services.exporting import FORMATS, PARTIES, ROW_FORMATS

    # With -o, --json is about what is said on stdout, and the name of the file tells what goes into it.
    if format is None and output is None and ctx.options.format in ROW_FORMATS:
        format = ctx.options.format
    if format is None and dialect is not None:
        format = "csv"
    if format is None and output and "." in output and not split:
        format = _ENDINGS.get(output.rpartition(".")[2].lower())
    found = format or ("vcard" if kind in PARTIES else "json")
    known = FORMATS if kind in PARTIES else ROW_FORMATS
    if found not in known:
        raise UsageError(
            "{kind} cannot be exported as {format}.",
            kind=kind,
            format=found,
            hint="There are: {known}.",
            known=", ".join(known),
        )
    if dialect is not None and found not in ("csv", "xlsx"):
        raise UsageError("--dialect belongs to csv and xlsx.")
    if split and found != "vcard":
        raise UsageError("--split belongs to vcard.")
    return found


def _chunks(
    ctx: AppContext, selection: Selection, form: str, *, version: str, dialect: str | None, strict: bool
) -> Iterator[bytes]:
    from crm_cli.services import exporting

    if form in exporting.ROW_FORMATS and dialect is None:
        from crm_cli.commands._rows import rows

        return rows(ctx, selection.records(), form, kind_of=selection.kind_of())
    found = selection.cards if form == "vcard" else selection.drafts
    return exporting.encoded(
        found(now=ctx.now(), region=ctx.config.region),
        format=form,
        version=version,
        strict=strict,
        dialect=dialect or "plain",
        excel=ctx.options.excel,
    )


def _codes(ctx: AppContext, selection: Selection) -> Iterator[str]:
    from crm_cli.services.exporting import PARTIES, qr_text

    if selection.kind not in PARTIES:
        raise UsageError("--qr is for people and firms.")
    if not len(selection):
        raise NotFound("Nothing was found to export.")
    for draft in selection.drafts(now=ctx.now(), region=ctx.config.region):
        yield qr_text(draft) + draft.name + "\n"


def _folder(
    ctx: AppContext, selection: Selection, output: str | None, *, version: str, named: bool, force: bool
) -> Outcome:
    from crm_cli.domain.transfer import Written
    from crm_cli.services import export_files

    if output is None or output == "-":
        raise UsageError("A folder is missing.", hint="-o FOLDER")
    if ctx.options.dry_run:
        return _trial(output, selection)
    drafts = selection.drafts(now=ctx.now(), region=ctx.config.region)
    count, unchanged = export_files.write_folder(output, drafts, version=version, named=named, force=force)
    return Outcome(Written(output, count, unchanged))


def _file(ctx: AppContext, selection: Selection, output: str, chunks: Iterator[bytes], *, force: bool) -> Outcome:
    from crm_cli.domain.transfer import Written
    from crm_cli.services import export_files

    if ctx.options.dry_run:
        return _trial(output, selection)
    export_files.write_file(output, chunks, force=force)
    return Outcome(Written(output, len(selection)))


def _trial(output: str, selection: Selection) -> Outcome:
    from crm_cli.domain.transfer import Written

    return Outcome(Written(output, len(selection)), notes=[Note("Nothing was written: this was a trial.")])


COMMANDS = (
    Command(
        "import",
        import_,
        (
            Param("paths", many=True, required=True, metavar="FILE…", complete="file", help="Files, folders, or -."),
            Param("kind", "--from", metavar="KIND", help="The format, where it cannot be told: csv, jsonl, …."),
            Param("map", "--map", many=True, metavar="NAME|HEADER=FIELD", help="Where a column goes, or saved ones."),
            Param("columns", "--columns", metavar="A,B", help="What the columns of a table without a header hold."),
            Param("save_map", "--save-map", metavar="NAME", help="Save the column mapping under a name."),
            Param(
                "on_duplicate",
                "--on-duplicate",
                type="choice",
                choices=("update", "skip", "ask"),
                default="update",
                help="What to do with what is there already and differs.",
            ),
            Param("encoding", "--encoding", metavar="NAME", help="The encoding of a table, where it is misread."),
        ),
        help="Import people and firms; what is there already is updated.",
        example=("crm import contacts.vcf", 'crm import kunden.csv --map "Kd-Nr=custom:customer_no" --dry-run'),
        writes=True,
    ),
    Command(
        "export",
        export,
        (
            Param(
                "kind",
                required=True,
                metavar="KIND",
                help="contact, company, interaction, task, deal, event, calendar.",
            ),
            _parties.QUERY,
            Param("format", "--format", metavar="FORMAT", help="vcard, vdir, jcard, csv, xlsx, json, jsonl, ical, …."),
            Param("version", "--vcard-version", type="choice", choices=_VERSIONS, default="3.0", help="Of a vCard."),
            Param("dialect", "--dialect", type="choice", choices=_DIALECTS, help="Whose columns a table has."),
            Param("output", "--output", "-o", metavar="FILE", complete="file", help="Where to; without it stdout."),
            Param("split", "--split", type="flag", help="A file for each vCard, in the folder -o."),
            Param("qr", "--qr", type="flag", help="A QR code on the terminal."),
            Param(
                "share",
                "--share",
                type="choice",
                choices=("titles", "busy"),
                help="What others see of appointments: titles and places, or only that you are busy.",
            ),
            Param("strict", "--strict", type="flag", help="vCards as servers take them, odd lines as text."),
            Param("force", "--force", type="flag", help="Write through a symbolic link."),
        ),
        help="Export records; cards come out as they came in, with what was edited.",
        example=(
            "crm export contact --format vcard -o contacts.vcf",
            "crm export contact tag:messe --dialect google -o messe.csv",
            "crm export interaction 'at>=2025-01-01' --format jsonl",
        ),
    ),
)
