"""The times of one rule (RFC 5545, 3.3.10), entered near a window instead of being followed from its beginning.

Every step is counted: a rule that hardly ever holds, or each second, ends in `TooLong` and not in a long wait. Where
the standard leaves a choice it is made as dateutil makes it; `python -m bench.series` compares the two.
"""

from __future__ import annotations

from calendar import isleap, monthrange
from datetime import date, datetime, time, timedelta
from itertools import product

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

MOST_CHECKS = 100_000
"""How many days and times are looked at for one rule."""

# Rules of these frequencies can begin any whole number of intervals later and still give the same times.
_SECONDS = {"SECONDLY": 1, "MINUTELY": 60, "HOURLY": 3600, "DAILY": 86400, "WEEKLY": 604800}
_MONTHS = {"MONTHLY": 1, "YEARLY": 12}
_DAY_PARTS = frozenset(("BYMONTHDAY", "BYDAY", "BYYEARDAY", "BYWEEKNO"))
_PLAIN_PARTS = frozenset(("FREQ", "INTERVAL", "COUNT", "WKST"))
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LIST_LIMIT = 1500
_DAY = timedelta(days=1)


class TooLong(Exception):
    """A rule took more steps than any that is meant for people."""


def times(text: str, start: datetime, until: datetime | None, after: datetime, before: datetime) -> Iterator[datetime]:
    """Yield the times of a rule up to `until` and before `before`, from its start or somewhat before `after`.

    All are naive local times; the UNTIL of the rule itself is the caller's. Raises TooLong, and ValueError and its
    like for a rule that cannot be followed.
    """
    parts = dict(part.upper().split("=", 1) for part in text.strip().strip(";").split(";"))
    # Another calendar, or a way of its own with days a month has not (RFC 7529), is not followed here.
    if (parts.pop("RSCALE", "GREGORIAN"), parts.pop("SKIP", "OMIT")) != ("GREGORIAN", "OMIT"):
        raise ValueError(text)
    parts.pop("UNTIL", None)
    if sum(part.count(",") for part in parts.values()) > _LIST_LIMIT or "BYEASTER" in parts:
        raise ValueError(text)
    end = before - timedelta(seconds=1) if until is None else min(until, before - timedelta(seconds=1))
    rule = _Rule(parts, start, end)
    if rule.frequency == "WEEKLY" and _PLAIN_PARTS.issuperset(parts.keys() - {"BYDAY"}):
        return rule.weekly(after)
    if rule.frequency in _SECONDS and _PLAIN_PARTS.issuperset(parts):
        return rule.evenly(after)
    if rule.count is None and start < after:
        rule.start = _later(start, rule.frequency, rule.interval, after)
    return rule.counted(
        rule.by_days() if rule.frequency in ("YEARLY", "MONTHLY", "WEEKLY", "DAILY") else rule.in_days()
    )


