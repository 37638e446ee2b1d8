"""Columns of attachments."""

from __future__ import annotations

from crm_cli.fields import Field

FIELDS = {
    "Attachment": (
        Field("number", "No.", kind="number"),
        Field("kind", "Kind", kind="word"),
        Field("name", "Name"),
        Field("type", "Media type"),
        Field("size", "Size", kind="size"),
        Field("link", "Link"),
        Field("damaged", "Damaged", get=lambda one: one.damaged or None),
        Field("path", "File"),
    ),
}
