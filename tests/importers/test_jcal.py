"""jCal is read back into the calendar it was made of."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest

import importers
from crm_cli.domain.draft import Refusal
from crm_cli.domain.ical_item import CalendarDraft, CalendarText
from importers import jcal
from tests.importers.calendars import FILES, calendar, calendars, event, needs_corpus, only

_CONTROLS = frozenset(range(32)) - frozenset(b"\t\r\n")


def text_of(draft: CalendarDraft) -> CalendarText:
    return CalendarText(draft.frame, {at: item.raw for at, item in enumerate(draft.items)})


def back(drafts: list[CalendarDraft]) -> list[CalendarDraft]:
    """Write calendars as jCal and read them again."""
    data = b"".join(jcal.write(map(text_of, drafts)))
    found = list(jcal.read(io.BytesIO(data), source="x"))
    return [draft for draft in found if isinstance(draft, CalendarDraft)]


def test_every_kind_of_value_comes_back() -> None:
    came = only(
        calendar(
            "X-WR-CALNAME:A\\, b",
            event(
                "UID:u",
                "DTSTART;TZID=Europe/Berlin:20251203T090000",
                "DTEND;TZID=Europe/Berlin:20251203T100000",
                "SUMMARY;LANGUAGE=de:Zwei\\nZeilen\\; und \\\\",
                "CATEGORIES:a\\,b,c",
                "RRULE:FREQ=MONTHLY;BYDAY=1MO,-1FR;BYMONTHDAY=1,2;UNTIL=20261231T080000Z",
                "EXDATE;VALUE=DATE:20251204,20251205",
                "RDATE;VALUE=PERIOD:20251206T080000Z/PT1H",
                'ATTENDEE;CN="Groß, Anna^nB";MEMBER="mailto:a@x","mailto:b@x";RSVP=TRUE:mailto:anna@example.org',
                "GEO:48.5;-10.25",
                "REQUEST-STATUS:2.0;Success\\, it is",
                "PRIORITY:1",
                "X-ANY;X-P=1:free: form, with; signs",
                "no property at all",
                "BEGIN:VALARM\nTRIGGER;RELATED=END:-PT5M\nACTION:DISPLAY\nEND:VALARM",
            ),
        )
    )
    (found,) = back([came])
    assert found.name == "A, b"
    assert found.items[0].raw.split("\n") == came.items[0].raw.split("\n")


@needs_corpus
def test_the_corpus_reads_the_same_through_json() -> None:
    # Fuzzed files hold control characters, which no content line of ours has.
    for path in (path for path in FILES if not _CONTROLS.intersection(path.read_bytes())):
        for draft in calendars(path.read_bytes()):
            (found,) = back([draft])
            assert jcal.jcal(text_of(found)) == jcal.jcal(text_of(draft)), path.name
            mine, theirs = ([_facts(item) for item in one.items] for one in (found, draft))
            assert mine == theirs, path.name


def _facts(item: object) -> object:
    # A list of texts is one line whatever the number of lines it came in.
    return replace(item, raw="", line=0, recurrence=len(item.recurrence))  # type: ignore[type-var, attr-defined]


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"[[[", b"[" * 100_000, b'["vcard", [], []]', b"[1, null]", b'["vcalendar", {}, []]', b"\xff\xfe["],
)
def test_what_is_no_jcal_is_refused(data: bytes) -> None:
    (found,) = jcal.read(io.BytesIO(data), source="x")
    assert isinstance(found, Refusal)


def test_no_value_makes_lines_of_its_own() -> None:
    evil = "x\r\nEND:VEVENT\nBEGIN:VEVENT\u2028SUMMARY:y"
    properties = [
        ["summary", {}, "text", evil],
        ["url", {"x-a": evil}, "uri", evil],
        [f"x-b\n{evil}", {}, "text", "a"],
        ["x-c", {f"p\n{evil}": "1"}, "text", "a"],
        ["x-d", {}, f"text\n{evil}", "a"],
        ["rrule", {}, "recur", {"freq": evil, f"by\n{evil}": 1}],
        ["x-crm-unreadable", {}, "text", evil],
        ["dtstart", {}, "date-time", evil, ["a"], None, 1.0, True],
        ["summary"],
        "summary",
    ]
    document = ["vcalendar", [], [["vevent", properties, [1, ["x\ny", [], []]]], ["vevent", [], "no"]]]
    (found,) = jcal.read(io.BytesIO(json.dumps(document).encode()), source="x")
    assert isinstance(found, CalendarDraft)
    assert len(found.items) == 1
    assert not any(line.startswith(("END:VEVENT", "BEGIN:VEVENT")) for line in found.items[0].raw.split("\n")[1:-1])


@pytest.mark.parametrize("start", [b'["vcalendar", [], []]', b'\xef\xbb\xbf [\n [ "VCALENDAR"'])
def test_jcal_is_told_by_its_beginning(start: bytes) -> None:
    assert importers.sniff(start, "x.json") == "jcal"
    assert importers.sniff(b'["vcard"', "x.json") != "jcal"
