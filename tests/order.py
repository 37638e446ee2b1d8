"""In which order the tests run: those that take long are begun first, so that none of them runs on alone at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

Item = TypeVar("Item")


def long_first(items: Sequence[Item], is_long: Callable[[Item], bool], workers: int) -> list[Item]:
    """Return the items with the long ones dealt out to the beginnings of the workers' shares.

    pytest-xdist gives each worker a share of the list from left to right, as even as may be (`--dist worksteal`);
    one that is through takes from the end of another's.
    """
    long = [item for item in items if is_long(item)]
    rest = iter([item for item in items if not is_long(item)])
    ordered: list[Item] = []
    for worker in range(workers):
        size = (len(items) - len(ordered)) // (workers - worker)
        dealt = long[worker::workers][:size]
        ordered += dealt
        ordered += [item for _, item in zip(range(size - len(dealt)), rest, strict=False)]
    left = {id(item) for item in ordered}
    return ordered + [item for item in items if id(item) not in left]
