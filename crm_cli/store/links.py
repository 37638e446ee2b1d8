"""SQL of what tasks and deals name: people in an order, a firm, tags; read for a whole block of records at once."""

from __future__ import annotations

from crm_cli.domain.record_ref import RecordRef

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence


class LinkChange:
    """The people (row ids) and tags an edit adds to a record and takes off it; false where there are none."""

    __slots__ = ("contact_rows", "remove_contact_rows", "remove_tags", "tags")

    def __init__(
        self,
        contact_rows: Sequence[int] = (),
        tags: Sequence[str] = (),
        remove_contact_rows: Sequence[int] = (),
        remove_tags: Sequence[str] = (),
    ) -> None:
        self.contact_rows = contact_rows
        self.tags = tags
        self.remove_contact_rows = remove_contact_rows
        self.remove_tags = remove_tags

    def __bool__(self) -> bool:
        return bool(self.contact_rows or self.tags or self.remove_contact_rows or self.remove_tags)


def marks(values: Sequence[object]) -> str:
    """Return the place holders of an `IN (…)`."""
    return ", ".join("?" for _ in values)


def contacts_of(connection: sqlite3.Connection, entity: str, rows: Sequence[int]) -> dict[int, tuple[RecordRef, ...]]:
    """Return the people linked to each record of `task`, `deal` or `interaction`, in the order they were named."""
    groups: dict[int, tuple[RecordRef, ...]] = {}
    for row, uid, name in connection.execute(
        f"SELECT link.{entity}_id, c.uid, c.name FROM {entity}_contact AS link "
        f"JOIN contact AS c ON c.id = link.contact_id WHERE link.{entity}_id IN ({marks(rows)}) "
        "ORDER BY link.position, link.id",
        tuple(rows),
    ):
        groups[row] = (*groups.get(row, ()), RecordRef(uid, name))
    return groups


def tags_of(connection: sqlite3.Connection, entity: str, rows: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Return the tags of each record."""
    groups: dict[int, tuple[str, ...]] = {}
    sql = f"SELECT {entity}_id, name FROM tag WHERE {entity}_id IN ({marks(rows)}) ORDER BY id"
    for row, name in connection.execute(sql, tuple(rows)):
        groups[row] = (*groups.get(row, ()), name)
    return groups


def companies_of(connection: sqlite3.Connection, entity: str, rows: Sequence[int]) -> dict[int, RecordRef]:
    """Return the firms that records of a table point to, by the firm's row id."""
    sql = f"SELECT id, uid, name FROM company WHERE id IN (SELECT company_id FROM {entity} WHERE id IN ({marks(rows)}))"
    return {row: RecordRef(uid, name) for row, uid, name in connection.execute(sql, tuple(rows))}


def link_contacts(connection: sqlite3.Connection, entity: str, row: int, contact_rows: Iterable[int]) -> None:
    """Link people to a record, after those it has; one that is linked already stays where it is."""
    sql = f"""INSERT INTO {entity}_contact ({entity}_id, contact_id, position)
              SELECT ?1, ?2, (SELECT count(*) FROM {entity}_contact WHERE {entity}_id = ?1)
              WHERE NOT EXISTS (SELECT 1 FROM {entity}_contact WHERE {entity}_id = ?1 AND contact_id = ?2)"""
    connection.executemany(sql, [(row, contact) for contact in contact_rows])


def unlink_contacts(connection: sqlite3.Connection, entity: str, row: int, contact_rows: Iterable[int]) -> None:
    """Take people off a record."""
    sql = f"DELETE FROM {entity}_contact WHERE {entity}_id = ? AND contact_id = ?"
    connection.executemany(sql, [(row, contact) for contact in contact_rows])


def add_tags(connection: sqlite3.Connection, entity: str, row: int, tags: Iterable[str]) -> None:
    """Add tags a record does not have yet."""
    connection.executemany(
        f"INSERT INTO tag (name, {entity}_id) SELECT ?1, ?2 "
        f"WHERE NOT EXISTS (SELECT 1 FROM tag WHERE {entity}_id = ?2 AND name = ?1)",
        [(tag, row) for tag in tags],
    )


def remove_tags(connection: sqlite3.Connection, entity: str, row: int, tags: Iterable[str]) -> None:
    """Take tags off a record."""
    connection.executemany(f"DELETE FROM tag WHERE {entity}_id = ? AND name = ?", [(row, tag) for tag in tags])


def change(connection: sqlite3.Connection, entity: str, row: int, changed: LinkChange) -> None:
    """Take people and tags off a record, then add others."""
    unlink_contacts(connection, entity, row, changed.remove_contact_rows)
    link_contacts(connection, entity, row, changed.contact_rows)
    remove_tags(connection, entity, row, changed.remove_tags)
    add_tags(connection, entity, row, changed.tags)


def party_condition(
    entity: str, contact_rows: Sequence[int], company_rows: Sequence[int]
) -> tuple[str, tuple[int, ...]]:
    """Return the SQL condition, with its parameters, that a record of `task` or `deal` is about one of these."""
    people = f"{entity}.id IN (SELECT {entity}_id FROM {entity}_contact WHERE contact_id IN ({marks(contact_rows)}))"
    firms = f"{entity}.company_id IN ({marks(company_rows)})"
    return f"({people} OR {firms})", (*contact_rows, *company_rows)
