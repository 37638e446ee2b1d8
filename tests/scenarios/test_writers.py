"""Many programs write at once: nothing is lost, nothing fails."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bench.people import people, vcard
from crm_cli.commands import commands_of
from tests.scenarios.conftest import CRM

_WRITERS = 8
_LINES = 12
_CARDS = 1500
_LOGGER = f"""
import sys
from crm_cli.app import main
for number in range({_LINES}):
    code = main(["--json", "log", f"besuch @hans.müller {{sys.argv[1]}}-{{number}} gesehen +messe wv:fr Angebot"])
    if code:
        sys.exit(code)
"""


def test_nothing_is_lost_when_eight_programs_log_at_once(run, environment) -> None:
    assert run("contact", "add", "Hans Müller").returncode == 0
    ended = _together(environment, _loggers())
    assert len(_acknowledged(run, ended)) == _WRITERS * _LINES


@pytest.mark.skipif(not commands_of("import"), reason="this program has no crm import")
def test_nothing_is_lost_when_eight_programs_log_while_one_imports(run, environment, tmp_path: Path) -> None:
    assert run("contact", "add", "Hans Müller").returncode == 0
    cards = tmp_path / "cards.vcf"
    cards.write_text("".join(vcard(person) for person in people(_CARDS)), encoding="utf-8", newline="")
    *ended, imported = _together(environment, [*_loggers(), [*CRM, "import", str(cards), "--json"]])
    assert json.loads(imported)["new"] == _CARDS
    assert len(_acknowledged(run, ended)) == _WRITERS * _LINES
    assert json.loads(run("sql", "SELECT count(*) AS n FROM contact", "--json").stdout) == [{"n": _CARDS + 1}]


def _loggers() -> list[list[str]]:
    return [[sys.executable, "-c", _LOGGER, str(number)] for number in range(_WRITERS)]


def _together(environment, argv: list[list[str]]) -> list[str]:
    """Run programs at the same time, all of which must succeed; return what each wrote to stdout."""
    running = [
        subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for words in argv
    ]
    ended = [(process.communicate(), process.returncode) for process in running]
    assert [code for _, code in ended] == [0] * len(argv), ended
    return [out for (out, _), _ in ended]


def _acknowledged(run, outputs: list[str]) -> set[str]:
    """Return the ids that were acknowledged, which must be exactly those in the store, and the store whole."""
    ids = {json.loads(line)["id"] for out in outputs for line in out.splitlines()}
    assert {row["uid"] for row in json.loads(run("sql", "SELECT uid FROM interaction", "--json").stdout)} == ids
    assert run("check").returncode == 0
    return ids


def test_a_follower_sees_every_change_of_other_programs_in_order(run, environment) -> None:
    assert run("contact", "add", "First One").returncode == 0
    follower = subprocess.Popen(
        [*CRM, "changes", "--follow", "--json"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert follower.stdout is not None
    lines = [json.loads(follower.stdout.readline())]
    for number in range(3):
        assert run("contact", "add", f"Number {number}").returncode == 0
    while lines[-1]["entity"] != "contact" or lines[-1]["after"]["name"] != "Number 2":
        lines.append(json.loads(follower.stdout.readline()))
    follower.send_signal(signal.SIGINT)
    _, errors = follower.communicate(timeout=60)
    assert follower.returncode == 130
    assert errors.strip() == ""
    assert [line["id"] for line in lines] == list(range(1, len(lines) + 1))
