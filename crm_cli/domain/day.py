"""Read a calendar day that stands in a field of its own: a birthday, the start of a job, a custom date.

The words of a log line (`gestern`, `wv:fr`) are another matter: `domain/dates.py`. Nothing is guessed here; a form
that can be read two ways (`3/4/1980`, `12.4.80`) is refused.
"""

from __future__ import annotations

import re
from datetime import date

from crm_cli.errors import UsageError

_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "jan januar jänner january",
            "feb februar february",
            "mär märz maerz mar march mrz",
            "apr april",
            "mai may",
            "jun juni june",
            "jul juli july",
            "aug august",
            "sep sept september",
            "okt oktober oct october",
            "nov november",
            "dez dezember dec december",
        ),
        1,
    )
    for word in words.split()
}
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_GERMAN = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})?")
_DAY_MONTH = re.compile(r"(\d{1,2})\.?\s+([^\W\d_]+)\.?,?(?:\s+(\d{4}))?")
_MONTH_DAY = re.compile(r"([^\W\d_]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?")
_PARTIAL = re.compile(r"--(\d{2})-?(\d{2})")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_YEAR = re.compile(r"[12]\d{3}")


def read_day(text: str) -> str:
    """Return a full day as ISO 8601: `1980-04-12`, `12.4.1980`, `12. April 1980`, `April 12, 1980`.

    Raises UsageError for anything else.
    """
    year, month, day = _parts(text)
    if year is None or month is None or day is None:
        raise _unreadable(text)
    return f"{year:04}-{month:02}-{day:02}"


def read_birthday(text: str, *, today: date) -> str:
    """Return a birthday in the forms of RFC 6350: a full day, `--04-12` (also typed `12.4.`), `1980-04` or `1980`.

    Raises UsageError, also for a day to come.
    """
    read = _partial(text)
    if read > today.isoformat() and not read.startswith("--"):
        raise UsageError("The birthday “{text}” is in the future.", text=text)
    return read


def read_period(text: str) -> str:
    """Return the begin or end of a period: a full day, `2020-05` or `2020`; raises UsageError."""
    read = _partial(text)
    if read.startswith("--"):
        raise _unreadable(text)
    return read


def _partial(text: str) -> str:
    year, month, day = _parts(text)
    if year is None:
        return f"--{month:02}-{day:02}"
    return "-".join([f"{year:04}", *(f"{part:02}" for part in (month, day) if part is not None)])


def _parts(text: str) -> tuple[int | None, int | None, int | None]:
    """Return year, month and day, each None where it is not said; a day that does not exist raises UsageError."""
    typed = text.strip()
    year, month, day = _matched(typed)
    if year is None and month is None:
        raise _unreadable(text)
    try:
        # 2000 has a 29 February.
        date(2000 if year is None else year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        raise UsageError("There is no day “{text}”.", text=text) from None
    return year, month, day


def _matched(typed: str) -> tuple[int | None, int | None, int | None]:
    if match := _ISO.fullmatch(typed):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _GERMAN.fullmatch(typed):
        return _year(match[3]), int(match[2]), int(match[1])
    if (match := _DAY_MONTH.fullmatch(typed)) and (month := _MONTHS.get(match[2].lower())):
        return _year(match[3]), month, int(match[1])
    if (match := _MONTH_DAY.fullmatch(typed)) and (month := _MONTHS.get(match[1].lower())):
        return _year(match[3]), month, int(match[2])
    if match := _PARTIAL.fullmatch(typed):
        return None, int(match[1]), int(match[2])
    if match := _MONTH.fullmatch(typed):
        return int(match[1]), int(match[2]), None
    if _YEAR.fullmatch(typed):
        return int(typed), None, None
    return None, None, None


def _year(digits: str | None) -> int | None:
    return None if digits is None else int(digits)


def _unreadable(text: str) -> UsageError:
    return UsageError(
        "“{text}” is not a date this field understands.", text=text, hint="Write 1980-04-12, 12.4.1980 or --04-12."
    )
