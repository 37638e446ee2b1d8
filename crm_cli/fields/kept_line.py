"""Columns of the lines that wait to be finished."""

from __future__ import annotations

from crm_cli.fields import Field

FIELDS = {
    "KeptLine": (
        Field("id", "No.", kind="number"),
        Field("text", "Line"),
        Field("reason", "Why"),
        Field("created_at", "When", kind="when"),
    ),
}
