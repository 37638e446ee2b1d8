"""Appointments: what is when and where, with whom, and how often."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

from crm_cli.domain.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo

    from crm_cli.domain.ical_item import Attendee
    from crm_cli.domain.record_ref import RecordRef

# Messages of these kinds are about an event; they are none (RFC 5546, 1.4).
NOT_PLANNED = ("CANCEL", "REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH")


class Event(Record):
    """One appointment, series or change of a series.

    `start` and `end` are ISO 8601: dates where `all_day` (the end exclusive), else date-times, floating ones without
    offset. `timezone` is the IANA zone a series keeps to. `recurrence` holds lines of RRULE, RDATE and EXDATE, `rule`
    the first rule; `recurrence_id` says which one of a series this replaces. `alarms` are minutes before the start,
    `uid` the foreign UID, `method` that of the message it came in.
    """

    id: str
    title: str
    start: str | None
    end: str | None
    all_day: bool = False
    duration_min: int | None = None
    timezone: str | None = None
    location: str | None = None
    contacts: tuple[RecordRef, ...] = ()
    company: RecordRef | None = None
    attendees: tuple[Attendee, ...] = ()
    alarms: tuple[int, ...] = ()
    tags: tuple[str, ...] = ()
    description: str | None = None
    url: str | None = None
    status: str | None = None
    free: bool = False
    rule: str | None = None
    recurrence: tuple[str, ...] = ()
    recurrence_id: str | None = None
    this_and_future: bool = False
    sequence: int = 0
    uid: str | None = None
    method: str | None = None
    calendar: RecordRef | None = None
    raw: str | None = None
    owner: str | None = None
    created_at: str = ""
    updated_at: str = ""


def moment_of(text: str) -> date | datetime:
    """Return a stored start or end as a date, a naive or an aware time."""
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)


def in_zone(moment: datetime, zone: str | None) -> datetime:
    """Return an aware time in the zone its event keeps to; as it is where the zone is not known here."""
    if zone is None or moment.tzinfo is None:
        return moment
    from zoneinfo import ZoneInfo

    try:
        return moment.astimezone(ZoneInfo(zone))
    except (KeyError, ValueError, OSError):
        return moment


def zone_of(start: date | datetime, name: str | None) -> tzinfo | None:
    """Return the zone a series keeps to: its own, or the offset it began with; None for days and floating times."""
    if not isinstance(start, datetime) or start.tzinfo is None:
        return None
    if name is not None:
        from zoneinfo import ZoneInfo

        try:
            return ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            pass
    return timezone(start.utcoffset() or timedelta(0))


def naive_in(moment: date | datetime, zone: tzinfo | None) -> datetime:
    """Return a start as a naive local time of a zone: a day is its midnight, without a zone a time stays as it is."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time())
    if zone is None or moment.tzinfo is None:
        return moment.replace(tzinfo=None)
    return moment.astimezone(zone).replace(tzinfo=None)


def length_of(start: str | None, end: str | None) -> timedelta:
    """Return how long an event lasts; without an end a day is a day, a time takes none (RFC 5545, 3.6.1)."""
    if start is None:
        return timedelta(0)
    first = moment_of(start)
    none = timedelta(0) if isinstance(first, datetime) else timedelta(days=1)
    if end is None:
        return none
    last = moment_of(end)
    if isinstance(first, datetime) != isinstance(last, datetime):
        return none
    try:
        return max(last - first, timedelta(0))
    except TypeError:
        return none


def aware(moment: date | datetime, localize: Callable[[datetime], datetime]) -> datetime:
    """Return any kind of start as a moment: a day begins at local midnight, a floating time is local."""
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001 - made aware below
    if moment.tzinfo is not None:
        return moment
    try:
        return localize(moment)
    except (ValueError, OverflowError, OSError):
        # In the years 1 and 9999 local time may lie outside of what can be told.
        return moment.replace(tzinfo=UTC)
