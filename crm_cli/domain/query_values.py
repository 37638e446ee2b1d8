"""How the values of a query read: days and spans of days, ages, numbers.

A value that can be read two ways (`12.500`, `5/12`) is not read at all: a list that is silently the wrong one is worse
than an error.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from crm_cli.domain.text import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    Days = tuple[date, date]

_AGE = re.compile(r"([-+]?)(\d{1,4}) ?(d|t|w|m|y|j|days?|tage?|weeks?|wochen?|months?|monate?|years?|jahre?)")
_CALENDAR = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?|-q([1-4]))?")
_DAY_WORDS = {
    "today": 0,
    "heute": 0,
    "yesterday": -1,
    "gestern": -1,
    "vorgestern": -2,
    "tomorrow": 1,
    "morgen": 1,
    "uebermorgen": 2,
    "ubermorgen": 2,
}
_PERIODS = {
    "week": "week",
    "woche": "week",
    "month": "month",
    "monat": "month",
    "quarter": "quarter",
    "quartal": "quarter",
    "year": "year",
    "jahr": "year",
}
_WHICH = re.compile(
    r"(?:(this|dies(?:e[rns]?)?)|(last|letzte[rns]?)|(next|naechste[rns]?|nachste[rns]?|kommende[rns]?)) (\w+)"
)
_NUMBER = re.compile(r"([-+]?)(\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+)(?:([.,])(\d+))?(k|mio)?")
_SCALES = {"k": 3, "mio": 6}


def age(text: str, today: date, *, ahead: bool) -> date | None:
    """Return the day `90d`, `2w`, `6m` or `1y` away from today, `ahead` of it or behind; None if it is no age."""
    match = _AGE.fullmatch(fold(text))
    return _away(match, today, 1 if ahead else -1) if match and not match[1] else None


def _away(match: re.Match[str], today: date, direction: int) -> date | None:
    count = direction * int(match[2])
    unit = match[3][0]
    try:
        if unit in "dt":
            return today + timedelta(days=count)
        if unit == "w":
            return today + timedelta(weeks=count)
        return plus_months(today, count if unit == "m" else 12 * count)
    except (OverflowError, ValueError):
        return None


def plus_months(day: date, count: int) -> date:
    """Return the same day `count` months on, or the last of a month that has no such day. Raises ValueError."""
    years, month = divmod(day.month - 1 + count, 12)
    return date(day.year + years, month + 1, min(day.day, _month_length(day.year + years, month + 1)))


def _month_length(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def days(text: str, today: date, read_day: Callable[[str], date | None]) -> Days | None:
    """Return the first and last day of `2025`, `2025-11`, `today`, `this week`, `+3d` …, or None.

    Any other day (`3.12.`, `fr`, `+3at`, `kw49`) is left to `read_day`.
    """
    word = fold(text).replace("_", " ").strip()
    if match := _CALENDAR.fullmatch(word):
        return _calendar(match)
    if (match := _AGE.fullmatch(word)) and match[1]:
        return _same(_away(match, today, -1 if match[1] == "-" else 1))
    word = re.sub(r"(?<=[a-z])-(?=[a-z])", " ", word)
    if word in _DAY_WORDS:
        return _same(_moved(today, _DAY_WORDS[word]))
    if word in _PERIODS:
        return _period(_PERIODS[word], today, 0)
    if (match := _WHICH.fullmatch(word)) and match[4] in _PERIODS:
        return _period(_PERIODS[match[4]], today, 0 if match[1] else -1 if match[2] else 1)
    if match := re.fullmatch(r"kw ?(\d{1,2})", word):
        return _week(read_day(text))
    return _same(read_day(text))


def _same(day: date | None) -> Days | None:
    return None if day is None else (day, day)


def _moved(day: date, count: int) -> date | None:
    try:
        return day + timedelta(days=count)
    except OverflowError:
        return None


def _week(monday: date | None) -> Days | None:
    return None if monday is None else (monday, monday + timedelta(days=6))


def _calendar(match: re.Match[str]) -> Days | None:
    year, month, day, quarter = (int(part) if part else 0 for part in match.groups())
    try:
        if day:
            return _same(date(year, month, day))
        if quarter:
            return _months(year, 3 * quarter - 2, 3)
        return _months(year, month, 1) if match[2] else _months(year, 1, 12)
    except ValueError:
        return None


def _months(year: int, month: int, count: int) -> Days:
    last = month + count - 1
    return date(year, month, 1), date(year, last, _month_length(year, last))


def _period(unit: str, today: date, step: int) -> Days | None:
    """Return this (0), the last (-1) or the next (1) week, month, quarter or year."""
    try:
        if unit == "week":
            return _week(today + timedelta(days=7 * step - today.weekday()))
        if unit == "year":
            return _months(today.year + step, 1, 12)
        size = 1 if unit == "month" else 3
        first = plus_months(today.replace(day=1), size * step - (today.month - 1) % size)
        return _months(first.year, first.month, size)
    except (OverflowError, ValueError):
        return None


def number(text: str) -> Decimal | None:
    """Return the number in `10000`, `12,5`, `12.500,00`, `12,500.00` or `10k`; None for `12.500`: which is it?"""
    from decimal import Decimal

    match = _NUMBER.fullmatch(text.strip().lower())
    if match is None or len(text) > 40:
        return None
    sign, whole, mark, decimals, scale = match.groups()
    grouped = "." if "." in whole else "," if "," in whole else None
    if grouped == mark and mark is not None:
        return None
    if grouped and not mark and whole.count(grouped) == 1:
        return None
    if not grouped and mark and len(decimals) == 3 and len(whole) <= 3 and whole.lstrip("0"):
        return None
    digits = whole.replace(".", "").replace(",", "")
    return Decimal(f"{sign}{digits}.{decimals or 0}").scaleb(_SCALES.get(scale, 0))
