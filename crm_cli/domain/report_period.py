"""A stretch of past time for a report: `2025`, `q4`, `last quarter`, `november`, `12 weeks`, and all ranges of days."""

from __future__ import annotations

import re
from datetime import date, timedelta

from crm_cli.domain.agenda import read_range
from crm_cli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime

LONGEST_DAYS = 36_600

_YEAR = re.compile(r"(?:19|20)\d\d")
_MONTH = re.compile(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])")
_QUARTER = re.compile(r"q([1-4])(?: ?/?((?:19|20)\d\d))?|((?:19|20)\d\d)-?q([1-4])")
_BACK = re.compile(r"(?:last |letzte[nr]? )?(\d{1,3}) (day|tag|week|woche|month|monat|year|jahr)\w*")
_THIS = re.compile(r"(?:this|diese[rsn]?) (month|monat|quarter|quartal|year|jahr)")
_LAST = re.compile(r"(?:last|previous|letzte[rsn]?|vorige[rsn]?) (month|monat|quarter|quartal|year|jahr)")
_NAMED = re.compile(r"([a-zä]{3,9})\.?(?: ((?:19|20)\d\d))?")
_MONTHS = (
    "jan januar january", "feb februar february", "mär maerz märz mar march", "apr april", "mai may", "jun juni june",
    "jul juli july", "aug august", "sep september", "okt oktober oct october", "nov november",
    "dez dezember dec december",
)  # fmt: skip
_LENGTHS = {"day": 1, "tag": 1, "week": 7, "woche": 7}


def read_period(text: str, *, now: datetime) -> tuple[date, date]:
    """Return the first and last day of a period; a name alone is the latest one that has begun. Raises UsageError."""
    folded, today = " ".join(text.lower().split()), now.date()
    if _YEAR.fullmatch(folded):
        return date(int(folded), 1, 1), date(int(folded), 12, 31)
    if match := _MONTH.fullmatch(folded):
        return months(date(int(match[1]), int(match[2]), 1), 1)
    if match := _QUARTER.fullmatch(folded):
        return _quarter(int(match[1] or match[4]), match[2] or match[3], today)
    if match := _THIS.fullmatch(folded):
        return _unit(match[1], today)
    if match := _LAST.fullmatch(folded):
        return _unit(match[1], _unit(match[1], today)[0] - timedelta(days=1))
    if match := _BACK.fullmatch(folded):
        return back(int(match[1]), match[2], today)
    named = _NAMED.fullmatch(folded)
    number = next((at for at, names in enumerate(_MONTHS, 1) if named and named[1] in names.split()), None)
    if named and number:
        year = int(named[2]) if named[2] else today.year - (number > today.month)
        return months(date(year, number, 1), 1)
    try:
        return read_range(text, now=now, days=1)
    except UsageError as error:
        raise UsageError(
            "“{text}” is no period.", text=text, hint="Such as 2025, q4, last month, november, 12 weeks, 1.1. to 31.3."
        ) from error


def back(count: int, unit: str, today: date) -> tuple[date, date]:
    """Return so many days, weeks, months or years up to today; weeks and months are whole ones, this one included."""
    if count < 1:
        raise UsageError("“{text}” is no period.", text=str(count), hint="Such as 12 weeks.")
    if unit in _LENGTHS:
        days = _LENGTHS[unit]
        begin = today - timedelta(days=today.weekday()) if days > 1 else today
        return begin - timedelta(days=days * (count - 1)), today
    length = count if unit in ("month", "monat") else 12 * count
    first = today.replace(day=1)
    for _ in range(length - 1):
        first = (first - timedelta(days=1)).replace(day=1)
    return first, today


def months(first: date, count: int) -> tuple[date, date]:
    """Return the first and last day of so many months from the first of one on."""
    after = first
    for _ in range(count):
        after = (after.replace(day=1) + timedelta(days=31)).replace(day=1)
    return first, after - timedelta(days=1)


def _quarter(number: int, year: str | None, today: date) -> tuple[date, date]:
    month = 3 * number - 2
    return months(date(int(year) if year else today.year - (month > today.month), month, 1), 3)


def _unit(word: str, day: date) -> tuple[date, date]:
    if word in ("month", "monat"):
        return months(day.replace(day=1), 1)
    if word in ("quarter", "quartal"):
        return months(date(day.year, (day.month - 1) // 3 * 3 + 1, 1), 3)
    return date(day.year, 1, 1), date(day.year, 12, 31)
