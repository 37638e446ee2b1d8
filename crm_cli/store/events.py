"""SQL of events: appointments and series, who takes part, their alarms."""

from __future__ import annotations

import json

from crm_cli.domain.event import Event, length_of
from crm_cli.domain.ical_item import Attendee
from crm_cli.domain.record_ref import RecordRef
from crm_cli.errors import NotFound
from crm_cli.store import bulk
from crm_cli.store.links import companies_of, contacts_of, link_contacts, marks, tags_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

_BLOCK = 500
_COLUMNS = (
    "id, uid, title, start_at, end_at, timezone, location, description, url, status, free, recurrence, recurrence_id, "
    "this_and_future, sequence, ical_uid, method, raw, owner, created_at, updated_at, company_id, calendar_id"
)
_ORDER = "ORDER BY start_at IS NULL, first_day, start_at, id"


def add(
    connection: sqlite3.Connection,
    *,
    uid: str,
    title: str,
    stamp: str,
    contact_rows: Sequence[int] = (),
    attendees: Iterable[Attendee] = (),
    alarms: Iterable[int] = (),
    **columns: Any,
) -> int:
    """Insert an event with its people and alarms; `columns` are further columns of the table. Return its row id."""
    values = {"uid": uid, "title": title, **columns, "created_at": stamp, "updated_at": stamp}
    sql = f"INSERT INTO event ({', '.join(values)}) VALUES ({marks(tuple(values.values()))})"
    row = int(connection.execute(sql, tuple(values.values())).lastrowid or 0)
    link_contacts(connection, "event", row, contact_rows)
    add_attendees(connection, row, attendees)
    add_alarms(connection, row, alarms)
    return row


def add_all(connection: sqlite3.Connection, new: Sequence[Mapping[str, Any]], *, stamp: str) -> None:
    """Insert many events: the arguments of `add` and `tags` for each; all name the same columns."""
    if not new:
        return
    owned = ("contact_rows", "attendees", "alarms", "tags")
    names = [name for name in new[0] if name not in owned]
    rows = [(*(one[name] for name in names), stamp, stamp) for one in new]
    bulk.insert(connection, "event", (*names, "created_at", "updated_at"), rows)
    row_of_uid: dict[str, int] = {}
    for start in range(0, len(new), _BLOCK):
        uids = [one["uid"] for one in new[start : start + _BLOCK]]
        row_of_uid.update(connection.execute(f"SELECT uid, id FROM event WHERE uid IN ({marks(uids)})", uids))
    keyed = [(row_of_uid[one["uid"]], one) for one in new]
    people = [(row, contact, at) for row, one in keyed for at, contact in enumerate(one["contact_rows"])]
    bulk.insert(connection, "event_contact", ("event_id", "contact_id", "position"), people)
    attendees = [(row, *_attendee(person)) for row, one in keyed for person in one["attendees"]]
    bulk.insert(connection, "event_attendee", ("event_id", "email", "name", "status", "organizer"), attendees)
    alarms = [(row, minutes) for row, one in keyed for minutes in one["alarms"]]
    bulk.insert(connection, "event_alarm", ("event_id", "minutes"), alarms)
    tags = [(tag, row) for row, one in keyed for tag in one["tags"]]
    bulk.insert(connection, "tag", ("name", "event_id"), tags)


def _attendee(person: Attendee) -> tuple[str, str | None, str | None, int]:
    return (person.email, person.name, person.status, int(person.organizer))


def add_attendees(connection: sqlite3.Connection, row: int, attendees: Iterable[Attendee]) -> None:
    """Insert people an event names, known or not."""
    connection.executemany(
        "INSERT INTO event_attendee (event_id, email, name, status, organizer) VALUES (?, ?, ?, ?, ?)",
        [(row, *_attendee(one)) for one in attendees],
    )


def add_alarms(connection: sqlite3.Connection, row: int, alarms: Iterable[int]) -> None:
    """Insert alarms, in minutes before the start."""
    connection.executemany(
        "INSERT INTO event_alarm (event_id, minutes) VALUES (?, ?)", [(row, minutes) for minutes in alarms]
    )


