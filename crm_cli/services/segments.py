"""Segments: name a query, look at it, forget it."""

from __future__ import annotations

from crm_cli.domain.query import Comparison, parse, quoted, terms_of
from crm_cli.domain.text import fold
from crm_cli.errors import Conflict, NotFound, UsageError
from crm_cli.store import query_fields, query_sql, segments
from crm_cli.store.store import utc_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from typing import Any

    from crm_cli.domain.segment import Segment
    from crm_cli.store.store import Store


def save(
    store: Store, *, name: str, query: str, entity: str, stages: Sequence[dict[str, Any]], now: datetime
) -> Segment:
    """Give a query a name, in place of the segment that had it; return it counted. Raises UsageError."""
    name = name.strip()
    if not name:
        raise UsageError("A segment needs a name.", hint="crm segment save fair tag:fair")
    if entity not in query_fields.ENTITIES:
        raise UsageError(
            "There are no segments of “{entity}”.",
            entity=entity,
            known=", ".join(query_fields.ENTITIES),
            hint="There are: {known}.",
        )
    with store.transaction(now):
        known = segments.find(store.connection, name)
        stamp = utc_text(now)
        if known is None:
            segments.add(
                store.connection,
                uid=store.new_uid(),
                name=name,
                entity=entity,
                query=query,
                owner=store.actor,
                stamp=stamp,
            )
        else:
            segments.update(store.connection, known.id, entity=entity, query=query, stamp=stamp)
        # The stored segment is read, so that one that is wrong or contains itself is taken back.
        query_sql.compile(store.connection, query, entity, now=now, actor=store.actor, stages=stages)
        return show(store, name=name, stages=stages, now=now)


def show(store: Store, *, name: str, stages: Sequence[dict[str, Any]], now: datetime) -> Segment:
    """Return a segment with the number of records it holds; raises NotFound."""
    segment = _get(store, name)
    text = f"segment:{quoted(segment.name)}"
    compiled = query_sql.compile(store.connection, text, segment.entity, now=now, actor=store.actor, stages=stages)
    return segment.changed(count=segments.count(store.connection, segment.entity, compiled))


def _get(store: Store, name: str) -> Segment:
    segment = segments.find(store.connection, name)
    if segment is None:
        from difflib import get_close_matches

        known = {fold(item.name): item for item in segments.list(store.connection)}
        near = [known[key] for key in get_close_matches(fold(name), known, n=5, cutoff=0.4)]
        raise NotFound(
            "There is no segment “{name}”.",
            name=name,
            hint="crm segment list",
            candidates=[{"id": item.id, "kind": "segment", "name": item.name} for item in near],
        )
    return segment


def delete(store: Store, *, name: str, now: datetime) -> Segment:
    """Forget a segment and return it as it was. Raises Conflict where another segment is made from it."""
    with store.transaction(now):
        segment = _get(store, name)
        for other in segments.list(store.connection):
            if other.id != segment.id and fold(segment.name) in _mentions(other.query):
                raise Conflict(
                    "The segment “{other}” is made from “{name}”; nothing was deleted.",
                    other=other.name,
                    name=segment.name,
                    hint="Change or delete the other one first.",
                )
        segments.delete(store.connection, segment.id)
        return segment


def _mentions(query: str) -> set[str]:
    """Return the folded names of the segments a query is made from."""
    try:
        terms = list(terms_of(parse(query)))
    except UsageError:
        return set()
    return {fold(term.value.text) for term in terms if isinstance(term, Comparison) and term.field == "segment"}