def _later(start: datetime, frequency: str, interval: int, after: datetime) -> datetime:
    """Return the latest start before `after` from which a rule without a count gives the same times."""
    if frequency in _SECONDS:
        unit = _SECONDS[frequency] * interval
        return start + max(int((after - start).total_seconds()) // unit - 1, 0) * timedelta(seconds=unit)
    step = _MONTHS[frequency] * interval
    months = (after.year - start.year) * 12 + after.month - start.month
    for steps in range(months // step - 1, 0, -1):
        year, month = divmod(start.year * 12 + start.month - 1 + steps * step, 12)
        # A start on the 31st, or on 29 February, has to stay one.
        if start.day <= monthrange(year, month + 1)[1]:
            return start.replace(year=year, month=month + 1)
    return start


class _Rule:
    """A rule read: each part as a set of numbers, None where it says nothing."""

    def __init__(self, parts: Mapping[str, str], start: datetime, end: datetime) -> None:
        self.start, self.end = start, end
        self.frequency = parts["FREQ"]
        self.interval = int(parts.get("INTERVAL", "1"))
        if self.interval < 1 or self.frequency not in (*_SECONDS, *_MONTHS):
            raise ValueError(parts)
        self.count = int(parts["COUNT"]) if "COUNT" in parts else None
        self.week_begins = _WEEKDAYS.index(parts.get("WKST", "MO"))
        self.checks = 0
        self.months, self.month_days = _numbers(parts, "BYMONTH"), _numbers(parts, "BYMONTHDAY")
        self.year_days, self.weeks = _numbers(parts, "BYYEARDAY"), _numbers(parts, "BYWEEKNO")
        self.positions = sorted(_numbers(parts, "BYSETPOS") or ())
        self.hours, self.minutes, self.seconds = (_numbers(parts, name) for name in ("BYHOUR", "BYMINUTE", "BYSECOND"))
        self.weekdays, self.nth = _weekdays(parts.get("BYDAY"), nth=self.frequency in _MONTHS)
        if _DAY_PARTS.isdisjoint(parts):
            self._take_day()
        days = (self.weekdays, self.nth, self.months, self.month_days, self.year_days, self.weeks)
        self.every_day = not any(days)

    def _take_day(self) -> None:
        """Take the day from the start where the rule names none."""
        if self.frequency == "WEEKLY":
            self.weekdays = {self.start.weekday()}
        elif self.frequency in _MONTHS:
            self.month_days = {self.start.day}
            if self.frequency == "YEARLY" and self.months is None:
                self.months = {self.start.month}

    def check(self) -> None:
        """Count a step; raises TooLong."""
        self.checks += 1
        if self.checks > MOST_CHECKS:
            raise TooLong

    def counted(self, found: Iterator[datetime]) -> Iterator[datetime]:
        """Yield times from the start to the end, as many as the rule says."""
        left = self.count
        for moment in found:
            if moment > self.end or left == 0:
                return
            if moment >= self.start:
                left = None if left is None else left - 1
                yield moment

    def evenly(self, after: datetime) -> Iterator[datetime]:
        """Yield the times of a rule of nothing but a frequency that is a length of time."""
        step = timedelta(seconds=_SECONDS[self.frequency] * self.interval)
        number = max(-((self.start - after) // step), 0)
        while (self.count is None or number < self.count) and self.start + number * step <= self.end:
            yield self.start + number * step
            number += 1

    def weekly(self, after: datetime) -> Iterator[datetime]:
        """Yield the times on certain weekdays of every so many weeks."""
        own = (self.start.weekday() - self.week_begins) % 7
        days = sorted((day - self.week_begins) % 7 for day in self.weekdays or ())
        first, step = self.start - timedelta(days=own), timedelta(weeks=self.interval)
        week = max((after - first) // step, 0)
        # How many times there were before this week, without those before the start in the first one.
        number = week * len(days) - sum(day < own for day in days) if week else 0
        while first + week * step <= self.end:
            for day in days:
                moment = first + week * step + timedelta(days=day)
                if moment < self.start:
                    continue
                if moment > self.end or (self.count is not None and number >= self.count):
                    return
                number += 1
                yield moment
            week += 1

    def allows(self, day: date) -> bool:
        """Tell whether the rule may have a time on a day."""
        if self.every_day:
            return True
        if self.months is not None and day.month not in self.months:
            return False
        if (self.weekdays or self.nth) and not (day.weekday() in self.weekdays or self._is_nth(day)):
            return False
        if self.month_days is not None:
            backwards = day.day - 1 - monthrange(day.year, day.month)[1]
            if day.day not in self.month_days and backwards not in self.month_days:
                return False
        if self.year_days is not None:
            of_year = day.timetuple().tm_yday
            if of_year not in self.year_days and of_year - 366 - isleap(day.year) not in self.year_days:
                return False
        return self.weeks is None or self._in_week(day)

    def _is_nth(self, day: date) -> bool:
        """Tell whether a day is, say, the second Tuesday or the last Friday of its month or year."""
        if not self.nth:
            return False
        if self.frequency == "YEARLY" and self.months is None:
            number, length = day.timetuple().tm_yday, 365 + isleap(day.year)
        else:
            number, length = day.day, monthrange(day.year, day.month)[1]
        weekday = day.weekday()
        return (weekday, (number - 1) // 7 + 1) in self.nth or (weekday, -((length - number) // 7 + 1)) in self.nth

    def _in_week(self, day: date) -> bool:
        """Tell whether a day is in one of the weeks; the first week of a year has four of its days."""
        year, week = self._week(day)
        last = self._week(date(year, 12, 28))[1]
        assert self.weeks is not None
        return week in self.weeks or week - last - 1 in self.weeks

    def _week(self, day: date) -> tuple[int, int]:
        middle = day + timedelta(days=3 - (day.weekday() - self.week_begins) % 7)
        return middle.year, (middle.timetuple().tm_yday - 1) // 7 + 1

    def by_days(self) -> Iterator[datetime]:
        """Yield the times of a rule by years, months, weeks or days."""
        clock = [self.hours or {self.start.hour}, self.minutes or {self.start.minute}]
        parts = product(*map(sorted, [*clock, self.seconds or {self.start.second}]))
        of_day = [time(hour, minute, second) for hour, minute, second in parts]
        for days in self._periods():
            found = [day for day in days if self._checked(day)]
            if self.positions:
                yield from _picked(found, of_day, self.positions)
            else:
                yield from (datetime.combine(day, moment) for day in found for moment in of_day)

    def _checked(self, day: date) -> bool:
        self.check()
        return self.allows(day)

    def _periods(self) -> Iterator[Sequence[date]]:
        """Yield the days of each year, month, week or day a rule goes by."""
        first, last = self.start.date(), self.end.date()
        if self.frequency in _MONTHS:
            month = first.year * 12 + (first.month - 1 if self.frequency == "MONTHLY" else 0)
            while month <= last.year * 12 + last.month - 1:
                self.check()
                span = range(month, month + _MONTHS[self.frequency])
                yield [day for one in span for day in self._month(one // 12, one % 12 + 1)]
                month += _MONTHS[self.frequency] * self.interval
        elif self.frequency == "WEEKLY":
            begin = first - timedelta(days=(first.weekday() - self.week_begins) % 7)
            while begin <= last:
                yield [day for day in (begin + number * _DAY for number in range(7)) if day >= first]
                begin += timedelta(weeks=self.interval)
        else:
            while first <= last:
                yield [first]
                first += self.interval * _DAY

    def _month(self, year: int, month: int) -> Sequence[date]:
        """Return the days of a month that are worth a look."""
        if self.months is not None and month not in self.months:
            return ()
        weekday, last = monthrange(year, month)
        days: Iterable[int] = range(1, last + 1)
        if self.month_days is not None:
            days = sorted({day if day > 0 else last + 1 + day for day in self.month_days}.intersection(days))
        if self.weekdays or self.nth:
            wanted = self.weekdays | {day for day, _ in self.nth}
            days = [day for day in days if (weekday + day - 1) % 7 in wanted]
        return [date(year, month, day) for day in days]

    def in_days(self) -> Iterator[datetime]:
        """Yield the times of a rule by hours, minutes or seconds; hours it has not are passed over as a whole."""
        unit = _SECONDS[self.frequency]
        step = timedelta(seconds=unit * self.interval)
        first = self.start if unit == 1 else self.start.replace(second=0)
        first = at = first.replace(minute=0) if unit == 3600 else first
        while at <= self.end:
            self.check()
            resume = self._resume(at, unit)
            if resume is not None:
                at = first + max(-((first - resume) // step), 0) * step
                continue
            yield from self._within(at, unit)
            at += step

    def _resume(self, at: datetime, unit: int) -> datetime | None:
        """Return when to look again if the rule has no time in the day, hour or minute of this one, else None."""
        if not self.allows(at.date()):
            return datetime.combine(at.date(), time()) + _DAY
        if self.hours is not None and at.hour not in self.hours:
            return at.replace(minute=0, second=0) + timedelta(hours=1)
        if unit <= 60 and self.minutes is not None and at.minute not in self.minutes:
            return at.replace(second=0) + timedelta(minutes=1)
        if unit == 1 and self.seconds is not None and at.second not in self.seconds:
            return at + timedelta(seconds=1)
        return None

    def _within(self, at: datetime, unit: int) -> Iterator[datetime]:
        """Yield the times in one hour, minute or second."""
        minutes = sorted(self.minutes or {self.start.minute}) if unit == 3600 else [at.minute]
        seconds = sorted(self.seconds or {self.start.second}) if unit > 1 else [at.second]
        of_day = [time(at.hour, minute, second) for minute in minutes for second in seconds]
        if self.positions:
            yield from _picked([at.date()], of_day, self.positions)
        else:
            yield from (datetime.combine(at.date(), moment) for moment in of_day)


def _picked(days: Sequence[date], of_day: Sequence[time], positions: Sequence[int]) -> list[datetime]:
    """Return the times at certain positions of a period, which counts from 1, or from its end."""
    size = len(days) * len(of_day)
    places = {position - 1 if position > 0 else size + position for position in positions if position}
    return [
        datetime.combine(days[place // len(of_day)], of_day[place % len(of_day)])
        for place in sorted(places)
        if 0 <= place < size
    ]


def _numbers(parts: Mapping[str, str], name: str) -> set[int] | None:
    return {int(value) for value in parts[name].split(",")} if name in parts else None


def _weekdays(text: str | None, *, nth: bool) -> tuple[set[int], set[tuple[int, int]]]:
    """Return the weekdays of BYDAY, and those with a number, which counts by months and years only."""
    plain: set[int] = set()
    numbered: set[tuple[int, int]] = set()
    for value in text.split(",") if text else ():
        number, weekday = value.strip()[:-2], _WEEKDAYS.index(value.strip()[-2:])
        if number and nth:
            numbered.add((weekday, int(number)))
        else:
            plain.add(weekday)
    return plain, numbered
