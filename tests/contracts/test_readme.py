"""The README's recorded session is what the program prints today."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_recorded_session_is_what_the_commands_print() -> None:
    spec = importlib.util.spec_from_file_location("record", ROOT / "scripts" / "record.py")
    assert spec is not None
    assert spec.loader is not None
    record = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(record)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert readme.count("\n$ crm ") >= 5
    assert record.without_ids(record.rendered(readme)) == record.without_ids(readme)


def test_the_scripts_of_the_readme_can_be_run() -> None:
    for name in ("scripts/demo", "scripts/test", ".ci/run"):
        assert os.access(ROOT / name, os.X_OK), name
