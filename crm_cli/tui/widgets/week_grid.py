"""The days of a week side by side, hour by hour, what is on at the same time beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from crm_cli import wording
from crm_cli.domain.display import pad, shorten
from crm_cli.i18n import t
from crm_cli.tui.text_guard import content, one_line
from crm_cli.tui.widgets.week_lanes import Block, laid_out

if TYPE_CHECKING:
    from crm_cli.tui.week_plan import Entry, Week

_CLOCK = 8  # cells of the column of times
_NARROWEST = 6  # of a lane
_ALL_DAY = 4  # lines
_USUAL = (8 * 60, 18 * 60)  # hours that are always there


class WeekGrid(Static, can_focus=True):
    """The grid. `key` is that of the chosen entry, or `day 2025-11-17` where a day itself is chosen."""

    DEFAULT_CSS = "WeekGrid { height: 1fr; width: 1fr; }"

    class Moved(Message):
        """Another entry or day was clicked."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("", markup=False, id=id)
        self.week: Week | None = None
        self.key = ""
        self.today: date | None = None

    def show(self, week: Week, key: str, today: date) -> None:
        """Show a week with an entry chosen."""
        self.week, self.key, self.today = week, key, today
        self.draw()

    def on_resize(self) -> None:
        self.draw()

    def on_focus(self) -> None:
        self.draw()

    def draw(self) -> None:
        """Paint all of it."""
        width, height = self.size
        if width and height and self.week is not None:
            self.update(Content("\n").join(_Painter(self, self.week, width, height).lines()))


