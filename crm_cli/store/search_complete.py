"""What a shell may offer for a word begun: names, titles, texts, tags and ids."""

from __future__ import annotations

from crm_cli.domain.names import name_words
from crm_cli.domain.text import fold, fold_weak
from crm_cli.store import name_order, search
from crm_cli.store.search_schema import KIND_CODES, KINDS_ROOM

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

# Records looked at to find those whose name begins with the typed text.
_LOOKED_AT = 1_000
_KINDS = {
    "record": ("contact", "company"),
    "contact": ("contact",),
    "company": ("company",),
    "deal": ("deal",),
    "task": ("task",),
    "event": ("event",),
}


def complete(connection: sqlite3.Connection, prefix: str, kind: str, limit: int) -> Iterator[tuple[str, str]]:
    """Yield (value, description) of what begins with `prefix`, at most `limit`; `kind` is as in `Param.complete`."""
    if kind == "tag":
        yield from _tags(connection, prefix, limit)
        return
    kinds = _KINDS.get(kind)
    if kinds is None:
        return
    documents = search.by_id(connection, prefix, kinds, limit) if prefix[1:2].isdigit() else []
    offered = {record.id: record.name for record in search.records(connection, documents)}
    offered.update(_names(connection, prefix, kinds, limit))
    for value in list(offered)[:limit]:
        yield value, offered[value]


def _names(
    connection: sqlite3.Connection, prefix: str, kinds: tuple[str, ...], limit: int
) -> Iterator[tuple[str, str]]:
    words = name_words(prefix)
    if words:
        weak = fold_weak(prefix)
        # The last word is only begun; a blank behind it ends it.
        expression = " AND ".join(search.any_of((word,), prefix=True) for word in name_words(prefix))
        other = " AND ".join(search.any_of((word,), prefix=True) for word in name_words(weak))
        expression = f"({expression}) OR ({other})"
        documents = _begun(connection, weak, kinds, limit)
        if len(documents) < limit:
            find = search.texts if kinds[0] in search.WRITTEN_KINDS else _cards
            documents = find(connection, expression, kinds, _LOOKED_AT)
    else:
        weak = ""
        documents = search.first(connection, kinds, limit)
    begun = (fold(prefix), weak)
    found = [
        record
        for record in search.records(connection, documents)
        if fold(record.name).startswith(begun[0]) or fold_weak(record.name).startswith(begun[1])
    ]
    for record in sorted(found, key=lambda record: fold(record.name))[:limit]:
        yield record.name, record.company or ""


def _begun(connection: sqlite3.Connection, weak: str, kinds: tuple[str, ...], limit: int) -> list[int]:
    """Return the first people and firms whose name begins with a folded text: a common one has thousands of bearers."""
    return [
        row * KINDS_ROOM + KIND_CODES[kind]
        for kind in kinds
        if kind in name_order.KINDS
        for row in name_order.begun(connection, kind, weak, limit)
    ]


def _cards(connection: sqlite3.Connection, expression: str, kinds: tuple[str, ...], limit: int) -> list[int]:
    names = search.within(search.OWN, f"({expression})")
    return [card[0] for card in search.cards(connection, names, kinds, limit)]


def _tags(connection: sqlite3.Connection, prefix: str, limit: int) -> Iterator[tuple[str, str]]:
    rows = connection.execute(
        "SELECT DISTINCT name FROM tag WHERE name >= ? AND name < ? ORDER BY name LIMIT ?",
        (prefix, prefix + "\U0010ffff", limit),
    )
    for (name,) in rows:
        yield name, ""
