"""Rows of cells as an aligned table, a record as a card, rows as Markdown. Everything is made harmless here."""

from __future__ import annotations

from crm_cli.domain.display import cell_width, clean_line, clean_lines, pad, shorten

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_GAP = "  "
_NARROWEST = 5
# The first column that may be shortened says which record it is: so much of it is left where there is room at all.
_NAME = 20
_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"


class Column:
    """A column of a table: its heading, and how its cells are laid out."""

    __slots__ = ("fixed", "heading", "right")

    def __init__(self, heading: str, *, fixed: bool = False, right: bool = False) -> None:
        self.heading = heading
        self.fixed = fixed
        self.right = right


def table(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int, *, color: bool) -> Iterator[str]:
    """Yield the lines of a table at most `width` cells wide, long cells shortened, those of fixed columns never."""
    cells = [[clean_line(cell) for cell in row] for row in rows]
    headings = [clean_line(column.heading) for column in columns]
    longest = [max((cell_width(row[index]) for row in cells), default=0) for index in range(len(columns))]
    natural = [max(cell_width(heading), cells) for heading, cells in zip(headings, longest, strict=True)]
    least = [
        max(cells, _NARROWEST) if column.fixed else _NARROWEST for column, cells in zip(columns, longest, strict=True)
    ]
    named = next((index for index, column in enumerate(columns) if not column.fixed), 0)
    readable = [max(few, min(longest[named], _NAME)) if index == named else few for index, few in enumerate(least)]
    widths = _fitted(_fitted(natural, readable, width), least, width)
    header = _line(columns, headings, widths)
    yield f"{_BOLD}{header}{_PLAIN}" if color else header
    for row in cells:
        yield _line(columns, row, widths)


def _fitted(natural: list[int], least: list[int], width: int) -> list[int]:
    """Take cells from the widest columns until the line fits; it may not when there are very many columns."""
    widths = list(natural)
    excess = sum(widths) + len(_GAP) * (len(widths) - 1) - width
    while excess > 0:
        candidates = [index for index, fewest in enumerate(least) if widths[index] > fewest]
        if not candidates:
            break
        widest = max(candidates, key=lambda index: widths[index])
        widths[widest] -= 1
        excess -= 1
    return widths


def _line(columns: Sequence[Column], cells: Sequence[str], widths: Sequence[int]) -> str:
    parts = [
        pad(shorten(cell, width), width, right=column.right)
        for column, cell, width in zip(columns, cells, widths, strict=True)
    ]
    return _GAP.join(parts).rstrip()


def card(pairs: Iterable[tuple[str, str]], *, color: bool) -> Iterator[str]:
    """Yield the lines of one record: heading and value, empty values left out, long texts on lines of their own."""
    filled = [(clean_line(heading), clean_lines(value)) for heading, value in pairs if value]
    width = max((cell_width(heading) for heading, _ in filled), default=0)
    for heading, lines in filled:
        label = pad(heading, width)
        yield f"{_BOLD}{label}{_PLAIN}{_GAP}{lines[0]}" if color else f"{label}{_GAP}{lines[0]}"
        for line in lines[1:]:
            yield " " * width + _GAP + line


def markdown(columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a Markdown table."""
    yield _markdown_row(column.heading for column in columns)
    yield "| " + " | ".join("---:" if column.right else "---" for column in columns) + " |"
    for row in rows:
        yield _markdown_row(row)


def _markdown_row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(markdown_text(cell) for cell in cells) + " |"


def markdown_text(text: str) -> str:
    """Return harmless text whose characters mean nothing to Markdown or HTML."""
    text = clean_line(text)
    for mark in "\\`*[]|":
        text = text.replace(mark, "\\" + mark)
    return text.replace("&", "&amp;").replace("<", "&lt;")
