"""`crm agenda` and `crm free` as they are typed."""

from __future__ import annotations

import pytest

from tests.importers.calendars import calendar, event


@pytest.fixture
def bring(crm, tmp_path):
    """Import a calendar of these parts."""

    def run(*parts: str, method: str | None = None) -> None:
        path = tmp_path / f"{method}.ics"
        path.write_text(calendar(*parts, method=method))
        assert crm("import", str(path), "--quiet").code == 0

    return run


def agenda(crm, *words: str) -> list[tuple[str, str]]:
    result = crm("agenda", *words, "--json")
    assert result.code == 0, result
    return [(one["start"][5:16], one["title"]) for one in result.json]


def test_conflicts_and_short_ways_are_shown(crm) -> None:
    for line in ("morgen 9 Uhr A ort:Augsburg", "morgen 9:30 1h B ort:Augsburg", "morgen 10:40 C ort:Ulm", "morgen D"):
        assert crm("event", "add", line, "--quiet").code == 0
    found = {one["title"]: one for one in crm("agenda", "morgen", "--json").json}
    assert found["A"]["conflicts"] == [found["B"]["id"]]
    assert (found["C"]["gap_min"], found["C"]["tight"]) == (10, True)
    assert (found["D"]["all_day"], found["D"]["conflicts"]) == (True, [])
    table = crm("agenda", "morgen", "--columns", "title,remark").out
    assert "collides" in table
    assert "only 10 min to get there" in table


def test_a_series_with_changes_and_exceptions(crm, bring) -> None:
    zone = ";TZID=Europe/Berlin"
    bring(
        event("UID:s", f"DTSTART{zone}:20251120T090000", f"DTEND{zone}:20251120T100000", "SUMMARY:S",
              "RRULE:FREQ=DAILY;COUNT=6", f"EXDATE{zone}:20251121T090000"),
        event("UID:s", f"RECURRENCE-ID{zone}:20251122T090000", f"DTSTART{zone}:20251122T140000", "SUMMARY:Moved"),
        event("UID:s", f"RECURRENCE-ID{zone}:20251123T090000", f"DTSTART{zone}:20251123T090000", "SUMMARY:Gone",
              "STATUS:CANCELLED"),
        event("UID:s", f"RECURRENCE-ID;RANGE=THISANDFUTURE{zone}:20251124T090000", f"DTSTART{zone}:20251124T110000",
              f"DTEND{zone}:20251124T113000", "SUMMARY:Later"),
    )  # fmt: skip
    assert agenda(crm, "10 days") == [
        ("11-20T09:00", "S"),
        ("11-22T14:00", "Moved"),
        ("11-24T11:00", "Later"),
        ("11-25T11:00", "Later"),
    ]


def test_a_series_stays_at_its_hour_when_the_clock_changes(crm) -> None:
    assert crm("event", "add", "25.3.2026 9 Uhr: Woche", "--repeat", "weekly", "--quiet").code == 0
    found = crm("agenda", "2026-03-23..2026-04-05", "--json").json
    assert [one["start"] for one in found] == ["2026-03-25T09:00:00+01:00", "2026-04-01T09:00:00+02:00"]


def test_messages_and_what_they_replace_are_not_shown_twice(crm, bring) -> None:
    lines = ("UID:u", "DTSTART:20251120T080000Z", "SUMMARY:Old", "SEQUENCE:0")
    bring(event(*lines), method="REQUEST")
    bring(event("UID:u", "DTSTART:20251120T090000Z", "SUMMARY:New", "SEQUENCE:1"), method="PUBLISH")
    bring(event(*lines), method="REPLY")
    assert agenda(crm, "morgen") == [("11-20T10:00", "New")]
    assert len(crm("event", "list", "--json").json) == 3


def test_a_bomb_is_cut_and_said_so(crm, bring) -> None:
    bring(event("UID:b", "DTSTART:20010101T000000Z", "SUMMARY:Bomb", "RRULE:FREQ=SECONDLY"))
    result = crm("agenda", "--json")
    assert len(result.json) <= 1001
    assert "repeats too often" in result.err


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=HOURLY;BYSETPOS=5;BYMINUTE=1,2,3", "FREQ=WEEKLY;BYWEEKNO=99"])
@pytest.mark.parametrize("words", ["free 1h", "remind", "log day", "today", "show hans", "event list today"])
def test_no_command_waits_for_a_rule_without_end(crm, bring, rule: str, words: str) -> None:
    crm("contact", "add", "Hans", "--email", "hans@example.org", "--quiet")
    alarm = "BEGIN:VALARM\nTRIGGER:-PT5M\nEND:VALARM"
    guest = "ATTENDEE:mailto:hans@example.org"
    bring(event("UID:b", "DTSTART:20010101T000000Z", "SUMMARY:Bomb", f"RRULE:{rule}", guest, alarm))
    assert crm(*words.split(), "--no-input").code == 0


def test_a_rule_of_another_calendar_is_not_guessed(crm, bring) -> None:
    bring(event("UID:c", "DTSTART:20251120T080000Z", "SUMMARY:Neujahr", "RRULE:RSCALE=CHINESE;FREQ=YEARLY"))
    result = crm("agenda")
    assert "Neujahr" in result.out
    assert "only the first time is known" in result.err
    assert "RSCALE=CHINESE" in crm("export", "calendar").out


def test_a_day_ends_with_it_also_when_it_is_short(crm) -> None:
    assert crm("event", "add", "29.3.2026 Messe", "--quiet").code == 0
    assert crm("event", "add", "29.3.2026 Lauf", "--repeat", "yearly", "--quiet").code == 0
    assert agenda(crm, "30.3.2026") == []
    assert [title for _, title in agenda(crm, "29.3.2026")] == ["Messe", "Lauf"]


def test_floating_days_and_zoned_times_stand_at_their_own(crm, bring) -> None:
    bring(
        event("UID:1", "DTSTART:20251120T090000", "SUMMARY:floating"),
        event("UID:2", "DTSTART;VALUE=DATE:20251120", "DTEND;VALUE=DATE:20251122", "SUMMARY:days"),
        event("UID:3", "DTSTART;TZID=America/New_York:20251120T030000", "SUMMARY:zoned"),
    )
    found = {one["title"]: (one["start"], one["end"]) for one in crm("agenda", "21.11.", "--json").json}
    assert found == {"days": ("2025-11-20", "2025-11-22")}
    found = {one["title"]: one["start"] for one in crm("agenda", "20.11.", "--json").json}
    assert found == {
        "floating": "2025-11-20T09:00:00+01:00", "days": "2025-11-20", "zoned": "2025-11-20T09:00:00+01:00",
    }  # fmt: skip


def test_free_time_leaves_out_what_is_taken(crm) -> None:
    assert crm("event", "add", "24.11. 9-17 Uhr Schulung", "--quiet").code == 0
    assert crm("event", "add", "25.11. Urlaub", "--until", "28.11.", "--quiet").code == 0
    assert crm("event", "add", "24.11. 8 Uhr Vielleicht", "--free", "--quiet").code == 0
    found = crm("free", "1h", "nächste Woche", "--json").json
    assert [(one["start"][8:16], one["duration_min"]) for one in found] == [("24T08:00", 60), ("24T17:00", 60)]
    assert crm("free", "90m", "nächste", "Woche", "--json").json == []
    assert crm("free", "1h", "irgendwann", "--json").code == 2


def test_an_empty_store_has_an_empty_agenda(crm) -> None:
    assert agenda(crm) == []
