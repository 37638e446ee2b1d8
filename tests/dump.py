"""The whole content of a store as plain values, for tests that compare before and after."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from crm_cli.store.schema import JOURNALLED


def dump(path: object) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every journalled table, by table."""
    with closing(sqlite3.connect(str(path))) as connection:
        return dump_of(connection)


def dump_of(connection: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """Return the same from an open connection."""
    return {table: connection.execute(f"SELECT * FROM {table} ORDER BY id").fetchall() for table in JOURNALLED}
