"""`crm event add …`: the words of the log line, looking ahead."""

from __future__ import annotations

import pytest

from crm_cli.domain.event_line import EventLine, parse_event_line, read_alarm
from crm_cli.errors import UsageError
from tests.domain.address_book import AddressBook
from tests.domain.date_reading import HOLIDAYS, WEDNESDAY, localize


def read(text: str) -> EventLine:
    return parse_event_line(
        text, now=WEDNESDAY, who=AddressBook(), localize=localize, is_holiday=lambda day: day in HOLIDAYS
    )


@pytest.mark.parametrize(
    ("text", "start", "end", "title"),
    [
        ("morgen 9 Uhr 1h Ehrler: Vorführung", "2025-11-20T09:00:00+01:00", "2025-11-20T10:00:00+01:00", "Vorführung"),
        ("tomorrow 2pm miller: demo", "2025-11-20T14:00:00+01:00", "2025-11-20T15:00:00+01:00", "demo"),
        ("3.12. Messe Augsburg", "2025-12-03", "2025-12-04", "Messe Augsburg"),
        ("fr 14-15:30 Uhr Zahnarzt", "2025-11-21T14:00:00+01:00", "2025-11-21T15:30:00+01:00", "Zahnarzt"),
        ("17:00 Feierabend", "2025-11-19T17:00:00+01:00", "2025-11-19T18:00:00+01:00", "Feierabend"),
        ("@miller morgen 9 Uhr Kaffee", "2025-11-20T09:00:00+01:00", "2025-11-20T10:00:00+01:00", "Kaffee"),
        ("@miller Kaffee am:fr", "2025-11-21", "2025-11-22", "Kaffee"),
        ("Freitag 9 Uhr: Zahnarzt", "2025-11-21T09:00:00+01:00", "2025-11-21T10:00:00+01:00", "Zahnarzt"),
        ("morgen 9 Uhr Frau Freitag: x", "2025-11-20T09:00:00+01:00", "2025-11-20T10:00:00+01:00", "x"),
        ("1.6. Sommer", "2026-06-01", "2026-06-02", "Sommer"),
        ("besuch miller freitag 9:00:", "2025-11-21T09:00:00+01:00", "2025-11-21T10:00:00+01:00", "besuch Bob Miller"),
    ],
)
def test_a_line_says_when_and_what(text: str, start: str, end: str, title: str) -> None:
    line = read(text)
    assert (line.start.isoformat(), line.end.isoformat(), line.title) == (start, end, title)


def test_marks_leave_the_title() -> None:
    line = read(
        "morgen 9 Uhr 1h Ehrler: Vorführung @hans.müller ort:Drei_Mohren erinnern:30m +messe wdh:2w url:http://x.de/a"
    )
    assert line.title == "Vorführung"
    assert [who.match.name for who in line.whos if who.match] == ["Ehrler Prüftechnik GmbH", "Hans Müller"]
    assert (line.location, line.alarms, line.tags, line.repeat) == ("Drei Mohren", [30], ["messe"], "2w")


def test_a_moment_in_the_past_is_warned_about() -> None:
    assert [notice.template for notice in read("18.11.2025 9 Uhr Arzt").notices] == [
        "The appointment lies in the past ({at})."
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Zahnarzt",
        "miller: demo",
        "morgen",
        "morgen 9 Uhr",
        "morgen Freitag 9 Uhr Arzt",
        "morgen 2h: Arzt",
        "31.2. Arzt",
    ],
)
def test_what_is_unclear_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        read(text)


@pytest.mark.parametrize(
    ("text", "minutes"), [("0", 0), ("30m", 30), ("2h", 120), ("1,5h", 90), ("1d", 1440), ("2t", 2880)]
)
def test_an_alarm_is_a_time_before(text: str, minutes: int) -> None:
    assert read_alarm(text) == minutes


@pytest.mark.parametrize("text", ["", "bald", "30", "m", "1w", "-5m"])
def test_an_unreadable_alarm_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        read_alarm(text)
