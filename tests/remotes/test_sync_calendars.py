"""Synchronising calendars with real servers: events, series with changed occurrences, follow-ups, who is invited."""

from __future__ import annotations

import pytest

from tests.remotes.servers import calendar, event
from tests.remotes.test_sync_servers import ONE, in_step, sync

SERIES = ["UID:s-1", "DTSTAMP:20251101T000000Z", "DTSTART:20251201T090000Z", "DTEND:20251201T100000Z"]
MOVED = ["UID:s-1", "DTSTAMP:20251101T000000Z", "RECURRENCE-ID:20251203T090000Z"]


def events(crm) -> dict[str, dict]:
    return {event["title"]: event for event in crm("event", "list", "--json").json}


def test_events_go_there_and_come_here(crm, cal, synced) -> None:
    assert crm("event", "add", "3.12. 9 Uhr 1h: Vorführung ort:Augsburg").code == 0
    cal.put("r.ics", event("r-1", "Remote", "LOCATION:Ulm", "X-OWN:1"))
    synced(cal)
    assert sync(crm) == {"pulled_new": 1, "pushed_new": 1}
    assert events(crm)["Remote"]["location"] == "Ulm"
    (name,) = [name for name in cal.names() if name != "r.ics"]
    text = cal.get(name)
    assert "SUMMARY:Vorführung" in text
    assert "LOCATION:Augsburg" in text
    assert in_step(crm)


def test_changes_of_both_sides_meet_in_one_event(crm, cal, synced) -> None:
    cal.put("r.ics", event("r-1", "Remote", "X-OWN:1"))
    synced(cal)
    sync(crm)
    crm("event", "edit", events(crm)["Remote"]["id"], "--location", "Augsburg")
    cal.edit("r.ics", "DTSTART:20251203T090000Z", "DTSTART:20251203T080000Z")
    report = sync(crm)
    assert report == {"pulled_changed": 1, "pushed_changed": 1}
    assert events(crm)["Remote"]["start"].startswith("2025-12-03T08:00")
    text = cal.get("r.ics")
    for line in ("LOCATION:Augsburg", "X-OWN:1", "DTSTART:20251203T080000Z"):
        assert line in text
    assert in_step(crm)


@ONE
def test_a_time_both_sides_moved_is_a_conflict(crm, cal, synced) -> None:
    cal.put("r.ics", event("r-1", "Remote"))
    synced(cal)
    sync(crm)
    assert crm("event", "edit", events(crm)["Remote"]["id"], "--start", "4.12. 10 Uhr").code == 0
    cal.edit("r.ics", "DTEND:20251203T100000Z", "DTEND:20251203T113000Z")
    assert sync(crm) == {"conflicts": 1}
    (conflict,) = crm("sync", "conflicts", "--json").json
    assert [item["field"] for item in conflict["fields"]] == ["when"]
    crm("sync", "conflicts", str(conflict["id"]), "--keep", "mine")
    assert sync(crm) == {"pushed_changed": 1}
    assert "20251204T" in cal.get("r.ics")
    assert in_step(crm)


def test_a_series_keeps_its_changed_occurrences(crm, cal, synced) -> None:
    moved = [*MOVED, "DTSTART:20251203T140000Z", "DTEND:20251203T150000Z", "SUMMARY:Later"]
    cal.put("s.ics", calendar([*SERIES, "SUMMARY:Daily", "RRULE:FREQ=DAILY;COUNT=5"], moved))
    synced(cal)
    assert sync(crm) == {"pulled_new": 1}
    assert set(events(crm)) == {"Daily", "Later"}
    assert in_step(crm)
    cal.edit("s.ics", "SUMMARY:Later", "SUMMARY:Much later")
    assert sync(crm) == {"pulled_changed": 1}
    assert set(events(crm)) == {"Daily", "Much later"}
    crm("event", "edit", events(crm)["Daily"]["id"], "--location", "Hall 3")
    assert sync(crm) == {"pushed_changed": 1}
    text = cal.get("s.ics")
    assert text.count("BEGIN:VEVENT") == 2
    assert text.count("LOCATION:Hall 3") == 1
    assert in_step(crm)


def test_deletions_travel_both_ways(crm, cal, synced) -> None:
    for number in range(5):
        cal.put(f"{number}.ics", event(f"u-{number}", f"Event {number}"))
    synced(cal)
    sync(crm)
    assert crm("event", "delete", events(crm)["Event 1"]["id"], "--yes").code == 0
    cal.delete("2.ics")
    assert sync(crm) == {"pulled_deleted": 1, "pushed_deleted": 1}
    assert set(events(crm)) == {"Event 0", "Event 3", "Event 4"}
    assert len(cal.names()) == 3
    assert in_step(crm)


