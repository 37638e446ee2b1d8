"""The journal: triggers that record every row change, and how a change set is read and reverted.

The triggers are plain SQL made from each table's columns, so a write of the bare
`sqlite3` shell is recorded too (as a change set of actor `sql`). They are rebuilt
after every migration, because a table that is copied and renamed loses them silently.
"""

from __future__ import annotations

from itertools import groupby

from crm_cli.errors import Conflict, NotFound, StoreError
from crm_cli.store.record_tables import RECORD_TABLES
from crm_cli.store.schema import JOURNALLED

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator
    from typing import Any

    # The columns of a table with their types.
    _Columns = dict[str, str]
    # id, entity, row id, operation, before, after
    _Row = tuple[int, str, int, str, str | None, str | None]

# Columns that change with every write of a row; they never make a conflict by themselves.
_STAMPS = frozenset({"updated_at"})
# How many changes are read at once when a change set is reverted.
_BLOCK = 5000

_OPEN_CHANGE_SET = """INSERT INTO change_set (at, actor, device, command)
    SELECT strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), 'sql',
      coalesce((SELECT value FROM meta WHERE key = 'device'), ''), 'sql'
    WHERE NOT EXISTS (SELECT 1 FROM journal_context)"""

_CHANGE_SET_ID = "coalesce((SELECT change_set_id FROM journal_context), (SELECT max(id) FROM change_set))"


def trigger_ddl(connection: sqlite3.Connection) -> Iterable[str]:
    """Yield the statements that (re)build the triggers of every journalled table."""
    for table in JOURNALLED:
        columns = _columns(connection, table)
        for operation in ("insert", "update", "delete"):
            yield f"DROP TRIGGER IF EXISTS journal_{table}_{operation}"
            yield _trigger(table, columns, operation)


def _trigger(table: str, columns: _Columns, operation: str) -> str:
    before = "NULL" if operation == "insert" else _image("OLD", columns)
    after = "NULL" if operation == "delete" else _image("NEW", columns)
    row = "OLD" if operation == "delete" else "NEW"
    # Only a record's own row carries the public id: looking it up for every e-mail and phone
    # doubles the cost of an import. A service that changes owned rows stamps the record as well.
    uid = f"{row}.uid" if table in RECORD_TABLES else "NULL"
    when = ""
    if operation == "update":
        when = "WHEN " + " OR ".join(f"OLD.{column} IS NOT NEW.{column} COLLATE BINARY" for column in columns)
    return f"""CREATE TRIGGER journal_{table}_{operation} AFTER {operation.upper()} ON {table} {when} BEGIN
  {_OPEN_CHANGE_SET};
  INSERT INTO change (change_set_id, entity, row_id, uid, operation, before, after)
  VALUES ({_CHANGE_SET_ID}, '{table}', {row}.id, {uid}, '{operation}', {before}, {after});
END"""


def _image(row: str, columns: _Columns) -> str:
    return "json_object(" + ", ".join(f"'{name}', {_exact(row, name, kind)}" for name, kind in columns.items()) + ")"


def decoded(image: str | None) -> dict[str, Any]:
    """Return the columns an image holds; raises StoreError for one that is damaged."""
    import json

    try:
        found: dict[str, Any] = json.loads(image or "{}")
    except ValueError as error:
        raise _damaged(error) from error
    return found


def _damaged(error: ValueError) -> StoreError:
    return StoreError("The journal is damaged: {reason}.", reason=str(error), hint="crm check looks closer.")


def _exact(row: str, name: str, kind: str) -> str:
    if kind != "REAL":
        return f"{row}.{name}"
    # JSON of SQLite rounds to 15 digits; a number needs 17 to come back as it was.
    return f"CASE WHEN {row}.{name} IS NOT NULL THEN json(printf('%!.17g', {row}.{name})) END"


