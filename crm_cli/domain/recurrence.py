"""Series of events (RFC 5545, 3.8.5): which of its times lie in a window, bounded in time and in number.

A calendar from a stranger may hold a rule that fires each second for ever: rules are entered at the window, not
followed from their beginning, wherever that gives the same times, and no rule is followed beyond a fixed number.
"""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from datetime import UTC, date, datetime, time, timedelta

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import tzinfo

    from dateutil.rrule import rrule

MOST_STEPS = 50_000
"""How many times of a rule are looked at."""
MOST_FOUND = 1_000
"""How many times of one series are given."""

# Rules of these frequencies can begin any whole number of intervals later and still give the same times.
_SECONDS = {"SECONDLY": 1, "MINUTELY": 60, "HOURLY": 3600, "DAILY": 86400, "WEEKLY": 604800}
# What a rule says about days; with it, dateutil tries every second of all other days.
_DAY_PARTS = frozenset(("BYMONTH", "BYMONTHDAY", "BYDAY", "BYYEARDAY"))
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z)?)?\Z", re.IGNORECASE)
_TZID = re.compile(r"TZID=\"?([^\";]*)", re.IGNORECASE)
_LIST_LIMIT = 1500


class Expansion:
    """The starts of a series in a window as naive local times of its zone, in order.

    `truncated` says that there may be more, `unreadable` that a rule could not be followed.
    """

    __slots__ = ("starts", "truncated", "unreadable")

    def __init__(self) -> None:
        self.starts: list[datetime] = []
        self.truncated = False
        self.unreadable = False


def expand(
    start: datetime, recurrence: Sequence[str], *, zone: tzinfo | None, after: datetime, before: datetime
) -> Expansion:
    """Return the times of a series from `after` to before `before`; all are naive local times of `zone`.

    A day is its midnight. `zone` is None for floating times and days. The start itself is a time of the series only
    if the rule says so or there is none.
    """
    found = Expansion()
    rules = _values(recurrence, "RRULE")
    times: set[datetime] = set()
    if not rules:
        times.add(start)
    for text in rules:
        times.update(_follow(text, start, zone, after, before, found, or_start=True))
    times.update(_dates(recurrence, "RDATE", zone)[0])
    gone, days = _dates(recurrence, "EXDATE", zone)
    for text in _values(recurrence, "EXRULE"):
        gone.update(_follow(text, start, zone, after, before, found, or_start=False))
    whole_days = start.time() != time()
    kept = sorted(
        moment
        for moment in times
        if after <= moment < before and moment not in gone and not (whole_days and moment.date() in days)
    )
    if len(kept) > MOST_FOUND:
        found.truncated = True
    found.starts = kept[:MOST_FOUND]
    return found


def last_day(start: str | None, end: str | None, recurrence: Sequence[str]) -> str | None:
    """Return the ISO day after which nothing of an event can lie; None where that is not known."""
    if start is None:
        return None
    if not recurrence:
        return max((end or start)[:10], start[:10])
    rules = _values(recurrence, "RRULE")
    ends = [_until(rule) for rule in rules]
    if not rules or None in ends or _values(recurrence, "RDATE"):
        return None
    from crm_cli.domain.event import length_of

    latest = max(moment for moment in ends if moment is not None)
    try:
        return (latest + length_of(start, end) + timedelta(days=1)).date().isoformat()
    except OverflowError:
        return None


def local(moment: datetime, zone: tzinfo | None) -> datetime:
    """Return an aware moment as a naive local time of a zone."""
    return moment.astimezone(zone).replace(tzinfo=None)


def _values(recurrence: Iterable[str], name: str) -> list[str]:
    return [line.rpartition(":")[2] for line in recurrence if line[: len(name)].upper() == name]


def _follow(
    text: str,
    start: datetime,
    zone: tzinfo | None,
    after: datetime,
    before: datetime,
    found: Expansion,
    *,
    or_start: bool,
) -> list[datetime]:
    try:
        times: list[datetime] = []
        for step, moment in enumerate(_moments(text, start, zone, after, before)):
            if step >= MOST_STEPS or len(times) > MOST_FOUND:
                found.truncated = True
                break
            if moment >= after:
                times.append(moment)
        return times
    except (ValueError, TypeError, OverflowError, AttributeError, KeyError, IndexError):
        # RSCALE (RFC 7529), or a rule that is damaged: the first time is all that is sure.
        found.unreadable = True
        return [start] if or_start else []


