"""Read a WHEN that stands alone: the value of `--due`, of `crm task snooze`, of a day in a query.

The forms are those of a follow-up in a log line (`domain/dates.py`), and all of the text must be one of them.
"""

from __future__ import annotations

from crm_cli.domain.dates import DateOptions, WhenMatch, local_time, match_when
from crm_cli.domain.phrase import LONGEST_PHRASE
from crm_cli.domain.tokens import split_words
from crm_cli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from crm_cli.domain.tokens import Notice

_DEFAULTS = DateOptions()


def read_when(
    text: str,
    *,
    now: datetime,
    localize: Callable[[datetime], datetime],
    notices: list[Notice],
    options: DateOptions = _DEFAULTS,
    is_holiday: Callable[[date], bool] = lambda _: False,
) -> date | datetime:
    """Return the day, or the aware time where one is named; what is to be said about it goes to `notices`.

    Days without a year are in the future. Raises UsageError for anything that is not one clear day or time.
    """
    found = _match(text, now=now, prefer="future", options=options, is_holiday=is_holiday)
    if found is None:
        raise _unreadable(text)
    notices += found.notices
    day = found.day or now.date()
    return day if found.minute is None else local_time(day, found.minute, localize, notices)


def read_day(text: str, *, now: datetime, prefer: str) -> date | None:
    """Return the day of `3.12.`, `fr`, `kw49` …, on the preferred side (`past`, `future`); None if it is no day.

    Raises UsageError for a day that does not exist or has two readings.
    """
    found = _match(text, now=now, prefer=prefer, options=_DEFAULTS, is_holiday=lambda _: False)
    return None if found is None or found.minute is not None or found.notices else found.day


def _match(
    text: str, *, now: datetime, prefer: str, options: DateOptions, is_holiday: Callable[[date], bool]
) -> WhenMatch | None:
    words = split_words(text)
    if not words or len(text) > LONGEST_PHRASE:
        return None
    found = match_when(
        words, 0, now=now, prefer=prefer, after_key=True, day_parts=True, options=options, is_holiday=is_holiday
    )
    return found if found is not None and found.next == len(words) else None


def _unreadable(text: str) -> UsageError:
    return UsageError("“{text}” is no day or time.", text=text, hint="Such as fri, +3d, 3.12., tomorrow 9:00.")
