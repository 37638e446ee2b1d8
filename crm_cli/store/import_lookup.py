"""Which stored records an import may mean: one statement a question for any number of items."""

from __future__ import annotations

from crm_cli.store.search_docs import json_ids

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator

    # What was asked for, kind, row id, the row id of the card that says so.
    Found = tuple[str, str, int, int | None]

_AMONG = "(SELECT value FROM json_each(?))"


class Limits:
    """The newest rows before an import began: only what is not newer is matched."""

    __slots__ = ("company", "contact")
    contact: int
    company: int

    def __init__(self, connection: sqlite3.Connection) -> None:
        sql = "SELECT (SELECT coalesce(max(id), 0) FROM contact), (SELECT coalesce(max(id), 0) FROM company)"
        self.contact, self.company = connection.execute(sql).fetchone()

    def allow(self, kind: str, row: int) -> bool:
        """Tell whether a record was there before."""
        return row <= (self.contact if kind == "contact" else self.company)

    @property
    def empty(self) -> bool:
        """Whether there was nothing at all."""
        return not self.contact and not self.company


def by_content(connection: sqlite3.Connection, hashes: Collection[str]) -> Iterator[Found]:
    """Yield the records that came in a card saying exactly this."""
    sql = f"SELECT content_hash, contact_id, company_id, id FROM card WHERE content_hash IN {_AMONG} ORDER BY id"
    yield from _parties(connection, sql, hashes)


def by_uid(connection: sqlite3.Connection, uids: Collection[str]) -> Iterator[Found]:
    """Yield the records whose card has this UID, or that are called so themselves."""
    sql = f"SELECT uid, contact_id, company_id, id FROM card WHERE uid IN {_AMONG} ORDER BY id"
    yield from _parties(connection, sql, uids)
    for kind in ("contact", "company"):
        for uid, row in connection.execute(f"SELECT uid, id FROM {kind} WHERE uid IN {_AMONG}", (_json(uids),)):
            yield uid, kind, row, None


def by_email(connection: sqlite3.Connection, keys: Collection[str]) -> Iterator[Found]:
    """Yield the records with one of these e-mail addresses (`email_key`)."""
    sql = f"SELECT folded, contact_id, company_id, NULL FROM email WHERE folded IN {_AMONG} ORDER BY id"
    yield from _parties(connection, sql, keys)


def by_phone(connection: sqlite3.Connection, numbers: Collection[str]) -> Iterator[Found]:
    """Yield the records with one of these E.164 numbers."""
    sql = f"SELECT e164, contact_id, company_id, NULL FROM phone WHERE e164 IN {_AMONG} ORDER BY id"
    yield from _parties(connection, sql, numbers)


def _parties(connection: sqlite3.Connection, sql: str, values: Collection[str]) -> Iterator[Found]:
    for value, contact, company, card in connection.execute(sql, (_json(values),)):
        if contact is not None:
            yield value, "contact", contact, card
        elif company is not None:
            yield value, "company", company, card


def _json(values: Collection[str]) -> str:
    import json

    return json.dumps(list(values))


def names(connection: sqlite3.Connection, kind: str, rows: Collection[int]) -> dict[int, str]:
    """Return the names of records by row id; one that is gone is left out."""
    return dict(connection.execute(f"SELECT id, name FROM {kind} WHERE id IN {_AMONG}", (json_ids(rows),)))


def uid_of(connection: sqlite3.Connection, kind: str, row: int) -> str | None:
    """Return the public id of a record, or None where it is gone."""
    found = connection.execute(f"SELECT uid FROM {kind} WHERE id = ?", (row,)).fetchone()
    return None if found is None else str(found[0])


def own_card(connection: sqlite3.Connection, row: int) -> bool:
    """Tell whether a firm has a card of its own, rather than being only somebody's employer."""
    found = connection.execute("SELECT own_card FROM company WHERE id = ?", (row,)).fetchone()
    return bool(found and found[0])


# (older row, newer row) of records that share a UID, an e-mail, number and name, or name and employer. Each names the
# oldest one only: of a switchboard shared by thousands a pair for each two would be millions.
_SHARED = "SELECT {0} FROM {1} WHERE {2} IS NOT NULL GROUP BY {0} HAVING count(*) > 1 AND max({2}) > :limit"
_ALIKE = (
    f"""SELECT min({{kind}}_id) OVER (PARTITION BY uid) AS older, {{kind}}_id AS newer FROM card
        WHERE {{kind}}_id IS NOT NULL AND uid IN ({_SHARED.format("uid", "card", "{kind}_id")})""",
    f"""SELECT min({{kind}}_id) OVER (PARTITION BY folded) AS older, {{kind}}_id AS newer FROM email
        WHERE {{kind}}_id IS NOT NULL AND folded IN ({_SHARED.format("folded", "email", "{kind}_id")})""",
    f"""SELECT min(c.id) OVER (PARTITION BY p.e164, c.name) AS older, c.id AS newer FROM phone AS p JOIN {{kind}} AS c
        ON c.id = p.{{kind}}_id WHERE p.e164 IN ({_SHARED.format("e164", "phone", "{kind}_id")})""",
)
_SAME_NAME = {
    "contact": f"""SELECT min(c.id) OVER (PARTITION BY c.name, coalesce(e.company_id, 0)) AS older, c.id AS newer
        FROM contact AS c
        LEFT JOIN employment AS e ON e.contact_id = c.id AND e.end_on IS NULL
        WHERE c.name IN ({_SHARED.format("name", "contact", "id")})""",
    "company": f"""SELECT min(id) OVER (PARTITION BY name) AS older, id AS newer FROM company
        WHERE name IN ({_SHARED.format("name", "company", "id")})""",
}


def alike(connection: sqlite3.Connection, limits: Limits) -> list[tuple[str, str]]:
    """Return the pairs (public ids) of an old or new record and a later new one that may be the same.

    A pair somebody has rejected is left out.
    """
    pairs: dict[tuple[str, str], None] = {}
    for kind in ("contact", "company"):
        parts = " UNION ALL ".join(
            f"SELECT * FROM ({sql}) WHERE older < newer" for sql in (*_ALIKE, _SAME_NAME[kind])
        ).format(kind=kind)
        found = connection.execute(
            f"""WITH pair (older, newer) AS ({parts})
                SELECT DISTINCT a.uid, b.uid FROM pair JOIN {kind} AS a ON a.id = older JOIN {kind} AS b ON b.id = newer
                WHERE newer > :limit AND NOT EXISTS (SELECT 1 FROM not_duplicate
                  WHERE first_uid = min(a.uid, b.uid) AND second_uid = max(a.uid, b.uid)) ORDER BY newer, older""",
            {"limit": getattr(limits, kind)},
        )
        pairs.update(dict.fromkeys(found))
    return list(pairs)
