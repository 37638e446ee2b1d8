"""SQL of the foreign cards records came in: the text once, by its hash, and a row for each record that has it."""

from __future__ import annotations

from contextlib import contextmanager

from crm_cli.store import bulk
from crm_cli.store.parties import marks

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence


class Card:
    """A card of a record: `uid` the foreign UID, `form` its format (`vcard-3.0`, `json`, `csv-…`), `body` its text."""

    __slots__ = ("body", "form", "row", "uid")

    def __init__(self, row: int, uid: str | None, form: str, body: str) -> None:
        self.row = row
        self.uid = uid
        self.form = form
        self.body = body


class NewCard:
    """A card to be kept; `hash` is that of its text, `content_hash` that of what it says."""

    __slots__ = ("body", "content_hash", "form", "hash", "uid")

    def __init__(self, uid: str | None, form: str, body: str, hash: str, content_hash: str) -> None:
        self.uid = uid
        self.form = form
        self.body = body
        self.hash = hash
        self.content_hash = content_hash


def add_many(connection: sqlite3.Connection, kind: str, rows: Iterable[int], cards: Sequence[NewCard]) -> None:
    """Keep a card for each of these records, a statement a table."""
    _keep_texts(connection, cards)
    bulk.insert(
        connection,
        "card",
        ("uid", "format", "hash", "content_hash", f"{kind}_id"),
        [(card.uid, card.form, card.hash, card.content_hash, row) for card, row in zip(cards, rows, strict=True)],
    )


def replace(connection: sqlite3.Connection, number: int, card: NewCard) -> None:
    """Let a card's row hold a newer text."""
    _keep_texts(connection, [card])
    connection.execute(
        "UPDATE card SET uid = ?, format = ?, hash = ?, content_hash = ? WHERE id = ?",
        (card.uid, card.form, card.hash, card.content_hash, number),
    )


def _keep_texts(connection: sqlite3.Connection, cards: Sequence[NewCard]) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO raw_card (hash, body) VALUES (?, ?)", [(card.hash, card.body) for card in cards]
    )


def of_record(connection: sqlite3.Connection, kind: str, row: int) -> list[tuple[int, Card]]:
    """Return (row id of the card, card) of everything one record came in, the newest first."""
    found = connection.execute(
        f"""SELECT k.id, k.uid, k.format, r.body FROM card AS k JOIN raw_card AS r ON r.hash = k.hash
            WHERE k.{kind}_id = ? ORDER BY k.id DESC""",
        (row,),
    )
    return [(number, Card(row, uid, form, body)) for number, uid, form, body in found]


def of_records(connection: sqlite3.Connection, kind: str, rows: Sequence[int]) -> Iterator[Card]:
    """Yield the card each record is given back in: its oldest vCard, else its oldest card of another format.

    Records without a card are left out; the others come in the order of their rows. SQLite gives the texts one by one,
    without sorting them: a block of cards with photos would fill the memory.
    """
    sql = f"""SELECT {kind}_id, uid, format, hash FROM card WHERE {kind}_id IN ({marks(rows)})
              ORDER BY {kind}_id, format NOT LIKE 'vcard%', id"""
    first: dict[int, tuple[str | None, str, str]] = {}
    for row, *card in connection.execute(sql, tuple(rows)):
        first.setdefault(row, (card[0], card[1], card[2]))
    chosen = list(first.items())
    hashes = '["' + '","'.join([card[2] for _, card in chosen]) + '"]' if chosen else "[]"
    texts = connection.execute(
        "SELECT j.key, r.body FROM json_each(?) AS j CROSS JOIN raw_card AS r ON r.hash = j.value", (hashes,)
    )
    for place, body in texts:
        row, (uid, form, _) = chosen[place]
        yield Card(row, uid, form, body)


