"""`python -m bench.slow_line`: the interface over a slow line: what a key writes, and how far the picture lies behind.

    python -m bench.slow_line [--keys 200] [--delay 200] [--bits 64000] [--buffer 1000000]

Between the program and what measures lies a relay as a mobile connection is one: `delay` milliseconds each way, `bits`
a second, and `buffer` bytes that the far side takes from the program before it makes it wait, as sshd does. No rights
are needed for it. Each screen of the demonstration data at 120 × 40 gets its share of the keys, four in a second as
somebody looks through a list, then one held down, down the list and up again. A backlog is the time that a byte
written now has to wait for those before it.
"""

from __future__ import annotations

import argparse
import os
import select
import statistics
import subprocess
import sys
import tempfile
import time
from collections import deque

from bench.tui import Program

_PAUSE = 0.25  # seconds between two keys of somebody who looks
_HELD = 1 / 25  # seconds between two of a key that is held down
_QUIET = 1.0  # seconds without a byte until a screen counts as painted
_GOAL = 1.0  # seconds of backlog
_CRM = (sys.executable, "-c", "from crm_cli.app import main; raise SystemExit(main())")
_WHERE = b"\x1b[6n"
_HERE = b"\x1b[1;1R"
_ANEW = b"\x0c"  # Ctrl+L paints the whole screen
# The key that opens a screen, and those that move its cursor.
_SCREENS = (
    ("Today", b"1", b"jjjkjjkj"),
    ("Contacts", b"2", b"jjjjjkkj"),
    ("a page", b"2\r", b"jkjkjkjk"),
    ("Companies", b"\x1b3", b"jjjjjkkj"),
    ("Pipeline", b"4", b"hhljjkll"),
    ("Week", b"5", b"jljhjljh"),
    ("Reports", b"7", b"jjjjkkkj"),
)


class Line(Program):
    """A program behind a slow line; times are those of the clock, bytes are counted where the program wrote them."""

    def __init__(self, environment: dict[str, str], *, delay: float, rate: float, buffer: int) -> None:
        super().__init__([*_CRM, "tui"], environment)
        self.delay = delay
        self.rate = rate
        self.buffer = buffer
        self.written = 0
        self.worst = 0.0
        self._free_at = 0.0  # when the line has sent what it was given
        self._under_way: deque[tuple[float, bytes]] = deque()  # to the terminal
        self._answers: deque[tuple[float, bytes]] = deque()  # to the program: keys and what the terminal says
        self._tail = b""

    @property
    def backlog(self) -> float:
        """Seconds until a byte written now begins its way."""
        return max(self._free_at - time.perf_counter(), 0.0)

    def press(self, key: bytes) -> None:
        """Press a key at the near end."""
        self._answers.append((time.perf_counter() + self.delay, key))

    def pass_on(self, seconds: float) -> None:
        """Relay for a while."""
        end = time.perf_counter() + seconds
        while (now := time.perf_counter()) < end:
            self._deliver(now)
            due = [moment for queue in (self._under_way, self._answers) for moment, _ in list(queue)[:1]]
            self._take(max(min([end, *due]) - now, 0.0))

    def calm(self, *, at_most: float = 60.0) -> float:
        """Relay until everything has arrived and nothing comes any more; return how long the last byte took."""
        begin = time.perf_counter()
        last = begin
        while time.perf_counter() < begin + at_most:
            before = self.written
            self.pass_on(0.05)
            if self.written != before or self._under_way or self._answers:
                last = time.perf_counter()
            elif time.perf_counter() - last > _QUIET:
                break
        return last - begin

    def _take(self, seconds: float) -> None:
        if self.backlog * self.rate >= self.buffer:
            time.sleep(min(seconds, 0.01))
            return
        if not select.select([self._handle], [], [], seconds)[0]:
            return
        data = os.read(self._handle, 65_536)
        now = time.perf_counter()
        self.worst = max(self.worst, self.backlog)
        self._free_at = max(self._free_at, now) + len(data) / self.rate
        self.written += len(data)
        self._under_way.append((self._free_at + self.delay, data))

    def _deliver(self, now: float) -> None:
        while self._under_way and self._under_way[0][0] <= now:
            moment, data = self._under_way.popleft()
            seen = self._tail + data
            self._answers.extend([(moment + self.delay, _HERE)] * seen.count(_WHERE))
            self._tail = seen[-len(_WHERE) + 1 :]
        while self._answers and self._answers[0][0] <= now:
            os.write(self._handle, self._answers.popleft()[1])


class Walk:
    """What was measured on one screen: the bytes of each key, the worst backlog, and what a whole painting takes."""

    def __init__(self, line: Line, opens: bytes) -> None:
        for key in opens:
            line.press(bytes([key]))
            self.shown_after = line.calm()
        before = line.written
        line.press(_ANEW)
        line.calm()
        self.whole = line.written - before
        self.bytes: list[int] = []
        self.worst = 0.0

    def keys(self, line: Line, keys: bytes, pause: float) -> float:
        """Press keys; return how long after the last one the screen was right."""
        line.worst = 0.0
        for key in keys:
            before = line.written
            line.press(bytes([key]))
            line.pass_on(pause)
            self.bytes.append(line.written - before)
        after = line.calm()
        self.worst = max(self.worst, line.worst)
        return after


def run(*, keys: int, delay: float, bits: int, buffer: int) -> None:
    """Print a line for each screen, and the worst of all."""
    print(f"crm tui, demonstration data, 120 × 40, {delay * 1000:.0f} ms each way, {bits / 1000:g} kbit/s")
    heads = ("screen", "whole", "a key, median", "most", "backlog", "held: backlog", "right after")
    print("{:<12}{:>9}{:>16}{:>9}{:>11}{:>16}{:>14}".format(*heads))
    worst = 0.0
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "CRM_HOME": folder, "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}
        environment["SSH_CONNECTION"] = "192.0.2.1 40000 192.0.2.2 22"
        made = subprocess.run([*_CRM, "demo"], env=environment, capture_output=True, text=True, check=True)
        environment["CRM_DB"] = made.stdout.strip()
        line = Line(environment, delay=delay, rate=bits / 8, buffer=buffer)
        try:
            line.calm()
            for name, opens, moves in _SCREENS:
                worst = max(worst, _screen(line, name, opens, moves, keys // len(_SCREENS) + 1))
        finally:
            line.end()
    print(f"largest backlog {worst:.2f} s (goal ≤ {_GOAL:g} s)")


def _screen(line: Line, name: str, opens: bytes, moves: bytes, count: int) -> float:
    walk = Walk(line, opens)
    walk.keys(line, (moves * count)[:count], _PAUSE)
    looked, sizes = walk.worst, list(walk.bytes)
    walk.worst = 0.0
    after = walk.keys(line, (b"j" * 15 + b"k" * 15) * 2, _HELD)
    print(
        f"{name:<12}{walk.whole:>9,}{statistics.median(sizes):>16,.0f}{max(sizes):>9,}{looked:>9.2f} s"
        f"{walk.worst:>14.2f} s{after:>12.2f} s"
    )
    return max(looked, walk.worst)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.slow_line", description=__doc__)
    parser.add_argument("--keys", type=int, default=200, help="over all screens")
    parser.add_argument("--delay", type=int, default=200, help="milliseconds each way")
    parser.add_argument("--bits", type=int, default=64_000, help="a second")
    parser.add_argument("--buffer", type=int, default=1_000_000, help="bytes the far side takes")
    options = parser.parse_args()
    run(keys=options.keys, delay=options.delay / 1000, bits=options.bits, buffer=options.buffer)


if __name__ == "__main__":
    main()
