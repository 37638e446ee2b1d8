"""SQL that moves everything hanging on one record to another, or takes a record away.

Foreign keys never cascade, so every row is named here and every row that changes is in the journal.
"""

from __future__ import annotations

from crm_cli.domain.contact import email_key
from crm_cli.domain.merging import address_key, number_key
from crm_cli.store.parties import delete_owned, owned_rows, prefer_first

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Sequence
    from typing import Any

# Rows that go with the record itself.
_OWN = ("email", "phone", "address", "link", "tag", "card", "cadence", "employment")
# Records that only mention a person or firm, by the column that does.
_MENTIONED_IN = {
    "contact": ("need", "request"),
    "company": ("interaction", "task", "deal", "need", "request", "event"),
}
# Lists of the people in a record.
_TOOK_PART = {f"{entity}_contact": entity for entity in ("interaction", "task", "deal", "event")}


def mentions(connection: sqlite3.Connection, kind: str, row: int) -> dict[str, int]:
    """Return how many records of each kind mention this one; kinds without any are left out."""
    counts: dict[str, int] = {}
    for table in _MENTIONED_IN[kind]:
        counts[table] = _count(connection, table, kind, row)
    if kind == "contact":
        for table, record in _TOOK_PART.items():
            counts[record] = _count(connection, table, kind, row)
    else:
        counts["contact"] = _count(connection, "employment", kind, row)
    return {name: count for name, count in counts.items() if count}


def _count(connection: sqlite3.Connection, table: str, kind: str, row: int) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table} WHERE {kind}_id = ?", (row,)).fetchone()[0])


def delete(connection: sqlite3.Connection, kind: str, row: int, *, stamp: str) -> None:
    """Delete a record with its own rows; what mentions it stays and forgets it."""
    execute = connection.execute
    _stamp_bearers(connection, kind, row, stamp)
    for table in _OWN:
        execute(f"DELETE FROM {table} WHERE {kind}_id = ?", (row,))
    execute(f"DELETE FROM relation WHERE {kind}_id = ?1 OR to_{kind}_id = ?1", (row,))
    for table in _MENTIONED_IN[kind]:
        execute(f"UPDATE {table} SET {kind}_id = NULL, updated_at = ? WHERE {kind}_id = ?", (stamp, row))
    if kind == "contact":
        for table in _TOOK_PART:
            execute(f"DELETE FROM {table} WHERE contact_id = ?", (row,))
    execute(f"DELETE FROM {kind} WHERE id = ?", (row,))


def _stamp_bearers(connection: sqlite3.Connection, kind: str, row: int, stamp: str) -> None:
    """Note the change on the records whose list of people, or whose employer, is about to change."""
    if kind == "contact":
        for table, record in _TOOK_PART.items():
            connection.execute(
                f"""UPDATE {record} SET updated_at = ?
                    WHERE id IN (SELECT {record}_id FROM {table} WHERE contact_id = ?)""",
                (stamp, row),
            )
    else:
        connection.execute(
            """UPDATE contact SET updated_at = ?
               WHERE id IN (SELECT contact_id FROM employment WHERE company_id = ?)""",
            (stamp, row),
        )


def move(connection: sqlite3.Connection, kind: str, *, source: int, target: int, stamp: str) -> None:
    """Move everything from one record to another; what the target has already is not doubled."""
    execute = connection.execute
    _stamp_bearers(connection, kind, source, stamp)
    _move_owned(connection, "email", kind, source, target, key=email_key)
    _move_owned(connection, "link", kind, source, target, key=lambda value: value)
    _move_owned(connection, "tag", kind, source, target, key=lambda value: value.casefold())
    _move_owned(connection, "address", kind, source, target, key=address_key)
    _move_phones(connection, kind, source, target)
    execute(f"UPDATE card SET {kind}_id = ? WHERE {kind}_id = ?", (target, source))
    _move_employments(connection, kind, source, target)
    _move_relations(connection, kind, source, target)
    _move_cadence(connection, kind, source, target)
    for table in _MENTIONED_IN[kind]:
        execute(f"UPDATE {table} SET {kind}_id = ?, updated_at = ? WHERE {kind}_id = ?", (target, stamp, source))
    if kind == "contact":
        for table, record in _TOOK_PART.items():
            execute(
                f"""DELETE FROM {table} WHERE contact_id = ?1 AND {record}_id IN
                    (SELECT {record}_id FROM {table} WHERE contact_id = ?2)""",
                (source, target),
            )
            execute(f"UPDATE {table} SET contact_id = ? WHERE contact_id = ?", (target, source))


def _move_owned(
    connection: sqlite3.Connection, table: str, kind: str, source: int, target: int, *, key: Callable[[Any], object]
) -> None:
    """Move the rows of one table; of two equal ones the target's stays, with the source's label if it has none."""
    present = {key(value): number for number, value in owned_rows(connection, table, kind, target)}
    for number, value in owned_rows(connection, table, kind, source):
        twin = present.get(key(value))
        if twin is None:
            present[key(value)] = number
            _hand_over(connection, table, kind, number, target)
            continue
        if table != "tag" and not _take_label(connection, table, twin, number):
            _hand_over(connection, table, kind, number, target)
            continue
        delete_owned(connection, table, [number])
    if table in ("email", "address"):
        prefer_first(connection, table, kind, target)


def _hand_over(connection: sqlite3.Connection, table: str, kind: str, number: int, target: int) -> None:
    demoted = ", preferred = 0" if table in ("email", "phone", "address") else ""
    connection.execute(f"UPDATE {table} SET {kind}_id = ?{demoted} WHERE id = ?", (target, number))


