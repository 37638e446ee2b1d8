"""What the engine of a sync asks of one kind of record: the same for people and for events."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from typing import Any, Protocol

    from crm_cli.domain.three_way import Facts, Merged


class Unreadable(Exception):
    """A resource that can't be read; `reason` is an English template without places."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Unsendable(Exception):
    """A record that must not go to the server as it is; `reason` is an English template without places."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Foreign(Exception):
    """A resource of a kind that is not synchronised; it stays on the server, and nobody speaks of it."""


class Reading:
    """A resource as it was read: its text as kept, its UID, its name for people, its facts, the reader's draft."""

    __slots__ = ("draft", "facts", "name", "text", "uid")

    def __init__(self, draft: Any, *, text: str, uid: str | None, name: str, facts: Facts) -> None:
        self.draft = draft
        self.text = text
        self.uid = uid
        self.name = name
        self.facts = facts


if TYPE_CHECKING:

    class Side(Protocol):
        """One kind of record. `uid` is a public id; texts are resources as `Reading.text` keeps them."""

        now: datetime
        stamp: str

        def wanted(self, query: str | None) -> list[str]:
            """Return the records that are to be on the server."""

        def take_only(self, components: frozenset[str] | None) -> None:
            """Note which components of calendars the other side takes, None for all; before `wanted`."""

        def facts(self, uids: Iterable[str]) -> dict[str, Facts]:
            """Return the facts of those records that exist."""

        def read(self, body: str) -> Reading:
            """Read a resource; raises Unreadable or Foreign."""

        def read_kept(self, text: str) -> Reading:
            """Read a kept text again; the empty one stands for nothing."""

        def ready(self, taken: set[str]) -> None:
            """Prepare for `find`; `taken` are the records that have a resource by now."""

        def find(self, reading: Reading, taken: set[str]) -> str | None:
            """Return the record a new resource is, if it is surely one that is here and not in `taken`."""

        def merge(
            self, base_mine: Facts, mine: Facts, base_theirs: Facts, theirs: Facts, *, prefer: str | None = None
        ) -> Merged:
            """Merge two versions against what both last agreed on."""

        def bases(self, mine: Facts, theirs: Facts) -> tuple[Facts, Facts]:
            """Return the bases for two versions that never met."""

        def body(self, uid: str, text: str | None, after: Facts) -> tuple[str, bytes]:
            """Return a resource as it is kept and as it is sent; `text` is what the server has, None for a new one.

            Raises Unsendable.
            """

        def resource_name(self, uid: str) -> str:
            """Return the UID a new resource has, which is also its name."""

        def name(self, uid: str, facts: Facts | None, reading: Reading | None) -> str:
            """Return what to call an item when speaking of it."""

        def add_all(self, readings: Sequence[Reading]) -> list[str]:
            """Add a record for each new resource; return their public ids."""

        def apply(self, uid: str, before: Facts, after: Facts, text: str) -> None:
            """Change a record from one state to another."""

        def keep_text(self, uid: str, text: str) -> None:
            """Note what the server holds of a record."""

        def is_used(self, uid: str) -> bool:
            """Tell whether other records would lose something if this one were deleted."""

        def delete(self, uid: str) -> None:
            """Delete a record that vanished on the server."""
