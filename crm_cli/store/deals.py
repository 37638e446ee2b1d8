"""SQL of deals."""

from __future__ import annotations

from crm_cli.domain.deal import Deal
from crm_cli.errors import NotFound
from crm_cli.store.links import companies_of, contacts_of, link_contacts, marks, tags_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from typing import Any

_BLOCK = 500
_COLUMNS = """id, uid, title, stage, value_minor, currency, probability, status, company_id, expected_on, closed_at,
  lost_reason, notes, owner, created_at, updated_at"""
_ORDER = "ORDER BY CASE status WHEN 'open' THEN 0 ELSE 1 END, expected_on IS NULL, expected_on, id"
# An open deal with nothing planned: no open task hangs on it.
NO_NEXT_STEP = """deal.status = 'open'
  AND NOT EXISTS (SELECT 1 FROM task WHERE task.deal_id = deal.id AND task.done_at IS NULL)"""


def add(
    connection: sqlite3.Connection,
    *,
    uid: str,
    title: str,
    stage: str,
    stamp: str,
    contact_rows: Sequence[int] = (),
    **columns: Any,
) -> int:
    """Insert a deal with its people; `columns` are further columns of the table. Return its row id."""
    values = {"uid": uid, "title": title, "stage": stage, **columns, "created_at": stamp, "updated_at": stamp}
    sql = f"INSERT INTO deal ({', '.join(values)}) VALUES ({marks(tuple(values))})"
    row = int(connection.execute(sql, tuple(values.values())).lastrowid or 0)
    link_contacts(connection, "deal", row, contact_rows)
    return row


def update(connection: sqlite3.Connection, row: int, *, stamp: str, **columns: Any) -> None:
    """Set columns of a deal."""
    assignments = ", ".join(f"{name} = ?" for name in (*columns, "updated_at"))
    connection.execute(f"UPDATE deal SET {assignments} WHERE id = ?", (*columns.values(), stamp, row))


def delete(connection: sqlite3.Connection, row: int, *, stamp: str) -> None:
    """Delete a deal with its links and tags; tasks and log entries stay without it."""
    for table in ("deal_contact", "tag"):
        connection.execute(f"DELETE FROM {table} WHERE deal_id = ?", (row,))
    for table in ("task", "interaction"):
        connection.execute(f"UPDATE {table} SET deal_id = NULL, updated_at = ? WHERE deal_id = ?", (stamp, row))
    connection.execute("DELETE FROM deal WHERE id = ?", (row,))


def mentions(connection: sqlite3.Connection, row: int) -> int:
    """Return how many tasks and log entries name a deal."""
    sql = (
        "SELECT (SELECT count(*) FROM task WHERE deal_id = ?1) + (SELECT count(*) FROM interaction WHERE deal_id = ?1)"
    )
    return int(connection.execute(sql, (row,)).fetchone()[0])


def get(connection: sqlite3.Connection, row: int) -> Deal:
    """Return one deal; raises NotFound."""
    found = list_rows(connection, [row])
    if not found:
        raise NotFound("There is no deal {row}.", row=row)
    return found[0]


def rows(connection: sqlite3.Connection, where: str = "1", values: Sequence[object] = ()) -> Sequence[int]:
    """Return the row ids of the deals a condition holds for: open ones first, the next to close first."""
    return [row for (row,) in connection.execute(f"SELECT id FROM deal WHERE {where} {_ORDER}", tuple(values))]


def list(
    connection: sqlite3.Connection, where: str = "1", values: Sequence[object] = (), *, limit: int | None = None
) -> Sequence[Deal]:
    """Return the deals an SQL condition on `deal` holds for: open ones first, the next to close first."""
    return list_rows(connection, rows(connection, where, values)[:limit])


def list_rows(connection: sqlite3.Connection, rows: Sequence[int]) -> Sequence[Deal]:
    """Return the deals with these row ids, in this order; four statements for each block of them."""
    return [
        deal for start in range(0, len(rows), _BLOCK) for deal in _list_block(connection, rows[start : start + _BLOCK])
    ]


def _list_block(connection: sqlite3.Connection, rows: Sequence[int]) -> Sequence[Deal]:
    from crm_cli.domain.money import Money

    contacts = contacts_of(connection, "deal", rows)
    companies = companies_of(connection, "deal", rows)
    tags = tags_of(connection, "deal", rows)
    found = {}
    for record in connection.execute(f"SELECT {_COLUMNS} FROM deal WHERE id IN ({marks(rows)})", tuple(rows)):
        (row, uid, title, stage, minor, currency, probability, status, company) = record[:9]
        (expected_on, closed_at, lost_reason, notes, owner, created_at, updated_at) = record[9:]
        found[row] = Deal(
            id=uid,
            title=title,
            stage=stage,
            value=None if minor is None else Money(minor, currency),
            probability=probability,
            status=status,
            company=companies.get(company),
            contacts=contacts.get(row, ()),
            expected_on=expected_on,
            closed_at=closed_at,
            lost_reason=lost_reason,
            tags=tags.get(row, ()),
            notes=notes,
            owner=owner,
            created_at=created_at,
            updated_at=updated_at,
        )
    return [found[row] for row in rows if row in found]
