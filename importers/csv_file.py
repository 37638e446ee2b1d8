"""Address books as CSV, from any program or none: read whatever comes, show what was understood.

`inspect` tells how a file would be read (encoding, delimiter, header, preset,
mapping) without reading it; `read` gives drafts and refusals one by one in
bounded memory; `write` (in `csv_write`) gives the columns Google and Outlook
expect, or our own.
"""

from __future__ import annotations

from dataclasses import dataclass

from crm_cli.domain.draft import ContactDraft, Refusal
from crm_cli.errors import UsageError
from importers.csv_detect import SEP_LINE, Layout, find_layout, rows
from importers.csv_headers import compact
from importers.csv_plan import plan, plan_headerless
from importers.csv_records import Record, records
from importers.csv_rows import NOBODY, RowReader
from importers.csv_target import Mapping
from importers.csv_text import Decoded, decode, decode_head
from importers.csv_values import day_first
from importers.csv_write import encode as encode
from importers.csv_write import write as write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import BinaryIO

HEAD = 1 << 17
SHOWN = 5

EMPTY = "The file holds no rows."
TOO_WIDE = "The row has more cells than the header has names."
DELETED = "The row is marked as deleted."
NOT_A_PERSON = "The row holds only a date; the member has left."
_EXTENSIONS = (".csv", ".tsv", ".tab")
_OTHER_KINDS = (b"BEGIN:", b"PK\x03\x04", b"{", b"[", b"<", b"%PDF", b"SQLite format")


@dataclass(frozen=True, slots=True)
class Table:
    """How a file is read.

    `header_line` counts from 1, 0 where the file starts with data. `preset` is the program that wrote it, if
    known. `sample` holds the first rows, cell by cell. `question` is what must be answered before it can be
    read: `columns` (name the columns of a file without a header), `map` (no column was understood), or None.
    """

    source: str
    encoding: str
    delimiter: str
    header_line: int
    preset: str | None
    headers: tuple[str, ...]
    mapping: Mapping
    sample: tuple[tuple[str, ...], ...]
    question: str | None = None


