"""`crm due` and `crm today` as they are typed."""

from __future__ import annotations

import pytest


@pytest.fixture
def day(crm) -> None:
    crm("contact", "add", "Hans Müller", "--company", "Ehrler GmbH", "--birthday", "1980-11-21")
    crm("task", "add", "Angebot senden", "--due", "heute", "--contact", "müller")
    crm("task", "add", "Altes", "--due", "vor 3 Tagen")
    crm("task", "add", "Später", "--due", "+5d")
    crm("deal", "add", "Prüfstand", "--contact", "müller")
    crm("cadence", "set", "müller", "30d")


def test_due_lists_late_and_todays_tasks(crm, day: None) -> None:
    due = crm("due", "--json").json
    assert [(item["kind"], item["text"], item["overdue"]) for item in due] == [
        ("task", "Altes", True),
        ("task", "Angebot senden", False),
    ]
    assert due[1]["contacts"][0]["name"] == "Hans Müller"
    assert "Angebot senden" in crm("due").out


def test_cadence_is_due_when_its_days_are_over(crm, day: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_NOW", "2025-12-19T10:00:00+01:00")
    item = crm("due", "--json").json[-1]
    assert (item["kind"], item["due"], item["days"]) == ("cadence", "2025-12-19", 30)
    assert "Contact again (every 30 days)" in crm("due").out
    assert "Wieder ansprechen (alle 30 Tage)" in crm("due", "--lang", "de").out


def test_today_has_a_section_for_everything(crm, day: None) -> None:
    page = crm("today", "--json").json
    assert [task["text"] for task in page["tasks"]] == ["Angebot senden"]
    assert [task["text"] for task in page["overdue"]] == ["Altes"]
    assert [deal["title"] for deal in page["deals"]] == ["Prüfstand"]
    assert page["birthdays"][0]["on"] == "2025-11-21"
    assert (page["date"], page["visits"], page["requests"], page["drafts"]) == ("2025-11-19", [], [], 0)
    text = crm("today").out
    for heading in ("Overdue (1)", "Due today (1)", "Birthdays (1)", "Deals with no next step (1)", "turns 45"):
        assert heading in text
    german = crm("today", "--lang", "de").out
    assert german.startswith("Mi 19.11.")
    assert "wird 45" in german
    assert "\n## Überfällig (1)\n" in crm("today", "--lang", "de", "--format", "md").out


def test_nothing_is_due_in_an_empty_store(crm, home) -> None:
    assert crm("due", "--json").json == []
    assert "Nothing is due." in crm("today").out
    assert not list(home.rglob("*.db"))
