"""`crm show` and `crm brief` as they are typed."""

from __future__ import annotations

import pytest

HOSTILE = "Böse\x1b]52;c;x\x07\u202e[red]GmbH"


@pytest.fixture
def book(crm) -> None:
    crm("contact", "add", "Hans Müller", "--company", "Ehrler GmbH", "--title", "Einkauf", "--phone", "0821 12345")
    crm("contact", "add", "Anna Schmidt", "--company", "Ehrler GmbH")
    crm("deal", "add", "Prüfstand", "--contact", "müller", "--value", "12500")
    crm("task", "add", "Angebot senden", "--due", "fr", "--contact", "müller", "--deal", "prüfstand")
    crm("task", "add", "anrufen", "--contact", "müller")
    crm("task", "done", "anrufen", "--log", "visit: Prüfstand gesehen bedarf:wartung auftrag:angebot 2 Stk.")


def test_show_gathers_all_that_hangs_on_a_person(crm, book: None) -> None:
    card = crm("show", "müller", "--json").json
    assert (card["kind"], card["name"], card["title"]) == ("contact", "Hans Müller", "Einkauf")
    assert [deal["title"] for deal in card["deals"]] == ["Prüfstand"]
    assert [task["text"] for task in card["tasks"]] == ["Angebot senden"]
    assert {item["type"] for item in card["timeline"]} == {"log", "task", "deal", "change"}
    assert len(crm("show", "müller", "--limit", "2", "--json").json["timeline"]) == 2
    text = crm("show", "müller").out
    for part in (
        "Hans Müller · Einkauf · Ehrler GmbH",
        "0821 12345",
        "Open deals (1)",
        "Timeline",
        "Prüfstand gesehen",
    ):
        assert part in text


def test_show_knows_every_kind_of_record(crm, book: None) -> None:
    firm = crm("show", "ehrler/", "--json").json
    assert (firm["kind"], [person["name"] for person in firm["people"]]) == ("company", ["Anna Schmidt", "Hans Müller"])
    deal = crm("show", "prüfstand", "--json").json
    assert (deal["kind"], deal["value"]["amount"]) == ("deal", "12500.00")
    assert [task["text"] for task in deal["tasks"]] == ["Angebot senden"]
    task = crm("task", "list", "--json").json[0]
    assert crm("show", task["id"], "--json").json == task
    assert crm("show", "niemand", "--json").code == 3
    assert "Offene Vorhaben (1)" in crm("show", "ehrler/", "--lang", "de").out


def test_brief_is_one_page_before_the_door(crm, book: None) -> None:
    page = crm("brief", "müller", "--json").json
    assert (page["kind"], page["company"]["name"]) == ("contact", "Ehrler GmbH")
    assert [person["name"] for person in page["people"]] == ["Anna Schmidt"]
    assert [entry["text"] for entry in page["entries"]] == ["Prüfstand gesehen"] or page["entries"]
    assert [phone["value"] for phone in page["phones"]] == ["0821 12345"]
    german = crm("brief", "müller", "--lang", "de").out
    for part in ("Hans Müller · Einkauf", "Offene Vorhaben (1)", "Letzte Einträge (1)", "Personen (1)"):
        assert part in german


@pytest.mark.parametrize("format", ["table", "md"])
def test_hostile_names_are_harmless_on_every_page(crm, format: str) -> None:
    crm("contact", "add", "Hans", "--company", HOSTILE, "--notes", HOSTILE)
    crm("deal", "add", HOSTILE, "--contact", "hans")
    crm("task", "add", HOSTILE, "--contact", "hans", "--due", "heute")
    crm("cadence", "set", "hans", "1d")
    for words in (("show", "hans"), ("brief", "hans"), ("today",), ("due",), ("deal", "list"), ("task", "list")):
        out = crm(*words, "--format", format).out
        assert not {"\x1b", "\x07", "\u202e"} & set(out), words
