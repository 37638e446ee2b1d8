"""Columns of ties, and of records with their ties."""

from __future__ import annotations

from crm_cli.fields import Field, company, contact
from crm_cli.wording import word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def _ties(record: Any) -> list[str]:
    """Return the ties as lines: `works at Acme Inc. (CTO, 2024–)`."""
    return [_line(tie, record.id) for tie in record.relations]


def _line(tie: Any, own_id: str) -> str:
    period = f"{tie.start_on or ''}–{tie.end_on or ''}" if tie.start_on or tie.end_on else None
    about = ", ".join(part for part in (tie.title, period, tie.note) if part)
    kind = word(tie.kind)
    ends = f"{kind} {tie.target.name}" if tie.source.id == own_id else f"{tie.source.name} {kind}"
    return f"{ends} ({about})" if about else ends


_TIES = Field("relations", "Relations", get=_ties, listed=False)

FIELDS = {
    "ContactDetails": (*contact.FIELDS["Contact"], _TIES),
    "CompanyDetails": (*company.FIELDS["Company"], _TIES),
    "Relation": (
        Field("source", "From"),
        Field("kind", "Relation", kind="word"),
        Field("target", "To"),
        Field("title", "Title"),
        Field("start_on", "Since", kind="when"),
        Field("end_on", "Until", kind="when"),
        Field("note", "Note"),
    ),
}