def sniff(head: bytes, name: str) -> bool:
    """Say whether a file is a table of contacts, by its name and its first bytes."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.upper().startswith(_OTHER_KINDS):
        return False
    if name.lower().endswith(_EXTENSIONS):
        return True
    text = decode_head(head)
    if not text or "\0" in text:
        return False
    layout = find_layout(text[:HEAD])
    return layout.known >= 2 and len(layout.headers) >= 2 and layout.known * 2 >= len(layout.headers)


def inspect(
    data: bytes | BinaryIO, *, source: str, mapping: Mapping | None = None, encoding: str | None = None
) -> Table:
    """Tell how a file would be read; a given mapping is laid over the one found."""
    decoded = decode(data, encoding=encoding)
    try:
        return _inspect(decoded, source, mapping)
    finally:
        decoded.release()


def read(
    stream: bytes | BinaryIO,
    *,
    source: str,
    region: str = "DE",
    mapping: Mapping | None = None,
    encoding: str | None = None,
    skipped: list[Refusal] | None = None,
) -> Iterator[ContactDraft | Refusal]:
    """Yield a draft or a refusal for each row; lines count from 1 as an editor counts them.

    Raises UsageError when the columns must be named first. Rows that hold no contact and never did (deleted
    records, members who left) are put into `skipped`.
    """
    decoded = decode(stream, encoding=encoding)
    try:
        table = _inspect(decoded, source, mapping)
        if not table.sample and not table.headers:
            yield Refusal(source, 0, EMPTY)
            return
        require_columns(table)
        width = len(table.mapping.columns)

        def body() -> Iterator[Record]:
            decoded.stream.seek(0)
            return _body(records(decoded.stream, table.delimiter, width=width), table)

        # Our export for spreadsheets marks its encoding and guards its cells.
        yield from read_rows(body, table, region=region, guarded=decoded.encoding == "utf-8-sig", skipped=skipped)
    finally:
        decoded.release()


def require_columns(table: Table) -> None:
    """Raise a UsageError where it must be said first which column is what."""
    if table.question == "columns":
        raise UsageError(
            "“{file}” has no header row; its columns must be named.",
            hint="Name them in order, for example: --columns given,family,email,phone,-",
            file=table.source,
        )
    if table.question == "map":
        raise UsageError(
            "None of the columns of “{file}” could be understood.",
            hint='Name one, for example: --map "{header}=name"',
            file=table.source,
            header=next((header for header, _ in table.mapping.columns), "Header"),
        )


def read_rows(
    body: Callable[[], Iterator[Record]],
    table: Table,
    *,
    region: str,
    guarded: bool = False,
    skipped: list[Refusal] | None = None,
) -> Iterator[ContactDraft | Refusal]:
    """Yield drafts and refusals from the rows below a header; `body` gives them anew each time it is called."""
    reader = RowReader(
        table.mapping, source=table.source, region=region, orders=_date_orders(body, table.mapping), guarded=guarded
    )
    headers = list(table.headers)
    deleted = next((place for place, header in enumerate(headers) if compact(header) == "isdeleted"), None)
    empty = True
    for record in body():
        empty = False
        if record.reason or any(map(str.strip, record.cells[reader.width :])):
            yield Refusal(table.source, record.line, record.reason or TOO_WIDE)
        elif headers and record.cells[: len(headers)] == headers:
            continue  # files joined together repeat their header
        elif deleted is not None and deleted < len(record.cells) and record.cells[deleted].lower() in {"1", "true"}:
            _skip(skipped, Refusal(table.source, record.line, DELETED))
        elif draft := reader.read(record.cells, record.line):
            yield draft
        elif table.preset == "linkedin":
            _skip(skipped, Refusal(table.source, record.line, NOT_A_PERSON))
        elif any(map(str.strip, record.cells)):
            yield Refusal(table.source, record.line, NOBODY)
    if empty:
        yield Refusal(table.source, 0, EMPTY)


def table_of(found: list[Record], layout: Layout, *, source: str, encoding: str, mapping: Mapping | None) -> Table:
    """Put together what is known of a table from its first rows."""
    below = [record.cells for record in found if record.cells and record.line > layout.header_line]
    question = None
    preset = None
    if layout.header_line:
        preset, planned, enough = plan(layout.headers, below)
        question = None if (enough and layout.known) or mapping else "map"
    else:
        planned = plan_headerless(below, max(map(len, below), default=0))
        question = None if mapping and not mapping.has_header else "columns"
    if mapping is not None and question is None:
        planned = mapping.fit(planned)
    sample = tuple(tuple(cells) for cells in below[:SHOWN])
    return Table(
        source, encoding, layout.delimiter, layout.header_line, preset, layout.headers, planned, sample, question
    )


def _inspect(decoded: Decoded, source: str, mapping: Mapping | None) -> Table:
    head = decoded.stream.read(HEAD)
    decoded.stream.seek(0)
    if len(head) == HEAD:
        head = head[: max(head.rfind("\n"), head.rfind("\r")) + 1] or head
    layout = find_layout(head)
    return table_of(rows(head, layout.delimiter), layout, source=source, encoding=decoded.encoding, mapping=mapping)


def _body(found: Iterable[Record], table: Table) -> Iterator[Record]:
    for record in found:
        if record.line > table.header_line and not (
            record.line == 1 and SEP_LINE.fullmatch(table.delimiter.join(record.cells))
        ):
            yield record


def _date_orders(body: Callable[[], Iterator[Record]], mapping: Mapping) -> dict[int, bool | None]:
    """Find out for each column of dates whether the day comes first, from all of its cells."""
    fields = ("birthday", "anniversary", "event")
    places = [place for place, (_, target) in enumerate(mapping.columns) if target.startswith(fields)]
    if not places:
        return {}
    told: dict[int, set[bool]] = {place: set() for place in places}
    for record in body():
        for place in places:
            if place < len(record.cells) and (order := day_first([record.cells[place].strip()])) is not None:
                told[place].add(order)
    return {place: next(iter(orders)) if len(orders) == 1 else None for place, orders in told.items()}


def _skip(skipped: list[Refusal] | None, refusal: Refusal) -> None:
    if skipped is not None:
        skipped.append(refusal)
