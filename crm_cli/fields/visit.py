"""Columns of open visits and of the report of a day."""

from __future__ import annotations

from crm_cli.fields import Field
from crm_cli.fields.event import APPOINTMENT

FIELDS = {
    "OpenVisit": APPOINTMENT,
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
