"""Columns of tags."""

from __future__ import annotations

from crm_cli.fields import Field

FIELDS = {
    "Tagged": (
        Field("id", "Id", kind="id"),
        Field("kind", "Kind", kind="word"),
        Field("name", "Name"),
        Field("tags", "Tags"),
    ),
    "TagUse": (
        Field("name", "Tag"),
        Field("count", "Records", kind="number"),
        Field("contact", "Contacts", kind="number"),
        Field("company", "Companies", kind="number"),
        Field("interaction", "Entries", kind="number", listed=False),
        Field("deal", "Deals", kind="number", listed=False),
        Field("task", "Tasks", kind="number", listed=False),
        Field("event", "Events", kind="number", listed=False),
    ),
}
