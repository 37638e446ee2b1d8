"""Columns of firms."""

from __future__ import annotations

from crm_cli.fields import Field

FIELDS = {
    "Company": (
        Field("id", "Id", kind="id"),
        Field("name", "Name"),
        Field("emails", "E-mail"),
        Field("phones", "Phone"),
        Field("tags", "Tags"),
        Field("last_contact_at", "Last contact", kind="when"),
        Field("given", "Given name", listed=False),
        Field("family", "Family name", listed=False),
        Field("company", "Company", listed=False),
        Field("title", "Title", listed=False),
        Field("addresses", "Address", listed=False),
        Field("links", "Links", listed=False),
        Field("custom", "Custom fields", listed=False),
        Field("owner", "Owner", listed=False),
        Field("notes", "Notes", listed=False),
        Field("created_at", "Created", kind="when", listed=False),
        Field("updated_at", "Changed", kind="when", listed=False),
    ),
}
