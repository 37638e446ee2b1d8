"""`crm event edit|delete REF --on DAY [--following]`: one time of a series, or that and all later ones."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from crm_cli import i18n
from crm_cli.domain import series
from crm_cli.errors import UsageError
from crm_cli.wording_rule import rule
from tests.dump import dump
from tests.importers.calendars import calendar, event

RANGE = "19.11.2025 to 20.1.2026"


@pytest.fixture
def weekly(crm) -> str:
    """A series on five Mondays from 24 November on, with somebody in it."""
    assert crm("contact", "add", "Hans Müller", "--quiet").code == 0
    words = ("24.11. 9:00 1h müller: Weekly loc:Ulm remind:30m +team", "--repeat", "FREQ=WEEKLY;COUNT=5")
    return crm("event", "add", *words, "--format", "ids").out.strip()


def agenda(crm) -> list[str]:
    result = crm("agenda", *RANGE.split(), "--json")
    assert result.code == 0, result
    return [f"{one['start'][5:16]} {one['title']}" for one in result.json]


def test_one_time_is_changed_and_the_others_stay(crm, weekly: str) -> None:
    words = ("--on", "1.12.", "--start", "2.12. 14:00", "--title", "Moved")
    made = crm("event", "edit", weekly, *words, "--json").json
    assert agenda(crm) == ["11-24T09:00 Weekly", "12-02T14:00 Moved", "12-08T09:00 Weekly", "12-15T09:00 Weekly",
                           "12-22T09:00 Weekly"]  # fmt: skip
    assert made["id"] != weekly
    assert (made["end"], made["rule"]) == ("2025-12-02T15:00:00+01:00", None)
    assert [one["name"] for one in made["contacts"]] == ["Hans Müller"]
    assert (made["location"], made["alarms"], made["tags"]) == ("Ulm", [30], ["team"])


def test_a_time_and_all_later_ones_are_changed(crm, weekly: str) -> None:
    words = ("--on", "8.12.", "--following", "--start", "9.12. 10:00")
    made = crm("event", "edit", weekly, *words, "--json").json
    assert agenda(crm) == ["11-24T09:00 Weekly", "12-01T09:00 Weekly", "12-09T10:00 Weekly", "12-16T10:00 Weekly",
                           "12-23T10:00 Weekly"]  # fmt: skip
    assert made["rule"] == "FREQ=WEEKLY;COUNT=3"


def test_one_time_and_the_rest_are_deleted(crm, weekly: str) -> None:
    assert crm("event", "delete", weekly, "--on", "1.12.", "--quiet").code == 0
    assert agenda(crm) == [f"{day}T09:00 Weekly" for day in ("11-24", "12-08", "12-15", "12-22")]
    assert crm("event", "delete", weekly, "--on", "15.12.", "--following", "--quiet").code == 0
    assert agenda(crm) == [f"{day}T09:00 Weekly" for day in ("11-24", "12-08")]
    assert crm("event", "delete", weekly, "--on", "24.11.", "--following", "--quiet").code == 0
    assert agenda(crm) == []


@pytest.mark.parametrize(
    "words",
    [
        ("edit", "--on", "8.12.", "--title", "x"),
        ("edit", "--on", "8.12.", "--following", "--start", "10.12. 8:00"),
        ("delete", "--on", "8.12."),
        ("delete", "--on", "8.12.", "--following"),
    ],
)
def test_each_is_one_change_and_undo_takes_it_back(crm, home, weekly: str, words: tuple[str, ...]) -> None:
    (path,) = home.rglob("*.db")
    before = dump(path)
    verb, *rest = words
    assert crm("event", verb, weekly, *rest, "--quiet").code == 0
    assert dump(path)["event"] != before["event"]
    assert crm("undo", "--quiet").code == 0
    assert dump(path) == before


def test_a_day_without_the_event_is_refused(crm, weekly: str) -> None:
    assert crm("event", "edit", weekly, "--on", "2.12.", "--title", "x", "--json").error["code"] == "not_found"
    assert crm("event", "edit", weekly, "--following", "--title", "x", "--json").error["code"] == "usage"
    assert len(agenda(crm)) == 5


def test_a_series_that_is_there_several_times_a_day_asks_for_the_time(crm) -> None:
    made = crm(
        "event", "add", "24.11. 9:00 10m: Pill", "--repeat", "FREQ=HOURLY;COUNT=3", "--format", "ids"
    ).out.strip()
    assert crm("event", "delete", made, "--on", "24.11.", "--json").error["code"] == "ambiguous"
    assert crm("event", "delete", made, "--on", "24.11. 10:00", "--quiet").code == 0
    assert agenda(crm) == ["11-24T09:00 Pill", "11-24T11:00 Pill"]


def test_a_series_of_whole_days_and_one_over_the_clock_change(crm) -> None:
    crm("event", "add", "24.11. Fair", "--repeat", "FREQ=DAILY;COUNT=4", "--quiet")
    assert crm("event", "edit", "fair", "--on", "26.11.", "--following", "--title", "Show", "--quiet").code == 0
    assert agenda(crm) == ["11-24 Fair", "11-25 Fair", "11-26 Show", "11-27 Show"]
    crm("event", "add", "20.3.2026 9:00 1h: Long", "--repeat", "FREQ=WEEKLY", "--quiet")
    crm("event", "edit", "long", "--on", "3.4.2026", "--following", "--start", "3.4.2026 11:00", "--quiet")
    found = crm("agenda", *"20.3.2026 to 11.4.2026".split(), "--json").json
    assert [one["start"] for one in found] == [
        "2026-03-20T09:00:00+01:00", "2026-03-27T09:00:00+01:00",
        "2026-04-03T11:00:00+02:00", "2026-04-10T11:00:00+02:00",
    ]  # fmt: skip


def test_exceptions_and_changed_times_of_a_foreign_series_survive_a_part(crm, tmp_path) -> None:
    zone = ";TZID=Europe/Berlin"
    path = tmp_path / "a.ics"
    path.write_text(calendar(
        event("UID:s", f"DTSTART{zone}:20251201T090000", f"DTEND{zone}:20251201T100000", "SUMMARY:S",
              "RRULE:FREQ=DAILY;COUNT=6", f"EXDATE{zone}:20251205T090000"),
        event("UID:s", f"RECURRENCE-ID{zone}:20251204T090000", f"DTSTART{zone}:20251204T140000",
              f"DTEND{zone}:20251204T150000", "SUMMARY:Own"),
    ))  # fmt: skip
    assert crm("import", str(path), "--quiet").code == 0
    master = next(one["id"] for one in crm("event", "list", "--json").json if one["recurrence"])
    assert crm("event", "edit", master, "--on", "3.12.", "--following", "--start", "3.12. 10:00", "--quiet").code == 0
    assert agenda(crm) == ["12-01T09:00 S", "12-02T09:00 S", "12-03T10:00 S", "12-04T14:00 Own", "12-06T10:00 S"]
    text = crm("export", "calendar", "--format", "ical").out
    assert "UNTIL=20251203T075959Z" in text
    assert text.count("BEGIN:VEVENT") == 3


@pytest.mark.parametrize(
    ("rule", "old", "new", "expected"),
    [
        ("FREQ=WEEKLY;BYDAY=MO", "2025-12-01", "2025-12-02", "FREQ=WEEKLY;BYDAY=TU"),
        ("FREQ=WEEKLY;BYDAY=MO,TH", "2025-12-04", "2025-12-05", "FREQ=WEEKLY;BYDAY=TU,FR"),
        ("FREQ=MONTHLY;BYDAY=1MO", "2025-12-01", "2025-12-09", "FREQ=MONTHLY;BYDAY=2TU"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "2025-12-26", "2025-12-30", "FREQ=MONTHLY;BYDAY=-1TU"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "2025-12-15", "2025-12-17", "FREQ=MONTHLY;BYMONTHDAY=17"),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", "2025-12-15", "2026-01-03", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=3"),
        ("FREQ=DAILY", "2025-12-15", "2025-12-17", "FREQ=DAILY"),
        ("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1", "2025-12-01", "2025-12-03", None),
    ],
)
def test_a_rule_moves_with_its_time(rule: str, old: str, new: str, expected: str | None) -> None:
    first, second = datetime.fromisoformat(old), datetime.fromisoformat(new)
    if expected is None:
        with pytest.raises(UsageError):
            series.moved(rule, first, second)
    else:
        assert series.moved(rule, first, second) == expected


@pytest.mark.parametrize(
    ("text", "english", "german"),
    [
        ("FREQ=WEEKLY;INTERVAL=1", "every week", "jede Woche"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "every 2 weeks on Mon, Thu", "alle 2 Wochen am Mo, Do"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "every month on last Fri", "jeden Monat am letzten Fr"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "every month on day 15", "jeden Monat am 15. Tag"),
        ("FREQ=DAILY;COUNT=5", "every day 5 times", "jeden Tag 5-mal"),
        ("FREQ=YEARLY;UNTIL=20271231T090000Z", "every year until Fri 31 Dec 2027", "jedes Jahr bis Fr 31.12.2027"),
        ("FREQ=SECONDLY", "FREQ=SECONDLY", "FREQ=SECONDLY"),
        ("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1", "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1", None),
        ("FREQ=DAILY;UNTIL=99999999", "FREQ=DAILY;UNTIL=99999999", None),
    ],
)
def test_a_rule_is_said_in_words(text: str, english: str, german: str | None) -> None:
    today = date(2025, 11, 19)
    i18n.use("en")
    assert rule(text, today) == english
    i18n.use("de")
    assert rule(text, today) == (german or english)
    i18n.use("en")


@pytest.fixture
def fairs(crm) -> str:
    """A series of two days in each of four weeks, from 24 November on."""
    words = ("24.11. Fair", "--until", "25.11.", "--repeat", "FREQ=WEEKLY;COUNT=4")
    return crm("event", "add", *words, "--format", "ids").out.strip()


def spans(crm) -> list[tuple[str, str]]:
    found = crm("event", "list", "--json", "--sort", "start").json
    return [(f"{one['start'][5:]} {one['end'][5:]}", one["rule"]) for one in found]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("--until", "26.11."), [("11-24 11-27", "FREQ=WEEKLY;COUNT=4")]),
        (("--on", "1.12.", "--until", "4.12."), [("11-24 11-26", "FREQ=WEEKLY;COUNT=4"), ("12-01 12-05", None)]),
        (
            ("--on", "8.12.", "--following", "--start", "9.12.", "--until", "9.12."),
            [("11-24 11-26", "FREQ=WEEKLY;UNTIL=20251207"), ("12-09 12-10", "FREQ=WEEKLY;COUNT=2")],
        ),
    ],
)
def test_the_last_day_of_a_series_is_that_of_the_time_meant(crm, home, fairs: str, words, expected) -> None:
    (path,) = home.rglob("*.db")
    before = dump(path)
    assert crm("event", "edit", fairs, *words, "--quiet").code == 0
    assert spans(crm) == expected
    assert crm("undo").code == 0
    assert dump(path) == before


def test_a_series_that_would_run_into_itself_is_refused(crm, fairs: str) -> None:
    refused = crm("event", "edit", fairs, "--until", "9.12.", "--json")
    assert refused.code == 2
    assert "--on" in refused.error["hint"]
    assert spans(crm) == [("11-24 11-26", "FREQ=WEEKLY;COUNT=4")]
