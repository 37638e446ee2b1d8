"""SQL of follow-ups."""

from __future__ import annotations

from crm_cli.domain.task import Task
from crm_cli.errors import NotFound
from crm_cli.store.links import companies_of, contacts_of, link_contacts, marks, tags_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from typing import Any

_BLOCK = 500
# Those with a day first, and of one day those with the higher priority.
_ORDER = """ORDER BY done_at IS NOT NULL, due IS NULL, substr(due, 1, 10),
  CASE priority WHEN 'high' THEN 0 WHEN 'low' THEN 2 ELSE 1 END, due, id"""


def add(
    connection: sqlite3.Connection, *, uid: str, text: str, stamp: str, contact_rows: Sequence[int] = (), **columns: Any
) -> int:
    """Insert a task with its people; `columns` are further columns of the table. Return its row id."""
    values = {"uid": uid, "text": text, **columns, "created_at": stamp, "updated_at": stamp}
    sql = f"INSERT INTO task ({', '.join(values)}) VALUES ({marks(tuple(values))})"
    row = int(connection.execute(sql, tuple(values.values())).lastrowid or 0)
    link_contacts(connection, "task", row, contact_rows)
    return row


def update(connection: sqlite3.Connection, row: int, *, stamp: str, **columns: Any) -> None:
    """Set columns of a task."""
    assignments = ", ".join(f"{name} = ?" for name in (*columns, "updated_at"))
    connection.execute(f"UPDATE task SET {assignments} WHERE id = ?", (*columns.values(), stamp, row))


def delete(connection: sqlite3.Connection, row: int) -> None:
    """Delete a task with its links and tags."""
    for table in ("task_contact", "tag"):
        connection.execute(f"DELETE FROM {table} WHERE task_id = ?", (row,))
    connection.execute("DELETE FROM task WHERE id = ?", (row,))


def get(connection: sqlite3.Connection, row: int) -> Task:
    """Return one task; raises NotFound."""
    found = list_rows(connection, [row])
    if not found:
        raise NotFound("There is no task {row}.", row=row)
    return found[0]


def links(connection: sqlite3.Connection, row: int) -> tuple[Sequence[int], dict[str, int | None]]:
    """Return the row ids of a task's people, and of its `company_id`, `deal_id` and `interaction_id`."""
    people = connection.execute("SELECT contact_id FROM task_contact WHERE task_id = ? ORDER BY position, id", (row,))
    columns = ("company_id", "deal_id", "interaction_id")
    values = connection.execute(f"SELECT {', '.join(columns)} FROM task WHERE id = ?", (row,)).fetchone()
    return [contact for (contact,) in people], dict(zip(columns, values, strict=True))


def row_of(connection: sqlite3.Connection, uid: str) -> tuple[int, str | None]:
    """Return the row id of a task and when it was done; raises NotFound."""
    row = connection.execute("SELECT id, done_at FROM task WHERE uid = ?", (uid,)).fetchone()
    if row is None:
        raise NotFound("There is no task {row}.", row=uid)
    return row[0], row[1]


def open_uids(connection: sqlite3.Connection, uids: Sequence[str]) -> Sequence[str]:
    """Return those of the public ids that belong to open tasks."""
    sql = f"SELECT uid FROM task WHERE done_at IS NULL AND uid IN ({marks(uids)})"
    return [uid for (uid,) in connection.execute(sql, tuple(uids))]


def list(
    connection: sqlite3.Connection, where: str = "1", values: Sequence[object] = (), *, limit: int | None = None
) -> Sequence[Task]:
    """Return the tasks an SQL condition on `task` holds for: open ones first, by day and priority."""
    sql = f"SELECT id FROM task WHERE {where} {_ORDER}" + (f" LIMIT {int(limit)}" if limit is not None else "")
    return list_rows(connection, [row for (row,) in connection.execute(sql, tuple(values))])


def list_rows(connection: sqlite3.Connection, rows: Sequence[int]) -> Sequence[Task]:
    """Return the tasks with these row ids, in this order; five statements for each block of them."""
    return [
        task for start in range(0, len(rows), _BLOCK) for task in _list_block(connection, rows[start : start + _BLOCK])
    ]


def _list_block(connection: sqlite3.Connection, rows: Sequence[int]) -> Sequence[Task]:
    contacts = contacts_of(connection, "task", rows)
    companies = companies_of(connection, "task", rows)
    tags = tags_of(connection, "task", rows)
    deals = {
        row: {"id": uid, "title": title}
        for row, uid, title in connection.execute(
            f"SELECT id, uid, title FROM deal WHERE id IN (SELECT deal_id FROM task WHERE id IN ({marks(rows)}))",
            tuple(rows),
        )
    }
    sql = f"""SELECT id, uid, text, due, done_at, priority, repeat, owner, created_at, updated_at, company_id, deal_id
              FROM task WHERE id IN ({marks(rows)})"""
    found = {}
    for row, uid, text, due, done, priority, repeat, owner, created, updated, company, deal in connection.execute(
        sql, tuple(rows)
    ):
        found[row] = Task(
            id=uid,
            text=text,
            due=due,
            done_at=done,
            priority=priority,
            contacts=contacts.get(row, ()),
            company=companies.get(company),
            deal=deals.get(deal),
            repeat=repeat,
            tags=tags.get(row, ()),
            owner=owner,
            created_at=created,
            updated_at=updated,
        )
    return [found[row] for row in rows if row in found]
