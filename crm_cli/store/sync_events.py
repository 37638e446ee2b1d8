"""SQL of events, follow-ups and log entries as a calendar elsewhere sees them."""

from __future__ import annotations

import json

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence


def event_uids(connection: sqlite3.Connection, people: Sequence[str] | None, without: Sequence[str]) -> list[str]:
    """Return the public ids of events and series, of all or of some people (public ids), one for each foreign UID.

    Messages of the methods `without` are about an event and none themselves.
    """
    rows = connection.execute(
        """SELECT uid FROM event AS e
           WHERE recurrence_id IS NULL AND start_at IS NOT NULL
             AND coalesce(method, '') NOT IN (SELECT value FROM json_each(?1))
             AND (?2 IS NULL OR EXISTS (
               SELECT 1 FROM event_contact AS l JOIN contact AS c ON c.id = l.contact_id
               WHERE l.event_id = e.id AND c.uid IN (SELECT value FROM json_each(?2))))
           GROUP BY coalesce(ical_uid, uid) HAVING id = min(id) ORDER BY id""",
        (json.dumps(list(without)), None if people is None else json.dumps(people)),
    )
    return [uid for (uid,) in rows]


def open_task_uids(connection: sqlite3.Connection, people: Sequence[str] | None) -> list[str]:
    """Return the public ids of follow-ups that are open, or done since they are on a server; of all or some people."""
    rows = connection.execute(
        """SELECT uid FROM task AS t
           WHERE (done_at IS NULL OR uid IN (SELECT record_uid FROM sync_item))
             AND (?1 IS NULL OR EXISTS (
               SELECT 1 FROM task_contact AS l JOIN contact AS c ON c.id = l.contact_id
               WHERE l.task_id = t.id AND c.uid IN (SELECT value FROM json_each(?1))))
           ORDER BY id""",
        (None if people is None else json.dumps(people),),
    )
    return [uid for (uid,) in rows]


def entry_uids(connection: sqlite3.Connection, people: Sequence[str] | None) -> list[str]:
    """Return the public ids of the entries of the log, of all or of some people (public ids)."""
    rows = connection.execute(
        """SELECT uid FROM interaction AS i
           WHERE ?1 IS NULL OR EXISTS (
             SELECT 1 FROM interaction_contact AS l JOIN contact AS c ON c.id = l.contact_id
             WHERE l.interaction_id = i.id AND c.uid IN (SELECT value FROM json_each(?1)))
           ORDER BY id""",
        (None if people is None else json.dumps(people),),
    )
    return [uid for (uid,) in rows]


def rows_of(connection: sqlite3.Connection, entity: str, uids: Iterable[str]) -> dict[str, int]:
    """Return public id -> row id of those records of an entity that exist."""
    sql = f"SELECT uid, id FROM {entity} WHERE uid IN (SELECT value FROM json_each(?)) ORDER BY id"
    return dict(connection.execute(sql, (json.dumps(list(uids)),)))


def change_rows(connection: sqlite3.Connection, foreign_uids: Sequence[str]) -> list[int]:
    """Return the changed occurrences of series with these foreign UIDs."""
    sql = """SELECT id FROM event WHERE recurrence_id IS NOT NULL
             AND ical_uid IN (SELECT value FROM json_each(?)) ORDER BY recurrence_id, id"""
    return [row for (row,) in connection.execute(sql, (json.dumps(foreign_uids),))]


def changes_by_occurrence(connection: sqlite3.Connection, foreign_uid: str) -> dict[str, int]:
    """Return RECURRENCE-ID -> row of the changed occurrences of one series."""
    sql = "SELECT recurrence_id, id FROM event WHERE recurrence_id IS NOT NULL AND ical_uid = ? ORDER BY id DESC"
    return dict(connection.execute(sql, (foreign_uid,)))


def uids_called(connection: sqlite3.Connection, entity: str, foreign_uid: str) -> list[str]:
    """Return the public ids of the records of an entity that have this UID in a calendar, or are called so."""
    own = "ical_uid = ?1 AND recurrence_id IS NULL OR " if entity == "event" else ""
    rows = connection.execute(
        f"""SELECT uid FROM {entity} WHERE {own}uid = ?1 OR uid IN (
              SELECT record_uid FROM calendar_item WHERE ical_uid = ?1 AND recurrence_id IS NULL) ORDER BY id""",
        (foreign_uid,),
    )
    return [uid for (uid,) in rows]