def newest_undoable(connection: sqlite3.Connection, actor: str, count: int) -> list[int]:
    """Return the ids of the newest `count` change sets of this actor that are neither undos nor undone."""
    rows = connection.execute(
        """SELECT id FROM change_set WHERE actor = ? AND kind = 'write' AND undone_by IS NULL
           ORDER BY id DESC LIMIT ?""",
        (actor, count),
    )
    return [row[0] for row in rows]


def redoable(connection: sqlite3.Connection, actor: str, count: int) -> list[int]:
    """Return the newest undos of this actor that are not undone themselves and after which nothing was written."""
    rows = connection.execute(
        """SELECT id FROM change_set AS u WHERE actor = ? AND kind = 'undo' AND undone_by IS NULL
             AND id > (SELECT coalesce(max(id), 0) FROM change_set WHERE kind = 'write')
           ORDER BY id DESC LIMIT ?""",
        (actor, count),
    )
    return [row[0] for row in rows]


def change_set(connection: sqlite3.Connection, change_set_id: int) -> dict[str, Any]:
    """Return one change set: id, actor, command, kind, reverts, undone_by; raises NotFound."""
    names = ("id", "actor", "command", "kind", "reverts", "undone_by")
    row = connection.execute(f"SELECT {', '.join(names)} FROM change_set WHERE id = ?", (change_set_id,)).fetchone()
    if row is None:
        raise unknown(change_set_id)
    return dict(zip(names, row, strict=True))


def unknown(change_set_id: int) -> NotFound:
    """Return the error for a change set that does not exist."""
    return NotFound("There is no change set {id}.", id=change_set_id, hint="crm history")


def original_of(connection: sqlite3.Connection, change_set_id: int) -> dict[str, Any]:
    """Return the change set that was written by a command, from the undo that took it back or from itself."""
    found = change_set(connection, change_set_id)
    return found if found["kind"] == "write" else original_of(connection, found["reverts"])


def take_back(connection: sqlite3.Connection, change_set_id: int, *, by: int) -> int:
    """Revert one change set as the change set `by`, and note on both that it was; return how many rows that were.

    Taking back an undo (a redo) makes the original undoable again. Raises Conflict as `revert` does.
    """
    count = revert(connection, change_set_id)
    execute = connection.execute
    execute("UPDATE change_set SET reverts = ? WHERE id = ?", (change_set_id, by))
    execute("UPDATE change_set SET undone_by = ? WHERE id = ?", (by, change_set_id))
    execute(
        "UPDATE change_set SET undone_by = NULL WHERE undone_by = ? AND kind = 'write'",
        (change_set_id,),
    )
    return count


def next_change_set(connection: sqlite3.Connection, first: int) -> int:
    """Let what follows in this transaction belong to a further change set, else like `first`; return its id."""
    cursor = connection.execute(
        """INSERT INTO change_set (at, actor, device, command, kind)
           SELECT at, actor, device, command, kind FROM change_set WHERE id = ?""",
        (first,),
    )
    connection.execute("UPDATE journal_context SET change_set_id = ?", (cursor.lastrowid,))
    return int(cursor.lastrowid or 0)


def revert(connection: sqlite3.Connection, change_set_id: int) -> int:
    """Take back every change of a change set, newest first; return how many rows were set back.

    Runs inside the caller's transaction, whose own change set records the reverse. Reads the journal block by
    block, so an import of any size needs the memory of one. Raises Conflict where a later change would be lost.
    """
    columns: dict[str, _Columns] = {}
    count = 0
    below = None
    while True:
        rows = connection.execute(
            """SELECT id, entity, row_id, operation, before, after FROM change
               WHERE change_set_id = ? AND id < coalesce(?, 1 << 62) ORDER BY id DESC LIMIT ?""",
            (change_set_id, below, _BLOCK),
        ).fetchall()
        if not rows:
            return count
        for run in _runs(rows):
            entity, operation = run[0][1], run[0][3]
            if entity not in columns:
                columns[entity] = _columns(connection, entity)
            try:
                _REVERT[operation](connection, entity, columns[entity], run)
            except UnicodeDecodeError as error:  # a message of SQLite that quotes damaged text
                raise _damaged(error) from error
        count += len(rows)
        below = rows[-1][0]


