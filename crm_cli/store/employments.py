"""SQL of who works, or worked, where."""

from __future__ import annotations

from crm_cli.domain.record_ref import RecordRef
from crm_cli.domain.relation import EMPLOYEE_OF, Relation

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from typing import Any


def current(connection: sqlite3.Connection, contact_row: int) -> tuple[int, int] | None:
    """Return (row id of the job, row id of the company) of a person's newest job without an end, or None."""
    found = connection.execute(
        """SELECT id, company_id FROM employment WHERE contact_id = ? AND end_on IS NULL
           ORDER BY coalesce(start_on, '') DESC, id DESC LIMIT 1""",
        (contact_row,),
    ).fetchone()
    return None if found is None else (found[0], found[1])


def open_at(connection: sqlite3.Connection, contact_row: int, company_row: int) -> int | None:
    """Return the job without an end that a person has at a company, or None."""
    found = connection.execute(
        """SELECT id FROM employment WHERE contact_id = ? AND company_id = ? AND end_on IS NULL
           ORDER BY id DESC LIMIT 1""",
        (contact_row, company_row),
    ).fetchone()
    return None if found is None else int(found[0])


def add(connection: sqlite3.Connection, contact_row: int, company_row: int, **columns: Any) -> int:
    """Insert a job (`title`, `department`, `role`, `start_on`, `end_on`); return its row id."""
    values = {"contact_id": contact_row, "company_id": company_row, **columns}
    places = ", ".join("?" for _ in values)
    cursor = connection.execute(
        f"INSERT INTO employment ({', '.join(values)}) VALUES ({places})", tuple(values.values())
    )
    return int(cursor.lastrowid or 0)


def update(connection: sqlite3.Connection, row: int, **columns: Any) -> None:
    """Set columns of a job."""
    assignments = ", ".join(f"{name} = ?" for name in columns)
    connection.execute(f"UPDATE employment SET {assignments} WHERE id = ?", (*columns.values(), row))


def end(connection: sqlite3.Connection, row: int, *, day: str) -> None:
    """Let a job end on an ISO day, keeping the title the person had."""
    connection.execute(
        """UPDATE employment SET end_on = ?1,
             title = coalesce(title, (SELECT c.title FROM contact AS c WHERE c.id = employment.contact_id))
           WHERE id = ?2""",
        (day, row),
    )


def delete_at(connection: sqlite3.Connection, contact_row: int, company_row: int) -> int:
    """Delete every job of a person at a company; return how many there were."""
    return connection.execute(
        "DELETE FROM employment WHERE contact_id = ? AND company_id = ?", (contact_row, company_row)
    ).rowcount


def list_of(connection: sqlite3.Connection, kind: str, row: int) -> list[Relation]:
    """Return the jobs of a person, or the people of a company, present ones first."""
    found = connection.execute(
        f"""SELECT p.uid, p.name, c.uid, c.name,
                   CASE WHEN e.end_on IS NULL THEN coalesce(e.title, p.title) ELSE e.title END, e.start_on, e.end_on
            FROM employment AS e JOIN contact AS p ON p.id = e.contact_id JOIN company AS c ON c.id = e.company_id
            WHERE e.{kind}_id = ? ORDER BY e.end_on IS NOT NULL, coalesce(e.start_on, '') DESC, e.id DESC""",
        (row,),
    )
    return [
        Relation(EMPLOYEE_OF, RecordRef(uid, name), RecordRef(firm, firm_name), title, start_on, end_on)
        for uid, name, firm, firm_name, title, start_on, end_on in found
    ]
