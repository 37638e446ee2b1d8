"""A full disk: exit 7, nothing acknowledged lost, and all goes on when there is room again."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

_LOGGER = """
import sys
from crm_cli.app import main
for number in range(10_000):
    code = main(["--json", "log", f"besuch @hans.müller {number} " + "gesehen " * 200 + "+messe wv:fr Angebot"])
    if code:
        sys.exit(code)
"""


@pytest.fixture
def small_disk(tmp_path: Path):
    """A file system of two megabytes, where this machine lets us have one."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)], capture_output=True)
    if mounted.returncode:
        pytest.skip("this user may not mount a file system of its own")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def _fill(environment: dict[str, str], **options: object) -> set[str]:
    """Log until the program ends; return the ids that were acknowledged."""
    done = subprocess.run(
        [sys.executable, "-c", _LOGGER], env=environment, capture_output=True, text=True, check=False, **options
    )
    assert done.returncode == 7, done.stderr
    error = json.loads(done.stderr)["error"]
    assert error["code"] == "store"
    return {json.loads(line)["id"] for line in done.stdout.splitlines()}


def _known(run) -> set[str]:
    return {row["uid"] for row in json.loads(run("sql", "SELECT uid FROM interaction", "--json").stdout)}


def test_nothing_acknowledged_is_lost_when_a_file_may_not_grow(run, environment, home: Path) -> None:
    assert run("contact", "add", "Hans Müller").returncode == 0
    limit = os.path.getsize(home / "crm.db") + 300_000

    acknowledged = _fill(environment, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
    assert len(acknowledged) > 5
    assert _known(run) == acknowledged
    assert run("check").returncode == 0
    assert run("--json", "log", "besuch @hans.müller wieder Platz").returncode == 0
    assert len(_known(run)) == len(acknowledged) + 1


def test_nothing_acknowledged_is_lost_when_the_disk_is_full(run, environment, small_disk: Path) -> None:
    environment["CRM_DB"] = str(small_disk / "crm.db")
    assert run("contact", "add", "Hans Müller").returncode == 0
    acknowledged = _fill(environment)
    assert len(acknowledged) > 5
    assert _known(run) == acknowledged
    assert run("check").returncode == 0
    subprocess.run(["mount", "-o", "remount,size=8m", str(small_disk)], check=True)
    assert run("--json", "log", "besuch @hans.müller wieder Platz").returncode == 0
    assert len(_known(run)) == len(acknowledged) + 1


def test_a_backup_that_does_not_fit_leaves_the_old_ones_and_no_part(run, environment, home: Path) -> None:
    assert run("contact", "add", "Hans Müller").returncode == 0
    assert run("backup").returncode == 0
    before = sorted(item.name for item in (home / "backups").iterdir())
    limit = os.path.getsize(home / "crm.db") // 2
    full = run("backup", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
    assert full.returncode == 7, full.stderr
    assert sorted(item.name for item in (home / "backups").iterdir()) == before
