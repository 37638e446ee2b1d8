"""Tags as commands show them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tagged:
    """A record of any kind with its tags."""

    id: str
    kind: str
    name: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TagUse:
    """A tag and how many records of each kind bear it."""

    name: str
    count: int
    contact: int
    company: int
    interaction: int
    deal: int
    task: int
    event: int = 0
