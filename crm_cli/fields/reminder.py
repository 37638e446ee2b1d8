"""Columns of reminders."""

from __future__ import annotations

from crm_cli.fields import Field

FIELDS = {
    "Reminder": (
        Field("id", "Id", kind="id"),
        Field("at", "When", kind="when"),
        Field("text", "What"),
        Field("location", "Where"),
        Field("contacts", "Contacts"),
        Field("company", "Company"),
        Field("kind", "Kind", listed=False),
        Field("minutes", "Minutes before", kind="number", listed=False),
    ),
}
