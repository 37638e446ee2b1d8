"""SQL of calendars as they came: their frames, their components, the records made of those."""

from __future__ import annotations

import hashlib
import json

from crm_cli.store import bulk
from crm_cli.store.links import marks

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from crm_cli.domain.ical_item import ItemDraft


class Item:
    """A component of a calendar: `row` its key, `record_uid` the record made of it, None for free/busy."""

    __slots__ = (
        "calendar_row",
        "component",
        "hash",
        "ical_uid",
        "position",
        "record_uid",
        "recurrence_id",
        "row",
        "sequence",
    )

    def __init__(
        self,
        row: int,
        calendar_row: int,
        position: int,
        component: str,
        ical_uid: str | None,
        recurrence_id: str | None,
        sequence: int,
        hash: str,
        record_uid: str | None,
    ) -> None:
        self.row = row
        self.calendar_row = calendar_row
        self.position = position
        self.component = component
        self.ical_uid = ical_uid
        self.recurrence_id = recurrence_id
        self.sequence = sequence
        self.hash = hash
        self.record_uid = record_uid

    @property
    def key(self) -> tuple[str, str | None, str | None]:
        """Return what tells which component of which series this is."""
        return (self.component, self.ical_uid, self.recurrence_id)


class Calendar:
    """A calendar: `row` its key, `id` the public uid; `frame` as in `CalendarDraft`."""

    __slots__ = ("frame", "id", "method", "name", "row", "source")

    def __init__(
        self, row: int, id: str, name: str | None, method: str | None, source: str | None, frame: Sequence[str | int]
    ) -> None:
        self.row = row
        self.id = id
        self.name = name
        self.method = method
        self.source = source
        self.frame = frame


_ITEM = "id, calendar_id, position, component, ical_uid, recurrence_id, sequence, hash, record_uid"


def text_hash(text: str) -> str:
    """Return the name a text has in `raw_card`."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def keep_texts(connection: sqlite3.Connection, texts: Iterable[str]) -> None:
    """Store texts once each, by hash."""
    connection.executemany(
        "INSERT OR IGNORE INTO raw_card (hash, body) VALUES (?, ?)", [(text_hash(text), text) for text in texts]
    )


def texts(connection: sqlite3.Connection, hashes: Iterable[str]) -> dict[str, str]:
    """Return stored texts by hash."""
    wanted = sorted(set(hashes))
    found: dict[str, str] = {}
    for start in range(0, len(wanted), 500):
        block = wanted[start : start + 500]
        found.update(connection.execute(f"SELECT hash, body FROM raw_card WHERE hash IN ({marks(block)})", block))
    return found


def frame_text(frame: Sequence[str | int]) -> str:
    """Return a frame as it is stored."""
    return json.dumps(frame, ensure_ascii=False, separators=(",", ":"))


def signature(frame: str, hashes: Sequence[str]) -> str:
    """Return what two calendars of the same content share."""
    return text_hash("\n".join([frame, *hashes]))


def add(
    connection: sqlite3.Connection,
    *,
    uid: str,
    name: str | None,
    method: str | None,
    source: str | None,
    frame: str,
    signature: str,
    owner: str,
    stamp: str,
) -> int:
    """Insert a calendar and return its row id."""
    keep_texts(connection, [frame])
    cursor = connection.execute(
        """INSERT INTO calendar (uid, owner, created_at, updated_at, name, method, source, frame_hash, signature)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (uid, owner, stamp, stamp, name, method, source, text_hash(frame), signature),
    )
    return int(cursor.lastrowid or 0)


def update(
    connection: sqlite3.Connection, row: int, *, name: str | None, frame: str, signature: str, stamp: str
) -> None:
    """Give a calendar another frame."""
    keep_texts(connection, [frame])
    connection.execute(
        "UPDATE calendar SET name = ?, frame_hash = ?, signature = ?, updated_at = ? WHERE id = ?",
        (name, text_hash(frame), signature, stamp, row),
    )


def add_items(
    connection: sqlite3.Connection, calendar_row: int, first: int, items: Sequence[tuple[ItemDraft, str | None]]
) -> None:
    """Insert components with their texts and the public ids of their records, from a position on."""
    keep_texts(connection, [draft.raw for draft, _ in items])
    rows = [
        (
            calendar_row, position, draft.component, draft.uid, draft.recurrence_id, draft.sequence,
            text_hash(draft.raw), record_uid,
        )
        for position, (draft, record_uid) in enumerate(items, first)
    ]  # fmt: skip
    bulk.insert(connection, "calendar_item", _ITEM.removeprefix("id, ").split(", "), rows)


def update_item(connection: sqlite3.Connection, row: int, *, sequence: int, text: str, record_uid: str | None) -> None:
    """Give a component another text and record."""
    keep_texts(connection, [text])
    connection.execute(
        "UPDATE calendar_item SET sequence = ?, hash = ?, record_uid = ? WHERE id = ?",
        (sequence, text_hash(text), record_uid, row),
    )


def newest_row(connection: sqlite3.Connection) -> int:
    """Return the highest row id of a calendar, 0 without any."""
    return int(connection.execute("SELECT coalesce(max(id), 0) FROM calendar").fetchone()[0])


