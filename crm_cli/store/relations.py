"""SQL of ties between people and firms other than jobs."""

from __future__ import annotations

from crm_cli.domain.record_ref import RecordRef
from crm_cli.domain.relation import Relation

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3

    from crm_cli.domain.who import Match


def find(connection: sqlite3.Connection, kind: str, source: Match, target: Match) -> int | None:
    """Return the row id of a tie in this direction, or None."""
    found = connection.execute(
        f"SELECT id FROM relation WHERE kind = ? AND {source.kind}_id = ? AND to_{target.kind}_id = ?",
        (kind, source.row, target.row),
    ).fetchone()
    return None if found is None else int(found[0])


def add(connection: sqlite3.Connection, kind: str, source: Match, target: Match, *, note: str | None = None) -> None:
    """Insert a tie."""
    connection.execute(
        f"INSERT INTO relation (kind, {source.kind}_id, to_{target.kind}_id, note) VALUES (?, ?, ?, ?)",
        (kind, source.row, target.row, note),
    )


def delete(connection: sqlite3.Connection, row: int) -> None:
    """Delete a tie."""
    connection.execute("DELETE FROM relation WHERE id = ?", (row,))


def reached(connection: sqlite3.Connection, kind: str, contact_row: int) -> set[int]:
    """Return all people a chain of ties of this kind leads to, however long."""
    found = connection.execute(
        """WITH RECURSIVE chain (contact_id) AS (
             SELECT to_contact_id FROM relation WHERE kind = ?1 AND contact_id = ?2 AND to_contact_id IS NOT NULL
             UNION
             SELECT r.to_contact_id FROM relation AS r JOIN chain AS c ON r.contact_id = c.contact_id
             WHERE r.kind = ?1 AND r.to_contact_id IS NOT NULL
           ) SELECT contact_id FROM chain""",
        (kind, contact_row),
    )
    return {row for (row,) in found}


def list_of(connection: sqlite3.Connection, kind: str, row: int) -> list[Relation]:
    """Return the ties of a record in both directions, oldest first."""
    found = connection.execute(
        f"""SELECT r.kind, coalesce(sp.uid, sf.uid), coalesce(sp.name, sf.name),
                   coalesce(tp.uid, tf.uid), coalesce(tp.name, tf.name), r.note
            FROM relation AS r
            LEFT JOIN contact AS sp ON sp.id = r.contact_id LEFT JOIN company AS sf ON sf.id = r.company_id
            LEFT JOIN contact AS tp ON tp.id = r.to_contact_id LEFT JOIN company AS tf ON tf.id = r.to_company_id
            WHERE r.{kind}_id = ?1 OR r.to_{kind}_id = ?1 ORDER BY r.id""",
        (row,),
    )
    return [
        Relation(tie, RecordRef(uid, name), RecordRef(to_uid, to_name), note=note)
        for tie, uid, name, to_uid, to_name, note in found
    ]
