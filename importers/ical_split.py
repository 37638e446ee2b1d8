"""A calendar file cut into calendars and components, whatever is wrong with it.

An END that is missing is put in, one too many is dropped, a bare component gets a calendar round it; every other
line stays where it was.
"""

from __future__ import annotations

import re

from crm_cli.domain.ical_item import ITEM_KINDS, CalendarDraft
from importers.ical_lines import content_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

PRODID = "-//crm//crm//EN"

NO_END = "END of a component was missing."
STRAY_END = "An END without its BEGIN was dropped."
NO_CALENDAR = "BEGIN:VCALENDAR was missing."

_EDGE = re.compile(r"\s*(BEGIN|END)\s*:\s*([A-Za-z][A-Za-z0-9-]*)\s*\Z", re.IGNORECASE)
_EDGE_LENGTH = 200
# Parts that never hold another of their own kind.
_SINGLE = frozenset(("VALARM", "STANDARD", "DAYLIGHT", "VTIMEZONE", "AVAILABLE", "PARTICIPANT", "VLOCATION"))


def edge(line: str) -> tuple[str, str] | None:
    """Return (`BEGIN` or `END`, the component in capitals) for a line that is one of them, else None."""
    match = _EDGE.match(line) if len(line) < _EDGE_LENGTH else None
    return None if match is None else (match[1].upper(), match[2].upper())


class RawItem:
    """The lines of one component with BEGIN and END, and the number of the first in the file."""

    __slots__ = ("kind", "line", "lines")

    def __init__(self, kind: str, line: int) -> None:
        self.kind = kind
        self.line = line
        self.lines = [f"BEGIN:{kind}"]


class RawCalendar:
    """One calendar: `draft.frame` has the numbers of `items`."""

    __slots__ = ("draft", "items", "zones")

    def __init__(self, line: int) -> None:
        self.draft = CalendarDraft(line=line)
        self.items: list[RawItem] = []
        self.zones: list[str] = []


class _Splitter:
    """The open calendar, its open components from outside in, and the item that takes lines."""

    def __init__(self) -> None:
        self.calendar: RawCalendar | None = None
        self.finished: RawCalendar | None = None
        self.item: RawItem | None = None
        self.open: list[str] = []
        self.loose: list[str] = []
        self.number = 0
        self.bare = False

    def take(self, number: int, line: str) -> RawCalendar | None:
        """Take one content line; give the calendar it shows to be complete."""
        self.number = number
        found = edge(line)
        if found is None:
            self._put(line)
            return None
        kind = found[1]
        if found[0] == "BEGIN":
            return self._begin(kind)
        self._end(kind, line)
        return None

    def _begin(self, kind: str) -> RawCalendar | None:
        if kind == "VCALENDAR":
            done = self.finish()
            self._open_calendar()
            return done
        done = None
        if kind in ITEM_KINDS or (kind == "VTIMEZONE" and self.item is not None):
            if self.calendar is None:
                done = self.finish()
                self._open_calendar()
                self.bare = True
                self._repair(NO_CALENDAR)
            self._close_above(1, repaired=True)
        elif kind in _SINGLE and self.open and self.open[-1] == kind:
            self._close_above(len(self.open) - 1, repaired=True)
        if kind in ITEM_KINDS and self.calendar is not None:
            self.item = RawItem(kind, self.number)
            self.calendar.draft.frame.append(len(self.calendar.items))
            self.calendar.items.append(self.item)
        else:
            self._put(f"BEGIN:{kind}")
        if self.calendar is not None:
            self.open.append(kind)
        return done

    def _end(self, kind: str, line: str) -> None:
        if self.calendar is None:
            self._put(line)
            return
        if kind not in self.open:
            self._repair(STRAY_END)
            return
        at = len(self.open) - 1 - self.open[::-1].index(kind)
        self._close_above(at + 1, repaired=True)
        self._close_above(at, repaired=False)

    def _close_above(self, depth: int, *, repaired: bool) -> None:
        """Close open components until `depth` of them are left."""
        while len(self.open) > depth:
            kind = self.open.pop()
            self._put(f"END:{kind}")
            if repaired and not (kind == "VCALENDAR" and self.bare):
                self._repair(NO_END)
            if self.item is not None and len(self.open) == 1:
                self.item = None
            if not self.open:
                self.finished, self.calendar = self.calendar, None

    def _open_calendar(self) -> None:
        self.calendar = RawCalendar(self.number)
        self.calendar.draft.frame += [*self.loose, "BEGIN:VCALENDAR"]
        self.loose = []
        self.open = ["VCALENDAR"]
        self.bare = False

    def _put(self, line: str) -> None:
        if self.item is not None:
            self.item.lines.append(line)
        elif self.calendar is not None:
            self.calendar.draft.frame.append(line)
            if "VTIMEZONE" in self.open or line in ("BEGIN:VTIMEZONE", "END:VTIMEZONE"):
                self.calendar.zones.append(line)
        elif self.finished is not None:
            self.finished.draft.frame.append(line)
        else:
            self.loose.append(line)

    def _repair(self, text: str) -> None:
        target = self.calendar or self.finished
        if target is not None and text not in target.draft.repairs:
            target.draft.repairs.append(text)

    def finish(self) -> RawCalendar | None:
        """Close what is open and give the calendar that is complete now, if any."""
        self._close_above(0, repaired=True)
        done, self.finished = self.finished, None
        return done


def split_calendars(stream: BinaryIO) -> Iterator[RawCalendar]:
    """Yield every calendar of a file; a component outside one gets a calendar of its own."""
    splitter = _Splitter()
    repairs: list[str] = []
    for number, line in content_lines(stream, repairs):
        done = splitter.take(number, line)
        if done is not None:
            yield _mended(done, repairs)
    done = splitter.finish()
    if done is not None:
        yield _mended(done, repairs)


def _mended(calendar: RawCalendar, repairs: list[str]) -> RawCalendar:
    draft = calendar.draft
    draft.repairs[:0] = repairs
    repairs.clear()
    if NO_CALENDAR in draft.repairs:
        at = draft.frame.index("BEGIN:VCALENDAR") + 1
        draft.frame[at:at] = ["VERSION:2.0", f"PRODID:{PRODID}"]
    return calendar
