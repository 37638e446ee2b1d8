"""How a repeated follow-up comes back: `2w`, `monthly`, `alle 14 Tage`."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from crm_cli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_RULE = re.compile(r"(?:(?:every|alle|jede[nrs]?) )?(\d{1,3})? ?([a-zäöü]+)")
_ANCHORED = re.compile(r"(\d{1,3})([dwmy])(?:@(\d{1,2}))?")
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_UNITS = {
    word: unit
    for unit, words in {
        "1d": "d t day days tag tage daily täglich taeglich",
        "1w": "w week weeks woche wochen weekly wöchentlich woechentlich",
        "1m": "m month months monat monate monthly monatlich",
        "3m": "q quarter quarters quartal quartale quarterly vierteljährlich vierteljaehrlich",
        "1y": "y j year years jahr jahre yearly annually jährlich jaehrlich",
    }.items()
    for word in words.split()
}


def read_repeat(text: str, due: date | datetime | None = None) -> str:
    """Return the rule of `7d`, `2w`, `monthly`, `every 3 months`, `alle 14 Tage` …; raises UsageError.

    A monthly task that is due on the 29th or later keeps that day in its rule.
    """
    word = " ".join(text.lower().split())
    match = _ANCHORED.fullmatch(word) or _RULE.fullmatch(word)
    unit = _UNITS.get(match[2]) if match else None
    count = int(match[1] or 1) if match else 0
    if match is None or unit is None or not count:
        raise UsageError(
            "“{text}” is no rule to repeat by.", text=text, hint="Such as 7d, 2w, 1m, 1y, monthly, weekly."
        )
    rule = f"{count * int(unit[0])}{unit[1]}"
    anchor = match[3] if match.re is _ANCHORED else None
    if unit[1] in "my" and anchor is None and due is not None and due.day > 28:
        anchor = str(due.day)
    return f"{rule}@{anchor}" if anchor else rule


def repeat_of_rule(lines: Sequence[str], due: str | None) -> str | None:
    """Return the rule an RRULE (RFC 5545, 3.3.10) of a follow-up comes to, None for what no rule of ours can say."""
    if len(lines) != 1 or due is None or not lines[0].upper().startswith("RRULE:"):
        return None
    parts = dict(part.split("=", 1) for part in lines[0][6:].upper().split(";") if "=" in part)
    unit = {"DAILY": "d", "WEEKLY": "w", "MONTHLY": "m", "YEARLY": "y"}.get(parts.pop("FREQ", ""))
    interval = parts.pop("INTERVAL", "1")
    parts.pop("WKST", None)
    day = date.fromisoformat(due[:10])
    if unit == "w" and parts.get("BYDAY") == _WEEKDAYS[day.weekday()]:
        del parts["BYDAY"]
    if unit == "m" and parts.get("BYMONTHDAY") == str(day.day):
        del parts["BYMONTHDAY"]
    if unit is None or parts or not (interval.isdecimal() and 0 < int(interval) < 1000):
        return None
    return f"{int(interval)}{unit}" + (f"@{day.day}" if unit in "my" and day.day > 28 else "")


def next_due(task_due: str | None, repeat: str, *, now: datetime, localize: Callable[[datetime], datetime]) -> str:
    """Return when a repeated task is due again: the first day of its rhythm after today, at the same local time."""
    today = now.date()
    at = datetime.fromisoformat(task_due) if task_due and len(task_due) > 10 else None
    day = date.fromisoformat(task_due[:10]) if task_due else today
    match = _ANCHORED.fullmatch(repeat)
    assert match is not None
    count, unit = int(match[1]), match[2]
    step = 1
    following = _after(day, count, unit, match[3])
    while following <= today:
        step += 1
        following = _after(day, step * count, unit, match[3])
    if at is None:
        return following.isoformat()
    return localize(datetime.combine(following, at.time())).isoformat(timespec="seconds")


def _after(day: date, count: int, unit: str, anchor: str | None) -> date:
    if unit in "dw":
        return day + timedelta(days=count if unit == "d" else 7 * count)
    years, month = divmod(day.month - 1 + (count if unit == "m" else 12 * count), 12)
    last = (date(day.year + years + (month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(day.year + years, month + 1, min(int(anchor) if anchor else day.day, last))
