"""A log line that could not be read and waits to be finished."""

from __future__ import annotations

from crm_cli.domain.record import Record


class KeptLine(Record):
    """A draft of `crm log`: its number, the line as it was typed, and why it is not an entry yet."""

    id: int
    text: str
    reason: str | None = None
    created_at: str | None = None
