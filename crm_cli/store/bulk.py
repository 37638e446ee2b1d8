"""Many rows into one table, a hundred a statement.

A statement pays once for what SQLite does around the rows: the next AUTOINCREMENT key, the cursors, the trigger's
program. A hundred rows a statement halve the cost of an import; the journal triggers still fire for each row.
"""

from __future__ import annotations

from itertools import chain

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

# Few sizes, so that the connection keeps the prepared statements.
_SIZES = (100, 10, 1)


def insert(
    connection: sqlite3.Connection, table: str, columns: Sequence[str], rows: Sequence[Sequence[object]]
) -> None:
    """Insert the rows, each with a value for every column, in their order."""
    head = f"INSERT INTO {table} ({', '.join(columns)}) VALUES "
    row_marks = f"({', '.join('?' * len(columns))})"
    start = 0
    for size in _SIZES:
        sql = head + ", ".join([row_marks] * size)
        while len(rows) - start >= size:
            connection.execute(sql, tuple(chain.from_iterable(rows[start : start + size])))
            start += size
