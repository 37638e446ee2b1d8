"""The order of long lists: by name as a German reader expects, umlauts with their vowels.

SQLite cannot fold names as we do, and sorting 100,000 of them in Python takes longer than a command may. So the folded
names stand in tables of their own (`contact_order`, `company_order`), kept with the search index, and an index on them
gives any page of a list. Where they are behind the journal, the names are sorted as they are read.
"""

from __future__ import annotations

from crm_cli.domain.text import fold_weak
from crm_cli.store.search_schema import INDEX_VERSION

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection

KINDS = ("contact", "company")
# Up to so many rows are sorted by their keys; more are picked while the order is read.
FEW = 3_000
_AMONG = "(SELECT value FROM json_each(?))"


def key(name: str) -> str:
    """Return what names are sorted by; of names alike but for their umlauts the plain one comes first."""
    return name.lower() if name.isascii() else f"{fold_weak(name)}\x01{name}"


def current(connection: sqlite3.Connection) -> bool:
    """Tell whether the tables hold everything the journal names."""
    sql = "SELECT last_change_id = (SELECT coalesce(max(id), 0) FROM change) AND version = ? FROM search_state"
    return bool(connection.execute(sql, (INDEX_VERSION,)).fetchone()[0])


def every_row(connection: sqlite3.Connection, kind: str, limit: int | None = None) -> list[int]:
    """Return the row ids of all people or firms by name, at most `limit`."""
    if current(connection):
        sql = f"SELECT id FROM {kind}_order ORDER BY key, id LIMIT ?"
        found = [row for (row,) in connection.execute(sql, (-1 if limit is None else limit,))]
        if len(found) == limit or connection.execute(f"SELECT count(*) FROM {kind}").fetchone()[0] == len(found):
            return found
    return _sorted(connection.execute(f"SELECT name, id FROM {kind}").fetchall())[:limit]


def begun(connection: sqlite3.Connection, kind: str, weak: str, limit: int) -> list[int]:
    """Return the first rows by name whose weak folding begins so; none where the tables are behind."""
    sql = f"SELECT id FROM {kind}_order WHERE key >= ? AND key < ? ORDER BY key, id LIMIT ?"
    if not current(connection):
        return []
    return [row for (row,) in connection.execute(sql, (weak, weak + "\U0010ffff", limit))]


def in_order(connection: sqlite3.Connection, kind: str, rows: Collection[int], limit: int | None = None) -> list[int]:
    """Return these rows by name, at most `limit`."""
    wanted = len(rows) if limit is None else min(limit, len(rows))
    found: list[int] = []
    if current(connection):
        found = _sought(connection, kind, rows) if len(rows) <= FEW else _picked(connection, kind, set(rows), wanted)
    if len(found) < wanted:
        sql = f"SELECT name, id FROM {kind} WHERE id IN {_AMONG}"
        found = _sorted(connection.execute(sql, (_json(rows),)).fetchall())
    return found[:wanted]


def _sought(connection: sqlite3.Connection, kind: str, rows: Collection[int]) -> list[int]:
    sql = f"SELECT id FROM {kind}_order WHERE id IN {_AMONG} ORDER BY key, id"
    return [row for (row,) in connection.execute(sql, (_json(rows),))]


def _picked(connection: sqlite3.Connection, kind: str, rows: set[int], wanted: int) -> list[int]:
    found: list[int] = []
    for (row,) in connection.execute(f"SELECT id FROM {kind}_order ORDER BY key, id"):
        if row in rows:
            found.append(row)
            if len(found) >= wanted:
                break
    return found


def _sorted(named: list[tuple[str, int]]) -> list[int]:
    return [row for _, row in sorted((key(name), row) for name, row in named)]


def _json(rows: Collection[int]) -> str:
    return f"[{','.join(map(str, rows))}]"


def replace(connection: sqlite3.Connection, kind: str, rows: Collection[int]) -> None:
    """Write the keys of these people or firms as their names are now; runs inside a write transaction."""
    from crm_cli.store import bulk

    wanted, held = _compared(connection, kind, rows)
    gone = [(row,) for row, name_key in held.items() if wanted.get(row) != name_key]
    new = [(row, name_key) for row, name_key in wanted.items() if held.get(row) != name_key]
    connection.executemany(f"DELETE FROM {kind}_order WHERE id = ?", gone)
    bulk.insert(connection, f"{kind}_order", ("id", "key"), new)


def clear(connection: sqlite3.Connection) -> None:
    """Forget all keys; runs inside a write transaction."""
    for kind in KINDS:
        connection.execute(f"DELETE FROM {kind}_order")


def misplaced(connection: sqlite3.Connection, kind: str, rows: Collection[int]) -> set[int]:
    """Return those of these rows that have another key than their name gives, or none."""
    wanted, held = _compared(connection, kind, rows)
    return {row for row, name_key in wanted.items() if held.get(row) != name_key}


def orphaned(connection: sqlite3.Connection, kind: str) -> int:
    """Return how many keys have no record."""
    sql = f"SELECT count(*) FROM {kind}_order WHERE id NOT IN (SELECT id FROM {kind})"
    return int(connection.execute(sql).fetchone()[0])


def _compared(
    connection: sqlite3.Connection, kind: str, rows: Collection[int]
) -> tuple[dict[int, str], dict[int, str]]:
    """Return the keys by row id, as the names give them and as they are held."""
    ids = (_json(rows),)
    names = connection.execute(f"SELECT id, name FROM {kind} WHERE id IN {_AMONG}", ids)
    wanted = {row: key(name) for row, name in names}
    held = dict(connection.execute(f"SELECT id, key FROM {kind}_order WHERE id IN {_AMONG}", ids))
    return wanted, held
