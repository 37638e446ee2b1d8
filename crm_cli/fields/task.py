"""Columns of follow-ups."""

from __future__ import annotations

from crm_cli.fields import Field

FIELDS = {
    "Task": (
        Field("id", "Id", kind="id"),
        Field("due", "Due", kind="when"),
        Field("text", "Task"),
        Field("contacts", "Contacts"),
        Field("company", "Company"),
        Field("deal", "Deal"),
        Field("priority", "Priority", kind="word", listed=False),
        Field("done_at", "Done", kind="when", listed=False),
        Field("repeat", "Repeat", listed=False),
        Field("tags", "Tags", listed=False),
        Field("owner", "Owner", listed=False),
        Field("created_at", "Created", kind="when", listed=False),
        Field("updated_at", "Changed", kind="when", listed=False),
    ),
}
