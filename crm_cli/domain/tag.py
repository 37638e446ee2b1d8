"""Tags as commands show them."""

from __future__ import annotations

from crm_cli.domain.record import Record


class Tagged(Record):
    """A record of any kind with its tags."""

    id: str
    kind: str
    name: str
    tags: tuple[str, ...]


class TagUse(Record):
    """A tag and how many records of each kind bear it."""

    name: str
    count: int
    contact: int
    company: int
    interaction: int
    deal: int
    task: int
    event: int = 0
