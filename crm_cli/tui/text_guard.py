"""Text is never markup and never an escape sequence: the base of every app of this package.

A name from an address book may hold `[@click=…]` or an OSC 52 sequence. Data reaches a widget only as `Content` or as
line strips, and whatever is painted goes through a filter that replaces control and bidi characters, one place for all
widgets. The same base gives the terminal back on a signal and keeps a crash from printing local values.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual._compositor import LayoutUpdate
from textual.app import App
from textual.color import Color
from textual.content import Content
from textual.driver import Driver
from textual.filter import LineFilter
from textual.notifications import Notify, SeverityLevel

from crm_cli.domain.display import clean_line
from crm_cli.errors import UsageError
from crm_cli.tui import themes
from crm_cli.tui.lost_terminal import is_lost, outlive
from crm_cli.tui.notices import Notice
from crm_cli.tui.repaint import Shown, whole_in_pieces
from crm_cli.tui.slow_line import PORTION, SlowLine, is_far

if TYPE_CHECKING:
    from typing import Any

    from rich.console import RenderableType
    from textual.screen import Screen

Returned = TypeVar("Returned")

_SIGNALS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGINT") if hasattr(signal, name))
LONGEST_LINE = 400  # characters; no screen is wider
_GONE = int(getattr(signal, "SIGHUP", signal.SIGTERM))  # what the end of a terminal counts as
_LOOK_EVERY = 1.0  # seconds between looks whether the terminal is still there
_SIGNAL_BASE = 128  # a shell's exit code for a death by signal


class HarmlessText(LineFilter):
    """Replace C0, C1 and bidi controls in painted text; every segment keeps its width in cells."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - Textual's signature
        """Return the segments with nothing in them that a terminal would obey."""
        if all(segment.text.isprintable() for segment in segments if not segment.control):
            return segments
        return [segment if segment.control else _harmless(segment) for segment in segments]


def _harmless(segment: Segment) -> Segment:
    text = segment.text
    cleaned = clean_line(text)
    if cleaned == text:
        return segment
    width = cell_len(text)
    return Segment(cleaned if cell_len(cleaned) == width else set_cell_size(cleaned, width), segment.style)


def content(text: str, style: str = "", *, limit: int = LONGEST_LINE) -> Content:
    """Return data as something a widget may show: one harmless line of `limit` characters, never read as markup."""
    line = one_line(text, limit)
    return Content.styled(line, style) if style else Content(line)


def one_line(text: str, limit: int = LONGEST_LINE) -> str:
    """Return one harmless line of at most `limit` characters: measuring a text of megabytes would stop the screen."""
    return clean_line(text) if len(text) <= limit else clean_line(text[: limit - 1]) + "…"


