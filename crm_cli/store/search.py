"""Ask the search index: names, words, numbers, ids. How hits rank is the services' business.

A query is an FTS5 expression of folded words, which hold letters and digits only, so
nothing a user types can be read as FTS5 syntax.
"""

from __future__ import annotations

from crm_cli.domain.names import name_key, name_words
from crm_cli.store.search_schema import (
    INDEX_VERSION,
    KEY_GLUE,
    KEY_LOCAL,
    KEY_NAME,
    KIND_CODES,
    KIND_NAMES,
    KINDS_ROOM,
    key_token,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

_AMONG = "(SELECT value FROM json_each(?))"
# The table and the column that names a record, by kind.
_NAME_COLUMNS = {
    **dict.fromkeys(("contact", "company"), "name"),
    **dict.fromkeys(("deal", "event"), "title"),
    **dict.fromkeys(("interaction", "task"), "text"),
}
# The kinds that have a name of their own; the others are found by what was written.
NAMED_KINDS = ("contact", "company", "deal")
WRITTEN_KINDS = ("task", "interaction", "event")
KINDS = NAMED_KINDS + WRITTEN_KINDS
OWN = ("name", "name_weak")
EMPLOYER = ("company", "company_weak")


class Record:
    """A record a query found: `row` its integer key, `id` the public uid; a contact with its current employer."""

    __slots__ = ("company", "company_id", "company_row", "id", "kind", "name", "row")

    def __init__(self, kind: str, row: int, id: str, name: str) -> None:
        self.kind = kind
        self.row = row
        self.id = id
        self.name = name
        self.company: str | None = None
        self.company_row: int | None = None
        self.company_id: str | None = None

    @property
    def document(self) -> int:
        """Return the record's number in the index."""
        return self.row * KINDS_ROOM + KIND_CODES[self.kind]


def catch_up(connection: sqlite3.Connection) -> None:
    """Index what changed since the last time; runs inside the caller's write transaction."""
    from crm_cli.store.search_index import update

    update(connection)


def ready(connection: sqlite3.Connection) -> bool:
    """Catch up where the journal is ahead (somebody wrote with the sqlite3 shell), if this connection may write.

    Return whether the index holds everything now; a read-only store answers from what it has.
    """
    last, newest, version = connection.execute(
        "SELECT last_change_id, (SELECT coalesce(max(id), 0) FROM change), version FROM search_state"
    ).fetchone()
    if last == newest and version == INDEX_VERSION:
        return True
    import sqlite3

    from crm_cli.errors import StoreError
    from crm_cli.store.lock import WriterLock

    try:
        if connection.in_transaction:
            catch_up(connection)
            return True
        path = connection.execute("PRAGMA database_list").fetchone()[2]
        with WriterLock(path or None):
            _catch_up_alone(connection)
        return True
    except (sqlite3.OperationalError, StoreError):
        return False


def _catch_up_alone(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        catch_up(connection)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def kind_of(document: int) -> str:
    """Return the kind of a document's record."""
    return KIND_NAMES[document % KINDS_ROOM]


def any_of(words: Iterable[str], *, prefix: bool) -> str:
    """Return the expression for one of these words, each a whole word or the beginning of one."""
    star = "*" if prefix else ""
    return "(" + " OR ".join(f'"{word}"{star}' for word in words) + ")"


def within(columns: Sequence[str], expression: str) -> str:
    """Return the expression limited to these columns."""
    return f"{{{' '.join(columns)}}} : {expression}"


def keyed(connection: sqlite3.Connection, tokens: Iterable[str], kinds: Sequence[str], limit: int) -> list[int]:
    """Return the documents that have one of these keys (`search_schema.key_token`)."""
    expression = "keys : (" + " OR ".join(f'"{token}"' for token in tokens) + ")"
    return [row[0] for row in cards(connection, expression, kinds, limit)]


def cards(
    connection: sqlite3.Connection, expression: str, kinds: Sequence[str], limit: int
) -> list[tuple[int, str, str, str, str]]:
    """Return (document, name, name_weak, company, company_weak) of the people, firms and deals an expression finds."""
    sql = f"""SELECT rowid, name, name_weak, company, company_weak FROM search_card
              WHERE search_card MATCH ? AND rowid % {KINDS_ROOM} IN ({_codes(kinds)}) LIMIT ?"""
    return connection.execute(sql, (expression, limit)).fetchall()


def texts(connection: sqlite3.Connection, expression: str, kinds: Sequence[str], limit: int) -> list[int]:
    """Return the documents of what was written that an expression finds, newest first."""
    sql = f"""SELECT rowid FROM search_text WHERE search_text MATCH ? AND rowid % {KINDS_ROOM} IN ({_codes(kinds)})
              ORDER BY rowid DESC LIMIT ?"""
    return [row[0] for row in connection.execute(sql, (expression, limit))]


def _codes(kinds: Sequence[str]) -> str:
    return ", ".join(str(KIND_CODES[kind]) for kind in kinds)


def records(connection: sqlite3.Connection, documents: Sequence[int]) -> list[Record]:
    """Return the records of these documents in their order; a document without a record is left out."""
    by_kind: dict[str, list[int]] = {}
    for document in documents:
        by_kind.setdefault(KIND_NAMES[document % KINDS_ROOM], []).append(document // KINDS_ROOM)
    found: dict[int, Record] = {}
    for kind, rows in by_kind.items():
        sql = f"SELECT id, uid, {_NAME_COLUMNS[kind]} FROM {kind} WHERE id IN {_AMONG}"
        ids = f"[{','.join(map(str, rows))}]"
        for row, uid, name in connection.execute(sql, (ids,)):
            found[row * KINDS_ROOM + KIND_CODES[kind]] = Record(kind, row, uid, name)
        _add_companies(connection, kind, ids, found)
    return [found[document] for document in documents if document in found]


# A person's employer is the newest job without an end: later rows of this order win.
_COMPANIES = {
    "contact": f"""SELECT e.contact_id, c.id, c.uid, c.name
        FROM employment AS e CROSS JOIN company AS c ON c.id = e.company_id
        WHERE e.contact_id IN {_AMONG} AND e.end_on IS NULL ORDER BY coalesce(e.start_on, ''), e.id""",
    **{
        kind: f"""SELECT r.id, c.id, c.uid, c.name FROM {kind} AS r CROSS JOIN company AS c ON c.id = r.company_id
            WHERE r.id IN {_AMONG}"""
        for kind in ("deal", "interaction", "task", "event")
    },
}


def _add_companies(connection: sqlite3.Connection, kind: str, ids: str, found: dict[int, Record]) -> None:
    if kind not in _COMPANIES:
        return
    for row, company_row, company_id, company in connection.execute(_COMPANIES[kind], (ids,)):
        record = found[row * KINDS_ROOM + KIND_CODES[kind]]
        record.company, record.company_row, record.company_id = company, company_row, company_id


def by_id(connection: sqlite3.Connection, prefix: str, kinds: Sequence[str], limit: int) -> list[int]:
    """Return the documents whose uid begins with `prefix`."""
    found: list[int] = []
    for kind in kinds:
        rows = connection.execute(
            f"SELECT id FROM {kind} WHERE uid >= ? AND uid < ? LIMIT ?", (prefix, prefix + "{", limit)
        )
        found += [row * KINDS_ROOM + KIND_CODES[kind] for (row,) in rows]
    return found


def by_mail(connection: sqlite3.Connection, address: str) -> list[int]:
    """Return the documents of the people and firms with this address, whatever its case."""
    from crm_cli.domain.reference import email_key

    key = email_key(address.removeprefix("mailto:"))
    rows = connection.execute("SELECT contact_id, company_id FROM email WHERE folded = ? ORDER BY id", (key,))
    return _parties(rows)


def _parties(rows: Iterable[tuple[int | None, int | None]]) -> list[int]:
    found = dict.fromkeys(
        contact * KINDS_ROOM + KIND_CODES["contact"]
        if contact is not None
        else (company or 0) * KINDS_ROOM + KIND_CODES["company"]
        for contact, company in rows
    )
    return list(found)


def by_number(connection: sqlite3.Connection, numbers: Sequence[str]) -> list[int]:
    """Return the documents of the people and firms with one of these E.164 numbers."""
    sql = f"SELECT contact_id, company_id FROM phone WHERE e164 IN {_AMONG}"
    return _parties(connection.execute(sql, ('["' + '","'.join(numbers) + '"]',)))


def by_digits(connection: sqlite3.Connection, digits: str, limit: int) -> list[int]:
    """Return the documents with a number that holds these digits in a row; reads the index of all numbers."""
    sql = """SELECT contact_id, company_id FROM phone WHERE id IN
             (SELECT id FROM phone INDEXED BY phone_e164 WHERE e164 LIKE ? AND e164 IS NOT NULL LIMIT ?)"""
    found = _parties(connection.execute(sql, (f"%{digits}%", limit)))
    local = cards(
        connection, f'keys : "{KEY_GLUE}{KEY_LOCAL}{KEY_GLUE}{digits.lstrip("0")}"*', ("contact", "company"), limit
    )
    return list(dict.fromkeys([*found, *(row[0] for row in local)]))


def rows_named(connection: sqlite3.Connection, kind: str, name: str) -> list[int]:
    """Return the records of a kind whose folded name is this one, titles and the order of the words aside."""

    token = key_token(KEY_NAME, name_key(name_words(name), name))
    return [document // KINDS_ROOM for document in keyed(connection, [token], (kind,), -1)]


def first(connection: sqlite3.Connection, kinds: Sequence[str], limit: int) -> list[int]:
    """Return some documents of these kinds, the newest first."""
    return [
        row * KINDS_ROOM + KIND_CODES[kind]
        for kind in kinds
        for (row,) in connection.execute(f"SELECT id FROM {kind} ORDER BY id DESC LIMIT ?", (limit,))
    ]


def complete(connection: sqlite3.Connection, prefix: str, kind: str, limit: int) -> Iterator[tuple[str, str]]:
    """Yield (value, description) of what a shell may offer for `prefix`; `kind` is as in `Param.complete`."""
    from crm_cli.store.search_complete import complete as offered

    return offered(connection, prefix, kind, limit)


def text_words(connection: sqlite3.Connection, prefix: str) -> Iterator[str]:
    """Yield the words of what was written that begin with `prefix`."""
    sql = "SELECT term FROM search_text_word WHERE term >= ? AND term < ?"
    for (word,) in connection.execute(sql, (prefix, prefix + "\U0010ffff")):
        yield word
