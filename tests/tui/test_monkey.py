"""Random keys, clicks and sizes on every screen: nothing breaks, nothing is lost, all is undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.monkey import portion

_KEYS = 700  # 50,000 of them: python -m bench.monkey


@pytest.mark.long
def test_random_keys_break_nothing_and_all_is_undone(home: Path, tmp_path: Path) -> None:
    monkey, _ = portion(tmp_path, seed=13, keys=_KEYS)
    assert sum(monkey.places.values()) >= _KEYS
    assert len(monkey.places) >= 8
    # How many, differs from run to run: of what was changed by chance, chance takes some back.
    assert monkey.changes > 2
