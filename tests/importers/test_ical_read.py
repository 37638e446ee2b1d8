"""Calendars that are well formed, odd and broken."""

from __future__ import annotations

import io

import pytest

from crm_cli.domain.draft import Refusal
from crm_cli.domain.ical_item import Attendee
from importers import ical
from importers.ical_split import NO_CALENDAR, NO_END, STRAY_END
from tests.importers.calendars import calendar, calendars, event, only, written


def test_an_event_is_read_whole() -> None:
    draft = only(
        calendar(
            event(
                "UID:u1",
                "SEQUENCE:3",
                "DTSTART;TZID=Europe/Berlin:20251203T090000",
                "DTEND;TZID=Europe/Berlin:20251203T103000",
                "SUMMARY:Vorführung\\, Werk 2",
                "LOCATION:Augsburg",
                "CATEGORIES:a,b\\,c",
                "RRULE:FREQ=WEEKLY;COUNT=3",
                "ORGANIZER;CN=Anna:mailto:anna@example.org",
                'ATTENDEE;CN="Müller, Hans";PARTSTAT=ACCEPTED:MAILTO:hans@example.org',
                "BEGIN:VALARM",
                "TRIGGER:-PT30M",
                "DESCRIPTION:not the event's",
                "END:VALARM",
            ),
            method="REQUEST",
        )
    )
    (item,) = draft.items
    assert draft.method == "REQUEST"
    assert (item.uid, item.sequence, item.title, item.location) == ("u1", 3, "Vorführung, Werk 2", "Augsburg")
    assert (item.start, item.end, item.timezone) == (
        "2025-12-03T09:00:00+01:00", "2025-12-03T10:30:00+01:00", "Europe/Berlin",
    )  # fmt: skip
    assert item.tags == ["a", "b,c"]
    assert item.recurrence == ["RRULE:FREQ=WEEKLY;COUNT=3"]
    assert item.alarms == [30]
    assert item.description is None
    assert item.attendees == [
        Attendee("anna@example.org", "Anna", None, True),
        Attendee("hans@example.org", "Müller, Hans", "accepted"),
    ]


@pytest.mark.parametrize(
    ("line", "start", "zone"),
    [
        ("DTSTART;VALUE=DATE:20251203", "2025-12-03", None),
        ("DTSTART:20251203", "2025-12-03", None),
        ("DTSTART:20251203T090000", "2025-12-03T09:00:00", None),
        ("DTSTART:20251203T090000Z", "2025-12-03T09:00:00+00:00", "UTC"),
        ("DTSTART;TZID=W. Europe Standard Time:20250703T090000", "2025-07-03T09:00:00+02:00", "Europe/Berlin"),
        ("DTSTART;TZID=/vendor.example/Europe/Berlin:20251203T090000", "2025-12-03T09:00:00+01:00", "Europe/Berlin"),
        ("DTSTART;TZID=Nowhere:20251203T090000", "2025-12-03T09:00:00", None),
        ("DTSTART:20251303T090000", None, None),
    ],
)
def test_the_four_kinds_of_time_stay_four(line: str, start: str | None, zone: str | None) -> None:
    (item,) = only(calendar(event("UID:u", line))).items
    assert (item.start, item.timezone) == (start, zone)


def test_a_zone_of_the_calendars_own_is_found_and_given_its_name() -> None:
    zone = [
        "BEGIN:VTIMEZONE", "TZID:Office", "BEGIN:STANDARD", "DTSTART:16010101T030000", "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "END:STANDARD", "BEGIN:DAYLIGHT",
        "DTSTART:16010101T020000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "END:DAYLIGHT", "END:VTIMEZONE",
    ]  # fmt: skip
    text = calendar(*zone, event("UID:u", "DTSTART;TZID=Office:20250703T090000"))
    for _ in range(2):
        (item,) = only(text).items
        assert (item.start, item.timezone) == ("2025-07-03T09:00:00+02:00", "Europe/Berlin")
    # What one calendar calls a zone says nothing about the next.
    (other,) = only(calendar(event("UID:u", "DTSTART;TZID=Office:20250703T090000"))).items
    assert (other.start, other.timezone) == ("2025-07-03T09:00:00", None)


@pytest.mark.parametrize(
    ("data", "titles"),
    [
        (calendar(event("SUMMARY:ä")).encode("utf-16"), ["ä"]),
        (calendar(event("SUMMARY:ä")).encode("utf-16-le"), ["ä"]),
        (calendar(event("SUMMARY:ä")).encode("latin-1"), ["ä"]),
        (b"\xef\xbb\xbf" + calendar(event("SUMMARY:ä")).encode(), ["ä"]),
        (calendar(event("SUMMARY:a"), event("SUMMARY:b")).replace("\n", "\r").encode(), ["a", "b"]),
        (calendar(event("SUMMARY:a", "UID:u")).replace("SUMMARY:a\n", "SUMMARY:a\r").encode(), ["a"]),
        (calendar(event("SUMMARY:a\n b\n\tc")).encode(), ["abc"]),
        (calendar(event("SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=C3=\n=A4 x")).encode(), ["ä x"]),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:\xc3\n \xa4\nEND:VEVENT\nEND:VCALENDAR\n", ["ä"]),
    ],
)
def test_text_is_found_in_any_encoding_and_line_end(data: bytes, titles: list[str]) -> None:
    assert [item.title for item in only(data).items] == titles


@pytest.mark.parametrize(
    ("text", "titles", "repair"),
    [
        (event("SUMMARY:a"), ["a"], NO_CALENDAR),
        (calendar("BEGIN:VEVENT\nSUMMARY:a", event("SUMMARY:b")), ["a", "b"], NO_END),
        (calendar(event("SUMMARY:a")).removesuffix("END:VCALENDAR\n"), ["a"], NO_END),
        (calendar(event("SUMMARY:a"), "END:VEVENT", event("SUMMARY:b")), ["a", "b"], STRAY_END),
        (calendar(event("SUMMARY:a", "BEGIN:VALARM\nTRIGGER:-PT5M"), event("SUMMARY:b")), ["a", "b"], NO_END),
    ],
)
def test_what_is_broken_is_mended_and_costs_nothing_else(text: str, titles: list[str], repair: str) -> None:
    draft = only(text)
    assert [item.title for item in draft.items] == titles
    assert repair in draft.repairs
    again = written(calendars(written([draft])))
    assert again == written([draft])


def test_lines_nobody_understands_stay_in_their_place() -> None:
    text = (
        "garbage\n" + calendar("X-OWN:1", "more garbage", event("UID:u", "noise", "SUMMARY:a"), "X-LAST:2") + "rest\n"
    )
    assert written([only(text)]).decode().replace("\r\n", "\n") == text


def test_a_calendar_without_events_and_free_busy_are_kept() -> None:
    busy = "BEGIN:VFREEBUSY\nUID:f\nFREEBUSY:20251203T080000Z/PT1H\nEND:VFREEBUSY"
    text = calendar() + calendar(busy)
    drafts = calendars(text)
    assert [len(draft.items) for draft in drafts] == [0, 1]
    assert written(drafts).decode().replace("\r\n", "\n") == text


@pytest.mark.parametrize("data", [b"", b"hello\n", b"BEGIN:VCARD\nFN:x\nEND:VCARD\n"])
def test_a_file_without_a_calendar_is_refused(data: bytes) -> None:
    (found,) = ical.read(io.BytesIO(data), source="x.ics")
    assert isinstance(found, Refusal)
