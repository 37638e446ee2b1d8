"""Days in fields of their own."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_cli.domain.day import read_birthday, read_day, read_period
from crm_cli.errors import UsageError

TODAY = date(2025, 11, 19)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("1980-04-12", "1980-04-12"),
        ("12.4.1980", "1980-04-12"),
        ("12.04.1980", "1980-04-12"),
        ("12. 4. 1980", "1980-04-12"),
        ("12. April 1980", "1980-04-12"),
        ("12 April 1980", "1980-04-12"),
        ("April 12, 1980", "1980-04-12"),
        ("April 12th 1980", "1980-04-12"),
        ("3. März 2001", "2001-03-03"),
        ("1. Dez. 1999", "1999-12-01"),
    ],
)
def test_full_day_is_read(typed: str, day: str) -> None:
    assert read_day(typed) == day
    assert read_birthday(typed, today=TODAY) == day


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("--04-12", "--04-12"),
        ("--0412", "--04-12"),
        ("12.4.", "--04-12"),
        ("12. April", "--04-12"),
        ("29.2.", "--02-29"),
        ("1980", "1980"),
        ("1980-04", "1980-04"),
    ],
)
def test_partial_birthday_is_read(typed: str, day: str) -> None:
    assert read_birthday(typed, today=TODAY) == day


@pytest.mark.parametrize(
    "typed",
    ["", "morgen", "3/4/1980", "12.4.80", "31.2.1980", "30. Februar", "1980-13-01", "0", "12", "32.1.", "1.1.0000"],
)
def test_other_days_are_refused(typed: str) -> None:
    with pytest.raises(UsageError):
        read_birthday(typed, today=TODAY)


def test_birthday_to_come_is_refused() -> None:
    with pytest.raises(UsageError):
        read_birthday("20.11.2025", today=TODAY)
    assert read_birthday("19.11.2025", today=TODAY) == "2025-11-19"


def test_period_needs_a_year() -> None:
    assert [read_period(typed) for typed in ("2020", "2020-05", "1.5.2020")] == ["2020", "2020-05", "2020-05-01"]
    with pytest.raises(UsageError):
        read_period("1.5.")


def test_custom_date_needs_all_parts() -> None:
    for typed in ("1980", "1980-04", "12.4."):
        with pytest.raises(UsageError):
            read_day(typed)


@settings(deadline=None, max_examples=100)
@given(st.text(alphabet="0123456789.-/ aApril,"))
def test_any_text_is_a_day_or_refused(typed: str) -> None:
    try:
        day = read_day(typed)
    except UsageError:
        return
    assert date.fromisoformat(day).isoformat() == day
