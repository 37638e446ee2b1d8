"""Calendar arithmetic of the date words: which Friday, which 3 December, which week.

Everything here takes today and the preferred side as arguments. A day that does
not exist raises UsageError; nothing is moved to a day that was not named.
"""

from __future__ import annotations

from datetime import date, timedelta

from crm_cli.domain.date_words import AFTER_NEXT, COMING, LAST, NEXT, THIS
from crm_cli.domain.tokens import Notice
from crm_cli.domain.workdays import add_working_days

TYPE_CHECKING = False
if TYPE_CHECKING:
    from crm_cli.domain.phrase import Phrase

_FARTHEST = 50  # years; a slip of the finger is likelier than a visit beyond
_LONGEST_COUNT = 999


def weekday_of(phrase: Phrase, weekday: int, which: int | None, end: int) -> date:
    """Return the day of a weekday: bare on the preferred side, or as `letzten`, `nächsten` … say.

    Today's own weekday is a week away, except for `diesen`. Where `nächsten` can be heard in two ways a
    notice says which day was taken.
    """
    today = phrase.today
    coming = today + timedelta(days=(weekday - today.weekday()) % 7 or 7)
    latest = today - timedelta(days=(today.weekday() - weekday) % 7 or 7)
    monday = today - timedelta(days=today.weekday())
    if which is None:
        return coming if phrase.future else latest
    if which == LAST:
        return latest
    if which == THIS:
        return monday + timedelta(days=weekday)
    if which == COMING:
        return coming
    next_week = monday + timedelta(days=7 + weekday)
    nearest = phrase.options.next == "nearest"
    chosen, other = (coming, next_week) if nearest else (next_week, coming)
    if which == AFTER_NEXT:
        chosen, other = chosen + timedelta(days=7), other + timedelta(days=7)
    if chosen != other:
        phrase.notices.append(
            Notice("“{phrase}” was read as {day}, not {other}.", phrase=phrase.typed(end), day=chosen, other=other)
        )
    return chosen


def week_monday(phrase: Phrase, which: int) -> date:
    """Return the Monday of last, this, the next week or the one after it."""
    weeks = {LAST: -1, THIS: 0, COMING: 1, NEXT: 1, AFTER_NEXT: 2}[which]
    return phrase.today + timedelta(days=7 * weeks - phrase.today.weekday())


def on_side(phrase: Phrase, month: int, day: int) -> int:
    """Return the year in which a month and day lie nearest on the preferred side; today counts as today."""
    today = phrase.today
    if phrase.future:
        return today.year + ((month, day) < (today.month, today.day))
    return today.year - ((month, day) > (today.month, today.day))


def calendar_day(phrase: Phrase, day: int, month: int, year: int | None, end: int, start: int | None = None) -> date:
    """Return a day of the calendar; raises UsageError where it does not exist."""
    if year is None:
        year = on_side(phrase, month, day)
    try:
        found: date | None = date(year, month, day)
    except (ValueError, OverflowError):
        found = None
    if abs(year - phrase.today.year) > _FARTHEST:
        raise phrase.refusal("“{phrase}” is too far away.", end, start)
    if found is None:
        raise phrase.refusal("There is no day “{phrase}” in {year}.", end, start, year=year)
    return found


def calendar_week(phrase: Phrase, week: int, year: int | None, end: int, start: int) -> date:
    """Return the Monday of an ISO week; raises UsageError for a week that does not exist or lies out of reach."""
    today = phrase.today
    this_year, this_week, _ = today.isocalendar()
    if year is None:
        year = this_year + (week < this_week if phrase.future else -(week > this_week))
    try:
        monday: date | None = date.fromisocalendar(year, week, 1)
    except (ValueError, OverflowError):
        monday = None
    if monday is None or abs(year - phrase.today.year) > _FARTHEST:
        raise phrase.refusal("There is no week “{phrase}” in {year}.", end, start, year=year)
    return monday


def later(phrase: Phrase, day: date, count: int, unit: str, end: int) -> date:
    """Return the day `count` units after another; `b` counts working days.

    Months and years (`m`, `y`) keep the day of the month, or take the month's last.
    """
    try:
        if abs(count) > _LONGEST_COUNT:
            raise OverflowError
        if unit == "b":
            found = add_working_days(day, count, phrase.is_holiday)
        elif unit in ("m", "y"):
            months = day.year * 12 + day.month - 1 + count * (12 if unit == "y" else 1)
            year, month = divmod(months, 12)
            found = date(year, month + 1, min(day.day, days_in_month(year, month + 1)))
        else:
            found = day + timedelta(days=count * (7 if unit == "w" else 1))
    except (ValueError, OverflowError):
        found = None
    if found is None or abs(found.year - day.year) > _FARTHEST:
        raise phrase.refusal("“{phrase}” is too far away.", end)
    return found


def days_in_month(year: int, month: int) -> int:
    """Return the number of days of a month."""
    return (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day


def part_of_month(phrase: Phrase, part: int, month: int, year: int | None, end: int) -> date:
    """Return the 1st, 15th or last day (31) of a month, without a year the nearest on the preferred side."""
    if year is not None:
        return calendar_day(phrase, min(part, days_in_month(year, month)), month, year, end)
    today = phrase.today
    day = min(part, days_in_month(today.year, month))
    year = on_side(phrase, month, day)
    return date(year, month, min(part, days_in_month(year, month)))


def period_end(phrase: Phrase, period: str) -> date:
    """Return the last day of the month, quarter or year: the present one's, or looking back the one before."""
    today = phrase.today
    months = {"m": 1, "q": 3, "y": 12}[period]
    last = (today.month - 1) // months * months + months
    found = date(today.year, last, days_in_month(today.year, last))
    if phrase.future or found == today:
        return found
    return date(today.year, last - months + 1, 1) - timedelta(days=1)
