"""Turn records into documents of the search index.

Set-based on purpose: one SELECT a table for any number of records, so that an
import of 100,000 cards pays a few microseconds a card.
"""

from __future__ import annotations

from crm_cli.domain.names import (
    NAME_LIMIT,
    name_key,
    name_words,
    name_words_weak,
    spellings_by_folding,
    without_legal_form,
)
from crm_cli.domain.text import digits, spread
from crm_cli.store.search_schema import (
    KEY_LOCAL,
    KEY_NAME,
    KEY_NAME_WEAK,
    KEY_SHORT,
    KEY_SHORT_WEAK,
    KEY_STEM,
    KIND_CODES,
    KINDS_ROOM,
    LONG_NAME,
    key_token,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator
    from typing import Any

    Card = tuple[str, str, str, str, str, str, str]
    Text = tuple[str, str]
    # What the index holds of one record: document, card (the columns of search_card), text (name, body).
    Document = tuple[int, Card | None, Text | None]

# What was written beyond this is kept in the record but not searched.
_BODY_LIMIT = 1_000_000
_SHORTEST_STEM = 6
# Countries that write an extension behind a hyphen, `(0821) 12345-11`: DIN 5008, ÖNORM A 1080.
_HYPHEN_COUNTRIES = ("49", "43", "41")
_EXTENSION = r"[0-9]{3,} ?- ?([0-9]{1,4})\s*\Z"


def json_ids(ids: Iterable[int]) -> str:
    """Return the ids as a JSON array, for `json_each(?)`."""
    return "[" + ",".join(map(str, ids)) + "]"


class _Ids:
    """A condition on record ids: `among` is its SQL behind the column, `values` what it binds.

    An import adds whole runs of records: a range of ids reads faster than a list of them.
    """

    __slots__ = ("among", "values")

    def __init__(self, ids: Iterable[int]) -> None:
        ordered = sorted(ids)
        self.among = "IN (SELECT value FROM json_each(?))"
        self.values: tuple[object, ...] = (json_ids(ordered),)
        if len(ordered) > 1 and ordered[-1] - ordered[0] + 1 == len(ordered):
            self.among = "BETWEEN ? AND ?"
            self.values = (ordered[0], ordered[-1])


def documents(connection: sqlite3.Connection, kind: str, ids: Iterable[int]) -> Iterator[Document]:
    """Yield the document of each record of a kind that exists among `ids`."""
    return _BUILDERS[kind](connection, _Ids(ids))


def _spread(texts: Iterable[str | None]) -> str:
    return spread(" ".join(filter(None, texts)))


def _body(texts: Iterable[str | None]) -> str:
    return spread(" ".join(filter(None, texts))[:_BODY_LIMIT])


def _rows(connection: sqlite3.Connection, sql: str, ids: _Ids) -> dict[int, list[Any]]:
    """Run a SELECT of (record id, values …) and group the rows by record."""
    found: dict[int, list[Any]] = {}
    for record, *values in connection.execute(sql, ids.values):
        found.setdefault(record, []).append(values)
    return found


def _phones(connection: sqlite3.Connection, column: str, ids: _Ids) -> dict[int, list[Any]]:
    """Return (value, E.164) of the numbers of people or firms, by record id."""
    sql = f"SELECT {column}, value, e164 FROM phone WHERE {column} {ids.among} ORDER BY {column}, id"
    return _rows(connection, sql, ids)


def _texts_of(connection: sqlite3.Connection, table: str, column: str, ids: _Ids, *columns: str) -> dict[int, str]:
    """Return the texts of an owned table by the record that `column` names, joined by blanks."""
    text = " || ' ' || ".join(f"coalesce({name}, '')" for name in columns)
    sql = f"SELECT {column}, group_concat({text}, ' ') FROM {table} WHERE {column} {ids.among} GROUP BY {column}"
    return dict(connection.execute(sql, ids.values))


def _facts(connection: sqlite3.Connection, column: str, ids: _Ids) -> list[dict[int, str]]:
    """Return places, links and tags of people (`contact_id`) or firms (`company_id`), each by record id."""
    return [
        _texts_of(connection, "address", column, ids, "city", "postcode", "street", "country", "region"),
        _texts_of(connection, "link", column, ids, "value"),
        _texts_of(connection, "tag", column, ids, "name"),
    ]


def _custom_values(custom: str | None) -> list[str]:
    if not custom:
        return []
    import json

    values = json.loads(custom)
    return [str(value) for value in (values.values() if isinstance(values, dict) else [values]) if value is not None]


def _name_keys(keys: list[str], name: str, words: list[str], strong: str, weak: str) -> str:
    """Add the keys of a name, whose strong words are given; return the strong one."""
    key = name_key(words, name)
    keys.append(key_token(strong, key))
    if len(name) > NAME_LIMIT:
        keys.append(LONG_NAME)
    if not name.isascii():
        other = name_key(name_words_weak(name), name)
        if other != key:
            keys.append(key_token(weak, other))
    return key


def _phone_keys(keys: list[str], phones: Iterable[Any], *, firm: bool) -> None:
    for value, e164 in phones:
        if e164 and "-" not in value and not firm:
            continue
        number = e164[1:] if e164 else digits(value).lstrip("0")
        if not e164 and len(number) >= 3:
            keys.append(key_token(KEY_LOCAL, number))
        if not e164 or number.startswith(_HYPHEN_COUNTRIES):
            stem = _stem(value, number, firm=firm)
            if len(stem) >= _SHORTEST_STEM:
                keys.append(key_token(KEY_STEM, stem))


def _stem(value: str, number: str, *, firm: bool) -> str:
    """Return the digits before the extension, `+49 821 12345-0` -> `4982112345`, or nothing.

    A hyphen shows an extension of up to four digits, if an area code stands before the number: in `0821-1234`
    it ends the area code. A firm's number that ends in 0 is its switchboard.
    """
    length = _extension_length(value, number) if "-" in value else 0
    if length:
        return number[:-length]
    return number[:-1] if firm and number.endswith("0") else ""


def _extension_length(value: str, number: str) -> int:
    """Return how many digits stand behind the hyphen of an extension, 0 if there is none."""
    import re  # here, because `crm log` needs the rest of this file only

    hyphen = re.search(_EXTENSION, value, re.ASCII)
    if hyphen is None or not number.endswith(hyphen[1]):
        return 0
    groups = re.findall(r"[0-9]+", value[: hyphen.start(1)], re.ASCII)
    country_alone = value.lstrip()[:1] == "+" and len(groups[0]) <= 3
    return len(hyphen[1]) if len(groups) - country_alone >= 2 else 0


def _contacts(connection: sqlite3.Connection, ids: _Ids) -> Iterator[Document]:
    mails = _texts_of(connection, "email", "contact_id", ids, "value")
    phones = _phones(connection, "contact_id", ids)
    facts = [found for found in _facts(connection, "contact_id", ids) if found]
    jobs = _rows(
        connection,
        f"""SELECT e.contact_id, c.name, e.title, e.department, e.role FROM employment AS e
            JOIN company AS c ON c.id = e.company_id
            WHERE e.contact_id {ids.among} AND e.end_on IS NULL ORDER BY e.contact_id, e.id""",
        ids,
    )
    firms: dict[str, tuple[str, str]] = {}
    rows = connection.execute(
        f"""SELECT id, name, given, family, nickname, title, department, custom, notes
            FROM contact WHERE id {ids.among}""",
        ids.values,
    )
    for row, name, given, family, nickname, title, department, custom, notes in rows:
        keys: list[str] = []
        own, own_weak = _person_name(keys, name, given, family, nickname)
        about = [title, department, *[found.get(row) for found in facts]]
        company = company_weak = ""
        for firm, *job in jobs.get(row, ()):
            if firm not in firms:
                firms[firm] = _columns(firm)
            company = f"{company} {firms[firm][0]}" if company else firms[firm][0]
            company_weak = f"{company_weak} {firms[firm][1]}" if company_weak else firms[firm][1]
            about += job
        if row in phones:
            _phone_keys(keys, phones[row], firm=False)
        card = (own, own_weak, company, company_weak, _spread([mails.get(row)]), _spread(about), " ".join(keys))
        yield row * KINDS_ROOM + KIND_CODES["contact"], card, _notes(own, own_weak, notes, custom)


def _columns(name: str) -> tuple[str, str]:
    strong, weak = spellings_by_folding(name)
    return " ".join(strong), " ".join(weak)


def _notes(own: str, own_weak: str, notes: str | None, custom: str | None) -> Text | None:
    if not notes and not custom:
        return None
    return f"{own} {own_weak}" if own_weak else own, _body([notes, *_custom_values(custom)])


def _person_name(
    keys: list[str], name: str, given: str | None, family: str | None, nickname: str | None
) -> tuple[str, str]:
    """Add a person's keys; return the words they are found by, in both columns."""
    words = name_words(name)
    strong, weak = spellings_by_folding(name, words)
    _name_keys(keys, name, words, KEY_NAME, KEY_NAME_WEAK)
    called = f"{given} {family}" if given and family else None
    for other in (called, nickname):
        if other and other != name:
            for found, more in zip((strong, weak), spellings_by_folding(other), strict=True):
                found += [word for word in more if word not in found]
            _name_keys(keys, other, name_words(other), KEY_SHORT, KEY_SHORT_WEAK)
    return " ".join(strong), " ".join(weak)


def _companies(connection: sqlite3.Connection, ids: _Ids) -> Iterator[Document]:
    mails = _texts_of(connection, "email", "company_id", ids, "value")
    phones = _phones(connection, "company_id", ids)
    facts = [found for found in _facts(connection, "company_id", ids) if found]
    rows = connection.execute(f"SELECT id, name, custom, notes FROM company WHERE id {ids.among}", ids.values)
    for row, name, custom, notes in rows:
        keys: list[str] = []
        words = name_words(name)
        key = _name_keys(keys, name, words, KEY_NAME, KEY_NAME_WEAK)
        short = name_key(without_legal_form(words), name)
        if short != key:
            keys.append(key_token(KEY_SHORT, short))
            weak = name_key(without_legal_form(name_words_weak(name)), name)
            if weak != short:
                keys.append(key_token(KEY_SHORT_WEAK, weak))
        _phone_keys(keys, phones.get(row, ()), firm=True)
        own, own_weak = _columns(name)
        about = _spread([found.get(row) for found in facts])
        card = (own, own_weak, "", "", _spread([mails.get(row)]), about, " ".join(keys))
        yield row * KINDS_ROOM + KIND_CODES["company"], card, _notes(own, own_weak, notes, custom)


def _deals(connection: sqlite3.Connection, ids: _Ids) -> Iterator[Document]:
    tags = _texts_of(connection, "tag", "deal_id", ids, "name")
    rows = connection.execute(
        f"""SELECT d.id, d.title, c.name, d.stage, d.custom, d.notes
            FROM deal AS d LEFT JOIN company AS c ON c.id = d.company_id WHERE d.id {ids.among}""",
        ids.values,
    )
    for row, title, firm, stage, custom, notes in rows:
        keys: list[str] = []
        _name_keys(keys, title, name_words(title), KEY_NAME, KEY_NAME_WEAK)
        own, own_weak = _columns(title)
        facts = _spread([stage, tags.get(row)])
        card = (own, own_weak, *(_columns(firm) if firm else ("", "")), "", facts, " ".join(keys))
        yield row * KINDS_ROOM + KIND_CODES["deal"], card, _notes(own, own_weak, notes, custom)


def _interactions(connection: sqlite3.Connection, ids: _Ids) -> Iterator[Document]:
    more = [
        _texts_of(connection, table, "interaction_id", ids, column)
        for table, column in (("tag", "name"), ("need", "text"), ("request", "text"))
    ]
    sql = f"""SELECT i.id, c.name, i.text, i.details, i.outcome, i.ticket, i.campaign
              FROM interaction AS i LEFT JOIN company AS c ON c.id = i.company_id WHERE i.id {ids.among}"""
    yield from _texts(connection, "interaction", sql, ids, more)


def _tasks(connection: sqlite3.Connection, ids: _Ids) -> Iterator[Document]:
    more = [_texts_of(connection, "tag", "task_id", ids, "name")]
    sql = f"""SELECT t.id, c.name, t.text FROM task AS t LEFT JOIN company AS c ON c.id = t.company_id
              WHERE t.id {ids.among}"""
    yield from _texts(connection, "task", sql, ids, more)


def _events(connection: sqlite3.Connection, ids: _Ids) -> Iterator[Document]:
    more = [
        _texts_of(connection, "tag", "event_id", ids, "name"),
        _texts_of(connection, "event_attendee", "event_id", ids, "name", "email"),
    ]
    sql = f"""SELECT e.id, c.name, e.title, e.location, e.description
              FROM event AS e LEFT JOIN company AS c ON c.id = e.company_id WHERE e.id {ids.among}"""
    yield from _texts(connection, "event", sql, ids, more)


def _texts(
    connection: sqlite3.Connection, kind: str, sql: str, ids: _Ids, more: list[dict[int, str]]
) -> Iterator[Document]:
    """Yield the documents of what was written: its texts, and the names of who it is about."""
    people = _rows(
        connection,
        f"""SELECT p.{kind}_id, c.name FROM {kind}_contact AS p JOIN contact AS c ON c.id = p.contact_id
            WHERE p.{kind}_id {ids.among} ORDER BY p.{kind}_id, p.position""",
        ids,
    )
    for row, firm, *texts in connection.execute(sql, ids.values):
        names = _body([*(name for (name,) in people.get(row, ())), firm])
        yield row * KINDS_ROOM + KIND_CODES[kind], None, (names, _body([*texts, *(found.get(row) for found in more)]))


_BUILDERS = {
    "contact": _contacts,
    "company": _companies,
    "deal": _deals,
    "interaction": _interactions,
    "task": _tasks,
    "event": _events,
}
