"""The fields of a deal or a follow-up as a form, and what was typed into it as the input of `edit`."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from crm_cli import wording
from crm_cli.domain.deal import read_probability, read_value
from crm_cli.domain.when import read_when
from crm_cli.errors import UsageError
from crm_cli.services import deals, resolve, tasks
from crm_cli.tui.dialogs.form import FormField

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from crm_cli.domain.deal import Deal
    from crm_cli.domain.task import Task
    from crm_cli.tui.session import Session


def deal_fields(deal: Deal) -> list[FormField]:
    """Return the fields of a deal."""
    return [
        FormField("title", "Deal", deal.title),
        FormField("company", "Company", deal.company.name if deal.company is not None else ""),
        FormField("value", "Value", wording.money(deal.value.amount, deal.value.currency) if deal.value else ""),
        FormField("probability", "Probability", "" if deal.probability is None else str(deal.probability)),
        FormField("expected", "Expected", deal.expected_on or ""),
        FormField("owner", "Owner", deal.owner or ""),
        FormField("notes", "Notes", deal.notes or "", long=True),
    ]


def task_fields(task: Task) -> list[FormField]:
    """Return the fields of a follow-up."""
    return [
        FormField("text", "Task", task.text),
        FormField("due", "Due", task.due or ""),
        FormField("repeat", "Repeat", task.repeat or ""),
        FormField("priority", "Priority", task.priority or ""),
        FormField("company", "Company", task.company.name if task.company is not None else ""),
        FormField("owner", "Owner", task.owner or ""),
    ]


def save_deal(session: Session, row: int, changed: Mapping[str, str]) -> Deal:
    """Change a deal; an emptied field is cleared."""
    given = {name: text for name, text in changed.items() if text}
    values: dict[str, Any] = {name: given[name] for name in ("title", "owner", "notes") if name in given}
    if "value" in given:
        values["value"] = read_value(given["value"], currency=session.ctx.config.currency)
    if "probability" in given:
        values["probability"] = read_probability(given["probability"])
    if "expected" in given:
        values["expected_on"] = _day(session, given["expected"])
    if "company" in given:
        values["company_row"] = resolve.one(session.store, given["company"], kinds=("company",)).row
    return deals.edit(session.store, row=row, now=session.ctx.now(), clear=_emptied(changed, "title"), **values)


def save_task(session: Session, row: int, changed: Mapping[str, str]) -> Task:
    """Change a follow-up; an emptied field is cleared."""
    given = {name: text for name, text in changed.items() if text}
    values: dict[str, Any] = {
        name: given[name] for name in ("text", "repeat", "priority", "owner") if name in given
    }  # fmt: skip
    if "due" in given:
        values["due"] = when(session, given["due"])
    if "company" in given:
        values["company_row"] = resolve.one(session.store, given["company"], kinds=("company",)).row
    return tasks.edit(session.store, row=row, now=session.ctx.now(), clear=_emptied(changed, "text"), **values)


def _emptied(changed: Mapping[str, str], required: str) -> list[str]:
    """Return the fields to clear; the one that must not be empty is refused as such."""
    if changed.get(required) == "":
        raise UsageError("This field can't be empty.")
    return [name for name, text in changed.items() if not text]


def when(session: Session, typed: str) -> date | datetime:
    """Read a day or moment as every WHEN of the command line; raises UsageError."""
    try:
        found = datetime.fromisoformat(typed)
    except ValueError:
        found = None
    # A stored moment that was not touched comes back as it was.
    if found is not None and found.tzinfo is not None:
        return found
    return read_when(
        typed,
        now=session.ctx.now(),
        localize=session.ctx.localize,
        notices=[],
        options=session.readings.options.dates,
        is_holiday=session.readings.is_holiday,
    )


def _day(session: Session, typed: str) -> date:
    found = when(session, typed)
    if isinstance(found, datetime):
        raise UsageError("“{text}” is no day.", text=typed, hint="Such as 15.12., 2025-12-15, eom.")
    return found
