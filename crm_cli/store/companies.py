"""SQL of firms."""

from __future__ import annotations

from crm_cli.domain.company import Company
from crm_cli.errors import NotFound
from crm_cli.store import bulk
from crm_cli.store.contacts import custom_text, custom_values
from crm_cli.store.parties import Owned, add_owned, blocks, marks, next_row, rows_where

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator, Sequence
    from typing import Any

    from crm_cli.domain.draft import ContactDraft


def find(connection: sqlite3.Connection, row: int) -> Company | None:
    """Return one firm, or None."""
    return next(list_rows(connection, [row]), None)


def get(connection: sqlite3.Connection, row: int) -> Company:
    """Return one firm; raises NotFound."""
    company = find(connection, row)
    if company is None:
        raise NotFound("There is no company {row}.", row=row)
    return company


def list(
    connection: sqlite3.Connection, where: str = "1", values: Sequence[object] = (), *, limit: int | None = None
) -> Iterator[Company]:
    """Yield the firms an SQL condition on `company` holds for, by name."""
    return list_rows(connection, rows_where(connection, "company", where, values, limit=limit))


def list_rows(connection: sqlite3.Connection, rows: Sequence[int]) -> Iterator[Company]:
    """Yield the firms with these row ids, in this order; seven statements for each block of them."""
    for block in blocks(rows):
        owned = Owned(connection, "company", block)
        sql = f"""SELECT id, uid, name, notes, custom, owner, created_at, updated_at
                  FROM company WHERE id IN ({marks(block)})"""
        found = {record[0]: record for record in connection.execute(sql, tuple(block))}
        yield from (_company(found[row], owned) for row in block if row in found)


def cities(connection: sqlite3.Connection, uids: Collection[str]) -> dict[str, str]:
    """Return public id -> town of those firms that have an address with one; the preferred address counts."""
    if not uids:
        return {}
    sql = f"""SELECT c.uid, a.city FROM company AS c JOIN address AS a ON a.company_id = c.id
        WHERE c.uid IN ({marks(tuple(uids))}) AND a.city <> '' ORDER BY a.preferred, a.id DESC"""
    return dict(connection.execute(sql, tuple(uids)))


def _company(record: tuple[Any, ...], owned: Owned) -> Company:
    row, uid, name, notes, custom, owner, created_at, updated_at = record
    return Company(
        id=uid,
        name=name,
        emails=owned.emails.get(row, ()),
        phones=owned.phones.get(row, ()),
        addresses=owned.addresses.get(row, ()),
        links=owned.links.get(row, ()),
        tags=owned.tags.get(row, ()),
        custom=custom_values(custom),
        owner=owner,
        notes=notes,
        created_at=created_at,
        updated_at=updated_at,
        last_contact_at=owned.last_contact.get(row),
    )


def add_many(
    connection: sqlite3.Connection,
    drafts: Sequence[ContactDraft],
    *,
    uids: Sequence[str],
    stamp: str,
    owner: str | None,
    own_card: bool = True,
) -> range:
    """Insert firms with all that hangs on them, a statement a table; return their row ids.

    `own_card` is false for a firm known only as somebody's employer: it has no card of its own on export.
    """
    first = next_row(connection, "company")
    rows = range(first, first + len(drafts))
    bulk.insert(
        connection,
        "company",
        ("id", "uid", "owner", "created_at", "updated_at", "name", "notes", "custom", "own_card"),
        [
            (row, uid, d.owner or owner, stamp, stamp, d.name, d.notes, custom_text(d.custom), own_card)
            for row, uid, d in zip(rows, uids, drafts, strict=True)
        ],
    )
    add_owned(connection, "company", rows, drafts)
    return rows


def update(connection: sqlite3.Connection, row: int, *, stamp: str, **columns: Any) -> None:
    """Set columns of a firm, and when."""
    assignments = ", ".join(f"{name} = ?" for name in (*columns, "updated_at"))
    connection.execute(f"UPDATE company SET {assignments} WHERE id = ?", (*columns.values(), stamp, row))
