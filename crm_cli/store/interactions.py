"""SQL of the log: entries, who took part, and what an entry set going."""

from __future__ import annotations

from crm_cli.domain.interaction import Interaction
from crm_cli.domain.record_ref import RecordRef
from crm_cli.errors import NotFound
from crm_cli.store import links

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Sequence
    from typing import Any

_COLUMNS = (
    "uid, kind, direction, at, all_day, approximate, duration_min, text, details, distance_km, "
    "outcome, ticket, campaign, company_id, deal_id, raw, owner, created_at, updated_at"
)


def add(
    connection: sqlite3.Connection,
    *,
    uid: str,
    kind: str,
    at: str,
    text: str,
    stamp: str,
    owner: str | None,
    contact_rows: Sequence[int] = (),
    tags: Iterable[str] = (),
    **columns: Any,
) -> int:
    """Insert an entry with its participants and tags; return its row id.

    `stamp` is the time of writing, `columns` are further columns of the table by name.
    """
    values = {"uid": uid, "kind": kind, "at": at, "text": text, "owner": owner, **columns}
    values["created_at"] = values["updated_at"] = stamp
    names = ", ".join(values)
    marks = ", ".join("?" for _ in values)
    cursor = connection.execute(f"INSERT INTO interaction ({names}) VALUES ({marks})", tuple(values.values()))
    row = int(cursor.lastrowid or 0)
    links.link_contacts(connection, "interaction", row, contact_rows)
    links.add_tags(connection, "interaction", row, tags)
    return row


def add_need(connection: sqlite3.Connection, *, uid: str, text: str, stamp: str, **columns: Any) -> None:
    """Insert a need of the customer (an open lead)."""
    _add_record(connection, "need", {"uid": uid, "text": text, **columns}, stamp)


def add_request(
    connection: sqlite3.Connection, *, uid: str, kind: str, text: str, opened_at: str, stamp: str, **columns: Any
) -> None:
    """Insert a request to inside sales; its service clock starts at `opened_at`."""
    _add_record(
        connection, "request", {"uid": uid, "kind": kind, "text": text, "opened_at": opened_at, **columns}, stamp
    )


def _add_record(connection: sqlite3.Connection, table: str, values: dict[str, Any], stamp: str) -> None:
    values = {**values, "created_at": stamp, "updated_at": stamp}
    marks = ", ".join("?" for _ in values)
    connection.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))


def row_of_line(connection: sqlite3.Connection, line_hash: str) -> int | None:
    """Return the entry that a line of an earlier batch made, or None."""
    row = connection.execute("SELECT id FROM interaction WHERE line_hash = ? LIMIT 1", (line_hash,)).fetchone()
    return None if row is None else int(row[0])


def newest_row(connection: sqlite3.Connection, owner: str) -> int:
    """Return the entry this owner wrote last; raises NotFound."""
    row = connection.execute("SELECT id FROM interaction WHERE owner = ? ORDER BY id DESC LIMIT 1", (owner,)).fetchone()
    if row is None:
        raise NotFound("There is no entry yet.", hint="crm log call from miller: wants a quote")
    return int(row[0])


def rows_of_day(connection: sqlite3.Connection, day: str, owner: str | None = None) -> list[int]:
    """Return the entries of an ISO day, oldest first."""
    sql = "SELECT id FROM interaction WHERE at >= ? AND at < ? || '~'"
    values: list[str] = [day, day]
    if owner is not None:
        sql += " AND owner = ?"
        values.append(owner)
    return [int(row[0]) for row in connection.execute(sql + " ORDER BY at, id", values)]


def party_rows(connection: sqlite3.Connection, row: int) -> tuple[list[int], int | None, int | None]:
    """Return the row ids of an entry's people, its firm and its deal."""
    people = connection.execute(
        "SELECT contact_id FROM interaction_contact WHERE interaction_id = ? ORDER BY position, id", (row,)
    )
    contacts = [contact for (contact,) in people]
    company, deal = connection.execute("SELECT company_id, deal_id FROM interaction WHERE id = ?", (row,)).fetchone()
    return contacts, company, deal


def spans_of(connection: sqlite3.Connection, row: int) -> str:
    """Return where the marks of an entry's line stand, as JSON."""
    (spans,) = connection.execute("SELECT spans FROM interaction WHERE id = ?", (row,)).fetchone()
    return spans or "[]"


def delete_needs(connection: sqlite3.Connection, row: int, *, keep: Collection[str]) -> None:
    """Delete the needs of an entry but those with a text to keep."""
    for need, text in connection.execute("SELECT id, text FROM need WHERE interaction_id = ?", (row,)).fetchall():
        if text not in keep:
            connection.execute("DELETE FROM need WHERE id = ?", (need,))


def delete_requests(connection: sqlite3.Connection, row: int, *, keep: Collection[tuple[str, str]]) -> None:
    """Delete the requests of an entry but those of a kind and text to keep."""
    sql = "SELECT id, kind, text FROM request WHERE interaction_id = ?"
    for request, kind, text in connection.execute(sql, (row,)).fetchall():
        if (kind, text) not in keep:
            connection.execute("DELETE FROM request WHERE id = ?", (request,))


def update(connection: sqlite3.Connection, row: int, *, stamp: str, **columns: Any) -> None:
    """Set columns of an entry."""
    assignments = ", ".join(f"{name} = ?" for name in (*columns, "updated_at"))
    connection.execute(f"UPDATE interaction SET {assignments} WHERE id = ?", (*columns.values(), stamp, row))


