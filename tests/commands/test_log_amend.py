"""`crm log --last` adds to the newest entry, `crm log --edit` reads changed lines of a day anew."""

from __future__ import annotations

import json
import shlex
import sys
from typing import Any

import pytest

EDITOR = """
import sys
path = sys.argv[-1]
text = open(path, encoding="utf-8").read()
for old, new in zip(sys.argv[1:-1:2], sys.argv[2:-1:2]):
    assert text.count(old) == 1, (old, text)
    text = text.replace(old, new)
open(path, "w", encoding="utf-8").write(text)
"""


@pytest.fixture
def book(crm: Any) -> Any:
    for name, company in (("Hans Müller", "Ehrler Prüftechnik GmbH"), ("Anna Schmidt", "Rathgeber SE")):
        assert crm("contact", "add", name, "--company", company).code == 0
    return crm


def log(crm: Any, line: str, *options: str) -> Any:
    result = crm("log", "--json", *options, *line.split(" "))
    assert result.code == 0, result.err
    return result.json


def edit(crm: Any, monkeypatch: pytest.MonkeyPatch, *replacements: str) -> Any:
    monkeypatch.setenv("EDITOR", shlex.join([sys.executable, "-c", EDITOR, *replacements]))
    return crm("log", "--edit", "--json")


def test_last_adds_words_and_marks(book: Any) -> None:
    first = log(book, "besuch müller ehrler: Prüfstand gesehen")
    entry = log(book, "will auch Schulung +messe km:31 wv:fr Angebot", "--last")
    assert entry["id"] == first["id"]
    assert entry["text"] == "Prüfstand gesehen\nwill auch Schulung"
    assert (entry["tags"], entry["distance_km"], entry["kind"]) == (["messe"], 31, "visit")
    assert [(task["text"], task["due"]) for task in entry["followups"]] == [("Angebot", "2025-11-21")]
    assert entry["at"] == first["at"]
    assert book("undo").code == 0
    again = book("export", "interaction", "--format", "json")
    if again.code == 0:
        assert again.json[0]["text"] == "Prüfstand gesehen"


def test_last_with_a_mark_alone_takes_the_text_for_the_follow_up(book: Any) -> None:
    log(book, "besuch müller ehrler: Prüfstand gesehen")
    entry = log(book, "wv:fr", "--last")
    assert [task["text"] for task in entry["followups"]] == ["Prüfstand gesehen"]
    assert entry["text"] == "Prüfstand gesehen"


def test_last_names_another_person_and_day(book: Any) -> None:
    log(book, "besuch müller ehrler: Prüfstand")
    entry = log(book, "@anna.schmidt am:gestern", "--last")
    assert [contact["name"] for contact in entry["contacts"]] == ["Hans Müller", "Anna Schmidt"]
    assert (entry["at"], entry["all_day"]) == ("2025-11-18", True)
    assert entry["company"]["name"] == "Ehrler Prüftechnik GmbH"


def test_last_whose_head_names_somebody_else_is_refused(book: Any) -> None:
    first = log(book, "besuch müller ehrler: Prüfstand")
    result = book("log", "--last", "--json", "anruf", "anna", "schmidt:", "gut")
    assert (result.code, result.error["code"]) == (2, "usage")
    assert book("show", first["id"], "--json").json["text"] == "Prüfstand"
    again = log(book, "müller: noch etwas", "--last")
    assert ([contact["name"] for contact in again["contacts"]], again["text"]) == (
        ["Hans Müller"],
        "Prüfstand\nnoch etwas",
    )


def test_the_places_of_marks_are_those_of_the_line_kept(book: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def marked() -> list[str]:
        (row,) = book("sql", "SELECT raw, spans FROM interaction", "--json").json
        return [row["raw"][start:end] for name, start, end in json.loads(row["spans"]) if name == "tag"]

    log(book, "besuch müller ehrler: Prüfstand +messe")
    log(book, "will Schulung +schulung", "--last")
    assert marked() == ["+messe", "+schulung"]
    edit(book, monkeypatch, "Prüfstand", "Prüfstand und Waage")
    assert marked() == ["+messe", "+schulung"]


def test_last_without_an_entry_is_not_found_and_keeps_the_line(book: Any) -> None:
    result = book("log", "--last", "--json", "noch", "etwas")
    assert (result.code, result.error["code"]) == (3, "not_found")
    assert [draft["text"] for draft in book("log", "--drafts", "--json").json] == ["noch etwas"]


def test_edit_reads_a_changed_line_anew(book: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    first = log(book, "besuch müller ehrler 30m: Prüfstand wv:fr Angebot wv:+2w anrufen +alt")
    result = edit(book, monkeypatch, "30m: Prüfstand", "45m: Prüfstand und Waage", " wv:+2w anrufen +alt", " +neu")
    assert result.code == 0, result.err
    (entry,) = result.json
    assert entry["id"] == first["id"]
    assert (entry["duration_min"], entry["text"], entry["tags"]) == (45, "Prüfstand und Waage", ["neu"])
    assert [task["id"] for task in entry["followups"]] == [first["followups"][0]["id"]]
    assert book("undo").code == 0
    assert len(book("task", "list", "--json").json) == 2


def test_edit_writes_nothing_when_nothing_changed(book: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    log(book, "besuch müller ehrler: Prüfstand")
    before = book("sql", "SELECT count(*) AS n FROM change", "--json").json
    result = edit(book, monkeypatch)
    assert (result.code, result.json) == (0, [])
    assert book("sql", "SELECT count(*) AS n FROM change", "--json").json == before


def test_edit_refuses_an_unreadable_line_and_keeps_it(book: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    log(book, "besuch müller ehrler: Prüfstand")
    log(book, "anruf anna schmidt: gut")
    result = edit(book, monkeypatch, "besuch müller ehrler:", "besuch niemand hier:", ": gut", ": sehr gut")
    assert result.code == 6
    assert [item.get("text") for item in result.json] == [None, "sehr gut"]
    assert [draft["text"] for draft in book("log", "--drafts", "--json").json] == ["besuch niemand hier: Prüfstand"]


def test_edit_of_an_amended_entry_keeps_its_amendment(book: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    log(book, "besuch müller ehrler: Prüfstand")
    log(book, "will Schulung", "--last")
    (entry,) = edit(book, monkeypatch, "Prüfstand", "Waage").json
    assert entry["text"] == "Waage\nwill Schulung"
