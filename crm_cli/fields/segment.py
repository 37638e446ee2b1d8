"""Columns of segments."""

from __future__ import annotations

from crm_cli.fields import Field

FIELDS = {
    "Segment": (
        Field("id", "Id", kind="id"),
        Field("name", "Name"),
        Field("entity", "Kind", kind="word"),
        Field("query", "Query"),
        Field("count", "Count", kind="number", listed=False),
        Field("owner", "Owner", listed=False),
        Field("created_at", "Created", kind="when", listed=False),
        Field("updated_at", "Changed", kind="when", listed=False),
    ),
}
