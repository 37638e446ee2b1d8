"""Address books as Excel workbooks (the `xlsx` extra): the same columns as in CSV, from the first filled sheet.

A workbook is a zip of XML and can be a bomb. Before openpyxl sees it, every
part is unpacked once in small pieces: sizes, ratios, document types and the
place of the furthest cell that holds something are checked.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time
from zlib import error as DeflateError

from crm_cli.domain.draft import ContactDraft, Refusal
from crm_cli.errors import UsageError
from importers.csv_detect import LOOK_AHEAD, find_header
from importers.csv_file import EMPTY, Table, read_rows, require_columns, table_of
from importers.csv_records import Record
from importers.csv_write import table as csv_table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import ModuleType
    from typing import Any, BinaryIO

    from importers.csv_target import Mapping

FILE_LIMIT = 50 << 20
SUM_LIMIT = 500 << 20
STRINGS_LIMIT = 100 << 20
RATIO_LIMIT = 100
ROW_LIMIT = 200_000
COLUMN_LIMIT = 200
CELL_LENGTH = 32_767
_CHUNK = 1 << 20
_OVERLAP = 256

NOT_READABLE = "The workbook can't be read: it is damaged, protected or no workbook."
TOO_LARGE = "The workbook is larger than 50 MB, or unpacks to more than 500 MB."
BOMB = "The workbook unpacks to more than a hundred times its size."
TYPED = "The workbook declares document types or entities."
TOO_FAR = "The workbook has cells beyond 200,000 rows or 200 columns."

_CELL = re.compile(rb'<(?:[A-Za-z]\w*:)?c\s(?:[^<>]{0,200}?\s)?r="([A-Z]{1,3})(\d{1,7})"[^<>]{0,200}?(/?)>')
# A cell that doesn't say where it is, and a row: then places are counted.
_LOOSE_CELL = re.compile(rb'<(?:[A-Za-z]\w*:)?c(?:\s(?![^<>]{0,200}\br=")[^<>]{0,200})?>')
_ROW = re.compile(rb"<(?:[A-Za-z]\w*:)?row[\s/>]")
# What a damaged or locked zip raises, part by part.
_ZIP_ERRORS = (zipfile.BadZipFile, DeflateError, EOFError, NotImplementedError, OSError, RuntimeError, ValueError)


class _RefusedError(Exception):
    """The workbook is not opened; the reason is the message."""


def sniff(head: bytes, name: str) -> bool:
    """Say whether a file is a workbook, by its name and its first bytes."""
    return head.startswith(b"PK\x03\x04") and name.lower().endswith((".xlsx", ".xlsm"))


def inspect(data: bytes | BinaryIO, *, source: str, mapping: Mapping | None = None) -> Table:
    """Tell how a workbook would be read; raises UsageError when the extra is missing or the file is refused."""
    try:
        return _Book(data, source, mapping).table
    except _RefusedError as refused:
        raise UsageError("“{file}” was not opened.", hint=str(refused), file=source) from refused


def read(
    stream: bytes | BinaryIO,
    *,
    source: str,
    region: str = "DE",
    mapping: Mapping | None = None,
    skipped: list[Refusal] | None = None,
) -> Iterator[ContactDraft | Refusal]:
    """Yield a draft or a refusal for each row of the first filled sheet; `line` is the row's number there."""
    try:
        book = _Book(stream, source, mapping)
    except _RefusedError as refused:
        yield Refusal(source, 0, str(refused))
        return
    if not book.table.sample and not book.table.headers:
        yield Refusal(source, 0, EMPTY)
        return
    require_columns(book.table)
    try:
        yield from read_rows(book.body, book.table, region=region, skipped=skipped)
    except _RefusedError as refused:
        yield Refusal(source, 0, str(refused))


def write(drafts: Iterable[ContactDraft], *, dialect: str = "plain") -> Iterator[bytes]:
    """Yield a workbook of one sheet; every cell is a text, so that nothing in it is ever calculated."""
    openpyxl = _openpyxl()
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    rows = [[ILLEGAL_CHARACTERS_RE.sub("\ufffd", text) for text in row] for row in csv_table(drafts, dialect=dialect)]
    longest = max(len(text) for row in rows for text in row)
    if longest > CELL_LENGTH:
        raise UsageError(
            "A text of {length} characters does not fit into a cell of a workbook.",
            hint="Export as CSV instead.",
            length=longest,
        )
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Contacts")
    for row in rows:
        cells = [WriteOnlyCell(sheet, value=text) for text in row]
        for cell in cells:
            cell.data_type = "s"
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    yield out.getvalue()


