"""The clock, the places of files, references from stdin: what every command gets from its context."""

from __future__ import annotations

import os
import shlex
import sqlite3
import stat
import time
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_cli import places
from crm_cli.commands._options import Options
from crm_cli.context import AppContext
from crm_cli.errors import UsageError


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2025-11-19T10:00:00+01:00", "2025-11-19T10:00:00+01:00"),
        ("2025-11-19T09:00:00Z", "2025-11-19T09:00:00+00:00"),
        ("2025-07-01T10:00:00", "2025-07-01T10:00:00+02:00"),
        ("2025-11-19T10:00:00-05:00", "2025-11-19T10:00:00-05:00"),
    ],
)
def test_the_clock_is_crm_now(home: Path, monkeypatch, now: str, expected: str) -> None:
    monkeypatch.setenv("CRM_NOW", now)
    context = AppContext(Options())
    assert context.now().isoformat() == expected
    assert context.today() == context.now().date()


@pytest.mark.parametrize(
    ("now", "summer"),
    [
        ("2025-11-19T10:00:00+01:00", "+02:00"),
        ("2025-11-19T10:00:00", "+02:00"),
        ("2025-11-19T10:00:00-05:00", "-05:00"),
    ],
)
def test_local_times_have_the_offset_of_their_own_day(home: Path, monkeypatch, now: str, summer: str) -> None:
    monkeypatch.setenv("CRM_NOW", now)
    moment = AppContext(Options()).localize(datetime(2025, 7, 1, 12))
    assert moment.isoformat() == f"2025-07-01T12:00:00{summer}"


def test_without_crm_now_the_clock_is_the_systems(home: Path, monkeypatch) -> None:
    monkeypatch.delenv("CRM_NOW")
    before = time.time()
    assert before <= AppContext(Options()).now().timestamp() <= time.time()


def test_an_unreadable_clock_is_a_usage_error(home: Path, monkeypatch) -> None:
    monkeypatch.setenv("CRM_NOW", "tomorrow")
    with pytest.raises(UsageError):
        AppContext(Options()).now()


@pytest.mark.parametrize(
    ("environment", "config", "database"),
    [
        ({"CRM_HOME": "/h"}, "/h/config.toml", "/h/crm.db"),
        ({"CRM_HOME": "/h", "CRM_DB": "/d/x.db", "CRM_CONFIG": "/c.toml"}, "/c.toml", "/d/x.db"),
        ({"HOME": "/u"}, "/u/.config/crm/config.toml", "/u/.local/share/crm/crm.db"),
        (
            {"HOME": "/u", "XDG_CONFIG_HOME": "/xc", "XDG_DATA_HOME": "relative"},
            "/xc/crm/config.toml",
            "/u/.local/share/crm/crm.db",
        ),
    ],
)
def test_files_are_where_the_environment_says(home, monkeypatch, environment, config: str, database: str) -> None:
    for name in ("CRM_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert places.config_file() == config
    assert places.database_file(None) == database
    assert places.database_file("./y.db") == "./y.db"


def test_state_and_cache_are_below_the_one_folder(home: Path) -> None:
    assert [places.folder(purpose) for purpose in ("state", "cache")] == [str(home / "state"), str(home / "cache")]


def test_a_read_or_a_dry_run_creates_no_store_and_a_write_a_private_one(crm, home: Path) -> None:
    assert crm("contact", "list", "--json").json == []
    assert crm("contact", "add", "Ada", "--dry-run", "--json").json["id"] is None
    assert not home.exists()
    assert crm("contact", "add", "Ada").code == 0
    assert stat.S_IMODE((home / "crm.db").stat().st_mode) == 0o600
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_the_command_line_and_the_actor_are_in_the_journal(crm, home: Path) -> None:
    crm("config", "set", "user.name", "Petra")
    crm("contact", "add", "Ada O'Hara", "--quiet")
    connection = sqlite3.connect(home / "crm.db")
    rows = connection.execute("SELECT actor, command FROM change_set").fetchall()
    connection.close()
    assert [(actor, shlex.split(command)) for actor, command in rows] == [
        ("Petra", ["crm", "contact", "add", "Ada O'Hara", "--quiet"])
    ]


@settings(deadline=None, max_examples=100)
@given(st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",))), max_size=4))
def test_the_command_line_reads_back(words: list[str]) -> None:
    assert shlex.split(AppContext(Options(), arguments=words).command_line) == ["crm", *words]


def test_references_come_from_stdin(crm) -> None:
    for name in ("Ada", "Bob", "Cleo"):
        assert crm("contact", "add", name).code == 0
    ids = crm("contact", "list", "--format", "ids").raw
    assert crm("tag", "add", "-", "vip", stdin=b"\xef\xbb\xbf" + ids).code == 0
    assert len(crm("contact", "list", "tag:vip", "--json").json) == 3
    assert crm("tag", "add", "-0", "two", stdin=b"Ada\0Bob\0").code == 0
    assert len(crm("contact", "list", "tag:two", "--json").json) == 2
    refused = crm("tag", "add", "-", "bad", "--json", stdin=b"\xff\xfe\n")
    assert (refused.code, refused.error["code"]) == (2, "usage")


def test_created_files_are_private_whatever_the_umask(crm, home: Path) -> None:
    mask = os.umask(0)
    try:
        assert crm("contact", "add", "Ada").code == 0
    finally:
        os.umask(mask)
    assert all(stat.S_IMODE(path.stat().st_mode) & 0o077 == 0 for path in home.rglob("*"))
