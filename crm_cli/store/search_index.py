"""Keep the search index in step with the records.

The index is derived from the journal: whoever wrote (a service, an import, an undo,
the bare sqlite3 shell), the records named in `change` since the last time are read
again and their documents replaced where they differ.
"""

from __future__ import annotations

from crm_cli.store import name_order
from crm_cli.store.search_docs import documents, json_ids
from crm_cli.store.search_schema import INDEX_VERSION, KIND_CODES, KINDS_ROOM
from crm_cli.store.search_words import add_words, clear_words, is_kept, known_words, remove_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from crm_cli.store.search_docs import Card

    Changed = dict[str, set[int]]

# Records read at a time: bounds the memory of a rebuild.
_BATCH = 5_000
_AMONG = "(SELECT value FROM json_each(?))"

# Which documents a changed row of another table is part of: document kind -> column that names its record.
_OWNED: dict[str, dict[str, str]] = {
    **{table: {"contact": "contact_id", "company": "company_id"} for table in ("email", "phone", "address", "link")},
    "employment": {"contact": "contact_id"},
    "tag": {kind: f"{kind}_id" for kind in KIND_CODES},
    "need": {"interaction": "interaction_id"},
    "request": {"interaction": "interaction_id"},
    "interaction_contact": {"interaction": "interaction_id"},
    "task_contact": {"task": "task_id"},
    "event_contact": {"event": "event_id"},
    "event_attendee": {"event": "event_id"},
}

# Which documents hold the name of a person or firm: SELECTs of their record ids.
_NAMED: dict[str, dict[str, str]] = {
    "contact": {
        "interaction": f"SELECT interaction_id FROM interaction_contact WHERE contact_id IN {_AMONG}",
        "task": f"SELECT task_id FROM task_contact WHERE contact_id IN {_AMONG}",
        "event": f"SELECT event_id FROM event_contact WHERE contact_id IN {_AMONG}",
    },
    "company": {
        "contact": f"SELECT contact_id FROM employment WHERE company_id IN {_AMONG}",
        "deal": f"SELECT id FROM deal WHERE company_id IN {_AMONG}",
        "interaction": f"SELECT id FROM interaction WHERE company_id IN {_AMONG}",
        "task": f"SELECT id FROM task WHERE company_id IN {_AMONG}",
        "event": f"SELECT id FROM event WHERE company_id IN {_AMONG}",
    },
}


def is_behind(connection: sqlite3.Connection) -> bool:
    """Return whether the journal holds changes the index does not."""
    return bool(
        connection.execute(
            "SELECT last_change_id <> (SELECT coalesce(max(id), 0) FROM change) OR version <> ? FROM search_state",
            (INDEX_VERSION,),
        ).fetchone()[0]
    )


def update(connection: sqlite3.Connection) -> None:
    """Index what changed since the last time; runs inside the caller's write transaction."""
    last, version = connection.execute("SELECT last_change_id, version FROM search_state").fetchone()
    newest = connection.execute("SELECT coalesce(max(id), 0) FROM change").fetchone()[0]
    if version != INDEX_VERSION or newest < last:
        rebuild(connection)
        return
    for kind, ids in changed_records(connection, last).items():
        ordered = sorted(ids)
        for start in range(0, len(ordered), _BATCH):
            _replace(connection, kind, ordered[start : start + _BATCH])
    _mark(connection, newest)


def rebuild(connection: sqlite3.Connection) -> None:
    """Make the whole index anew; runs inside the caller's write transaction."""
    connection.execute("DELETE FROM search_card")
    connection.execute("DELETE FROM search_text")
    clear_words(connection)
    name_order.clear(connection)
    newest = connection.execute("SELECT coalesce(max(id), 0) FROM change").fetchone()[0]
    for kind in KIND_CODES:
        for ids in _all_ids(connection, kind):
            _replace(connection, kind, ids)
    _mark(connection, newest)


def check(connection: sqlite3.Connection) -> dict[str, int]:
    """Compare the index with the records; return how many documents are `missing`, `stale` or `orphaned`."""
    found = {"missing": 0, "stale": 0, "orphaned": 0}
    for kind in KIND_CODES:
        for ids in _all_ids(connection, kind):
            cards, texts = _indexed(connection, kind, ids)
            misplaced = name_order.misplaced(connection, kind, ids) if kind in name_order.KINDS else set()
            for rowid, card, text in documents(connection, kind, ids):
                if (cards.get(rowid), texts.get(rowid)) != (card, text):
                    found["missing" if rowid not in cards and rowid not in texts else "stale"] += 1
                elif rowid // KINDS_ROOM in misplaced or (card is not None and not _words_known(connection, card)):
                    found["stale"] += 1
        found["orphaned"] += name_order.orphaned(connection, kind) if kind in name_order.KINDS else 0
        for table in ("search_card", "search_text"):
            found["orphaned"] += connection.execute(
                f"""SELECT count(*) FROM {table} WHERE rowid % {KINDS_ROOM} = {KIND_CODES[kind]}
                    AND rowid / {KINDS_ROOM} NOT IN (SELECT id FROM {kind})"""
            ).fetchone()[0]
    return found