def _take_label(connection: sqlite3.Connection, table: str, twin: int, number: int) -> bool:
    """Give a row the label of its twin where it has none; False where both have one and they differ."""
    labels = dict(connection.execute(f"SELECT id, label FROM {table} WHERE id IN (?, ?)", (twin, number)))
    if labels[number] is not None and labels[twin] is None:
        connection.execute(f"UPDATE {table} SET label = ? WHERE id = ?", (labels[number], twin))
        return True
    return labels[number] in (None, labels[twin])


def _move_phones(connection: sqlite3.Connection, kind: str, source: int, target: int) -> None:
    sql = f"SELECT id, value, e164 FROM phone WHERE {kind}_id = ? ORDER BY id"
    present = {number_key(value, e164): number for number, value, e164 in connection.execute(sql, (target,))}
    for number, value, e164 in connection.execute(sql, (source,)).fetchall():
        twin = present.get(number_key(value, e164))
        if twin is not None and _take_label(connection, "phone", twin, number):
            delete_owned(connection, "phone", [number])
        else:
            _hand_over(connection, "phone", kind, number, target)
    prefer_first(connection, "phone", kind, target)


def _move_employments(connection: sqlite3.Connection, kind: str, source: int, target: int) -> None:
    """Move jobs, without doubling equal ones; of a person who is kept, the employer stays the same."""
    other = "company" if kind == "contact" else "contact"
    sql = f"""SELECT id, {other}_id, title, department, role, start_on, end_on
              FROM employment WHERE {kind}_id = ? ORDER BY id"""
    present = [list(job) for job in connection.execute(sql, (target,))]
    moved = False
    for number, *job in connection.execute(sql, (source,)).fetchall():
        twin = next((known for known in present if _is_same_job(job, known[1:])), None)
        if twin is None:
            connection.execute(f"UPDATE employment SET {kind}_id = ? WHERE id = ?", (target, number))
            moved = True
            continue
        twin[1:] = [theirs if mine is None else mine for mine, theirs in zip(twin[1:], job, strict=True)]
        delete_owned(connection, "employment", [number])
        connection.execute(
            "UPDATE employment SET title = ?, department = ?, role = ?, start_on = ? WHERE id = ?",
            (*twin[2:6], twin[0]),
        )
    if not moved or kind != "contact":
        return
    # Of two open jobs the one written last is the present one: the kept person's own are written anew.
    for number, *job in present:
        if job[-1] is None:
            delete_owned(connection, "employment", [number])
            connection.execute(
                """INSERT INTO employment (contact_id, company_id, title, department, role, start_on, end_on)
                   VALUES (?, ?, ?, ?, ?, ?, ?)""",
                (target, *job),
            )


def _is_same_job(job: Sequence[Any], known: Sequence[Any]) -> bool:
    """Tell whether two jobs are with the same party, end alike and contradict each other in nothing."""
    if job[0] != known[0] or job[-1] != known[-1]:
        return False
    return all(None in pair or pair[0] == pair[1] for pair in zip(job, known, strict=True))


def _move_relations(connection: sqlite3.Connection, kind: str, source: int, target: int) -> None:
    """Move ties; one between the two records themselves has lost its meaning, an equal one is not doubled."""
    execute = connection.execute
    for column in (f"{kind}_id", f"to_{kind}_id"):
        execute(f"UPDATE relation SET {column} = ? WHERE {column} = ?", (target, source))
    execute(f"DELETE FROM relation WHERE {kind}_id = ?1 AND to_{kind}_id = ?1", (target,))
    execute(
        f"""DELETE FROM relation WHERE ({kind}_id = ?1 OR to_{kind}_id = ?1) AND EXISTS (
              SELECT 1 FROM relation AS older WHERE older.id < relation.id AND older.kind = relation.kind
                AND older.contact_id IS relation.contact_id AND older.company_id IS relation.company_id
                AND older.to_contact_id IS relation.to_contact_id AND older.to_company_id IS relation.to_company_id
                AND (relation.note IS NULL OR older.note IS relation.note))""",
        (target,),
    )


def cadence_days(connection: sqlite3.Connection, kind: str, row: int) -> int | None:
    """Return after how many days a record is to be contacted again, or None."""
    found = connection.execute(f"SELECT days FROM cadence WHERE {kind}_id = ? ORDER BY id LIMIT 1", (row,)).fetchone()
    return None if found is None else int(found[0])


def _move_cadence(connection: sqlite3.Connection, kind: str, source: int, target: int) -> None:
    if cadence_days(connection, kind, target) is None:
        connection.execute(f"UPDATE cadence SET {kind}_id = ? WHERE {kind}_id = ?", (target, source))
    else:
        connection.execute(f"DELETE FROM cadence WHERE {kind}_id = ?", (source,))


def rename_decisions(connection: sqlite3.Connection, *, source: str, target: str) -> None:
    """Let the decisions that a record (by uid) is no duplicate of others hold for the one it went into."""
    execute = connection.execute
    pairs = execute(
        "SELECT id, first_uid, second_uid FROM not_duplicate WHERE first_uid = ?1 OR second_uid = ?1", (source,)
    ).fetchall()
    for number, first, second in pairs:
        execute("DELETE FROM not_duplicate WHERE id = ?", (number,))
        other = second if first == source else first
        if other != target:
            execute(
                "INSERT OR IGNORE INTO not_duplicate (first_uid, second_uid) VALUES (?, ?)", sorted((other, target))
            )
