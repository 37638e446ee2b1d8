"""One line means the same record whichever way it comes in: as arguments, on stdin, typed at the prompt."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.tui.terminal import Terminal

LINES = (
    "besuch müller ehrler gestern 14:30 45m: Prüfstand gesehen, will Angebot wv:fr Angebot senden",
    "call from miller yesterday 9:15: wants quote +fair need:service fu:fri send it :: and more of it",
)
# What a record has of its own: its ids, and the change set that made it.
_OWN = ("id", "created_at", "updated_at")


def _without_ids(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without_ids(item) for key, item in value.items() if key not in _OWN}
    return [_without_ids(item) for item in value] if isinstance(value, list) else value


@pytest.fixture
def terminal(tmp_path: Path):
    """A terminal of 80 by 24 cells."""
    made = Terminal(tmp_path, 80, 24)
    yield made
    made.close()


@pytest.mark.parametrize("line", LINES)
def test_arguments_stdin_and_prompt_make_the_same_record(run, home: Path, terminal: Terminal, line: str) -> None:
    for name, company in (("Hans Müller", "Ehrler Prüftechnik GmbH"), ("Bob Miller", "Acme Inc.")):
        assert run("contact", "add", name, "--company", company).returncode == 0
    entries = [json.loads(run("log", *line.split(" "), "--json").stdout)]
    entries.append(json.loads(run("log", "-", "--json", input=line + "\n").stdout)[0])
    assert entries[0]["id"] != entries[1]["id"]
    terminal.run("log")
    terminal.wait_for("Esc")
    terminal.type(line)
    terminal.wait_for(line[-12:])
    terminal.press("Enter")
    assert terminal.ended() == 0
    uid = json.loads(run("sql", "SELECT uid FROM interaction ORDER BY id DESC LIMIT 1", "--json").stdout)[0]["uid"]
    prompt = json.loads(run("show", uid, "--json").stdout)
    shared = set(entries[0]) & set(prompt)
    assert shared >= {"at", "text", "kind", "contacts", "company", "followups", "raw", "tags", "needs", "details"}
    # A page tells more about a need than an entry does.
    records = [
        _without_ids({key: entry[key] for key in shared if key not in ("needs", "timeline")})
        for entry in (*entries, prompt)
    ]
    assert records[0] == records[1] == records[2]
