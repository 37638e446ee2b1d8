"""`crm segment …` as it is typed."""

from __future__ import annotations


def test_segment_names_a_query(crm) -> None:
    crm("contact", "add", "Hans", "--tag", "messe")
    crm("contact", "add", "Anna")
    saved = crm("segment", "save", "Messe", "tag:messe", "--json").json
    assert {"id", "name", "entity", "query", "count"} <= set(saved)
    assert (saved["query"], saved["count"]) == ("tag:messe", 1)
    assert [person["name"] for person in crm("contact", "list", "segment:messe", "--json").json] == ["Hans"]
    assert [person["name"] for person in crm("contact", "list", "-segment:messe", "--json").json] == ["Anna"]
    assert [item["name"] for item in crm("segment", "list", "--json").json] == ["Messe"]
    assert crm("segment", "show", "messe", "--json").json == saved
    assert crm("segment", "delete", "messe", "--json").code == 0
    assert crm("contact", "list", "segment:messe", "--json").code == 2
    crm("undo")
    assert crm("segment", "show", "messe", "--json").json["count"] == 1


def test_segment_is_refused_when_its_query_is_none(crm) -> None:
    result = crm("segment", "save", "x", "citi:a", "--json")
    assert (result.code, result.error["code"]) == (2, "usage")
    assert "city" in result.error["hint"]
    assert crm("segment", "show", "x", "--json").code == 3
    assert crm("segment", "save", "x", "a", "--entity", "email", "--json").code == 2


def test_segment_of_deals_knows_the_stages(crm) -> None:
    crm("deal", "add", "Prüfstand", "--stage", "Angebot")
    assert crm("segment", "save", "offers", "stage:quote", "--entity", "deal", "--json").json["count"] == 1
    assert len(crm("deal", "list", "segment:offers", "--json").json) == 1
