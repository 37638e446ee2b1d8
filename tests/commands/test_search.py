"""`crm find` and `crm whois` from the outside."""

from __future__ import annotations

import pytest


@pytest.fixture
def book(crm):
    """Two people at one firm and one without."""
    for words in (
        ("Hans Müller", "--company", "Ehrler Prüftechnik GmbH", "--phone", "+49 821 12345-11"),
        ("Anna Schmidt", "--company", "Ehrler Prüftechnik GmbH"),
        ("Jörg Groß", "--email", "joerg@acme.example"),
    ):
        assert crm("contact", "add", *words).code == 0
    return crm


def test_find_gives_the_promised_keys_best_first(book) -> None:
    hits = book("find", "mueler", "ehrler", "--json").json
    assert [hit["name"] for hit in hits] == ["Hans Müller"]
    assert [list(hit) for hit in hits] == [["id", "kind", "name", "score", "match"]]
    assert 0 < hits[0]["score"] <= 1


def test_find_without_a_hit_is_an_empty_list(book) -> None:
    run = book("find", "nirgendwo", "--json")
    assert (run.code, run.json) == (0, [])


def test_find_gives_ten_hits_unless_told_otherwise(crm) -> None:
    for number in range(12):
        crm("contact", "add", f"Kim Number{number}", "--force")
    assert len(crm("find", "kim", "--json").json) == 10
    assert len(crm("find", "kim", "--json", "--limit", "11").json) == 11
    assert len(crm("find", "kim", "--format", "ids").out.split()) == 10


def test_find_shows_the_company_in_the_table(book) -> None:
    run = book("find", "müller")
    assert "Hans Müller" in run.out
    assert "Ehrler" in run.out


def test_whois_names_the_person_or_the_company(book) -> None:
    assert [hit["name"] for hit in book("whois", "0821", "12345-11", "--json").json] == ["Hans Müller"]
    hits = book("whois", "0049 821 12345 99", "--json").json
    assert [(hit["kind"], hit["name"]) for hit in hits] == [("company", "Ehrler Prüftechnik GmbH")]


def test_whois_of_a_strange_number_is_not_found(book) -> None:
    run = book("whois", "+1 555 0100", "--json")
    assert (run.code, run.out, run.error["code"]) == (3, "", "not_found")
    assert "Niemand" in book("whois", "+1 555 0100", "--lang", "de").err


def test_a_reference_that_matches_nothing_names_the_nearest(book) -> None:
    run = book("show", "joerk gros-meier", "--json")
    assert (run.code, run.error["code"]) == (3, "not_found")
    assert [found["name"] for found in run.error["candidates"]] == ["Jörg Groß"]


def test_searching_a_store_that_does_not_exist_creates_none(crm, home) -> None:
    assert crm("find", "ada", "--json").json == []
    assert not list(home.rglob("*.db"))
