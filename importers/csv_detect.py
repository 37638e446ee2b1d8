"""How a table is laid out: its delimiter, where its header is, and whether it has one.

The delimiter is the one that yields the most *known* headers, not the most
cells; the header is the first row that reads like one, whatever stands above.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import dataclass

from importers.csv_headers import lookup, lookup_typo
from importers.csv_records import Record, records
from importers.csv_values import is_data

DELIMITERS = (",", ";", "\t", "|")
LOOK_AHEAD = 60
SEP_LINE = re.compile(r'\ufeff?"?sep=(.)"?\s*', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Layout:
    """`header_line` is the line the header begins on, 0 where the file starts with data.

    `known` counts the headers understood, `width` the cells of most rows.
    """

    delimiter: str
    header_line: int
    headers: tuple[str, ...]
    known: int
    width: int


def find_layout(head: str) -> Layout:
    """Find the layout in the beginning of a file (its first few hundred lines are plenty)."""
    told = SEP_LINE.match(head)
    if told:
        candidates: tuple[str, ...] = (told[1],)
    else:
        candidates = DELIMITERS
    layouts = [find_header(rows(head, delimiter), delimiter) for delimiter in candidates]
    return max(layouts, key=_trust)


def rows(head: str, delimiter: str) -> list[Record]:
    """Read the rows in the beginning of a file, without Excel's `sep=;` line."""
    found = []
    for record in records(io.StringIO(head, newline=""), delimiter):
        if record.line == 1 and SEP_LINE.fullmatch(delimiter.join(record.cells)):
            continue
        found.append(record)
        if len(found) >= LOOK_AHEAD:
            break
    return found


def find_header(found: list[Record], delimiter: str = "") -> Layout:
    """Find the header among the first rows of a table."""
    readable = [record for record in found if record.cells]
    scores = [_known(record.cells) for record in readable]
    best = max(scores, default=0.0)
    width = _usual_width(readable)
    for place, (record, score) in enumerate(zip(readable, scores, strict=True)):
        if score and score >= 0.6 * best and _is_header(record, score, readable[place + 1 :]):
            return Layout(delimiter, record.line, _trimmed(record.cells, width), int(score + 0.5), width)
    first = readable[0] if readable else None
    if first and best == 0 and _stands_out(first, readable[1:]):
        return Layout(delimiter, first.line, _trimmed(first.cells, width), 0, width)
    return Layout(delimiter, 0, (), 0, width)


def _is_header(record: Record, score: float, below: list[Record]) -> bool:
    cells = [cell.strip() for cell in record.cells if cell.strip()]
    if any(is_data(cell) and not cell.isdigit() for cell in cells):
        return False
    # One known word among many others is more likely a value (“Position”, “Berlin”), unless the rows below differ.
    return score >= 2 or score * 3 >= len(cells) or not below or _stands_out(record, below)


def _stands_out(first: Record, others: list[Record]) -> bool:
    """Say whether a row of unknown words heads the rows below: texts only, all different, above data."""
    cells = [cell.strip() for cell in first.cells]
    if len(cells) < 2 or "" in cells[:-1] or len(set(cells)) < len(cells) or any(map(is_data, cells)):
        return False
    return any(is_data(cell.strip()) for record in others for cell in record.cells)


def _known(cells: list[str]) -> float:
    """Count the headers understood in a row; one with a typing mistake counts half."""
    total = 0.0
    for cell in cells:
        if len(cell) > 80 or not cell.strip():
            continue
        if lookup(cell) is not None:
            total += 1
        elif lookup_typo(cell) is not None:
            total += 0.5
    return total


def _usual_width(found: list[Record]) -> int:
    widths = Counter(len(record.cells) for record in found)
    return max(widths, key=lambda width: (widths[width], width), default=0)


def _trimmed(cells: list[str], width: int) -> tuple[str, ...]:
    """Drop the empty names a trailing delimiter leaves, unless the rows below are as wide."""
    headers = [cell.strip().strip("\ufeff") for cell in cells]
    while headers and not headers[-1] and len(headers) > width:
        headers.pop()
    return tuple(headers)


def _trust(layout: Layout) -> tuple[int, int, int]:
    return layout.known, layout.width, -DELIMITERS.index(layout.delimiter) if layout.delimiter in DELIMITERS else 0