def _runs(rows: list[_Row]) -> Iterator[list[_Row]]:
    """Part rows into stretches of one table and one operation in which no row comes twice.

    The order is kept within a table; between tables it is free, because references are checked at the end.
    """
    tables: dict[str, list[_Row]] = {}
    for row in rows:
        tables.setdefault(row[1], []).append(row)
    for same_table in tables.values():
        run: list[_Row] = []
        seen: set[int] = set()
        for row in same_table:
            if run and (row[3] != run[0][3] or row[2] in seen):
                yield run
                run, seen = [], set()
            run.append(row)
            seen.add(row[2])
        yield run


def _columns(connection: sqlite3.Connection, entity: str) -> _Columns:
    if entity not in JOURNALLED:
        raise Conflict("The journal names an unknown table “{table}”.", table=entity)
    return {row[1]: row[2] for row in connection.execute(f"PRAGMA table_info({entity})")}


def _current(connection: sqlite3.Connection, entity: str, columns: _Columns, run: list[_Row]) -> dict[int, str]:
    """Return the images, as the triggers write them, of the rows of a run that exist now."""
    ids = "[" + ",".join(str(row[2]) for row in run) + "]"
    return dict(
        connection.execute(
            f"SELECT id, {_image(entity, columns)} FROM {entity} WHERE id IN (SELECT value FROM json_each(?))", (ids,)
        )
    )


def _revert_insert(connection: sqlite3.Connection, entity: str, columns: _Columns, run: list[_Row]) -> None:
    current = _current(connection, entity, columns, run)
    for _, _, row_id, _, _, after in run:
        image = current.get(row_id)
        if image == after:
            continue
        if image is None:
            raise _lost(entity, row_id)
        now, then = decoded(image), decoded(after)
        if any(now[column] != then[column] for column in then.keys() & now.keys() - _STAMPS):
            raise _lost(entity, row_id)
    connection.executemany(f"DELETE FROM {entity} WHERE id = ?", [(row[2],) for row in run])


def _revert_delete(connection: sqlite3.Connection, entity: str, columns: _Columns, run: list[_Row]) -> None:
    for row_id in _current(connection, entity, columns, run):
        raise _lost(entity, row_id)
    images = [decoded(before) for _, _, _, _, before, _ in run]
    # An older image lacks the columns of a later schema, which then take their defaults.
    for names, group in groupby(images, key=lambda image: tuple(name for name in image if name in columns)):
        marks = ", ".join("?" for _ in names)
        connection.executemany(
            f"INSERT INTO {entity} ({', '.join(names)}) VALUES ({marks})",
            [[image[name] for name in names] for image in group],
        )


def _revert_update(connection: sqlite3.Connection, entity: str, columns: _Columns, run: list[_Row]) -> None:
    current = _current(connection, entity, columns, run)
    for _, _, row_id, _, before, after in run:
        if row_id not in current:
            raise _lost(entity, row_id)
        old, new, now = decoded(before), decoded(after), decoded(current[row_id])
        changed = [name for name in new if name in now and old.get(name) != new[name]]
        if any(now[name] != new[name] for name in changed if name not in _STAMPS):
            raise _lost(entity, row_id)
        # A stamp that a later, unrelated change has moved on stays as that change left it.
        names = [name for name in changed if now[name] == new[name]]
        if names:
            assignments = ", ".join(f"{name} = ?" for name in names)
            values = [*(old.get(name) for name in names), row_id]
            connection.execute(f"UPDATE {entity} SET {assignments} WHERE id = ?", values)


_REVERT = {"insert": _revert_insert, "delete": _revert_delete, "update": _revert_update}


def _lost(entity: str, row_id: int) -> Conflict:
    return Conflict(
        "A later change to {entity} {row} would be lost; nothing was undone.",
        entity=entity,
        row=row_id,
        hint="Undo the later change first: crm history",
    )