def changed_records(connection: sqlite3.Connection, last: int) -> Changed:
    """Return the record ids, by kind, whose document a change after `last` may touch."""
    changed: Changed = {kind: set() for kind in KIND_CODES}
    spans = connection.execute(
        """SELECT entity, min(row_id), max(row_id), count(*), sum(operation <> 'insert') FROM change
           WHERE id > ? GROUP BY entity""",
        (last,),
    ).fetchall()
    for entity, first, final, count, not_inserted in spans:
        # An import inserts whole runs of rows: a range of ids reads faster than a list of them.
        run = not not_inserted and final - first + 1 == count
        among, values = (
            ("BETWEEN ? AND ?", (first, final))
            if run
            else ("IN (SELECT row_id FROM change WHERE id > ? AND entity = ?)", (last, entity))
        )
        if entity in changed:
            if run:
                changed[entity].update(range(first, final + 1))
            else:
                sql = "SELECT DISTINCT row_id FROM change WHERE id > ? AND entity = ?"
                changed[entity].update(row[0] for row in connection.execute(sql, values))
        for kind, column in _OWNED.get(entity, {}).items():
            sql = f"SELECT DISTINCT {column} FROM {entity} WHERE id {among} AND {column} IS NOT NULL"
            changed[kind].update(row[0] for row in connection.execute(sql, values))
            if not_inserted:
                changed[kind].update(_former_owners(connection, entity, column, last))
        if not_inserted and entity in _NAMED:
            renamed = json_ids(_renamed(connection, entity, last))
            for kind, sql in _NAMED[entity].items():
                changed[kind].update(row[0] for row in connection.execute(sql, (renamed,)))
    return changed


def _former_owners(connection: sqlite3.Connection, entity: str, column: str, last: int) -> Iterable[int]:
    """Return the records that rows deleted or moved since then belonged to."""
    sql = f"""SELECT json_extract(before, '$.{column}') AS record FROM change
              WHERE id > ? AND entity = ? AND operation <> 'insert' AND record IS NOT NULL"""
    return [row[0] for row in connection.execute(sql, (last, entity))]


def _renamed(connection: sqlite3.Connection, entity: str, last: int) -> Iterable[int]:
    sql = """SELECT DISTINCT row_id FROM change WHERE id > ? AND entity = ? AND operation <> 'insert'
             AND json_extract(before, '$.name') IS NOT json_extract(after, '$.name')"""
    return [row[0] for row in connection.execute(sql, (last, entity))]


def _all_ids(connection: sqlite3.Connection, kind: str) -> Iterable[list[int]]:
    last = 0
    while True:
        sql = f"SELECT id FROM {kind} WHERE id > ? ORDER BY id LIMIT {_BATCH}"
        ids = [row[0] for row in connection.execute(sql, (last,))]
        if not ids:
            return
        yield ids
        last = ids[-1]


def _indexed(
    connection: sqlite3.Connection, kind: str, ids: list[int]
) -> tuple[dict[int, tuple[str, ...]], dict[int, tuple[str, ...]]]:
    """Return what the index holds of these records: cards and texts by document."""
    wanted = json_ids(row * KINDS_ROOM + KIND_CODES[kind] for row in ids)
    cards = f"SELECT rowid, * FROM search_card WHERE rowid IN {_AMONG}"
    texts = f"SELECT rowid, name, body FROM search_text WHERE rowid IN {_AMONG}"
    return (
        {row[0]: row[1:] for row in connection.execute(cards, (wanted,))},
        {row[0]: row[1:] for row in connection.execute(texts, (wanted,))},
    )


def _replace(connection: sqlite3.Connection, kind: str, ids: list[int]) -> None:
    """Read these records again and write what differs from the index."""
    cards, texts = _indexed(connection, kind, ids)
    former_words = {word for card in cards.values() for word in _vocabulary(card)}
    new_words: set[str] = set()
    new_cards: list[tuple[object, ...]] = []
    new_texts: list[tuple[object, ...]] = []
    for rowid, card, text in documents(connection, kind, ids):
        if card is not None:
            new_words.update(_vocabulary(card))
            if cards.get(rowid) == card:
                del cards[rowid]
            else:
                new_cards.append((rowid, *card))
        if text is not None:
            if texts.get(rowid) == text:
                del texts[rowid]
            else:
                new_texts.append((rowid, *text))
    many = connection.executemany
    many("DELETE FROM search_card WHERE rowid = ?", [(rowid,) for rowid in cards])
    many("DELETE FROM search_text WHERE rowid = ?", [(rowid,) for rowid in texts])
    many(
        """INSERT INTO search_card (rowid, name, name_weak, company, company_weak, reach, facts, keys)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        new_cards,
    )
    many("INSERT INTO search_text (rowid, name, body) VALUES (?, ?, ?)", new_texts)
    add_words(connection, new_words)
    if kind in name_order.KINDS:
        name_order.replace(connection, kind, ids)
    _forget(connection, former_words - new_words)


def _vocabulary(card: Sequence[str]) -> list[str]:
    return f"{card[0]} {card[1]}".split() if card[1] else card[0].split()


def _forget(connection: sqlite3.Connection, gone: set[str]) -> None:
    """Drop words from the vocabulary that no name holds any more."""
    unused = []
    for word in filter(is_kept, gone):
        sql = "SELECT 1 FROM search_card WHERE search_card MATCH ? LIMIT 1"
        if connection.execute(sql, (f'{{name name_weak}} : "{word}"',)).fetchone() is None:
            unused.append(word)
    if unused:
        remove_words(connection, unused)


def _words_known(connection: sqlite3.Connection, card: Card) -> bool:
    wanted = set(filter(is_kept, _vocabulary(card)))
    return wanted == known_words(connection, wanted)


def _mark(connection: sqlite3.Connection, newest: int) -> None:
    connection.execute("UPDATE search_state SET last_change_id = ?, version = ?", (newest, INDEX_VERSION))
