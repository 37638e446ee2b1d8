"""Opening the file, transactions, what a failure leaves."""

from __future__ import annotations

import os
import re
import sqlite3
import stat
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crm_cli.errors import Conflict, StoreError
from crm_cli.store import store as store_module
from crm_cli.store.store import Store, new_uid
from crm_cli.store.version import APPLICATION_ID, VERSION
from tests.store.rows import insert

NOW = datetime(2025, 11, 19, 9, 0, tzinfo=UTC)


def _contacts(store: Store) -> int:
    return store.connection.execute("SELECT count(*) FROM contact").fetchone()[0]


def _add(store: Store, **columns: object) -> int:
    with store.transaction(NOW):
        return insert(store.connection, "contact", {}, **columns)


def test_a_new_store_is_durable_and_strict(store: Store) -> None:
    def pragma(name: str) -> object:
        return store.connection.execute(f"PRAGMA {name}").fetchone()[0]

    assert (pragma("journal_mode"), pragma("synchronous"), pragma("foreign_keys")) == ("wal", 2, 1)
    assert (pragma("application_id"), pragma("user_version")) == (APPLICATION_ID, VERSION)
    assert pragma("wal_autocheckpoint") == 0
    tables = store.connection.execute(
        "SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    assert {name for name, strict in tables if not strict} == set()


def test_every_file_is_private_when_the_umask_forbids_nothing(path: str) -> None:
    mask = os.umask(0)
    try:
        with Store.open(path) as store:
            _add(store)
            folder = Path(path).parent
            modes = {item.name: stat.S_IMODE(item.stat().st_mode) for item in folder.iterdir()}
    finally:
        os.umask(mask)
    assert set(modes) >= {"crm.db", "crm.db-wal", "crm.db-shm", "crm.db-lock"}
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def _fail(store: Store) -> None:
    with store.transaction(NOW):
        insert(store.connection, "contact", {}, name="dropped")
        raise ZeroDivisionError


@pytest.mark.parametrize("options", [{"create": False}, {"dry_run": True}])
def test_a_missing_store_answers_as_an_empty_one_and_creates_nothing(path: str, options: dict[str, bool]) -> None:
    with Store.open(path, **options) as store:
        assert _contacts(store) == 0
    assert not os.path.exists(os.path.dirname(path))


def test_a_dry_run_runs_in_full_and_leaves_the_file_alone(path: str) -> None:
    with Store.open(path) as store:
        _add(store)
    before = Path(path).read_bytes()
    with Store.open(path, dry_run=True) as store:
        with store.transaction(NOW):
            insert(store.connection, "contact", {})
            assert _contacts(store) == 2
        assert _contacts(store) == 1
    assert Path(path).read_bytes() == before


def test_an_empty_file_becomes_a_store(path: str) -> None:
    """A program killed between making the file and the schema leaves one."""
    os.makedirs(os.path.dirname(path))
    Path(path).touch()
    with Store.open(path) as store:
        assert _contacts(store) == 0


def test_many_programs_make_one_store_when_they_open_it_at_once(path: str) -> None:
    devices = []

    def run() -> None:
        with Store.open(path) as store:
            devices.append(store.connection.execute("SELECT value FROM meta WHERE key = 'device'").fetchone()[0])

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(devices) == 8
    assert len(set(devices)) == 1


@pytest.mark.parametrize("kind", ["directory", "below a file"])
def test_a_place_that_cannot_hold_a_store_is_refused(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "crm.db"
    if kind == "directory":
        place.mkdir()
    else:
        (tmp_path / "file").touch()
        place = tmp_path / "file" / "crm.db"
    with pytest.raises(StoreError):
        Store.open(str(place))


def test_a_block_that_fails_leaves_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        _fail(store)
    assert _contacts(store) == 0
    assert store.connection.execute("SELECT count(*) FROM change_set").fetchone()[0] == 0
    _add(store)
    assert _contacts(store) == 1


def test_a_transaction_that_cannot_begin_leaves_the_store_usable(store: Store) -> None:
    store.connection.execute(
        "CREATE TEMP TRIGGER stop BEFORE INSERT ON main.change_set BEGIN SELECT raise(ABORT, 'x'); END"
    )
    with pytest.raises(Conflict), store.transaction(NOW):
        pass
    store.connection.execute("DROP TRIGGER stop")
    _add(store)
    with sqlite3.connect(store.path or "") as other:
        assert other.execute("SELECT count(*) FROM contact").fetchone()[0] == 1
    other.close()


def test_an_inner_block_that_fails_is_taken_back_alone(store: Store) -> None:
    with store.transaction(NOW) as outer:
        insert(store.connection, "contact", {}, name="kept")
        with pytest.raises(ZeroDivisionError):
            _fail(store)
        with store.transaction(NOW) as inner:
            assert inner == outer
    names = store.connection.execute("SELECT name FROM contact").fetchall()
    assert names == [("kept",)]
    assert store.connection.execute("SELECT count(*) FROM change").fetchone()[0] == 1


def test_a_block_that_changes_nothing_leaves_no_change_set(store: Store) -> None:
    with store.transaction(NOW):
        pass
    assert store.connection.execute("SELECT count(*) FROM change_set").fetchone()[0] == 0


def test_a_long_command_commits_in_batches_under_one_change_set(store: Store) -> None:
    number = None
    for _ in range(3):
        with store.transaction(NOW, change_set=number) as number:
            insert(store.connection, "contact", {})
    sets = store.connection.execute("SELECT change_set_id, count(*) FROM change GROUP BY 1").fetchall()
    assert sets == [(number, 3)]


def test_a_long_command_stops_when_it_was_undone_meanwhile(store: Store) -> None:
    from crm_cli.services import journal

    with store.transaction(NOW) as number:
        insert(store.connection, "contact", {})
    journal.undo(store, now=NOW)
    with pytest.raises(Conflict), store.transaction(NOW, change_set=number):
        insert(store.connection, "contact", {})
    assert _contacts(store) == 0


def test_a_reference_left_hanging_is_refused_at_the_end(store: Store) -> None:
    made: dict[str, int] = {}
    with store.transaction(NOW):
        insert(store.connection, "email", made)
    with pytest.raises(Conflict), store.transaction(NOW):
        store.connection.execute("DELETE FROM contact")
    assert _contacts(store) == 1


def test_a_store_locked_by_another_program_is_a_store_error(store: Store) -> None:
    other = sqlite3.connect(store.path or "", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    store.connection.execute("PRAGMA busy_timeout = 0")
    with pytest.raises(StoreError), store.transaction(NOW):
        pass
    other.execute("ROLLBACK")
    other.close()
    _add(store)


def test_a_write_does_not_wait_for_a_reader_to_fold_the_wal_back(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_wal_limit", 1)
    reader = sqlite3.connect(store.path or "", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM contact").fetchall()
    waits: list[str] = []
    store.connection.set_trace_callback(waits.append)
    _add(store)
    store.connection.set_trace_callback(None)
    checkpoint = next(index for index, text in enumerate(waits) if "wal_checkpoint" in text)
    assert waits[checkpoint - 1] == "PRAGMA busy_timeout = 0"
    assert store.connection.execute("PRAGMA busy_timeout").fetchone()[0] == store_module.BUSY_SECONDS * 1000
    assert reader.execute("SELECT count(*) FROM contact").fetchone()[0] == 0
    reader.close()


def test_the_wal_is_folded_back_once_for_many_batches_while_much_is_expected(store: Store) -> None:
    def folded() -> bool:
        statements: list[str] = []
        store.connection.set_trace_callback(statements.append)
        with store.transaction(NOW):
            made: dict[str, int] = {}
            row = insert(store.connection, "contact", made)
            store.connection.execute("UPDATE contact SET notes = ? WHERE id = ?", ("x" * 6_000_000, row))
        store.connection.set_trace_callback(None)
        return any("wal_checkpoint" in text for text in statements)

    assert folded()
    store.expect_much()
    assert not folded()


def test_ids_are_short_unguessable_and_never_a_word(store: Store) -> None:
    uids = {new_uid() for _ in range(2000)}
    assert len(uids) == 2000
    assert all(re.fullmatch("[a-z][2-7][a-z2-7]{14}", uid) for uid in uids)
    assert store.new_uid() in store.created_uids
