"""A store that is damaged, foreign or newer is refused by every command, and not one byte of it changes."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest

from crm_cli.store.store import Store
from crm_cli.store.version import VERSION
from tests.dump import dump
from tests.store.conftest import NOW
from tests.store.rows import insert


def _sql(*statements: str):
    def change(path: Path) -> None:
        with sqlite3.connect(path) as connection:
            for statement in statements:
                connection.execute(statement)
        connection.close()

    return change


def _bytes(change):
    def apply(path: Path) -> None:
        data = bytearray(path.read_bytes())
        path.write_bytes(bytes(change(data)))

    return apply


def _another_program(path: Path) -> None:
    path.unlink()
    _sql("CREATE TABLE bookmark (url TEXT)", "INSERT INTO bookmark VALUES ('x')")(path)


FAULTS = {
    "a newer schema": _sql(f"PRAGMA user_version = {VERSION + 1}"),
    "another application id": _sql("PRAGMA application_id = 42"),
    "another program's database": _another_program,
    "no database": lambda path: path.write_text("Dear diary, " * 500),
    "zeroed": _bytes(lambda data: bytes(len(data))),
    "a zeroed first page": _bytes(lambda data: bytes(4096) + data[4096:]),
    "half of it": _bytes(lambda data: data[: len(data) // 2]),
    "the first page alone": _bytes(lambda data: data[:4096]),
    "a few bytes": _bytes(lambda data: data[:50]),
    "a damaged schema": _bytes(lambda data: data[:100] + random.Random(1).randbytes(3996) + data[4096:]),
}
COMMANDS = [
    ["history"],
    ["undo"],
    ["changes", "--json"],
    ["sql", "SELECT * FROM contact"],
    ["check"],
    ["check", "--repair"],
    ["backup"],
    ["contact", "add", "Ada Lovelace"],
    ["contact", "list"],
    ["find", "ada"],
    ["log", "note: something"],
]


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_a_store_that_is_none_is_refused_and_left_untouched(crm, home: Path, fault) -> None:
    path = home / "crm.db"
    with Store.open(str(path)) as store, store.transaction(NOW):
        insert(store.connection, "contact", {})
    fault(path)
    before = path.read_bytes()
    for command in COMMANDS:
        result = crm(*command, "--json") if command[0] != "log" else crm("--json", *command)
        assert result.code == 7, (command, result)
        assert result.error["code"] == "store"
        assert result.out == ""
        assert path.read_bytes() == before, command
    assert not (home / "backups").exists()


def test_a_store_that_cannot_be_read_is_brought_back_from_a_backup(crm, home: Path) -> None:
    path = home / "crm.db"
    with Store.open(str(path)) as store, store.transaction(NOW):
        insert(store.connection, "contact", {})
    before = dump(path)
    assert crm("backup").code == 0
    path.write_bytes(b"garbage" * 100)
    assert crm("check").code == 7
    assert crm("restore", "--latest", "--yes").code == 0
    assert crm("check").code == 0
    assert dump(path) == before


def test_flipped_bits_never_crash_the_program(crm, home: Path) -> None:
    path = home / "crm.db"
    with Store.open(str(path)) as store:
        for _ in range(30):
            with store.transaction(NOW):
                insert(store.connection, "interaction_contact", {})
    whole = path.read_bytes()
    dice = random.Random(2)
    for _ in range(20):
        data = bytearray(whole)
        for _ in range(5):
            data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        path.write_bytes(bytes(data))
        for suffix in ("-wal", "-shm"):
            Path(f"{path}{suffix}").unlink(missing_ok=True)
        for command in (["check"], ["history"], ["sql", "SELECT * FROM interaction"], ["undo"]):
            result = crm(*command, "--json")
            assert result.code in (0, 5, 7), (command, result)