class _Book:
    """A checked workbook: its first filled sheet as a table, and its rows."""

    def __init__(self, data: bytes | BinaryIO, source: str, mapping: Mapping | None) -> None:
        openpyxl = _openpyxl()
        raw = data if isinstance(data, bytes) else data.read(FILE_LIMIT + 1)
        self._far = _checked(raw)
        try:
            self._book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
            self._sheet, found = self._filled()
        except Exception as error:  # openpyxl raises whatever its parts raise
            raise _RefusedError(NOT_READABLE) from error
        layout = find_header(found)
        self.table = table_of(found, layout, source=source, encoding="xlsx", mapping=mapping)

    def body(self) -> Iterator[Record]:
        """Yield the rows below the header."""
        for record in self._records(self._sheet):
            if record.line > self.table.header_line:
                yield record

    def _filled(self) -> tuple[Any, list[Record]]:
        for sheet in self._book.worksheets:
            found = []
            for record in self._records(sheet):
                found.append(record)
                if len(found) == LOOK_AHEAD:
                    break
            if found:
                return sheet, found
        return None, []

    def _records(self, sheet: Any) -> Iterator[Record]:
        if sheet is None:
            return
        rows, columns = self._far
        sheet.reset_dimensions()
        found = sheet.iter_rows(max_row=rows, max_col=columns, values_only=True)
        number = 0
        while True:
            try:
                row = next(found, None)
            except Exception as error:  # openpyxl raises whatever its parts raise
                raise _RefusedError(NOT_READABLE) from error
            if row is None:
                return
            number += 1
            cells = [_text(value) for value in row]
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                yield Record(number, cells)


def _openpyxl() -> ModuleType:
    try:
        import defusedxml  # noqa: F401 openpyxl parses through it when it is there
        import openpyxl
    except ImportError as error:
        raise UsageError(
            "Excel workbooks need two more packages.",
            hint="Install them with: pip install 'crm-cli[xlsx]'",
        ) from error
    module: ModuleType = openpyxl
    return module


def _checked(raw: bytes) -> tuple[int, int]:
    """Unpack every part once in pieces and give the furthest row and column that hold something."""
    if len(raw) > FILE_LIMIT:
        raise _RefusedError(TOO_LARGE)
    rows = columns = 1
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as book:
            for part in book.infolist():
                if part.file_size > RATIO_LIMIT * max(part.compress_size, 1 << 10):
                    raise _RefusedError(BOMB)
                total += part.file_size
                if total > SUM_LIMIT or (
                    part.filename.endswith("sharedStrings.xml") and part.file_size > STRINGS_LIMIT
                ):
                    raise _RefusedError(TOO_LARGE)
            for part in book.infolist():
                far = _scanned(book, part)
                rows, columns = max(rows, far[0]), max(columns, far[1])
    except _ZIP_ERRORS as error:
        raise _RefusedError(NOT_READABLE) from error
    return rows, columns


def _scanned(book: zipfile.ZipFile, part: zipfile.ZipInfo) -> tuple[int, int]:
    """Unpack one part in pieces and give the furthest row and column with a cell that holds something."""
    rows = columns = counted = 0
    loose = False
    markup = part.filename.lower().endswith((".xml", ".rels"))
    with book.open(part) as stream:
        tail = b""
        while chunk := stream.read(_CHUNK):
            piece = tail + chunk
            if markup and (b"\0" in piece or b"<!DOCTYPE" in piece or b"<!ENTITY" in piece):
                raise _RefusedError(TYPED)
            for match in _CELL.finditer(piece):
                if not match[3]:
                    rows, columns = max(rows, int(match[2])), max(columns, _column(match[1]))
            loose = loose or _LOOSE_CELL.search(piece) is not None
            counted += len(_ROW.findall(piece, len(tail)))
            if rows > ROW_LIMIT or columns > COLUMN_LIMIT or (loose and counted > ROW_LIMIT):
                raise _RefusedError(TOO_FAR)
            tail = piece[-_OVERLAP:]
    return (max(rows, counted + 1), COLUMN_LIMIT) if loose else (rows, columns)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _text(value: object) -> str:
    """Write a cell as a person would type it: whole numbers without a fraction, dates in ISO."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    return value.isoformat() if isinstance(value, date | time) else str(value)
