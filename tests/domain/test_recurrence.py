"""Series: the same times as dateutil, in a window, whatever the rule."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from crm_cli.domain.recurrence import MOST_FOUND, expand, last_day
from tests.domain.random_series import compared

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize("seed", range(5))
def test_series_have_the_times_dateutil_finds(seed: int) -> None:
    done, wrong = compared(seed, 200)
    assert not wrong
    assert done > 180


def test_an_end_in_utc_is_an_instant_also_where_the_clock_changes() -> None:
    # 02:30 is there twice; the first one, half past midnight in UTC, is meant.
    day, noon = datetime(2025, 10, 26, 2, 30), datetime(2025, 10, 26, 12)
    for end, count in (("002959", 0), ("003000", 1), ("011000", 1)):
        lines = [f"RRULE:FREQ=DAILY;UNTIL=20251026T{end}Z"]
        assert len(expand(day, lines, zone=BERLIN, after=day, before=noon).starts) == count
    # 02:30 is not there: it is read as 03:30.
    day, noon = datetime(2025, 3, 30, 2, 30), datetime(2025, 3, 30, 12)
    for end, count in (("011000", 0), ("013000", 1)):
        lines = [f"RRULE:FREQ=DAILY;UNTIL=20250330T{end}Z"]
        assert len(expand(day, lines, zone=BERLIN, after=day, before=noon).starts) == count


def test_weeks_have_the_numbers_of_the_calendar() -> None:
    first = datetime(2015, 2, 2)
    for number in (1, 52, 53):
        rules = [f"RRULE:FREQ=YEARLY;BYWEEKNO={number}"]
        found = expand(first, rules, zone=None, after=first, before=datetime(2035, 1, 1)).starts
        days = (first + timedelta(days=day) for day in range((datetime(2035, 1, 1) - first).days))
        assert found == [day for day in days if day.isocalendar().week == number]


def test_the_gregorian_rscale_is_the_usual_one_and_others_are_not_guessed() -> None:
    day = datetime(2025, 1, 31)
    window = {"zone": None, "after": day, "before": datetime(2026, 1, 1)}
    usual = expand(day, ["RRULE:FREQ=MONTHLY"], **window)
    assert expand(day, ["RRULE:RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=OMIT"], **window).starts == usual.starts
    for rule in ("RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=FORWARD", "RSCALE=CHINESE;FREQ=YEARLY"):
        found = expand(day, [f"RRULE:{rule}"], **window)
        assert (found.starts, found.unreadable) == ([day], True)


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
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=HOURLY;BYSETPOS=5;BYMINUTE=1,2,3",
        "FREQ=MINUTELY;BYHOUR=3;BYMINUTE=77",
        "FREQ=SECONDLY;BYHOUR=3;BYMINUTE=5;BYSECOND=61",
        "FREQ=WEEKLY;BYWEEKNO=99",
        "FREQ=DAILY;BYHOUR=25",
        "FREQ=YEARLY;COUNT=1;BYSETPOS=999999999;BYSECOND=" + ",".join(map(str, range(60))),
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
