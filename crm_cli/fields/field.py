"""Columns of custom fields."""

from __future__ import annotations

from crm_cli.fields import Field

FIELDS = {
    "CustomField": (
        Field("entity", "Of", kind="word"),
        Field("name", "Name"),
        Field("type", "Type"),
        Field("choices", "Choices"),
    ),
}
