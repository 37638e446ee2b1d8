"""SQL that sets single values right."""

from __future__ import annotations

from crm_cli.domain.contact import email_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from typing import Any


def rows(connection: sqlite3.Connection) -> list[int]:
    """Return the row ids of all people."""
    return [row for (row,) in connection.execute("SELECT id FROM contact ORDER BY id")]


def row_of(connection: sqlite3.Connection, uid: str) -> int:
    """Return the row id of a person that exists."""
    return int(connection.execute("SELECT id FROM contact WHERE uid = ?", (uid,)).fetchone()[0])


def update_owned(
    connection: sqlite3.Connection,
    table: str,
    contact_row: int,
    key: Sequence[tuple[str, Any]],
    columns: Sequence[tuple[str, Any]],
) -> int:
    """Set columns in those rows of a person's `email`, `phone` or `address` that hold `key`; return how many."""
    columns = list(columns)
    if table == "email":
        columns += [("folded", email_key(value)) for name, value in columns if name == "value"]
    assignments = ", ".join(f"{name} = ?" for name, _ in columns)
    conditions = " AND ".join(["contact_id = ?", *(f"{name} IS ?" for name, _ in key)])
    values = [*(value for _, value in columns), contact_row, *(value for _, value in key)]
    return connection.execute(f"UPDATE {table} SET {assignments} WHERE {conditions}", values).rowcount
