"""Figures of reports are those of the records, and the same whichever way they are asked for."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from crm_cli.domain.money import Money
from crm_cli.domain.report_period import read_period
from crm_cli.errors import UsageError
from crm_cli.services import deals
from crm_cli.store.store import Store

NOW = datetime.fromisoformat("2025-11-19T10:00:00+01:00")
CLOSED = (
    # (title, firm, cents, currency, won, when)
    ("Press", "Acme Inc.", 1_000_000, "EUR", True, "2025-10-31T23:30:00+01:00"),
    ("Bench", "Acme Inc.", 500_050, "EUR", True, "2025-11-01T00:30:00+01:00"),
    ("Saw", "Berta AG", 250_000, "EUR", True, "2025-11-05T12:00:00+01:00"),
    ("Mill", "Berta AG", 900_000, "USD", True, "2025-11-06T12:00:00+01:00"),
    ("Drill", "Acme Inc.", 300_000, "EUR", False, "2025-11-07T12:00:00+01:00"),
    ("Old", "Acme Inc.", 700_000, "EUR", True, "2024-10-07T12:00:00+02:00"),
)


@pytest.fixture
def store(crm, home) -> Store:
    for name in ("Acme Inc.", "Berta AG"):
        assert crm("company", "add", name, "--quiet").code == 0
    (path,) = home.rglob("*.db")
    with Store.open(str(path), actor="me") as opened:
        yield opened


def money(minor: int, currency: str = "EUR") -> dict[str, str]:
    return Money(minor, currency).as_json()


@pytest.fixture
def sold(crm, store) -> None:
    """Deals that were won and lost, and three open ones."""
    stages = [{"name": "Angebot", "probability": 50}]
    rows = {name: row for row, name in store.connection.execute("SELECT id, name FROM company")}
    for title, firm, minor, currency, won, when in CLOSED:
        moment = datetime.fromisoformat(when)
        made = deals.add(store, title=title, now=moment, stages=stages, value=Money(minor, currency),
                         company_row=rows[firm])  # fmt: skip
        row = store.connection.execute("SELECT id FROM deal WHERE uid = ?", (made.id,)).fetchone()[0]
        deals.close(store, row=row, now=moment, won=won, reason=None if won else "price")
    for words in (
        ("Line 4", "--value", "48000", "--stage", "Angebot", "--probability", "60", "--expected", "18.12.2025"),
        ("Line 5", "--value", "1000", "--stage", "Angebot", "--probability", "10", "--expected", "1.10.2025"),
        ("No value", "--stage", "Kontakt"),
        ("Dollars", "--value", "900 USD", "--stage", "Angebot", "--probability", "50", "--expected", "18.12.2025"),
    ):
        assert crm("deal", "add", *words, "--quiet").code == 0


def test_the_pipeline_adds_up_by_stage_and_currency(crm, sold) -> None:
    found = crm("report", "pipeline", "--json").json
    assert [one["stage"] for one in found] == ["Kontakt", "Bedarf", "Angebot", "Angebot", "Verhandlung", "Auftrag"]
    euro, dollar = (one for one in found if one["stage"] == "Angebot")
    assert euro == {"stage": "Angebot", "count": 2, "value": money(4_900_000), "weighted": money(2_890_000)}
    assert dollar == {"stage": "Angebot", "count": 1, "value": money(90_000, "USD"), "weighted": money(45_000, "USD")}
    assert found[0] == {"stage": "Kontakt", "count": 1, "value": money(0), "weighted": money(0)}
    (one,) = (one for one in crm("report", "pipeline", "title:4", "--json").json if one["count"])
    assert one["value"] == money(4_800_000)


def test_the_forecast_is_by_month_and_names_what_is_past(crm, sold) -> None:
    found = crm("report", "forecast", "--json").json
    assert [(one["month"], one["count"], one["late"]) for one in found] == [
        ("2025-10", 1, True), ("2025-12", 1, False), ("2025-12", 1, False), (None, 1, False),
    ]  # fmt: skip
    assert found[1]["weighted"] == money(2_880_000)


def test_what_was_closed_is_in_the_month_of_local_time(crm, sold) -> None:
    found = crm("report", "closed", "--period", "2 months", "--json").json
    assert [(one["month"], one["won_value"]["currency"], one["won"], one["lost"], one["rate"]) for one in found] == [
        ("2025-10", "EUR", 1, 0, 100.0), ("2025-11", "EUR", 2, 1, 66.7), ("2025-11", "USD", 1, 0, 100.0),
    ]  # fmt: skip
    assert found[1]["won_value"] == money(750_050)
    assert found[1]["lost_value"] == money(300_000)


def test_revenue_is_by_firm_the_largest_first(crm, sold) -> None:
    found = crm("report", "revenue", "--json").json
    assert [(one["company"], one["count"], one["value"], one["share"]) for one in found] == [
        ("Acme Inc.", 2, money(1_500_050), 85.7), ("Berta AG", 1, money(250_000), 14.3),
        ("Berta AG", 1, money(900_000, "USD"), 100.0),
    ]  # fmt: skip
    assert crm("report", "revenue", "--period", "2024", "--json").json[0]["value"] == money(700_000)


def test_activity_counts_entries_by_week_and_kind(crm) -> None:
    crm("contact", "add", "Bob Miller", "--quiet")
    for line in (
        "visit bob 17.11. 9:00 45m: a",
        "call bob 16.11.: b",
        "demo bob 18.11. 1h: c",
        "visit bob 1.9.2024: d",
    ):
        assert crm("log", line, "--quiet").code == 0
    found = crm("report", "activity", "--period", "3 weeks", "--json").json
    assert [(one["week"], one["first_day"], one["total"]) for one in found] == [
        ("2025-W45", "2025-11-03", 0), ("2025-W46", "2025-11-10", 1), ("2025-W47", "2025-11-17", 2),
    ]  # fmt: skip
    assert (found[2]["visit"], found[2]["other"], found[2]["call"], found[2]["hours"]) == (1, 1, 0, 1.75)


def test_punctuality_tells_in_time_late_and_overdue(crm, monkeypatch) -> None:
    for due in ("3.11.2025", "4.11.2025", "5.11.2025", "25.11.2025"):
        assert crm("task", "add", f"Task {due}", "--due", due, "--quiet").code == 0
    for when, name in (("2025-11-03T23:30:00+01:00", "3.11."), ("2025-11-08T08:00:00+01:00", "4.11.")):
        monkeypatch.setenv("CRM_NOW", when)
        assert crm("task", "done", f"Task {name}2025", "--quiet").code == 0
    monkeypatch.setenv("CRM_NOW", NOW.isoformat())
    (one,) = crm("report", "punctuality", "--period", "this month", "--json").json
    assert one == {"month": "2025-11", "due": 3, "on_time": 1, "late": 1, "overdue": 1, "rate": 33.3, "days_late": 4.0}


def test_a_csv_has_plain_numbers_and_a_table_those_of_the_language(crm, sold) -> None:
    words = ("report", "revenue", "--lang", "de")
    assert "15.000,50" not in crm(*words, "--format", "csv").out
    assert "15000.50 EUR" in crm(*words, "--format", "csv").out
    assert "15.000,50 €" in crm(*words).out
    assert "Okt 2025" in crm("report", "closed", "--lang", "de").out


def test_an_empty_store_gives_empty_figures(crm) -> None:
    for name in ("pipeline", "forecast", "closed", "revenue", "activity", "punctuality"):
        result = crm("report", name, "--json")
        assert result.code == 0, result
        assert all(not one.get("count") and not one.get("total") for one in result.json)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2025-02", "2025-02-01", "2025-02-28"),
        ("q4", "2025-10-01", "2025-12-31"),
        ("Q4 2024", "2024-10-01", "2024-12-31"),
        ("2024-q1", "2024-01-01", "2024-03-31"),
        ("last month", "2025-10-01", "2025-10-31"),
        ("letztes Jahr", "2024-01-01", "2024-12-31"),
        ("last quarter", "2025-07-01", "2025-09-30"),
        ("dieses Quartal", "2025-10-01", "2025-12-31"),
        ("november", "2025-11-01", "2025-11-30"),
        ("Dezember", "2024-12-01", "2024-12-31"),
        ("märz 2023", "2023-03-01", "2023-03-31"),
        ("12 weeks", "2025-09-01", "2025-11-19"),
        ("letzte 3 Monate", "2025-09-01", "2025-11-19"),
        ("10 days", "2025-11-10", "2025-11-19"),
        ("1.1.2025 bis 31.3.2025", "2025-01-01", "2025-03-31"),
    ],
)
def test_a_period_is_read(text: str, first: str, last: str) -> None:
    assert read_period(text, now=NOW) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("text", ["nonsense", "q5", "0 weeks", "2025-13"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        read_period(text, now=NOW)
