"""SQL of synchronising: collections, the pairs of record and resource, conflicts, what a server said last."""

from __future__ import annotations

import json
from contextlib import contextmanager
from hashlib import sha256

from crm_cli.domain.sync import SyncCollection, SyncConflict, SyncItem, SyncStatus
from crm_cli.errors import Conflict, NotFound

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Any

_COLLECTION = "id, name, url, kind, user, password_command, direction, query, invite, tasks, entries, companies"
_ITEM = "id, href, etag, record_uid, origin, body_hash, facts_hash"


@contextmanager
def alone(path: str | None) -> Iterator[None]:
    """Keep a second sync of the same store out; raises Conflict at once. A store in memory has no other users."""
    try:
        import fcntl
    except ImportError:  # not a POSIX system: the checks before each write have to do
        yield
        return
    if path is None:
        yield
        return
    with open(path + "-sync-lock", "a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Conflict("Another sync is running.", hint="Wait for its end.") from None
        yield


def list_collections(connection: sqlite3.Connection) -> list[SyncCollection]:
    """Return every collection, by name."""
    rows = connection.execute(f"SELECT {_COLLECTION} FROM sync_collection ORDER BY name")
    return [SyncCollection(*row[:8], *map(bool, row[8:])) for row in rows]


def get_collection(connection: sqlite3.Connection, name: str) -> SyncCollection:
    """Return a collection by its name, whatever its case; raises NotFound with the names there are."""
    known = list_collections(connection)
    found = next((item for item in known if item.name.casefold() == name.casefold()), None)
    if found is None:
        raise NotFound(
            "There is no collection “{name}” to synchronise.",
            name=name,
            hint="crm sync list",
            candidates=[{"id": None, "kind": item.kind, "name": item.name} for item in known],
        )
    return found


def add_collection(connection: sqlite3.Connection, collection: SyncCollection) -> None:
    """Insert a collection; its `row` is not used."""
    connection.execute(
        f"INSERT INTO sync_collection ({_COLLECTION}) VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(collection.name, collection.url, collection.kind, collection.user, collection.password_command),
            *(collection.direction, collection.query, collection.invite, collection.tasks),
            *(collection.entries, collection.companies),
        ),
    )


def delete_collection(connection: sqlite3.Connection, row: int) -> None:
    """Forget a collection with everything noted about it; records and server stay as they are."""
    for table in ("sync_conflict", "sync_item", "sync_state", "sync_deleted"):
        connection.execute(f"DELETE FROM {table} WHERE collection_id = ?", (row,))
    connection.execute("DELETE FROM sync_collection WHERE id = ?", (row,))


def has_change_set(connection: sqlite3.Connection, number: int) -> bool:
    """Tell whether a change set was kept; one that changed nothing is not."""
    return connection.execute("SELECT 1 FROM change_set WHERE id = ?", (number,)).fetchone() is not None


def list_items(connection: sqlite3.Connection, collection: int) -> list[SyncItem]:
    """Return the pairs of a collection in the order they were made."""
    rows = connection.execute(f"SELECT {_ITEM} FROM sync_item WHERE collection_id = ? ORDER BY id", (collection,))
    return [SyncItem(*row) for row in rows]


def put_item(
    connection: sqlite3.Connection,
    collection: int,
    item: SyncItem | None,
    *,
    href: str,
    etag: str,
    record_uid: str,
    origin: str,
    body: str,
    facts: str,
) -> None:
    """Note that a record and a resource agree; `item` is the pair as it was noted before."""
    connection.execute("DELETE FROM sync_deleted WHERE collection_id = ? AND href = ?", (collection, href))
    values = (href, etag, record_uid, origin, put_text(connection, body), put_text(connection, facts))
    if item is None:
        connection.execute(
            """INSERT INTO sync_item (collection_id, href, etag, record_uid, origin, body_hash, facts_hash)
               VALUES (?, ?, ?, ?, ?, ?, ?)""",
            (collection, *values),
        )
        return
    connection.execute(
        """UPDATE sync_item SET href = ?, etag = ?, record_uid = ?, origin = ?, body_hash = ?, facts_hash = ?
           WHERE id = ?""",
        (*values, item.row),
    )


