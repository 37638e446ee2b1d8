"""The terminal interface in a real pseudo-terminal: first paint beside an empty Textual app, and filter keys.

First paint is the CPU time of the whole process until the list stands on the screen, a filter key the time from the
byte written to the terminal to the painted rows. Each text goes into an empty filter, longer ones as one paste: what
was there before would be narrowed, and a number that stays the same is not painted again.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Sequence

from bench.commands import CRM, imported

_SIZE = struct.pack("HHHH", 40, 120, 0, 0)
_PATIENCE = 30.0
# A number of matches as either language writes it.
_LISTED = re.compile(rb"([0-9][0-9.,]*) (?:listed|in der Liste|gelistet)")
_EMPTY = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("nothing but this")
Empty().run()
"""
_FILTERS = ("m", "s", "mü", "schm", "hans", "city:Köln", "xyz")
_CLEAR = b"\x15"  # Ctrl+U
_PASTE = b"\x1b[200~%s\x1b[201~"


class Program:
    """A program in a pseudo-terminal of 120 × 40."""

    def __init__(self, argv: Sequence[str], environment: dict[str, str]) -> None:
        self.begin = time.perf_counter()
        self.pid, self._handle = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, _SIZE)
            os.execvpe(argv[0], list(argv), environment)
        self._seen = b""

    @property
    def cpu(self) -> float:
        """CPU seconds of the process so far; the clock of a process by its id, as clock_getcpuclockid(3) makes it."""
        return time.clock_gettime((~self.pid << 3) | 2)

    def write(self, keys: bytes) -> None:
        """Press keys; what was painted before counts no more."""
        self._read(0)
        self._seen = b""
        os.write(self._handle, keys)

    def wait(self, pattern: re.Pattern[bytes]) -> re.Match[bytes]:
        """Wait until a pattern is painted."""
        deadline = time.perf_counter() + _PATIENCE
        while True:
            found = pattern.search(self._seen)
            if found:
                return found
            if time.perf_counter() > deadline:
                sys.exit(f"never painted: {pattern.pattern!r}")
            self._read(0.5)

    def settle(self) -> None:
        """Wait until nothing has been painted for half a second."""
        while self._read(0.5):
            pass

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._handle], [], [], seconds)
        if ready:
            self._seen += os.read(self._handle, 65_536)
        return bool(ready)

    def end(self) -> None:
        """End it by its id."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._handle)


def run(sizes: Sequence[int], runs: int) -> None:
    """Print first paint and filter keys for each size."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            environment = {**os.environ, "CRM_HOME": folder, "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}
            environment.pop("PYTHONDONTWRITEBYTECODE", None)
            imported(size, environment, folder)
            print(f"\ncrm tui, {size:,} contacts, 120 × 40")
            _first_paint(environment, runs)
            _filter_keys(environment, runs)


def _first_paint(environment: dict[str, str], runs: int) -> None:
    empty = ([sys.executable, "-c", _EMPTY], re.compile(rb"nothing but this"))
    shown = {
        screen: ([CRM, "tui", "--screen", screen], pattern)
        for screen, pattern in (("contacts", _LISTED), ("today", re.compile(b"Today|Heute")))
    }
    for screen, program in shown.items():
        _painted(*program, environment)
        ratios, seconds = [], []
        for _ in range(runs):
            base = _painted(*empty, environment)
            mine = _painted(*program, environment)
            ratios.append((mine[0] / base[0], mine[1] / base[1]))
            seconds.append(mine)
        cpu, wall = (statistics.median(values) for values in zip(*ratios, strict=True))
        times = [statistics.median(values) * 1000 for values in zip(*seconds, strict=True)]
        print(
            f"{'first paint, ' + screen:<44} {cpu:6.2f} × an empty app {times[0]:7.1f} ms CPU"
            f"  ({wall:.2f} × and {times[1]:.0f} ms on the clock)  ≤ 1.3"
        )


def _painted(argv: Sequence[str], pattern: re.Pattern[bytes], environment: dict[str, str]) -> tuple[float, float]:
    """Return CPU and wall-clock seconds until a pattern is painted."""
    program = Program(argv, environment)
    try:
        program.wait(pattern)
        return program.cpu, time.perf_counter() - program.begin
    finally:
        program.end()


def _filter_keys(environment: dict[str, str], runs: int) -> None:
    program = Program([CRM, "tui", "--screen", "contacts"], environment)
    try:
        program.wait(_LISTED)
        program.settle()
        program.write(b"/")
        program.settle()
        for text in _FILTERS:
            clocks, cpus, whole, count = [], [], [], "0"
            for _ in range(runs):
                program.write(_CLEAR)
                program.settle()
                cpu, begin = program.cpu, time.perf_counter()
                program.write(text.encode() if len(text) == 1 else _PASTE % text.encode())
                count = program.wait(_LISTED)[1].decode()
                clocks.append(time.perf_counter() - begin)
                cpus.append(program.cpu - cpu)
                program.settle()
                whole.append(program.cpu - cpu)
            clock, painted, quiet = (statistics.median(values) * 1000 for values in (clocks, cpus, whole))
            print(
                f"{'the filter ' + text:<28} {clock:6.1f} ms on the clock, {painted:6.1f} ms CPU"
                f" to the painted rows, {quiet:6.1f} ms CPU until all is quiet; {count} found  ≤ 50 ms"
            )
    finally:
        program.end()
