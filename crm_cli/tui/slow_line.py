"""Over a slow connection no picture is sent behind one that has not arrived.

Between the program and a far terminal lie buffers that take hundreds of kilobytes without a word: with a key held down
the screen would go on moving for half a minute. So the terminal is asked behind a picture where its cursor is (CSI 6n,
which all of them answer); with the answer it has everything written before the question. While more is under way than
half a second of a slow line takes, nothing is painted, and then what is to be seen by then, at once.

Only over ssh: a terminal of this machine has nothing in between.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from textual import events
from textual.driver import Driver

_ASK = "\x1b[6n"
_SESSIONS = ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT")
PORTION = 2_000  # bytes
"""What is written at once: the upper lines of a picture come first, and what a key changed is not behind all others."""
_UNDER_WAY = 4_000  # bytes that may be: what 64 kbit/s take in half a second
_PATIENCE = 5.0  # seconds; a terminal that does not answer by then is never asked again
_FAREWELL = 1.0  # seconds that an answer may still take when another program gets the terminal


def is_far(environ: Mapping[str, str] = os.environ) -> bool:
    """Tell whether the terminal is on another machine."""
    return any(environ.get(name) for name in _SESSIONS)


class SlowLine:
    """What is under way to the terminal. `arrived` is called, in any thread, when it is asked for the next picture."""

    def __init__(self, driver: Driver, arrived: Callable[[], object]) -> None:
        self._driver = driver
        self._arrived = arrived
        self._write = driver.write
        self._asked_at: float | None = None
        self._before = self._behind = 0  # bytes written before the question, and behind it
        self._quiet = threading.Event()
        self._quiet.set()
        self._gave_up = False
        driver.write = self._counted  # type: ignore[method-assign]
        self._heard = driver.process_message
        driver.process_message = self._hear  # type: ignore[method-assign]
        self._deafen = driver.disable_input
        driver.disable_input = self._leave  # type: ignore[method-assign]

    @property
    def is_full(self) -> bool:
        """Whether a picture should wait."""
        if self._asked_at is None:
            return False
        if time.monotonic() - self._asked_at > _PATIENCE:
            self._gave_up = True
            self._forget()
            return False
        return self._before + self._behind > _UNDER_WAY

    def painted(self) -> None:
        """Ask whether the terminal has what was written, unless an answer is awaited."""
        if self._asked_at is None and self._behind and not self._gave_up:
            self._asked_at = time.monotonic()
            self._before, self._behind = self._behind, 0
            self._quiet.clear()
            self._write(_ASK)

    def _forget(self) -> None:
        """Await nothing."""
        self._asked_at = None
        self._before = self._behind = 0
        self._quiet.set()

    def answered(self) -> None:
        """What was written before the question is there; in the thread of the app."""
        self._asked_at = None
        self._before = 0
        self.painted()

    def _counted(self, data: str) -> None:
        self._behind += len(data.encode("utf-8", "replace"))
        self._write(data)

    def _hear(self, message: Any) -> None:
        """Take the answer out of what comes from the terminal; in the thread that reads it."""
        if isinstance(message, events.CursorPosition) and not self._quiet.is_set():
            self._quiet.set()
            with suppress(RuntimeError):  # the program is ending
                self._arrived()
        else:
            self._heard(message)

    def _leave(self) -> None:
        """Wait for an answer that is under way: the program that reads next would take it for keys."""
        self._quiet.wait(_FAREWELL)
        self._forget()
        self._deafen()
