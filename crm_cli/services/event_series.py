"""One time of a series, that and all later ones, or all: what is changed, moved or deleted of it.

A series gets an exception (EXDATE) or an end (UNTIL), and what is changed becomes an appointment or a series of its
own: every calendar program reads these alike. Where days are moved, the rule and its exceptions move along.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from crm_cli.domain import series
from crm_cli.domain.event import length_of, moment_of, naive_in, zone_of
from crm_cli.domain.recurrence import dates_of, expand, last_day
from crm_cli.errors import Ambiguous, NotFound, UsageError
from crm_cli.services import agenda, events
from crm_cli.services.calendar_records import recurrence_text
from crm_cli.store import events as rows
from crm_cli.store import links
from crm_cli.store.store import utc_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any

    from crm_cli.domain.event import Event
    from crm_cli.store.store import Store

ONE, FOLLOWING, ALL = "one", "following", "all"
SCOPES = (ONE, FOLLOWING, ALL)


class _Series:
    """A series and one time of it, `at`, as a naive local time of its zone."""

    def __init__(self, event: Event, at: str) -> None:
        assert event.start is not None
        self.event = event
        first = moment_of(event.start)
        self.zone = zone_of(first, event.timezone)
        self.whole_days = not isinstance(first, datetime)
        self.first = naive_in(first, self.zone)
        self.at = naive_in(moment_of(at), self.zone)

    def text(self, moment: datetime) -> str:
        """Return a naive time of the series as its start is stored."""
        if self.whole_days:
            return moment.date().isoformat()
        if self.zone is None:
            return moment.isoformat(timespec="seconds")
        return moment.replace(tzinfo=self.zone).isoformat(timespec="seconds")

    def after(self, begin: date | datetime, length: timedelta) -> date | datetime:
        """Return an end; an hour is an hour, also on the day the clock changes."""
        if isinstance(begin, datetime) and self.zone is not None:
            return (begin.astimezone(UTC) + length).astimezone(self.zone)
        return begin + length

    def rules(self, change: Callable[[str], str]) -> list[str]:
        """Return the rules, changed."""
        lines = [line for line in self.event.recurrence if line[:5].upper() == "RRULE"]
        return [f"RRULE:{change(line.partition(':')[2])}" for line in lines]

    def dates(self, name: str, keep: Callable[[datetime], bool], by: timedelta = timedelta(0)) -> list[str]:
        """Return the RDATE or EXDATE lines of the times that are kept, later by so much."""
        found = [moment + by for moment in dates_of(self.event.recurrence, name, self.zone) if keep(moment)]
        return self.lines(name, found)

    def lines(self, name: str, moments: Iterable[datetime]) -> list[str]:
        """Return times as lines of RDATE or EXDATE."""
        from importers.ical_write import time_line

        return [time_line(name, self.text(moment), self.event.timezone) for moment in moments]

    def gone(self) -> int:
        """Return how many times of its rules lie before this one; a count has them all, the cancelled ones too."""
        found = expand(self.first, self.rules(str), zone=self.zone, after=self.first, before=self.at)
        if found.truncated or found.unreadable:
            raise UsageError("This series cannot be parted here.", hint="Change the whole series.")
        return len(found.starts)


def edit(
    store: Store, *, row: int, at: str, scope: str, now: datetime, zone: str | None = None, **changes: Any
) -> Event:
    """Change the time of an event that begins at `at` (ISO, as in the agenda), those that follow too, or all of it.

    `changes` are those of `events.edit`; a new start or last day is that of this one time. Return what holds the
    change: an event or series of its own, or the old one. Raises UsageError.
    """
    with store.transaction(now):
        row, event = _whole(store, row, scope)
        if not event.recurrence or event.start is None:
            return events.edit(store, row=row, now=now, zone=zone, **changes)
        found, zone = _Series(event, at), event.timezone or zone
        by = _shift(found, changes.get("start"))
        if scope == ONE:
            row = _detached(store, row, found, (), now)
            return events.edit(store, row=row, now=now, zone=zone, **changes)
        if scope == FOLLOWING and found.gone():
            row = _parted(store, row, found, now)
            found = _Series(rows.get(store.connection, row), at)
        elif by is not None:
            changes |= _of_the_first(found, by, changes.get("start"), changes.get("until"))
        if by:
            _move(store, row, found, by, now, with_rule=not changes.get("repeat"))
        return events.edit(store, row=row, now=now, zone=zone, **changes)


def delete(store: Store, *, row: int, at: str, scope: str, now: datetime) -> Event:
    """Delete one time of a series, that and the later ones, or all; return the event as it was. Raises UsageError."""
    with store.transaction(now):
        row, event = _whole(store, row, scope)
        if not event.recurrence or event.start is None or scope == ALL:
            return events.delete(store, row=row, now=now)
        found = _Series(event, at)
        if scope == ONE:
            _set(store, row, found, [*event.recurrence, *found.lines("EXDATE", [found.at])], now)
        elif found.gone():
            _end(store, row, found, now)
        else:
            return events.delete(store, row=row, now=now)
        return event


def occurrence_on(store: Store, *, row: int, on: date | datetime, localize: Callable[[datetime], datetime]) -> str:
    """Return the start (ISO) of the time of an event on a day, or at a moment; raises NotFound or Ambiguous."""
    day = on.date() if isinstance(on, datetime) else on
    event = rows.get(store.connection, row)
    starts = [
        start.date().isoformat() if one.all_day else start.isoformat(timespec="seconds")
        for start, _, one in agenda.timed(store, first=day, last=day, localize=localize, cut=[])
        if one.id == event.id and start.date() == day
    ]
    if isinstance(on, datetime):
        starts = [start for start in starts if len(start) > 10 and datetime.fromisoformat(start) == on]
    if not starts:
        raise NotFound("“{title}” is not on {day}.", title=event.title, day=day, hint="crm agenda shows when it is.")
    if len(starts) > 1:
        candidates = [{"id": event.id, "kind": "event", "name": event.title, "start": start} for start in starts]
        raise Ambiguous(
            "“{title}” is on {day} more than once.", title=event.title, day=day, candidates=candidates,
            hint="Say the time too: --on \"24.11. 9:00\"",
        )  # fmt: skip
    return starts[0]


def _whole(store: Store, row: int, scope: str) -> tuple[int, Event]:
    """Return the event to change: of a changed time of a series itself for `one`, else its series."""
    event = rows.get(store.connection, row)
    if event.recurrence_id is None or (scope == ONE and not event.this_and_future):
        return row, event
    calendar = None if event.calendar is None else event.calendar.id
    for known in rows.list(store.connection, "ical_uid = ? AND recurrence_id IS NULL", (event.uid,)):
        if (None if known.calendar is None else known.calendar.id) == calendar and scope == ALL:
            found = rows.row_of(store.connection, known.id)
            assert found is not None
            return found, known
    raise UsageError("This series was changed in another program.", hint="Change one time of it, or the whole series.")


def _of_the_first(
    found: _Series, by: timedelta, start: date | datetime | None, until: date | None
) -> dict[str, date | datetime]:
    """Return the new start and last day of this time as those of the first time of its series."""
    values: dict[str, date | datetime] = {}
    if start is not None:
        values["start"] = moment_of(found.text(found.first + by))
    if until is not None:
        values["until"] = until + (found.first.date() - found.at.date())
    return values


def _shift(found: _Series, start: date | datetime | None) -> timedelta | None:
    """Return by how much this time is moved; None where a day becomes a time or the reverse."""
    if start is None:
        return timedelta(0)
    if isinstance(start, datetime) == found.whole_days:
        return None
    return naive_in(start, found.zone) - found.at


def _move(store: Store, row: int, found: _Series, by: timedelta, now: datetime, *, with_rule: bool) -> None:
    """Put the rule, its exceptions and the changed times of a series later; its start is moved by the change itself."""
    recurrence = [
        *found.rules(lambda rule: series.moved(rule, found.at, found.at + by) if with_rule else rule),
        *found.dates("RDATE", lambda _: True, by),
        *found.dates("EXDATE", lambda _: True, by),
    ]
    _set(store, row, found, recurrence, now)
    for other, change in _changes(store, found.event):
        moment = naive_in(moment_of(change.recurrence_id or ""), found.zone) + by
        rows.update(store.connection, other, stamp=utc_text(now), recurrence_id=found.text(moment))


def _parted(store: Store, row: int, found: _Series, now: datetime) -> int:
    """End a series before this time; return the row of a new one that goes on from it."""
    gone = found.gone()
    changed = [
        naive_in(moment_of(change.recurrence_id or ""), found.zone) for _, change in _changes(store, found.event)
    ]
    recurrence = [
        *found.rules(lambda rule: series.rest(rule, gone)),
        *found.dates("RDATE", lambda moment: moment >= found.at),
        *found.dates("EXDATE", lambda moment: moment >= found.at),
        # A time that was changed on its own stays as it was.
        *found.lines("EXDATE", [moment for moment in changed if moment >= found.at]),
    ]
    new = _copy(store, row, found, recurrence, now)
    _end(store, row, found, now)
    return new


def _end(store: Store, row: int, found: _Series, now: datetime) -> None:
    recurrence = [
        *found.rules(lambda rule: series.ended(rule, found.at, found.zone, whole_days=found.whole_days)),
        *found.dates("RDATE", lambda moment: moment < found.at),
        *found.dates("EXDATE", lambda moment: moment < found.at),
    ]
    _set(store, row, found, recurrence, now)


def _detached(store: Store, row: int, found: _Series, recurrence: Sequence[str], now: datetime) -> int:
    """Take this time out of its series; return the row of the event it is from now on."""
    new = _copy(store, row, found, recurrence, now)
    _set(store, row, found, [*found.event.recurrence, *found.lines("EXDATE", [found.at])], now)
    return new


def _set(store: Store, row: int, found: _Series, recurrence: Sequence[str], now: datetime) -> None:
    event = found.event
    rows.update(
        store.connection, row, stamp=utc_text(now), recurrence=recurrence_text(recurrence),
        last_day=last_day(event.start, event.end, recurrence),
    )  # fmt: skip


def _copy(store: Store, row: int, found: _Series, recurrence: Sequence[str], now: datetime) -> int:
    """Insert an event like a series, beginning at this time; return its row."""
    event, connection = found.event, store.connection
    start = found.text(found.at)
    begin = moment_of(start)
    end = None
    if event.end is not None:
        moment = found.after(begin, length_of(event.start, event.end))
        end = moment.isoformat(timespec="seconds") if isinstance(moment, datetime) else moment.isoformat()
    company, people = rows.links_of(connection, row)
    new = rows.add(
        connection, uid=store.new_uid(), title=event.title, stamp=utc_text(now), owner=event.owner or store.actor,
        location=event.location, description=event.description, url=event.url, status=event.status,
        free=int(event.free), contact_rows=people, attendees=event.attendees, alarms=event.alarms,
        company_id=company, start_at=start, end_at=end, timezone=event.timezone, first_day=start[:10],
        last_day=last_day(start, end, recurrence), recurrence=recurrence_text(recurrence),
    )  # fmt: skip
    links.add_tags(connection, "event", new, event.tags)
    return new


def _changes(store: Store, event: Event) -> list[tuple[int, Event]]:
    """Return (row, event) of the times of a series that were changed on their own."""
    if event.uid is None:
        return []
    found = []
    for change in rows.list(store.connection, "ical_uid = ? AND recurrence_id IS NOT NULL", (event.uid,)):
        row = rows.row_of(store.connection, change.id)
        if row is not None and change.calendar == event.calendar:
            found.append((row, change))
    return found
