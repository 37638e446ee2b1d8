"""Text from outside never drives a terminal: names, notes, tags, titles and files that hold control sequences."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from crm_cli.commands import all_commands
from crm_cli.domain.party_input import PartyInput
from crm_cli.services import contacts, deals, tasks
from crm_cli.store.store import Store
from tests.conftest import NOW
from tests.contracts.hostile import FORBIDDEN, HOSTILE, controls

COMMANDS = {command.name for command in all_commands()}
# Everything at once; what is looked for are single characters, so one text stands for all.
ALL = "".join(text for text in HOSTILE if len(text) < 1000)
_STAGES = ({"name": "Quote", "probability": 50},)

LISTINGS = [
    ("contact", "list"),
    ("company", "list"),
    ("task", "list"),
    ("deal", "list"),
    ("tag", "list"),
    ("field", "list"),
    ("segment", "list"),
    ("cadence", "list"),
    ("history", "--limit", "500"),
    ("changes",),
    ("due",),
    ("today",),
    ("log", "--drafts"),
    ("sql", "SELECT * FROM contact"),
    ("sql", "SELECT name AS '\x1b[31mred' FROM contact"),
    ("find", "eve", "--limit", "1000"),
    ("find", "doe"),
    ("undo", "3", "--dry-run"),
]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which every text of every record is hostile."""
    path = tmp_path_factory.mktemp("hostile") / "crm.db"
    now = datetime.fromisoformat(NOW)
    count = len(HOSTILE)
    with (
        Store.open(str(path), actor="eve\x1b[31m", command="crm\x1b]0;x\x07 contact add") as store,
        store.transaction(now),
    ):
        for index, text in enumerate(HOSTILE):
            following = [HOSTILE[(index + step) % count] for step in range(1, 8)]
            typed = PartyInput(
                name=text,
                nickname=following[0],
                title=following[1],
                department=following[2],
                notes=following[3],
                company=f"Firm {index} {following[4][:200]}" if index % 4 == 0 else None,
                tag=[text.replace(",", " ")[:100]],
                email=[f"{following[5][:100]}@example.org"],
                phone=[following[6][:100]],
                address=[f"{following[0][:100]}, 86150 {following[1][:100]}"],
                link=[f"https://x.example/{text[:100]}"],
            )  # fmt: skip
            contacts.add(store, typed=typed, force=True, region="DE", now=now)
            if index % 3 == 0:
                tasks.add(store, text=text, due=now.date(), now=now)
                deals.add(store, title=text, now=now, stages=_STAGES)
    return path


@pytest.fixture
def eve(crm, filled: Path):
    """Run the program in this process on that store."""
    return lambda *words, **options: crm("--db", str(filled), *words, **options)


@pytest.mark.parametrize("form", ["table", "md"])
@pytest.mark.parametrize("line", [pytest.param(line, id=" ".join(line[:2])) for line in LISTINGS])
def test_a_page_for_people_holds_no_control(eve, line: tuple[str, ...], form: str) -> None:
    result = eve(*line, "--format", form)
    assert result.code == 0, result.err
    assert not controls(result.out)
    assert not controls(result.err)


def test_the_store_holds_them_all(eve) -> None:
    assert len(eve("contact", "list", "--format", "ids").out.split()) == len(HOSTILE)
    assert len(eve("contact", "list").out.splitlines()) == len(HOSTILE) + 1


def test_the_page_before_the_door_holds_no_control(eve) -> None:
    for one in eve("contact", "list", "--format", "ids").out.split()[::20]:
        for form in ("table", "md"):
            assert not controls(eve("brief", one, "--format", form).out)


def test_the_card_of_each_record_holds_no_control(eve) -> None:
    ids = [
        one
        for noun in ("contact", "company", "task", "deal")
        for one in eve(noun, "list", "--format", "ids").out.split()[::6]
    ]
    for index, one in enumerate(ids):
        words = (("show", one), ("history", one), ("show", one, "--format", "md"))[index % 3]
        result = eve(*words)
        assert result.code == 0, result
        assert not controls(result.out), words


