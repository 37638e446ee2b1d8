"""The search index follows the records, whoever writes them."""

from __future__ import annotations

import os
import random
import sqlite3
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_cli.domain.text import distance
from crm_cli.store import journal, lock, search, search_index
from crm_cli.store.search_words import add_words, near_words, remove_words
from crm_cli.store.store import Store, new_uid

NOW = datetime(2025, 11, 19, 9, 0, tzinfo=UTC)
STAMP = "2025-11-19T09:00:00Z"
IN_STEP = {"missing": 0, "stale": 0, "orphaned": 0}


def insert(connection: sqlite3.Connection, table: str, **values: object) -> int:
    if table in ("contact", "company", "deal", "task", "interaction", "need"):
        values = {"uid": new_uid(), "created_at": STAMP, "updated_at": STAMP, **values}
    marks = ", ".join("?" for _ in values)
    cursor = connection.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def fill(store: Store) -> None:
    """Write one of everything that is searched: rows 1 of each table."""
    with store.transaction(NOW):
        connection = store.connection
        firm = insert(connection, "company", name="Ehrler Prüftechnik GmbH", notes="Stammkunde")
        person = insert(connection, "contact", name="Hans Müller", title="Einkaufsleiter", notes="mag Käse")
        insert(connection, "employment", contact_id=person, company_id=firm, department="Konstruktion")
        insert(connection, "email", contact_id=person, value="hm@ehrler.example", folded="hm@ehrler.example")
        insert(connection, "phone", contact_id=person, value="0821 123", e164=None)
        insert(connection, "address", contact_id=person, city="Augsburg")
        insert(connection, "tag", contact_id=person, name="Messe")
        deal = insert(connection, "deal", title="Prüfstand", company_id=firm, stage="Angebot")
        entry = insert(connection, "interaction", kind="visit", at="2025-11-19", text="Halle gezeigt", company_id=firm)
        insert(connection, "interaction_contact", interaction_id=entry, contact_id=person)
        insert(connection, "need", text="Wartung", interaction_id=entry)
        task = insert(connection, "task", text="Nachfassen", deal_id=deal)
        insert(connection, "task_contact", task_id=task, contact_id=person)


def found(store: Store, word: str) -> set[str]:
    """Return the kinds of the records that hold a word anywhere."""
    search.ready(store.connection)
    kinds = ("contact", "company", "deal", "interaction", "task")
    expression = search.any_of((word,), prefix=False)
    documents = [card[0] for card in search.cards(store.connection, expression, kinds, 99)]
    documents += search.texts(store.connection, expression, kinds, 99)
    return {search.kind_of(document) for document in documents}


@pytest.mark.parametrize(
    ("word", "kinds"),
    [
        ("mueller", {"contact", "interaction", "task"}),
        ("muller", {"contact", "interaction", "task"}),
        ("ehrler", {"contact", "company", "deal", "interaction"}),
        ("pruefstand", {"deal"}),
        ("augsburg", {"contact"}),
        ("messe", {"contact"}),
        ("einkaufsleiter", {"contact"}),
        ("konstruktion", {"contact"}),
        ("kase", {"contact"}),
        ("stammkunde", {"company"}),
        ("wartung", {"interaction"}),
        ("nachfassen", {"task"}),
        ("nirgends", set()),
    ],
)
def test_every_kind_is_found_by_its_words(store: Store, word: str, kinds: set[str]) -> None:
    fill(store)
    assert found(store, word) == kinds


WRITES = [
    "UPDATE contact SET name = 'Hanna Maier' WHERE id = 1",
    "UPDATE company SET name = 'Erler SE' WHERE id = 1",
    "UPDATE contact SET notes = NULL, title = NULL WHERE id = 1",
    "DELETE FROM tag",
    "DELETE FROM employment",
    "UPDATE employment SET end_on = '2025-01-01'",
    "UPDATE email SET contact_id = NULL, company_id = 1",
    "UPDATE phone SET contact_id = NULL, company_id = 1",
    "UPDATE interaction SET text = 'nichts', company_id = NULL",
    "DELETE FROM need",
    "UPDATE need SET text = 'Ersatzteil'",
    "DELETE FROM interaction_contact",
    "DELETE FROM task_contact; DELETE FROM task",
    "UPDATE deal SET title = 'Waage', company_id = NULL",
    "DELETE FROM task_contact; DELETE FROM task; DELETE FROM deal",
    "INSERT INTO tag (name, company_id) VALUES ('Kunde', 1)",
]


