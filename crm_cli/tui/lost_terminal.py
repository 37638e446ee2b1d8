"""A terminal can go away: its window is closed, a connection breaks.

Textual writes from a thread of its own. The first write that fails ends that thread, and the app then waits for ever
for room in its queue, with the store open. Here such a write goes nowhere, and the app is told to end.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.app import App
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


def survivor(driver: type[Driver], gone: Callable[[App[Any]], object]) -> type[Driver]:
    """Return a driver that outlives its terminal; `gone` is called with the app, in the app's own thread."""

    class Survivor(driver):  # type: ignore[misc, valid-type]
        def __init__(self, app: App[Any], **options: Any) -> None:
            super().__init__(app, **options)
            file: Any = getattr(self, "_file", None)
            if file is not None:
                self._file = UntilGone(file, lambda: app.call_later(gone, app))

    return Survivor