def clear(connection: sqlite3.Connection, table: str, row: int) -> None:
    """Delete the attendees (`event_attendee`), alarms (`event_alarm`) or people (`event_contact`) of an event."""
    connection.execute(f"DELETE FROM {table} WHERE event_id = ?", (row,))


def update(connection: sqlite3.Connection, row: int, *, stamp: str, **columns: Any) -> None:
    """Set columns of an event."""
    assignments = ", ".join(f"{name} = ?" for name in (*columns, "updated_at"))
    connection.execute(f"UPDATE event SET {assignments} WHERE id = ?", (*columns.values(), stamp, row))


def delete(connection: sqlite3.Connection, row: int) -> None:
    """Delete an event with its people, alarms and tags."""
    for table in ("event_contact", "event_attendee", "event_alarm", "tag"):
        clear(connection, table, row)
    connection.execute("DELETE FROM event WHERE id = ?", (row,))


def get(connection: sqlite3.Connection, row: int) -> Event:
    """Return one event; raises NotFound."""
    found = list_rows(connection, [row])
    if not found:
        raise NotFound("There is no event {row}.", row=row)
    return found[0]


def row_of(connection: sqlite3.Connection, uid: str) -> int | None:
    """Return the row of a public id, or None."""
    row = connection.execute("SELECT id FROM event WHERE uid = ?", (uid,)).fetchone()
    return None if row is None else int(row[0])


def links_of(connection: sqlite3.Connection, row: int) -> tuple[int | None, Sequence[int]]:
    """Return the row ids of an event's firm and of its people."""
    company = connection.execute("SELECT company_id FROM event WHERE id = ?", (row,)).fetchone()
    people = connection.execute("SELECT contact_id FROM event_contact WHERE event_id = ? ORDER BY position, id", (row,))
    return (None if company is None else company[0]), [contact for (contact,) in people]


def rows_with_id(connection: sqlite3.Connection, prefix: str) -> Sequence[int]:
    """Return the events whose public id begins so, eleven at most."""
    rows = connection.execute("SELECT id FROM event WHERE uid >= ? AND uid < ? LIMIT 11", (prefix, prefix + "\x7f"))
    return [row for (row,) in rows]


def rows_between(connection: sqlite3.Connection, first: str, last: str) -> Sequence[int]:
    """Return the events that may lie in these ISO days (both included), and the changed ones of their series."""
    return [
        row
        for (row,) in connection.execute(
            f"""SELECT id FROM event WHERE start_at IS NOT NULL AND (
                  (first_day <= ?2 AND (last_day IS NULL OR last_day >= ?1)) OR recurrence_id IS NOT NULL) {_ORDER}""",
            (first, last),
        )
    ]


def list(
    connection: sqlite3.Connection, where: str = "1", values: Sequence[object] = (), *, limit: int | None = None
) -> Sequence[Event]:
    """Return the events an SQL condition on `event` holds for, by their start."""
    sql = f"SELECT id FROM event WHERE {where} {_ORDER}" + (f" LIMIT {int(limit)}" if limit is not None else "")
    return list_rows(connection, [row for (row,) in connection.execute(sql, tuple(values))])


def list_rows(connection: sqlite3.Connection, rows: Sequence[int]) -> Sequence[Event]:
    """Return the events with these row ids, in this order; seven statements for each block of them."""
    return [
        event for start in range(0, len(rows), _BLOCK) for event in _block(connection, rows[start : start + _BLOCK])
    ]


