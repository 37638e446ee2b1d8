"""Read models of the journal: what a command wrote, what became of a record, the stream of every change."""

from __future__ import annotations

from crm_cli.domain.change import Change, ChangeSet, FieldChange
from crm_cli.store.history_text import OWNER_COLUMNS, described, field_texts, label_of, owned_text, owner_of
from crm_cli.store.journal import decoded
from crm_cli.store.record_tables import RECORD_TABLES
from crm_cli.store.schema import OWNED_TABLES
from crm_cli.store.search_docs import json_ids

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from typing import Any

_BLOCK = 1000
_AMONG = "(SELECT value FROM json_each(?))"
# The condition that an image names a record; its values are `_name_keys`.
_NAMES = "(instr({0}, ?) OR instr({0}, ?))"
# How much of a change set is named in its summary.
_NAMED = 3


def change_sets(connection: sqlite3.Connection, *, limit: int | None = None) -> list[ChangeSet]:
    """Return the newest change sets, newest first."""
    rows = connection.execute(
        """SELECT id, at, actor, device, command, kind, reverts, undone_by,
                  (SELECT count(*) FROM change WHERE change_set_id = s.id)
           FROM change_set AS s ORDER BY id DESC LIMIT ?""",
        (-1 if limit is None else limit,),
    ).fetchall()
    return [
        ChangeSet(
            change_set=number,
            at=at,
            actor=actor,
            device=device,
            command=command,
            kind=kind,
            changes=count,
            what=_summary(connection, number, count),
            reverts=reverts,
            undone_by=undone_by,
        )
        for number, at, actor, device, command, kind, reverts, undone_by, count in rows
    ]


def _summary(connection: sqlite3.Connection, change_set_id: int, count: int) -> str:
    """Sum a change set up: records by name where they are few, by count where many; owned rows if nothing else.

    A record written in several steps counts once; in a set too large for that every step counts.
    """
    counted = "count(DISTINCT row_id)" if count <= _BLOCK else "count(*)"
    sql = f"""SELECT entity, operation, {counted}, max(id) FROM change
              WHERE change_set_id = ? AND uid IS {{}} GROUP BY entity, operation ORDER BY max(id)"""
    # A record's own row carries its public id, and an index knows those.
    records = connection.execute(sql.format("NOT NULL"), (change_set_id,)).fetchall()
    rows = records or connection.execute(sql.format("NULL"), (change_set_id,)).fetchall()
    added = {row[0] for row in records if row[1] == "insert"}
    parts: list[str] = []
    for entity, operation, number, newest in rows:
        if operation == "update" and entity in added and number == 1:
            continue  # a record that is finished in a second step is still one addition
        sign = {"insert": "+", "delete": "-"}.get(operation, "~")
        name = _name_in(connection, entity, newest) if number == 1 and len(parts) < _NAMED else ""
        parts.append(f"{entity} {sign}{name or number}")
    return ", ".join(parts)


def _name_in(connection: sqlite3.Connection, entity: str, change_id: int) -> str:
    sql = "SELECT coalesce(after, before) FROM change WHERE id = ?"
    return described(entity, decoded(connection.execute(sql, (change_id,)).fetchone()[0]))


def series_of(connection: sqlite3.Connection, uid: str) -> str | None:
    """Return the public id of the series an event was made from, or None.

    Nothing in the event itself tells: it was made as a copy when that one got an exception or an end.
    """
    found = connection.execute(
        """SELECT whole.uid FROM change AS made JOIN change AS whole ON whole.change_set_id = made.change_set_id
           WHERE made.uid = ?1 AND made.entity = 'event' AND made.operation = 'insert'
             AND whole.entity = 'event' AND whole.operation = 'update' AND whole.uid <> ?1
             AND json_extract(whole.before, '$.recurrence') IS NOT json_extract(whole.after, '$.recurrence')
             AND json_extract(whole.before, '$.title') = json_extract(made.after, '$.title')
           ORDER BY made.id, whole.id LIMIT 1""",
        (uid,),
    ).fetchone()
    return None if found is None else str(found[0])


