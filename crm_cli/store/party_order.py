"""Lists of people and firms in another order than by name: by a date, by the firm, by the town."""

from __future__ import annotations

from crm_cli.domain.text import fold_weak

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from typing import Any

NAME = "name"
# Row and value, of `{among}`; who is left out has none. The last value of a row counts.
_VALUES = {
    "last_contact": "",
    "added": "SELECT id, created_at FROM {kind} WHERE id {among}",
    "changed": "SELECT id, updated_at FROM {kind} WHERE id {among}",
    "company": """SELECT contact_id, company.name FROM employment JOIN company ON company.id = company_id
                  WHERE contact_id {among} AND end_on IS NULL ORDER BY coalesce(start_on, ''), employment.id""",
    "city": """SELECT {kind}_id, city FROM address WHERE {kind}_id {among} AND city <> ''
               ORDER BY preferred, id DESC""",
}
# Who has no address is where the firm is.
_CITY_OF_FIRM = """SELECT employment.contact_id, city FROM employment JOIN address USING (company_id)
  WHERE employment.contact_id {among} AND end_on IS NULL AND city <> ''
  ORDER BY coalesce(start_on, ''), employment.id, preferred, address.id DESC"""
_LAST_CONTACT = {
    "contact": """SELECT contact_id, max(at) FROM interaction_contact
                  JOIN interaction ON interaction.id = interaction_id WHERE contact_id {among} GROUP BY contact_id""",
    "company": "SELECT company_id, max(at) FROM interaction WHERE company_id {among} GROUP BY company_id",
}
_TEXTS = ("company", "city")
SORTS = {"contact": (NAME, *_VALUES), "company": (NAME, *(sort for sort in _VALUES if sort != "company"))}
# Up to so many rows are looked up one by one; of more the whole table is read.
_FEW = 3_000


def sorted_by(connection: sqlite3.Connection, kind: str, rows: Sequence[int], sort: str) -> list[int]:
    """Return rows that come by name in another order, those of one value still by name, those without one last.

    Dates come with the newest first.
    """
    values = _values(connection, kind, rows, sort)
    found = [row for row in rows if values.get(row)]
    if sort in _TEXTS:
        folded = {text: fold_weak(text) for text in set(values.values()) if text}
        found.sort(key=lambda row: folded[values[row]])
    else:
        # Reversed twice, so that what is of one moment stays by name.
        found.reverse()
        found.sort(key=values.__getitem__)
        found.reverse()
    there = set(found)
    return [*found, *(row for row in rows if row not in there)]


def _values(connection: sqlite3.Connection, kind: str, rows: Sequence[int], sort: str) -> dict[int, Any]:
    statements = [_VALUES[sort] or _LAST_CONTACT[kind]]
    if (kind, sort) == ("contact", "city"):
        statements.insert(0, _CITY_OF_FIRM)
    among = "IS NOT NULL"
    wanted: list[str] = []
    if len(rows) <= _FEW:
        among, wanted = "IN (SELECT value FROM json_each(?))", [f"[{','.join(map(str, rows))}]"]
    found: dict[int, Any] = {}
    for sql in statements:
        found.update(connection.execute(sql.format(kind=kind, among=among), wanted))
    return found
