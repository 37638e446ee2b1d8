"""Rules of series in words: `every 2 weeks on Mon, Thu until 18 Dec`."""

from __future__ import annotations

from datetime import date

from crm_cli import wording
from crm_cli.domain.series import parts_of
from crm_cli.i18n import t

_EVERY = {
    "DAILY": ("every day", "every {count} days"),
    "WEEKLY": ("every week", "every {count} weeks"),
    "MONTHLY": ("every month", "every {count} months"),
    "YEARLY": ("every year", "every {count} years"),
}
_NTH = {
    "1": "first {day}", "2": "second {day}", "3": "third {day}", "4": "fourth {day}", "5": "fifth {day}",
    "-1": "last {day}",
}  # fmt: skip
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_KNOWN = {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "COUNT", "UNTIL", "WKST"}
_MONDAY = date(2024, 1, 1)


def rule(text: str, today: date) -> str:
    """Return a rule in words; one that says more than words would is given as it is."""
    parts = parts_of(text)
    interval = parts.get("INTERVAL", "1")
    every = _EVERY.get(parts.get("FREQ", ""))
    days = [_day(word) for word in parts["BYDAY"].split(",")] if "BYDAY" in parts else []
    if every is None or not interval.isdecimal() or not set(parts) <= _KNOWN or None in days:
        return text
    said = [t(every[0]) if interval == "1" else t(every[1], count=interval)]
    if days:
        said.append(t("on {days}", days=", ".join(day for day in days if day)))
    if "BYMONTHDAY" in parts:
        said.append(t("on day {days}", days=parts["BYMONTHDAY"].replace(",", ", ")))
    if "COUNT" in parts:
        said.append(t("{count} times", count=parts["COUNT"]))
    until = parts.get("UNTIL", "")[:8]
    if until:
        try:
            said.append(t("until {day}", day=wording.day(date.fromisoformat(until), today)))
        except ValueError:
            return text
    return " ".join(said)


def _day(word: str) -> str | None:
    """Return `MO` or `2MO` in words, None for what is neither."""
    number, code = word[:-2].lstrip("+"), word[-2:]
    if code not in _WEEKDAYS:
        return None
    name = wording.weekday(date.fromordinal(_MONDAY.toordinal() + _WEEKDAYS.index(code)))
    if not number:
        return name
    return t(_NTH[number], day=name) if number in _NTH else None
