"""A terminal can go away: its window is closed, a connection breaks.

Textual writes a screen from a thread of its own. The first write that fails ends that thread, and the app then waits
for ever for room in its queue, with the store open; the prompt of `crm log`, which writes for itself, would die of it
as of a defect. Here such a write goes nowhere, and the app is told to end.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.driver import Driver


class UntilGone:
    """A terminal's file. After the first write that fails nothing is written, and `gone` has been called, once."""

    def __init__(self, file: Any, gone: Callable[[], object]) -> None:
        self._file = file
        self._gone = gone
        self._lost = False

    def write(self, text: str) -> int:
        """Write a text, or drop it where there is no terminal any more."""
        self._tried(lambda: self._file.write(text))
        return len(text)

    def flush(self) -> None:
        """Send what is written to the terminal, if there is one."""
        self._tried(self._file.flush)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def _tried(self, act: Callable[[], object]) -> None:
        if self._lost:
            return
        try:
            act()
        except OSError:
            self._lost = True
            self._gone()


def outlive(driver: Driver, gone: Callable[[], object]) -> None:
    """Let a driver outlive its terminal; `gone` is called once, in the thread that was writing."""
    file: Any = getattr(driver, "_file", None)
    if file is not None:
        driver._file = UntilGone(file, gone)  # type: ignore[attr-defined]


def is_lost(driver: Driver | None) -> bool:
    """Tell whether the terminal a driver reads from is gone; reading from it returns nothing then, again and again."""
    fileno = getattr(driver, "fileno", None)
    if fileno is None:
        return False
    try:
        import termios
    except ImportError:  # not POSIX
        return False
    try:
        termios.tcgetattr(fileno)
    except termios.error:
        return True
    return False
