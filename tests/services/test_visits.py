"""Open visits: what is asked about, what is not, and a whole day reported."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from crm_cli.commands._log_day import log_day
from crm_cli.commands._options import Options
from crm_cli.context import AppContext
from crm_cli.errors import BadInput
from crm_cli.services import visits

PEOPLE = ("Anna Adler", "Bernd Bauer", "Clara Conrad", "Dora Dietz", "Emil Eder", "Franz Faber")


@pytest.fixture
def book(crm) -> None:
    for number, name in enumerate(PEOPLE):
        assert crm("contact", "add", name, "--company", f"Werk {number} GmbH", "--quiet").code == 0


@pytest.fixture
def ctx(home) -> AppContext:
    with AppContext(Options(no_input=True), arguments=["log", "day"]) as context:
        context.writes = True
        yield context


def still_open(ctx: AppContext, day: date | None = None) -> list[str]:
    found = visits.open_visits(ctx.store, now=ctx.now(), localize=ctx.localize, day=day)
    return [visit.title for visit in found]


def test_only_past_appointments_with_known_people_and_no_entry_are_open(crm, book, ctx) -> None:
    for line in (
        "18.11.2025 9 Uhr 1h adler: Past",
        "19.11.2025 9:45 30m bauer: Not over yet",
        "20.11.2025 9 Uhr conrad: Ahead",
        "18.11.2025 11 Uhr Nobody known",
        "18.11.2025 13 Uhr dietz: Written about",
        "1.11.2025 9 Uhr eder: Long ago",
    ):
        assert crm("event", "add", line, "--quiet").code == 0
    assert crm("log", "besuch dietz 18.11.: war da", "--quiet").code == 0
    assert still_open(ctx) == ["Past"]
    assert still_open(ctx, date(2025, 11, 1)) == ["Long ago"]


def test_a_day_of_six_visits_is_reported_in_six_lines(crm, book, ctx, monkeypatch) -> None:
    for hour, name in enumerate(PEOPLE, start=8):
        assert crm("event", "add", f"18.11.2025 {hour}:00 45m {name}: Besuch {name}", "--quiet").code == 0
    lines = [f"Gespräch {number} km:{number * 10}" for number in range(1, 6)]
    lines.append("tel: abgesagt wv:fr neuer Termin")
    monkeypatch.setattr(AppContext, "stdin_bytes", lambda self: "\n".join(lines).encode())
    outcome = log_day(ctx, "gestern -")
    entries = outcome.value
    assert [entry.contacts[0].name for entry in entries] == list(PEOPLE)
    assert [entry.kind for entry in entries] == ["visit"] * 5 + ["call"]
    assert [entry.at for entry in entries] == [f"2025-11-18T{hour:02}:00:00+01:00" for hour in range(8, 14)]
    assert still_open(ctx) == []
    report = visits.day_report(ctx.store, day=date(2025, 11, 18), now=ctx.now(), localize=ctx.localize)
    assert (report.hours, report.distance_km, report.followups) == (4.5, 150.0, 1)
    assert report.kinds == {"visit": 5, "call": 1}


def test_an_empty_line_skips_and_never_remembers(crm, book, ctx, monkeypatch) -> None:
    for name in ("adler", "bauer", "conrad"):
        assert crm("event", "add", f"18.11.2025 9 Uhr {name}: {name}", "--quiet").code == 0
    monkeypatch.setattr(AppContext, "stdin_bytes", lambda self: b"\nnie\nwar gut\n")
    assert len(log_day(ctx, "18.11. -").value) == 1
    assert still_open(ctx) == ["adler"]


def test_never_holds_for_a_whole_series(crm, book, ctx) -> None:
    assert crm("event", "add", "13.11.2025 9 Uhr adler: Jour fixe", "--repeat", "daily", "--quiet").code == 0
    found = visits.open_visits(
        ctx.store, now=datetime.fromisoformat("2025-11-19T12:00:00+01:00"), localize=ctx.localize
    )
    assert len(found) == 7
    visits.never(ctx.store, visit=found[0], now=ctx.now())
    assert still_open(ctx) == []


def test_an_answer_that_cannot_be_read_costs_no_other(crm, book, ctx, monkeypatch) -> None:
    for name in ("adler", "bauer"):
        assert crm("event", "add", f"18.11.2025 9 Uhr {name}: {name}", "--quiet").code == 0
    monkeypatch.setattr(AppContext, "stdin_bytes", lambda self: b"x wv:unsinn\nwar gut\n")
    with pytest.raises(BadInput) as caught:
        log_day(ctx, "18.11. -")
    assert caught.value.params["refused"] == 1
    assert still_open(ctx) == ["adler"]
    assert len(crm("log", "--drafts", "--json").json) == 1


def test_the_report_of_a_day_is_markdown_html_or_a_mail(crm, book, home) -> None:
    assert crm("log", "besuch adler gestern 9:00 45m: <b>sehr</b> _gut_ km:12,5 wv:fr Angebot", "--quiet").code == 0
    text = crm("report", "day", "gestern").out
    assert text.startswith("# Visit report Tue 18 Nov 2025, me\n")
    assert "\\<b\\>sehr\\</b\\> \\_gut\\_" in text
    assert "12.5" in text
    page = crm("report", "day", "gestern", "--html", "--lang", "de").out
    assert "&lt;b&gt;sehr&lt;/b&gt; _gut_" in page
    assert "<b>" not in page
    mail = crm("report", "day", "gestern", "--mail").out
    assert mail.startswith("Subject: Visit report Tue 18 Nov 2025, me\r\n")
    assert crm("report", "day", "gestern", "--json").json["hours"] == 0.75
    assert crm("report", "day", "morgenx").code == 2


def test_one_entry_closes_one_appointment_the_nearest(crm, book, ctx) -> None:
    for line in ("18.11.2025 9 Uhr 1h adler: Früh", "18.11.2025 14 Uhr 1h adler: Spät", "18.11.2025 9 Uhr bauer: B"):
        assert crm("event", "add", line, "--quiet").code == 0
    assert crm("log", "anruf adler 18.11.2025 11:30: kurz", "--quiet").code == 0
    assert still_open(ctx) == ["Früh", "B", "Spät"], "a call between two visits is about neither"
    assert crm("log", "besuch adler 18.11.2025 15:30: war da", "--quiet").code == 0
    assert still_open(ctx) == ["Früh", "B"]
    assert crm("log", "besuch adler 18.11.2025: ohne Uhrzeit", "--quiet").code == 0
    assert still_open(ctx) == ["B"]


def test_an_entry_made_before_an_appointment_is_not_about_it(crm, book, ctx) -> None:
    assert crm("event", "add", "18.11.2025 14 Uhr 1h adler: Nachmittag", "--quiet").code == 0
    assert crm("log", "notiz adler 18.11.2025 9:00: bereitet vor", "--quiet").code == 0
    assert still_open(ctx) == ["Nachmittag"]
    assert crm("log", "anruf adler 18.11.2025 14:10: statt des Besuchs", "--quiet").code == 0
    assert still_open(ctx) == []


def test_one_visit_in_two_calendars_is_asked_for_once(crm, book, ctx) -> None:
    for title in ("Besuch", "Besuch Adler"):
        assert crm("event", "add", f"18.11.2025 9 Uhr 1h adler: {title}", "--quiet").code == 0
    assert crm("log", "besuch adler 18.11.2025 9:00: war da", "--quiet").code == 0
    assert still_open(ctx) == []
