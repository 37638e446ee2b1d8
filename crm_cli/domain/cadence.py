"""Cadences: how often a customer wants to be spoken to, and when it is time again."""

from __future__ import annotations

from datetime import date, timedelta

from crm_cli.domain.record import Record
from crm_cli.errors import UsageError

_DAYS = {None: 1, "d": 1, "t": 1, "w": 7, "m": 30, "y": 365, "j": 365}


class Cadence(Record):
    """How often a person or firm is to be contacted. `id` and `kind` are those of the record, `due` is an ISO date."""

    id: str
    kind: str
    name: str
    days: int
    started_on: str
    last_contact_at: str | None
    due: str


def read_days(text: str) -> int:
    """Return the days in `30d`, `30`, `2w`, `3m` (30 days each) or `1y`; raises UsageError."""
    import re  # here, because `crm due` needs the rest of this file only

    match = re.fullmatch(r"(\d{1,4}) ?(d|t|w|m|y|j)?[a-z]*", text.strip().lower())
    days = int(match[1]) * _DAYS[match[2]] if match else 0
    if not 0 < days <= 3660:
        raise UsageError("“{text}” is no rhythm.", text=text, hint="Such as 30d, 2w, 3m.")
    return days


def due_on(days: int, started_on: str, last_contact_at: str | None) -> date:
    """Return the day a contact is due: so many days after the last one, else after the cadence began."""
    return date.fromisoformat((last_contact_at or started_on)[:10]) + timedelta(days=days)
