"""Make one record of several that are the same person or firm; the journal takes it back."""

from __future__ import annotations

from crm_cli.domain.merging import combined
from crm_cli.errors import UsageError
from crm_cli.services import parties
from crm_cli.store import fields, merging
from crm_cli.store.contacts import custom_text
from crm_cli.store.store import utc_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from crm_cli.domain.company import Company
    from crm_cli.domain.contact import Contact
    from crm_cli.domain.who import Match
    from crm_cli.store.store import Store


def merge(store: Store, *, keep: Match, lose: Sequence[Match], now: datetime) -> Contact | Company:
    """Merge records of one kind into `keep` and return it.

    Everything that hangs on the others moves to it, their foreign cards too, so that a later import finds it. Single
    values that differ are kept in its notes. Raises UsageError where a record is to be merged with itself.
    """
    rows = [match.row for match in lose]
    if keep.row in rows or len(set(rows)) != len(rows):
        raise UsageError("A record cannot be merged with itself.")
    with store.transaction(now):
        for match in lose:
            _merge_one(store, keep, match, stamp=utc_text(now))
        return parties.load(store, keep.kind, keep.row)


def _merge_one(store: Store, keep: Match, lose: Match, *, stamp: str) -> None:
    connection, kind = store.connection, keep.kind
    kept, lost = parties.load(store, kind, keep.row), parties.load(store, kind, lose.row)
    days, other_days = (merging.cadence_days(connection, kind, row) for row in (keep.row, lose.row))
    further = (f"cadence: {other_days}d",) if days and other_days and days != other_days else ()
    columns, custom = combined(kept, lost, further=further)
    if custom != kept.custom:
        columns["custom"] = custom_text(custom)
    merging.move(connection, kind, source=lose.row, target=keep.row, stamp=stamp)
    for field in fields.list(connection):
        if field.type == "ref":
            fields.repoint(connection, field, lost.id, kept.id, stamp=stamp)
    merging.rename_decisions(connection, source=lost.id, target=kept.id)
    merging.delete(connection, kind, lose.row, stamp=stamp)
    if kind == "contact":
        from crm_cli.store import contacts as records
    else:
        from crm_cli.store import companies as records  # type: ignore[no-redef]
    records.update(connection, keep.row, stamp=stamp, **columns)