def _moments(text: str, start: datetime, zone: tzinfo | None, after: datetime, before: datetime) -> Iterator[datetime]:
    """Yield the times of a rule before `before`, from its start or from somewhat before `after`."""
    parts = dict(part.upper().split("=", 1) for part in text.strip().strip(";").split(";"))
    interval = int(parts.get("INTERVAL", "1"))
    if interval < 1 or sum(part.count(",") for part in parts.values()) > _LIST_LIMIT:
        raise ValueError(text)
    until = _until(text, zone)
    parts.pop("UNTIL", None)
    end = before - timedelta(seconds=1) if until is None else min(until, before - timedelta(seconds=1))
    unit = _SECONDS.get(parts["FREQ"])
    if unit is not None and "COUNT" not in parts and start < after:
        steps = int((after - start).total_seconds()) // (unit * interval) - 1
        start += max(steps, 0) * timedelta(seconds=unit * interval)
    if unit is not None and unit <= _SECONDS["DAILY"] and not _DAY_PARTS.isdisjoint(parts):
        if unit < _SECONDS["DAILY"]:
            return _within_days(parts, start, end, timedelta(seconds=unit * interval))
        # dateutil looks for the next time until the year 9999: there must be one.
        if next(_days(parts, start, end, interval), None) is None:
            return iter(())
    return iter(_rule(parts, start, end))


def _rule(parts: Mapping[str, str], start: datetime, end: datetime) -> rrule:
    from dateutil.rrule import rrulestr

    rule = rrulestr(";".join(f"{name}={value}" for name, value in parts.items()), dtstart=start)
    # Given as a part, dateutil would refuse an end beside COUNT; here it is the window's.
    rule._until = end
    return rule


def _within_days(parts: dict[str, str], start: datetime, end: datetime, step: timedelta) -> Iterator[datetime]:
    """Yield the times of a rule by hours, minutes or seconds on certain days, without trying all the others."""
    inside = {name: value for name, value in parts.items() if name not in (*_DAY_PARTS, "COUNT")}
    left = int(parts.get("COUNT", "-1"))
    for number in _days(parts, start, end, 1):
        day = datetime.combine(date.fromordinal(number), time())
        skipped = max(-((start - day) // step), 0)
        for moment in _rule(inside, start + skipped * step, min(end, day + timedelta(days=1, seconds=-1))):
            if left == 0:
                return
            left -= 1
            yield moment


def _days(parts: Mapping[str, str], start: datetime, end: datetime, interval: int) -> Iterator[int]:
    """Yield the ordinals of the days a rule allows, every `interval` days from its start."""
    months, month_days, year_days = (
        {int(value) for value in parts[name].split(",")} if name in parts else None
        for name in ("BYMONTH", "BYMONTHDAY", "BYYEARDAY")
    )
    weekdays = (
        {_WEEKDAYS.index(value.strip()[-2:]) for value in parts["BYDAY"].split(",")} if "BYDAY" in parts else None
    )
    for number in range(start.toordinal(), end.toordinal() + 1, interval):
        day = date.fromordinal(number)
        if months is not None and day.month not in months:
            continue
        if weekdays is not None and day.weekday() not in weekdays:
            continue
        if month_days is not None and month_days.isdisjoint(
            (day.day, day.day - 1 - monthrange(day.year, day.month)[1])
        ):
            continue
        if year_days is not None:
            of_year = day.timetuple().tm_yday
            if year_days.isdisjoint((of_year, of_year - 366 - isleap(day.year))):
                continue
        yield number


def _until(text: str, zone: tzinfo | None = None) -> datetime | None:
    match = re.search(r"UNTIL=([0-9TZtz]+)", text, re.IGNORECASE)
    moment = _stamp(match[1], zone) if match else None
    if moment is None:
        return None
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time(23, 59, 59))


def _stamp(text: str, zone: tzinfo | None) -> date | datetime | None:
    """Read DATE or DATE-TIME; UTC becomes the local time of the zone."""
    match = _STAMP.match(text.strip())
    if match is None:
        return None
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
        if match[4] is None:
            return day
        moment = datetime.combine(day, time(int(match[4]), int(match[5]), min(int(match[6] or 0), 59)))
        return local(moment.replace(tzinfo=UTC), zone) if match[7] and zone is not None else moment
    except (ValueError, OverflowError):
        return None


def _dates(recurrence: Sequence[str], name: str, zone: tzinfo | None) -> tuple[set[datetime], set[date]]:
    """Return the times of RDATE or EXDATE lines, and those that are whole days."""
    times: set[datetime] = set()
    days: set[date] = set()
    for line in recurrence:
        head, _, value = line.rpartition(":")
        if head[: len(name)].upper() != name:
            continue
        other = _zone_of(head, zone)
        for part in value.split(","):
            moment = _stamp(part.partition("/")[0], zone)
            if isinstance(moment, datetime):
                if other is not None and zone is not None and not part.strip().upper().endswith("Z"):
                    moment = local(moment.replace(tzinfo=other), zone)
                times.add(moment)
            elif moment is not None:
                days.add(moment)
                times.add(datetime.combine(moment, time()))
    return times, days


def _zone_of(head: str, zone: tzinfo | None) -> tzinfo | None:
    """Return the zone a line names, if it is another than the event's and known."""
    match = _TZID.search(head)
    if match is None or match[1] == getattr(zone, "key", None):
        return None
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(match[1])
    except (KeyError, ValueError, OSError):
        return None
