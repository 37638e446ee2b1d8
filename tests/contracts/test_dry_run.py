"""`--dry-run` before any command that writes: the same answer, and not one byte of the home changed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from crm_cli.commands import all_commands
from tests.contracts.samples import CARD, INVITATION, WRITING

COMMANDS = {command.name: command for command in all_commands()}
LINES = [
    pytest.param(name, words, id=" ".join((name, *words)))
    for name, lines in WRITING.items()
    for words in lines
    if name in COMMANDS
]


def state(home: Path) -> dict[str, object]:
    """Return what is kept: every table of every store row by row, and every other file byte by byte."""
    found: dict[str, object] = {}
    for path in sorted(home.rglob("*")):
        name = str(path.relative_to(home))
        if path.suffix == ".db":
            with closing(sqlite3.connect(path)) as connection:
                found[name] = {
                    table: connection.execute(f'SELECT * FROM "{table}"').fetchall() for table in _tables(connection)
                }
        elif path.is_file() and not name.endswith(("-wal", "-shm", "-lock")):
            found[name] = path.read_bytes()
    return found


def _tables(connection: sqlite3.Connection) -> list[str]:
    """Return all tables that hold something themselves, those behind the search index too."""
    listing = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    return [name for (name,) in connection.execute(listing)]


def test_every_command_that_writes_has_a_sample() -> None:
    missing = {name for name, command in COMMANDS.items() if command.writes} - WRITING.keys()
    assert not missing, "Give each of them a line in tests/contracts/samples.py."


@pytest.mark.parametrize(("name", "words"), LINES)
def test_a_dry_run_changes_nothing(book, home: Path, tmp_path: Path, name: str, words: tuple[str, ...]) -> None:
    cards = tmp_path / "cards.vcf"
    cards.write_text(CARD, newline="")
    target = tmp_path / "target.db"
    if name == "redo":
        assert book("undo").code == 0
    if words == ("--fresh",):
        assert book(name).code == 0
    invitation = tmp_path / "invitation.ics"
    invitation.write_text(INVITATION, newline="")
    line = [*name.split(), *(word.format(file=target, cards=cards, invitation=invitation) for word in words)]
    before = state(home)
    dry = book("--dry-run", *line)
    assert state(home) == before
    assert not target.exists()
    # The line is one that does something: the dry run answers as the real one does, which leaves a trace.
    real = book(*line)
    assert dry.code == real.code
    if name != "backup":
        assert bool(dry.out) == bool(real.out)
    if name != "check":
        assert state(home) != before or target.exists()


def test_a_dry_run_on_no_store_makes_none(crm, home: Path) -> None:
    result = crm("contact", "add", "Ada Lovelace", "--dry-run", "--json")
    assert (result.code, result.json["id"]) == (0, None)
    assert not home.exists() or not list(home.iterdir())
