"""SQL of saved column mappings."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3


def find(connection: sqlite3.Connection, name: str) -> str | None:
    """Return a saved mapping as JSON, or None."""
    found = connection.execute("SELECT body FROM csv_mapping WHERE name = ?", (name,)).fetchone()
    return None if found is None else str(found[0])


def names(connection: sqlite3.Connection) -> list[str]:
    """Return the names of the saved mappings."""
    return [name for (name,) in connection.execute("SELECT name FROM csv_mapping ORDER BY name")]


def save(connection: sqlite3.Connection, name: str, body: str) -> bool:
    """Save a mapping under a name, in place of an older one; return whether that changed anything."""
    before = find(connection, name)
    if before is None:
        connection.execute("INSERT INTO csv_mapping (name, body) VALUES (?, ?)", (name, body))
    elif before != body:
        connection.execute("UPDATE csv_mapping SET body = ? WHERE name = ?", (body, name))
    return before != body
