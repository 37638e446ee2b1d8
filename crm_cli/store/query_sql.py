"""Turn a query into SQL with bound parameters: one compiler for every list, export, segment and filter.

The grammar is in `domain/query.py`, the fields in `query_fields.py`, the reading of a field's value in
`query_conditions.py`. Every condition is two-valued, so that `not` means the rest.
"""

from __future__ import annotations

import re

from crm_cli.domain import query
from crm_cli.domain.text import fold, words, words_weak
from crm_cli.errors import UsageError
from crm_cli.store import query_conditions, query_fields, search
from crm_cli.store.search_schema import KIND_CODES, KINDS_ROOM

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from datetime import datetime
    from typing import Any

    from crm_cli.store.query_fields import Field

# SQLite 3.40 parses with a stack of 100; a level takes about three places of it.
_MAX_LEVELS = 20
_KIND_BITS = KINDS_ROOM.bit_length() - 1


class Compiled:
    """A condition on the rows of the record's table (not aliased), its parameters and the fields it names.

    `ids` is set where only words are asked for: the SELECT, with the same parameters, of the row ids (`id`, perhaps
    twice) that the index has for them. `only_ids` tells that no column of the table but its id is named.
    """

    __slots__ = ("fields", "ids", "only_ids", "params", "where")

    def __init__(self, where: str, params: list[Any], scope: Scope, ids: str | None) -> None:
        self.where = where
        # Every column in a condition stands behind the name of its table.
        self.only_ids = re.search(rf"\b{scope.entity}\.(?!id\b)", where) is None
        self.ids = ids
        self.params = params
        self.fields = scope.named


class Scope:
    """What a query is compiled against: the store, the kind of record, the day, the user; collects the parameters."""

    __slots__ = ("actor", "connection", "entity", "fields", "named", "now", "params", "segments", "stages")

    def __init__(
        self,
        connection: sqlite3.Connection,
        entity: str,
        now: datetime,
        actor: str,
        stages: Sequence[dict[str, Any]],
        segments: tuple[str, ...] = (),
        params: list[Any] | None = None,
    ) -> None:
        self.connection = connection
        self.entity = entity
        self.now = now
        self.actor = actor
        self.stages = stages
        self.segments = segments
        self.named: set[str] = set()
        self.params: list[Any] = [] if params is None else params
        self.fields = {**query_fields.fields_of(entity), **_custom_fields(connection, entity)}


def compile(
    connection: sqlite3.Connection,
    text: str,
    entity: str,
    *,
    now: datetime,
    actor: str,
    stages: Sequence[dict[str, Any]] = (),
) -> Compiled:
    """Compile a query for one kind of record (`query_fields.ENTITIES`); an empty one matches everything.

    `stages` are the configured stages of a deal (name and aliases). Registers the comparisons on the connection.
    Raises UsageError, whose `start` and `end` say where in the text.
    """
    query_conditions.register(connection)
    if entity == "event":
        from crm_cli.store import query_events

        query_events.register(connection, now)
    scope = Scope(connection, entity, now, actor, stages)
    tree = query.parse(text)
    where = _condition(tree, scope, 0)
    return Compiled(where, scope.params, scope, _ids_of_words(tree, scope))


