"""Rows of a table with the line they begin on, however broken the quoting is.

The standard reader believes a quotation mark that is never closed and gives
the rest of the file as one cell. Here such a row is refused and reading goes
on with the line after it, so that one bad row never hides the next.
"""

from __future__ import annotations

import csv
from collections import deque
from dataclasses import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

LINE_LIMIT = 4 << 20
RECORD_LIMIT = 1 << 20
RECOVERIES = 200

NEVER_CLOSED = "A quotation mark that opens here is never closed."
TOO_LONG = "The line is longer than 4 million characters."
GIVEN_UP = "Too many quotation marks are never closed; the rest of the file was not read."


@dataclass(frozen=True, slots=True)
class Record:
    """One row: the line it begins on (from 1) and its cells, or why it can't be read (`reason`)."""

    line: int
    cells: list[str]
    reason: str = ""


class _RunawayError(Exception):
    """The record being read is too long to be one."""


class _Lines:
    """Physical lines, countable, that can be given back."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._waiting: deque[str] = deque()
        self.number = 0
        self.taken: list[str] = []
        self.size = 0
        self.ended = False
        self.overlong = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else self._stream.readline(LINE_LIMIT)
        if not line:
            self.ended = True
            raise StopIteration
        self.number += 1
        self.taken.append(line)
        self.size += len(line)
        if len(line) >= LINE_LIMIT and line[-1] not in "\r\n":
            self._skip_line()
            self.overlong = True
            raise _RunawayError
        if self.size > RECORD_LIMIT and len(self.taken) > 1:
            raise _RunawayError
        return line

    def _skip_line(self) -> None:
        while (rest := self._stream.readline(LINE_LIMIT)) and rest[-1] not in "\r\n":
            pass

    def start_record(self) -> None:
        """Forget the lines of the record before."""
        self.taken.clear()
        self.size = 0
        self.ended = self.overlong = False

    def give_back(self) -> None:
        """Give back every line of the record but its first."""
        self._waiting.extendleft(reversed(self.taken[1:]))
        self.number -= len(self.taken) - 1


def records(stream: TextIO, delimiter: str, *, width: int = 0) -> Iterator[Record]:
    """Yield the rows of a table; blank lines are passed over.

    `width` is the number of columns where it is known: a row of several lines and another width, whose second
    line alone is a complete row, is a row with a stray quotation mark.
    """
    csv.field_size_limit(max(csv.field_size_limit(), LINE_LIMIT))
    lines = _Lines(stream)
    reader = _reader(lines, delimiter)
    recoveries = 0
    while True:
        lines.start_record()
        start = lines.number + 1
        cells: list[str] | None = None
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (_RunawayError, csv.Error):
            reader = _reader(lines, delimiter)
        if lines.overlong:
            yield Record(start, [], TOO_LONG)
        elif cells is None or lines.ended or _swallowed(lines.taken, cells, delimiter, width):
            recoveries += 1
            if recoveries > RECOVERIES:
                yield Record(start, [], GIVEN_UP)
                return
            lines.give_back()
            reader = _reader(lines, delimiter)
            yield Record(start, [], NEVER_CLOSED)
        elif cells and any(cells):
            yield Record(start, cells)


def _reader(lines: Iterator[str], delimiter: str) -> Iterator[list[str]]:
    return csv.reader(lines, delimiter=delimiter, skipinitialspace=True)


def _swallowed(taken: list[str], cells: list[str], delimiter: str, width: int) -> bool:
    """Say whether a row of several lines has eaten the next row: its own width is wrong, the next line's right."""
    if width < 2 or len(taken) < 2 or len(cells) == width:
        return False
    alone = next(_reader(iter(taken[1:2]), delimiter), [])
    return len(alone) == width
