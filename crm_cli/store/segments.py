"""SQL of segments."""

from __future__ import annotations

from crm_cli.domain.segment import Segment
from crm_cli.domain.text import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from crm_cli.store.query_sql import Compiled


def add(
    connection: sqlite3.Connection, *, uid: str, name: str, entity: str, query: str, owner: str, stamp: str
) -> None:
    """Insert a segment."""
    connection.execute(
        """INSERT INTO segment (uid, name, entity, query, owner, created_at, updated_at)
           VALUES (?, ?, ?, ?, ?, ?, ?)""",
        (uid, name, entity, query, owner, stamp, stamp),
    )


def update(connection: sqlite3.Connection, uid: str, *, entity: str, query: str, stamp: str) -> None:
    """Give a segment another query."""
    connection.execute(
        "UPDATE segment SET entity = ?, query = ?, updated_at = ? WHERE uid = ?", (entity, query, stamp, uid)
    )


def delete(connection: sqlite3.Connection, uid: str) -> None:
    """Delete a segment."""
    connection.execute("DELETE FROM segment WHERE uid = ?", (uid,))


def list(connection: sqlite3.Connection) -> Sequence[Segment]:
    """Return all segments by name, uncounted."""
    rows = connection.execute("SELECT uid, name, entity, query, owner, created_at, updated_at FROM segment")
    found = [
        Segment(uid, name, entity, query, owner=owner, created_at=created_at, updated_at=updated_at)
        for uid, name, entity, query, owner, created_at, updated_at in rows
    ]
    return sorted(found, key=lambda segment: (fold(segment.name), segment.name))


def find(connection: sqlite3.Connection, name: str) -> Segment | None:
    """Return the segment of that name, else the one whose folded name is alike, or None."""
    found = list(connection)
    alike = [segment for segment in found if fold(segment.name) == fold(name)]
    return next((segment for segment in found if segment.name == name), alike[0] if alike else None)


def count(connection: sqlite3.Connection, entity: str, compiled: Compiled) -> int:
    """Return how many records of a kind a compiled query finds."""
    sql = f"SELECT count(*) FROM {entity} WHERE {compiled.where}"
    return int(connection.execute(sql, compiled.params).fetchone()[0])
