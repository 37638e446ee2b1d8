"""The first names of a long list, without reading the rest.

Lists are ordered by folded name, which SQLite cannot compute. But the first letter of an ASCII name says where it
stands among the others, and an index knows the names letter by letter: a page of a list of 100,000 reads one letter.
"""

from __future__ import annotations

from crm_cli.domain.text import fold_weak

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# The first character behind `z`: from here on the order of the index says nothing.
_BEHIND = "{"

_Named = tuple[str, int]


def key(named: _Named) -> tuple[str, _Named]:
    """Return what (name, row id) pairs are sorted by: as a German reader expects, umlauts with their vowels."""
    return fold_weak(named[0]), named


def first_rows(connection: sqlite3.Connection, kind: str, limit: int) -> list[int]:
    """Return the row ids of the first `limit` people or firms by name."""
    found: list[int] = []
    late = [key(named) for named in _between(connection, kind, _BEHIND, None)]
    for begin, end in zip(("", *_LETTERS), (*_LETTERS, _BEHIND), strict=True):
        page = [key(named) for named in _between(connection, kind, begin, end)]
        page += [known for known in late if begin <= known[0] < end]
        found += [row for _, (_, row) in sorted(page)]
        if len(found) >= limit:
            return found[:limit]
    found += [row for _, (_, row) in sorted(known for known in late if known[0] >= _BEHIND)]
    return found[:limit]


def _between(connection: sqlite3.Connection, kind: str, begin: str, end: str | None) -> Iterable[_Named]:
    below = "" if end is None else "AND name < ? COLLATE NOCASE"
    values = (begin,) if end is None else (begin, end)
    sql = f"SELECT name, id FROM {kind} WHERE name >= ? COLLATE NOCASE {below}"
    return connection.execute(sql, values)