def _ids_of_words(tree: query.Term, scope: Scope) -> str | None:
    terms = tree.terms if isinstance(tree, query.All) else [tree]
    if not terms or not all(isinstance(term, query.Words) for term in terms):
        return None
    # Each word has a parameter for the cards and one for the texts.
    return " INTERSECT ".join([f"SELECT id FROM ({_holding(scope.entity, ' AS id')})"] * (len(scope.params) // 2))


def _condition(term: query.Term, scope: Scope, level: int) -> str:
    if level > _MAX_LEVELS:
        raise UsageError("The query has too many brackets and segments in each other.")
    if isinstance(term, query.All):
        parts = [_condition(part, scope, level + 1) for part in term.terms]
        return f"({' AND '.join(parts)})" if parts else "1"
    if isinstance(term, query.Any):
        return f"({' OR '.join([_condition(part, scope, level + 1) for part in term.terms])})"
    if isinstance(term, query.Not):
        return f"NOT {_condition(term.term, scope, level + 1)}"
    if isinstance(term, query.Words):
        return _words(term, scope)
    if isinstance(term, query.Comparison) and term.field == "segment" and term.operator in ":=":
        return _segment(term.value, scope, level)
    field = find_field(scope, term)
    if isinstance(term, query.Presence):
        condition = query_conditions.presence(field)
        inside = _within(field, condition)
        return inside if term.present else f"NOT {inside}"
    if isinstance(term, query.Range):
        condition = query_conditions.between(field, term, scope)
    else:
        condition = query_conditions.comparison(field, term, scope)
    return _within(field, condition)


def _within(field: Field, condition: str) -> str:
    return f"({field.within.format(condition)})" if field.within else f"({condition})"


def find_field(scope: Scope, term: query.Comparison | query.Range | query.Presence) -> Field:
    """Return the field a term names; raises UsageError with the nearest name."""
    field = scope.fields.get(term.field) or scope.fields.get(query_fields.alias_of(scope.entity, term.field) or "")
    if field is None:
        near = _nearest(term.field, scope)
        raise UsageError(
            "There is no field “{field}” for {entity}.",
            field=term.field,
            entity=scope.entity,
            near=near,
            start=term.start,
            end=term.start + len(term.field),
            hint="Did you mean “{near}”? Text with a colon in it needs quotes.",
        )
    scope.named.add(field.name)
    return field


def _nearest(name: str, scope: Scope) -> str:
    from difflib import get_close_matches

    known = [*scope.fields, *(alias for alias, field in query_fields.ALIASES.items() if field in scope.fields)]
    near = get_close_matches(name, known, n=1, cutoff=0.0)
    return near[0] if near else "name"


def _custom_fields(connection: sqlite3.Connection, entity: str) -> dict[str, Field]:
    """Return the declared custom fields by the form in which names are compared."""
    if entity not in query_fields.WITH_CUSTOM:
        return {}
    rows = connection.execute("SELECT name, type FROM field WHERE entity = ?", (entity,))
    return {query.field_key(name): query_fields.custom(entity, name, type) for name, type in rows}


def _words(term: query.Words, scope: Scope) -> str:
    """Search each word in what the index holds of the record: its names, reach and facts, and what was written."""
    pairs = list(zip(words(term.text), words_weak(term.text), strict=True))
    if not pairs:
        raise UsageError("There is nothing to search for in “{text}”.", text=term.text, start=term.start, end=term.end)
    search.ready(scope.connection)
    for pair in pairs:
        scope.params += [search.any_of(dict.fromkeys(pair), prefix=not term.quoted)] * 2
    return f"({' AND '.join([f'{scope.entity}.id IN ({_holding(scope.entity)})'] * len(pairs))})"


def _holding(entity: str, named: str = "") -> str:
    """Return the SELECT of the row ids whose card or text matches, each by a parameter."""
    code = KIND_CODES[entity]
    # SQLite shifts faster than it divides, and half of an address book may match.
    return " UNION ALL ".join(
        f"SELECT rowid >> {_KIND_BITS}{named} FROM {table} WHERE {table} MATCH ? AND rowid & {KINDS_ROOM - 1} = {code}"
        for table in ("search_card", "search_text")
    )


def _segment(value: query.Value, scope: Scope, level: int) -> str:
    """Put the query of a named segment in the place of `segment:NAME`."""
    rows = scope.connection.execute("SELECT name, entity, query FROM segment ORDER BY name").fetchall()
    found = [row for row in rows if row[0] == value.text] or [row for row in rows if fold(row[0]) == fold(value.text)]
    if not found:
        known = ", ".join(name for name, entity, _ in rows if entity == scope.entity) or "-"
        raise UsageError(
            "There is no segment “{name}”.",
            name=value.text,
            known=known,
            start=value.start,
            end=value.end,
            hint="Segments: {known}",
        )
    name, entity, text = found[0]
    if entity != scope.entity:
        raise UsageError(
            "The segment “{name}” holds records of the kind {entity}.",
            name=name,
            entity=entity,
            start=value.start,
            end=value.end,
        )
    if name in scope.segments:
        raise UsageError("The segment “{name}” contains itself.", name=name, start=value.start, end=value.end)
    inner = Scope(scope.connection, entity, scope.now, scope.actor, scope.stages, (*scope.segments, name), scope.params)
    try:
        return _condition(query.parse(text), inner, level + 1)
    except UsageError as error:
        raise UsageError(
            "The segment “{name}” cannot be read: {reason}",
            name=name,
            reason=str(error),
            start=value.start,
            end=value.end,
        ) from error
