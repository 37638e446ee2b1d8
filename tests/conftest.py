"""What every test of the program shares: a home of its own, a frozen clock, and the real `main`."""

from __future__ import annotations

import functools
import gc
import io
import json
import os
import signal
import sqlite3
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from crm_cli.app import main
from crm_cli.store import creation
from tests.order import long_first

NOW = "2025-11-19T10:00:00+01:00"
_ENVIRONMENT = {"CRM_NOW": NOW, "TZ": "Europe/Berlin", "LANG": "en_US.UTF-8"}
_FOREIGN = (
    "ACCESSIBLE",
    "CRM_ASCII",
    "CRM_DB",
    "CRM_CONFIG",
    "CRM_LANG",
    "LC_ALL",
    "LC_MESSAGES",
    "NO_COLOR",
    "COLUMNS",
    "VISUAL",
    "EDITOR",
)

# A change is tried with the same examples as the one before it, and no example is too slow on a busy machine. New ones:
# pytest --hypothesis-profile explore
settings.register_profile("explore", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same", settings.get_profile("explore"), derandomize=True, database=None)
settings.load_profile("same")

# Thousands of stores are written, each write flushed to the disk: they are in memory where there is enough of it.
_MEMORY, _ENOUGH = Path("/dev/shm"), 2 << 30
if hasattr(os, "ST_NOEXEC") and os.access(_MEMORY, os.W_OK):  # some tests run what they write
    space = os.statvfs(_MEMORY)
    if space.f_bavail * space.f_frsize >= _ENOUGH and not space.f_flag & os.ST_NOEXEC:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))

# A shell ignores Ctrl-C in what it starts in the background, and every program started from there inherits that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "long: takes many seconds, and is therefore begun first")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the long tests, where several workers share the tests."""
    worker = getattr(config, "workerinput", None)
    if worker is not None:
        items[:] = long_first(items, lambda item: item.get_closest_marker("long") is not None, worker["workercount"])


def pytest_collection_finish() -> None:
    """Never look for garbage in what was loaded and collected: a fifth of the time of a test would go there."""
    gc.collect()
    gc.freeze()


class Result:
    """What one run of the program left: exit code, stdout and stderr."""

    def __init__(self, code: int, out: bytes, err: bytes) -> None:
        self.code = code
        self.raw = out
        self.out = out.decode()
        self.err = err.decode(errors="backslashreplace")

    @property
    def json(self):
        """The value on stdout."""
        return json.loads(self.out)

    @property
    def error(self):
        """The error object on stderr, which must be all there is."""
        return json.loads(self.err)["error"]

    def __repr__(self) -> str:
        return f"Result({self.code}, out={self.out!r}, err={self.err!r})"


@pytest.fixture(scope="session", autouse=True)
def new_stores_are_copied():
    """Let a new store of this process be a copy of the first one: thousands of tests begin with one.

    What the program makes in a process of its own, and `tests/store/test_creation.py`, is made from nothing.
    """
    connected = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    with closing(connected) as first, pytest.MonkeyPatch.context() as patch:
        creation.create(first, device="")
        turn = threading.Lock()

        @functools.wraps(creation.create)
        def copy(connection: sqlite3.Connection, *, device: str) -> None:
            with turn:
                first.execute("UPDATE meta SET value = ? WHERE key = 'device'", (device,))
                first.backup(connection)

        patch.setattr(creation, "create", copy)
        yield


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for configuration and store, a frozen clock, English texts."""
    for name in _FOREIGN:
        monkeypatch.delenv(name, raising=False)
    for name, value in _ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("CRM_HOME", str(tmp_path / "home"))
    time.tzset()
    return tmp_path / "home"


@pytest.fixture
def crm(home: Path, monkeypatch: pytest.MonkeyPatch):
    """Run the program in this process: `crm("contact", "list", "--json", stdin=b"…")`."""

    def run(*words: str, stdin: bytes = b"") -> Result:
        out, err = io.BytesIO(), io.BytesIO()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
            patch.setattr(sys, "stdout", io.TextIOWrapper(out, encoding="utf-8"))
            patch.setattr(sys, "stderr", io.TextIOWrapper(err, encoding="utf-8", errors="backslashreplace"))
            mask = os.umask(0o077)
            try:
                code = main(list(words))
            finally:
                os.umask(mask)
            sys.stdout.flush()
            sys.stderr.flush()
            return Result(code, out.getvalue(), err.getvalue())

    return run
