"""Columns of people."""

from __future__ import annotations

from crm_cli.fields import Field

_CONTACT = (
    Field("id", "Id", kind="id"),
    Field("name", "Name"),
    Field("company", "Company"),
    Field("title", "Title"),
    Field("emails", "E-mail"),
    Field("phones", "Phone"),
    Field("tags", "Tags"),
    Field("last_contact_at", "Last contact", kind="when"),
    Field("given", "Given name", listed=False),
    Field("family", "Family name", listed=False),
    Field("additional", "Additional names", listed=False),
    Field("prefix", "Prefix", listed=False),
    Field("suffix", "Suffix", listed=False),
    Field("nickname", "Nickname", listed=False),
    Field("salutation", "Salutation", listed=False),
    Field("department", "Department", listed=False),
    Field("addresses", "Address", listed=False),
    Field("links", "Links", listed=False),
    Field("birthday", "Birthday", kind="when", listed=False),
    Field("custom", "Custom fields", listed=False),
    Field("owner", "Owner", listed=False),
    Field("notes", "Notes", listed=False),
    Field("created_at", "Created", kind="when", listed=False),
    Field("updated_at", "Changed", kind="when", listed=False),
)

FIELDS = {"Contact": _CONTACT}
