"""SQL of cadences: how often a person or firm is to be contacted; the last contact is computed from the log."""

from __future__ import annotations

from crm_cli.domain.cadence import Cadence, due_on

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from datetime import date

_ALL = """
SELECT c.uid, 'contact', c.name, cadence.days, cadence.started_on,
  (SELECT max(i.at) FROM interaction_contact AS l JOIN interaction AS i ON i.id = l.interaction_id
   WHERE l.contact_id = c.id)
FROM cadence JOIN contact AS c ON c.id = cadence.contact_id
UNION ALL
SELECT c.uid, 'company', c.name, cadence.days, cadence.started_on,
  (SELECT max(at) FROM interaction WHERE company_id = c.id)
FROM cadence JOIN company AS c ON c.id = cadence.company_id
"""


def add(connection: sqlite3.Connection, kind: str, row: int, *, days: int, started_on: str, stamp: str) -> None:
    """Set the cadence of a person or firm, in place of an earlier one."""
    delete(connection, kind, row, stamp=stamp)
    connection.execute(f"INSERT INTO cadence (days, started_on, {kind}_id) VALUES (?, ?, ?)", (days, started_on, row))


def delete(connection: sqlite3.Connection, kind: str, row: int, *, stamp: str) -> int:
    """Take the cadence of a person or firm away; return how many there were."""
    count = connection.execute(f"DELETE FROM cadence WHERE {kind}_id = ?", (row,)).rowcount
    # The history of a record hangs on its stamp.
    connection.execute(f"UPDATE {kind} SET updated_at = ? WHERE id = ?", (stamp, row))
    return count


def list(connection: sqlite3.Connection, *, until: date | None = None) -> Sequence[Cadence]:
    """Return the cadences, the next one due first; with `until` only those that are due by that day."""
    found = [
        Cadence(uid, kind, name, days, started_on, last, due_on(days, started_on, last).isoformat())
        for uid, kind, name, days, started_on, last in connection.execute(_ALL)
    ]
    last_day = until.isoformat() if until else "~"
    return sorted((item for item in found if item.due <= last_day), key=lambda item: (item.due, item.name, item.id))
