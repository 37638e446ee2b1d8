"""`crm remind`: everything is said once, when its time has come."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import pytest


def at(monkeypatch: pytest.MonkeyPatch, clock: str) -> None:
    monkeypatch.setenv("CRM_NOW", f"2025-11-{clock}:00+01:00")


def said(crm) -> list[str]:
    result = crm("remind", "--json")
    assert result.code == 0
    return [reminder["text"] for reminder in result.json]


def test_an_alarm_is_said_once_when_its_time_has_come(crm, monkeypatch) -> None:
    crm("event", "add", "heute 11:00 Demo erinnern:30m", "--quiet")
    assert said(crm) == []
    at(monkeypatch, "19T10:31")
    assert said(crm) == ["Demo"]
    assert said(crm) == []
    at(monkeypatch, "19T11:30")
    assert said(crm) == []


def test_an_alarm_slept_through_is_said_until_an_hour_after_the_start(crm, monkeypatch) -> None:
    for hour in (11, 13):
        crm("event", "add", f"heute {hour}:00 Termin-{hour} erinnern:30m", "--quiet")
    at(monkeypatch, "19T13:30")
    assert said(crm) == ["Termin-13"]


def test_each_time_of_a_series_has_its_own_reminder(crm, monkeypatch) -> None:
    crm("event", "add", "heute 11:00 Täglich erinnern:10m wdh:1d", "--quiet")
    for day in ("19", "20", "21"):
        at(monkeypatch, f"{day}T10:55")
        assert said(crm) == ["Täglich"]
        assert said(crm) == []


def test_follow_ups_are_said_on_their_day_or_at_their_time(crm, monkeypatch) -> None:
    crm("task", "add", "Heute", "--due", "heute", "--quiet")
    crm("task", "add", "Um elf", "--due", "heute 11:00", "--quiet")
    crm("task", "add", "Morgen", "--due", "morgen", "--quiet")
    assert said(crm) == ["Heute"]
    at(monkeypatch, "19T11:01")
    assert said(crm) == ["Um elf"]
    at(monkeypatch, "20T08:00")
    assert said(crm) == ["Morgen"]


def test_a_trial_says_and_remembers_nothing_and_undo_does_not_see_it(crm) -> None:
    crm("task", "add", "Heute", "--due", "heute", "--quiet")
    assert len(crm("remind", "--json", "--dry-run").json) == 1
    assert said(crm) == ["Heute"]
    assert "task add" in crm("undo", "--json").json["undone"][0]["command"]


def calendar(crm, *lines: str) -> None:
    text = "\r\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//", "BEGIN:VEVENT", "UID:u", "DTSTAMP:20251101T000000Z", *lines]
    )
    alarm = "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    assert crm("import", "-", "--quiet", stdin=(text + alarm).encode()).code == 0


def alarm(trigger: str) -> list[str]:
    return ["BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:x", f"TRIGGER:{trigger}", "END:VALARM"]


def test_the_alarm_of_a_whole_day_is_said_until_the_day_is_over(crm, monkeypatch) -> None:
    calendar(crm, "SUMMARY:Fair", "DTSTART;VALUE=DATE:20251120", *alarm("-PT12H"))
    assert said(crm) == []
    at(monkeypatch, "20T17:00")
    assert said(crm) == ["Fair"]
    assert said(crm) == []


def test_an_alarm_after_the_start_is_said_when_its_time_has_come(crm, monkeypatch) -> None:
    calendar(crm, "SUMMARY:Visit", "DTSTART:20251119T100000Z", "DTEND:20251119T110000Z", *alarm("PT3H"))
    at(monkeypatch, "19T13:59")
    assert said(crm) == []
    at(monkeypatch, "19T14:30")
    assert said(crm) == ["Visit"]


def test_an_alarm_long_before_is_said_long_before(crm) -> None:
    calendar(crm, "SUMMARY:Contract", "DTSTART:20260210T100000Z", *alarm("-P90D"))
    assert said(crm) == ["Contract"]


@pytest.mark.parametrize("trigger", ["-P99999999W", "P99999999W", "-PT0S"])
def test_an_absurd_alarm_costs_no_other(crm, monkeypatch, trigger: str) -> None:
    calendar(crm, "SUMMARY:Absurd", "DTSTART:20251122T100000Z", *alarm(trigger), *alarm("-PT10M"))
    at(monkeypatch, "22T10:55")
    assert said(crm) == ["Absurd"]


def test_a_cancelled_appointment_is_silent(crm, monkeypatch) -> None:
    calendar(crm, "SUMMARY:Off", "STATUS:CANCELLED", "DTSTART:20251119T100000Z", *alarm("-PT30M"))
    at(monkeypatch, "19T10:45")
    assert said(crm) == []


def test_a_clock_that_is_set_back_repeats_nothing(crm, monkeypatch) -> None:
    crm("event", "add", "heute 11:00 Demo erinnern:30m", "--quiet")
    crm("task", "add", "Heute", "--due", "heute", "--quiet")
    at(monkeypatch, "19T10:35")
    assert sorted(said(crm)) == ["Demo", "Heute"]
    for clock in ("19T09:00", "18T10:00", "19T10:20", "19T10:40"):
        at(monkeypatch, clock)
        assert said(crm) == []


def test_a_journey_to_another_time_zone_repeats_nothing(crm, monkeypatch) -> None:
    crm("event", "add", "heute 11:00 Demo erinnern:30m", "--quiet")
    crm("task", "add", "Um halb", "--due", "heute 10:30", "--quiet")
    at(monkeypatch, "19T10:35")
    assert sorted(said(crm)) == ["Demo", "Um halb"]
    monkeypatch.setenv("TZ", "America/New_York")
    monkeypatch.setenv("CRM_NOW", "2025-11-19T04:40:00-05:00")
    time.tzset()
    assert said(crm) == []


def test_a_store_that_is_not_there_is_not_made(crm, home) -> None:
    assert said(crm) == []
    assert not list(home.rglob("*.db"))


def test_what_happened_while_the_machine_slept_is_said_once_in_the_morning(crm, monkeypatch) -> None:
    crm("event", "add", "20.11. 7:30 Demo erinnern:1h", "--quiet")
    crm("event", "add", "20.11. 3:00 Night erinnern:1h", "--quiet")
    crm("task", "add", "Abends", "--due", "heute 22:00", "--quiet")
    crm("event", "add", "20.11. 8:00 Both", "--remind", "1h", "--remind", "1d", "--quiet")
    at(monkeypatch, "20T08:00")
    assert said(crm) == ["Abends", "Demo", "Both"]
    assert said(crm) == []


def test_each_is_said_by_one_of_many_processes_at_the_same_time(crm, home) -> None:
    for number in range(20):
        crm("task", "add", f"Task {number}", "--due", "heute", "--quiet")
    command = [sys.executable, "-m", "crm_cli", "remind", "--json"]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(4)]
    found = [one["text"] for process in running for one in json.loads(process.communicate(timeout=60)[0])]
    assert sorted(found) == sorted(f"Task {number}" for number in range(20))
