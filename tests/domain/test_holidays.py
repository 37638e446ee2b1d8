"""Our table of German holidays beside the `holidays` package, which other countries use."""

from __future__ import annotations

from datetime import date

import holidays
import pytest

from crm_cli.config import HOLIDAY_STATES
from crm_cli.domain.holidays import STATES, easter_sunday, german_holidays

YEARS = range(1995, 2041)


@pytest.mark.parametrize("state", [None, *STATES])
def test_the_table_is_the_packages_in_every_year(state: str | None) -> None:
    for year in YEARS:
        assert german_holidays(year, state) == set(holidays.country_holidays("DE", subdiv=state, years=year)), year


@pytest.mark.parametrize(
    ("day", "state", "free"),
    [
        (date(2017, 10, 31), "BY", True),
        (date(2018, 10, 31), "BY", False),
        (date(2017, 10, 31), "HH", True),
        (date(2016, 10, 31), "HH", False),
        (date(2018, 10, 31), "HH", True),
        (date(2025, 11, 19), "SN", True),
        (date(2025, 11, 19), "BE", False),
        (date(2025, 5, 8), "BE", True),
        (date(2026, 5, 8), "BE", False),
        (date(2025, 4, 20), "BB", True),
        (date(2025, 4, 20), None, False),
        (date(2018, 9, 20), "TH", False),
        (date(2019, 9, 20), "TH", True),
    ],
)
def test_a_day_is_free_where_the_law_says_so(day: date, state: str | None, free: bool) -> None:
    found = german_holidays(day.year, state)
    assert found is not None
    assert (day in found) is free


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(1961, 4, 2), (1981, 4, 19), (2000, 4, 23), (2008, 3, 23), (2038, 4, 25), (2049, 4, 18), (2076, 4, 19)],
)
def test_easter_keeps_the_exceptions_of_the_rule(year: int, month: int, day: int) -> None:
    assert easter_sunday(year) == date(year, month, day)


def test_the_table_says_nothing_where_it_does_not_reach() -> None:
    assert german_holidays(1994, "BY") is None
    assert german_holidays(2026, "TIROL") is None


def test_the_states_of_the_table_are_those_one_can_set() -> None:
    assert STATES == HOLIDAY_STATES
