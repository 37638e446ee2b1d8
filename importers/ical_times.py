"""Dates, times, durations and zones of iCalendar (RFC 5545, 3.3) as ISO 8601; four kinds of time stay four."""

from __future__ import annotations

import re
import warnings
from datetime import UTC, date, datetime, timedelta

from importers.contentlines import unescape_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import tzinfo

    from importers.contentlines import Head

_STAMP = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d):?(\d\d)?(?:[.,]\d+)?(Z)?)?\Z", re.IGNORECASE)
_DURATION = re.compile(
    r"([+-]?)P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?\Z", re.IGNORECASE
)
_ZONE_SAMPLES = 730
_NOON = 12


class Zones:
    """The zones a calendar names: IANA and Windows names, and those only its own VTIMEZONE describes."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._own: dict[str, list[str]] | None = None
        self._known: dict[tuple[str, int], tuple[tzinfo | None, str | None]] = {}

    def find(self, tzid: str, at: datetime) -> tuple[tzinfo | None, str | None]:
        """Return the zone and its IANA name; (None, None) for a name nobody knows, no name for one that has none."""
        key = (tzid, at.year)
        if key not in self._known:
            self._known[key] = self._look_up(tzid, at)
        return self._known[key]

    def _look_up(self, tzid: str, at: datetime) -> tuple[tzinfo | None, str | None]:
        from icalendar.timezone.tzp import TZP

        # One of our own: the library's shared one remembers what every calendar before called its zones.
        try:
            with warnings.catch_warnings():
                # `/vendor/Europe/Berlin` is read as Europe/Berlin; the name stays in the text.
                warnings.simplefilter("ignore")
                zone = TZP().timezone(tzid)
        except (ValueError, OSError, KeyError):
            zone = None
        if zone is not None:
            return zone, getattr(zone, "key", None)
        own = self._described(tzid)
        return (None, None) if own is None else (own, _like(own, at))

    def _described(self, tzid: str) -> tzinfo | None:
        """Build the zone of the calendar's own VTIMEZONE."""
        from icalendar import Timezone

        if self._own is None:
            self._own = _by_name(self._lines)
        lines = self._own.get(tzid.strip('"'))
        if lines is None:
            return None
        try:
            # Bytes: given a string, icalendar would open the file of that name.
            component = Timezone.from_ical("\r\n".join(lines).encode())
            return component.to_tz(lookup_tzid=False)  # type: ignore[attr-defined, no-any-return]
        except Exception:
            return None


def _by_name(lines: list[str]) -> dict[str, list[str]]:
    blocks: dict[str, list[str]] = {}
    block: list[str] = []
    for line in lines:
        if line == "BEGIN:VTIMEZONE":
            block = []
        block.append(line)
        if line == "END:VTIMEZONE":
            name = next((text.partition(":")[2] for text in block if text[:5].upper() in ("TZID:", "TZID;")), "")
            blocks.setdefault(unescape_text(name).strip().strip('"'), block)
            block = []
    return blocks


def _like(zone: tzinfo, at: datetime) -> str | None:
    """Name an IANA zone that keeps the same time on each day of the two years from `at` on, if there is one."""
    from zoneinfo import ZoneInfo

    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    start = datetime(min(max(at.year, 1970), 2035), 1, 1, _NOON)  # noqa: DTZ001 - local times of either zone
    days = [start + timedelta(day) for day in range(_ZONE_SAMPLES)]
    try:
        offsets = [zone.utcoffset(day.replace(tzinfo=zone)) for day in days]
    except (ValueError, OverflowError, TypeError):
        return None
    for name in dict.fromkeys(["Europe/Berlin", *WINDOWS_TO_OLSON.values()]):
        other = ZoneInfo(name)
        # Two days tell most zones apart before all of them are compared.
        if all(other.utcoffset(days[day]) == offsets[day] for day in (10, 190)) and all(
            other.utcoffset(day) == offset for day, offset in zip(days, offsets, strict=True)
        ):
            return name
    return None


def read_stamp(text: str) -> date | datetime | None:
    """Read DATE or DATE-TIME; a time is naive, or UTC where it ends in Z. None for what is neither."""
    match = _STAMP.match(text.strip())
    if match is None:
        return None
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    try:
        if match[4] is None:
            return date(year, month, day)
        # A leap second is the last of its minute here.
        moment = datetime(year, month, day, int(match[4]), int(match[5]), min(int(match[6] or 0), 59))  # noqa: DTZ001
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if match[7] else moment


def read_time(head: Head, value: str, zones: Zones) -> tuple[date | datetime | None, str | None]:
    """Read a time property; the second value is the IANA zone (`UTC` for Z), None for dates and floating times.

    A zone nobody knows leaves the time floating: better than an hour that is wrong.
    """
    moment = read_stamp(value)
    if not isinstance(moment, datetime):
        return moment, None
    if moment.tzinfo is not None:
        return moment, "UTC"
    if head.value("VALUE") == "DATE":
        return moment.date(), None
    tzid = head.value("TZID")
    if not tzid:
        return moment, None
    zone, name = zones.find(tzid, moment)
    try:
        return (moment.replace(tzinfo=zone) if zone is not None else moment), name
    except (ValueError, OverflowError):
        return moment, None


def read_duration(text: str) -> timedelta | None:
    """Read `PT1H30M`, `-P1D` …; None for what is none."""
    match = _DURATION.match(text.strip())
    if match is None or not any(match.groups()[1:]):
        return None
    weeks, days, hours, minutes, seconds = (int(group or 0) for group in match.groups()[1:])
    length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -length if match[1] == "-" else length


def iso(moment: date | datetime) -> str:
    """Write a date, a floating time or one with offset as ISO 8601."""
    if not isinstance(moment, datetime):
        return moment.isoformat()
    try:
        return moment.isoformat(timespec="seconds")
    except (ValueError, OverflowError):
        return moment.replace(tzinfo=None).isoformat(timespec="seconds")


def written(text: str, zone: str | None) -> tuple[str, list[tuple[str, str]]]:
    """Return the value and parameters of a time property for an ISO text and its IANA zone (RFC 5545, 3.3.5)."""
    if len(text) == 10:
        return text.replace("-", ""), [("VALUE", "DATE")]
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        return _basic(moment), []
    if zone is not None and zone != "UTC":
        return _basic(moment), [("TZID", zone)]
    try:
        return _basic(moment.astimezone(UTC)) + "Z", []
    except OverflowError:
        return _basic(moment) + "Z", []


def _basic(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")[:19].replace("-", "").replace(":", "")
