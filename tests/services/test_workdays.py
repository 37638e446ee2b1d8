"""Holidays of a state, and working days between them."""

from __future__ import annotations

from datetime import date

import pytest

from crm_cli.domain.workdays import add_working_days
from crm_cli.errors import UsageError
from crm_cli.services.workdays import is_holiday


def test_a_holiday_belongs_to_its_state() -> None:
    epiphany = date(2026, 1, 6)
    assert is_holiday("BY")(epiphany)
    assert not is_holiday("BE")(epiphany)
    assert not is_holiday()(epiphany)
    assert is_holiday()(date(2026, 1, 1))
    assert is_holiday("BE")(date(2026, 4, 3))


def test_an_unknown_state_is_refused_and_an_unknown_country_has_no_holidays() -> None:
    with pytest.raises(UsageError, match="no state"):
        is_holiday("XX")(date(2026, 1, 1))
    assert not is_holiday(country="ZZ")(date(2026, 1, 1))


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        (date(2025, 12, 23), 3, date(2025, 12, 30)),  # 25 and 26 December are holidays
        (date(2025, 12, 31), 1, date(2026, 1, 2)),
        (date(2026, 1, 5), 1, date(2026, 1, 7)),  # Epiphany in Bavaria
        (date(2025, 11, 21), 1, date(2025, 11, 24)),
        (date(2025, 11, 22), 0, date(2025, 11, 24)),
        (date(2025, 11, 21), 0, date(2025, 11, 21)),
    ],
)
def test_working_days_pass_over_weekends_and_holidays(start: date, count: int, expected: date) -> None:
    assert add_working_days(start, count, is_holiday("BY")) == expected
