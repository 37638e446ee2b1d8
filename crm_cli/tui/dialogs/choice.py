"""One question with a few answers, each with a digit; nothing is done without one."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from crm_cli.i18n import t
from crm_cli.tui.dialogs.dialog import Dialog
from crm_cli.tui.text_guard import content
from crm_cli.tui.widgets.scroll_box import ScrollBox

_DIGITS = 9


class Choice(Dialog[str | None]):
    """Ask for one of `answers`, pairs of a value and its text; its value is the chosen one's, None where one leaves.

    `said` stands above the answers. Those beyond the ninth have no digit; more than fit are scrolled to.
    """

    BINDINGS = [  # noqa: RUF012 - Textual's form
        Binding("escape,q,b,ctrl+c", "leave", show=False),
        Binding("down,j,tab", "step(1)", show=False, priority=True),
        Binding("up,k,shift+tab", "step(-1)", show=False, priority=True),
        Binding("enter", "take", show=False),
    ]
    DEFAULT_CSS = """
    Choice { align: center middle; background: $background 60%;
      #box { width: 90%; max-width: 76; height: auto; max-height: 90%; border: solid $primary; padding: 0 1;
             background: $surface; }
      .answer { height: auto; }
    }
    """

    def __init__(self, title: str, answers: Sequence[tuple[str, str]], said: str = "") -> None:
        super().__init__()
        self._title = title
        self._answers = answers
        self._said = said
        self._chosen = 0

    def compose(self) -> ComposeResult:
        with ScrollBox(id="box", can_focus=False) as box:
            box.border_title = content(self._title)
            if self._said:
                yield Static(content(self._said), markup=False)
            for number in range(len(self._answers)):
                yield Static(self._line(number), classes="answer", markup=False)
            last = min(len(self._answers), _DIGITS)
            yield Static(content(t("1–{last} or Enter choose  Esc leave", last=last)), markup=False)

    def _line(self, number: int) -> Content:
        digit = str(number + 1) if number < _DIGITS else " "
        chosen = number == self._chosen
        return content(f"{'>' if chosen else ' '} {digit} {self._answers[number][1]}", "bold" if chosen else "")

    def on_key(self, event: events.Key) -> None:
        if event.key.isdecimal() and 0 < int(event.key) <= len(self._answers):
            event.stop()
            self.dismiss(self._answers[int(event.key) - 1][0])

    def action_step(self, by: int) -> None:
        before, self._chosen = self._chosen, (self._chosen + by) % len(self._answers)
        shown = self.query(".answer").results(Static)
        for number, line in enumerate(shown):
            if number in (before, self._chosen):
                line.update(self._line(number))
            if number == self._chosen:
                line.scroll_visible(animate=False)

    def action_take(self) -> None:
        self.dismiss(self._answers[self._chosen][0])

    def action_leave(self) -> None:
        self.dismiss(None)
