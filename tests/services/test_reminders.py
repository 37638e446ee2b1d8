"""`crm remind`: everything is said once, when its time has come."""

from __future__ import annotations

import pytest


def at(monkeypatch: pytest.MonkeyPatch, time: str) -> None:
    monkeypatch.setenv("CRM_NOW", f"2025-11-{time}:00+01:00")


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


def test_install_shows_before_it_writes(crm, monkeypatch, tmp_path) -> None:
    program = tmp_path / "bin" / "crm"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    shown = crm("remind", "--install", "--dry-run", "--json").json
    assert "remind --notify" in str(shown)
    assert not (tmp_path / "config").exists()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert crm("remind", "--install", "--dry-run").code == 2
