"""Pages about one record: everything there is (`show`), and what to know before the door (`brief`)."""

from __future__ import annotations

from datetime import timedelta

from crm_cli.store import views

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from typing import Any

    from crm_cli.domain.agenda import Occurrence
    from crm_cli.domain.deal import Deal
    from crm_cli.domain.event import Event
    from crm_cli.domain.interaction import Interaction
    from crm_cli.domain.task import Task
    from crm_cli.domain.who import Match
    from crm_cli.store.store import Store
    from crm_cli.store.views import Birthday, Colleague, Pending, TimelineEntry

_ENTRIES = 5
_BIRTHDAY_NEAR = 14
_APPOINTMENTS = 3


class Card:
    """A record with all that hangs on it; as JSON the record's own keys come first, then `kind` and the rest."""

    def __init__(self, kind: str, record: Any) -> None:
        self.kind = kind
        self.record = record
        self.relations: Sequence[Any] = ()
        self.people: list[Colleague] = []
        self.events: Sequence[Occurrence] = ()
        self.deals: Sequence[Deal] = ()
        self.tasks: Sequence[Task] = ()
        self.needs: list[Pending] = []
        self.requests: list[Pending] = []
        self.timeline: list[TimelineEntry] = []

    @property
    def id(self) -> str:
        """The record's public id."""
        return str(self.record.id)

    def as_json(self) -> dict[str, Any]:
        """Return the record's keys, then the kind and what hangs on it."""
        own = {name: getattr(self.record, name) for name in self.record.__match_args__}
        more = {name: value for name, value in vars(self).items() if name != "record"}
        return {**own, **more}


class Brief:
    """One page before the door: who, the firm and its people, what is open, what was said last."""

    __slots__ = (
        "birthday",
        "company",
        "deals",
        "entries",
        "events",
        "id",
        "kind",
        "last_contact_at",
        "name",
        "needs",
        "notes",
        "people",
        "record",
        "requests",
        "tasks",
    )

    def __init__(self, kind: str, record: Any, company: Any) -> None:
        self.id: str = record.id
        self.kind = kind
        self.name: str = record.name
        self.record = record
        self.company = company
        self.last_contact_at: str | None = record.last_contact_at
        self.birthday: Birthday | None = None
        self.events: Sequence[Occurrence] = ()
        self.deals: Sequence[Deal] = ()
        self.tasks: Sequence[Task] = ()
        self.needs: list[Pending] = []
        self.requests: list[Pending] = []
        self.people: list[Colleague] = []
        self.entries: Sequence[Interaction] = ()
        self.notes: str | None = record.notes

    def as_json(self) -> dict[str, Any]:
        """Return the page with the ways to reach the record at the top."""
        own = {
            name: getattr(self.record, name)
            for name in ("title", "phones", "emails", "addresses", "tags")
            if hasattr(self.record, name)
        }
        firm = self.company and {
            name: getattr(self.company, name) for name in ("id", "name", "phones", "emails", "addresses", "notes")
        }
        rest = {name: getattr(self, name) for name in self.__slots__ if name not in ("id", "kind", "name", "record")}
        return {"id": self.id, "kind": self.kind, "name": self.name, **own, **rest, "company": firm}


def show(
    store: Store, *, match: Match, limit: int, now: datetime, localize: Callable[[datetime], datetime]
) -> Card | Task | Interaction | Event:
    """Return the page of a person, firm or deal, with the newest `limit` lines of its timeline; others as they are."""
    connection = store.connection
    record = _record(store, match)
    if match.kind not in ("contact", "company", "deal"):
        shown: Task | Interaction | Event = record
        return shown
    card = Card(match.kind, record)
    until = now.isoformat(timespec="seconds")
    card.timeline = views.timeline(connection, match.kind, match.row, match.id, limit, until=until)
    if match.kind == "deal":
        from crm_cli.store import tasks

        card.tasks = tasks.list(connection, "done_at IS NULL AND deal_id = ?", (match.row,))
        return card
    from crm_cli.store import employments, relations

    people, firms = ([match.row], []) if match.kind == "contact" else ([], [match.row])
    card.relations = [
        *employments.list_of(connection, match.kind, match.row),
        *relations.list_of(connection, match.kind, match.row),
    ]
    _open_work(card, store, people, firms, now, localize)
    if firms:
        card.people = views.colleagues(connection, match.row)
    return card


def _open_work(
    page: Card | Brief,
    store: Store,
    people: list[int],
    firms: list[int],
    now: datetime,
    localize: Callable[[datetime], datetime],
) -> None:
    """Fill in what lies ahead of these people and firms: the next appointments, deals, tasks, needs, requests."""
    connection = store.connection
    # Most people have neither, and a page is asked for too often to load what it does not show.
    event_rows = views.event_rows(connection, people, firms, now.date().isoformat())
    if event_rows:
        from crm_cli.services import agenda

        page.events = agenda.upcoming(store, rows=event_rows, now=now, localize=localize, limit=_APPOINTMENTS)
    deal_rows = views.open_deal_rows(connection, people, firms)
    if deal_rows:
        from crm_cli.store import deals

        page.deals = deals.list_rows(connection, deal_rows)
    task_rows = views.open_task_rows(connection, people, firms)
    if task_rows:
        from crm_cli.store import tasks

        page.tasks = tasks.list_rows(connection, task_rows)
    page.needs = views.open_needs(connection, contact_rows=people, company_rows=firms)
    page.requests = views.open_requests(connection, contact_rows=people, company_rows=firms)


def _record(store: Store, match: Match) -> Any:
    connection = store.connection
    if match.kind == "contact":
        from crm_cli.store import contacts

        return contacts.get(connection, match.row)
    if match.kind == "company":
        from crm_cli.store import companies

        return companies.get(connection, match.row)
    if match.kind == "deal":
        from crm_cli.store import deals

        return deals.get(connection, match.row)
    if match.kind == "task":
        from crm_cli.store import tasks

        return tasks.get(connection, match.row)
    if match.kind == "event":
        from crm_cli.store import events

        return events.get(connection, match.row)
    from crm_cli.store import interactions

    return interactions.get(connection, match.row)


def brief(store: Store, *, match: Match, now: datetime, localize: Callable[[datetime], datetime]) -> Brief:
    """Return the page for a visit to a person or firm; what is open counts for the person and their firm."""
    from crm_cli.store import companies, interactions

    connection = store.connection
    person = match.row if match.kind == "contact" else None
    firm = views.employer_row(connection, match.row) if person is not None else match.row
    page = Brief(match.kind, _record(store, match), companies.find(connection, firm) if firm is not None else None)
    people = [] if person is None else [person]
    firms = [] if firm is None else [firm]
    _open_work(page, store, people, firms, now, localize)
    if person is not None:
        today = now.date()
        near = views.birthdays(connection, today, today + timedelta(days=_BIRTHDAY_NEAR), contact_rows=people)
        page.birthday = near[0] if near else None
    if firm is not None:
        page.people = views.colleagues(connection, firm, but=person)
    rows = views.entry_rows(connection, people, firms, _ENTRIES)
    page.entries = interactions.list_rows(connection, rows)
    return page
