"""`check` sees each kind of damage, and mends what holds no record."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crm_cli.errors import StoreError
from crm_cli.services import upkeep
from crm_cli.store import check as checks
from crm_cli.store import journal
from crm_cli.store.store import Store
from tests.dump import dump_of
from tests.store.rows import insert

NOW = datetime(2025, 11, 19, 9, 0, tzinfo=UTC)


@pytest.fixture
def filled(store: Store) -> Store:
    made: dict[str, int] = {}
    with store.transaction(NOW):
        for table in ("email", "interaction_contact", "task", "deal"):
            insert(store.connection, table, made)
    return store


def _texts(store: Store, *, mend: bool = False) -> list[str]:
    """Everything found but the word about SQLite's version, which depends on the machine."""
    return [
        str(found.as_json()["message"]) for found in upkeep.check(store, mend=mend) if found.template[:6] != "SQLite"
    ]


def test_a_whole_store_passes(filled: Store) -> None:
    assert _texts(filled) == []


def test_an_old_sqlite_is_named(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "_SAFE_SQLITE", (999, 0, 0))
    assert [found.severity for found in upkeep.check(filled)] == ["warning"]
    monkeypatch.setattr(checks, "_SAFE_SQLITE", (3, 0, 0))
    assert upkeep.check(filled) == []


DAMAGE = {
    "a reference left hanging": "DELETE FROM contact",
    "a missing trigger": "DROP TRIGGER journal_email_update",
    "an open journal": "INSERT INTO journal_context VALUES (1, 1)",
    "a lost search document": "DELETE FROM search_card",
    "a changed search text": "UPDATE search_text SET body = 'other'",
}


@pytest.mark.parametrize("statement", DAMAGE.values(), ids=DAMAGE.keys())
def test_damage_is_found(filled: Store, statement: str) -> None:
    with closing(sqlite3.connect(filled.path or "", isolation_level=None)) as shell:
        if "contact" in statement:
            shell.execute("DROP TRIGGER journal_contact_delete")
        shell.execute(statement)
    with pytest.raises(upkeep.Damaged) as caught:
        upkeep.check(filled)
    assert caught.value.exit_code == 7
    assert caught.value.findings


@pytest.mark.parametrize("statement", list(DAMAGE.values())[1:], ids=list(DAMAGE)[1:])
def test_damage_that_holds_no_record_is_mended(filled: Store, statement: str) -> None:
    before = dump_of(filled.connection)
    with closing(sqlite3.connect(filled.path or "", isolation_level=None)) as shell:
        shell.execute(statement)
    assert _texts(filled, mend=True) != []
    assert _texts(filled) == []
    assert dump_of(filled.connection) == before


def test_a_trigger_that_was_changed_counts_as_missing(filled: Store) -> None:
    connection = filled.connection
    connection.execute("DROP TRIGGER journal_email_update")
    connection.execute("CREATE TRIGGER journal_email_update AFTER UPDATE ON email BEGIN SELECT 1; END")
    with pytest.raises(upkeep.Damaged):
        upkeep.check(filled)
    upkeep.check(filled, mend=True)
    wanted = [sql for sql in journal.trigger_ddl(connection) if sql.startswith("CREATE TRIGGER journal_email_update")]
    assert (
        connection.execute("SELECT sql FROM sqlite_master WHERE name = 'journal_email_update'").fetchone()[0] in wanted
    )


def test_a_damaged_index_is_found_and_mended(path: str) -> None:
    with Store.open(path) as store:
        with store.transaction(NOW):
            insert(store.connection, "email", {})
        root = store.connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'email_folded'").fetchone()[0]
        size = store.connection.execute("PRAGMA page_size").fetchone()[0]
    data = bytearray(Path(path).read_bytes())
    page = (root - 1) * size
    place = data.index(b"hans@ehrler.de", page, page + size)
    data[place : place + 4] = b"anna"
    Path(path).write_bytes(data)
    with Store.open(path) as store:
        with pytest.raises(upkeep.Damaged):
            upkeep.check(store)
        upkeep.check(store, mend=True)
        assert _texts(store) == []
        assert store.connection.execute("SELECT count(*) FROM email WHERE folded = 'hans@ehrler.de'").fetchone() == (1,)


def test_a_damaged_page_of_records_is_found_and_never_called_mended(path: str) -> None:
    with Store.open(path) as store:
        with store.transaction(NOW):
            insert(store.connection, "contact", {})
        root = store.connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'contact'").fetchone()[0]
    data = bytearray(Path(path).read_bytes())
    data[(root - 1) * 4096 : root * 4096] = b"\x55" * 4096
    Path(path).write_bytes(data)
    with Store.open(path) as store:
        for mend in (False, True):
            with pytest.raises(StoreError):
                upkeep.check(store, mend=mend)


def test_a_search_index_that_is_behind_is_a_warning(filled: Store) -> None:
    with closing(sqlite3.connect(filled.path or "")) as shell:
        shell.execute("UPDATE contact SET name = 'Someone Else'")
        shell.commit()
    assert [found.severity for found in upkeep.check(filled) if found.template[:6] != "SQLite"] == ["warning"]
    assert _texts(filled, mend=True) == ["The search index was made anew."]
    assert _texts(filled) == []


def test_files_open_to_others_are_named_and_made_private(filled: Store) -> None:
    made = upkeep.backup(filled, now=NOW, keep=3)
    path = filled.path or ""
    for name in (path, made.path):
        os.chmod(name, 0o644)
    os.chmod(os.path.dirname(made.path), 0o755)
    assert len(_texts(filled)) == 3
    _texts(filled, mend=True)
    assert _texts(filled) == []
    modes = {stat.S_IMODE(os.stat(name).st_mode) for name in (path, made.path)}
    assert modes == {0o600}


def test_leftovers_of_a_kill_are_named_and_removed_and_nothing_else(filled: Store) -> None:
    made = upkeep.backup(filled, now=NOW, keep=3)
    leftovers = [f"{made.path}.part", f"{made.path}.part-journal", f"{filled.path}.restore.part"]
    others = [f"{os.path.dirname(made.path)}/notes.part", f"{os.path.dirname(filled.path or '')}/song.part"]
    for name in leftovers + others:
        Path(name).touch()
    assert len(_texts(filled)) == 3
    _texts(filled, mend=True)
    assert _texts(filled) == []
    assert not any(map(os.path.exists, leftovers))
    assert all(map(os.path.exists, [*others, made.path]))
