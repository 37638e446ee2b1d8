"""Messages about appointments (iTIP, RFC 5546): what became of one."""

from __future__ import annotations

from crm_cli.domain.record import Record

ANSWERS = ("accepted", "declined", "tentative")


class Applied(Record):
    """What a message did: `action` is `added`, `updated`, `cancelled`, `answered`, `moved`, `older` or `unknown`.

    `id` is the event's, None where there is none; `method` that of the message (REQUEST, CANCEL …).
    """

    id: str | None
    title: str
    start: str | None
    method: str
    action: str
