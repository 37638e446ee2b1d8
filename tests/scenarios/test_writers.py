"""Many programs write at once: nothing is lost, nothing fails."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from bench.people import people, vcard
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


def test_nothing_is_lost_when_eight_programs_log_while_one_imports(run, environment, tmp_path: Path) -> None:
    assert run("contact", "add", "Hans Müller").returncode == 0
    cards = tmp_path / "cards.vcf"
    cards.write_text("".join(vcard(person) for person in people(_CARDS)), encoding="utf-8", newline="")
    argv = [[sys.executable, "-c", _LOGGER, str(number)] for number in range(_WRITERS)]
    argv.append([*CRM, "import", str(cards), "--json"])
    running = [
        subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for words in argv
    ]
    ended = [(process.communicate(), process.returncode) for process in running]
    assert [code for _, code in ended] == [0] * (_WRITERS + 1), ended
    acknowledged = {json.loads(line)["id"] for (out, _), _ in ended[:-1] for line in out.splitlines()}
    assert len(acknowledged) == _WRITERS * _LINES
    assert json.loads(ended[-1][0][0])["new"] == _CARDS
    known = json.loads(run("sql", "SELECT uid FROM interaction", "--json").stdout)
    assert {row["uid"] for row in known} == acknowledged
    assert json.loads(run("sql", "SELECT count(*) AS n FROM contact", "--json").stdout) == [{"n": _CARDS + 1}]
    assert run("check").returncode == 0


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
    import signal

    follower.send_signal(signal.SIGINT)
    _, errors = follower.communicate()
    assert follower.returncode == 130
    assert errors.strip() == ""
    assert [line["id"] for line in lines] == list(range(1, len(lines) + 1))