@pytest.mark.parametrize("form", ["json", "jsonl"])
@pytest.mark.parametrize("noun", ["contact", "company", "task", "deal", "tag"])
def test_json_escapes_controls_and_gives_the_text_back(eve, filled: Path, noun: str, form: str) -> None:
    result = eve(noun, "list", "--format", form)
    assert not controls(result.out)
    items = json.loads(result.out) if form == "json" else [json.loads(line) for line in result.out.splitlines()]
    column = {"task": "text", "deal": "title"}.get(noun, "name")
    with closing(sqlite3.connect(filled)) as connection:
        stored = {text for (text,) in connection.execute(f"SELECT {column} FROM {noun}")}
    assert {item[column] for item in items} == stored
    if noun == "contact":
        assert {item["notes"] for item in items} == set(HOSTILE)


@pytest.mark.parametrize(("form", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_delimited_formats_are_verbatim(eve, form: str, delimiter: str) -> None:
    out = eve("contact", "list", "--format", form).raw.decode()
    rows = list(csv.DictReader(io.StringIO(out, newline=""), delimiter=delimiter))
    assert {row["notes"] for row in rows} == set(HOSTILE)
    guarded = eve("contact", "list", "--format", form, "--excel").raw.decode("utf-8-sig")
    for row in csv.DictReader(io.StringIO(guarded, newline=""), delimiter=delimiter):
        assert not row["notes"].startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_offers_nothing_with_a_control_in_it(eve, shell: str) -> None:
    for words in (("show", "Eve"), ("tag", "add", "x", "Eve"), ("deal", "show", "Eve")):
        line = ["", " ".join(("crm", *words))] if shell == "bash" else list(words)
        result = eve("_complete", shell, "--", *line)
        assert result.code == 0
        # Tab parts a value from its description.
        assert not controls(result.out) - {"\t"}


# Lines that fail, or speak of what they were given, `{}` being hostile.
SPEAKING = [
    ("{}",),
    ("contact", "{}"),
    ("contact", "list", "--{}"),
    ("contact", "list", "--format", "{}"),
    ("contact", "list", "--columns", "{}"),
    ("contact", "list", "--sort", "{}"),
    ("contact", "list", "--limit", "{}"),
    ("contact", "list", "{}:x"),
    ("contact", "list", "birthday:{}"),
    ("contact", "list", "({}"),
    ("contact", "list", "segment:{}"),
    ("show", "zzz{}"),
    ("whois", "{}"),
    ("contact", "show", "zzz{}"),
    ("contact", "edit", "zzz{}", "--title", "x"),
    ("contact", "add", "New {}", "--email", "{}"),
    ("contact", "add", "New {}", "--phone", "{}", "--company", "Made {}"),
    ("contact", "add", "New {}", "--birthday", "{}"),
    ("contact", "add", "New {}", "--set", "{}=1"),
    ("contact", "add", "New {}", "--set", "{}"),
    ("contact", "relate", "New", "{}", "New"),
    ("company", "merge", "zzz{}", "yyy{}"),
    ("tag", "rename", "zzz{}", "y{}"),
    ("task", "add", "x{}", "--due", "{}"),
    ("task", "add", "x{}", "--due", "fri", "--priority", "{}"),
    ("task", "add", "x{}", "--due", "fri", "--repeat", "{}"),
    ("task", "add", "x{}", "--contact", "zzz{}"),
    ("deal", "add", "x{}", "--value", "{}"),
    ("deal", "add", "x{}", "--stage", "{}"),
    ("deal", "add", "x{}", "--expected", "{}"),
    ("cadence", "set", "New", "{}"),
    ("field", "add", "contact", "f{}", "text"),
    ("field", "add", "{}", "f", "text"),
    ("field", "add", "contact", "f", "{}"),
    ("segment", "show", "zzz{}"),
    ("segment", "save", "seg{}", "tea"),
    ("sql", "SELECT {}"),
    ("undo", "{}"),
    ("config", "get", "{}"),
    ("config", "set", "{}", "x"),
    ("config", "set", "region", "{}"),
    ("config", "set", "user.name", "{}"),
    ("restore", "/nonexistent/{}"),
    ("log", "visit zzz{}: x"),
    ("log", "visit zzz yesterday {}: x"),
    ("log", "note: {} wv:{}"),
    ("log", "note: {} value:{}"),
    ("log", "note: {} stage:{}"),
    ("log", "note: {}"),
    ("log", "--create", "visit Made Up {}: {} +tag fu:fri {} need:x{}"),
    ("log", "--edit", "{}"),
    ("log", "--drafts", "{}"),
    ("import", "/nonexistent/{}"),
    ("export", "{}"),
]


# Language and format of a run.
WAYS = (("de", "table"), ("en", "md"), ("en", "json"))


def _spoken(crm, line: tuple[str, ...], text: str, language: str, form: str) -> None:
    words = [word.replace("{}", text) for word in line]
    # `--format` of an export is the file's.
    shown = ("--json",) if form == "json" else () if line[0] == "export" else ("--format", form)
    result = crm("--dry-run", "--lang", language, *shown, *words)
    assert result.code in (0, 2, 3, 4, 5), (line, text, result)
    assert not controls(result.out), (line, text)
    assert not controls(result.err), (line, text)
    if result.code and form == "json":
        assert json.loads(result.err).keys() == {"error"}, (line, text)


@pytest.mark.parametrize("line", [pytest.param(line, id=" ".join(line)) for line in SPEAKING])
def test_a_message_about_anything_holds_no_control(crm, line: tuple[str, ...]) -> None:
    if line[0] in ("import", "export") and line[0] not in COMMANDS:
        pytest.skip("there is no such command yet")
    for way in WAYS:
        _spoken(crm, line, ALL, *way)


@pytest.mark.long
def test_a_message_about_each_text_holds_no_control(crm) -> None:
    lines = [line for line in SPEAKING if line[0] not in ("import", "export") or line[0] in COMMANDS]
    assert crm("contact", "add", "Ada Lovelace").code == 0
    for index, text in enumerate(HOSTILE):
        _spoken(crm, lines[index % len(lines)], text, *WAYS[index % len(WAYS)])


def test_candidates_hold_no_control(eve) -> None:
    for words in (("show", "eve doe"), ("contact", "delete", "eve"), ("log", "visit eve doe: x")):
        for form in ("table", "json"):
            result = eve("--dry-run", *words, "--format", form)
            assert result.code == 4, result
            assert not controls(result.err)


def test_a_hostile_file_name_is_shown_harmlessly(crm, tmp_path: Path) -> None:
    text = ALL.replace("/", "").replace("\0", "")
    for name in ("a\x1b[31mb", "a\x9b31mb", "\u202egnp.fcv", "a\nb", "[red]", text[:60]):
        path = tmp_path / name
        path.write_bytes(b"no store, no card")
        commands = [
            ("contact", "list", "--db", str(path)),
            ("restore", str(path), "--yes"),
            ("check", "--db", str(path)),
        ]
        if "import" in COMMANDS:
            commands.append(("import", str(path)))
        for words in commands:
            for form in ("table", "json"):
                result = crm(*words, "--format", form)
                assert result.code in (3, 6, 7), (words, result)
                assert not controls(result.out + result.err), (words, result)
    assert crm("contact", "add", "Ada").code == 0
    for form in ("table", "md", "json"):
        result = crm("backup", "--yes", "-o", str(tmp_path / "b\x1b[31m\u202e.db"), "--format", form)
        assert result.code == 0
        assert not controls(result.out + result.err)


def test_the_check_itself_can_fail() -> None:
    assert controls("a\x1b[31m\u202e") == {"\x1b", "\u202e"}
    assert len(HOSTILE) > 400
    assert {"\x00", "\x7f", "\x9b", "\u2066"} < FORBIDDEN
