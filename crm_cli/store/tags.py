"""SQL of tags, on whatever record they hang."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

KINDS = ("contact", "company", "interaction", "deal", "task", "event")


def list_of(connection: sqlite3.Connection, kind: str, row: int) -> list[str]:
    """Return the tags of a record, oldest first."""
    found = connection.execute(f"SELECT name FROM tag WHERE {kind}_id = ? ORDER BY id", (row,))
    return [name for (name,) in found]


def counts(connection: sqlite3.Connection) -> list[tuple[str, dict[str, int]]]:
    """Return every tag with how many records of each kind bear it, by name."""
    columns = ", ".join(f"count({kind}_id)" for kind in KINDS)
    found = connection.execute(f"SELECT min(name), {columns} FROM tag GROUP BY name ORDER BY name")
    return [(name, dict(zip(KINDS, numbers, strict=True))) for name, *numbers in found]


def spelling(connection: sqlite3.Connection, name: str) -> str | None:
    """Return a tag in use as it is spelled, whatever the case it was typed in; None for a new one."""
    found = connection.execute("SELECT name FROM tag WHERE name = ? ORDER BY id LIMIT 1", (name,)).fetchone()
    return None if found is None else str(found[0])


def add(connection: sqlite3.Connection, kind: str, row: int, names: Iterable[str]) -> None:
    """Insert tags on a record that has none of them."""
    connection.executemany(f"INSERT INTO tag (name, {kind}_id) VALUES (?, ?)", [(name, row) for name in names])


def remove(connection: sqlite3.Connection, kind: str, row: int, names: Iterable[str]) -> None:
    """Delete tags of a record, named exactly."""
    connection.executemany(
        f"DELETE FROM tag WHERE {kind}_id = ? AND name = ? COLLATE BINARY", [(row, name) for name in names]
    )


def bearers(connection: sqlite3.Connection, name: str) -> list[tuple[int, str, int]]:
    """Return (row id of the tag, kind, row id of the record) of every record with a tag, in any case."""
    columns = ", ".join(f"{kind}_id" for kind in KINDS)
    found = connection.execute(f"SELECT id, {columns} FROM tag WHERE name = ?", (name,)).fetchall()
    return [
        (number, kind, row) for number, *rows in found for kind, row in zip(KINDS, rows, strict=True) if row is not None
    ]


def rename(connection: sqlite3.Connection, number: int, name: str) -> None:
    """Give one tag of one record another name."""
    connection.execute("UPDATE tag SET name = ? WHERE id = ?", (name, number))


def delete(connection: sqlite3.Connection, number: int) -> None:
    """Delete one tag of one record."""
    connection.execute("DELETE FROM tag WHERE id = ?", (number,))
