"""`crm event …` and calendars through `crm import` and `crm export`, as they are typed."""

from __future__ import annotations

import json

import pytest

from tests.importers.calendars import calendar, event, only


@pytest.fixture
def hans(crm) -> str:
    words = ("contact", "add", "Hans Müller", "--company", "Ehrler Prüftechnik GmbH", "--format", "ids")
    return crm(*words).out.strip()


def add(crm, *words: str) -> dict[str, object]:
    result = crm("event", "add", *words, "--json")
    assert result.code == 0, result
    return result.json


def test_one_line_makes_an_appointment(crm, hans: str) -> None:
    made = add(crm, "morgen 9 Uhr 1h Ehrler: Vorführung @müller ort:Augsburg erinnern:30m")
    assert list(made)[:4] == ["id", "title", "start", "end"]
    assert (made["title"], made["start"], made["end"]) == (
        "Vorführung", "2025-11-20T09:00:00+01:00", "2025-11-20T10:00:00+01:00",
    )  # fmt: skip
    assert (made["location"], made["alarms"], made["timezone"]) == ("Augsburg", [30], "Europe/Berlin")
    assert made["contacts"] == [{"id": hans, "name": "Hans Müller"}]
    assert made["company"]["name"] == "Ehrler Prüftechnik GmbH"
    assert made["raw"] == "morgen 9 Uhr 1h Ehrler: Vorführung @müller ort:Augsburg erinnern:30m"
    assert crm("event", "list", "--json").json == [made]
    assert crm("event", "show", made["id"], "--json").json == made


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("Zahnarzt",), 2),
        (("morgen 9 Uhr niemand: x",), 3),
        (("morgen 9 Uhr: x", "--repeat", "nonsense"), 2),
        (("morgen 9 Uhr: x", "--until", "fr"), 2),
        (("Freitag: x", "--until", "so"), 0),
        (("morgen 9 Uhr: x", "--remind", "bald"), 2),
    ],
)
def test_what_is_unclear_writes_nothing(crm, words: tuple[str, ...], code: int) -> None:
    assert crm("event", "add", *words, "--json").code == code
    assert len(crm("event", "list", "--json").json) == (code == 0)


def test_edit_moves_and_keeps_the_length(crm, hans: str) -> None:
    made = add(crm, "morgen 9 Uhr 90m: Vorführung")
    words = ("--start", "fr 10:00", "--remind", "1h", "--contact", "müller", "--location", "Ulm", "--tag", "messe")
    edited = crm("event", "edit", "Vorführung", *words, "--json").json
    assert (edited["start"], edited["end"]) == ("2025-11-21T10:00:00+01:00", "2025-11-21T11:30:00+01:00")
    assert (edited["alarms"], edited["tags"], edited["id"]) == ([60], ["messe"], made["id"])
    words = ("--remove", "contact=müller", "--remove", "remind=1h", "--clear", "location", "--start", "3.12.")
    again = crm("event", "edit", made["id"], *words, "--json").json
    assert (again["start"], again["end"], again["all_day"]) == ("2025-12-03", "2025-12-04", True)
    assert (again["contacts"], again["alarms"], again["location"]) == ([], [], None)
    assert crm("event", "edit", made["id"], "--json").code == 2
    assert crm("event", "edit", made["id"], "--duration", "1h", "--json").code == 2


def test_delete_and_undo(crm, hans: str) -> None:
    made = add(crm, "morgen 9 Uhr müller: Kaffee erinnern:5m +x")
    assert crm("event", "delete", "Kaffee", "--json").json["id"] == made["id"]
    assert crm("event", "list", "--json").json == []
    assert crm("undo").code == 0
    assert crm("event", "list", "--json").json == [made]


def test_a_contact_with_appointments_can_be_merged_and_deleted(crm, hans: str) -> None:
    other = crm("contact", "add", "Otto Anders", "--force", "--format", "ids").out.strip()
    add(crm, "morgen 9 Uhr müller: Kaffee")
    assert crm("contact", "merge", other, hans, "--yes").code == 0
    (one,) = crm("event", "list", "--json").json
    assert one["contacts"] == [{"id": other, "name": "Otto Anders"}]
    assert crm("contact", "delete", other, "--yes").code == 0
    assert crm("event", "list", "--json").json[0]["contacts"] == []
    assert crm("company", "delete", "Ehrler Prüftechnik GmbH", "--yes").code == 0


def test_a_reference_is_an_id_or_words_and_the_one_ahead_is_meant(crm, hans: str) -> None:
    add(crm, "18.11.2025 9 Uhr: Jour fixe")
    ahead = add(crm, "25.11. 9 Uhr müller: Jour fixe")
    assert crm("event", "show", "jour", "--json").json["id"] == ahead["id"]
    assert crm("event", "show", "hans", "jour", "--json").json["id"] == ahead["id"]
    assert crm("event", "show", ahead["id"][:6], "--json").json["id"] == ahead["id"]
    assert crm("event", "show", "nichts", "--json").code == 3
    add(crm, "26.11. 9 Uhr: Jour fixe")
    ambiguous = crm("event", "show", "jour", "--json")
    assert (ambiguous.code, len(ambiguous.error["candidates"])) == (4, 3)


