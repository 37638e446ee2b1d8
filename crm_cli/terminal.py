"""Talking to the person at the terminal: notes, questions, progress.

With the error boundary the only writer of stderr. Every line is made harmless first, whatever stdout is.
"""

from __future__ import annotations

import sys
import time

from crm_cli.domain.display import cell_width, clean_line, shorten
from crm_cli.i18n import t

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from crm_cli.results import Note

_PROGRESS_DELAY = 0.5
_PROGRESS_PAUSE = 0.1


def write_raw(text: str) -> None:
    """Write to stderr as it is; a closed stderr is no error."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except (OSError, ValueError):
        pass


def ring() -> bool:
    """Ring the terminal's bell; False where stderr is no terminal."""
    try:
        is_terminal = sys.stderr is not None and sys.stderr.isatty()
    except ValueError:
        return False
    if is_terminal:
        write_raw("\a")
    return is_terminal


def write_line(text: str) -> None:
    """Write one harmless line to stderr."""
    write_raw(clean_line(text) + "\n")


def show_notes(notes: Iterable[Note], *, quiet: bool) -> None:
    """Write the notes of an outcome; `quiet` leaves the warnings."""
    for note in notes:
        if note.warning or not quiet:
            write_line(t(note.template, **note.params))


class Prompt:
    """Questions on stderr, answers from stdin. Ask only where `AppContext.can_prompt` is true.

    An end of input is an answer too: the one that changes nothing.
    """

    def line(self, question: str, /, **params: object) -> str:
        """Ask for a line of text; `""` at the end of input."""
        write_raw(clean_line(t(question, **params)) + " ")
        answer = sys.stdin.readline()
        if not answer.endswith("\n"):
            write_raw("\n")
        return answer.rstrip("\r\n")

    def yes_no(self, question: str, /, **params: object) -> bool:
        """Ask for yes or no; anything but a clear yes is no."""
        answer = self.line("{question} [y/N]", question=t(question, **params))
        return answer.strip().casefold() in ("y", "yes", "j", "ja")

    def choose(
        self, question: str, choices: Sequence[str], /, *, extra: dict[str, str] | None = None, **params: object
    ) -> int | str | None:
        """Let one of the choices be picked by its number; returns its index from 0, a key of `extra`, or None.

        `extra` maps single letters to English texts: `{"n": "create a new one"}`.
        """
        letters = extra or {}
        write_line(t(question, **params))
        for number, choice in enumerate(choices, start=1):
            write_line(f"  {number}  {choice}")
        for letter, text in letters.items():
            write_line(f"  {letter}  {t(text)}")
        while True:
            answer = self.line("Number (Enter stops):").strip().casefold()
            if not answer:
                return None
            if answer in letters:
                return answer
            if answer.isdecimal() and 1 <= int(answer) <= len(choices):
                return int(answer) - 1


class Progress:
    """A progress line on stderr: count, share and rate, from half a second on. Silent unless `shown`."""

    def __init__(self, label: str, total: int | None, *, shown: bool) -> None:
        self._label = label
        self._total = total
        self._shown = shown
        self._done = 0
        self._started = time.monotonic()
        self._next = self._started + _PROGRESS_DELAY
        self._width = 0

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._width:
            write_raw("\r" + " " * self._width + "\r")
            self._width = 0

    def advance(self, count: int = 1) -> None:
        """Count work that is done."""
        self._done += count
        if not self._shown:
            return
        now = time.monotonic()
        if now >= self._next:
            self._next = now + _PROGRESS_PAUSE
            self._paint(now)

    def _paint(self, now: float) -> None:
        rate = self._done / max(now - self._started, 0.001)
        counted = f"{self._done}/{self._total}" if self._total else str(self._done)
        line = f"{t(self._label)}  {counted}  {rate:.0f}/s"
        if self._total and rate:
            line += "  " + t("{seconds} s left", seconds=round(max(self._total - self._done, 0) / rate))
        line = shorten(clean_line(line), 79)
        width = cell_width(line)
        write_raw("\r" + line + " " * max(self._width - width, 0))
        self._width = max(width, self._width)
