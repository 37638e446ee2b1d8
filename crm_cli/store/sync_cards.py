"""SQL of people and firms as an address book on a server sees them: which there are, and the cards they came in."""

from __future__ import annotations

from hashlib import sha256

from crm_cli.store.parties import owned_rows

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from crm_cli.store.query_sql import Compiled


def rows_of(connection: sqlite3.Connection, kind: str) -> dict[str, int]:
    """Return public id -> row id of every person or firm."""
    return dict(connection.execute(f"SELECT uid, id FROM {kind}"))


def row_of(connection: sqlite3.Connection, kind: str, uid: str) -> int | None:
    """Return the row id of a person or firm, or None."""
    found = connection.execute(f"SELECT id FROM {kind} WHERE uid = ?", (uid,)).fetchone()
    return None if found is None else int(found[0])


def uids_where(connection: sqlite3.Connection, kind: str, compiled: Compiled) -> list[str]:
    """Return the public ids of the people or firms a compiled query finds, in the order they were added."""
    sql = f"SELECT uid FROM {kind} WHERE {compiled.where} ORDER BY id"
    return [uid for (uid,) in connection.execute(sql, tuple(compiled.params))]


def owners_of_card(connection: sqlite3.Connection, card_uid: str) -> list[str]:
    """Return the public ids of the records that came in a card of this UID, or are called so themselves."""
    rows = connection.execute(
        """SELECT c.uid FROM card AS k JOIN contact AS c ON c.id = k.contact_id WHERE k.uid = ?1
           UNION SELECT c.uid FROM card AS k JOIN company AS c ON c.id = k.company_id WHERE k.uid = ?1
           UNION SELECT uid FROM contact WHERE uid = ?1 UNION SELECT uid FROM company WHERE uid = ?1""",
        (card_uid,),
    )
    return [uid for (uid,) in rows]


def cards_of(connection: sqlite3.Connection, kind: str, row: int) -> list[tuple[str | None, str]]:
    """Return (UID, text) of the vCards a record came in, the newest first; merged records have several."""
    return connection.execute(
        f"""SELECT k.uid, r.body FROM card AS k JOIN raw_card AS r ON r.hash = k.hash
            WHERE k.{kind}_id = ? AND k.format LIKE 'vcard%' ORDER BY k.id DESC""",
        (row,),
    ).fetchall()


def put_card(connection: sqlite3.Connection, kind: str, row: int, *, uid: str | None, form: str, raw: str) -> None:
    """Keep the text of the card a record has on the server, in place of an older one with the same UID."""
    key = sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()
    execute = connection.execute
    execute("INSERT OR IGNORE INTO raw_card (hash, body) VALUES (?, ?)", (key, raw))
    known = execute(f"SELECT id FROM card WHERE {kind}_id = ? AND uid IS ? ORDER BY id DESC", (row, uid)).fetchone()
    if known is None:
        execute(f"INSERT INTO card (uid, format, hash, {kind}_id) VALUES (?, ?, ?, ?)", (uid, form, key, row))
    else:
        execute(
            "UPDATE card SET format = ?1, hash = ?2, content_hash = NULL WHERE id = ?3 AND hash <> ?2",
            (form, key, known[0]),
        )


def numbers_of(connection: sqlite3.Connection, table: str, kind: str, row: int, values: Sequence[object]) -> list[int]:
    """Return the row ids of these values (a text, or an address) in an owned table."""
    return [number for number, value in owned_rows(connection, table, kind, row) if value in values]
