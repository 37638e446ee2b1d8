"""Most tests begin with the copy of a new store: it is what the program makes from nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from crm_cli.store import creation

SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY rowid"
META = "SELECT * FROM meta ORDER BY key"
PRAGMAS = ("application_id", "user_version", "page_size", "encoding", "auto_vacuum")


def test_a_copied_store_is_the_one_made_from_nothing() -> None:
    found = []
    for create in (creation.create, creation.create.__wrapped__):  # type: ignore[attr-defined]
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
            create(connection, device="0123456789abcdef")
            assert not connection.in_transaction
            settings = [connection.execute(f"PRAGMA {name}").fetchone() for name in PRAGMAS]
            found.append((settings, *(connection.execute(sql).fetchall() for sql in (SCHEMA, META))))
    assert found[0] == found[1]


def test_no_two_copies_have_the_same_device(home, crm) -> None:
    devices = set()
    for name in ("a.db", "b.db"):
        crm("--db", str(home / name), "contact", "add", "Ada")
        with closing(sqlite3.connect(home / name)) as connection:
            devices |= set(connection.execute("SELECT value FROM meta WHERE key = 'device'"))
            assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert len(devices) == 2
