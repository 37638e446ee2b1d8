"""A store of its own for every test of the store layer."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crm_cli.store.store import Store

NOW = datetime(2025, 11, 19, 9, 0, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "data" / "crm.db")


@pytest.fixture
def store(path: str):
    with Store.open(path, actor="me", command="crm test") as opened:
        yield opened
