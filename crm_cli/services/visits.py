"""Open visits, and the report of a day."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from crm_cli.domain.visit import DayReport, OpenVisit, Slot, written_about
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

    One entry is about one appointment (`domain/visit.written_about`): two visits of a day to the same person want two.
    """
    today = now.date()
    first, last = (day, day) if day is not None else (today - timedelta(days=LOOK_BACK - 1), today)
    never = events.never_visits(store.connection)
    days: dict[str, list[tuple[Slot, Event]]] = {}
    for start, end, event in agenda.timed(store, first=first, last=last, localize=localize, cut=[]):
        if start.date() >= first and end <= now and (event.contacts or event.company):
            slot = Slot(start, end, event.all_day, _parties(event))
            days.setdefault(start.date().isoformat(), []).append((slot, event))
    found = []
    for on, past in days.items():
        rows = interactions.rows_of_day(store.connection, on)
        written = written_about((slot for slot, _ in past), interactions.list_rows(store.connection, rows))
        for slot, event in past:
            at = on if slot.all_day else slot.start.isoformat(timespec="seconds")
            if slot not in written and (event.id, at) not in never and (event.id, EVERY) not in never:
                found.append(_visit(slot, event, at))
    return found


def _visit(slot: Slot, event: Event, at: str) -> OpenVisit:
    minutes = None if slot.all_day else int((slot.end - slot.start).total_seconds() // 60)
    return OpenVisit(event.id, event.title, at, minutes, event.location, event.contacts, event.company)


def _parties(event: Event) -> frozenset[str]:
    people = frozenset(person.id for person in event.contacts if person.id)
    firm = frozenset((event.company.id,)) if event.company is not None and event.company.id else frozenset()
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
