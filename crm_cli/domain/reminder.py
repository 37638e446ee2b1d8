"""What is to be said aloud now: the alarm of an appointment, a follow-up that is due."""

from __future__ import annotations

from crm_cli.domain.record import Record
from crm_cli.domain.record_ref import RecordRef


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
