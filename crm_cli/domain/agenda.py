"""A stretch of days: what is on, what collides, how long the ways are, and where there is room."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from crm_cli.domain.record import Record
from crm_cli.domain.when import read_day
from crm_cli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from crm_cli.domain.event import Event
    from crm_cli.domain.record_ref import RecordRef

    Timed = tuple[datetime, datetime, Event]

LONGEST = 3660
"""Days of a range."""
TIGHT_MIN = 30
"""Minutes between two places that are too few to be sure of."""
# Words that may say which days.
_LONGEST_RANGE = 7

_WEEK = re.compile(r"(?:(?:diese|this) )?(?:woche|week)|kw\.?")
_MONTH = re.compile(r"(?:(?:diese[rn]?|this) )?(?:monat|month)")
_COUNTED = re.compile(r"(\d{1,4}) ?(d|t|w|m|tag|tage|tagen|day|days|woche|wochen|week|weeks|monat|monate|month|months)")
_FROM_TO = re.compile(r"(.+?)\s*(?:\.\.+|–|\bbis\b|\bto\b|\buntil\b| - )\s*(.+)")


class Occurrence(Record):
    """One time of an event. `start` and `end` are ISO 8601 as in `Event`, with an offset unless `all_day`.

    `conflicts` are the ids of events at the same time. `gap_min` are the minutes since the one before it on that day
    ended, `tight` says that it is elsewhere and the gap is short.
    """

    id: str
    title: str
    start: str
    end: str
    all_day: bool
    duration_min: int | None
    location: str | None = None
    contacts: tuple[RecordRef, ...] = ()
    company: RecordRef | None = None
    status: str | None = None
    free: bool = False
    series: bool = False
    conflicts: tuple[str, ...] = ()
    gap_min: int | None = None
    tight: bool = False


class FreeSlot(Record):
    """A stretch of working time with nothing in it; `start` and `end` are ISO 8601 with offset."""

    start: str
    end: str
    duration_min: int


def read_range(text: str, *, now: datetime, days: int) -> tuple[date, date]:
    """Return the first and last day of `heute`, `nächste Woche`, `kw49`, `10 days`, `1.12. bis 5.12.` …

    Without words it is `days` days from today. Raises UsageError for what is no stretch of days.
    """
    words = " ".join(text.split())
    folded = words.lower()
    today = now.date()
    if not words:
        return today, today + timedelta(days=days - 1)
    if _WEEK.fullmatch(folded):
        return _week(today - timedelta(days=today.weekday()))
    if _MONTH.fullmatch(folded):
        return today.replace(day=1), _month_end(today)
    counted = _COUNTED.fullmatch(folded)
    if counted is not None:
        return today, _after(today, int(counted[1]), counted[2][0]) - timedelta(days=1)
    ends = _FROM_TO.fullmatch(words)
    if ends is not None:
        first, last = (read_day(part, now=now, prefer="future") for part in (ends[1], ends[2]))
        if first is not None and last is not None:
            return _checked(first, last, text)
    day = read_day(words, now=now, prefer="future")
    if day is not None:
        if re.search(r"(?:woche|week)\b|\bkw", folded):
            return _week(day)
        return day, _month_end(day) if re.search(r"(?:monat|month)\b", folded) else day
    raise UsageError(
        "“{text}” is no stretch of days.", text=text, hint="Such as today, next week, kw49, 10 days, 1.12. to 5.12."
    )


def split_range(words: Sequence[str], *, now: datetime) -> tuple[tuple[date, date] | None, str]:
    """Return the days that the first words name, as many of them as do, and the text behind them."""
    spread = " ".join(words).split()
    for count in range(min(len(spread), _LONGEST_RANGE), 0, -1):
        if ":" in (text := " ".join(spread[:count])):
            continue
        try:
            return read_range(text, now=now, days=1), " ".join(spread[count:])
        except UsageError:
            continue
    return None, " ".join(words)


def _checked(first: date, last: date, text: str) -> tuple[date, date]:
    if last < first:
        raise UsageError("“{text}” ends before it begins.", text=text)
    if (last - first).days > LONGEST:
        raise UsageError("“{text}” is longer than {days} days.", text=text, days=LONGEST)
    return first, last


def _week(monday: date) -> tuple[date, date]:
    return monday, monday + timedelta(days=6)


def _month_end(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _after(day: date, count: int, unit: str) -> date:
    length = timedelta(days=count if unit in "dt" else 7 * count if unit == "w" else 30 * count)
    if not 0 < length.days <= LONGEST:
        raise UsageError("“{text}” is longer than {days} days.", text=str(count), days=LONGEST)
    return day + length


class Remarks:
    """What is to be said about one time of an event: see `Occurrence`."""

    __slots__ = ("conflicts", "gap_min", "tight")

    def __init__(self) -> None:
        self.conflicts: list[str] = []
        self.gap_min: int | None = None
        self.tight = False


def arranged(found: Iterable[Timed]) -> list[tuple[Timed, Remarks]]:
    """Return times of events, each with start and end as moments, in order and with their conflicts and gaps.

    What is free or a whole day takes no time from others.
    """
    ordered = sorted(
        found, key=lambda item: (item[0].toordinal(), not item[2].all_day, item[0].timestamp(), item[1].timestamp())
    )
    remarks = [Remarks() for _ in ordered]
    open_: list[tuple[float, int]] = []
    previous: Timed | None = None
    for index, item in enumerate(ordered):
        start, end, event = item
        if event.all_day or event.free:
            continue
        moment = start.timestamp()
        open_ = [other for other in open_ if other[0] > moment]
        mine = remarks[index]
        for _, other in open_:
            mine.conflicts.append(ordered[other][2].id)
            remarks[other].conflicts.append(event.id)
        if previous is not None and previous[1].date() == start.date():
            mine.gap_min, mine.tight = _gap(previous, item)
        open_.append((end.timestamp(), index))
        if previous is None or end >= previous[1]:
            previous = item
    return list(zip(ordered, remarks, strict=True))


def _gap(before: Timed, after: Timed) -> tuple[int, bool]:
    minutes = max(int((after[0] - before[1]).total_seconds() // 60), 0)
    here, there = before[2].location, after[2].location
    elsewhere = bool(here and there and here.casefold() != there.casefold())
    return minutes, elsewhere and minutes < TIGHT_MIN


def free_slots(
    busy: Sequence[tuple[datetime, datetime]],
    *,
    first: date,
    last: date,
    length_min: int,
    hours: tuple[int, int],
    now: datetime,
    localize: Callable[[datetime], datetime],
    is_holiday: Callable[[date], bool],
) -> list[FreeSlot]:
    """Return the stretches of at least `length_min` minutes in working hours (minutes of the day) of working days."""
    slots = []
    taken = sorted(busy)
    day = max(first, now.date())
    while day <= last:
        if day.weekday() < 5 and not is_holiday(day):
            opening, closing = (localize(_minute(day, minute)) for minute in hours)
            at = max(opening, now)
            for start, end in [*taken, (closing, closing)]:
                until = min(start, closing)
                if (until - at).total_seconds() >= length_min * 60:
                    slots.append(
                        FreeSlot(
                            at.isoformat(timespec="seconds"),
                            until.isoformat(timespec="seconds"),
                            int((until - at).total_seconds() // 60),
                        )
                    )
                at = max(at, end)
        day += timedelta(days=1)
    return slots


def _minute(day: date, minute: int) -> datetime:
    return datetime(day.year, day.month, day.day) + timedelta(minutes=minute)  # noqa: DTZ001 - made aware by the caller
