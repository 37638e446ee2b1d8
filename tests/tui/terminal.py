"""A real terminal for tests: tmux of its own, without the user's configuration."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from tests.tui.tour import KEYS, Stop

ROOT = Path(__file__).parents[2]
_PROGRAM = f"{sys.executable} -c 'from crm_cli.app import main; raise SystemExit(main())'"
_PATIENCE = 60  # seconds until a text must be there
_LOOK_EVERY = 0.03
# The terminal answers a question when it has seen all that was written before it.
_ANSWERED = r"stty raw -echo; printf '\033[5n'; dd bs=1 count=4 >/dev/null 2>&1; stty sane"
_PASSED_ON = ("CRM_HOME", "CRM_NOW", "TZ", "LANG", "NO_COLOR", "CRM_LANG", "CRM_ASCII", "EDITOR", "COLORTERM")


class Terminal:
    """A terminal of a given size that runs one command line."""

    def __init__(self, folder: Path, width: int, height: int) -> None:
        if shutil.which("tmux") is None:
            pytest.skip("tmux is not installed")
        self._socket = str(folder / "tmux.socket")
        self._size = (width, height)
        self.result = folder / "exit-code"

    def run(self, words: str, *, program: str = _PROGRAM, record: Path | None = None) -> None:
        """Start `crm WORDS` (or another program); its exit code stands in `result` when it has ended.

        With `record` every byte it writes to its terminal goes into that file, and it may set the clipboard.
        """
        passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        settings = " ".join(f"{name}='{value}'" for name, value in passed.items())
        # readline, which pytest loads, puts a size of its own into the environment.
        # Over ssh the program asks its terminal, which is not ours to answer.
        apart = "-u LINES -u COLUMNS -u SSH_CONNECTION -u SSH_TTY -u SSH_CLIENT"
        line = f"cd {ROOT}; env {apart} {settings} {program} {words}; code=$?; {_ANSWERED}; echo $code > {self.result}"
        width, height = self._size
        size = ("-x", str(width), "-y", str(height))
        self._tmux("-f", os.devnull, "new-session", "-d", *size, "sh", "-c", f"read start; {line}; exec sh")
        if record is not None:
            self._tmux("set", "-s", "set-clipboard", "on")
            self._tmux("pipe-pane", "-o", f"cat > {record}")
        self.press("Enter")

    def type(self, text: str) -> None:
        """Type a text as it is."""
        self._tmux("send-keys", "-l", text)

    def press(self, *keys: str) -> None:
        """Press keys by tmux's names: `Enter`, `Escape`, `BTab`, `M-1`."""
        self._tmux("send-keys", *keys)

    def press_all(self, keys: Iterable[str]) -> None:
        """Press keys of a tour: names of `tour.KEYS`, else texts to type."""
        for key in keys:
            if key in KEYS:
                self.press(KEYS[key])
            else:
                self.type(key)

    def visit(self, stops: Iterable[Stop]) -> Iterator[Stop]:
        """Go from stop to stop of a tour; at each the caller may look around."""
        for stop in stops:
            self.press_all(stop.keys)
            self.wait_for(stop.sign)
            yield stop
            if stop.leave:
                self.press_all(stop.leave[:1])
                left = self.wait_until(lambda shown, sign=stop.sign: sign not in shown)  # type: ignore[misc]
                assert stop.sign not in left, f"{stop.name} was not left:\n{left}"
                self.press_all(stop.leave[1:])

    def screen(self, *, styles: bool = False) -> str:
        """Return what the terminal shows, with escape sequences for colours and styles if asked for."""
        return self._tmux("capture-pane", "-p", *(["-e"] if styles else []))

    def wait_until(self, fits: Callable[[str], bool], *, patience: float = _PATIENCE, styles: bool = False) -> str:
        """Return the screen as soon as it fits, or what it is when patience (seconds) ends."""
        deadline = time.monotonic() + patience
        while not fits(screen := self.screen(styles=styles)) and time.monotonic() < deadline:
            time.sleep(_LOOK_EVERY)
        return screen

    def settled(self, quiet: float) -> str:
        """Return the screen once it has not changed for `quiet` seconds, in which the program had nothing to do."""
        child, deadline = self.child(), time.monotonic() + _PATIENCE
        shown, since = self.screen(), time.monotonic()
        while time.monotonic() - since < quiet:
            assert time.monotonic() < deadline, f"the screen never came to rest:\n{shown}"
            time.sleep(_LOOK_EVERY)
            if (now := self.screen()) != shown or _works(child):
                shown, since = now, time.monotonic()
        return shown

    def resize(self, width: int, height: int) -> None:
        """Give the window another size."""
        self._tmux("resize-window", "-x", str(width), "-y", str(height))

    def wait_for(self, text: str) -> str:
        """Return the screen once it shows a text."""
        deadline = time.monotonic() + _PATIENCE
        while text not in (screen := self.screen()):
            assert time.monotonic() < deadline, f"{text!r} never came:\n{screen}"
            time.sleep(_LOOK_EVERY)
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

    def title(self) -> str:
        """Return the title of the terminal."""
        return self._tmux("display-message", "-p", "#{pane_title}").strip()

    def clipboard(self) -> list[str]:
        """Return what was put on the clipboard, a text each."""
        names = self._tmux("list-buffers", "-F", "#{buffer_name}").split()
        return [self._tmux("show-buffer", "-b", name) for name in names]

    def click(self, column: int, row: int) -> None:
        """Click with the mouse; the first column and row are 1."""
        self.type(f"\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m")

    def child(self) -> int:
        """Return the process id of the program."""
        shell = self._tmux("display-message", "-p", "#{pane_pid}").strip()
        found = subprocess.run(["pgrep", "-P", shell, "-f", "crm_cli"], capture_output=True, text=True, check=True)
        return int(found.stdout.split()[0])

    def close(self) -> None:
        """End the terminal."""
        subprocess.run(["tmux", "-S", self._socket, "kill-server"], capture_output=True, check=False)

    def _tmux(self, *words: str) -> str:
        run = subprocess.run(["tmux", "-u", "-S", self._socket, *words], capture_output=True, text=True, check=True)
        return run.stdout


def _works(process: int) -> bool:
    """Tell whether a thread of a process runs, or would if it were given a processor."""
    for path in Path(f"/proc/{process}/task").glob("*/stat"):
        try:
            state = path.read_text().rpartition(")")[2].split()[0]
        except OSError:  # it has ended
            continue
        if state in "RD":
            return True
    return False