def delete(connection: sqlite3.Connection, row: int) -> None:
    """Delete an entry and what it alone set going: its follow-ups, needs, requests, tags and links."""
    execute = connection.execute
    tasks = [task[0] for task in execute("SELECT id FROM task WHERE interaction_id = ?", (row,))]
    for task in tasks:
        execute("DELETE FROM task_contact WHERE task_id = ?", (task,))
        execute("DELETE FROM tag WHERE task_id = ?", (task,))
        execute("DELETE FROM task WHERE id = ?", (task,))
    for table in ("need", "request", "interaction_contact", "tag"):
        execute(f"DELETE FROM {table} WHERE interaction_id = ?", (row,))
    execute("DELETE FROM interaction WHERE id = ?", (row,))


def get(connection: sqlite3.Connection, row: int) -> Interaction:
    """Return one entry; raises NotFound."""
    found = list_rows(connection, [row])
    if not found:
        raise NotFound("There is no entry {row}.", row=row)
    return found[0]


def list_rows(connection: sqlite3.Connection, rows: Sequence[int]) -> list[Interaction]:
    """Return the entries with these row ids, in this order; a handful of statements for each thousand."""
    return [
        entry for start in range(0, len(rows), 1000) for entry in _list_block(connection, rows[start : start + 1000])
    ]


def _list_block(connection: sqlite3.Connection, rows: Sequence[int]) -> list[Interaction]:
    owned = _Owned(connection, rows)
    marks = ", ".join("?" for _ in rows)
    found = {}
    for record in connection.execute(f"SELECT id, {_COLUMNS} FROM interaction WHERE id IN ({marks})", tuple(rows)):
        found[record[0]] = _interaction(record, owned)
    return [found[row] for row in rows if row in found]


def _interaction(record: tuple[Any, ...], owned: _Owned) -> Interaction:
    (row, uid, kind, direction, at, all_day, approximate, duration, text, details, distance, outcome) = record[:12]
    (ticket, campaign, company, deal, raw, owner, created, updated) = record[12:]
    return Interaction(
        id=uid,
        kind=kind,
        at=at,
        text=text,
        direction=direction,
        all_day=bool(all_day),
        approximate=bool(approximate),
        duration_min=duration,
        details=details,
        distance_km=distance,
        outcome=outcome,
        tags=tuple(name for (name,) in owned.tags.get(row, ())),
        contacts=tuple(RecordRef(uid, name) for uid, name in owned.contacts.get(row, ())),
        company=owned.companies.get(company),
        deal=owned.deals.get(deal),
        ticket=ticket,
        campaign=campaign,
        needs=tuple({"id": uid, "text": text} for uid, text in owned.needs.get(row, ())),
        requests=tuple({"id": uid, "kind": kind, "text": text} for uid, kind, text in owned.requests.get(row, ())),
        followups=tuple({"id": uid, "text": text, "due": due} for uid, text, due in owned.followups.get(row, ())),
        raw=raw,
        owner=owner,
        created_at=created,
        updated_at=updated,
    )


class _Owned:
    """The rows that hang on a set of entries, fetched set by set and grouped by entry."""

    def __init__(self, connection: sqlite3.Connection, rows: Sequence[int]) -> None:
        marks = ", ".join("?" for _ in rows)

        def grouped(sql: str) -> dict[int, list[tuple[Any, ...]]]:
            groups: dict[int, list[tuple[Any, ...]]] = {}
            for row in connection.execute(sql.replace("IN ()", f"IN ({marks})"), tuple(rows)):
                groups.setdefault(row[0], []).append(row[1:])
            return groups

        self.tags = grouped("SELECT interaction_id, name FROM tag WHERE interaction_id IN () ORDER BY id")
        self.contacts = grouped(
            "SELECT l.interaction_id, c.uid, c.name FROM interaction_contact AS l "
            "JOIN contact AS c ON c.id = l.contact_id WHERE l.interaction_id IN () ORDER BY l.position, l.id"
        )
        self.needs = grouped("SELECT interaction_id, uid, text FROM need WHERE interaction_id IN () ORDER BY id")
        self.requests = grouped(
            "SELECT interaction_id, uid, kind, text FROM request WHERE interaction_id IN () ORDER BY id"
        )
        self.followups = grouped(
            "SELECT interaction_id, uid, text, due FROM task WHERE interaction_id IN () ORDER BY id"
        )
        self.companies = {
            row: RecordRef(uid, name)
            for row, uid, name in connection.execute(
                "SELECT c.id, c.uid, c.name FROM company AS c "
                f"WHERE c.id IN (SELECT company_id FROM interaction WHERE id IN ({marks}))",
                tuple(rows),
            )
        }
        self.deals = _deals(connection, rows, marks)


def _deals(connection: sqlite3.Connection, rows: Sequence[int], marks: str) -> dict[int, dict[str, Any]]:
    from crm_cli.domain.money import Money

    return {
        row: {
            "id": uid,
            "title": title,
            "stage": stage,
            "value": None if minor is None else Money(minor, currency),
            "probability": probability,
        }
        for row, uid, title, stage, minor, currency, probability in connection.execute(
            "SELECT d.id, d.uid, d.title, d.stage, d.value_minor, d.currency, d.probability FROM deal AS d "
            f"WHERE d.id IN (SELECT deal_id FROM interaction WHERE id IN ({marks}))",
            tuple(rows),
        )
    }