def record_changes(connection: sqlite3.Connection, uid: str, *, limit: int | None = None) -> list[FieldChange]:
    """Return what became of one record, deleted ones too, field by field, the newest change set first."""
    sets = connection.execute(
        "SELECT change_set_id, entity, row_id FROM change WHERE uid = ? GROUP BY change_set_id ORDER BY 1 DESC", (uid,)
    ).fetchall()
    found: list[FieldChange] = []
    owned: dict[str, set[int]] | None = None
    for number, entity, row_id in sets:
        owned = _owned_rows(connection, entity, row_id) if owned is None else owned
        ids = _of_one_record(connection, number, uid, entity, row_id, owned)
        found += _field_changes(connection, number, f"id IN {_AMONG}", (json_ids(ids),))
        if limit is not None and len(found) >= limit:
            return found[:limit]
    return found


def _owned_rows(connection: sqlite3.Connection, entity: str, row_id: int) -> dict[str, set[int]]:
    """Return the rows that hang on a record, or did until they were deleted, by table."""
    sql = f"""SELECT row_id FROM change INDEXED BY change_deleted
              WHERE operation = 'delete' AND entity = ? AND {_NAMES.format("before")}"""
    found = {}
    for table, columns in OWNER_COLUMNS.items():
        if f"{entity}_id" in columns:
            now = connection.execute(f"SELECT id FROM {table} WHERE {entity}_id = ?", (row_id,)).fetchall()
            gone = connection.execute(sql, (table, *_name_keys(entity, row_id))).fetchall()
            found[table] = {row for (row,) in now + gone}
    return found


def _name_keys(entity: str, row_id: int) -> tuple[str, str]:
    # The images are JSON, where a quote inside a text is escaped: this finds the column and nothing else.
    # The column is followed by another or by the end of the object.
    key = f'"{entity}_id":{row_id}'
    return f"{key},", f"{key}}}"


def _of_one_record(
    connection: sqlite3.Connection, change_set_id: int, uid: str, entity: str, row_id: int, owned: dict[str, set[int]]
) -> list[int]:
    """Return the changes of a record and of what hangs on it in one change set, however large that is.

    What is altered there is added to the rows to look for in the older change sets: it may hang elsewhere by now.
    """
    execute = connection.execute
    own = "SELECT id FROM change INDEXED BY change_by_uid WHERE uid = ? AND change_set_id = ?"
    ids = [row for (row,) in execute(own, (uid, change_set_id))]
    images = _NAMES.format("coalesce(before, '') || coalesce(after, '')")
    altered = f"""SELECT id, row_id FROM change INDEXED BY change_altered
                  WHERE change_set_id = ? AND entity = ? AND operation <> 'insert' AND {images}"""
    added = f"""SELECT id FROM change INDEXED BY change_inserted WHERE operation = 'insert' AND uid IS NULL
                AND entity = ? AND row_id IN {_AMONG} AND change_set_id = ? AND {_NAMES.format("after")}"""
    keys = _name_keys(entity, row_id)
    for table, rows in owned.items():
        for change, row in execute(altered, (change_set_id, table, *keys)):
            ids.append(change)
            rows.add(row)
        ids += [row for (row,) in execute(added, (table, json_ids(rows), change_set_id, *keys))]
    return ids


def set_changes(connection: sqlite3.Connection, change_set_id: int, *, limit: int | None = None) -> list[FieldChange]:
    """Return what one change set changed, field by field, in the order it was written."""
    return _field_changes(connection, change_set_id, "change_set_id = ?", (change_set_id,), limit)


