"""Columns of deals."""

from __future__ import annotations

from crm_cli.fields import Field

FIELDS = {
    "Deal": (
        Field("id", "Id", kind="id"),
        Field("title", "Deal"),
        Field("stage", "Stage"),
        Field("value", "Value", kind="money"),
        Field("probability", "Probability", kind="percent"),
        Field("company", "Company"),
        Field("contacts", "Contacts", listed=False),
        Field("status", "Status", kind="word", listed=False),
        Field("expected_on", "Expected", kind="when"),
        Field("closed_at", "Closed", kind="when", listed=False),
        Field("lost_reason", "Reason", listed=False),
        Field("tags", "Tags", listed=False),
        Field("notes", "Notes", listed=False),
        Field("owner", "Owner", listed=False),
        Field("created_at", "Created", kind="when", listed=False),
        Field("updated_at", "Changed", kind="when", listed=False),
    ),
}