def move_item(connection: sqlite3.Connection, collection: int, old: str, href: str) -> None:
    """Note that the resource of a pair, and of its open question, has another name now."""
    for table in ("sync_item", "sync_conflict"):
        connection.execute(f"UPDATE {table} SET href = ? WHERE collection_id = ? AND href = ?", (href, collection, old))


def is_any_linked(connection: sqlite3.Connection, uids: Iterable[str]) -> bool:
    """Tell whether one of these records is a resource of any collection."""
    sql = "SELECT 1 FROM sync_item WHERE record_uid IN (SELECT value FROM json_each(?)) LIMIT 1"
    return connection.execute(sql, (json.dumps(list(uids)),)).fetchone() is not None


def delete_item(connection: sqlite3.Connection, row: int) -> None:
    """Forget a pair."""
    connection.execute("DELETE FROM sync_item WHERE id = ?", (row,))


def add_deleted(connection: sqlite3.Connection, collection: int, href: str) -> None:
    """Note that we deleted a resource ourselves."""
    connection.execute("INSERT OR IGNORE INTO sync_deleted (collection_id, href) VALUES (?, ?)", (collection, href))


def deleted_hrefs(connection: sqlite3.Connection, collection: int) -> set[str]:
    """Return the resources we deleted ourselves."""
    return {
        href for (href,) in connection.execute("SELECT href FROM sync_deleted WHERE collection_id = ?", (collection,))
    }


def text_hash(body: str) -> str:
    """Return the key of a text."""
    return sha256(body.encode("utf-8", "surrogatepass")).hexdigest()


def put_text(connection: sqlite3.Connection, body: str) -> str:
    """Keep a text, once; return its key."""
    key = text_hash(body)
    connection.execute("INSERT OR IGNORE INTO sync_text (hash, body) VALUES (?, ?)", (key, body))
    return key


def texts(connection: sqlite3.Connection, keys: Iterable[str]) -> dict[str, str]:
    """Return kept texts by key."""
    wanted = json.dumps(list(keys))
    sql = "SELECT hash, body FROM sync_text WHERE hash IN (SELECT value FROM json_each(?))"
    return dict(connection.execute(sql, (wanted,)))


def fingerprint(connection: sqlite3.Connection, collection: int) -> str:
    """Return a short form of all pairs and open questions: a token of the server counts only with the same one."""
    rows = connection.execute(
        """SELECT href, etag, record_uid, '' FROM sync_item WHERE collection_id = ?1
           UNION ALL SELECT href, id, record_uid, 'conflict' FROM sync_conflict WHERE collection_id = ?1
           ORDER BY 1, 2, 3, 4""",
        (collection,),
    )
    return sha256(json.dumps(rows.fetchall()).encode()).hexdigest()


def state(connection: sqlite3.Connection, collection: int) -> str | None:
    """Return what the other side said last; None where an undo or a restore changed the pairs since."""
    row = connection.execute(
        "SELECT token, fingerprint FROM sync_state WHERE collection_id = ?", (collection,)
    ).fetchone()
    if row is None or row[1] != fingerprint(connection, collection):
        return None
    return None if row[0] is None else str(row[0])


def save_state(connection: sqlite3.Connection, collection: int, *, state: str | None, stamp: str) -> None:
    """Note that everything up to this state of the other side is in step."""
    connection.execute(
        """INSERT INTO sync_state (collection_id, token, fingerprint, at, error) VALUES (?, ?, ?, ?, NULL)
           ON CONFLICT (collection_id) DO UPDATE SET token = excluded.token,
             fingerprint = excluded.fingerprint, at = excluded.at, error = NULL""",
        (collection, state, fingerprint(connection, collection), stamp),
    )


