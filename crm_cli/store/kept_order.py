"""The order of all names, kept while the interface runs, and lists that are picked from it as far as they are read."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING, overload

from crm_cli.store import name_order

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator

_SOME = 200


class KeptOrder:
    """All rows of a kind by name, kept until somebody writes: for an interface that filters with every key."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._rows: list[int] = []
        self._known: frozenset[int] = frozenset()
        self._change = -1

    def every_row(self, connection: sqlite3.Connection) -> Sequence[int]:
        """Return all rows."""
        change = connection.execute("SELECT coalesce(max(id), 0) FROM change").fetchone()[0]
        if change != self._change:
            self._rows, self._change = name_order.every_row(connection, self._kind), change
            self._known = frozenset(self._rows)
        return self._rows

    def of(self, connection: sqlite3.Connection, rows: Collection[int]) -> Sequence[int]:
        """Return these rows by name; many of them are brought in order when they are looked at."""
        if len(rows) <= name_order.FEW:
            return name_order.in_order(connection, self._kind, rows)
        every = self.every_row(connection)
        wanted = rows if isinstance(rows, set) else set(rows)
        # The search may have seen a record that has gone meanwhile.
        return PickedRows(every, wanted if wanted <= self._known else wanted & self._known)


class PickedRows(Sequence[int]):
    """The rows of a set in the order of a list that holds them all; what nobody looks at is not picked."""

    def __init__(self, order: Sequence[int], rows: Collection[int]) -> None:
        self._rows = rows
        self._rest = filter(rows.__contains__, order)
        self._picked: list[int] = []

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> int: ...
    @overload
    def __getitem__(self, place: slice) -> list[int]: ...
    def __getitem__(self, place: int | slice) -> int | list[int]:
        if isinstance(place, slice):
            start, stop, step = place.indices(len(self))
            if step < 0:
                return list(self)[place]
            self._pick(stop)
            return self._picked[start:stop:step]
        self._pick(len(self) if place < 0 else place + 1)
        return self._picked[place]

    def __iter__(self) -> Iterator[int]:
        self._pick(len(self))
        return iter(self._picked)

    def __contains__(self, row: object) -> bool:
        return row in self._rows

    def index(self, value: int, start: int = 0, stop: int | None = None) -> int:
        """Return the place of a row; raises ValueError where it is none of these."""
        if value not in self._rows:
            raise ValueError(value)
        while value not in self._picked:
            self._pick(2 * len(self._picked) + _SOME)
        return self._picked.index(value, start, len(self) if stop is None else stop)

    def _pick(self, count: int) -> None:
        missing = count - len(self._picked)
        if missing > 0:
            self._picked += islice(self._rest, missing)
