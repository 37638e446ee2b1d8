"""Read a phrase as the log line does, in Berlin, and show the result as one short text for tables."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from crm_cli.domain.dates import DateOptions, WhenMatch, match_when
from crm_cli.domain.times import clock
from crm_cli.domain.tokens import split_words
from crm_cli.errors import UsageError

BERLIN = ZoneInfo("Europe/Berlin")
WEDNESDAY = datetime(2025, 11, 19, 10, 0, tzinfo=BERLIN)
REFUSED = "refused"

# Bavaria around the dates used here.
HOLIDAYS = {date(2025, 12, 25), date(2025, 12, 26), date(2026, 1, 1), date(2026, 1, 6), date(2026, 5, 1)}


def localize(moment: datetime) -> datetime:
    """Give a naive time the offset of Berlin."""
    return moment.replace(tzinfo=BERLIN)


def read(text: str, *, now: datetime = WEDNESDAY, side: str, options: DateOptions | None = None) -> WhenMatch | None:
    """Read the date a text begins with: `side` is `past` in a head, `future` behind a follow-up key."""
    return match_when(
        split_words(text),
        0,
        now=now,
        prefer=side,
        after_key=side == "future",
        options=options or DateOptions(),
        is_holiday=lambda day: day in HOLIDAYS,
    )


def shown(text: str, *, now: datetime = WEDNESDAY, side: str, options: DateOptions | None = None) -> str:
    """Return `2025-11-18 14:30-15:30 ~ |rest`, `refused`, or `none` where the text begins with no date."""
    try:
        when = read(text, now=now, side=side, options=options)
    except UsageError as error:
        return REFUSED if marks_a_place(error, text) else f"refused without a place: {error}"
    if when is None:
        return "none"
    parts = [when.day.isoformat()] if when.day is not None else []
    if when.minute is not None:
        until = f"-{clock(when.minute + when.duration_min)}" if when.duration_min else ""
        parts.append(f"{'~' if when.approximate else ''}{clock(when.minute)}{until}")
    rest = text[when.end :].strip()
    return " ".join(parts) + (f" | {rest}" if rest else "")


def marks_a_place(error: UsageError, text: str) -> bool:
    """Return whether an error says where in the text it is, and can be shown."""
    start, end = error.params["start"], error.params["end"]
    return isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text) and bool(str(error))


def head(text: str, *, now: datetime = WEDNESDAY) -> str:
    """Read in the head of an entry; what is left over makes the head unreadable."""
    return shown(text, now=now, side="past")


def due(text: str, *, now: datetime = WEDNESDAY) -> str:
    """Read behind a follow-up key, where a date is needed."""
    found = shown(text, now=now, side="future")
    return REFUSED if found == "none" else found
