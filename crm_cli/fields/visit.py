"""Columns of open visits and of the report of a day."""

from __future__ import annotations

from crm_cli.fields import Field

FIELDS = {
    "OpenVisit": (
        Field("id", "Id", kind="id"),
        Field("start", "Start", kind="when"),
        Field("duration_min", "Minutes", kind="number"),
        Field("title", "What"),
        Field("location", "Where"),
        Field("contacts", "Contacts"),
        Field("company", "Company"),
    ),
    "DayReport": (
        Field("date", "Day", kind="when"),
        Field("owner", "Owner"),
        Field("kinds", "Kinds"),
        Field("hours", "Hours", kind="number"),
        Field("distance_km", "Kilometres", kind="number"),
        Field("followups", "Follow-ups", kind="number"),
        Field("entries", "Entries"),
        Field("open_visits", "Open"),
    ),
}
