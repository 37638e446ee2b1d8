"""Series: the same times as dateutil, in a window, whatever the rule."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from crm_cli.domain.recurrence import MOST_FOUND, expand, last_day

BERLIN = ZoneInfo("Europe/Berlin")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@st.composite
def rules(draw: st.DrawFn) -> str:
    frequency = draw(st.sampled_from(["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY"]))
    parts = [f"FREQ={frequency}", f"INTERVAL={draw(st.integers(1, 5))}"]
    if frequency in ("MINUTELY", "SECONDLY") or draw(st.booleans()):
        parts.append(f"COUNT={draw(st.integers(1, 60))}")
    if draw(st.booleans()):
        parts.append("BYDAY=" + ",".join(draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=3, unique=True))))
    if draw(st.booleans()):
        parts.append(f"BYMONTH={draw(st.integers(1, 12))}")
    if frequency != "WEEKLY" and draw(st.booleans()):
        parts.append(f"BYMONTHDAY={draw(st.sampled_from([1, 15, 28, 31, -1, -2]))}")
    if draw(st.booleans()):
        parts.append(f"BYHOUR={draw(st.integers(0, 23))}")
    return ";".join(parts)


@settings(max_examples=80, deadline=None)
@given(rules(), st.integers(0, 500_000), st.integers(-30, 300), st.integers(1, 60))
def test_a_window_holds_what_dateutil_finds(rule: str, minute: int, offset: int, length: int) -> None:
    start = datetime(2024, 1, 1) + timedelta(minutes=minute)
    after = start + timedelta(days=offset)
    before = after + timedelta(days=length)
    try:
        series = rrulestr(rule, dtstart=start)
    except ValueError:
        assume(False)
    found = expand(start, [f"RRULE:{rule}"], zone=None, after=after, before=before)
    assume(not found.truncated)
    # dateutil looks for a next time until the year 9999; its own end keeps the test short.
    wanted = []
    seconds = rule.startswith(("FREQ=SECONDLY", "FREQ=MINUTELY", "FREQ=HOURLY", "FREQ=DAILY"))
    assume(not (seconds and "BYMONTHDAY" in rule and "BYMONTH=" in rule))
    for step, moment in enumerate(series):
        if moment >= before or step > 20_000:
            break
        if moment >= after:
            wanted.append(moment)
    assert found.starts == wanted


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=SECONDLY;COUNT=2000000000",
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=SECONDLY;COUNT=5;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYHOUR=" + ",".join(map(str, range(24))) + ";BYMINUTE=" + ",".join(map(str, range(60))),
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=MONTHLY;RSCALE=HEBREW",
        "nonsense",
    ],
)
def test_a_bomb_is_bounded(rule: str) -> None:
    start = datetime(2001, 1, 1, 9)
    found = expand(start, [f"RRULE:{rule}"], zone=None, after=datetime(2026, 1, 1), before=datetime(2028, 1, 1))
    assert len(found.starts) <= MOST_FOUND
    assert found.truncated or found.unreadable or not found.starts


def test_a_series_keeps_its_hour_over_the_change_of_the_clock() -> None:
    found = expand(
        datetime(2025, 10, 20, 9), ["RRULE:FREQ=WEEKLY;UNTIL=20251103T080000Z"], zone=BERLIN,
        after=datetime(2025, 10, 1), before=datetime(2025, 12, 1),
    )  # fmt: skip
    assert [moment.day for moment in found.starts] == [20, 27, 3]
    assert [moment.replace(tzinfo=BERLIN).utcoffset() for moment in found.starts] == [
        timedelta(hours=2), timedelta(hours=1), timedelta(hours=1),
    ]  # fmt: skip


def test_dates_are_added_and_taken_away_in_any_zone() -> None:
    lines = [
        "RRULE:FREQ=DAILY;COUNT=4",
        "EXDATE;TZID=Europe/Berlin:20251202T090000",
        "EXDATE:20251203T080000Z",
        "EXDATE;VALUE=DATE:20251204",
        "RDATE;TZID=America/New_York:20251210T030000",
        "RDATE;VALUE=PERIOD:20251211T080000Z/PT2H",
    ]
    found = expand(
        datetime(2025, 12, 1, 9), lines, zone=BERLIN, after=datetime(2025, 12, 1), before=datetime(2026, 1, 1)
    )
    assert [(moment.day, moment.hour) for moment in found.starts] == [(1, 9), (10, 9), (11, 9)]


@pytest.mark.parametrize(
    ("start", "end", "recurrence", "day"),
    [
        ("2025-12-03", "2025-12-05", [], "2025-12-05"),
        ("2025-12-03T09:00:00+01:00", None, [], "2025-12-03"),
        ("2025-12-03", None, ["RRULE:FREQ=DAILY"], None),
        ("2025-12-03", None, ["RRULE:FREQ=DAILY;UNTIL=20251210"], "2025-12-12"),
        (None, None, [], None),
    ],
)
def test_the_last_day_bounds_a_series(
    start: str | None, end: str | None, recurrence: list[str], day: str | None
) -> None:
    assert last_day(start, end, recurrence) == day
