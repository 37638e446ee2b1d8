"""A store of any earlier version becomes a store of today: the same schema, not a row lost, and undo reaches back."""

from __future__ import annotations

import re
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crm_cli.store import journal, migrations, name_order, parties, search_index
from crm_cli.store.store import Store
from crm_cli.store.version import APPLICATION_ID, VERSION
from tests.store.rows import ROWS, insert

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
# The schema as version 1 was released; it never changes again.
FIRST = Path(__file__).with_name("version_1.sql")


@pytest.fixture
def first(tmp_path: Path) -> str:
    """Make a store of version 1 that holds a row in every journalled table."""
    path = str(tmp_path / "crm.db")
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.executescript(FIRST.read_text(encoding="utf-8"))
    for statement in journal.trigger_ddl(connection):
        connection.execute(statement)
    made: dict[str, int] = {}
    for table in _journalled(connection):
        if table not in made:
            made[table] = insert(connection, table, made)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute("PRAGMA user_version = 1")
    connection.close()
    return path


def _schema(connection: sqlite3.Connection) -> dict[str, object]:
    """Every table's columns, and every index and trigger with its blanks made equal."""
    found: dict[str, object] = {}
    for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"):
        if kind == "table":
            # A column added later stands at the end of an old file.
            found[name] = {row[1]: row[2:6] for row in connection.execute(f"PRAGMA table_info('{name}')")}
        else:
            found[name] = re.sub(r"\s+", " ", sql) if kind == "index" else sorted(re.findall(r"\w+", sql))
    return found


def _journalled(connection: sqlite3.Connection) -> list[str]:
    """Return the journalled tables this file has."""
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return [table for table in ROWS if table in there]


def _rows(path: str) -> dict[str, list[dict[str, object]]]:
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    try:
        return {
            table: [dict(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY id")]
            for table in _journalled(connection)
        }
    finally:
        connection.close()


def test_every_version_has_its_step() -> None:
    assert len(migrations.STEPS) == VERSION - 1


def test_an_upgraded_store_has_the_schema_of_a_new_one(first: str, tmp_path: Path) -> None:
    with Store.open(first) as old, Store.open(str(tmp_path / "new.db")) as new:
        assert _schema(old.connection) == _schema(new.connection)
        assert old.connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
        assert old.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert old.connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_store_of_version_2_gets_only_what_it_lacks(tmp_path: Path) -> None:
    path, new = str(tmp_path / "second.db"), str(tmp_path / "new.db")
    Store.open(path).close()
    plain = sqlite3.connect(path)
    plain.executescript("DROP INDEX contact_birthday; PRAGMA user_version = 2")
    plain.close()
    with Store.open(path) as second, Store.open(new) as fresh:
        assert _schema(second.connection) == _schema(fresh.connection)
        assert second.connection.execute("PRAGMA user_version").fetchone() == (VERSION,)


def test_an_upgrade_keeps_every_row_and_leaves_a_backup_when_it_changes_the_file(first: str) -> None:
    before = _rows(first)
    Store.open(first).close()
    after = _rows(first)
    for table, rows in before.items():
        assert rows, table
        for old, new in zip(rows, after[table], strict=True):
            assert old.items() <= new.items()
    backup = Path(f"{first}.before-schema-{VERSION}")
    assert backup.exists() == (VERSION > 1)
    if backup.exists():
        assert _rows(str(backup)) == before


def test_what_was_deleted_before_the_upgrade_is_given_back_after_it(first: str) -> None:
    before = _rows(first)["segment"]
    plain = sqlite3.connect(first)
    with plain:
        plain.execute("DELETE FROM segment")
        (change_set,) = plain.execute("SELECT max(id) FROM change_set").fetchone()
    plain.close()
    with Store.open(first) as store, store.transaction(NOW) as by:
        assert journal.take_back(store.connection, change_set, by=by)
    (old,), (new,) = before, _rows(first)["segment"]
    assert old.items() <= new.items()


def test_lists_are_whole_and_in_order_when_the_index_is_older_than_the_upgrade(first: str) -> None:
    with Store.open(first) as store:
        connection = store.connection
        assert not name_order.current(connection)
        contacts = [row for (row,) in connection.execute("SELECT id FROM contact")]
        assert contacts
        assert parties.page(connection, "contact", "1", (), limit=20) == (contacts, len(contacts))
        with store.transaction(NOW):
            connection.execute("UPDATE contact SET name = name || ' x'")
        assert name_order.current(connection)
        assert parties.rows_where(connection, "contact") == contacts
        assert not any(search_index.check(connection).values())
