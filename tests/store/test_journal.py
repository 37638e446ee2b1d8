"""What the triggers record, and that it can be taken back."""

from __future__ import annotations

import json
import random
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from crm_cli.errors import Conflict, NotFound
from crm_cli.services import journal
from crm_cli.store import history
from crm_cli.store.schema import JOURNALLED
from crm_cli.store.store import Store
from tests.dump import dump_of
from tests.store.rows import ROWS, UPDATES, insert

NOW = datetime(2025, 11, 19, 9, 0, tzinfo=UTC)


def _changes(store: Store) -> list[tuple[object, ...]]:
    return store.connection.execute("SELECT entity, operation, before, after FROM change ORDER BY id").fetchall()


def _write(store: Store, sql: str, *values: object) -> int:
    with store.transaction(NOW) as number:
        store.connection.execute(sql, values)
    return number


def test_every_journalled_table_has_a_row_to_test_with() -> None:
    assert set(ROWS) == set(UPDATES) == set(JOURNALLED)


@pytest.mark.parametrize("table", JOURNALLED)
def test_a_row_of_any_table_comes_and_goes_with_undo_and_redo(store: Store, table: str) -> None:
    states = [dump_of(store.connection)]
    with store.transaction(NOW):
        row = insert(store.connection, table, {})
    states.append(dump_of(store.connection))
    column, value = UPDATES[table]
    _write(store, f"UPDATE {table} SET {column} = ? WHERE id = ?", value, row)
    states.append(dump_of(store.connection))
    _write(store, f"DELETE FROM {table} WHERE id = ?", row)
    states.append(dump_of(store.connection))
    assert all(one != other for one, other in pairwise(states))
    for state in reversed(states[:-1]):
        journal.undo(store, now=NOW)
        assert dump_of(store.connection) == state
    for state in states[1:]:
        journal.redo(store, now=NOW)
        assert dump_of(store.connection) == state


@pytest.mark.parametrize("table", JOURNALLED)
def test_the_history_of_any_table_can_be_told(store: Store, table: str) -> None:
    with store.transaction(NOW):
        row = insert(store.connection, table, {})
    column, value = UPDATES[table]
    _write(store, f"UPDATE {table} SET {column} = ? WHERE id = ?", value, row)
    _write(store, f"DELETE FROM {table} WHERE id = ?", row)
    numbers = [found.change_set for found in journal.recent(store)]
    told = {number: journal.of_change_set(store, change_set=number) for number in numbers}
    assert told[numbers[0]]
    assert told[numbers[-1]]
    assert len(list(journal.changes(store))) >= 3


def test_no_key_of_a_journalled_row_is_given_twice(store: Store) -> None:
    """Else a deletion could not be undone when another row was added since."""
    sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%PRIMARY KEY AUTOINCREMENT%'"
    assert {row[0] for row in store.connection.execute(sql)} >= set(JOURNALLED)


def test_a_change_holds_every_column_before_and_after(store: Store) -> None:
    with store.transaction(NOW):
        row = insert(store.connection, "contact", {})
    _write(store, "UPDATE contact SET title = 'Leitung' WHERE id = ?", row)
    columns = {name for _, name, *_ in store.connection.execute("PRAGMA table_info(contact)")}
    _, (entity, operation, before, after) = _changes(store)
    assert (entity, operation) == ("contact", "update")
    assert set(json.loads(before)) == set(json.loads(after)) == columns
    assert json.loads(before)["notes"] == "a\0b\x1b\u2028ü\r\n"
    assert (json.loads(before)["title"], json.loads(after)["title"]) == ("Einkauf", "Leitung")


def test_an_update_that_changes_nothing_is_not_recorded(store: Store) -> None:
    with store.transaction(NOW):
        insert(store.connection, "contact", {})
    _write(store, "UPDATE contact SET title = title")
    assert len(_changes(store)) == 1
    assert len(journal.recent(store)) == 1


def test_the_bare_shell_is_recorded_and_can_be_undone(store: Store) -> None:
    with store.transaction(NOW):
        insert(store.connection, "contact", {})
    with closing(sqlite3.connect(store.path or "")) as shell:
        shell.execute("UPDATE contact SET title = 'shell'")
        shell.commit()
    found = journal.recent(store)[0]
    assert (found.actor, found.command, found.changes) == ("sql", "sql", 1)
    with pytest.raises(Conflict):  # ours, whose row the shell changed since
        journal.undo(store, now=NOW)
    journal.undo(store, change_set=found.change_set, now=NOW)
    assert store.connection.execute("SELECT title FROM contact").fetchone() == ("Einkauf",)