def further_texts(connection: sqlite3.Connection, kind: str, rows: Sequence[int]) -> dict[int, list[str]]:
    """Return row -> the vCards a record came in beside its oldest, in the order they came; merged records have some."""
    found: dict[int, list[str]] = {}
    sql = f"""SELECT k.{kind}_id, r.body FROM card AS k JOIN raw_card AS r ON r.hash = k.hash
        WHERE k.{kind}_id IN ({marks(rows)}) AND k.format LIKE 'vcard%' AND EXISTS (
          SELECT 1 FROM card AS older WHERE older.{kind}_id = k.{kind}_id AND older.format LIKE 'vcard%'
            AND older.id < k.id)
        ORDER BY k.id"""
    for row, body in connection.execute(sql, tuple(rows)):
        found.setdefault(row, []).append(body)
    return found


def as_they_came(connection: sqlite3.Connection, kind: str, rows: Sequence[int]) -> set[int]:
    """Return those of the records that nobody has touched since they came in a card of their own.

    Every service that changes a record or what hangs on it stamps the record, so a stamp that is still that of the
    beginning tells. It does not where two commands wrote within a second, nor once somebody wrote with the sqlite3
    shell, nor for a card that was kept by a sync (it has no `content_hash`).
    """
    if connection.execute("SELECT 1 FROM change_set WHERE actor = 'sql' LIMIT 1").fetchone():
        return set()
    unclear = "(SELECT at FROM change_set GROUP BY at HAVING count(*) > 1)"
    firm = f"""AND NOT EXISTS (SELECT 1 FROM employment AS e JOIN company AS f ON f.id = e.company_id
      WHERE e.contact_id = r.id AND (f.updated_at <> f.created_at OR f.created_at IN {unclear}))"""
    sql = f"""SELECT r.id FROM {kind} AS r JOIN card AS k ON k.{kind}_id = r.id
        WHERE r.id IN ({marks(rows)}) AND r.updated_at = r.created_at AND k.content_hash IS NOT NULL
          AND r.created_at NOT IN {unclear} {firm if kind == "contact" else ""}
        GROUP BY r.id HAVING count(*) = 1"""
    return {row for (row,) in connection.execute(sql, tuple(rows))}


def existing(connection: sqlite3.Connection, kind: str, rows: Sequence[int]) -> set[int]:
    """Return those of the rows that exist."""
    ids = f"[{','.join(map(str, rows))}]"
    sql = f"SELECT group_concat(id) FROM {kind} WHERE id IN (SELECT value FROM json_each(?))"
    (found,) = connection.execute(sql, (ids,)).fetchone()
    return set(map(int, found.split(","))) if found else set()


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """Let everything read in this block be of one moment, whoever writes meanwhile."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


def kinds_of(connection: sqlite3.Connection, rows: Sequence[int]) -> dict[int, str]:
    """Return what each contact's card is of (vCard's KIND); ordinary people are left out."""
    sql = f"SELECT id, kind FROM contact WHERE kind <> 'individual' AND id IN ({marks(rows)})"
    return dict(connection.execute(sql, tuple(rows)))


def kinds_by_uid(connection: sqlite3.Connection) -> dict[str, str]:
    """Return uid -> kind of all contacts but ordinary people."""
    return dict(connection.execute("SELECT uid, kind FROM contact WHERE kind <> 'individual'"))


def roles_of(connection: sqlite3.Connection, rows: Sequence[int]) -> dict[int, str]:
    """Return the role of each contact in the present job, where there is one."""
    sql = f"""SELECT contact_id, role FROM employment
              WHERE role IS NOT NULL AND end_on IS NULL AND contact_id IN ({marks(rows)})
              ORDER BY coalesce(start_on, ''), id"""
    return dict(connection.execute(sql, tuple(rows)))


def company_rows_with_card(connection: sqlite3.Connection) -> list[int]:
    """Return the firms that came in as a card of their own, in the order they came."""
    sql = """SELECT id FROM company WHERE own_card = 1 AND id IN
             (SELECT company_id FROM card WHERE company_id IS NOT NULL AND format LIKE 'vcard%') ORDER BY id"""
    return [row for (row,) in connection.execute(sql)]


def rows_where(connection: sqlite3.Connection, table: str, where: str, values: Sequence[object]) -> list[int]:
    """Return the rows of a table a compiled query finds, in the order they came."""
    return [row for (row,) in connection.execute(f"SELECT id FROM {table} WHERE {where} ORDER BY id", tuple(values))]
