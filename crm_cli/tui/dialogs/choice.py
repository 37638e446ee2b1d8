"""One question with a few answers, each with a digit; nothing is done without one."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from crm_cli.i18n import t
from crm_cli.tui.dialogs.dialog import Dialog
from crm_cli.tui.text_guard import content


class Choice(Dialog[str | None]):
    """Ask for one of `answers`, pairs of a value and its text; its value is the chosen one's, None where one leaves."""

    BINDINGS = [  # noqa: RUF012 - Textual's form
        Binding("escape,q,b,ctrl+c", "leave", show=False),
        Binding("down,j,tab", "step(1)", show=False, priority=True),
        Binding("up,k,shift+tab", "step(-1)", show=False, priority=True),
        Binding("enter", "take", show=False),
    ]
    DEFAULT_CSS = """
    Choice { align: center middle; background: $background 60%;
      #box { width: 90%; max-width: 76; height: auto; border: solid $primary; padding: 0 1; background: $surface; }
    }
    """

    def __init__(self, title: str, answers: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._title = title
        self._answers = answers
        self._chosen = 0

    def compose(self) -> ComposeResult:
        with Vertical(id="box") as box:
            box.border_title = content(self._title)
            yield Static("", id="answers", markup=False)
            yield Static(content(t("1–{last} or Enter choose  Esc leave", last=len(self._answers))), markup=False)

    def on_mount(self) -> None:
        self._draw()

    def _draw(self) -> None:
        lines = []
        for number, (_, text) in enumerate(self._answers):
            chosen = number == self._chosen
            lines.append(content(f"{'>' if chosen else ' '} {number + 1} {text}", "bold" if chosen else ""))
        self.query_one("#answers", Static).update(Content("\n").join(lines))

    def on_key(self, event: events.Key) -> None:
        if event.key.isdecimal() and 0 < int(event.key) <= len(self._answers):
            event.stop()
            self.dismiss(self._answers[int(event.key) - 1][0])

    def action_step(self, by: int) -> None:
        self._chosen = (self._chosen + by) % len(self._answers)
        self._draw()

    def action_take(self) -> None:
        self.dismiss(self._answers[self._chosen][0])

    def action_leave(self) -> None:
        self.dismiss(None)
