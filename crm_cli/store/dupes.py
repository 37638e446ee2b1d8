"""SQL of the search for duplicates: everybody read at once, and the decisions that two are not one."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence
    from typing import Any

_NAMES = {
    "contact": "SELECT id, uid, name, given, family, additional, suffix, nickname, birthday FROM contact ORDER BY id",
    "company": "SELECT id, uid, name FROM company ORDER BY id",
}
_OWNED = {
    "email": "SELECT {kind}_id, folded FROM email WHERE {kind}_id IS NOT NULL ORDER BY {kind}_id, id",
    "phone": "SELECT {kind}_id, e164, value, label FROM phone WHERE {kind}_id IS NOT NULL ORDER BY {kind}_id, id",
    "address": """SELECT {kind}_id, street, postcode, city FROM address
                  WHERE {kind}_id IS NOT NULL AND postcode IS NOT NULL ORDER BY {kind}_id, id""",
    "link": "SELECT {kind}_id, value FROM link WHERE {kind}_id IS NOT NULL ORDER BY {kind}_id, id",
    "card": "SELECT {kind}_id, uid FROM card WHERE {kind}_id IS NOT NULL AND uid IS NOT NULL ORDER BY {kind}_id, id",
}
# The present employer last.
_JOBS = """SELECT contact_id, company_id FROM employment
           ORDER BY contact_id, end_on IS NULL, coalesce(start_on, ''), id"""


def names(connection: sqlite3.Connection, kind: str) -> Iterator[Sequence[Any]]:
    """Yield (row, uid, name) of every firm, or with given, family, additional, suffix, nickname, birthday of people.

    In the order of the row ids, as everything `owned` yields.
    """
    yield from connection.execute(_NAMES[kind])


def owned(connection: sqlite3.Connection, kind: str, table: str) -> Iterator[Sequence[Any]]:
    """Yield (row of the owner, values …) of every row of `email`, `phone`, `address`, `link` or `card`."""
    yield from connection.execute(_OWNED[table].format(kind=kind))


def jobs(connection: sqlite3.Connection) -> Iterator[tuple[int, int]]:
    """Yield (row of the person, row of the firm) of every job, a person's present one last."""
    yield from connection.execute(_JOBS)


def employee_mails(connection: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    """Yield (row of the firm, folded e-mail) of everybody who works there."""
    yield from connection.execute(
        """SELECT j.company_id, e.folded FROM employment AS j JOIN email AS e ON e.contact_id = j.contact_id
           WHERE j.end_on IS NULL"""
    )


def rejected(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return the pairs of uids somebody said are not one, each in order, oldest decision first."""
    return [tuple(pair) for pair in connection.execute("SELECT first_uid, second_uid FROM not_duplicate ORDER BY id")]


def reject(connection: sqlite3.Connection, first: str, second: str) -> bool:
    """Note that two records (by uid) are not one; return whether that is new."""
    cursor = connection.execute(
        "INSERT OR IGNORE INTO not_duplicate (first_uid, second_uid) VALUES (?, ?)", sorted((first, second))
    )
    return cursor.rowcount > 0


def unreject(connection: sqlite3.Connection, first: str, second: str) -> bool:
    """Forget that two records are not one; return whether that was noted."""
    cursor = connection.execute(
        "DELETE FROM not_duplicate WHERE first_uid = ? AND second_uid = ?", sorted((first, second))
    )
    return cursor.rowcount > 0


def present(connection: sqlite3.Connection, kind: str, uids: Sequence[str]) -> dict[str, int]:
    """Return uid -> row of those people (or firms) that are there."""
    import json

    sql = f"SELECT uid, id FROM {kind} WHERE uid IN (SELECT value FROM json_each(?))"
    return dict(connection.execute(sql, (json.dumps(list(uids)),)))


def named(connection: sqlite3.Connection, uids: Sequence[str]) -> dict[str, tuple[str, int, str]]:
    """Return uid -> (kind, row, name) of the people and firms with these uids."""
    found: dict[str, tuple[str, int, str]] = {}
    for uid in dict.fromkeys(uids):
        for kind in ("contact", "company"):
            record = connection.execute(f"SELECT id, name FROM {kind} WHERE uid = ?", (uid,)).fetchone()
            if record is not None:
                found[uid] = (kind, record[0], record[1])
    return found
