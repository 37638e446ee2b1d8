"""What is to be said aloud now: the alarm of an appointment, a follow-up that is due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from crm_cli.domain.record import Record
from crm_cli.domain.record_ref import RecordRef

# An alarm that was slept through is worth saying until the appointment is this long under way.
LATE = timedelta(hours=1)
_DAY = timedelta(days=1)
# Alarms further from their appointment than a year (in minutes) are nobody's wish.
LONGEST = 366 * 24 * 60


class Reminder(Record):
    """One reminder. `kind` is `event` or `task`, `id` that record's, `at` when it begins or is due (ISO 8601).

    `minutes` is how long before an appointment its alarm was set; None for follow-ups.
    """

    id: str
    kind: str
    at: str
    text: str
    location: str | None = None
    contacts: tuple[RecordRef, ...] = ()
    company: RecordRef | None = None
    minutes: int | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What makes a reminder itself, wherever one travels: the record, and which of its times and alarms."""
        at = self.at if len(self.at) == 10 else datetime.fromisoformat(self.at).astimezone(UTC).isoformat()
        return (self.id, at if self.minutes is None else f"{at} -{self.minutes}")


def ringing(alarms: tuple[int, ...], start: datetime, *, all_day: bool, now: datetime) -> int | None:
    """Return the alarm (minutes before the start, below 0 after it) to be said now, the last of several; None if none.

    One that was missed is said until an hour after it or the start, whichever is later; of whole days all day long.
    """
    until = start + (_DAY if all_day else LATE)
    due = [
        minutes
        for minutes in alarms
        if abs(minutes) <= LONGEST
        and (rings := start - timedelta(minutes=minutes)) <= now
        and now <= max(until, rings + LATE)
    ]
    return min(due, default=None)
