"""Declare custom fields."""

from __future__ import annotations

from crm_cli.domain.field import CustomField, declared, named, read_entity, undeclared
from crm_cli.errors import Conflict
from crm_cli.store import fields

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from crm_cli.store.store import Store


def add(store: Store, *, entity: str, name: str, type: str, choices: Sequence[str] = (), now: datetime) -> CustomField:
    """Declare a field; declaring a choice again adds values to it. Raises Conflict where it has another type."""
    field = declared(read_entity(entity), name, type, choices)
    with store.transaction(now):
        present = named(fields.list(store.connection, field.entity), field.name)
        if present is None:
            fields.add(store.connection, field)
            return field
        if present.type != type or type != "choice":
            raise Conflict(
                "{entity} has a field “{name}” of type {type} already.",
                entity=present.entity,
                name=present.name,
                type=present.type,
            )
        merged = tuple(dict.fromkeys((*present.choices, *field.choices)))
        wider = CustomField(present.entity, present.name, type, merged)
        fields.update(store.connection, wider)
        return wider


def remove(store: Store, *, entity: str, name: str, now: datetime) -> tuple[CustomField, int]:
    """Take a declaration back and return it with the number of records that keep a value. Raises UsageError."""
    entity = read_entity(entity)
    with store.transaction(now):
        present = fields.list(store.connection, entity)
        field = named(present, name)
        if field is None:
            raise undeclared(present, entity, name)
        fields.delete(store.connection, field)
        return field, fields.count_values(store.connection, field)


def list_of(store: Store, *, entity: str | None = None) -> list[CustomField]:
    """Return the declared fields, of one entity or of all."""
    return list(fields.list(store.connection, read_entity(entity) if entity else None))