def _block(connection: sqlite3.Connection, rows: Sequence[int]) -> Sequence[Event]:
    contacts = contacts_of(connection, "event", rows)
    companies = companies_of(connection, "event", rows)
    tags = tags_of(connection, "event", rows)
    attendees: dict[int, tuple[Attendee, ...]] = {}
    for row, email, name, status, organizer in connection.execute(
        f"""SELECT event_id, email, name, status, organizer FROM event_attendee
            WHERE event_id IN ({marks(rows)}) ORDER BY id""",
        tuple(rows),
    ):
        attendees[row] = (*attendees.get(row, ()), Attendee(email, name, status, bool(organizer)))
    alarms: dict[int, tuple[int, ...]] = {}
    for row, minutes in connection.execute(
        f"SELECT event_id, minutes FROM event_alarm WHERE event_id IN ({marks(rows)}) ORDER BY id", tuple(rows)
    ):
        alarms[row] = (*alarms.get(row, ()), minutes)
    calendars = {
        row: RecordRef(uid, name or source or "")
        for row, uid, name, source in connection.execute(
            f"""SELECT id, uid, name, source FROM calendar
                WHERE id IN (SELECT calendar_id FROM event WHERE id IN ({marks(rows)}))""",
            tuple(rows),
        )
    }
    found = {}
    for record in connection.execute(f"SELECT {_COLUMNS} FROM event WHERE id IN ({marks(rows)})", tuple(rows)):
        row = record[0]
        found[row] = _event(
            record,
            contacts=contacts.get(row, ()),
            company=companies.get(record[-2]),
            tags=tags.get(row, ()),
            attendees=attendees.get(row, ()),
            alarms=alarms.get(row, ()),
            calendar=calendars.get(record[-1]),
        )
    return [found[row] for row in rows if row in found]


def _event(record: tuple[Any, ...], **owned: Any) -> Event:
    (_, uid, title, start, end, timezone, location, description, url, status, free, recurrence) = record[:12]
    (recurrence_id, future, sequence, ical_uid, method, raw, owner, created, updated) = record[12:21]
    lines = tuple(json.loads(recurrence)) if recurrence else ()
    length = length_of(start, end)
    all_day = start is not None and len(start) == 10
    return Event(
        id=uid,
        title=title,
        start=start,
        end=end,
        all_day=all_day,
        duration_min=None if start is None or all_day or end is None else int(length.total_seconds() // 60),
        timezone=timezone,
        location=location,
        description=description,
        url=url,
        status=status,
        free=bool(free),
        rule=next((line.partition(":")[2] for line in lines if line[:5].upper() == "RRULE"), None),
        recurrence=lines,
        recurrence_id=recurrence_id,
        this_and_future=bool(future),
        sequence=sequence,
        uid=ical_uid,
        method=method,
        raw=raw,
        owner=owner,
        created_at=created,
        updated_at=updated,
        **owned,
    )


def never_visits(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    """Return the (public id, start) of appointments the user doesn't want to be asked about."""
    return {
        (uid, occurrence) for uid, occurrence in connection.execute("SELECT event_uid, occurrence FROM not_a_visit")
    }


def add_never_visit(connection: sqlite3.Connection, uid: str, occurrence: str) -> None:
    """Remember not to ask about an appointment; `*` stands for every one of a series."""
    connection.execute("INSERT OR IGNORE INTO not_a_visit (event_uid, occurrence) VALUES (?, ?)", (uid, occurrence))


def reminded(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    """Return the (public id, occurrence) of what `crm remind` has said."""
    return {(uid, occurrence) for uid, occurrence in connection.execute("SELECT record_uid, occurrence FROM reminded")}


def add_reminded(connection: sqlite3.Connection, said: Iterable[tuple[str, str]], at: str, *, until: str) -> None:
    """Remember what was said at `at` (UTC); what was said before `until` is forgotten."""
    connection.execute("DELETE FROM reminded WHERE at < ?", (until,))
    connection.executemany(
        "INSERT OR IGNORE INTO reminded (record_uid, occurrence, at) VALUES (?, ?, ?)",
        [(uid, occurrence, at) for uid, occurrence in said],
    )


def delete_reminded(connection: sqlite3.Connection, said: Iterable[tuple[str, str]]) -> None:
    """Forget that something was said."""
    connection.executemany("DELETE FROM reminded WHERE record_uid = ? AND occurrence = ?", said)


def alarm_range(connection: sqlite3.Connection) -> tuple[int, int]:
    """Return the latest and the earliest alarm there is, in minutes before the start; (0, 0) without any."""
    low, high = connection.execute("SELECT min(minutes), max(minutes) FROM event_alarm").fetchone()
    return low or 0, high or 0