@pytest.mark.parametrize("sql", WRITES)
def test_the_index_follows_whatever_the_bare_shell_writes(store: Store, sql: str) -> None:
    fill(store)
    store.connection.executescript(sql)
    assert search_index.is_behind(store.connection)
    search.ready(store.connection)
    assert not search_index.is_behind(store.connection)
    assert search_index.check(store.connection) == IN_STEP


def test_a_renamed_company_is_found_with_its_people_by_the_new_name_only(store: Store) -> None:
    fill(store)
    store.connection.execute("UPDATE company SET name = 'Waagenbau Kern' WHERE id = 1")
    assert found(store, "waagenbau") == {"contact", "company", "deal", "interaction"}
    assert found(store, "prueftechnik") == set()


def test_an_undo_takes_the_words_out_of_the_index_and_the_vocabulary(store: Store) -> None:
    fill(store)
    with store.transaction(NOW) as change_set:
        insert(store.connection, "contact", name="Wilhelmine Kurzweil")
    assert near_words(store.connection, "wilhelmina", 2) == {"wilhelmine": 1}
    with store.transaction(NOW, kind="undo"):
        journal.revert(store.connection, change_set)
    assert near_words(store.connection, "wilhelmina", 2) == {}
    assert found(store, "kurzweil") == set()
    assert search_index.check(store.connection) == IN_STEP


def test_a_word_another_name_still_holds_stays_in_the_vocabulary(store: Store) -> None:
    with store.transaction(NOW):
        insert(store.connection, "contact", name="Ada Lovelace")
        insert(store.connection, "contact", name="Byron Lovelace")
    with store.transaction(NOW):
        store.connection.execute("DELETE FROM contact WHERE id = 1")
    assert near_words(store.connection, "lovelaec", 2) == {"lovelace": 1}


def test_a_rebuilt_index_is_the_one_that_grew(store: Store) -> None:
    fill(store)

    def content() -> list[list[str]]:
        selects = ("rowid, * FROM search_card", "rowid, * FROM search_text", "word FROM search_word")
        return [sorted(map(repr, store.connection.execute(f"SELECT {select}"))) for select in selects]

    grown = content()
    with store.transaction(NOW):
        search_index.rebuild(store.connection)
    assert content() == grown
    assert near_words(store.connection, "mullre", 1) == {"muller": 1}


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM search_card WHERE rowid = 17",
        "UPDATE search_card SET name = 'x' WHERE rowid = 17",
        "DELETE FROM search_text",
        "DELETE FROM search_word WHERE word = 'mueller'",
        "INSERT INTO search_card (rowid, name) VALUES (16 * 99 + 1, 'x')",
        "INSERT INTO search_text (rowid, body) VALUES (16 * 99 + 4, 'x')",
    ],
)
def test_check_sees_a_damaged_index_and_a_rebuild_mends_it(store: Store, damage: str) -> None:
    fill(store)
    assert search_index.check(store.connection) == IN_STEP
    store.connection.execute(damage)
    assert search_index.check(store.connection) != IN_STEP
    with store.transaction(NOW):
        search_index.rebuild(store.connection)
    assert search_index.check(store.connection) == IN_STEP


def test_an_index_of_another_version_is_made_anew(store: Store) -> None:
    fill(store)
    store.connection.execute("UPDATE search_state SET version = 0")
    store.connection.execute("DELETE FROM search_card")
    assert found(store, "mueller") >= {"contact"}
    assert search_index.check(store.connection) == IN_STEP


def test_a_store_that_cannot_be_written_answers_from_what_it_has(store: Store, path: str) -> None:
    fill(store)
    store.connection.execute("UPDATE contact SET name = 'Hanna Maier' WHERE id = 1")
    store.connection.execute("PRAGMA query_only = ON")
    assert found(store, "mueller") >= {"contact"}
    assert found(store, "maier") == set()
    store.connection.execute("PRAGMA query_only = OFF")
    assert found(store, "maier") >= {"contact"}
    assert os.path.exists(path)


