"""Columns of cadences."""

from __future__ import annotations

from crm_cli.fields import Field

FIELDS = {
    "Cadence": (
        Field("id", "Id", kind="id"),
        Field("name", "Name"),
        Field("days", "Days", kind="number"),
        Field("last_contact_at", "Last contact", kind="when"),
        Field("due", "Due", kind="when"),
        Field("kind", "Kind", kind="word", listed=False),
        Field("started_on", "Since", kind="when", listed=False),
    ),
}