class GuardedApp(App[Returned]):
    """An app whose text is harmless, whose crash is the caller's, and which a signal ends in good order."""

    ENABLE_COMMAND_PALETTE = False

    signalled: int | None = None
    signs: LineFilter | None = None  # what draws in ASCII, where the terminal has nothing else

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self._shown = Shown()
        self._line: SlowLine | None = None
        self._put_off = False  # something was not painted, because the line is full

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Write to the terminal what it does not show already, over a slow line no more than that takes at once."""
        line = self._line
        if line is None:
            super()._display(screen, self._shown.less(renderable, self.size))
        elif renderable is not None and line.is_full:
            self._put_off = True
        else:
            pieces = whole_in_pieces(screen) if isinstance(renderable, LayoutUpdate) else renderable
            super()._display(screen, self._shown.less(pieces, self.size, PORTION))
            line.painted()
            if self._shown.is_cut:
                self._put_off = True
                self.call_later(self._paint_on)

    def _paint_on(self) -> None:
        """Paint what was put off, as far as the line takes it."""
        if self._put_off and self._line is not None and not self._line.is_full and not self._batch_count:
            self._put_off = False
            self._display(self.screen, whole_in_pieces(self.screen))

    def _arrived(self) -> None:
        """Go on: the terminal has what was written before."""
        if self._line is not None and self._running:
            self._line.answered()
            self._paint_on()

    def repaint(self, *_: object) -> None:
        """Paint the whole screen again, whatever the terminal shows."""
        self._shown.forget()
        self.refresh(layout=True)
        self.screen.refresh()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Add the filter to those of Textual (`NO_COLOR`, 16 colours); it comes last but for signs in ASCII."""
        found = [*super().get_line_filters(), _HARMLESS]
        return found if self.signs is None else [*found, self.signs]

    def get_css_variables(self) -> dict[str, str]:
        """Return the colours of the theme, brought to where every text can be read."""
        return themes.variables(self.current_theme, super().get_css_variables())

    def _build_driver(self, headless: bool, inline: bool, mouse: bool, size: tuple[int, int] | None) -> Driver:
        """Return the driver, made to outlive its terminal: that of a screen, and that of a prompt in the scrollback."""
        driver = super()._build_driver(headless, inline, mouse, size)
        outlive(driver, lambda: self.call_later(self._stop, _GONE))
        if is_far() and not headless and not inline:
            loop = asyncio.get_running_loop()
            self._line = SlowLine(driver, lambda: loop.call_soon_threadsafe(self.call_later, self._arrived))
        return driver

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Show a notice for `timeout` seconds; it is never read as markup."""
        del markup
        seconds = self.NOTIFICATION_TIMEOUT if timeout is None else timeout
        self.post_message(Notify(Notice(message, title, severity, seconds, markup=False)))

    def _fatal_error(self) -> None:
        # Textual prints a traceback with local values, which are customers' data; `run_guarded` raises instead.
        self._close_messages_no_wait()

    def on_mount(self) -> None:
        """Listen for signals; Textual alone would leave the terminal as it is. Not every end of one is told by them."""
        self.set_interval(_LOOK_EVERY, self._look_for_terminal)
        self.app_resume_signal.subscribe(self, self.repaint, immediate=True)
        loop = asyncio.get_running_loop()
        for number in _SIGNALS:
            try:
                loop.add_signal_handler(number, self._stop, number)
            except (NotImplementedError, RuntimeError, ValueError):  # not POSIX, or not the main thread
                return

    def on_unmount(self) -> None:
        """Leave signals as they were."""
        loop = asyncio.get_running_loop()
        for number in _SIGNALS:
            try:
                loop.remove_signal_handler(number)
            except (NotImplementedError, RuntimeError, ValueError):
                return

    def _look_for_terminal(self) -> None:
        self._paint_on()  # where the terminal does not answer any more
        if self.signalled is None and is_lost(self._driver):
            self._stop(_GONE)

    def _stop(self, number: int) -> None:
        self.signalled = number
        self.exit()


_HARMLESS = HarmlessText()


def run_guarded(app: GuardedApp[Returned], *, inline: bool = False, mouse: bool = True) -> Returned | None:
    """Run an app and return its value. A crash inside is raised here; a signal ends the program as a shell expects."""
    result = app.run(inline=inline, mouse=mouse)
    if app._exception is not None:
        raise app._exception
    if app.signalled == signal.SIGINT:
        raise KeyboardInterrupt
    if app.signalled is not None:
        raise SystemExit(_SIGNAL_BASE + app.signalled)
    return result


def need_terminal(hint: str) -> None:
    """Raise UsageError with the command-line form where there is no terminal to draw on."""
    streams = (sys.stdin, sys.stderr)
    if os.environ.get("TERM") in (None, "", "dumb") or not all(_is_terminal(stream) for stream in streams):
        raise UsageError("This needs a terminal.", hint=hint)


def _is_terminal(stream: object) -> bool:
    try:
        return bool(stream.isatty())  # type: ignore[attr-defined]
    except (AttributeError, ValueError):
        return False
