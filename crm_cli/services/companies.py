"""Add and edit firms."""

from __future__ import annotations

from crm_cli.domain import party_input
from crm_cli.domain.draft import ContactDraft
from crm_cli.errors import UsageError
from crm_cli.services import parties
from crm_cli.store import companies
from crm_cli.store.contacts import custom_text
from crm_cli.store.store import utc_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from crm_cli.domain.party_input import PartyInput
    from crm_cli.services.parties import Saved
    from crm_cli.store.store import Store

_CLEARABLE = ("notes", "owner")


def add(store: Store, *, typed: PartyInput, force: bool, region: str, now: datetime) -> Saved:
    """Add a firm by hand; raises Conflict for a duplicate unless `force`."""
    draft, unreadable = party_input.read(typed, region=region, today=now.date())
    draft.kind = "org"
    draft.name = " ".join((typed.name or "").split())
    if not draft.name:
        raise UsageError("A name is missing.")
    with store.transaction(now):
        draft.custom = parties.custom_values(store, "company", typed.custom, region=region)
        draft.tags = parties.spelled(store, draft.tags)
        if not force:
            parties.refuse_duplicate(store, "company", draft, None)
        near = parties.similar(store, "company", draft.name, region=region)
        parties.with_preferred(draft)
        row = _insert(store, draft, now=now, own_card=True)
        return parties.Saved(companies.get(store.connection, row), unreadable=unreadable, similar=near)


def add_employer(store: Store, *, name: str, now: datetime) -> int:
    """Add a firm known only as somebody's employer and return its row id; on export it has no card of its own."""
    with store.transaction(now):
        return _insert(store, ContactDraft(name=" ".join(name.split()), kind="org"), now=now, own_card=False)


def _insert(store: Store, draft: ContactDraft, *, now: datetime, own_card: bool) -> int:
    rows = companies.add_many(
        store.connection,
        [draft],
        uids=[store.new_uid()],
        stamp=utc_text(now),
        owner=store.actor,
        own_card=own_card,
    )
    return rows[0]


def edit(store: Store, *, row: int, typed: PartyInput, region: str, now: datetime) -> Saved:
    """Change a firm: single values are replaced, several-valued ones added, `remove` and `clear` take away."""
    draft, unreadable = party_input.read(typed, region=region, today=now.date())
    with store.transaction(now):
        before = companies.get(store.connection, row)
        columns: dict[str, Any] = {}
        custom = dict(before.custom)
        changed = False
        if typed.name is not None:
            columns["name"] = " ".join(typed.name.split())
        for name in typed.clear:
            if name.lower() in _CLEARABLE:
                columns[name.lower()] = None
            elif not parties.clear_field(store, "company", row, custom, name):
                raise UsageError("--clear does not know the field “{name}”.", name=name)
            else:
                changed = True
        for pair in typed.remove:
            changed |= parties.remove_value(store, "company", row, custom, pair)
        columns |= {name: getattr(draft, name) for name in _CLEARABLE if getattr(draft, name) is not None}
        custom |= parties.custom_values(store, "company", typed.custom, region=region)
        changed |= parties.add_values(store, "company", row, draft)
        columns = {name: value for name, value in columns.items() if getattr(before, name) != value}
        if custom != before.custom:
            columns["custom"] = custom_text(custom)
        if columns or changed:
            # What is kept about a firm by hand does not fit into its people's cards.
            companies.update(store.connection, row, stamp=utc_text(now), own_card=1, **columns)
        return parties.Saved(companies.get(store.connection, row), unreadable=unreadable)
