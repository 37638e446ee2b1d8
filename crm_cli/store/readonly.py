"""`crm sql`: somebody else's SELECT on our connection, able to read and unable to do anything else."""

from __future__ import annotations

import sqlite3
import time

from crm_cli.errors import StoreError, UsageError
from crm_cli.store.store import store_error

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from crm_cli.store.store import Store

# How many virtual machine steps pass between two looks at the clock.
_STEPS = 100_000
# No value and no result grows without bounds on the way (`zeroblob`, an endless recursion).
_LONGEST_VALUE = 50_000_000
_MOST_ROWS = 1_000_000

_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
_FORBIDDEN_FUNCTIONS = {"load_extension", "fts3_tokenizer"}
_SCHEMA_TABLES = {"sqlite_master", "sqlite_temp_master"}
# Pragmas that only tell; `data_version` is what the full-text tables ask for themselves.
_TELLING = {
    "collation_list", "compile_options", "data_version", "foreign_key_list", "function_list", "index_info",
    "index_list", "index_xinfo", "pragma_list", "table_info", "table_list", "table_xinfo",
}  # fmt: skip
_ASKED_WITHOUT_VALUE = {"application_id", "page_count", "page_size", "schema_version", "user_version"}


def query(store: Store, sql: str, *, seconds: float, limit: int | None = None) -> list[dict[str, Any]]:
    """Run one reading statement and return its rows as dicts by column name (`name_2` where a name comes twice).

    BLOBs become hexadecimal text. Raises UsageError for anything that would write, for bad SQL and for more than a
    million rows, StoreError when it takes longer than `seconds`.
    """
    connection = store.connection
    deadline = time.monotonic() + seconds
    connection.execute("PRAGMA query_only = ON")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS)
    connection.set_authorizer(_authorize)
    try:
        return _rows(connection.execute(sql), limit)
    except (sqlite3.Error, sqlite3.Warning, UnicodeDecodeError) as error:
        raise _explained(error, seconds, store.path) from error
    finally:
        connection.set_authorizer(None)
        connection.set_progress_handler(None, 0)
        connection.execute("PRAGMA query_only = OFF")


def _authorize(action: int, first: str | None, second: str | None, _: str | None, __: str | None) -> int:
    if action == sqlite3.SQLITE_FUNCTION:
        allowed = (second or "").lower() not in _FORBIDDEN_FUNCTIONS
    elif action == sqlite3.SQLITE_PRAGMA:
        name = (first or "").lower()
        allowed = name in _TELLING or (name in _ASKED_WITHOUT_VALUE and second is None)
    elif action == sqlite3.SQLITE_UPDATE:
        # Asked for when a virtual table (full text, json_each, pragma_…) is connected; the schema itself is
        # guarded by query_only and by SQLite.
        allowed = first in _SCHEMA_TABLES
    else:
        allowed = action in _ALLOWED
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY


def _rows(cursor: sqlite3.Cursor, limit: int | None) -> list[dict[str, Any]]:
    names = _unique([column[0] for column in cursor.description or ()])
    most = _MOST_ROWS if limit is None else min(limit, _MOST_ROWS)
    rows = cursor.fetchmany(most)
    if limit is None and cursor.fetchone() is not None:
        raise UsageError("The result has more than {count} rows.", count=_MOST_ROWS, hint="Add LIMIT to the query.")
    return [dict(zip(names, map(_plain, row), strict=True)) for row in rows]


def _unique(names: list[str]) -> list[str]:
    taken: set[str] = set()
    found = []
    for name in names:
        free, number = name, 1
        while free in taken:
            number += 1
            free = f"{name}_{number}"
        taken.add(free)
        found.append(free)
    return found


def _plain(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else value


def _explained(error: Exception, seconds: float, path: str | None) -> Exception:
    text = str(error).rstrip(".")
    if "interrupted" in text:
        return StoreError(
            "The query was stopped after {seconds} s.", seconds=f"{seconds:g}", hint="--timeout gives it longer."
        )
    if any(sign in text for sign in ("not authorized", "authorization denied", "readonly", "prohibited")):
        return UsageError(
            "crm sql only reads: {reason}.",
            reason=text,
            hint="The other commands write; crm --help lists them. Every write can be undone.",
        )
    if isinstance(error, UnicodeDecodeError) or any(sign in text for sign in ("malformed", "not a data", "not decode")):
        return store_error(error, path)
    return UsageError("SQL: {reason}.", reason=text, hint='crm sql "SELECT name FROM pragma_table_list" lists tables.')
