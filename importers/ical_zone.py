"""A VTIMEZONE for an IANA zone: the offsets it has had since 1970 and will have (RFC 5545, 3.6.5).

Onsets that keep to a rule until the last year we know go on by it; those before it are listed.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import tzinfo

FIRST_YEAR, LAST_YEAR = 1970, 2037
_STEP = timedelta(days=7)
# So many years in a row are a rule; in zones that go by the moon two or three may look like one.
_RULED_YEARS = 8
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

# Two offsets and the name of the second: what the onsets of one rule share.
Change = tuple[timedelta, timedelta, str]


def zone_lines(name: str) -> list[str]:
    """Return the content lines of a zone's VTIMEZONE; raises KeyError or ValueError for a name nobody knows."""
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(name)
    start = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)
    first = _offset(start, zone)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{name}"]
    lines += _part("STANDARD", (first, first, _name(start, zone)), [start + first])
    onsets: dict[Change, list[datetime]] = {}
    for moment in _changes(zone, start):
        before, after = _offset(moment - timedelta(seconds=1), zone), _offset(moment, zone)
        onsets.setdefault((before, after, _name(moment, zone)), []).append(moment + before)
    for change, moments in onsets.items():
        daylight = moments[0].replace(tzinfo=None) - change[0]
        saving = (daylight.replace(tzinfo=UTC)).astimezone(zone).dst()
        kind = "DAYLIGHT" if saving else "STANDARD"
        listed, rule = _ruled([moment.replace(tzinfo=None) for moment in moments])
        if listed < len(moments):
            lines += _part(kind, change, moments[listed:], rule)
        if listed:
            lines += _part(kind, change, moments[:listed])
    return [*lines, "END:VTIMEZONE"]


def _changes(zone: tzinfo, start: datetime) -> list[datetime]:
    """Return the moments at which a zone's offset changes, to the second."""
    found = []
    moment, end = start, datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC)
    while moment < end:
        following = moment + _STEP
        if _offset(moment, zone) != _offset(following, zone):
            low, high = moment, following
            while high - low > timedelta(seconds=1):
                middle = low + timedelta(seconds=int((high - low).total_seconds()) // 2)
                low, high = (low, middle) if _offset(middle, zone) != _offset(moment, zone) else (middle, high)
            found.append(high)
        moment = following
    return found


def _ruled(moments: list[datetime]) -> tuple[int, str]:
    """Return how many onsets come before a rule that all later ones keep to until the last year, and the rule."""
    best = (len(moments), "")
    if moments[-1].year != LAST_YEAR:
        return best
    for last in (False, True):
        wanted = _place(moments[-1], last=last)
        count = len(moments)
        while (
            count
            and _place(moments[count - 1], last=last) == wanted
            and (count == len(moments) or moments[count].year == moments[count - 1].year + 1)
        ):
            count -= 1
        month, weekday, nth, _ = wanted
        if nth and len(moments) - count >= _RULED_YEARS and count < best[0]:
            best = (count, f"RRULE:FREQ=YEARLY;BYMONTH={month};BYDAY={nth}{_WEEKDAYS[weekday]}")
    return best


def _place(moment: datetime, *, last: bool) -> tuple[int, int, int, time]:
    """Return where in a year an onset is: month, weekday, which one of its month (or -1 for the last), time."""
    nth = (moment.day - 1) // 7 + 1
    if last:
        nth = -1 if (moment + timedelta(days=7)).month != moment.month else 0
    return moment.month, moment.weekday(), nth, moment.time()


def _part(kind: str, change: Change, moments: list[datetime], rule: str = "") -> list[str]:
    """Write one kind of time with its onsets, by a rule from the first one on if there is one."""
    before, after, name = change
    local = [moment.strftime("%Y%m%dT%H%M%S") for moment in moments]
    lines = [f"BEGIN:{kind}", f"DTSTART:{local[0]}"]
    if rule:
        lines.append(rule)
    elif len(local) > 1:
        lines.append("RDATE:" + ",".join(local[1:]))
    lines += [f"TZOFFSETFROM:{_written(before)}", f"TZOFFSETTO:{_written(after)}"]
    return [*lines, *([f"TZNAME:{name}"] if name else []), f"END:{kind}"]


def _offset(moment: datetime, zone: tzinfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta(0)


def _name(moment: datetime, zone: tzinfo) -> str:
    name = moment.astimezone(zone).tzname() or ""
    return name if name[:1].isalpha() else ""


def _written(offset: timedelta) -> str:
    seconds = int(abs(offset).total_seconds())
    text = f"{'-' if offset < timedelta(0) else '+'}{seconds // 3600:02}{seconds // 60 % 60:02}"
    return text + (f"{seconds % 60:02}" if seconds % 60 else "")