def _field_changes(
    connection: sqlite3.Connection, change_set_id: int, where: str, values: tuple[object, ...], limit: int | None = None
) -> list[FieldChange]:
    at, actor, command, kind = connection.execute(
        "SELECT at, actor, command, kind FROM change_set WHERE id = ?", (change_set_id,)
    ).fetchone()
    rows = connection.execute(
        f"""SELECT id, entity, row_id, uid, operation, before, after FROM change
            WHERE {where} ORDER BY id""",
        values,
    )
    found: list[FieldChange] = []
    for change_id, entity, row_id, uid, operation, before, after in rows:
        old = decoded(before) if before else None
        new = decoded(after) if after else None
        owner = (entity, row_id) if entity in RECORD_TABLES else owner_of(entity, new or old or {})
        record, name = uid, ""
        if owner is not None:
            record = uid or uid_of(connection, owner[0], owner[1], change_id)
            name = label_of(connection, owner[0], owner[1], change_id)
        for field, was, now in _lines(connection, entity, old, new, change_id):
            found.append(FieldChange(change_set_id, at, actor, command, kind, record, name, operation, field, was, now))
        if limit is not None and len(found) >= limit:
            return found[:limit]
    return found


def _lines(
    connection: sqlite3.Connection,
    entity: str,
    old: dict[str, Any] | None,
    new: dict[str, Any] | None,
    change_id: int,
) -> Iterator[tuple[str, str | None, str | None]]:
    """Yield (field, before, after) for a change of a row; an owned row is one field of its record."""
    if entity in OWNED_TABLES:
        was = owned_text(connection, entity, old, change_id) if old else None
        now = owned_text(connection, entity, new, change_id) if new else None
        if was != now:
            yield entity, was, now
        return
    before = field_texts(connection, old, change_id) if old else {}
    after = field_texts(connection, new, change_id) if new else {}
    for field in {**before, **after}:
        if before.get(field) != after.get(field):
            yield field, before.get(field), after.get(field)


def uid_of(connection: sqlite3.Connection, entity: str, row_id: int, change_id: int) -> str | None:
    """Return the public id of the record that had this row when `change_id` was written, deleted since or not."""
    row = (
        connection.execute(
            """SELECT uid FROM change WHERE entity = ? AND row_id = ? AND operation = 'delete' AND id >= ?
           ORDER BY id LIMIT 1""",
            (entity, row_id, change_id),
        ).fetchone()
        or connection.execute(f"SELECT uid FROM {entity} WHERE id = ?", (row_id,)).fetchone()
    )
    return None if row is None else str(row[0])


def uids_in_journal(connection: sqlite3.Connection, prefix: str) -> list[str]:
    """Return the public ids that begin with `prefix` of records that are or once were, two at most."""
    rows = connection.execute(
        "SELECT DISTINCT uid FROM change WHERE uid >= ? AND uid < ? LIMIT 2", (prefix, prefix + "\x7f")
    )
    return [row[0] for row in rows]


def deleted_records(connection: sqlite3.Connection) -> Iterator[tuple[str, str, str]]:
    """Yield (uid, kind, name) of the people and firms that were deleted, the newest first."""
    rows = connection.execute(
        """SELECT uid, entity, json_extract(before, '$.name') FROM change AS c
           WHERE operation = 'delete' AND entity IN ('contact', 'company') ORDER BY id DESC"""
    )
    for uid, entity, name in rows.fetchall():
        if connection.execute(f"SELECT 1 FROM {entity} WHERE uid = ?", (uid,)).fetchone() is None:
            yield uid, entity, name


def changes_since(connection: sqlite3.Connection, since: int) -> list[Change]:
    """Return the next block of changes with an id above `since`, oldest first; `[]` at the end."""
    rows = connection.execute(
        """SELECT c.id, s.id, s.at, s.actor, s.device, s.command, c.entity, c.uid, c.operation, c.before, c.after
           FROM change AS c JOIN change_set AS s ON s.id = c.change_set_id
           WHERE c.id > ? ORDER BY c.id LIMIT ?""",
        (since, _BLOCK),
    ).fetchall()
    found = []
    for number, change_set, at, actor, device, command, entity, uid, operation, before, after in rows:
        old = decoded(before) if before else None
        new = decoded(after) if after else None
        if uid is None:
            owner = owner_of(entity, new or old or {})
            uid = uid_of(connection, owner[0], owner[1], number) if owner else None
        found.append(Change(number, change_set, at, actor, device, command, entity, uid, operation, old, new))
    return found
