"""Open visits, and the report of a day."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from crm_cli.domain.visit import DayReport, OpenVisit
from crm_cli.services import agenda
from crm_cli.store import events, interactions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from crm_cli.domain.event import Event
    from crm_cli.store.store import Store

LOOK_BACK = 7
"""Days in which a visit without an entry is asked about."""
EVERY = "*"


def open_visits(
    store: Store, *, now: datetime, localize: Callable[[datetime], datetime], day: date | None = None
) -> list[OpenVisit]:
    """Return the appointments of a day, or of the last seven, that are over and of which nothing is written.

    Written is what an entry of that day says about one of its people, or about its firm where it names nobody.
    """
    today = now.date()
    first, last = (day, day) if day is not None else (today - timedelta(days=LOOK_BACK - 1), today)
    never = events.never_visits(store.connection)
    written: dict[str, set[str]] = {}
    found = []
    for start, end, event in agenda.timed(store, first=first, last=last, localize=localize, cut=[]):
        if start.date() < first or end > now or not (event.contacts or event.company):
            continue
        on = start.date().isoformat()
        at = on if event.all_day else start.isoformat(timespec="seconds")
        if (event.id, at) in never or (event.id, EVERY) in never:
            continue
        if on not in written:
            written[on] = _written(store, on)
        if _parties(event).isdisjoint(written[on]):
            minutes = None if event.all_day else int((end - start).total_seconds() // 60)
            found.append(OpenVisit(event.id, event.title, at, minutes, event.location, event.contacts, event.company))
    return found


def _written(store: Store, day: str) -> set[str]:
    """Return the ids of everybody an entry of a day is about."""
    rows = interactions.rows_of_day(store.connection, day)
    found: set[str] = set()
    for entry in interactions.list_rows(store.connection, rows):
        found.update(person.id for person in entry.contacts if person.id)
        if entry.company is not None and entry.company.id:
            found.add(entry.company.id)
    return found


def _parties(event: Event) -> set[str]:
    people = {person.id for person in event.contacts if person.id}
    firm = {event.company.id} if event.company is not None and event.company.id else set()
    return people or firm


def never(store: Store, *, visit: OpenVisit, now: datetime) -> None:
    """Remember not to ask about an appointment again: about none of a series."""
    with store.transaction(now):
        row = events.row_of(store.connection, visit.id)
        event = events.get(store.connection, row) if row is not None else None
        series = event is not None and bool(event.recurrence)
        events.add_never_visit(store.connection, visit.id, EVERY if series else visit.start)


def day_report(store: Store, *, day: date, now: datetime, localize: Callable[[datetime], datetime]) -> DayReport:
    """Return what the user wrote about a day, with kilometres and hours, and what is still open."""
    connection = store.connection
    entries = interactions.list_rows(
        connection, interactions.rows_of_day(connection, day.isoformat(), owner=store.actor)
    )
    minutes = sum(entry.duration_min or 0 for entry in entries)
    return DayReport(
        date=day.isoformat(),
        owner=store.actor,
        entries=tuple(entries),
        kinds=dict(Counter(entry.kind for entry in entries)),
        hours=round(minutes / 60, 2),
        distance_km=round(sum(entry.distance_km or 0 for entry in entries), 1),
        followups=sum(len(entry.followups) for entry in entries),
        open_visits=tuple(open_visits(store, now=now, localize=localize, day=day)),
    )
