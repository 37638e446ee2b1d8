"""Follow-ups: what is to be done, when, and for whom."""

from __future__ import annotations

from datetime import datetime

from crm_cli.domain.record import Record
from crm_cli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from crm_cli.domain.record_ref import RecordRef

PRIORITIES = ("high", "normal", "low")
_PRIORITY_WORDS = {"hoch": "high", "niedrig": "low", "h": "high", "n": "normal", "l": "low"}


class Task(Record):
    """One follow-up.

    `due` is an ISO date, or a date-time with offset where a time was given; `done_at` is UTC. `deal` is `{id, title}`.
    `repeat` is `7d`, `2w`, `1m` or `1y`; `1m@31` comes on the 31st, or the last day of a shorter month.
    """

    id: str
    text: str
    due: str | None = None
    done_at: str | None = None
    priority: str | None = None
    contacts: tuple[RecordRef, ...] = ()
    company: RecordRef | None = None
    deal: dict[str, Any] | None = None
    repeat: str | None = None
    tags: tuple[str, ...] = ()
    owner: str | None = None
    created_at: str = ""
    updated_at: str = ""


def due_text(due: date | datetime | None) -> str | None:
    """Return a due date as it is stored: an ISO date, or a date-time with offset to the second."""
    if isinstance(due, datetime):
        return due.isoformat(timespec="seconds")
    return due.isoformat() if due is not None else None


def overdue(due: str | None, now: datetime) -> bool:
    """Tell whether a stored due date is past: a day when it is over, a moment when it has come."""
    if due is None:
        return False
    if len(due) == 10:
        return due < now.date().isoformat()
    return datetime.fromisoformat(due) < now


def read_priority(text: str) -> str:
    """Return `high`, `normal` or `low` for it, its German word or its first letter; raises UsageError."""
    word = text.strip().lower()
    word = _PRIORITY_WORDS.get(word, word)
    if word not in PRIORITIES:
        raise UsageError("“{text}” is no priority.", text=text, hint="Priorities: high, normal, low.")
    return word
