"""SQL of reports: sums and counts, and the few columns that are put into months and weeks by local time."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

Condition = tuple[str, "Sequence[object]"]


def open_by(
    connection: sqlite3.Connection, column: str, condition: Condition
) -> Sequence[tuple[str | None, str | None, int, int, int]]:
    """Return (key, currency, deals, value, weighted value) of the open deals, by `stage` or `expected_on`.

    Values are minor units; without a probability a value does not count as weighted.
    """
    where, params = condition
    key = {"stage": "stage", "expected_on": "substr(expected_on, 1, 7)"}[column]
    sql = f"""SELECT {key}, currency, count(*), coalesce(sum(value_minor), 0),
        coalesce(sum(value_minor * probability / 100), 0)
      FROM deal WHERE status = 'open' AND {where} GROUP BY 1, 2 ORDER BY 1, 2"""
    return connection.execute(sql, tuple(params)).fetchall()


def closed(
    connection: sqlite3.Connection, since: str, until: str, condition: Condition
) -> Sequence[tuple[str, str, str | None, int | None, int | None]]:
    """Return (closed at, status, currency, value, row of the firm) of the deals closed in a span of UTC stamps."""
    where, params = condition
    sql = f"""SELECT closed_at, status, currency, value_minor, company_id FROM deal
      WHERE closed_at >= ? AND closed_at < ? AND status <> 'open' AND {where} ORDER BY closed_at"""
    return connection.execute(sql, (since, until, *params)).fetchall()


def logged(
    connection: sqlite3.Connection, first: str, last: str, condition: Condition
) -> Sequence[tuple[str, str, int, int]]:
    """Return (ISO day, kind, entries, minutes) of the log between two days, both included."""
    where, params = condition
    sql = f"""SELECT substr(at, 1, 10), kind, count(*), coalesce(sum(duration_min), 0) FROM interaction
      WHERE at >= ? AND at < ? AND {where} GROUP BY 1, 2 ORDER BY 1"""
    return connection.execute(sql, (first, last + "~", *params)).fetchall()


def due(
    connection: sqlite3.Connection, first: str, last: str, condition: Condition
) -> Sequence[tuple[str, str | None]]:
    """Return (due, done at) of the follow-ups due between two days, both included."""
    where, params = condition
    sql = f"SELECT due, done_at FROM task WHERE due >= ? AND due < ? AND {where} ORDER BY due"
    return connection.execute(sql, (first, last + "~", *params)).fetchall()


def company_names(connection: sqlite3.Connection) -> dict[int, tuple[str, str]]:
    """Return row -> (public id, name) of the firms that have deals."""
    sql = "SELECT id, uid, name FROM company WHERE id IN (SELECT company_id FROM deal)"
    return {row: (uid, name) for row, uid, name in connection.execute(sql)}
