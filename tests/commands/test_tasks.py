"""`crm task …` and `crm cadence …` as they are typed."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def hans(crm) -> str:
    return crm("contact", "add", "Hans Müller", "--company", "Ehrler GmbH", "--format", "ids").out.strip()


def test_task_shows_the_keys_scripts_rely_on(crm, hans: str) -> None:
    done = crm("task", "add", "Angebot", "senden", "--due", "fr", "--contact", "müller", "--json")
    assert done.code == 0
    task = done.json
    assert list(task)[:8] == ["id", "text", "due", "done_at", "priority", "contacts", "company", "deal"]
    assert (task["text"], task["due"], task["done_at"]) == ("Angebot senden", "2025-11-21", None)
    assert task["contacts"] == [{"id": hans, "name": "Hans Müller"}]
    assert task["company"]["name"] == "Ehrler GmbH"
    assert crm("task", "list", "--json").json == [task]
    assert crm("task", "list", "rechnung", "--json").out == "[]\n"


@pytest.mark.parametrize(
    ("when", "due"),
    [
        ("heute", "2025-11-19"),
        ("+3d", "2025-11-22"),
        ("tomorrow 9:00", "2025-11-20T09:00:00+01:00"),
        ("3.12.", "2025-12-03"),
        ("kw49", "2025-12-01"),
        ("2026-07-01 14:30", "2026-07-01T14:30:00+02:00"),
        ("monatsende", "2025-11-30"),
    ],
)
def test_due_is_read_as_in_a_follow_up(crm, when: str, due: str) -> None:
    assert crm("task", "add", "x", "--due", when, "--json").json["due"] == due


@pytest.mark.parametrize(
    "words",
    [
        ("task", "add", "x", "--due", "irgendwann"),
        ("task", "add", "x", "--due", "31.2."),
        ("task", "add", "x", "--due", "fr oder mo"),
        ("task", "add", "x", "--repeat", "bald"),
        ("task", "add", "x", "--priority", "egal"),
        ("task", "add", " "),
        ("task", "list", "citi:x"),
        ("task", "edit", "x"),
    ],
)
def test_task_is_refused_when_an_option_is_unreadable(crm, words: tuple[str, ...]) -> None:
    crm("task", "add", "x")
    result = crm(*words, "--json")
    assert (result.code, result.out) == (2, "")
    assert result.error["code"] == "usage"
    assert len(crm("task", "list", "--json").json) == 1


def test_unknown_contact_is_not_found(crm) -> None:
    assert crm("task", "add", "x", "--contact", "niemand", "--json").code == 3
    assert crm("task", "done", "niemand", "--json").code == 3


def test_done_repeats_and_tells_when(crm) -> None:
    uid = crm("task", "add", "Bericht", "--due", "fr", "--repeat", "weekly", "--format", "ids").out.strip()
    done = crm("task", "done", uid, "--json")
    assert done.json["done_at"] == "2025-11-19T09:00:00Z"
    assert "Fri 28 Nov" in done.err
    assert [task["due"] for task in crm("task", "list", "--json").json] == ["2025-11-28"]
    assert len(crm("task", "list", "--all", "--json").json) == 2
    assert [task["id"] for task in crm("task", "list", "--done", "--json").json] == [uid]
    again = crm("task", "done", uid, "--json")
    assert (again.code, again.error["code"]) == (5, "conflict")
    crm("undo")
    assert [task["id"] for task in crm("task", "list", "--json").json] == [uid]


def test_done_with_a_log_line_is_one_change(crm, hans: str) -> None:
    crm("task", "add", "anrufen", "--contact", "müller")
    assert crm("task", "done", "anrufen", "--log", "call: will ein Angebot wv:fr senden").code == 0
    shown = crm("show", "müller", "--json").json
    assert [(item["kind"], item["text"]) for item in shown["timeline"] if item["type"] == "log"] == [
        ("call", "will ein Angebot")
    ]
    assert [task["text"] for task in shown["tasks"]] == ["senden"]
    crm("undo")
    assert [task["text"] for task in crm("task", "list", "--json").json] == ["anrufen"]
    assert crm("show", "müller", "--json").json["last_contact_at"] is None


def test_task_stays_open_when_its_log_line_is_refused(crm, hans: str) -> None:
    crm("task", "add", "anrufen", "--contact", "müller")
    assert crm("task", "done", "anrufen", "--log", "call niemand: x", "--json").code == 3
    assert len(crm("task", "list", "--json").json) == 1


def test_many_are_done_and_the_refused_ones_told(crm) -> None:
    crm("task", "add", "eins")
    crm("task", "add", "zwei")
    result = crm("task", "done", "-", "--json", stdin=b"eins\nniemand\nzwei\n")
    assert result.code == 6
    assert [task["text"] for task in result.json["done"]] == ["eins", "zwei"]
    assert [item["ref"] for item in result.json["refused"]] == ["niemand"]
    assert crm("task", "list", "--json").json == []


def test_snooze_and_edit_move_a_task(crm, hans: str) -> None:
    crm("task", "add", "Vertrag", "prüfen", "--due", "heute", "--tag", "eilig")
    assert crm("task", "snooze", "vertrag", "next", "monday", "--json").json["due"] == "2025-11-24"
    edited = crm("task", "edit", "vertrag", "--clear", "due", "--contact", "müller", "--remove", "tag=eilig", "--json")
    assert (edited.json["due"], edited.json["tags"], len(edited.json["contacts"])) == (None, [], 1)
    assert crm("task", "delete", "vertrag", "--json").json["text"] == "Vertrag prüfen"
    assert crm("task", "list", "--json").json == []


def test_dry_run_writes_nothing(crm) -> None:
    result = crm("task", "add", "x", "--dry-run", "--json")
    assert (result.code, result.json["id"]) == (0, None)
    assert crm("task", "list", "--json").json == []


def test_query_takes_a_minus_and_several_words(crm) -> None:
    for text, tag in (("Angebot senden", "a"), ("Angebot prüfen", "b")):
        crm("task", "add", text, "--tag", tag)
    assert [task["text"] for task in crm("task", "list", "angebot", "-tag:b", "--json").json] == ["Angebot senden"]
    assert [task["text"] for task in crm("task", "list", "angebot OR nichts", "--json").json] == [
        "Angebot senden",
        "Angebot prüfen",
    ]


def test_cadence_is_set_listed_and_cleared(crm, hans: str) -> None:
    made = crm("cadence", "set", "müller", "30d", "--json").json
    assert (made["id"], made["kind"], made["days"], made["due"]) == (hans, "contact", 30, "2025-12-19")
    assert crm("cadence", "list", "--json").json == [made]
    assert "2025-11-19" in json.dumps(crm("history", "müller", "--json").json)
    assert crm("cadence", "clear", "müller", "--json").json == made
    assert crm("cadence", "clear", "müller", "--json").code == 3
    assert crm("cadence", "set", "müller", "bald", "--json").code == 2


def test_an_open_task_is_meant_before_its_done_namesakes(crm) -> None:
    assert crm("task", "add", "Weekly report", "--due", "fri", "--repeat", "weekly").code == 0
    for _ in range(12):
        assert crm("task", "done", "weekly").code == 0
    for words in (("edit", "weekly report", "--priority", "high"), ("snooze", "weekly", "+3d"), ("delete", "weekly")):
        result = crm("task", *words, "--json")
        assert (result.code, result.json["done_at"]) == (0, None), result
    assert crm("task", "edit", "weekly", "--priority", "low").code == 4


def test_the_day_a_task_comes_back_is_told_with_its_weekday(crm) -> None:
    crm("task", "add", "Weekly report", "--due", "fri", "--repeat", "weekly")
    assert "Due again Fri 28 Nov" in crm("task", "done", "weekly").err
    assert "Wieder fällig Fr 5.12." in crm("task", "done", "weekly", "--lang", "de").err