def save_error(
    connection: sqlite3.Connection, collection: int, template: str, params: Mapping[str, object] | None = None
) -> None:
    """Note why the last sync did not come to its end, for readers of any language: a template and what goes into it."""
    told = {"template": template, "params": {name: str(value) for name, value in (params or {}).items()}}
    connection.execute(
        """INSERT INTO sync_state (collection_id, error) VALUES (?, ?)
           ON CONFLICT (collection_id) DO UPDATE SET error = excluded.error""",
        (collection, json.dumps(told, ensure_ascii=False)),
    )


def _told(error: str | None, say: Callable[..., str]) -> str | None:
    """Return a noted error as it is said; one of an earlier version is the text itself."""
    if error is None or not error.startswith('{"template": '):
        return error
    told = json.loads(error)
    return say(told["template"], **told["params"])


def statuses(connection: sqlite3.Connection, *, say: Callable[..., str]) -> list[SyncStatus]:
    """Return how each collection is doing, by name; `say(template, **params)` puts errors into the reader's words."""
    rows = connection.execute(
        """SELECT c.name, c.url, c.kind, c.direction, c.query,
                  (SELECT count(*) FROM sync_item AS i WHERE i.collection_id = c.id),
                  (SELECT count(*) FROM sync_conflict AS x WHERE x.collection_id = c.id),
                  s.at, s.error
           FROM sync_collection AS c LEFT JOIN sync_state AS s ON s.collection_id = c.id ORDER BY c.name"""
    )
    found = [SyncStatus(*row) for row in rows]
    return [one.changed(error=_told(one.error, say)) for one in found]


def add_conflict(
    connection: sqlite3.Connection,
    collection: int,
    *,
    href: str,
    record_uid: str,
    kind: str,
    name: str,
    fields: list[dict[str, Any]],
    mine: str | None,
    theirs: str | None,
    stamp: str,
) -> None:
    """Keep both versions of an item side by side until somebody decides."""
    delete_conflict(connection, collection, href)
    kept = [None if text is None else put_text(connection, text) for text in (mine, theirs)]
    connection.execute(
        """INSERT INTO sync_conflict (collection_id, href, record_uid, kind, name, fields, mine_hash, theirs_hash, at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (collection, href, record_uid, kind, name, json.dumps(fields, ensure_ascii=False), *kept, stamp),
    )


def delete_conflict(connection: sqlite3.Connection, collection: int, href: str) -> None:
    """Forget a conflict that is settled."""
    connection.execute("DELETE FROM sync_conflict WHERE collection_id = ? AND href = ?", (collection, href))


def conflict_hrefs(connection: sqlite3.Connection, collection: int) -> dict[str, tuple[str, str | None]]:
    """Return href -> (record uid, answer) of the conflicts of a collection."""
    rows = connection.execute(
        "SELECT href, record_uid, answer FROM sync_conflict WHERE collection_id = ?", (collection,)
    )
    return {href: (uid, answer) for href, uid, answer in rows}


def list_conflicts(connection: sqlite3.Connection) -> list[SyncConflict]:
    """Return every conflict, the oldest first."""
    rows = connection.execute(
        """SELECT x.id, c.name, x.kind, x.name, x.fields, x.answer, x.at
           FROM sync_conflict AS x JOIN sync_collection AS c ON c.id = x.collection_id ORDER BY x.id"""
    )
    return [
        SyncConflict(number, collection, kind, name, json.loads(fields), answer, at)
        for number, collection, kind, name, fields, answer, at in rows
    ]


def answer_conflict(connection: sqlite3.Connection, number: int, side: str) -> None:
    """Note which side is to win; raises NotFound. The next sync carries it out."""
    if not connection.execute("UPDATE sync_conflict SET answer = ? WHERE id = ?", (side, number)).rowcount:
        raise NotFound("There is no conflict {id}.", id=number, hint="crm sync conflicts")
