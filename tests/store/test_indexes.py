"""What the hot commands look up, they look up by an index: none of them reads a growing table from end to end."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from crm_cli.commands import all_commands
from crm_cli.store import query_conditions
from crm_cli.store.store import Store

HOT = [
    ["find", "ada", "müller"],
    ["find", "adda", "mueler"],
    ["show", "ada@example.org"],
    ["show", "Ada Müller"],
    ["whois", "+49821123456"],
    ["whois", "+4982112345699"],
    ["due"],
    ["log", "besuch", "@ada@example.org", "45m", "Prüfstand", "wv:+3d", "Angebot"],
    ["_complete", "bash", "--", "ada", "crm find ada"],
    ["contact", "list", "--limit", "5"],
    ["contact", "list", "müller", "--limit", "5"],
    ["contact", "list", "city:Augsburg", "--limit", "5"],
    ["contact", "list", "name:ada", "--limit", "5"],
    ["contact", "list", "company:acme", "--limit", "5"],
    ["company", "list", "name:acme", "--limit", "5"],
    ["find", "xyzzyq", "plughner"],
    ["history", "Ada Müller"],
]
# A plan's step that reads all rows of what it names, without even an index of fewer rows.
FULL_SCAN = re.compile(r"SCAN (\w+)$")
# Tables of one row, or of as many as the user has declared or set by hand.
SHORT = {"search_state", "journal_context", "field", "cadence", "meta"}


def test_every_hot_command_is_tried_here() -> None:
    assert {command.name for command in all_commands() if command.hot} <= {words[0] for words in HOT}


@pytest.mark.parametrize("words", [pytest.param(words, id=" ".join(words)) for words in HOT])
def test_a_hot_command_reads_no_growing_table_from_end_to_end(words: list[str], crm, home: Path, monkeypatch) -> None:
    reach = ("--phone", "+49821123456", "--email", "ada@example.org")
    flags = ("--company", "Acme", "--address", "Weg 1, 86150 Augsburg", *reach)
    assert crm("contact", "add", "Ada Müller", *flags).code == 0
    assert crm("event", "add", "tomorrow 9:00 müller: demo").code == 0
    statements: list[str] = []
    opened = Store.open

    def watched(path: str, **options: object) -> Store:
        store = opened(path, **options)
        store.connection.set_trace_callback(statements.append)
        return store

    monkeypatch.setattr(Store, "open", watched)
    assert crm(*words).code == 0
    connection = sqlite3.connect(home / "crm.db")
    query_conditions.register(connection)
    asked = [
        sql for sql in dict.fromkeys(statements) if sql.lstrip().startswith(("SELECT", "WITH", "UPDATE", "DELETE"))
    ]
    assert asked
    for sql in asked:
        scanned = {
            match[1]
            for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}")
            if (match := FULL_SCAN.fullmatch(row[3]))
        }
        assert scanned <= SHORT, sql
    connection.close()
