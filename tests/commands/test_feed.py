"""`crm export event -o feed.ics`: a file others read while it is written, and what of appointments is in it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from threading import Thread

import icalendar
import pytest

from crm_cli.services.export_files import write_file

EVENTS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//
BEGIN:VEVENT
UID:a
DTSTAMP:20251101T000000Z
DTSTART;TZID=Europe/Berlin:20251201T090000
DTEND;TZID=Europe/Berlin:20251201T100000
RRULE:FREQ=WEEKLY;COUNT=4
EXDATE;TZID=Europe/Berlin:20251208T090000
SUMMARY:Demo
LOCATION:Augsburg
DESCRIPTION:They pay late
ATTENDEE;CN=Ada:mailto:ada@example.org
X-SECRET:1
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:They pay late
TRIGGER:-PT15M
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:a
DTSTAMP:20251101T000000Z
RECURRENCE-ID;TZID=Europe/Berlin:20251215T090000
DTSTART;TZID=Europe/Berlin:20251215T140000
DTEND;TZID=Europe/Berlin:20251215T150000
SUMMARY:Demo later
END:VEVENT
BEGIN:VEVENT
UID:b
DTSTAMP:20251101T000000Z
DTSTART:20251202T090000Z
CLASS:PRIVATE
SUMMARY:Doctor
END:VEVENT
BEGIN:VEVENT
UID:c
DTSTAMP:20251101T000000Z
DTSTART;VALUE=DATE:20251203
TRANSP:TRANSPARENT
SUMMARY:Birthday of Ada
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def events(crm) -> None:
    assert crm("import", "-", "--quiet", stdin=EVENTS.replace("\n", "\r\n").encode()).code == 0
    assert crm("event", "add", "4.12. 9 Uhr 1h: Own", "--quiet").code == 0


def feed(crm, path: Path, *words: str) -> icalendar.Calendar:
    assert crm("export", "event", "--format", "ical", "-o", str(path), *words).code == 0
    return icalendar.Calendar.from_ical(path.read_bytes())


def titles(calendar: icalendar.Calendar) -> list[str]:
    return sorted(str(event["SUMMARY"]) for event in calendar.walk("VEVENT"))


def test_a_feed_has_series_with_their_changes_and_zones(crm, events, tmp_path: Path) -> None:
    calendar = feed(crm, tmp_path / "feed.ics")
    assert titles(calendar) == ["Birthday of Ada", "Demo", "Demo later", "Doctor", "Own"]
    (series,) = [event for event in calendar.walk("VEVENT") if event["SUMMARY"] == "Demo"]
    assert series["RRULE"]["COUNT"] == [4]
    assert "EXDATE" in series
    assert len(series.walk("VALARM")) == 1
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Berlin"]


def test_titles_are_shared_without_notes_people_and_alarms(crm, events, tmp_path: Path) -> None:
    calendar = feed(crm, tmp_path / "feed.ics", "--share", "titles")
    assert titles(calendar) == ["Birthday of Ada", "Busy", "Demo", "Demo later", "Own"]
    text = (tmp_path / "feed.ics").read_text()
    assert "LOCATION:Augsburg" in text
    for word in ("pay late", "ada@example.org", "X-SECRET", "VALARM", "Doctor", "X-CRM-ID"):
        assert word not in text
    (series,) = [event for event in calendar.walk("VEVENT") if event["SUMMARY"] == "Demo"]
    assert {"RRULE", "EXDATE"} <= set(series)


def test_times_are_shared_without_saying_what_for(crm, events, tmp_path: Path) -> None:
    assert titles(feed(crm, tmp_path / "feed.ics", "--share", "busy", "--lang", "de")) == ["Belegt"] * 4
    text = (tmp_path / "feed.ics").read_text()
    for word in ("Demo", "Doctor", "Own", "Augsburg", "Birthday", "Ada"):
        assert word not in text
    assert "RRULE:FREQ=WEEKLY;COUNT=4" in text


@pytest.mark.parametrize("words", [("contact",), ("calendar",), ("task", "--format", "ical"), ("event", "--json")])
def test_only_appointments_are_shared(crm, events, words: tuple[str, ...]) -> None:
    assert crm("export", *words, "--share", "busy").code == 2


def test_a_feed_keeps_the_permissions_it_was_given(crm, events, tmp_path: Path) -> None:
    path = tmp_path / "feed.ics"
    feed(crm, path)
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    feed(crm, path)
    assert path.stat().st_mode & 0o777 == 0o644


def test_a_link_is_written_through_only_when_told_to(crm, events, tmp_path: Path) -> None:
    path, target = tmp_path / "feed.ics", tmp_path / "elsewhere.ics"
    target.write_text("old")
    path.symlink_to(target)
    assert crm("export", "event", "-o", str(path)).code == 5
    assert target.read_text() == "old"
    feed(crm, path, "--force")
    assert path.is_symlink()
    assert target.read_text().startswith("BEGIN:VCALENDAR")


def test_a_reader_sees_the_old_feed_or_the_new_one(crm, events, tmp_path: Path) -> None:
    path = tmp_path / "feed.ics"
    feed(crm, path)
    seen: list[bytes] = []
    reading = True

    def read() -> None:
        while reading:
            seen.append(path.read_bytes())

    reader = Thread(target=read)
    reader.start()
    for number in range(4):
        crm("event", "add", f"5.12. 9 Uhr: {'x' * 3000}{number}", "--quiet")
        feed(crm, path)
    reading = False
    reader.join()
    assert all(text.endswith(b"END:VCALENDAR\r\n") for text in seen)


def test_an_export_that_fails_leaves_the_old_feed(tmp_path: Path) -> None:
    path = tmp_path / "feed.ics"
    path.write_text("old")

    def broken():
        yield b"BEGIN:VCALENDAR\r\n"
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        write_file(str(path), broken())
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["feed.ics"]


def test_a_full_disk_leaves_the_old_feed(crm, tmp_path: Path) -> None:
    for number in range(30):
        crm("event", "add", f"5.12. 9 Uhr: {'x' * 9000}{number}", "--quiet")
    path = tmp_path / "feed.ics"
    path.write_text("old")
    code = (
        "import resource, sys; from crm_cli.app import main;"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000)); sys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", code, "export", "event", "--format", "ical", "-o", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 7, done.stderr
    assert path.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["feed.ics"]
