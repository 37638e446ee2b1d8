"""A record as others mention it; apart from the rest, because nearly every type has some."""

from __future__ import annotations

from crm_cli.domain.record import Record


class RecordRef(Record):
    """A record as others mention it: its public id (`uid`) and its name. `id` is None in a dry run."""

    id: str | None
    name: str