def test_an_undo_is_refused_where_a_later_change_would_be_lost(store: Store) -> None:
    with store.transaction(NOW) as first:
        insert(store.connection, "contact", {})
    _write(store, "UPDATE contact SET title = 'later'")
    before = dump_of(store.connection)
    with pytest.raises(Conflict):
        journal.undo(store, change_set=first, now=NOW)
    assert dump_of(store.connection) == before


def test_an_undo_is_refused_where_something_was_hung_on_the_record_since(store: Store) -> None:
    made: dict[str, int] = {}
    with store.transaction(NOW) as first:
        made["contact"] = insert(store.connection, "contact", made)
    with store.transaction(NOW):
        insert(store.connection, "email", made)
    before = dump_of(store.connection)
    with pytest.raises(Conflict):
        journal.undo(store, change_set=first, now=NOW)
    assert dump_of(store.connection) == before


def test_an_older_change_of_another_field_is_undone_alone(store: Store) -> None:
    with store.transaction(NOW):
        insert(store.connection, "contact", {})
    older = _write(store, "UPDATE contact SET title = 'older', updated_at = '2025-11-19T09:00:01Z'")
    _write(store, "UPDATE contact SET family = 'later', updated_at = '2025-11-19T09:00:02Z'")
    journal.undo(store, change_set=older, now=NOW)
    row = store.connection.execute("SELECT title, family, updated_at FROM contact").fetchone()
    assert row == ("Einkauf", "later", "2025-11-19T09:00:02Z")


def test_an_undo_with_nothing_left_to_set_back_counts_as_done(store: Store) -> None:
    with store.transaction(NOW):
        insert(store.connection, "contact", {})
    stamp = _write(store, "UPDATE contact SET updated_at = '2025-11-19T09:00:01Z'")
    _write(store, "UPDATE contact SET updated_at = '2025-11-19T09:00:02Z'")
    journal.undo(store, change_set=stamp, now=NOW)
    with pytest.raises(Conflict):
        journal.undo(store, change_set=stamp, now=NOW)


def test_a_deletion_is_undone_when_another_row_was_added_since(store: Store) -> None:
    with store.transaction(NOW):
        first = insert(store.connection, "contact", {}, name="first")
    deletion = _write(store, "DELETE FROM contact")
    with store.transaction(NOW):
        insert(store.connection, "contact", {}, name="second")
    journal.undo(store, change_set=deletion, now=NOW)
    rows = store.connection.execute("SELECT id, name FROM contact ORDER BY id").fetchall()
    assert rows[0] == (first, "first")
    assert [name for _, name in rows] == ["first", "second"]


def test_a_row_written_several_times_by_one_command_goes_back_to_the_first(store: Store) -> None:
    with store.transaction(NOW):
        row = insert(store.connection, "contact", {})
    before = dump_of(store.connection)
    with store.transaction(NOW):
        for title in ("a", "b", "c"):
            store.connection.execute("UPDATE contact SET title = ?", (title,))
        store.connection.execute("DELETE FROM contact")
        insert(store.connection, "contact", {}, id=row, title="again")
        store.connection.execute("UPDATE contact SET title = 'end'")
    after = dump_of(store.connection)
    journal.undo(store, now=NOW)
    assert dump_of(store.connection) == before
    journal.redo(store, now=NOW)
    assert dump_of(store.connection) == after


def test_a_large_command_in_several_transactions_goes_back_as_one(store: Store) -> None:
    before = dump_of(store.connection)
    number = None
    for _ in range(3):
        with store.transaction(NOW, change_set=number) as number:
            for _ in range(1000):
                made: dict[str, int] = {}
                insert(store.connection, "email", made)
    after = dump_of(store.connection)
    undone = journal.undo(store, now=NOW)
    assert [(item.change_set, item.changes) for item in undone] == [(number, 6000)]
    assert dump_of(store.connection) == before
    journal.redo(store, now=NOW)
    assert dump_of(store.connection) == after


def test_several_undos_are_all_or_nothing(store: Store) -> None:
    with store.transaction(NOW):
        insert(store.connection, "contact", {})
    _write(store, "UPDATE contact SET title = 'mine'")
    store.actor = "other"
    _write(store, "UPDATE contact SET family = 'theirs'")
    store.actor = "me"
    before = dump_of(store.connection)
    with pytest.raises(Conflict):  # the second would delete what the other changed
        journal.undo(store, count=2, now=NOW)
    assert dump_of(store.connection) == before
    assert [found.undone_by for found in journal.recent(store)] == [None, None, None]


def test_undo_takes_only_what_this_actor_wrote(store: Store) -> None:
    with store.transaction(NOW) as mine:
        insert(store.connection, "contact", {})
    store.actor = "other"
    theirs = _write(store, "UPDATE contact SET title = 'theirs'")
    assert [item.change_set for item in journal.undo(store, now=NOW)] == [theirs]
    store.actor = "me"
    with pytest.raises(Conflict):
        journal.undo(store, change_set=theirs, now=NOW)
    assert [item.change_set for item in journal.undo(store, now=NOW)] == [mine]
    assert journal.undo(store, now=NOW) == []


