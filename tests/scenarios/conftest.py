"""Run the program as a process of its own, as people and scripts do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

CRM = (sys.executable, "-c", "import sys; from crm_cli.app import main; sys.exit(main())")


@pytest.fixture
def environment(home: Path) -> dict[str, str]:
    """The environment of such a process: a home of its own and this checkout."""
    return {**os.environ, "CRM_HOME": str(home), "PYTHONPATH": os.pathsep.join(sys.path)}


@pytest.fixture
def run(environment: dict[str, str]):
    """Run `crm` to its end: `run("contact", "list")`."""

    def run_one(*words: str, **options: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*CRM, *words], env=environment, capture_output=True, text=True, check=False, **options)

    return run_one
