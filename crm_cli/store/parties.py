"""SQL of what people and firms have in common: e-mails, phones, addresses, links and tags, and looking them up.

`kind` is `contact` or `company`, the name of the table and, with `_id`, of the column that owns a row.
"""

from __future__ import annotations

from crm_cli.domain.contact import Address, Email, Link, Phone, email_key
from crm_cli.store import bulk, name_order

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

    from crm_cli.domain.draft import ContactDraft

KINDS = ("contact", "company")
# Records read with one statement a table: a list of any length needs a fixed number of statements a block.
BLOCK = 500

# The columns that hang on a record; with each goes the column of its owner.
_COLUMNS = {
    "email": ("value", "folded", "label", "preferred"),
    "phone": ("value", "e164", "label", "preferred"),
    "address": ("street", "extended", "po_box", "postcode", "city", "region", "country", "label", "preferred"),
    "link": ("value", "kind", "label"),
    "tag": ("name",),
}


class Owned:
    """The rows that hang on a block of records, each table read once and grouped by record."""

    __slots__ = ("addresses", "emails", "last_contact", "links", "phones", "tags")

    def __init__(self, connection: sqlite3.Connection, kind: str, rows: Sequence[int]) -> None:
        def grouped(table: str, columns: str, order: str) -> dict[int, list[Any]]:
            groups: dict[int, list[Any]] = {}
            sql = f"SELECT {kind}_id, {columns} FROM {table} WHERE {kind}_id IN ({marks(rows)}) ORDER BY {order}"
            for row in connection.execute(sql, tuple(rows)):
                groups.setdefault(row[0], []).append(row[1:])
            return groups

        self.emails = {
            row: tuple(Email(value, label, bool(preferred)) for value, label, preferred in found)
            for row, found in grouped("email", "value, label, preferred", "preferred DESC, id").items()
        }
        self.phones = {
            row: tuple(Phone(value, e164, label, bool(preferred)) for value, e164, label, preferred in found)
            for row, found in grouped("phone", "value, e164, label, preferred", "preferred DESC, id").items()
        }
        self.addresses = {
            row: tuple(Address(*(*parts[:8], bool(parts[8]))) for parts in found)
            for row, found in grouped(
                "address",
                "street, extended, po_box, postcode, city, region, country, label, preferred",
                "preferred DESC, id",
            ).items()
        }
        self.links = {
            row: tuple(Link(*parts) for parts in found)
            for row, found in grouped("link", "value, kind, label", "id").items()
        }
        self.tags = {row: tuple(name for (name,) in found) for row, found in grouped("tag", "name", "id").items()}
        self.last_contact = _last_contact(connection, kind, rows)


def _last_contact(connection: sqlite3.Connection, kind: str, rows: Sequence[int]) -> dict[int, str]:
    """Return row -> the time of the newest log entry, computed and never stored."""
    if kind == "contact":
        sql = f"""SELECT l.contact_id, max(i.at) FROM interaction_contact AS l
                  JOIN interaction AS i ON i.id = l.interaction_id
                  WHERE l.contact_id IN ({marks(rows)}) GROUP BY l.contact_id"""
    else:
        sql = f"SELECT company_id, max(at) FROM interaction WHERE company_id IN ({marks(rows)}) GROUP BY company_id"
    return dict(connection.execute(sql, tuple(rows)))


def marks(values: Sequence[object]) -> str:
    """Return the place holders of an `IN (…)`."""
    return ",".join("?" * len(values))


def blocks(rows: Sequence[int]) -> Iterator[Sequence[int]]:
    """Cut a list of row ids into blocks."""
    return (rows[start : start + BLOCK] for start in range(0, len(rows), BLOCK))


def rows_where(
    connection: sqlite3.Connection,
    kind: str,
    where: str = "1",
    values: Sequence[object] = (),
    *,
    limit: int | None = None,
) -> list[int]:
    """Return the row ids a condition on the table holds for by name, at most `limit`."""
    return page(connection, kind, where, values, limit=limit)[0]


def page(
    connection: sqlite3.Connection,
    kind: str,
    where: str,
    values: Sequence[object],
    *,
    limit: int | None,
    only_ids: bool = False,
) -> tuple[list[int], int]:
    """Return the first row ids by name that a condition on the table holds for, and how many there are in all."""
    if where == "1":
        rows = name_order.every_row(connection, kind, limit)
        return rows, len(rows) if limit is None else count(connection, kind)
    found = unordered(connection, kind, where, values, only_ids=only_ids)
    return name_order.in_order(connection, kind, found, limit), len(found)


def unordered(
    connection: sqlite3.Connection, kind: str, where: str, values: Sequence[object], *, only_ids: bool = False
) -> list[int]:
    """Return the row ids a condition on the table holds for; `only_ids` where it names no other column of it."""
    # Ids are found without a page of the records: the table of their order has the same ones, and is small.
    table = f"{kind}_order AS {kind}" if only_ids and name_order.current(connection) else kind
    return list(_ids(connection, f"SELECT group_concat({kind}.id) FROM {table} WHERE {where}", values))