def test_a_calendar_goes_in_and_out(crm, tmp_path) -> None:
    text = calendar("X-WR-CALNAME:Work", event("UID:u", "DTSTART:20251203T090000Z", "SUMMARY:Demo", "X-K:1"))
    path = tmp_path / "work.ics"
    path.write_text(text)
    counts = ("new", "changed", "same", "refused")
    first = crm("import", str(path), "--json").json
    assert [first[name] for name in counts] == [1, 0, 0, []]
    assert [crm("import", str(path), "--json").json[name] for name in counts] == [0, 0, 1, []]
    assert crm("export", "calendar", "--format", "ical").out.replace("\r\n", "\n") == text
    assert only(crm("export", "event", "--format", "ical").raw).items[0].title == "Demo"
    assert crm("export", "event", "--format", "json").json[0]["title"] == "Demo"
    assert json.loads(crm("export", "calendar", "--format", "jcal").out)[0][0] == "vcalendar"
    feed = tmp_path / "feed.ics"
    assert crm("export", "event", "-o", str(feed)).code == 0
    assert only(feed.read_bytes()).items[0].uid == "u"
    assert crm(*first["undo"].split()[1:], "--yes").code == 0
    assert crm("export", "calendar").out == ""
    assert crm("export", "calendar", "--format", "csv").code == 2


def test_tasks_and_entries_leave_as_todos_and_journals(crm, hans: str) -> None:
    crm("task", "add", "Angebot; senden", "--due", "fr", "--repeat", "2w", "--priority", "high")
    crm("log", "besuch müller gestern 9:00 45m: war da")
    todo = only(crm("export", "task", "--format", "ical").raw).items[0]
    assert (todo.component, todo.title, todo.due, todo.priority) == ("VTODO", "Angebot; senden", "2025-11-21", 1)
    assert todo.recurrence == ["RRULE:FREQ=WEEKLY;INTERVAL=2"]
    diary = only(crm("export", "interaction", "--format", "ical").raw).items[0]
    assert (diary.component, diary.description) == ("VJOURNAL", "war da")
    assert diary.start == "2025-11-18T08:00:00+00:00"


def test_broken_calendars_are_reported_and_cost_no_other(crm, tmp_path) -> None:
    (tmp_path / "a.ics").write_text("not a calendar")
    (tmp_path / "b.ics").write_text(event("UID:u", "SUMMARY:bare"))
    result = crm("import", str(tmp_path), "--json")
    assert result.code == 6
    assert (result.json["new"], len(result.json["refused"])) == (1, 1)


def test_a_trial_writes_nothing(crm, tmp_path) -> None:
    crm("event", "add", "morgen 9 Uhr: x", "--dry-run")
    (tmp_path / "a.ics").write_text(calendar(event("SUMMARY:x")))
    assert crm("import", str(tmp_path / "a.ics"), "--dry-run", "--json").json["new"] == 1
    assert crm("event", "list", "--json").json == []


def test_an_appointment_is_found_shown_and_completed_like_any_record(crm, hans: str) -> None:
    made = add(crm, "morgen 9 Uhr 1h müller: Vorführung ort:Augsburg wdh:2w erinnern:2h")
    (hit,) = crm("find", "vorfuehrung", "--json").json
    assert (hit["kind"], hit["id"], hit["match"]) == ("event", made["id"], "text")
    assert crm("show", "Vorführung", "--json").json == made
    assert crm("_complete", "zsh", "--", "event", "show", "Vorf").out.startswith("Vorführung\t")
    page = crm("event", "show", "Vorführung", "--lang", "de").out
    for part in ("Do 20.11. 09:00–10:00", "alle 2 Wochen", "2 Stunden vorher", "Hans Müller, Ehrler"):
        assert part in page
    assert any(line["field"] == "location" for line in crm("history", "Vorführung", "--json").json)


def test_the_page_of_a_person_shows_what_is_ahead_and_what_was(crm, hans: str) -> None:
    add(crm, "morgen 9 Uhr müller: Nächster")
    add(crm, "heute 14 Uhr müller: Jour fixe", "--repeat", "weekly")
    add(crm, "18.11.2025 9 Uhr müller: Gewesen")
    cancelled = add(crm, "21.11. 9 Uhr müller: Abgesagt")
    assert crm("event", "edit", cancelled["id"], "--status", "cancelled").code == 0
    page = crm("show", hans, "--json").json
    assert [(one["title"], one["start"][5:16]) for one in page["events"]] == [
        ("Jour fixe", "11-19T14:00"), ("Nächster", "11-20T09:00"),
    ]  # fmt: skip
    assert [line["text"] for line in page["timeline"] if line["type"] == "event"] == ["Gewesen"]
    assert [one["title"] for one in crm("brief", hans, "--json").json["events"]] == ["Jour fixe", "Nächster"]
    assert [one["title"] for one in crm("show", "ehrler/", "--json").json["events"]] == ["Jour fixe", "Nächster"]
    assert [one["title"] for one in crm("today", "--json").json["events"]] == ["Jour fixe"]


