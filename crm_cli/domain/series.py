"""A rule of a series cut in two, and moved to other days (RFC 5545, 3.3.10)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from crm_cli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import tzinfo

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NTH = re.compile(r"([+-]?\d+)(MO|TU|WE|TH|FR|SA|SU)")
# What a rule says about days; the time of day is that of the start.
_DAY_PARTS = ("BYDAY", "BYMONTHDAY", "BYMONTH", "BYYEARDAY", "BYWEEKNO", "BYSETPOS")


def parts_of(rule: str) -> dict[str, str]:
    """Return the parts of a rule, `FREQ` and the others, in capitals."""
    return dict(part.upper().split("=", 1) for part in rule.strip(" ;").split(";") if "=" in part)


def text_of(parts: dict[str, str]) -> str:
    """Return a rule from its parts."""
    return ";".join(f"{name}={value}" for name, value in parts.items())


def ended(rule: str, before: datetime, zone: tzinfo | None, *, whole_days: bool) -> str:
    """Return a rule that ends before a time, a naive local one of its zone."""
    parts = {name: value for name, value in parts_of(rule).items() if name not in ("COUNT", "UNTIL")}
    if whole_days:
        parts["UNTIL"] = f"{before - timedelta(days=1):%Y%m%d}"
    elif zone is None:
        parts["UNTIL"] = f"{before - timedelta(seconds=1):%Y%m%dT%H%M%S}"
    else:
        # With a zone the end is in UTC.
        last = before.replace(tzinfo=zone).astimezone(UTC) - timedelta(seconds=1)
        parts["UNTIL"] = f"{last:%Y%m%dT%H%M%SZ}"
    return text_of(parts)


def rest(rule: str, gone: int) -> str:
    """Return a rule of which so many times are gone: a count is less by them."""
    parts = parts_of(rule)
    if "COUNT" in parts:
        parts["COUNT"] = str(max(int(parts["COUNT"]) - gone, 1))
    return text_of(parts)


def moved(rule: str, old: datetime, new: datetime) -> str:
    """Return a rule for a series of which the time `old` is put to `new`: `BYDAY=MO` becomes `BYDAY=TU`.

    Raises UsageError for a rule whose days do not follow from one of its times.
    """
    parts = parts_of(rule)
    said = [name for name in _DAY_PARTS if name in parts]
    if old.date() == new.date() or not said:
        return rule
    frequency = parts.get("FREQ")
    if said == ["BYDAY"] and frequency == "WEEKLY":
        by = new.weekday() - old.weekday()
        days = [_WEEKDAYS.index(day) for day in parts["BYDAY"].split(",") if day in _WEEKDAYS]
        parts["BYDAY"] = ",".join(_WEEKDAYS[(day + by) % 7] for day in days)
        return text_of(parts)
    if said == ["BYDAY"] and frequency == "MONTHLY" and (nth := _NTH.fullmatch(parts["BYDAY"])):
        last = nth[1].startswith("-") and (new + timedelta(days=7)).month != new.month
        parts["BYDAY"] = f"{-1 if last else (new.day - 1) // 7 + 1}{_WEEKDAYS[new.weekday()]}"
        return text_of(parts)
    if frequency in ("MONTHLY", "YEARLY") and set(said) <= {"BYMONTHDAY", "BYMONTH"}:
        days_ok = parts.get("BYMONTHDAY", str(old.day)) == str(old.day)
        months_ok = parts.get("BYMONTH", str(old.month)) == str(old.month)
        if days_ok and (months_ok or old.month == new.month):
            found = {**parts, "BYMONTHDAY": str(new.day)} if "BYMONTHDAY" in parts else parts
            return text_of({**found, "BYMONTH": str(new.month)} if "BYMONTH" in parts and months_ok else found)
    raise UsageError("The rule {rule} names its days itself.", rule=rule, hint="Give it a new rule to repeat by too.")
