"""A real terminal for tests: tmux of its own, without the user's configuration."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_PROGRAM = f"{sys.executable} -c 'from crm_cli.app import main; raise SystemExit(main())'"
_PATIENCE = 20  # seconds until a text must be there
_PASSED_ON = ("CRM_HOME", "CRM_NOW", "TZ", "LANG", "NO_COLOR", "CRM_LANG")


class Terminal:
    """A terminal of a given size that runs one command line."""

    def __init__(self, folder: Path, width: int, height: int) -> None:
        if shutil.which("tmux") is None:
            pytest.skip("tmux is not installed")
        self._socket = str(folder / "tmux.socket")
        self._size = (width, height)
        self.result = folder / "exit-code"

    def run(self, words: str) -> None:
        """Start `crm WORDS`; its exit code stands in `result` when it has ended."""
        passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        settings = " ".join(f"{name}='{value}'" for name, value in passed.items())
        line = f"cd {ROOT}; env {settings} {_PROGRAM} {words}; echo $? > {self.result}"
        width, height = self._size
        size = ("-x", str(width), "-y", str(height))
        self._tmux("-f", os.devnull, "new-session", "-d", *size, "sh", "-c", f"{line}; exec sh")

    def type(self, text: str) -> None:
        """Type a text as it is."""
        self._tmux("send-keys", "-l", text)

    def press(self, *keys: str) -> None:
        """Press keys by tmux's names: `Enter`, `Escape`, `BTab`, `M-1`."""
        self._tmux("send-keys", *keys)

    def screen(self) -> str:
        """Return what the terminal shows."""
        return self._tmux("capture-pane", "-p")

    def wait_for(self, text: str) -> str:
        """Return the screen once it shows a text."""
        deadline = time.monotonic() + _PATIENCE
        while text not in (screen := self.screen()):
            assert time.monotonic() < deadline, f"{text!r} never came:\n{screen}"
        return screen

    def ended(self) -> int:
        """Wait for the program's end and return its exit code."""
        deadline = time.monotonic() + _PATIENCE
        while not (self.result.exists() and self.result.read_text().strip()):
            assert time.monotonic() < deadline, self.screen()
            self.screen()
        return int(self.result.read_text())

    def modes(self) -> str:
        """Return which modes of the terminal are on: alternate screen, hidden cursor, mouse."""
        return self._tmux("display-message", "-p", "#{alternate_on} #{cursor_flag} #{mouse_any_flag}").strip()

    def child(self) -> int:
        """Return the process id of the program."""
        shell = self._tmux("display-message", "-p", "#{pane_pid}").strip()
        found = subprocess.run(["pgrep", "-P", shell, "-f", "crm_cli"], capture_output=True, text=True, check=True)
        return int(found.stdout.split()[0])

    def close(self) -> None:
        """End the terminal."""
        subprocess.run(["tmux", "-S", self._socket, "kill-server"], capture_output=True, check=False)

    def _tmux(self, *words: str) -> str:
        run = subprocess.run(["tmux", "-S", self._socket, *words], capture_output=True, text=True, check=True)
        return run.stdout
