"""The pages of `crm show` and `crm brief`."""

from __future__ import annotations

from crm_cli.fields import _page
from crm_cli.i18n import t
from crm_cli.wording import word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from crm_cli.domain.agenda import Occurrence
    from crm_cli.domain.deal import Deal
    from crm_cli.domain.relation import Relation
    from crm_cli.domain.task import Task
    from crm_cli.output import Page
    from crm_cli.services.records import Brief, Card
    from crm_cli.store.views import Colleague, Pending, TimelineEntry

# The fields of a record that the page shows, with their labels; those of a set of values one line each.
_OWN = (
    ("phones", "Phone"),
    ("emails", "E-mail"),
    ("addresses", "Address"),
    ("links", "Links"),
    ("birthday", "Birthday"),
    ("stage", "Stage"),
    ("value", "Value"),
    ("probability", "Probability"),
    ("status", "Status"),
    ("expected_on", "Expected"),
    ("lost_reason", "Reason"),
    ("contacts", "Contacts"),
    ("tags", "Tags"),
    ("custom", "Custom fields"),
    ("owner", "Owner"),
    ("last_contact_at", "Last contact"),
    ("notes", "Notes"),
)
_KINDS = {
    "value": "money",
    "probability": "percent",
    "expected_on": "when",
    "last_contact_at": "when",
    "birthday": "when",
    "status": "word",
}
_EACH_ON_A_LINE = ("phones", "emails", "addresses", "links")


def _show(card: Card, page: Page) -> Iterator[str]:
    record = card.record
    company = getattr(record, "company", None)
    name = record.title if card.kind == "deal" else record.name
    job = getattr(record, "title", None) if card.kind == "contact" else None
    short = page.short_ids([record.id]).get(record.id, record.id)
    yield _page.heading(page, name, job, company.name if company else None, short)
    yield from _page.pairs(page, [(label, _value(record, field, page)) for field, label in _OWN])
    yield from _page.section(page, "Relations", [_tie(tie, card) for tie in card.relations if not _is_staff(tie, card)])
    yield from _people(card.people, page)
    yield from _ahead(card.events, page)
    yield from _open(card.deals, card.tasks, card.needs, card.requests, page)
    yield from _page.section(
        page,
        "Timeline",
        [(page.cell(item.at, "when"), happened(item), item.text) for item in card.timeline],
    )


def happened(item: TimelineEntry) -> str:
    """Return what a line of the timeline is: the kind of an entry, or what became of a task, a deal, the record."""
    return word(item.kind if item.type in ("log", "change") else f"{item.type} {item.kind}")


def _value(record: Any, field: str, page: Page) -> str:
    value = getattr(record, field, None)
    if not value:
        return ""
    if field in _EACH_ON_A_LINE:
        return "\n".join(page.cell(item) + (f" ({item.label})" if item.label else "") for item in value)
    return page.cell(value, _KINDS.get(field, "text"))


def _is_staff(tie: Relation, card: Card) -> bool:
    """Tell whether a tie is a present job at the firm itself: the people of a firm have a section of their own."""
    return card.kind == "company" and tie.kind == "employee_of" and tie.end_on is None


def _tie(tie: Relation, card: Card) -> tuple[str, ...]:
    """Return a tie as seen from the record: the record itself is not named."""
    source, target = ("" if party.id == card.id else party.name for party in (tie.source, tie.target))
    period = "–".join((tie.start_on or "", tie.end_on or "")) if tie.start_on or tie.end_on else ""
    return source, word(tie.kind), target, tie.title or "", period


def _people(people: Sequence[Colleague], page: Page) -> Iterator[str]:
    return _page.section(
        page, "People", [(person.name, person.title or "", person.phone or "", person.email or "") for person in people]
    )


def _ahead(events: Sequence[Occurrence], page: Page) -> Iterator[str]:
    """Yield the next appointments."""
    ids = _page.short(page, events)
    return _page.section(
        page,
        "Appointments",
        [(ids.get(one.id, ""), page.cell(one.start, "when"), one.location or "", one.title) for one in events],
    )


def _open(
    deals: Sequence[Deal], tasks: Sequence[Task], needs: Sequence[Pending], requests: Sequence[Pending], page: Page
) -> Iterator[str]:
    ids = _page.short(page, [*deals, *tasks])
    yield from _page.section(
        page,
        "Open deals",
        [
            (
                ids.get(deal.id, ""),
                deal.title,
                deal.stage,
                page.cell(deal.value, "money"),
                page.cell(deal.probability, "percent"),
            )
            for deal in deals
        ],
    )
    yield from _page.section(
        page, "Open tasks", [(ids.get(task.id, ""), page.cell(task.due, "when"), task.text) for task in tasks]
    )
    yield from _page.section(page, "Needs", [(page.cell(item.opened_at, "when"), item.text) for item in needs])
    yield from _page.section(
        page, "Open requests", [(page.cell(item.opened_at, "when"), item.kind or "", item.text) for item in requests]
    )


def _brief(brief: Brief, page: Page) -> Iterator[str]:
    record, firm = brief.record, brief.company
    job = getattr(record, "title", None)
    yield _page.heading(page, brief.name, job, firm.name if firm and firm.id != brief.id else None)
    fields = ("phones", "emails", "addresses", "tags")
    own = [(label, _value(record, field, page)) for field, label in _OWN if field in fields]
    if firm and firm.id != brief.id:
        own += [
            ("Phone of the firm", _value(firm, "phones", page)),
            ("Address of the firm", _value(firm, "addresses", page)),
        ]
    own.append(("Last contact", page.cell(brief.last_contact_at, "when")))
    if brief.birthday:
        age = t("turns {age}", age=brief.birthday.age) if brief.birthday.age else ""
        own.append(("Birthday", f"{page.cell(brief.birthday.on, 'when')} {age}".strip()))
    yield from _page.pairs(page, [*own, ("Notes", brief.notes or "")])
    yield from _ahead(brief.events, page)
    yield from _open(brief.deals, brief.tasks, brief.needs, brief.requests, page)
    yield from _page.section(
        page,
        "Last entries",
        [(page.cell(entry.at, "when"), t(entry.kind), _page.names(entry), entry.text) for entry in brief.entries],
    )
    yield from _people(brief.people, page)


CARDS = {"Card": _show, "Brief": _brief}
