"""Records as lines without columns (`--plain`): what a screen reader reads well and a script can cut at `; `."""

from __future__ import annotations

import re

from crm_cli.domain.display import clean_line, clean_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

BETWEEN = "; "
_COLUMNS = re.compile(r" {2,}")


def without_columns(text: str) -> str:
    """Return one line whose parts, however far apart, are parted by semicolons."""
    return _COLUMNS.sub(BETWEEN, text.strip())


def joined(headings: Sequence[str], cells: Sequence[str], ref: str = "") -> str:
    """Return one record: its cells with their headings ("" for none), what is empty left out, its id at the end."""
    parts = [f"{heading}: {cell}" if heading else cell for heading, cell in zip(headings, cells, strict=True) if cell]
    return BETWEEN.join([*parts, ref] if ref else parts)


def rows(headings: Sequence[str], cells: Iterable[Sequence[str]], *, ref: int | None = None) -> Iterator[str]:
    """Yield a line for each row; the first cell needs no heading, and that of column `ref` goes to the end."""
    order = [index for index in range(len(headings)) if index != ref]
    heads = ["", *(clean_line(headings[index]) for index in order[1:])] if order else []
    for row in cells:
        values = [_one_line(row[index]) for index in order]
        yield joined(heads, values, "" if ref is None else clean_line(row[ref]))


def card(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield one record: a line for each value that is not empty, those of a long text one below the other."""
    for heading, value in pairs:
        if value:
            first, *more = clean_lines(value)
            yield f"{clean_line(heading)}: {first}"
            yield from more


def page(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines of a page for people without its columns, indents and blank lines."""
    yield from (without_columns(line) for line in lines if line.strip())


def _one_line(cell: str) -> str:
    return without_columns(clean_line(cell))