def test_redo_ends_where_something_was_written(store: Store) -> None:
    with store.transaction(NOW):
        insert(store.connection, "contact", {})
    journal.undo(store, now=NOW)
    with store.transaction(NOW):
        insert(store.connection, "company", {})
    assert journal.redo(store, now=NOW) == []


def test_an_undo_that_found_nothing_leaves_no_trace(store: Store) -> None:
    assert journal.undo(store, now=NOW) == []
    assert journal.redo(store, now=NOW) == []
    with pytest.raises(NotFound):
        journal.undo(store, change_set=1, now=NOW)
    assert journal.recent(store) == []


@pytest.mark.parametrize("seed", range(3))
def test_any_walk_of_commands_can_be_undone_and_redone_step_by_step(store: Store, seed: int) -> None:
    dice = random.Random(seed)
    states = [dump_of(store.connection)]
    while len(states) < 40:
        with store.transaction(NOW):
            for _ in range(dice.randint(1, 4)):
                _random_write(store.connection, dice)
        if dump_of(store.connection) != states[-1]:
            states.append(dump_of(store.connection))
    for state in reversed(states[:-1]):
        journal.undo(store, now=NOW)
        assert dump_of(store.connection) == state
    for state in states[1:]:
        journal.redo(store, now=NOW)
        assert dump_of(store.connection) == state
    journal.undo(store, count=len(states), now=NOW)
    assert dump_of(store.connection) == states[0]
    journal.redo(store, count=len(states), now=NOW)
    assert dump_of(store.connection) == states[-1]


def _random_write(connection: sqlite3.Connection, dice: random.Random) -> None:
    tables = ("contact", "company", "email", "tag", "interaction", "interaction_contact")
    table = dice.choice(tables)
    row = connection.execute(f"SELECT id FROM {table} ORDER BY random() LIMIT 1").fetchone()
    choice = dice.random()
    if row is None or choice < 0.5:
        insert(connection, table, {})
    elif choice < 0.8:
        column = {"email": "label", "tag": "name", "interaction": "text", "interaction_contact": "position"}
        connection.execute(
            f"UPDATE {table} SET {column.get(table, 'name')} = ? WHERE id = ?", (str(dice.random())[2:], row[0])
        )
    elif table in ("email", "tag", "interaction_contact"):
        connection.execute(f"DELETE FROM {table} WHERE id = ?", row)


def test_the_record_of_an_owned_row_is_known_after_its_deletion(store: Store) -> None:
    made: dict[str, int] = {}
    with store.transaction(NOW):
        insert(store.connection, "email", made)
    uid = store.connection.execute("SELECT uid FROM contact").fetchone()[0]
    with store.transaction(NOW):
        store.connection.execute("DELETE FROM email")
        store.connection.execute("DELETE FROM contact")
    with store.transaction(NOW):
        insert(store.connection, "email", {})
    records = [change.record for change in journal.changes(store)]
    assert records[:4] == [uid] * 4
    assert records[4] == records[5] != uid


def test_the_stream_continues_where_a_reader_stopped(store: Store) -> None:
    for _ in range(3):
        with store.transaction(NOW):
            insert(store.connection, "contact", {})
    numbers = [change.id for change in journal.changes(store)]
    assert numbers == sorted(numbers)
    assert [change.id for change in journal.changes(store, since=numbers[0])] == numbers[1:]


def test_the_history_of_a_record_tells_fields_owned_rows_and_names(store: Store) -> None:
    made: dict[str, int] = {}
    with store.transaction(NOW):
        insert(store.connection, "contact", made, name="someone else")
        insert(store.connection, "employment", made)
    uid = store.connection.execute("SELECT uid FROM contact WHERE id = ?", (made["contact"],)).fetchone()[0]
    with store.transaction(NOW):
        store.connection.execute(
            "UPDATE contact SET title = 'Leitung', custom = '{\"nr\": \"8\"}' WHERE uid = ?", (uid,)
        )
        store.connection.execute("DELETE FROM employment")
    lines = [(line.field, line.before, line.after) for line in history.record_changes(store.connection, uid)]
    assert lines[:3] == [
        ("title", "Einkauf", "Leitung"),
        ("custom.nr", "7", "8"),
        ("employment", "Ehrler Prüftechnik GmbH, Leiter", None),
    ]
    assert ("name", None, "Hans Müller") in lines
    assert ("employment", None, "Ehrler Prüftechnik GmbH, Leiter") in lines
    assert not any("someone else" in str(line) for line in lines)