def test_random_writes_leave_the_index_in_step(store: Store) -> None:
    dice = random.Random(7)
    for _ in range(12):
        with store.transaction(NOW):
            for _ in range(dice.randrange(1, 5)):
                name = f"{dice.choice(('Ada', 'Änne', 'Łukasz'))} {dice.choice(('Groß', 'O’Neil', 'Kern-Süß'))}"
                row = insert(store.connection, "contact", name=name)
                firm = insert(store.connection, "company", name=f"{name} GmbH")
                insert(store.connection, "employment", contact_id=row, company_id=firm)
        store.connection.execute("UPDATE company SET name = name || ' & Co' WHERE id % 5 = ?", (dice.randrange(5),))
        store.connection.execute("DELETE FROM employment WHERE id % 7 = ?", (dice.randrange(7),))
        search.ready(store.connection)
    assert search_index.check(store.connection) == IN_STEP


@settings(deadline=None, max_examples=60)
@given(st.sets(st.text("abcde", min_size=3, max_size=10), max_size=30), st.text("abcde", min_size=3, max_size=10))
def test_near_words_are_exactly_those_within_the_edits(vocabulary: set[str], word: str) -> None:
    with Store.open("", create=False) as store:
        add_words(store.connection, vocabulary)
        gone = set(sorted(vocabulary)[::3])
        remove_words(store.connection, gone)
        for edits in (1, 2):
            expected = {other: distance(word, other, edits) for other in vocabulary - gone}
            expected = {other: away for other, away in expected.items() if away <= edits}
            if len(word) == 3 and edits == 2:
                continue  # nothing as short may hold two errors
            near = near_words(store.connection, word, edits)
            missed = {other for other in expected if other not in near}
            assert all(len(other) == 3 and edits == 2 for other in missed)
            assert near.items() <= expected.items()


def test_a_shell_is_offered_what_begins_with_the_word(store: Store) -> None:
    fill(store)
    with store.transaction(NOW):
        insert(store.connection, "contact", name="Hanna Müller-Groß")
        insert(store.connection, "tag", company_id=1, name="Messe 2026")

    def offered(word: str, kind: str, limit: int = 9) -> list[str]:
        return [value for value, _ in search.complete(store.connection, word, kind, limit)]

    assert offered("ha", "record") == ["Hanna Müller-Groß", "Hans Müller"]
    assert offered("ha", "record", 1) == ["Hanna Müller-Groß"]
    assert offered("Hanna Mu", "contact") == ["Hanna Müller-Groß"]
    assert offered("hanna mue", "contact") == ["Hanna Müller-Groß"]
    assert offered("müller", "record") == []
    assert offered("", "company") == ["Ehrler Prüftechnik GmbH"]
    assert offered("e", "company") == ["Ehrler Prüftechnik GmbH"]
    assert offered("prüf", "deal") == ["Prüfstand"]
    assert offered("nach", "task") == ["Nachfassen"]
    assert offered("me", "tag") == ["Messe", "Messe 2026"]
    assert offered("x", "unknown") == []
    (uid,) = store.connection.execute("SELECT uid FROM contact WHERE id = 1").fetchone()
    assert list(search.complete(store.connection, uid[:3], "record", 9)) == [(uid, "Hans Müller")]


def test_the_index_catches_up_only_while_nobody_else_writes(store: Store, tmp_path, monkeypatch) -> None:
    fill(store)
    # As the sqlite3 shell writes: journalled, and not indexed yet.
    store.connection.execute("UPDATE contact SET name = 'Zacharias Zobel' WHERE id = 1")
    assert store.path is not None
    link = tmp_path / "link.db"
    link.symlink_to(store.path)
    monkeypatch.setattr(lock, "BUSY_SECONDS", 0.05)
    other = lock.WriterLock(str(link))
    with other:
        assert not search.ready(store.connection)
        assert search_index.is_behind(store.connection)
    assert search.ready(store.connection)
    assert search_index.check(store.connection) == IN_STEP