@pytest.mark.parametrize("invite", [False, True])
def test_nobody_is_invited_without_being_asked(crm, cal, synced, tmp_path, invite: bool) -> None:
    people = ["ORGANIZER:mailto:me@example.org", "ATTENDEE;CN=Ada:mailto:ada@example.org"]
    file = tmp_path / "in.ics"
    file.write_text(event("i-1", "Meeting", *people))
    assert crm("import", str(file)).code == 0
    cal.put("r.ics", event("r-1", "Remote", *people))
    synced(cal, *(["--invite"] if invite else []))
    assert sync(crm) == {"pulled_new": 1, "pushed_new": 1}
    (name,) = [name for name in cal.names() if name != "r.ics"]
    assert ("mailto:ada@example.org" in cal.get(name)) is invite
    assert ("ORGANIZER" in cal.get(name)) is invite
    assert {person["email"] for person in events(crm)["Remote"]["attendees"]} == {"me@example.org", "ada@example.org"}


@ONE
@pytest.mark.parametrize("invite", [False, True])
def test_an_event_with_attendees_is_changed_on_the_server_only_to_invite(crm, cal, synced, invite: bool) -> None:
    cal.put("r.ics", event("r-1", "Remote", "ORGANIZER:mailto:me@example.org", "ATTENDEE:mailto:ada@example.org"))
    synced(cal, *(["--invite"] if invite else []))
    sync(crm)
    crm("event", "edit", events(crm)["Remote"]["id"], "--location", "Ulm")
    cal.edit("r.ics", "SUMMARY:Remote", "SUMMARY:Renamed")
    result = crm("sync", "--json")
    assert result.code == (0 if invite else 6)
    assert ("LOCATION:Ulm" in cal.get("r.ics")) is invite
    assert "mailto:ada@example.org" in cal.get("r.ics")
    assert events(crm)["Renamed"]["location"] == "Ulm"
    assert len(result.json[0]["refused"]) == (0 if invite else 1)


def test_follow_ups_are_todos_where_wanted(crm, cal, synced) -> None:
    crm("task", "add", "Send offer", "--due", "2025-12-05", "--priority", "high")
    crm("task", "add", "Done before")
    crm("task", "done", crm("task", "list", "Done before", "--json").json[0]["id"])
    todo = ["UID:t-1", "DTSTAMP:20251101T000000Z", "SUMMARY:Call back", "DUE;VALUE=DATE:20251210", "X-OWN:1"]
    cal.put("t.ics", calendar(todo, kind="VTODO"))
    synced(cal, "--tasks")
    assert sync(crm) == {"pulled_new": 1, "pushed_new": 1}
    (name,) = [name for name in cal.names() if name != "t.ics"]
    assert "SUMMARY:Send offer" in cal.get(name)
    tasks = {task["text"]: task for task in crm("task", "list", "--json").json}
    assert tasks["Call back"]["due"] == "2025-12-10"
    assert crm("task", "done", tasks["Call back"]["id"]).code == 0
    assert crm("task", "done", tasks["Send offer"]["id"]).code == 0
    assert sync(crm) == {"pushed_changed": 2}
    assert "STATUS:COMPLETED" in cal.get("t.ics")
    assert "X-OWN:1" in cal.get("t.ics")
    assert "STATUS:COMPLETED" in cal.get(name)
    assert in_step(crm)


@ONE
def test_todos_stay_where_they_are_unless_wanted(crm, cal, synced) -> None:
    crm("task", "add", "Send offer")
    cal.put("t.ics", calendar(["UID:t-1", "DTSTAMP:20251101T000000Z", "SUMMARY:Call back"], kind="VTODO"))
    synced(cal)
    assert sync(crm) == {}
    assert cal.names() == ["t.ics"]


@ONE
def test_undo_of_a_sync_of_a_calendar_meets_again(crm, cal, synced) -> None:
    crm("event", "add", "3.12. 9 Uhr 1h: Vorführung")
    cal.put("r.ics", event("r-1", "Remote"))
    synced(cal)
    sync(crm)
    assert crm("undo").code == 0
    assert set(events(crm)) == {"Vorführung"}
    assert sync(crm) == {"pulled_new": 1}
    assert set(events(crm)) == {"Vorführung", "Remote"}
    assert len(cal.names()) == 2
    assert in_step(crm)
