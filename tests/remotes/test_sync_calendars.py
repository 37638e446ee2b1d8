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


def journal(uid: str, title: str, *lines: str) -> str:
    return calendar(
        [f"UID:{uid}", "DTSTAMP:20251101T000000Z", "DTSTART:20251117T130000Z", f"SUMMARY:{title}", *lines],
        kind="VJOURNAL",
    )


def entries(crm) -> dict[str, dict]:
    found = crm("sql", "SELECT uid, at, text, details FROM interaction", "--json").json
    return {entry["text"]: entry for entry in found}


def test_log_entries_are_journals_where_wanted(crm, cal, synced) -> None:
    crm("contact", "add", "Ada Lovelace")
    assert crm("log", "visit", "Ada Lovelace", "yesterday", "14:30:", "wants an offer").code == 0
    cal.put("j.ics", journal("j-1", "Met at the fair", "DESCRIPTION:Long talk", "CATEGORIES:fair", "X-OWN:1"))
    synced(cal, "--log")
    assert sync(crm) == {"pulled_new": 1, "pushed_new": 1}
    (name,) = [name for name in cal.names() if name != "j.ics"]
    text = cal.get(name)
    for line in ("BEGIN:VJOURNAL", "SUMMARY:wants an offer", "CATEGORIES:visit,Ada Lovelace", "STATUS:FINAL"):
        assert line in text
    assert entries(crm)["Met at the fair"]["details"] == "Long talk"
    assert entries(crm)["Met at the fair"]["at"] == "2025-11-17T14:00:00+01:00"
    assert in_step(crm)
    cal.edit(name, "SUMMARY:wants an offer", "SUMMARY:wants two offers\nDESCRIPTION:by Friday")
    cal.edit("j.ics", "DTSTART:20251117T130000Z", "DTSTART:20251117T140000Z")
    assert sync(crm) == {"pulled_changed": 2}
    assert entries(crm)["wants two offers"]["details"] == "by Friday"
    assert entries(crm)["Met at the fair"]["at"] == "2025-11-17T15:00:00+01:00"
    assert crm("log", "--last", "wants three offers").code == 0
    assert sync(crm)["pushed_changed"] == 1
    assert in_step(crm)
    cal.delete(name)
    assert sync(crm) == {"conflicts": 1}
    assert len(entries(crm)) == 2


@ONE
@pytest.mark.parametrize("option", ["--tasks", "--log"])
def test_a_calendar_that_does_not_take_a_component_is_told_at_once(crm, shared_server, monkeypatch, option) -> None:
    monkeypatch.setenv("CRM_PHONE_PASSWORD", "secret")
    events_only = shared_server.calendar("only" + option.strip("-"), "VEVENT")
    words = ("sync", "add", events_only.url + events_only.path, "--name", "phone", "--user", "alice")
    refused = crm(*words, option, "--json")
    assert (refused.code, refused.error["code"]) == (2, "usage")
    assert crm(*words).code == 0


@ONE
def test_a_list_of_follow_ups_gets_no_events(crm, shared_server, synced) -> None:
    crm("event", "add", "3.12. 9 Uhr 1h: Vorführung")
    crm("task", "add", "Send offer")
    todo = shared_server.calendar("todo", "VTODO")
    synced(todo)
    assert sync(crm) == {"pushed_new": 1}
    (name,) = todo.names()
    assert "SUMMARY:Send offer" in todo.get(name)
    assert in_step(crm)


@ONE
@pytest.mark.parametrize("invite", [False, True])
def test_who_takes_part_is_changed_there_only_to_invite(crm, cal, synced, invite: bool) -> None:
    crm("event", "add", "3.12. 9 Uhr 1h: Vorführung", "--attendee", "ada@example.org")
    synced(cal, *(["--invite"] if invite else []))
    assert sync(crm) == {"pushed_new": 1}
    (name,) = cal.names()
    assert ("mailto:ada@example.org" in cal.get(name)) is invite
    known = events(crm)["Vorführung"]["id"]
    done = crm("event", "edit", known, "--attendee", "bob@example.org", "--remove", "attendee=ada@example.org")
    assert done.code == 0, done
    assert sync(crm) == ({"pushed_changed": 1} if invite else {})
    assert ("mailto:bob@example.org" in cal.get(name)) is invite
    assert "mailto:ada@example.org" not in cal.get(name)
    cal.edit(name, "END:VEVENT", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:eve@example.org\nEND:VEVENT")
    assert sync(crm) == {"pulled_changed": 1}
    people = {person["email"] for person in events(crm)["Vorführung"]["attendees"]}
    assert people == {"bob@example.org", "eve@example.org"}
    assert in_step(crm)


def test_tags_travel_both_ways(crm, cal, synced) -> None:
    crm("task", "add", "Send offer", "--tag", "mine")
    cal.put("r.ics", event("r-1", "Remote", "CATEGORIES:theirs"))
    synced(cal, "--tasks")
    sync(crm)
    (name,) = [name for name in cal.names() if name != "r.ics"]
    crm("event", "edit", events(crm)["Remote"]["id"], "--tag", "vip")
    cal.edit(name, "CATEGORIES:mine", "CATEGORIES:mine,urgent")
    assert sync(crm) == {"pulled_changed": 1, "pushed_changed": 1}
    assert "CATEGORIES:theirs,vip" in cal.get("r.ics")
    assert crm("task", "list", "--json").json[0]["tags"] == ["mine", "urgent"]
    assert in_step(crm)
