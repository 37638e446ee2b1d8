"""A day of a newcomer: from an empty home to a full diary, in both languages, and all the way back."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from crm_cli.commands import all_commands
from tests.dump import dump
from tests.scenarios.conftest import CRM

_CARDS = """BEGIN:VCARD
VERSION:3.0
FN:Hans Müller
N:Müller;Hans;;;
ORG:Ehrler Prüftechnik GmbH
EMAIL:hans.mueller@ehrler.example
TEL:+49 821 12345-67
END:VCARD
BEGIN:VCARD
VERSION:4.0
FN:Bob Miller
ORG:Acme Inc.
TEL;TYPE=cell:tel:+1-212-555-0134
END:VCARD
"""


def _address_book(run, folder: Path) -> None:
    """Get two people in: from a file, or typed where there is no import yet."""
    if "import" in {command.name for command in all_commands()}:
        file = folder / "contacts.vcf"
        file.write_text(_CARDS)
        imported = run("import", str(file), "--json")
        assert imported.returncode == 0, imported.stderr
        assert json.loads(imported.stdout)["new"] == 2
        return
    for name, company in (("Hans Müller", "Ehrler Prüftechnik GmbH"), ("Bob Miller", "Acme Inc.")):
        assert run("contact", "add", name, "--company", company).returncode == 0


def test_a_newcomers_day_and_the_way_back(run, home: Path, tmp_path: Path, monkeypatch) -> None:
    def crm(*words: str, code: int = 0, **options):
        result = run(*words, **options)
        assert result.returncode == code, (words, result)
        return result

    # Nothing is there, and nothing is wrong.
    assert "visit" in crm("--help").stdout
    assert crm("contact", "list", "--json").stdout == "[]\n"
    assert crm("today").stdout.endswith("Nothing is due.\n")
    assert not home.exists()
    _address_book(crm, tmp_path)
    start = dump(home / "crm.db")
    deal = crm("deal", "add", "Prüfstand", "--contact", "hans müller", "--value", "12500", "--stage", "Kontakt")
    assert "€12,500.00" in deal.stdout

    # A visit, in German: report, follow-up and the step of the deal in one line.
    line = "besuch müller ehrler gestern 14:30 45m: Prüfstand gesehen, will Angebot wv:fr Angebot senden"
    visit = json.loads(crm("log", *line.split(), "phase:angebot", "wert:18,5k", "p:60", "--json").stdout)
    assert (visit["at"], visit["text"]) == ("2025-11-18T14:30:00+01:00", "Prüfstand gesehen, will Angebot")
    assert visit["deal"].items() >= {"stage": "Angebot", "probability": 60}.items()
    assert visit["deal"]["value"] == {"amount": "18500.00", "currency": "EUR"}

    # A call, in English; then one with the colon forgotten, kept and mended.
    assert crm("log", "call from miller: wants quote fu:fri send it").stdout.startswith("✔ Call ← · Bob Miller")
    refused = crm("log", "visit", "miller", "yesterday", "saw", "the", "bench", code=2)
    assert "colon" in refused.stderr
    (draft,) = json.loads(crm("log", "--drafts", "--json").stdout)
    assert draft["text"] == "visit miller yesterday saw the bench"
    crm("log", draft["text"].replace("yesterday", "yesterday:"))
    crm("log", "--drafts", "drop", str(draft["id"]))
    assert crm("log", "--drafts", "--json").stdout == "[]\n"

    # Friday: what is due is done, with what came of it.
    monkeypatch.setenv("CRM_NOW", "2025-11-21T16:00:00+01:00")
    friday = {"env": {**os.environ, "CRM_HOME": str(home), "CRM_NOW": "2025-11-21T16:00:00+01:00"}}
    assert {item["text"] for item in json.loads(subprocess_due(friday))} == {"Angebot senden", "send it"}
    crm("task", "done", "Angebot senden", "--log", "mail: Angebot raus")
    page = crm("show", "müller", "ehrler").stdout
    assert "Angebot raus" in page
    assert "Prüfstand gesehen, will Angebot" in page
    assert "Open tasks" not in page
    assert crm("deal", "won", "Prüfstand", "--lang", "de").stdout.count("gewonnen") == 1
    (found,) = json.loads(crm("find", "prufstand gesehn", "--json", "--limit", "1").stdout)
    assert found["kind"] in ("interaction", "deal")

    # And all of it back.
    crm("undo", "6")
    assert dump(home / "crm.db") == start
    again = crm("redo", "6", "--json")
    assert len(json.loads(again.stdout)["redone"]) == 6
    assert crm("check").returncode == 0


def subprocess_due(options: dict) -> str:
    """Return what `crm due --json` says in another environment."""
    return subprocess.run([*CRM, "due", "--json"], capture_output=True, text=True, check=True, **options).stdout


class Asked:
    """One run of the program whose questions are answered at a terminal."""

    def __init__(self, environment: dict[str, str], words: tuple[str, ...], typed: str) -> None:
        master, slave = os.openpty()
        with subprocess.Popen(
            [*CRM, *words], env=environment, stdin=slave, stdout=subprocess.PIPE, stderr=slave
        ) as process:
            os.close(slave)
            os.write(master, typed.encode())
            self.out = process.communicate(timeout=60)[0].decode()
        self.code = process.returncode
        self.shown = b""
        while True:
            try:
                chunk = os.read(master, 65536)
            except OSError:  # the last of its users is gone
                break
            if not chunk:
                break
            self.shown += chunk
        os.close(master)

    @property
    def text(self) -> str:
        return self.shown.decode()


@pytest.fixture
def asked(environment: dict[str, str]):
    """Run `crm` at a terminal: `asked("log", …, typed="2\\n")`."""
    return lambda *words, typed: Asked(environment, words, typed)


def test_several_people_are_offered_and_one_is_picked(run, asked) -> None:
    for index in range(7):
        assert run("contact", "add", f"Anna Schmidt {index}").returncode == 0
    answer = asked("log", "visit", "schmidt:", "hello", "--lang", "en", typed="2\n")
    assert answer.code == 0, answer.text
    offered = [line.strip() for line in answer.text.splitlines() if line[:2] == "  " and line[2].isdigit()]
    assert len(offered) == 5, answer.text
    assert "Who is “schmidt”?" in answer.text
    assert offered[1].split("  ")[1].split(" · ")[0] in answer.out
    assert run("log", "--drafts", "--format", "ids").stdout == ""


def test_a_new_name_is_made_by_n_and_nothing_by_enter(run, asked) -> None:
    assert run("contact", "add", "Anna Schmidt").returncode == 0
    stopped = asked("log", "visit zorro: hello", typed="\n")
    assert stopped.code == 3
    assert json.loads(run("find", "zorro", "--json").stdout) == []
    assert [draft["text"] for draft in json.loads(run("log", "--drafts", "--json").stdout)] == ["visit zorro: hello"]
    made = asked("log", "visit zorro: hello", typed="x\nn\n")
    assert made.code == 0, made.text
    assert "zorro" in made.out
    assert [hit["kind"] for hit in json.loads(run("find", "zorro", "--json").stdout)][:1] == ["contact"]


@pytest.mark.parametrize("option", ["--no-input", "--yes", "--json"])
def test_no_question_is_asked_where_the_user_forbids_it(run, asked, option: str) -> None:
    assert run("contact", "add", "Anna Schmidt").returncode == 0
    answer = asked("log", option, "visit zorro: hello", typed="n\n")
    assert answer.code == 3
    assert "Who is" not in answer.text


def test_a_deletion_asks_first(run, asked) -> None:
    assert run("contact", "add", "Anna Schmidt").returncode == 0
    assert run("log", "visit schmidt: hello").returncode == 0
    assert asked("contact", "delete", "schmidt", typed="\n").code == 5
    assert run("contact", "show", "schmidt").returncode == 0
    answer = asked("contact", "delete", "schmidt", "--lang", "de", typed="j\n")
    assert (answer.code, "[j/N]" in answer.text) == (0, True)
    assert run("contact", "show", "schmidt").returncode == 3
