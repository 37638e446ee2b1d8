"""SQL of people."""

from __future__ import annotations

from operator import attrgetter

from crm_cli.domain.contact import Contact
from crm_cli.domain.record_ref import RecordRef
from crm_cli.errors import NotFound
from crm_cli.store import bulk
from crm_cli.store.parties import Owned, add_owned, blocks, marks, next_row, rows_where

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence
    from typing import Any

    from crm_cli.domain.draft import ContactDraft

_COLUMNS = """id, uid, name, given, family, additional, prefix, suffix, nickname, salutation,
  title, department, birthday, notes, custom, owner, created_at, updated_at"""

# What a draft brings as it stands.
_WRITTEN = (
    "kind",
    "name",
    "given",
    "family",
    "additional",
    "prefix",
    "suffix",
    "nickname",
    "salutation",
    "title",
    "department",
    "birthday",
    "notes",
)
_written = attrgetter(*_WRITTEN)

# A person's employer is the newest job without an end: later rows of this order win.
_EMPLOYERS = """SELECT e.contact_id, c.uid, c.name FROM employment AS e JOIN company AS c ON c.id = e.company_id
  WHERE e.end_on IS NULL AND e.contact_id IN ({marks}) ORDER BY coalesce(e.start_on, ''), e.id"""


def find(connection: sqlite3.Connection, row: int) -> Contact | None:
    """Return one person, or None."""
    return next(list_rows(connection, [row]), None)


def get(connection: sqlite3.Connection, row: int) -> Contact:
    """Return one person; raises NotFound."""
    contact = find(connection, row)
    if contact is None:
        raise NotFound("There is no contact {row}.", row=row)
    return contact


def list(
    connection: sqlite3.Connection, where: str = "1", values: Sequence[object] = (), *, limit: int | None = None
) -> Iterator[Contact]:
    """Yield the people an SQL condition on `contact` holds for, by name."""
    return list_rows(connection, rows_where(connection, "contact", where, values, limit=limit))


def list_rows(connection: sqlite3.Connection, rows: Sequence[int]) -> Iterator[Contact]:
    """Yield the people with these row ids, in this order; eight statements for each block of them."""
    for block in blocks(rows):
        owned = Owned(connection, "contact", block)
        employers = {
            row: RecordRef(uid, name)
            for row, uid, name in connection.execute(_EMPLOYERS.format(marks=marks(block)), tuple(block))
        }
        sql = f"SELECT {_COLUMNS} FROM contact WHERE id IN ({marks(block)})"
        found = {record[0]: record for record in connection.execute(sql, tuple(block))}
        yield from (_contact(found[row], owned, employers.get(row)) for row in block if row in found)


def _contact(record: tuple[Any, ...], owned: Owned, company: RecordRef | None) -> Contact:
    (row, uid, name, given, family, additional, prefix, suffix, nickname, salutation) = record[:10]
    (title, department, birthday, notes, custom, owner, created_at, updated_at) = record[10:]
    return Contact(
        id=uid,
        name=name,
        given=given,
        family=family,
        additional=additional,
        prefix=prefix,
        suffix=suffix,
        nickname=nickname,
        salutation=salutation,
        emails=owned.emails.get(row, ()),
        phones=owned.phones.get(row, ()),
        addresses=owned.addresses.get(row, ()),
        links=owned.links.get(row, ()),
        company=company,
        title=title,
        department=department,
        birthday=birthday,
        tags=owned.tags.get(row, ()),
        custom=custom_values(custom),
        owner=owner,
        notes=notes,
        created_at=created_at,
        updated_at=updated_at,
        last_contact_at=owned.last_contact.get(row),
    )


def custom_values(text: str | None) -> dict[str, Any]:
    """Return the custom fields of a record, stored as JSON."""
    if not text:
        return {}
    import json

    values: dict[str, Any] = json.loads(text)
    return values


def custom_text(values: dict[str, Any]) -> str | None:
    """Return custom fields as they are stored."""
    if not values:
        return None
    import json

    return json.dumps(values, ensure_ascii=False)


def add_many(
    connection: sqlite3.Connection,
    drafts: Sequence[ContactDraft],
    *,
    uids: Sequence[str],
    stamp: str,
    owner: str | None,
    employers: Sequence[int | None] = (),
) -> range:
    """Insert people with all that hangs on them, a statement a table; return their row ids.

    `employers` gives the row id of each one's company, or None; `owner` is for drafts that name none. What has no
    column (`members`, `anniversary`, `rev`, `raw`, a `role` without an employer) is the caller's.
    """
    first = next_row(connection, "contact")
    rows = range(first, first + len(drafts))
    columns = ("id", "uid", "owner", "created_at", "updated_at", "custom", *_WRITTEN)
    bulk.insert(
        connection,
        "contact",
        columns,
        [
            (row, uid, draft.owner or owner, stamp, stamp, custom_text(draft.custom), *_written(draft))
            for row, uid, draft in zip(rows, uids, drafts, strict=True)
        ],
    )
    add_owned(connection, "contact", rows, drafts)
    jobs = [(row, firm, draft.role) for row, firm, draft in zip(rows, employers, drafts, strict=False) if firm]
    if jobs:
        bulk.insert(connection, "employment", ("contact_id", "company_id", "role"), jobs)
    return rows


def update(connection: sqlite3.Connection, row: int, *, stamp: str, **columns: Any) -> None:
    """Set columns of a person, and when."""
    assignments = ", ".join(f"{name} = ?" for name in (*columns, "updated_at"))
    connection.execute(f"UPDATE contact SET {assignments} WHERE id = ?", (*columns.values(), stamp, row))
