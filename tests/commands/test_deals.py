"""`crm deal …` as it is typed."""

from __future__ import annotations

import pytest


@pytest.fixture
def deal(crm) -> str:
    crm("contact", "add", "Hans Müller", "--company", "Ehrler GmbH")
    words = ("--contact", "müller", "--value", "12.500", "--stage", "quote", "--expected", "eom")
    return crm("deal", "add", "Prüfstand", *words, "--format", "ids").out.strip()


def test_deal_shows_the_keys_scripts_rely_on(crm, deal: str) -> None:
    shown = crm("deal", "show", deal[:8], "--json").json
    keys = {"id", "title", "stage", "value", "probability", "status", "company", "contacts"}
    assert keys <= set(shown)
    assert shown["value"] == {"amount": "12500.00", "currency": "EUR"}
    assert (shown["stage"], shown["probability"], shown["expected_on"]) == ("Angebot", 50, "2025-11-30")
    assert shown["company"]["name"] == "Ehrler GmbH"
    assert crm("deal", "list", "--json").json == [shown]


def test_deal_goes_its_way(crm, deal: str) -> None:
    moved = crm("deal", "move", "prüfstand", "negotiation", "--json").json
    assert (moved["stage"], moved["probability"]) == ("Verhandlung", 75)
    edited = crm("deal", "edit", deal, "--value", "15k", "--probability", "80%", "--tag", "x", "--json").json
    assert (edited["value"]["amount"], edited["probability"], edited["tags"]) == ("15000.00", 80, ["x"])
    assert crm("deal", "won", deal, "--json").json["status"] == "won"
    assert crm("deal", "list", "--json").json == []
    assert len(crm("deal", "list", "--all", "--json").json) == 1
    assert crm("deal", "move", deal, "Angebot", "--json").code == 5
    crm("undo")
    lost = crm("deal", "lost", deal, "--reason", "zu teuer", "--json").json
    assert (lost["status"], lost["lost_reason"]) == ("lost", "zu teuer")


@pytest.mark.parametrize(
    "words",
    [
        ("deal", "add", "x", "--stage", "kaffee"),
        ("deal", "add", "x", "--value", "viel"),
        ("deal", "add", "x", "--probability", "101"),
        ("deal", "add", "x", "--expected", "morgen 9 Uhr"),
        ("deal", "move", "prüfstand", "kaffee"),
        ("deal", "list", "value:viel"),
    ],
)
def test_deal_is_refused_when_a_value_is_unreadable(crm, deal: str, words: tuple[str, ...]) -> None:
    result = crm(*words, "--json")
    assert (result.code, result.error["code"]) == (2, "usage")
    assert len(crm("deal", "list", "--json").json) == 1


def test_delete_asks_when_something_hangs_on_the_deal(crm, deal: str) -> None:
    crm("task", "add", "nachfassen", "--deal", "prüfstand")
    assert crm("deal", "delete", deal, "--json").code == 5
    assert crm("deal", "delete", deal, "--yes", "--json").code == 0
    assert crm("task", "list", "--json").json[0]["deal"] is None
    crm("undo")
    assert crm("task", "list", "--json").json[0]["deal"] == {"id": deal, "title": "Prüfstand"}


def test_list_takes_stage_words_and_amounts(crm, deal: str) -> None:
    crm("deal", "add", "Klein", "--value", "900")
    for query in ("stage:offer", "value>=12.500", "contact:müller", "prüf"):
        assert [item["title"] for item in crm("deal", "list", query, "--json").json] == ["Prüfstand"]
    assert "12,500.00" in crm("deal", "list").out
    assert "12.500,00 €" in crm("deal", "list", "--lang", "de").out
