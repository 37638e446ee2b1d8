"""Deals: add, change, move through the stages, win or lose; and the step a log line takes."""

from __future__ import annotations

from crm_cli.domain.deal import find_stage
from crm_cli.errors import Conflict, UsageError
from crm_cli.services.editing import changed_columns
from crm_cli.store import deals, links
from crm_cli.store.store import utc_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime
    from typing import Any

    from crm_cli.domain.deal import Deal
    from crm_cli.domain.money import Money
    from crm_cli.store.links import LinkChange
    from crm_cli.store.store import Store

# What `--clear` can empty, and the columns behind it.
CLEARABLE = {
    "value": ("value_minor", "currency"),
    "probability": ("probability",),
    "company": ("company_id",),
    "expected": ("expected_on",),
    "notes": ("notes",),
}


def add(
    store: Store,
    *,
    title: str,
    now: datetime,
    stages: Sequence[dict[str, Any]],
    stage: str | None = None,
    value: Money | None = None,
    probability: int | None = None,
    contact_rows: Sequence[int] = (),
    company_row: int | None = None,
    expected_on: date | None = None,
    notes: str | None = None,
    tags: Iterable[str] = (),
    owner: str | None = None,
) -> Deal:
    """Add an open deal and return it. Without a stage it begins in the first one; raises UsageError."""
    if not title.strip():
        raise UsageError("A deal needs a title.", hint='crm deal add "Test bench" --company acme')
    begin = find_stage(stages, stage) if stage else stages[0]
    with store.transaction(now):
        row = deals.add(
            store.connection,
            uid=store.new_uid(),
            title=title,
            stage=begin["name"],
            stamp=utc_text(now),
            contact_rows=contact_rows,
            company_id=company_row,
            probability=begin.get("probability") if probability is None else probability,
            expected_on=expected_on.isoformat() if expected_on else None,
            notes=notes,
            owner=owner or store.actor,
            **_value_columns(value),
        )
        links.add_tags(store.connection, "deal", row, tags)
        return deals.get(store.connection, row)


def _value_columns(value: Money | None) -> dict[str, Any]:
    return {} if value is None else {"value_minor": value.minor, "currency": value.currency}


def edit(
    store: Store,
    *,
    row: int,
    now: datetime,
    stages: Sequence[dict[str, Any]] = (),
    title: str | None = None,
    stage: str | None = None,
    value: Money | None = None,
    probability: int | None = None,
    company_row: int | None = None,
    expected_on: date | None = None,
    notes: str | None = None,
    owner: str | None = None,
    clear: Iterable[str] = (),
    linked: LinkChange | None = None,
) -> Deal:
    """Change a deal: given values replace the old ones, people and tags are added; return it as it is then."""
    if title is not None and not title.strip():
        raise UsageError("A deal needs a title.", hint="crm deal delete REF takes it away.")
    given = {
        "title": title,
        "probability": probability,
        "company_id": company_row,
        "expected_on": expected_on.isoformat() if expected_on else None,
        "notes": notes,
        "owner": owner,
        **_value_columns(value),
    }
    columns = changed_columns(given, clear, CLEARABLE)
    if not (columns or linked or stage):
        raise UsageError("There is nothing to change.", hint="crm deal edit --help lists the options.")
    with store.transaction(now):
        if stage is not None:
            step(store, row=row, now=now, stages=stages, stage=stage)
        deals.get(store.connection, row)
        if linked:
            links.change(store.connection, "deal", row, linked)
        deals.update(store.connection, row, stamp=utc_text(now), **columns)
        return deals.get(store.connection, row)


def step(
    store: Store,
    *,
    row: int,
    now: datetime,
    stages: Sequence[dict[str, Any]],
    stage: str | None = None,
    value: Money | None = None,
    probability: int | None = None,
) -> Deal:
    """Move an open deal to another stage, value or probability; return it. Raises Conflict for one that is closed.

    A new stage brings its own probability unless one is given.
    """
    columns = _value_columns(value)
    if stage is not None:
        found = find_stage(stages, stage)
        columns["stage"] = found["name"]
        if found.get("probability") is not None:
            columns["probability"] = found["probability"]
    if probability is not None:
        columns["probability"] = probability
    with store.transaction(now):
        deal = deals.get(store.connection, row)
        if deal.status != "open":
            raise _closed(deal)
        if columns.get("stage") == deal.stage and probability is None:
            del columns["stage"]
            columns.pop("probability", None)
        if columns:
            deals.update(store.connection, row, stamp=utc_text(now), **columns)
        return deals.get(store.connection, row)


def close(store: Store, *, row: int, now: datetime, won: bool, reason: str | None = None) -> Deal:
    """Win or lose a deal, with the reason of a loss; return it. Raises Conflict for one that is closed."""
    with store.transaction(now):
        deal = deals.get(store.connection, row)
        if deal.status != "open":
            raise _closed(deal)
        deals.update(
            store.connection,
            row,
            stamp=utc_text(now),
            status="won" if won else "lost",
            probability=100 if won else 0,
            closed_at=utc_text(now),
            lost_reason=None if won else reason,
        )
        return deals.get(store.connection, row)


def _closed(deal: Deal) -> Conflict:
    return Conflict(
        "The deal “{title}” is closed ({status}).",
        title=deal.title,
        status=deal.status,
        hint="crm history {id} shows when; crm undo takes the latest change back.",
        id=deal.id,
        candidates=[{"id": deal.id, "kind": "deal", "name": deal.title}],
    )


def delete(store: Store, *, row: int, now: datetime, confirmed: bool) -> Deal:
    """Delete a deal and return it as it was. Raises Conflict where tasks or log entries name it, unless confirmed."""
    with store.transaction(now):
        deal = deals.get(store.connection, row)
        count = deals.mentions(store.connection, row)
        if count and not confirmed:
            raise Conflict(
                "{name} is in {count:other record|other records}; nothing was deleted.",
                name=deal.title,
                count=count,
                hint="--yes deletes all the same; the other records stay and lose the name.",
            )
        deals.delete(store.connection, row, stamp=utc_text(now))
        return deal


def mentions(store: Store, *, row: int) -> int:
    """Return how many tasks and log entries name a deal."""
    return deals.mentions(store.connection, row)


def listed(
    store: Store, *, query: str, only_open: bool, stages: Sequence[dict[str, Any]], now: datetime
) -> Sequence[Deal]:
    """Return the deals a query finds, the next to close first; closed ones only where the query asks for them."""
    from crm_cli.store import query_sql

    compiled = query_sql.compile(store.connection, query, "deal", now=now, actor=store.actor, stages=stages)
    condition = "deal.status = 'open' AND " if only_open and "status" not in compiled.fields else ""
    return deals.list(store.connection, condition + compiled.where, compiled.params)


def open_deals_for(
    store: Store, *, contact_rows: Sequence[int] = (), company_rows: Sequence[int] = ()
) -> Sequence[tuple[int, Deal]]:
    """Return the open deals of these people and firms, each with its row id."""
    where, params = links.party_condition("deal", contact_rows, company_rows)
    found = deals.rows(store.connection, f"deal.status = 'open' AND {where}", params)
    return list(zip(found, deals.list_rows(store.connection, found), strict=True))
