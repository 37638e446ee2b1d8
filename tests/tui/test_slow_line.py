"""Over ssh no picture is sent behind one that has not arrived: terminals that answer late, never, or at once."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator

import pytest

from crm_cli.tui.slow_line import is_far
from tests.tui import demo
from tests.tui.terminal import Terminal

_PATIENCE = 30.0
_QUIET = 0.8
_ASKED = b"\x1b[6n"
_ANSWER = b"\x1b[1;1R"
_LEAVING = b"\x1b[?2004l"
# What is left in the terminal when the program has ended is read byte by byte, as another program would.
_PROGRAM = """
import select, sys, termios
from crm_cli.app import main
from crm_cli.tui import slow_line
slow_line._FAREWELL = 30.0
slow_line._PATIENCE = float(sys.argv[1])
try:
    main(["tui"])
except SystemExit:
    pass
mode = termios.tcgetattr(0)
mode[3] &= ~(termios.ICANON | termios.ECHO)
termios.tcsetattr(0, termios.TCSANOW, mode)
print("LEFT", len(select.select([0], [], [], 0.2)[0]), flush=True)
"""


class Far:
    """The near end of a line to a program elsewhere; it answers as long as `answers` says."""

    def __init__(self, patience: float) -> None:
        self.side, terminal = pty.openpty()
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, str(patience)],
            stdin=terminal, stdout=terminal, stderr=terminal, start_new_session=True,
            env={**os.environ, "TERM": "xterm-256color", "CRM_LANG": "en", "SSH_TTY": "/dev/pts/0"},
        )  # fmt: skip
        os.close(terminal)
        self.answers = True
        self.asked = 0  # questions without an answer

    def press(self, keys: bytes) -> None:
        os.write(self.side, keys)

    def answer(self) -> None:
        """Answer what was asked."""
        os.write(self.side, _ANSWER * self.asked)
        self.asked = 0

    def read_until(self, text: bytes) -> bytes:
        """Read what is painted until a text comes."""
        seen = b""
        deadline = time.monotonic() + _PATIENCE
        while text not in seen:
            assert time.monotonic() < deadline, seen[-2000:]
            seen += self._read(0.1)
        return seen

    def read_on(self) -> bytes:
        """Read until nothing has come for a moment."""
        seen = b""
        while more := self._read(_QUIET):
            seen += more
        return seen

    def _read(self, seconds: float) -> bytes:
        if not select.select([self.side], [], [], seconds)[0]:
            return b""
        data = os.read(self.side, 65_536)
        self.asked += data.count(_ASKED)
        if self.answers and self.asked:
            self.answer()
        return data


@pytest.fixture
def far(context_of, home) -> Iterator[type[Far]]:
    """Make lines to a program on a filled store; English."""
    with context_of() as ctx:
        demo.fill(ctx)
    made: list[Far] = []

    class Made(Far):
        def __init__(self, patience: float = 1000.0) -> None:
            super().__init__(patience)
            made.append(self)

    yield Made
    for line in made:
        line.process.kill()
        line.process.wait()
        os.close(line.side)


@pytest.mark.parametrize(
    ("environ", "wanted"), [({}, False), ({"SSH_TTY": "/dev/pts/3"}, True), ({"SSH_CONNECTION": ""}, False)]
)
def test_only_a_session_of_ssh_is_far(environ: dict[str, str], wanted: bool) -> None:
    assert is_far(environ) is wanted


def test_nothing_is_painted_behind_what_has_not_arrived_and_then_what_is_there_by_then(far) -> None:
    line = far()
    line.read_until(b"Help")
    line.read_on()
    line.answers = False
    line.press(b"2345")
    # Four screens would be forty thousand bytes.
    assert len(line.read_on()) < 9_000
    line.answers = True
    line.answer()
    line.read_until(b"Reschedule")


def test_a_terminal_that_never_answers_is_painted_nevertheless(far) -> None:
    line = far(0.3)
    line.answers = False
    line.read_until(b"Help")
    line.press(b"2")
    line.read_until(b"[2 Contacts]")
    line.press(b"4")
    line.read_until(b"[4 Pipeline]")
    assert line.asked == 1


def test_an_answer_that_is_under_way_at_the_end_is_not_left_to_the_next_program(far) -> None:
    line = far()
    line.read_until(b"Help")
    line.read_on()
    line.answers = False
    line.press(b"j")
    line.read_until(_ASKED)
    line.press(b"q")
    line.read_until(_LEAVING)
    line.answer()
    line.read_until(b"LEFT 0")


def test_a_screen_painted_in_portions_is_the_screen_painted_anew(context_of, home, terminal) -> None:
    with context_of() as ctx:
        demo.fill(ctx)
    screen: Terminal = terminal(120, 40)
    code = "from crm_cli.app import main; raise SystemExit(main())"
    screen.run("tui", program=f"env SSH_TTY=far {sys.executable} -c '{code}'")
    screen.wait_for("? Help")
    for keys, text in (("2", "[2 Contacts]"), ("4", "[4 Pipeline]"), ("?", "This screen"), ("7", "")):
        screen.press(keys)
        screen.wait_for(text)
        shown = screen.settled(_QUIET)
        screen.press("C-l")
        assert screen.wait_until(lambda now, shown=shown: now == shown, patience=20) == shown, keys
        assert screen.settled(_QUIET) == shown, keys
