"""Ranges of days, conflicts, gaps and free time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from crm_cli.domain.agenda import arranged, free_slots, read_range
from crm_cli.domain.event import Event
from crm_cli.errors import UsageError
from tests.domain.date_reading import WEDNESDAY, localize


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("", "2025-11-19", "2025-11-25"),
        ("heute", "2025-11-19", "2025-11-19"),
        ("morgen", "2025-11-20", "2025-11-20"),
        ("fr", "2025-11-21", "2025-11-21"),
        ("Woche", "2025-11-17", "2025-11-23"),
        ("this week", "2025-11-17", "2025-11-23"),
        ("nächste Woche", "2025-11-24", "2025-11-30"),
        ("next week", "2025-11-24", "2025-11-30"),
        ("kw49", "2025-12-01", "2025-12-07"),
        ("nächsten Monat", "2025-12-01", "2025-12-31"),
        ("month", "2025-11-01", "2025-11-30"),
        ("10 Tage", "2025-11-19", "2025-11-28"),
        ("2 weeks", "2025-11-19", "2025-12-02"),
        ("1.12. bis 5.12.", "2025-12-01", "2025-12-05"),
        ("2025-12-01..2025-12-05", "2025-12-01", "2025-12-05"),
    ],
)
def test_a_range_is_read(text: str, first: str, last: str) -> None:
    found = read_range(text, now=WEDNESDAY, days=7)
    assert tuple(day.isoformat() for day in found) == (first, last)


@pytest.mark.parametrize("text", ["bald", "5.12. bis 1.12.", "2020-01-01..2040-01-01", "9999 Wochen", "31.2."])
def test_what_is_no_range_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        read_range(text, now=WEDNESDAY, days=7)


def item(id: str, start: int, end: int, *, location: str | None = None, free: bool = False, day: bool = False):
    """Return an event from a minute to a minute of one day."""
    midnight = datetime(2025, 11, 20, tzinfo=UTC)
    first, last = midnight + timedelta(minutes=start), midnight + timedelta(minutes=end)
    one = Event(id, id, first.isoformat(), last.isoformat(), all_day=day, location=location, free=free)
    return first, last, one


def test_conflicts_are_found_and_neighbours_are_none() -> None:
    found = arranged([item("a", 540, 600), item("b", 570, 630), item("c", 630, 660), item("d", 540, 700, free=True)])
    assert {one.id: said.conflicts for (_, _, one), said in found} == {"a": ["b"], "b": ["a"], "c": [], "d": []}


def test_a_short_way_between_two_places_is_tight() -> None:
    found = arranged(
        [
            item("a", 540, 600, location="Augsburg"),
            item("b", 610, 640, location="München"),
            item("c", 650, 660, location="münchen"),
            item("d", 720, 730, location="Ulm"),
        ]
    )
    assert [(said.gap_min, said.tight) for _, said in found] == [(None, False), (10, True), (10, False), (60, False)]


def test_free_time_is_what_is_left_of_working_hours() -> None:
    def at(day: int, minute: int) -> datetime:
        return localize(datetime(2025, 11, day) + timedelta(minutes=minute))

    busy = [(at(20, 540), at(20, 600)), (at(20, 570), at(20, 660)), (at(20, 700), at(20, 720))]
    slots = free_slots(
        busy, first=date(2025, 11, 19), last=date(2025, 11, 24), length_min=60, hours=(480, 1080),
        now=WEDNESDAY, localize=localize, is_holiday=lambda day: day == date(2025, 11, 21),
    )  # fmt: skip
    assert [(slot.start[8:16], slot.end[8:16]) for slot in slots] == [
        ("19T10:00", "19T18:00"),
        ("20T08:00", "20T09:00"),
        ("20T12:00", "20T18:00"),
        ("24T08:00", "24T18:00"),
    ]
