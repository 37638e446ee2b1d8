"""A logged contact with a customer: call, visit, meeting, mail, note …"""

from __future__ import annotations

from crm_cli.domain.record import Record
from crm_cli.domain.record_ref import RecordRef

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# The kinds a log entry can have; configuration may add more.
KINDS = ("call", "visit", "meeting", "mail", "note", "demo", "fair", "letter", "chat", "complaint")


class Interaction(Record):
    """One entry of the log, as `crm log --json` prints it.

    `at` is ISO 8601: a date-time with offset, or a bare date where `all_day`. `deal` is
    `{id, title, stage, value, probability}`, `needs` are `{id, text}`, `requests` `{id, kind, text}`,
    `followups` `{id, text, due}`. `raw` is the line as it was typed. Ids are None in a dry run.
    """

    id: str | None
    kind: str
    direction: str | None
    at: str
    all_day: bool
    duration_min: int | None
    text: str
    details: str | None = None
    distance_km: float | None = None
    outcome: str | None = None
    tags: tuple[str, ...] = ()
    contacts: tuple[RecordRef, ...] = ()
    company: RecordRef | None = None
    deal: dict[str, Any] | None = None
    ticket: str | None = None
    campaign: str | None = None
    needs: tuple[dict[str, Any], ...] = ()
    requests: tuple[dict[str, Any], ...] = ()
    followups: tuple[dict[str, Any], ...] = ()
    raw: str | None = None
    warnings: tuple[str, ...] = ()
    approximate: bool = False
    owner: str | None = None
    created_at: str = ""
    updated_at: str = ""
