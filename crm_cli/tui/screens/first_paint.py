"""What a screen need not do twice before it is seen for the first time.

Textual parses its styles anew for each new screen, works the styles of all its widgets out three times and paints them
three times, once for nothing, until they stand. A rep waits for all of it; what is known beforehand is said beforehand.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from textual import events

from crm_cli.tui.dialogs.dialog import LeftOnce

Answer = TypeVar("Answer")


class FirstPaint(LeftOnce[Answer]):
    """A screen that is styled and painted once before it is seen."""

    _resumed = False
    _held = False
    _seen = False

    def __init__(self) -> None:
        super().__init__()
        self._waiting: list[Callable[[], object]] = []
        # The styles of the app are those of the present theme already; a new screen adds only its own.
        self._css_update_count = self.app._css_update_count

    def take_size(self) -> None:
        """Take the classes of the size before there is a widget whose styles depend on them."""
        size = self.app.size
        for extent, breakpoints in (
            (size.width, self.app.HORIZONTAL_BREAKPOINTS),
            (size.height, self.app.VERTICAL_BREAKPOINTS),
        ):
            fitting = [name for least, name in breakpoints or () if extent >= least]
            self.add_class(*fitting[-1:], update=False)

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        """Keep the styles that the widgets got when they were mounted, a moment ago."""
        event.refresh_styles = self._resumed
        self._resumed = True

    def when_seen(self, callback: Callable[[], object]) -> None:
        """Call something as soon as the screen has been painted for the first time."""
        if self._seen:
            self.call_later(callback)
        else:
            self._waiting.append(callback)

    def _compositor_refresh(self) -> None:
        """Paint, but not while updates are held back: what is painted then is thrown away."""
        if not self.app._batch_count:
            super()._compositor_refresh()
            self._seen = True
            while self._waiting:
                self.call_later(self._waiting.pop())
        elif not self._held:
            # The app comes to its messages when the start is over.
            self._held = True
            self.app.call_later(self._release)

    def _release(self) -> None:
        self._held = False
        if self.is_attached and not self.app._batch_count:
            self._compositor_refresh()
