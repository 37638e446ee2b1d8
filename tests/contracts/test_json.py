"""What scripts read: arrays, objects, keys, headers, ids, error objects and exit codes of the command-line contract."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from crm_cli.commands import all_commands
from tests.contracts.samples import WRITING

COMMANDS = {command.name: command for command in all_commands()}
PARTY = {
    "id", "name", "emails", "phones", "addresses", "tags", "custom", "owner", "notes",
    "created_at", "updated_at", "last_contact_at",
}  # fmt: skip
CONTACT = PARTY | {"given", "family", "company", "title"}
TASK = {"id", "text", "due", "done_at", "priority", "contacts", "company", "deal"}
DEAL = {"id", "title", "stage", "value", "probability", "company", "contacts"}
ENTRY = {
    "id", "kind", "direction", "at", "all_day", "duration_min", "text", "details", "distance_km", "outcome", "tags",
    "contacts", "company", "deal", "ticket", "campaign", "needs", "requests", "followups", "raw", "warnings",
}  # fmt: skip
FOUND = {"id", "kind", "name", "score", "match"}
# Every list of the contract: the line, the keys of what it lists, and whether the filled book has something for it.
LISTS = [
    (("contact", "list"), CONTACT),
    (("company", "list"), PARTY),
    (("task", "list"), TASK),
    (("deal", "list"), DEAL),
    (("find", "hans"), FOUND),
    (("whois", "0821 12345-67"), FOUND),
    (("due",), {"id", "due"}),
    (("tag", "list"), {"name", "count"}),
    (("field", "list"), {"entity", "name", "type"}),
    (("segment", "list"), {"id", "name", "query"}),
    (("cadence", "list"), {"id", "name", "due"}),
    (("history",), {"change_set", "at", "actor", "command"}),
    (("log", "--drafts"), {"id", "text", "reason"}),
    (("config", "show"), {"key", "value", "default"}),
    (("backup", "--list"), set()),
    (("check",), set()),
    (("sql", "SELECT name FROM contact"), {"name"}),
]
RECORDS = [
    (("contact", "show", "hans"), CONTACT),
    (("company", "show", "acme"), PARTY),
    (("deal", "show", "bench"), DEAL),
    (("show", "hans"), CONTACT | {"timeline"}),
    (("show", "acme"), PARTY | {"timeline"}),
    (("show", "bench"), DEAL | {"timeline"}),
    (("brief", "hans"), {"id", "name"}),
    (("today",), {"date"}),
    (("segment", "show", "fair"), {"id", "name", "query", "count"}),
]
WRITTEN = {
    "contact": CONTACT,
    "company": PARTY,
    "task": TASK,
    "deal": DEAL,
    "log": ENTRY,
}


@pytest.mark.parametrize(("line", "keys"), [pytest.param(*item, id=" ".join(item[0])) for item in LISTS])
def test_a_list_is_an_array(book, line: tuple[str, ...], keys: set[str]) -> None:
    result = book(*line, "--json")
    assert (result.code, type(result.json)) == (0, list), result
    assert all(keys <= item.keys() for item in result.json)
    assert result.json or line == ("due",) or line == ("check",)
    lines = book(*line, "--format", "jsonl").out.splitlines()
    assert [json.loads(one) for one in lines] == result.json
    header = next(csv.reader(io.StringIO(book(*line, "--format", "csv").out)), None)
    if result.json and line[0] != "sql":
        assert header is not None
        assert keys <= set(header), keys - set(header)
    assert book("--format", "tsv", *line).out.split("\n")[0].split("\t") == (header or [""])


@pytest.mark.parametrize("line", [pytest.param(line, id=" ".join(line)) for line, _ in LISTS])
def test_an_empty_list_is_an_empty_array(crm, line: tuple[str, ...]) -> None:
    if line[0] in ("whois", "config", "check", "sql"):
        pytest.skip("never empty, or refused without a record")
    result = crm(*line, "--json")
    assert (result.code, result.out) == (0, "[]\n")
    assert crm(*line, "--format", "jsonl").out == ""
    assert crm(*line, "--format", "ids").out == ""
    assert crm(*line).out == ""


@pytest.mark.parametrize(("line", "keys"), [pytest.param(*item, id=" ".join(item[0])) for item in RECORDS])
def test_a_record_is_an_object(book, line: tuple[str, ...], keys: set[str]) -> None:
    result = book(*line, "--json")
    assert (result.code, result.err) == (0, "")
    assert keys <= result.json.keys(), keys - result.json.keys()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        pytest.param(name, words, id=" ".join((name, *words)))
        for name, lines in WRITING.items()
        if name.split()[0] in WRITTEN and name in COMMANDS and not name.endswith("relate")
        for words in lines
        if "nobody" not in words[0] and words[0] != "--drafts"
    ],
)
def test_what_was_written_is_returned_with_its_id(book, name: str, words: tuple[str, ...]) -> None:
    result = book(*name.split(), *words, "--json")
    assert result.code == 0, result
    record = result.json
    assert WRITTEN[name.split()[0]] <= record.keys(), WRITTEN[name.split()[0]] - record.keys()
    assert len(record["id"]) == 16
    ids = book("undo", "--json").json
    assert [entry["command"] for entry in ids["undone"]]
    again = book(*name.split(), *words, "--format", "ids")
    assert again.code == 0
    assert len(again.out) == 17


def test_values_have_the_promised_form(book) -> None:
    hans = book("contact", "show", "hans", "--json").json
    assert hans["emails"] == [{"value": "hans@ehrler.example", "label": None, "preferred": True}]
    assert hans["phones"] == [{"value": "0821 12345-67", "e164": "+498211234567", "label": None, "preferred": True}]
    assert hans["company"].keys() == {"id", "name"}
    assert (hans["tags"], hans["custom"]) == (["fair"], {"number": 12})
    assert hans["last_contact_at"] == "2025-11-18T14:30:00+01:00"
    deal = book("deal", "show", "bench", "--json").json
    assert deal["value"] == {"amount": "12500.00", "currency": "EUR"}
    entry = book("log", "visit hans: again value:1k fu:fri 9:00 call need:x req:quote", "--json").json
    assert entry["deal"].keys() == {"id", "title", "stage", "value", "probability"}
    assert [item.keys() for item in entry["needs"]] == [{"id", "text"}]
    assert [item.keys() for item in entry["requests"]] == [{"id", "kind", "text"}]
    assert [(item["text"], item["due"]) for item in entry["followups"]] == [("call", "2025-11-21T09:00:00+01:00")]
    undone = book("undo", "--json").json
    assert undone.keys() == {"undone"}
    assert [item.keys() >= {"change_set", "command", "changes"} for item in undone["undone"]] == [True]


def test_global_options_stand_anywhere(book) -> None:
    outputs = {
        book(*words).out
        for words in (
            ("--json", "contact", "list", "tag:fair"),
            ("contact", "--json", "list", "tag:fair"),
            ("contact", "list", "--json", "tag:fair"),
            ("contact", "list", "tag:fair", "--format", "json"),
            ("--format=json", "contact", "list", "tag:fair"),
        )
    }
    assert len(outputs) == 1
    assert [item["name"] for item in json.loads(outputs.pop())] == ["Hans Müller"]


def test_columns_sort_and_limit_hold_in_every_format(book) -> None:
    options = ("(company:acme OR company:ehrler)", "--columns", "name,id", "--sort", "-name", "--limit", "2")
    rows = book("contact", "list", *options, "--json").json
    assert [list(row) for row in rows] == [["name", "id"]] * 2
    assert [row["name"] for row in rows] == ["Petra März", "Hans Müller"]
    assert book("contact", "list", *options, "--format", "csv").out == "name,id\n" + "".join(
        f"{row['name']},{row['id']}\n" for row in rows
    )
    assert book("contact", "list", *options, "--format", "ids").out.split() == [row["id"] for row in rows]
    assert book("contact", "list", *options, "--format", "md").out.startswith("| Name | Id |\n| --- | --- |\n| Petra")


def test_ids_of_one_command_feed_another(book) -> None:
    ids = book("contact", "list", "company:acme", "--format", "ids").out
    for stdin, flag in ((ids, "-"), (ids.replace("\n", "\0"), "-0")):
        result = book("tag", "add", flag, "vip", "--json", stdin=stdin.encode())
        assert result.code == 0, result
        assert [item["id"] for item in result.json] == ids.split()
        assert book("undo").code == 0


# ---------------------------------------------------------------- failures


FAILURES = [
    (("contact", "list", "--nonsense"), 2, "usage"),
    (("log", "visit", "hans", "yesterday", "no", "colon"), 2, "usage"),
    (("task", "add", "x", "--due", "someday"), 2, "usage"),
    (("config", "set", "nonsense", "1"), 2, "usage"),
    (("contact", "list", "nonsense:1"), 2, "usage"),
    (("log", "visit"), 2, "usage"),
    (("show", "nobody-at-all"), 3, "not_found"),
    (("whois", "0999 555"), 3, "not_found"),
    (("log", "visit nobody at all: x"), 3, "not_found"),
    (("undo", "--change-set", "9999"), 3, "not_found"),
    (("restore", "/nonexistent/file.db"), 3, "not_found"),
    (("contact", "add", "hans müller"), 5, "conflict"),
    (("deal", "delete", "bench"), 5, "conflict"),
    (("restore", "--latest"), 5, "conflict"),
    (("contact", "list", "--db", __file__), 7, "store"),
]


@pytest.mark.parametrize(
    ("line", "exit_code", "code"), [pytest.param(*item, id=" ".join(item[0][:4])) for item in FAILURES]
)
def test_a_failure_is_one_object_on_stderr(book, line: tuple[str, ...], exit_code: int, code: str) -> None:
    result = book(*line, "--json")
    assert (result.code, result.out) == (exit_code, "")
    assert result.err.count("\n") == 1
    assert json.loads(result.err).keys() == {"error"}
    assert result.error.keys() == {"code", "message", "hint", "candidates"}
    assert result.error["code"] == code
    assert result.error["message"]
    plain = book(*line)
    assert (plain.code, plain.out) == (exit_code, "")
    assert plain.err.startswith("crm: ")


def test_several_matches_are_exit_4_with_the_candidates(book) -> None:
    book("contact", "add", "Hans Meier")
    for line in (("show", "hans"), ("contact", "edit", "hans", "--title", "x"), ("log", "visit hans: x")):
        result = book(*line, "--json")
        assert (result.code, result.out, result.error["code"]) == (4, "", "ambiguous")
        assert {item["name"] for item in result.error["candidates"]} == {"Hans Müller", "Hans Meier"}
        assert all(item.keys() >= {"id", "kind", "name"} for item in result.error["candidates"])


def test_a_duplicate_names_the_record(book) -> None:
    for words in (("Hans Müller",), ("Somebody Else", "--email", "HANS@ehrler.example")):
        result = book("contact", "add", *words, "--json")
        assert (result.code, [item["name"] for item in result.error["candidates"]]) == (5, ["Hans Müller"])


def test_refused_items_are_exit_6_with_the_full_report(book) -> None:
    result = book("log", "-", "--json", stdin=b"visit hans: good\nvisit nobody at all: bad\n")
    assert (result.code, result.error["code"]) == (6, "bad_input")
    good, bad = result.json
    assert good.keys() >= ENTRY
    assert (bad["line"], bad["raw"], bad["error"]["code"]) == (2, "visit nobody at all: bad", "not_found")
    result = book("tag", "add", "-", "vip", "--json", stdin=b"hans\nnobody at all\n")
    assert (result.code, result.error["code"]) == (6, "bad_input")
    assert [item["name"] for item in result.json["done"]] == ["Hans Müller"]
    assert [(item["ref"], item["line"]) for item in result.json["refused"]] == [("nobody at all", 2)]


@pytest.mark.parametrize("form", ["table", "ids", "csv", "tsv", "md"])
def test_a_batch_with_refused_lines_lists_what_was_written_in_any_format(book, form: str) -> None:
    result = book("log", "-", "--format", form, stdin=b"visit hans: good\nvisit nobody at all: bad!\n")
    assert (result.code, "bad!" in result.out) == (6, False)
    assert result.out.splitlines()
    assert all(line.strip() for line in result.out.splitlines())
    unfit = book("tag", "add", "-", "vip", "--columns", "nonsense", stdin=b"hans\nnobody at all\n")
    assert (unfit.code, unfit.out) == (6, "")
    assert "nonsense" in unfit.err


def test_a_firm_that_is_not_there_is_not_looked_for_in_texts(book) -> None:
    assert book("tag", "add", "bench/", "vip").code == 3
    assert book("tag", "add", "ehrler/", "vip", "--json").json["kind"] == "company"


def test_a_newer_store_is_exit_7_and_left_alone(book, home: Path) -> None:
    with closing(sqlite3.connect(home / "crm.db")) as connection:
        connection.execute("PRAGMA user_version = 9999")
    before = (home / "crm.db").read_bytes()
    for line in (("contact", "list"), ("log", "note: x"), ("check",)):
        result = book(*line, "--json")
        assert (result.code, result.error["code"]) == (7, "store")
    assert (home / "crm.db").read_bytes() == before


def test_a_bug_is_exit_1(book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_NOW", "2025-11-19T10:00:00+01:00")
    monkeypatch.setattr(COMMANDS["due"], "run", lambda context: 1 / 0)
    result = book("due", "--json")
    assert (result.code, result.out, result.error["code"]) == (1, "", "internal")
    assert "--debug" in result.error["hint"]


@pytest.mark.skipif("import" not in COMMANDS, reason="there is no import yet")
def test_an_import_reports_what_it_did(book, tmp_path: Path) -> None:
    file = tmp_path / "people.jsonl"
    file.write_text('{"name": "Vera Card"}\n{"name": \n')
    result = book("import", str(file), "--json")
    assert result.code == 6, result
    assert result.json.keys() >= {"new", "changed", "same", "refused", "possible_duplicates", "undo"}
    assert (result.json["new"], result.json["same"]) == (1, 0)
    assert [item.keys() >= {"file", "line", "reason"} for item in result.json["refused"]] == [True]
    words = result.json["undo"].split()
    assert words[0] == "crm"
    assert book(*words[1:]).code == 0
    assert book("contact", "list", "Card", "--json").json == []
    assert book("import", str(tmp_path / "missing.vcf"), "--json").code == 3
    (tmp_path / "noise.bin").write_bytes(bytes(range(256)))
    assert book("import", str(tmp_path / "noise.bin"), "--json").code == 6


def test_the_real_program_gives_the_code_and_nothing_else(book, home: Path) -> None:
    program = [sys.executable, "-c", "import sys; from crm_cli.app import main; sys.exit(main())"]
    run = subprocess.run([*program, "show", "nobody-at-all", "--json"], capture_output=True, check=False)
    assert (run.returncode, run.stdout) == (3, b"")
    assert json.loads(run.stderr)["error"]["code"] == "not_found"
