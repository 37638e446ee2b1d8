"""Count working days: Monday to Friday, less the holidays of the place."""

from __future__ import annotations

from datetime import timedelta

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

_DAY = timedelta(days=1)


def is_working_day(day: date, is_holiday: Callable[[date], bool]) -> bool:
    """Return whether people work on that day."""
    return day.weekday() < 5 and not is_holiday(day)


def add_working_days(day: date, count: int, is_holiday: Callable[[date], bool]) -> date:
    """Return the `count`-th working day after a day; with 0 the day itself or the next working day."""
    if count == 0:
        while not is_working_day(day, is_holiday):
            day += _DAY
        return day
    while count:
        day += _DAY
        if is_working_day(day, is_holiday):
            count -= 1
    return day
