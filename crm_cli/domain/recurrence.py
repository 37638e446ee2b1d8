"""Series of events (RFC 5545, 3.8.5): which of its times lie in a window, bounded in time and in number.

A calendar from a stranger may hold a rule that fires each second for ever: rules are entered at the window, not
followed from their beginning, wherever that gives the same times, and no rule is followed beyond a fixed number.
"""

from __future__ import annotations

import re
from datetime import MAXYEAR, UTC, date, datetime, time, timedelta
from itertools import takewhile

from crm_cli.domain import rhythm

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import tzinfo

MOST_STEPS = 50_000
"""How many times of a rule are looked at."""
MOST_FOUND = 1_000
"""How many times of one series are given."""

_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z)?)?\Z", re.IGNORECASE)
_TZID = re.compile(r"TZID=\"?([^\";]*)", re.IGNORECASE)
_LONGEST_FOLD = timedelta(hours=3)


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
    if len(rules) == len(recurrence):
        # Most series are a rule and nothing else.
        found.starts = [moment for moment in sorted(times) if after <= moment < before]
        return _shortened(found)
    times.update(_dates(recurrence, "RDATE", zone)[0])
    gone, days = _dates(recurrence, "EXDATE", zone)
    for text in _values(recurrence, "EXRULE"):
        gone.update(_follow(text, start, zone, after, before, found, or_start=False))
    whole_days = start.time() != time()
    found.starts = sorted(
        moment
        for moment in times
        if after <= moment < before and moment not in gone and not (whole_days and moment.date() in days)
    )
    return _shortened(found)


def _shortened(found: Expansion) -> Expansion:
    if len(found.starts) > MOST_FOUND:
        found.truncated = True
        del found.starts[MOST_FOUND:]
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
    times: list[datetime] = []
    try:
        for step, moment in enumerate(_moments(text, start, zone, after, before)):
            if step >= MOST_STEPS or len(times) > MOST_FOUND:
                found.truncated = True
                break
            if moment >= after:
                times.append(moment)
        return times
    except rhythm.TooLong:
        found.truncated = True
        return times
    except (ValueError, TypeError, OverflowError, AttributeError, KeyError, IndexError):
        # Of a rule that cannot be followed the first time is all that is sure.
        found.unreadable = True
        return [start] if or_start else []


def _moments(text: str, start: datetime, zone: tzinfo | None, after: datetime, before: datetime) -> Iterator[datetime]:
    """Yield the times of a rule before `before`, from its start or from somewhat before `after`."""
    last = _last_instant(text) if zone is not None else None
    if last is None:
        return rhythm.times(text, start, _until(text), after, before)
    # Near a change of the clock the order of local times is not that of the instants they are.
    times = rhythm.times(text, start, local(last, zone) + _LONGEST_FOLD, after, before)
    return takewhile(lambda moment: moment.replace(tzinfo=zone) <= last, times)


def _last_instant(text: str) -> datetime | None:
    """Return the UNTIL of a rule that is given in UTC, or None."""
    if "UNTIL" not in text.upper():
        return None
    match = re.search(r"UNTIL=([0-9T]+Z)", text, re.IGNORECASE)
    moment = _stamp(match[1], None) if match else None
    if not isinstance(moment, datetime) or moment.year == MAXYEAR:
        return None
    return moment.replace(tzinfo=UTC)


def _until(text: str) -> datetime | None:
    if "UNTIL" not in text.upper():
        return None
    match = re.search(r"UNTIL=([0-9TZtz]+)", text, re.IGNORECASE)
    moment = _stamp(match[1], None) if match else None
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


def dates_of(recurrence: Sequence[str], name: str, zone: tzinfo | None) -> list[datetime]:
    """Return the times of the RDATE or EXDATE lines (`name`) as naive local times of a zone; a day is its midnight."""
    return sorted(_dates(recurrence, name, zone)[0])
