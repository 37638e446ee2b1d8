"""What a day asks for: what is due, and the page a rep opens in the morning."""

from __future__ import annotations

from datetime import timedelta

from crm_cli.domain.task import overdue
from crm_cli.store import cadences, tasks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from typing import Any

    from crm_cli.domain.agenda import Occurrence
    from crm_cli.domain.cadence import Cadence
    from crm_cli.domain.deal import Deal
    from crm_cli.domain.record_ref import RecordRef
    from crm_cli.domain.task import Task
    from crm_cli.store.store import Store
    from crm_cli.store.views import Birthday, Pending

_BIRTHDAYS_AHEAD = 7


class DueItem:
    """Something due: a task, or a contact by its cadence (`kind`), whose `id` is then that of the person or firm.

    `due` is an ISO date or date-time, `days` the length of the cadence.
    """

    __slots__ = ("company", "contacts", "days", "deal", "due", "id", "kind", "overdue", "priority", "text")

    def __init__(
        self,
        id: str,
        kind: str,
        due: str,
        *,
        overdue: bool,
        text: str | None = None,
        priority: str | None = None,
        contacts: Sequence[RecordRef] = (),
        company: RecordRef | None = None,
        deal: dict[str, Any] | None = None,
        days: int | None = None,
    ) -> None:
        self.id = id
        self.kind = kind
        self.due = due
        self.overdue = overdue
        self.text = text
        self.priority = priority
        self.contacts = contacts
        self.company = company
        self.deal = deal
        self.days = days


class Today:
    """The page of the day. `visits` are the appointments of the last days of which nothing is written.

    `events` are the appointments of the day, `overdue` and `tasks` (due today) are tasks, `deals` the open ones with
    no next step, `drafts` how many lines of `crm log` wait to be finished.
    """

    __slots__ = ("birthdays", "cadences", "date", "deals", "drafts", "events", "overdue", "requests", "tasks", "visits")

    def __init__(self, date: str) -> None:
        self.date = date
        self.events: Sequence[Occurrence] = ()
        self.visits: list[Any] = []
        self.overdue: list[Task] = []
        self.tasks: list[Task] = []
        self.cadences: Sequence[Cadence] = ()
        self.birthdays: list[Birthday] = []
        self.deals: Sequence[Deal] = ()
        self.requests: list[Pending] = []
        self.drafts = 0


def due(store: Store, *, now: datetime) -> list[DueItem]:
    """Return what is due today or overdue, tasks and cadences, the oldest first."""
    from crm_cli.domain.record_ref import RecordRef

    items = [
        DueItem(
            task.id,
            "task",
            task.due or "",
            overdue=overdue(task.due, now),
            text=task.text,
            priority=task.priority,
            contacts=task.contacts,
            company=task.company,
            deal=task.deal,
        )
        for task in _due_tasks(store, now)
    ]
    today = now.date()
    for cadence in cadences.list(store.connection, until=today):
        party = RecordRef(cadence.id, cadence.name)
        items.append(
            DueItem(
                cadence.id,
                "cadence",
                cadence.due,
                overdue=cadence.due < today.isoformat(),
                contacts=(party,) if cadence.kind == "contact" else (),
                company=party if cadence.kind == "company" else None,
                days=cadence.days,
            )
        )
    return sorted(items, key=lambda item: item.due[:10])


def _due_tasks(store: Store, now: datetime) -> Sequence[Task]:
    # A date-time of today sorts after the bare day, and before this.
    return tasks.list(store.connection, "done_at IS NULL AND due < ?", (now.date().isoformat() + "~",))


def today(store: Store, *, now: datetime, localize: Callable[[datetime], datetime]) -> Today:
    """Return the page of the day."""
    from crm_cli.store import deals, drafts, views

    day = now.date()
    page = Today(day.isoformat())
    for task in _due_tasks(store, now):
        (page.tasks if (task.due or "")[:10] == page.date else page.overdue).append(task)
    connection = store.connection
    page.cadences = cadences.list(connection, until=day)
    page.birthdays = views.birthdays(connection, day, day + timedelta(days=_BIRTHDAYS_AHEAD))
    page.deals = deals.list(connection, deals.NO_NEXT_STEP)
    page.requests = views.open_requests(connection)
    if views.has_events(connection):
        from crm_cli.services import agenda, visits

        page.events = agenda.agenda(store, first=day, last=day, localize=localize).occurrences
        page.visits = visits.open_visits(store, now=now, localize=localize)
    page.drafts = len(drafts.listed(store.path)) if store.path else 0
    return page
