"""Columns of what is due, and the page of the day."""

from __future__ import annotations

from crm_cli.fields import Field, _page
from crm_cli.fields.agenda import remark
from crm_cli.i18n import t

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crm_cli.domain.agenda import Occurrence
    from crm_cli.domain.task import Task
    from crm_cli.output import Page
    from crm_cli.services.today import DueItem, Today


def _what(item: DueItem) -> str:
    """Return what is to be done; a cadence has no text of its own."""
    if item.kind == "task":
        return item.text or ""
    return t("Contact again (every {days:day|days})", days=item.days)


def _today(day: Today, page: Page) -> Iterator[str]:
    yield _page.heading(page, page.cell(day.date, "when"))
    yield from _appointments(day.events, page)
    yield from _page.section(page, "Overdue", _tasks(page, day.overdue))
    yield from _page.section(page, "Due today", _tasks(page, day.tasks))
    yield from _page.section(
        page,
        "To be contacted",
        [(page.cell(item.due, "when"), item.name, page.cell(item.last_contact_at, "when")) for item in day.cadences],
    )
    yield from _page.section(
        page,
        "Birthdays",
        [
            (
                page.cell(item.on, "when"),
                item.name,
                item.company or "",
                t("turns {age}", age=item.age) if item.age else "",
            )
            for item in day.birthdays
        ],
    )
    yield from _sales(day, page)
    if day.visits:
        yield ""
        yield t("{count:visit|visits} without an entry: crm log day", count=len(day.visits))
    if day.drafts:
        yield ""
        yield t("{count:line waits|lines wait} to be finished: crm log --drafts", count=day.drafts)
    work = (day.overdue, day.tasks, day.cadences, day.birthdays, day.deals, day.requests, day.drafts, day.visits)
    if not any((day.events, *work)):
        yield t("Nothing is due.")


def _appointments(events: Sequence[Occurrence], page: Page) -> Iterator[str]:
    """Yield what is on today, with what collides and which way is short."""
    ids = _page.short(page, events)
    rows = []
    for one in events:
        hours = "" if one.all_day else f"{one.start[11:16]}–{one.end[11:16]}"
        rows.append((ids.get(one.id, ""), hours, one.title, _page.names(one), one.location or "", remark(one)))
    return _page.section(page, "Appointments", rows)


def _sales(day: Today, page: Page) -> Iterator[str]:
    ids = _page.short(page, day.deals)
    yield from _page.section(
        page,
        "Deals with no next step",
        [
            (ids.get(deal.id, ""), deal.title, deal.stage, page.cell(deal.value, "money"), _page.names(deal))
            for deal in day.deals
        ],
    )
    yield from _page.section(
        page,
        "Open requests",
        [
            (page.cell(item.opened_at, "when"), item.kind or "", item.text, item.company or item.contact or "")
            for item in day.requests
        ],
    )


def _tasks(page: Page, tasks: Sequence[Task]) -> list[tuple[str, ...]]:
    ids = _page.short(page, tasks)
    return [(ids.get(task.id, ""), page.cell(task.due, "when"), _page.names(task), task.text) for task in tasks]


FIELDS = {
    "DueItem": (
        Field("id", "Id", kind="id"),
        Field("due", "Due", kind="when"),
        Field("text", "Task", get=_what),
        Field("contacts", "Contacts"),
        Field("company", "Company"),
        Field("deal", "Deal", listed=False),
        Field("kind", "Kind", kind="word", listed=False),
        Field("overdue", "Overdue", listed=False),
        Field("priority", "Priority", kind="word", listed=False),
        Field("days", "Days", kind="number", listed=False),
    ),
}
CARDS = {"Today": _today}
