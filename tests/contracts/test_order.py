"""The order of the tests: every worker begins with its part of the long ones, and no test is lost."""

from __future__ import annotations

import pytest

from tests.order import long_first


@pytest.mark.parametrize("workers", [1, 2, 3, 4, 7])
@pytest.mark.parametrize("count", [0, 1, 5, 20, 97])
@pytest.mark.parametrize("long_ones", [0, 1, 6, 15])
def test_the_long_ones_are_dealt_out_and_none_is_lost(count: int, long_ones: int, workers: int) -> None:
    items = [f"{'long' if number < long_ones else 'short'}{number}" for number in range(count)]
    ordered = long_first(items, lambda item: item.startswith("long"), workers)
    assert sorted(ordered) == sorted(items)
    shares, rest = [], ordered
    for left in range(workers, 0, -1):
        shares.append(rest[: len(rest) // left])
        rest = rest[len(rest) // left :]
    for share in shares:
        kinds = [item.startswith("long") for item in share]
        assert kinds == sorted(kinds, reverse=True)
    if count >= workers * (long_ones + 1):
        counts = [sum(item.startswith("long") for item in share) for share in shares]
        assert max(counts) - min(counts) <= 1
