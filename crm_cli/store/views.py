"""Read models that span several kinds of records: what a day, a visit or a record's page shows. Reads only."""

from __future__ import annotations

from datetime import timedelta

from crm_cli.store.links import marks, party_condition

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from datetime import date


class Birthday:
    """A person's birthday in a span of days: `on` is the ISO day it falls on, `age` the age reached, if known."""

    __slots__ = ("age", "birthday", "company", "id", "name", "on")

    def __init__(self, id: str, name: str, birthday: str, company: str | None, on: str, age: int | None) -> None:
        self.id = id
        self.name = name
        self.birthday = birthday
        self.company = company
        self.on = on
        self.age = age


class Pending:
    """An open need of a customer (`kind` None) or an open request to inside sales, and who it is for."""

    __slots__ = ("company", "contact", "id", "kind", "opened_at", "text")

    def __init__(
        self, id: str, kind: str | None, text: str, opened_at: str, contact: str | None, company: str | None
    ) -> None:
        self.id = id
        self.kind = kind
        self.text = text
        self.opened_at = opened_at
        self.contact = contact
        self.company = company


class Colleague:
    """A person of a firm, with the number and mail to reach them by."""

    __slots__ = ("email", "id", "name", "phone", "title")

    def __init__(self, id: str, name: str, title: str | None, phone: str | None, email: str | None) -> None:
        self.id = id
        self.name = name
        self.title = title
        self.phone = phone
        self.email = email


class TimelineEntry:
    """One line of a timeline: `type` is `log`, `task`, `deal`, `event` or `change`, `kind` that of an entry or what
    happened.
    """

    __slots__ = ("at", "id", "kind", "text", "type")

    def __init__(self, at: str, type: str, kind: str, id: str | None, text: str) -> None:
        self.at = at
        self.type = type
        self.kind = kind
        self.id = id
        self.text = text


def birthdays(
    connection: sqlite3.Connection, first: date, last: date, *, contact_rows: Sequence[int] | None = None
) -> list[Birthday]:
    """Return whose birthday falls on the days from `first` to `last` (less than a year), in their order."""
    # The index on month and day finds them; whose 29 February is kept on the 28th is looked at, too.
    days = [(first + timedelta(days=number)).isoformat()[5:] for number in range((last - first).days + 1)]
    if "02-28" in days:
        days.append("02-29")
    chosen = "" if contact_rows is None else f"AND id IN ({marks(contact_rows)})"
    sql = f"""SELECT uid, name, birthday,
        (SELECT c.name FROM employment AS e JOIN company AS c ON c.id = e.company_id
         WHERE e.contact_id = contact.id AND e.end_on IS NULL ORDER BY coalesce(e.start_on, '') DESC, e.id DESC LIMIT 1)
      FROM contact WHERE birthday IS NOT NULL AND substr(birthday, -5) IN ({marks(days)})
        AND birthday GLOB '*-[01][0-9]-[0-3][0-9]' {chosen}"""
    found = []
    for uid, name, birthday, company in connection.execute(sql, (*days, *(contact_rows or ()))):
        on = _next_on(birthday[-5:], first)
        if on <= last.isoformat():
            age = int(on[:4]) - int(birthday[:4]) if birthday[:4].isdigit() else None
            found.append(Birthday(uid, name, birthday, company, on, age))
    return sorted(found, key=lambda item: (item.on, item.name))


def _next_on(month_day: str, first: date) -> str:
    """Return the first day from `first` on with this month and day; 29 February is the 28th in a short year."""
    year = first.year if month_day >= first.isoformat()[5:] else first.year + 1
    if month_day == "02-29" and (year % 4 or (year % 100 == 0 and year % 400)):
        month_day = "02-28"
        year = first.year if month_day >= first.isoformat()[5:] else first.year + 1
    return f"{year:04}-{month_day}"


def open_requests(
    connection: sqlite3.Connection, *, contact_rows: Sequence[int] = (), company_rows: Sequence[int] | None = None
) -> list[Pending]:
    """Return the open requests to inside sales, the oldest first: all, or those for these people and firms."""
    return _pending(connection, "request", "x.kind, x.text, x.opened_at", contact_rows, company_rows)


def open_needs(
    connection: sqlite3.Connection, *, contact_rows: Sequence[int] = (), company_rows: Sequence[int] | None = None
) -> list[Pending]:
    """Return the open needs, the oldest first: all, or those of these people and firms."""
    return _pending(connection, "need", "NULL, x.text, x.created_at", contact_rows, company_rows)


def _pending(
    connection: sqlite3.Connection,
    table: str,
    columns: str,
    contact_rows: Sequence[int],
    company_rows: Sequence[int] | None,
) -> list[Pending]:
    chosen, params = "1", (*contact_rows, *(company_rows or ()))
    if company_rows is not None:
        # An empty list in an OR would keep SQLite from the indexes.
        parties = (("contact_id", contact_rows), ("company_id", company_rows))
        chosen = " OR ".join(f"x.{column} IN ({marks(rows)})" for column, rows in parties if rows) or "0"
    sql = f"""SELECT x.uid, {columns}, p.name, c.name FROM {table} AS x
      LEFT JOIN contact AS p ON p.id = x.contact_id LEFT JOIN company AS c ON c.id = x.company_id
      WHERE x.status = 'open' AND ({chosen}) ORDER BY x.id"""
    return [Pending(*row) for row in connection.execute(sql, params)]


def entry_rows(
    connection: sqlite3.Connection, contact_rows: Sequence[int], company_rows: Sequence[int], limit: int
) -> list[int]:
    """Return the newest log entries with these people or about these firms."""
    where, params = party_condition("interaction", contact_rows, company_rows)
    sql = f"SELECT id FROM interaction WHERE {where} ORDER BY julianday(at) DESC, id DESC LIMIT ?"
    return [row for (row,) in connection.execute(sql, (*params, limit))]