class _Painter:
    """One painting: the measures of the columns and of the hours, for one size."""

    def __init__(self, grid: WeekGrid, week: Week, width: int, height: int) -> None:
        self.week = week
        self.key = grid.key
        self.today = grid.today
        self.focused = grid.has_focus
        self.room = (width - _CLOCK) // len(week.days)
        self.width, self.height = width, height
        most = max((len(self._whole(day)) for day in week.days), default=0)
        self.whole_lines = min(most, _ALL_DAY)
        self.rows = max(height - 3 - self.whole_lines, 1)
        self._measure()

    def _measure(self) -> None:
        """Choose the hours that are shown and how many minutes a row has, so that the chosen entry is in sight."""
        timed = [entry for day in self.week.days for entry in self._timed(day)]
        first = min([_USUAL[0], *(entry.first or 0 for entry in timed)]) // 60 * 60
        last = max([_USUAL[1], *(entry.last or 0 for entry in timed)])
        last = min(-(-last // 60) * 60, self.week.hours.longest)
        self.minutes = 30 if (last - first) // 30 <= self.rows else 60
        fitting = self.rows * self.minutes
        chosen = next((entry for entry in timed if entry.key == self.key), None)
        if last - first > fitting and chosen is not None and chosen.first is not None:
            # The hour before it is in sight too.
            first = max(min((chosen.first // 60 - 1) * 60, last - fitting), first)
        self.first, self.last = first, min(first + fitting, last)

    def lines(self) -> list[Content]:
        """Return the lines of the whole grid."""
        rule = Content("─" * self.width)
        painted = [self._headings(), rule, *self._whole_days()]
        if self.whole_lines:
            painted.append(Content("╌" * self.width))
        columns = [self._column(day) for day in self.week.days]
        for row in range((self.last - self.first) // self.minutes):
            clock = self.week.hours.label(self.first + row * self.minutes)
            cells = [column[row] for column in columns]
            painted.append(Content("").join([content(pad(f" {clock}", _CLOCK), "$quiet"), *cells]))
        return painted[: self.height]

    def _headings(self) -> Content:
        parts = [Content(" " * _CLOCK)]
        for day in self.week.days:
            name = t("{weekday} {day}", weekday=wording.weekday(day), day=day.day)
            text = f"[{name}]" if day == self.today else f" {name} "
            chosen = self.key == f"day {day.isoformat()}" or self.key.endswith(f" {day.isoformat()}")
            style = "bold reverse" if chosen and self.focused else "bold"
            parts += [content(pad(text, self.room - 1), style), Content(" ")]
        return Content("").join(parts)

    def _whole_days(self) -> list[Content]:
        painted = []
        for line in range(self.whole_lines):
            label = t("all day") if line == 0 else ""
            parts = [content(pad(shorten(label, _CLOCK), _CLOCK), "$quiet")]
            for day in self.week.days:
                parts.append(self._whole_day(self._whole(day), line))
            painted.append(Content("").join(parts))
        return painted

    def _whole_day(self, entries: Sequence[Entry], line: int) -> Content:
        """Paint one line of the row of whole days; its last line says how many more there are."""
        if line >= len(entries):
            return Content(" " * self.room)
        hidden = len(entries) - self.whole_lines
        entry = entries[line]
        if line == self.whole_lines - 1 and hidden > 0:
            chosen = next((other for other in entries[line:] if other.key == self.key), None)
            if chosen is None:
                return content(pad(t("{count} more", count=hidden + 1), self.room), "$quiet")
            entry = chosen
        return self._piece(entry, self.room, self._first_line(entry, ""))

    def _column(self, day: date) -> list[Content]:
        """Paint the rows of one day."""
        rows = (self.last - self.first) // self.minutes
        blocks = laid_out(self._timed(day), self.first, self.minutes, rows)
        most = max(self.room // _NARROWEST, 1)
        painted = []
        for row in range(rows):
            inside = [block for block in blocks if block.top <= row < block.bottom]
            place = self.first + row * self.minutes
            if not inside:
                missing = self.week.hours.missing(day, place)
                painted.append(Content(("╌" * (self.room - 1) if missing else "").ljust(self.room)))
            else:
                painted.append(self._row(inside, row, most))
        return painted

    def _row(self, inside: Sequence[Block], row: int, most: int) -> Content:
        """Paint one row of one day: the lanes that fit, the chosen entry always among them."""
        lanes = min(inside[0].lanes, most)
        width = self.room // lanes
        parts: list[Content] = []
        for lane in range(lanes):
            room = width if lane < lanes - 1 else self.room - width * (lanes - 1)
            here = [block for block in inside if min(block.lane, lanes - 1) == lane]
            shown = next((block for block in here if block.entry.key == self.key), here[0] if here else None)
            parts.append(Content(" " * room) if shown is None else self._block(shown, row, room, len(here)))
        return Content("").join(parts)

    def _block(self, block: Block, row: int, room: int, count: int) -> Content:
        entry, line = block.entry, row - block.top
        if line == 0:
            at = self.week.hours.label(entry.first or 0) if (entry.first or 0) % self.minutes else ""
            more = f"+{count - 1} " if count > 1 else ""
            return self._piece(entry, room, more + self._first_line(entry, at))
        rest = [text for text in (entry.place, entry.who) if text]
        return self._piece(entry, room, one_line(rest[line - 1]) if line <= len(rest) else "", first=False)

    def _first_line(self, entry: Entry, at: str) -> str:
        return " ".join(part for part in (entry.sign, at, one_line(entry.title)) if part)

    def _piece(self, entry: Entry, room: int, text: str, *, first: bool = True) -> Content:
        chosen = entry.key == self.key
        bar = "○" if entry.kind == "task" else "▌"
        bar = ">" if chosen and first else bar if first or entry.kind == "event" else " "
        style = "bold reverse" if chosen and self.focused else "bold" if chosen else ""
        if not style and entry.sign == "×":
            style = "$text-error"
        return Content("").join([content(pad(shorten(bar + text, room - 1), room - 1), style), Content(" ")])

    def _whole(self, day: date) -> list[Entry]:
        return [entry for entry in self.week.entries[day] if entry.first is None]

    def _timed(self, day: date) -> list[Entry]:
        return [entry for entry in self.week.entries[day] if entry.first is not None]