def rows_with_signature(connection: sqlite3.Connection, signature: str, newest: int) -> list[int]:
    """Return the calendars of the same content up to a row id, the oldest first."""
    rows = connection.execute(
        "SELECT id FROM calendar WHERE signature = ? AND id <= ? ORDER BY id", (signature, newest)
    )
    return [row for (row,) in rows]


def items_like(connection: sqlite3.Connection, hashes: Sequence[str], uids: Sequence[str], newest: int) -> list[Item]:
    """Return the components with one of these texts or foreign UIDs in calendars up to a row id."""
    found: dict[int, Item] = {}
    for column, values in (("hash", hashes), ("ical_uid", uids)):
        for start in range(0, len(values), 500):
            block = tuple(values[start : start + 500])
            sql = f"SELECT {_ITEM} FROM calendar_item WHERE {column} IN ({marks(block)}) AND calendar_id <= ?"
            found.update((record[0], Item(*record)) for record in connection.execute(sql, (*block, newest)))
    return [found[row] for row in sorted(found)]


def items(connection: sqlite3.Connection, calendar_row: int) -> list[Item]:
    """Return the components of a calendar in their order."""
    sql = f"SELECT {_ITEM} FROM calendar_item WHERE calendar_id = ? ORDER BY position"
    return [Item(*record) for record in connection.execute(sql, (calendar_row,))]


def items_of_records(connection: sqlite3.Connection, uids: Sequence[str]) -> dict[str, Item]:
    """Return the component each record was made of, by the record's public id."""
    found: dict[str, Item] = {}
    for start in range(0, len(uids), 500):
        block = tuple(uids[start : start + 500])
        sql = f"SELECT {_ITEM} FROM calendar_item WHERE record_uid IN ({marks(block)}) ORDER BY id"
        found.update((record[8], Item(*record)) for record in connection.execute(sql, block))
    return found


def get_rows(connection: sqlite3.Connection, rows: Sequence[int] | None = None) -> list[Calendar]:
    """Return calendars with their frames in the order they came; all without `rows`."""
    where = "1" if rows is None else f"c.id IN ({marks(rows)})"
    records = connection.execute(
        f"""SELECT c.id, c.uid, c.name, c.method, c.source, r.body FROM calendar AS c
            JOIN raw_card AS r ON r.hash = c.frame_hash WHERE {where} ORDER BY c.id""",
        tuple(rows or ()),
    )
    return [
        Calendar(row, uid, name, method, source, json.loads(frame)) for row, uid, name, method, source, frame in records
    ]


def rows_with_emails(connection: sqlite3.Connection, keys: Sequence[str]) -> dict[str, int]:
    """Return the one person each e-mail address (in its key form) belongs to; shared addresses are left out."""
    found: dict[str, int | None] = {}
    for start in range(0, len(keys), 500):
        block = tuple(keys[start : start + 500])
        sql = f"SELECT folded, contact_id FROM email WHERE contact_id IS NOT NULL AND folded IN ({marks(block)})"
        for folded, row in connection.execute(sql, block):
            found[folded] = row if found.get(folded, row) == row else None
    return {key: row for key, row in found.items() if row is not None}


def email_keys(connection: sqlite3.Connection, contact_rows: Sequence[int]) -> list[str]:
    """Return the e-mail addresses of people in their key form."""
    sql = f"SELECT folded FROM email WHERE contact_id IN ({marks(contact_rows)})"
    return [folded for (folded,) in connection.execute(sql, tuple(contact_rows))]


def email_of(connection: sqlite3.Connection, contact_row: int) -> str | None:
    """Return a person's preferred e-mail, or None."""
    sql = "SELECT value FROM email WHERE contact_id = ? ORDER BY preferred DESC, id LIMIT 1"
    found = connection.execute(sql, (contact_row,)).fetchone()
    return None if found is None else str(found[0])


def record_row(connection: sqlite3.Connection, entity: str, uid: str) -> int | None:
    """Return the row of an `event`, `task` or `interaction` by its public id, or None."""
    return record_rows(connection, entity, [uid]).get(uid)


def record_rows(connection: sqlite3.Connection, entity: str, uids: Sequence[str]) -> dict[str, int]:
    """Return the rows of those records of a table that exist, by public id."""
    found: dict[str, int] = {}
    for start in range(0, len(uids), 500):
        block = tuple(uids[start : start + 500])
        found.update(connection.execute(f"SELECT uid, id FROM {entity} WHERE uid IN ({marks(block)})", block))
    return found


def ids_with_emails(connection: sqlite3.Connection, keys: Sequence[str]) -> dict[str, str]:
    """Return the public id of the one person each e-mail address belongs to, as `rows_with_emails` has them."""
    rows = rows_with_emails(connection, keys)
    known = sorted(set(rows.values()))
    ids: dict[int, str] = {}
    for start in range(0, len(known), 500):
        block = known[start : start + 500]
        ids.update(connection.execute(f"SELECT id, uid FROM contact WHERE id IN ({marks(block)})", block))
    return {key: ids[row] for key, row in rows.items()}
