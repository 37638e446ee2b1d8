"""Rows as CSV or TSV: verbatim, or with `--excel` safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# What spreadsheets take for the begin of a formula, with the full-width twins some of them fold.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def delimited(
    header: Sequence[str], rows: Iterable[Sequence[tuple[str, bool]]], *, delimiter: str, excel: bool
) -> Iterator[str]:
    """Yield the lines of a file. A cell is (text, is it a number); numbers are never guarded."""
    buffer = io.StringIO()
    # The writer quotes a line break only where its own line ends hold that character, so it ends lines with both.
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    if excel:
        yield "\ufeff"
    writer.writerow(header)
    for row in rows:
        yield _taken(buffer, excel)
        writer.writerow([guarded(text) if excel and not number else text for text, number in row])
    yield _taken(buffer, excel)


def guarded(text: str) -> str:
    """Return the text with a `'` before it where a spreadsheet would read a formula."""
    return "'" + text if text.startswith(_FORMULA_STARTS) else text


def _taken(buffer: io.StringIO, excel: bool) -> str:
    """Empty the buffer of its one line and return it, ended as spreadsheets or as everything else likes it."""
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text if excel else text.removesuffix("\r\n") + "\n"
