"""Images of rows in the journal as a person reads them: fields, values, and names instead of keys."""

from __future__ import annotations

import json

from crm_cli.domain.money import Money
from crm_cli.store.journal import decoded
from crm_cli.store.record_tables import RECORD_TABLES

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from typing import Any

# Of which record an owned row is a part: the first of these columns that holds something.
OWNER_COLUMNS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("email", "phone", "address", "link", "card", "cadence"), ("contact_id", "company_id")),
    "employment": ("contact_id",),
    "relation": ("contact_id", "company_id"),
    "tag": ("contact_id", "company_id", "interaction_id", "deal_id", "task_id", "event_id"),
    "interaction_contact": ("interaction_id",),
    "task_contact": ("task_id",),
    "deal_contact": ("deal_id",),
    **dict.fromkeys(("event_contact", "event_attendee", "event_alarm"), ("event_id",)),
    "calendar_item": ("calendar_id",),
}
# Keys, stamps and what is derived from other columns.
_HIDDEN = {
    "id", "uid", "created_at", "updated_at", "folded", "e164", "hash", "content_hash", "position", "raw", "spans",
    "parser_version", "line_hash", "approximate", "all_day", "own_card", "value_minor", "currency",
    "first_day", "last_day", "this_and_future", "sequence",
}  # fmt: skip
# Written into every new row; a change of one is worth a line, its presence is not.
_DEFAULTS = {"kind": "individual", "status": "open", "preferred": 0, "free": 0}
_LONGEST = 60


def owner_of(entity: str, image: dict[str, Any]) -> tuple[str, int] | None:
    """Return the (table, row id) of the record an owned row hangs on, None if it hangs on none."""
    for column in OWNER_COLUMNS.get(entity, ()):
        if image.get(column) is not None:
            return column.removesuffix("_id"), int(image[column])
    return None


def described(entity: str, image: dict[str, Any]) -> str:
    """Return what a row calls itself, shortened: a record's name, title or text, an owned row's value."""
    for column in ("name", "title", "text", "value", "query"):
        if image.get(column):
            return _short(str(image[column]))
    return str(image.get("kind") or "") if entity in RECORD_TABLES else ""


def label_of(connection: sqlite3.Connection, entity: str, row_id: int, change_id: int) -> str:
    """Return the name of the record that had this row when `change_id` was written, deleted since or not."""
    row = connection.execute(
        """SELECT before FROM change WHERE entity = ? AND row_id = ? AND operation = 'delete' AND id >= ?
           ORDER BY id LIMIT 1""",
        (entity, row_id, change_id),
    ).fetchone()
    if row is not None:
        return described(entity, decoded(row[0]))
    cursor = connection.execute(f"SELECT * FROM {entity} WHERE id = ?", (row_id,))
    values = cursor.fetchone()
    if values is None:
        return ""
    return described(entity, dict(zip((column[0] for column in cursor.description), values, strict=True)))


def field_texts(connection: sqlite3.Connection, image: dict[str, Any], change_id: int) -> dict[str, str]:
    """Return field -> readable value of a record's row; fields without a value are left out."""
    found: dict[str, str] = {}
    if image.get("value_minor") is not None:
        value = Money(image["value_minor"], image["currency"])
        found["value"] = f"{value.amount} {value.currency}"
    for column, value in image.items():
        if column in _HIDDEN or value is None or value == "" or value == _DEFAULTS.get(column):
            continue
        if column == "custom":
            for name, own in decoded(value).items():
                found[f"custom.{name}"] = own if isinstance(own, str) else json.dumps(own, ensure_ascii=False)
        elif (table := column.removesuffix("_id").removeprefix("to_")) in RECORD_TABLES and column.endswith("_id"):
            found[column.removesuffix("_id")] = label_of(connection, table, value, change_id)
        else:
            found[column] = str(value)
    return found


def owned_text(connection: sqlite3.Connection, entity: str, image: dict[str, Any], change_id: int) -> str:
    """Return an owned row as one value: `hans@example.org, work`."""
    owner = owner_of(entity, image)
    shown = dict(image)
    if owner is not None:
        shown.pop(f"{owner[0]}_id")
    preferred = shown.pop("preferred", 0)
    texts = list(field_texts(connection, shown, change_id).values())
    if entity == "cadence":
        texts = [f"{image['days']} d"]
    return ", ".join([*texts, *(["preferred"] if preferred else [])])


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