def test_a_collision_is_said_when_it_is_made(crm) -> None:
    assert crm("event", "add", "morgen 9 Uhr 1h: Erster").err == ""
    assert "Erster" in crm("event", "add", "morgen 9:30 1h: Zweiter").err
    assert crm("event", "add", "morgen 9:30 1h: Dritter", "--free").err == ""


def test_days_and_a_query_list_the_appointments_of_both(crm, hans: str) -> None:
    add(crm, "morgen 9 Uhr müller: A ort:Ulm")
    add(crm, "morgen 11 Uhr: B")
    add(crm, "10.12. 9 Uhr müller: C")
    add(crm, "24.12.2024 Jährlich", "--repeat", "yearly")

    def titles(*words: str) -> list[str]:
        return [one["title"] for one in crm("event", "list", *words, "--json").json]

    assert titles("morgen") == ["A", "B"]
    assert titles("morgen", "müller") == ["A"]
    assert titles("diese Woche", "ort:ulm") == ["A"]
    assert titles("contact:müller") == ["A", "C"]
    assert titles("1.12. bis 31.12.") == ["C", "Jährlich"], "a series is there on its days only"
    assert [one["title"] for one in crm("export", "event", "ort:ulm", "--format", "json").json] == ["A"]
    assert only(crm("export", "event", "when:10.12.", "--format", "ical").raw).items[0].title == "C"
    assert crm("event", "list", "nosuch:field").code == 2
    assert crm("segment", "save", "ulm", "ort:ulm", "--entity", "event").code == 0
    assert titles("segment:ulm") == ["A"]


def test_attendees_are_addresses_or_people(crm, hans: str) -> None:
    crm("contact", "edit", hans, "--email", "hans@example.org")
    made = add(crm, "morgen 9 Uhr: Runde", "--attendee", "müller", "--attendee", "new@example.org")
    assert [one["email"] for one in made["attendees"]] == ["hans@example.org", "new@example.org"]
    assert [one["id"] for one in made["contacts"]] == [hans]
    words = ("--remove", "attendee=müller", "--remove", "attendee=NEW@example.org", "--json")
    left = crm("event", "edit", made["id"], *words).json
    assert (left["attendees"], left["contacts"]) == ([], [])
    crm("contact", "edit", hans, "--remove", "email=hans@example.org")
    assert crm("event", "edit", made["id"], "--attendee", "müller").code == 2


def test_our_own_calendar_can_be_imported_again(crm, hans: str, tmp_path) -> None:
    made = add(crm, "morgen 9 Uhr 1h Ehrler: Vorführung @müller ort:Augsburg erinnern:30m wdh:2w +messe")
    path = tmp_path / "own.ics"
    assert crm("export", "calendar", "-o", str(path)).code == 0
    report = crm("import", str(path), "--json").json
    assert (report["new"], report["changed"], report["same"]) == (0, 0, 1)
    assert crm("event", "list", "--json").json == [made]


def test_the_last_day_of_whole_days_is_set_and_taken_back(crm) -> None:
    made = add(crm, "24.11. Messe")
    longer = crm("event", "edit", made["id"], "--until", "27.11.", "--json").json
    assert (longer["start"], longer["end"], longer["all_day"]) == ("2025-11-24", "2025-11-28", True)
    moved = crm("event", "edit", made["id"], "--start", "1.12.", "--json").json
    assert (moved["start"], moved["end"]) == ("2025-12-01", "2025-12-05")
    assert crm("undo", "2").code == 0
    assert crm("event", "list", "--json").json == [made]


@pytest.mark.parametrize(
    "words",
    [
        ("--until", "23.11."),
        ("--until", "27.11.", "--start", "28.11."),
        ("--until", "27.11.", "--duration", "1h"),
        ("--until", "27.11.", "--start", "24.11. 9:00"),
        ("--until", "9999-12-31"),
    ],
)
def test_a_last_day_that_cannot_be_changes_nothing(crm, words: tuple[str, ...]) -> None:
    made = add(crm, "24.11. Messe")
    assert crm("event", "edit", made["id"], *words, "--json").code == 2
    assert crm("event", "list", "--json").json == [made]


@pytest.mark.parametrize("ends", [("DTEND;VALUE=DATE:20251126",), ("DURATION:P2D",), ()])
def test_a_foreign_card_gets_its_last_day_as_the_day_after(crm, tmp_path, ends: tuple[str, ...]) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    card = folder / "u.ics"
    card.write_bytes(calendar(event("UID:u", "DTSTART;VALUE=DATE:20251124", *ends, "SUMMARY:Fair", "X-K:1")).encode())
    assert crm("sync", "add", str(folder), "--kind", "event").code == 0
    assert crm("sync", "--quiet").code == 0
    assert crm("event", "edit", "fair", "--until", "27.11.", "--quiet").code == 0
    assert crm("sync", "--quiet").code == 0
    lines = card.read_text().splitlines()
    assert "DTEND;VALUE=DATE:20251128" in lines
    assert not [line for line in lines if line.startswith("DURATION")]
    assert "X-K:1" in lines
