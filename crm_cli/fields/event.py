"""Columns of appointments."""

from __future__ import annotations

from crm_cli.fields import Field

FIELDS = {
    "Event": (
        Field("id", "Id", kind="id"),
        Field("start", "Start", kind="when"),
        Field("duration_min", "Minutes", kind="number"),
        Field("title", "What"),
        Field("location", "Where"),
        Field("contacts", "Contacts"),
        Field("company", "Company"),
        Field("end", "End", kind="when", listed=False),
        Field("all_day", "All day", listed=False),
        Field("timezone", "Zone", listed=False),
        Field("rule", "Repeat", listed=False),
        Field("alarms", "Alarms", listed=False),
        Field("attendees", "Attendees", listed=False),
        Field("tags", "Tags", listed=False),
        Field("description", "Details", listed=False),
        Field("url", "Link", listed=False),
        Field("status", "Status", listed=False),
        Field("free", "Free", listed=False),
        Field("recurrence", "Recurrence", listed=False),
        Field("recurrence_id", "Replaces", listed=False),
        Field("sequence", "Version", kind="number", listed=False),
        Field("uid", "Foreign id", listed=False),
        Field("method", "Message", listed=False),
        Field("calendar", "Calendar", listed=False),
        Field("raw", "Line", listed=False),
        Field("owner", "Owner", listed=False),
        Field("created_at", "Created", kind="when", listed=False),
        Field("updated_at", "Changed", kind="when", listed=False),
    ),
}
