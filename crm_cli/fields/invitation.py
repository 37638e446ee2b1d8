"""Columns of what messages about appointments did."""

from __future__ import annotations

from crm_cli.fields import Field

FIELDS = {
    "Applied": (
        Field("id", "Id", kind="id"),
        Field("start", "Start", kind="when"),
        Field("title", "What"),
        Field("method", "Message"),
        Field("action", "Action", kind="word"),
    ),
}
