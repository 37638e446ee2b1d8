"""Columns of search hits."""

from __future__ import annotations

from crm_cli.fields import Field

FIELDS = {
    "Hit": (
        Field("id", "Id", kind="id"),
        Field("kind", "Kind", kind="word"),
        Field("name", "Name"),
        Field("company", "Company"),
        Field("score", "Score", kind="number"),
        Field("match", "Found in", kind="word"),
    ),
}
