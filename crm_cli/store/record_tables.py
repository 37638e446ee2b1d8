"""The tables of records, those with a public id; apart from the schema, which commands that print ids do not need."""

from __future__ import annotations

RECORD_TABLES = (
    *("contact", "company", "interaction", "task", "deal", "need", "request", "segment"),
    *("event", "calendar"),
)
