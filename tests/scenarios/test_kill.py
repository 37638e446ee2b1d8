"""kill -9 at random points: nothing acknowledged is lost, nothing is half. `python -m bench.kill` does it 200 times."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.kill import kill_import, kill_log
from crm_cli.commands import commands_of


def test_nothing_acknowledged_is_lost_when_log_is_killed(tmp_path: Path) -> None:
    assert kill_log(tmp_path / "home", count=15, seed=1) > 10


@pytest.mark.long
@pytest.mark.skipif(not commands_of("import"), reason="this program has no crm import")
def test_no_card_is_half_when_an_import_is_killed(tmp_path: Path) -> None:
    kill_import(tmp_path, count=5, cards=1500, seed=1)
