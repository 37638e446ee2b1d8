"""Segments: queries with a name, so that a list, a campaign and a report mean the same people."""

from __future__ import annotations

from crm_cli.domain.record import Record


class Segment(Record):
    """A named query over one kind of record (`entity`); `count` is how many it holds now, where that was asked."""

    id: str
    name: str
    entity: str
    query: str
    count: int | None = None
    owner: str | None = None
    created_at: str = ""
    updated_at: str = ""