def open_deal_rows(
    connection: sqlite3.Connection, contact_rows: Sequence[int], company_rows: Sequence[int]
) -> list[int]:
    """Return the open deals of these people and firms, the next to close first."""
    where, params = party_condition("deal", contact_rows, company_rows)
    sql = f"SELECT id FROM deal WHERE status = 'open' AND {where} ORDER BY expected_on IS NULL, expected_on, id"
    return [row for (row,) in connection.execute(sql, params)]


def open_task_rows(
    connection: sqlite3.Connection, contact_rows: Sequence[int], company_rows: Sequence[int]
) -> list[int]:
    """Return the open tasks of these people and firms, the next one first."""
    where, params = party_condition("task", contact_rows, company_rows)
    sql = f"SELECT id FROM task WHERE done_at IS NULL AND {where} ORDER BY due IS NULL, due, id"
    return [row for (row,) in connection.execute(sql, params)]


def colleagues(connection: sqlite3.Connection, company_row: int, *, but: int | None = None) -> list[Colleague]:
    """Return the people who work at a firm, by name."""

    def reach(table: str) -> str:
        return f"(SELECT value FROM {table} WHERE contact_id = c.id ORDER BY preferred DESC, id LIMIT 1)"

    sql = f"""SELECT DISTINCT c.uid, c.name, coalesce(e.title, c.title), {reach("phone")}, {reach("email")}
      FROM employment AS e JOIN contact AS c ON c.id = e.contact_id
      WHERE e.company_id = ? AND e.end_on IS NULL AND c.id IS NOT ? ORDER BY c.name, c.id"""
    return [Colleague(*row) for row in connection.execute(sql, (company_row, but))]


def employer_row(connection: sqlite3.Connection, contact_row: int) -> int | None:
    """Return the firm a person works at now: the newest job without an end."""
    row = connection.execute(
        """SELECT company_id FROM employment WHERE contact_id = ? AND end_on IS NULL
           ORDER BY coalesce(start_on, '') DESC, id DESC LIMIT 1""",
        (contact_row,),
    ).fetchone()
    return None if row is None else int(row[0])


def event_rows(
    connection: sqlite3.Connection, contact_rows: Sequence[int], company_rows: Sequence[int], since: str
) -> list[int]:
    """Return the appointments of these people and firms that may lie on or after an ISO day.

    Each change of a series counts as one of the series, wherever it put its time.
    """
    parties = [
        (f"id IN (SELECT event_id FROM event_contact WHERE contact_id IN ({marks(contact_rows)}))", contact_rows),
        (f"company_id IN ({marks(company_rows)})", company_rows),
    ]
    # An empty list in an OR would keep SQLite from the indexes.
    known = " OR ".join(condition for condition, rows in parties if rows) or "0"
    sql = f"SELECT id, ical_uid FROM event WHERE ({known}) AND (last_day IS NULL OR last_day >= ?)"
    found = dict(connection.execute(sql, (*contact_rows, *company_rows, since)))
    series = [uid for uid in found.values() if uid is not None]
    changes = f"SELECT id FROM event WHERE ical_uid IN ({marks(series)}) AND recurrence_id IS NOT NULL"
    return sorted({*found, *(row for (row,) in connection.execute(changes, series))}) if series else sorted(found)


def timeline(
    connection: sqlite3.Connection, kind: str, row: int, uid: str, limit: int, *, until: str
) -> list[TimelineEntry]:
    """Return what happened with a person, firm or deal, newest first: entries, finished tasks, deals, changes.

    Appointments (none of a series) are there once they have begun, by `until`, an ISO date-time with offset.
    """
    link = {
        "contact": "id IN (SELECT {0}_id FROM {0}_contact WHERE contact_id = ?1)",
        "company": "company_id = ?1",
        "deal": "deal_id = ?1",
    }[kind]
    parts = [
        f"SELECT at, 'log', kind, uid, text FROM interaction WHERE {link.format('interaction')}",
        f"SELECT done_at, 'task', 'done', uid, text FROM task WHERE done_at IS NOT NULL AND {link.format('task')}",
        """SELECT change_set.at, 'change', min(change.operation), NULL, change_set.command
           FROM change JOIN change_set ON change_set.id = change.change_set_id
           WHERE change.uid = ?2 GROUP BY change_set.id""",
    ]
    if kind != "deal":
        parts.append(
            f"""SELECT start_at, 'event', 'held', uid, title FROM event WHERE {link.format("event")}
                AND julianday(start_at) <= julianday(?4) AND recurrence IS NULL AND coalesce(status, '') <> 'cancelled'
                AND coalesce(method, 'PUBLISH') IN ('PUBLISH', 'REQUEST', 'ADD')"""
        )
        deals = link.format("deal")
        parts.append(f"SELECT created_at, 'deal', 'opened', uid, title FROM deal WHERE {deals}")
        parts.append(f"SELECT closed_at, 'deal', status, uid, title FROM deal WHERE status <> 'open' AND {deals}")
    sql = f"SELECT * FROM ({' UNION ALL '.join(parts)}) ORDER BY julianday(at) DESC, at DESC LIMIT ?3"
    values = (row, uid, limit) if kind == "deal" else (row, uid, limit, until)
    return [TimelineEntry(*found) for found in connection.execute(sql, values)]


def has_events(connection: sqlite3.Connection) -> bool:
    """Tell whether there is a calendar at all: without one the day is not looked through for open visits."""
    return connection.execute("SELECT 1 FROM event LIMIT 1").fetchone() is not None