def indexed(connection: sqlite3.Connection, select: str, values: Sequence[object]) -> set[int]:
    """Return what a SELECT of row ids (`query_sql.Compiled.ids`) finds."""
    return set(_ids(connection, f"SELECT group_concat(id) FROM ({select})", values))


def _ids(connection: sqlite3.Connection, sql: str, values: Sequence[object]) -> Iterable[int]:
    import json

    # One text takes half the time of as many rows, and JSON reads its numbers in half the time of `int`.
    (found,) = connection.execute(sql, tuple(values)).fetchone()
    return json.loads(f"[{found}]") if found else ()


def count(connection: sqlite3.Connection, kind: str) -> int:
    """Return how many people or firms there are."""
    return int(connection.execute(f"SELECT count(*) FROM {kind}").fetchone()[0])


def next_row(connection: sqlite3.Connection, table: str) -> int:
    """Return the row id the next record gets; inside a write transaction it may be used in advance."""
    return int(connection.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0])


def add_owned(connection: sqlite3.Connection, kind: str, rows: Iterable[int], drafts: Sequence[ContactDraft]) -> None:
    """Insert the e-mails, phones, addresses, links and tags of the drafts for these records, a statement a table."""
    batch: dict[str, list[tuple[Any, ...]]] = {table: [] for table in _COLUMNS}
    emails, phones, addresses, links, tags = batch.values()
    for row, draft in zip(rows, drafts, strict=True):
        for email in draft.emails:
            emails.append((email.value, email_key(email.value), email.label, email.preferred, row))
        for phone in draft.phones:
            phones.append((phone.value, phone.e164, phone.label, phone.preferred, row))
        for a in draft.addresses:
            parts = (a.street, a.extended, a.po_box, a.postcode, a.city, a.region, a.country, a.label)
            addresses.append((*parts, a.preferred, row))
        for link in draft.links:
            links.append((link.value, link.kind, link.label, row))
        borne: dict[str, tuple[Any, ...]] = {}
        for name in draft.tags:
            borne.setdefault(name.casefold(), (name, row))
        tags += borne.values()
    for table, values in batch.items():
        bulk.insert(connection, table, (*_COLUMNS[table], f"{kind}_id"), values)


def owned_rows(connection: sqlite3.Connection, table: str, kind: str, row: int) -> list[tuple[int, Any]]:
    """Return (row id, value) of everything one record has in a table; an address as `Address`, others as text."""
    columns = "street, extended, po_box, postcode, city, region, country" if table == "address" else "value"
    columns = "name" if table == "tag" else columns
    found = connection.execute(f"SELECT id, {columns} FROM {table} WHERE {kind}_id = ? ORDER BY id", (row,))
    if table == "address":
        return [(number, Address(*parts)) for number, *parts in found]
    return [(number, value) for number, value in found]


def delete_owned(connection: sqlite3.Connection, table: str, numbers: Sequence[int]) -> None:
    """Delete rows of an owned table."""
    connection.executemany(f"DELETE FROM {table} WHERE id = ?", [(number,) for number in numbers])


def prefer_first(connection: sqlite3.Connection, table: str, kind: str, row: int) -> None:
    """Make the oldest value the preferred one where a record has values and none is."""
    connection.execute(
        f"""UPDATE {table} SET preferred = 1 WHERE id = (SELECT min(id) FROM {table} WHERE {kind}_id = ?1)
            AND NOT EXISTS (SELECT 1 FROM {table} WHERE {kind}_id = ?1 AND preferred = 1)""",
        (row,),
    )


def stamp(connection: sqlite3.Connection, table: str, rows: Iterable[int], moment: str) -> None:
    """Note when records were changed; the history of a record hangs on this."""
    connection.executemany(f"UPDATE {table} SET updated_at = ? WHERE id = ?", [(moment, row) for row in rows])


def rows_with_email(connection: sqlite3.Connection, kind: str, values: Iterable[str]) -> list[int]:
    """Return the records that have one of these e-mail addresses."""
    keys = [email_key(value) for value in values]
    sql = f"SELECT DISTINCT {kind}_id FROM email WHERE folded IN ({marks(keys)}) AND {kind}_id IS NOT NULL"
    return [row for (row,) in connection.execute(sql, keys)]


def rows_with_phone(connection: sqlite3.Connection, kind: str, numbers: Sequence[str]) -> list[int]:
    """Return the records that have one of these E.164 numbers."""
    sql = f"SELECT DISTINCT {kind}_id FROM phone WHERE e164 IN ({marks(numbers)}) AND {kind}_id IS NOT NULL"
    return [row for (row,) in connection.execute(sql, tuple(numbers))]


def rows_named(connection: sqlite3.Connection, kind: str, name: str) -> list[int]:
    """Return the records whose folded name is this one, titles and the order of the words aside."""
    from crm_cli.domain.names import name_key, name_words
    from crm_cli.store import search
    from crm_cli.store.search_schema import KEY_NAME, KINDS_ROOM, key_token

    token = key_token(KEY_NAME, name_key(name_words(name), name))
    return [document // KINDS_ROOM for document in search.keyed(connection, [token], (kind,), BLOCK)]
