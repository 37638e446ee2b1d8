"""What is on in a stretch of days: single events, series with their changed times, free time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from crm_cli.domain.agenda import FreeSlot, Occurrence, Remarks, arranged, free_slots
from crm_cli.domain.event import NOT_PLANNED, Event, aware, length_of, moment_of, naive_in, zone_of
from crm_cli.domain.recurrence import Expansion, expand
from crm_cli.store import events

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import tzinfo

    from crm_cli.store.store import Store

Timed = tuple[datetime, datetime, Event]

_AHEAD = timedelta(days=366)


class Agenda:
    """The occurrences of a stretch of days.

    `cut` are titles of series that were not followed to their end, `unread` of those whose rule cannot be followed.
    """

    __slots__ = ("cut", "occurrences", "unread")

    def __init__(self, occurrences: Sequence[Occurrence], cut: Sequence[str], unread: Sequence[str]) -> None:
        self.occurrences = occurrences
        self.cut = cut
        self.unread = unread


def agenda(store: Store, *, first: date, last: date, localize: Callable[[datetime], datetime]) -> Agenda:
    """Return what is on from the first to the last day, with conflicts and gaps."""
    cut: list[str] = []
    unread: list[str] = []
    found = timed(store, first=first, last=last, localize=localize, cut=cut, unread=unread)
    return Agenda([_occurrence(*item, remarks) for item, remarks in arranged(found)], cut, unread)


def free(
    store: Store,
    *,
    first: date,
    last: date,
    length_min: int,
    hours: tuple[int, int],
    now: datetime,
    localize: Callable[[datetime], datetime],
    is_holiday: Callable[[date], bool],
) -> list[FreeSlot]:
    """Return where in working hours there is room for so many minutes."""
    found = timed(store, first=first, last=last, localize=localize, cut=[])
    busy = [(start, end) for start, end, event in found if not event.free]
    return free_slots(
        busy, first=first, last=last, length_min=length_min, hours=hours, now=now, localize=localize,
        is_holiday=is_holiday,
    )  # fmt: skip


def colliding(store: Store, *, event: Event, localize: Callable[[datetime], datetime]) -> list[str]:
    """Return the titles of what is at the same time as an event, of a series as its first time."""
    if event.start is None or event.all_day:
        return []
    start = aware(moment_of(event.start), localize)
    day = start.astimezone(localize(start.replace(tzinfo=None)).tzinfo).date()
    shown = agenda(store, first=day, last=day, localize=localize).occurrences
    mine = next((one for one in shown if one.id == event.id), None)
    titles = {one.id: one.title for one in shown}
    return [] if mine is None else [titles[uid] for uid in mine.conflicts]


def upcoming(
    store: Store, *, rows: Sequence[int], now: datetime, localize: Callable[[datetime], datetime], limit: int
) -> list[Occurrence]:
    """Return the next times of these events, begun or to come within a year; each series once."""
    first = now.date()
    found: dict[str, Occurrence] = {}
    for start, end, event in timed(store, first=first, last=first + _AHEAD, localize=localize, cut=[], rows=rows):
        if end > now and event.status != "cancelled":
            found.setdefault(event.uid or event.id, _occurrence(start, end, event))
        if len(found) >= limit:
            break
    return list(found.values())


def timed(
    store: Store,
    *,
    first: date,
    last: date,
    localize: Callable[[datetime], datetime],
    cut: list[str],
    unread: list[str] | None = None,
    rows: Sequence[int] | None = None,
) -> list[Timed]:
    """Return (start, end, event) of all that touches these days, by start; titles of cut series go to `cut`.

    Those of rules that cannot be followed go to `unread`. `rows` are the events to look at; all without it.
    """
    margin = timedelta(days=1)
    if rows is None:
        rows = events.rows_between(store.connection, (first - margin).isoformat(), (last + margin).isoformat())
    planned = _newest(event for event in events.list_rows(store.connection, rows) if event.method not in NOT_PLANNED)
    window = (aware(first, localize), aware(last + margin, localize))
    changes: dict[tuple[str | None, str], list[Event]] = {}
    for event in planned:
        if event.recurrence_id is not None and event.uid is not None:
            changes.setdefault(_series(event), []).append(event)
    found: list[Timed] = []
    for event in planned:
        own = event.recurrence_id is None and event.uid is not None
        try:
            times, expansion = _times(event, changes.get(_series(event), ()) if own else (), window, localize)
            found += times
        except (OverflowError, ValueError):
            # Its times lie beyond the years that can be told.
            cut.append(event.title)
            continue
        if expansion is not None and expansion.truncated:
            cut.append(event.title)
        if expansion is not None and expansion.unreadable and unread is not None:
            unread.append(event.title)
    return _local(found, window, localize)


def _local(
    found: Iterable[Timed], window: tuple[datetime, datetime], localize: Callable[[datetime], datetime]
) -> list[Timed]:
    """Return what touches a window in local time, by start."""
    inside = [item for item in found if item[0] < window[1] and (item[1] > window[0] or item[0] >= window[0])]
    convert = _to_local(localize)
    return sorted(
        ((convert(start), convert(end), event) for start, end, event in inside),
        key=lambda item: (item[0], item[1]),
    )


def _series(event: Event) -> tuple[str | None, str]:
    return (event.calendar.id if event.calendar else None, event.uid or "")


def _newest(found: Iterable[Event]) -> list[Event]:
    """Leave out what a later message about the same event replaces: higher SEQUENCE, or the same in full."""
    kept: dict[object, Event] = {}
    for event in sorted(found, key=lambda event: event.sequence):
        if event.uid is None:
            kept[event.id] = event
            continue
        # In one calendar equal UIDs may be different events of a program that numbers badly.
        key = (event.uid, event.recurrence_id)
        other = kept.get(key)
        if other is not None and (_series(other) == _series(event) or other.sequence == event.sequence):
            same = (other.start, other.title) == (event.start, event.title)
            key = key if same else (*key, event.id)  # type: ignore[assignment]
        kept[key] = event
    return list(kept.values())


def _times(
    event: Event,
    changes: Sequence[Event],
    window: tuple[datetime, datetime],
    localize: Callable[[datetime], datetime],
) -> tuple[list[Timed], Expansion | None]:
    """Return the times of an event or series that may lie in a window, without those that were changed."""
    if event.start is None or event.status == "cancelled":
        return [], None
    length = length_of(event.start, event.end)
    first = moment_of(event.start)
    if not event.recurrence or event.recurrence_id is not None:
        if isinstance(first, datetime) and first.tzinfo is not None:
            start = first.astimezone(UTC)
            return [(start, start + length, event)], None
        return [(*_span(naive_in(first, None), length, None, localize, whole_days=event.all_day), event)], None
    zone = zone_of(first, event.timezone)
    naive = naive_in(first, zone)
    moved = [change for change in changes if change.this_and_future]
    longest = max([length, *(abs(_shift(change, zone)) for change in moved)])
    expansion = expand(
        naive,
        event.recurrence,
        zone=zone,
        after=naive_in(window[0], zone) - longest,
        before=naive_in(window[1], zone) + longest,
    )
    replaced = {naive_in(moment_of(change.recurrence_id or ""), zone) for change in changes}
    days = {naive_in(moment_of(change.recurrence_id or ""), zone).date() for change in changes if _is_day(change)}
    found: list[Timed] = []
    for moment in expansion.starts:
        if moment in replaced or moment.date() in days:
            continue
        found.append(_moved(event, moment, length, moved, zone, localize))
    return found, expansion


def _moved(
    event: Event,
    moment: datetime,
    length: timedelta,
    moved: Sequence[Event],
    zone: tzinfo | None,
    localize: Callable[[datetime], datetime],
) -> Timed:
    """Return one time of a series as the last THISANDFUTURE change before it puts it (RFC 5545, 3.2.13)."""
    since = [change for change in moved if naive_in(moment_of(change.recurrence_id or ""), zone) <= moment]
    if since:
        change = max(since, key=lambda one: naive_in(moment_of(one.recurrence_id or ""), zone))
        moment += _shift(change, zone)
        length, event = length_of(change.start, change.end), change
    return *_span(moment, length, zone, localize, whole_days=event.all_day), event


def _span(
    begin: datetime,
    length: timedelta,
    zone: tzinfo | None,
    localize: Callable[[datetime], datetime],
    *,
    whole_days: bool,
) -> tuple[datetime, datetime]:
    """Return start and end of a local time: an hour is an hour on any day, a day also where it has 23 of them."""
    if zone is not None:
        start = begin.replace(tzinfo=zone).astimezone(UTC)
        return start, start + length
    start = aware(begin, localize)
    return start, aware(begin + length, localize) if whole_days else start.astimezone(UTC) + length


def _shift(change: Event, zone: tzinfo | None) -> timedelta:
    if change.start is None or change.recurrence_id is None:
        return timedelta(0)
    return naive_in(moment_of(change.start), zone) - naive_in(moment_of(change.recurrence_id), zone)


def _is_day(change: Event) -> bool:
    return change.recurrence_id is not None and len(change.recurrence_id) == 10


def _to_local(localize: Callable[[datetime], datetime]) -> Callable[[datetime], datetime]:
    """Return what gives a moment the offset local time has then; each hour is asked for once."""
    zones: dict[int, tzinfo | None] = {}
    known: dict[tzinfo | None, tzinfo | None] = {}

    def convert(moment: datetime) -> datetime:
        hour = int(moment.timestamp()) // 3600
        try:
            if hour not in zones:
                near = moment.astimezone(localize(moment.astimezone(UTC).replace(tzinfo=None)).tzinfo)
                zone = localize(near.replace(tzinfo=None)).tzinfo
                # Times that share one zone object are compared without asking it.
                zones[hour] = known.setdefault(zone, zone)
            return moment.astimezone(zones[hour])
        except (ValueError, OverflowError, OSError):
            return moment

    return convert


def _occurrence(start: datetime, end: datetime, event: Event, remarks: Remarks | None = None) -> Occurrence:
    if event.all_day:
        days = max(round((end - start).total_seconds() / 86400), 1)
        first = start.date()
        texts = (first.isoformat(), (first + timedelta(days=days)).isoformat())
    else:
        texts = (start.isoformat(timespec="seconds"), end.isoformat(timespec="seconds"))
    return Occurrence(
        id=event.id,
        title=event.title,
        start=texts[0],
        end=texts[1],
        all_day=event.all_day,
        duration_min=None if event.all_day else int((end - start).total_seconds() // 60),
        location=event.location,
        contacts=event.contacts,
        company=event.company,
        status=event.status,
        free=event.free,
        series=bool(event.recurrence or event.recurrence_id),
        conflicts=tuple(dict.fromkeys(remarks.conflicts)) if remarks is not None else (),
        gap_min=None if remarks is None else remarks.gap_min,
        tight=remarks is not None and remarks.tight,
    )
