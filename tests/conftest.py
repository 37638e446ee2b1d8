"""What every test of the program shares: a home of its own, a frozen clock, and the real `main`."""

from __future__ import annotations

import io
import json
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from crm_cli.app import main

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

# A shell ignores Ctrl-C in what it starts in the background, and every program started from there inherits that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


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
