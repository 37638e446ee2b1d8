"""The hours of a week as one axis for all its days, also where the clocks change.

On the day summer time ends an hour comes twice, on the day it begins one is left out. A place on the axis is a
number of minutes from midnight; behind an hour that comes twice all places of the week lie as much later.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DAY_MIN = 24 * 60
_STEP_MIN = 15  # clocks change at a quarter of an hour


class Hours:
    """The axis of a week. `longest` is its length in minutes."""

    def __init__(self, days: Sequence[date], localize: Callable[[datetime], datetime]) -> None:
        self._day: date | None = None
        self._from = self._to = 0
        self._twice = False
        for day in days:
            change = _change(day, localize)
            if change is not None:
                at, minutes = change
                self._day, self._from, self._to, self._twice = day, at - abs(minutes), at, minutes < 0
        self._after: datetime | None = None
        if self._twice and self._day is not None:
            self._after = localize(datetime.combine(self._day, time()) + timedelta(minutes=self._to))
        self.longest = DAY_MIN + (self._to - self._from if self._twice else 0)

    def place(self, moment: datetime) -> int:
        """Return where a local moment lies."""
        return self._shifted(moment.hour * 60 + moment.minute, second=self._is_second(moment))

    def end(self, moment: datetime) -> int:
        """Return where something ends; midnight is the end of the day before."""
        return self.longest if moment.time() == time() else self.place(moment)

    def label(self, place: int) -> str:
        """Return the time of the clock at a place: `09:30`."""
        minute = place - (self._to - self._from) if self._twice and place >= self._to else place
        return f"{minute // 60:02}:{minute % 60:02}"

    def missing(self, day: date, place: int) -> bool:
        """Tell whether a day has no such time: the hour left out, or that which came twice on another day."""
        if self._day is None:
            return False
        if self._twice:
            return day != self._day and self._to <= place < 2 * self._to - self._from
        return day == self._day and self._from <= place < self._to

    def _shifted(self, minute: int, *, second: bool) -> int:
        if self._twice and (minute >= self._to or (second and minute >= self._from)):
            return minute + self._to - self._from
        return minute

    def _is_second(self, moment: datetime) -> bool:
        return (
            self._after is not None
            and moment.date() == self._day
            and moment.tzinfo is not None
            and moment.utcoffset() == self._after.utcoffset()
        )


def _change(day: date, localize: Callable[[datetime], datetime]) -> tuple[int, int] | None:
    """Return the minute from which the clock of a day goes by another offset, and by how many minutes; or None."""
    midnight = datetime.combine(day, time())
    before, after = localize(midnight).utcoffset(), localize(midnight + timedelta(days=1)).utcoffset()
    if before is None or after is None or before == after:
        return None
    minutes = int((after - before).total_seconds() // 60)
    for minute in range(_STEP_MIN, DAY_MIN + 1, _STEP_MIN):
        if localize(midnight + timedelta(minutes=minute)).utcoffset() == after:
            return minute, minutes
    return None
