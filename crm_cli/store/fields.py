"""SQL of declared fields."""

from __future__ import annotations

from crm_cli.domain.field import CustomField

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3


def list(connection: sqlite3.Connection, entity: str | None = None) -> tuple[CustomField, ...]:
    """Return the declared fields of an entity, or of all, in the order they were declared."""
    import json

    sql = "SELECT entity, name, type, choices FROM field WHERE ?1 IS NULL OR entity = ?1 ORDER BY entity, id"
    return tuple(
        CustomField(of, name, type, tuple(json.loads(choices)) if choices else ())
        for of, name, type, choices in connection.execute(sql, (entity,))
    )


def add(connection: sqlite3.Connection, field: CustomField) -> None:
    """Insert a declaration."""
    import json

    choices = json.dumps(field.choices, ensure_ascii=False) if field.choices else None
    connection.execute(
        "INSERT INTO field (entity, name, type, choices) VALUES (?, ?, ?, ?)",
        (field.entity, field.name, field.type, choices),
    )


def update(connection: sqlite3.Connection, field: CustomField) -> None:
    """Replace the type and the choices of a declaration."""
    import json

    choices = json.dumps(field.choices, ensure_ascii=False) if field.choices else None
    connection.execute(
        "UPDATE field SET type = ?, choices = ? WHERE entity = ? AND name = ?",
        (field.type, choices, field.entity, field.name),
    )


def delete(connection: sqlite3.Connection, field: CustomField) -> None:
    """Delete a declaration; the values stay on their records."""
    connection.execute("DELETE FROM field WHERE entity = ? AND name = ?", (field.entity, field.name))


def count_values(connection: sqlite3.Connection, field: CustomField) -> int:
    """Return how many records have a value in a field."""
    found = connection.execute(
        f"""SELECT count(*) FROM {field.entity} AS r, json_each(r.custom) AS v
            WHERE r.custom IS NOT NULL AND v.key = ?""",
        (field.name,),
    )
    return int(found.fetchone()[0])


def repoint(connection: sqlite3.Connection, field: CustomField, old_uid: str, new_uid: str, *, stamp: str) -> None:
    """Let every value of a `ref` field that means one record mean another."""
    path = '$."' + field.name + '"'
    connection.execute(
        f"""UPDATE {field.entity} SET custom = json_set(custom, ?1, ?2), updated_at = ?4
            WHERE custom IS NOT NULL AND json_extract(custom, ?1) = ?3""",
        (path, new_uid, old_uid, stamp),
    )
