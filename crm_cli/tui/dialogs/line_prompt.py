"""One question with one line for an answer."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input, Static

from crm_cli.i18n import t
from crm_cli.tui.dialogs.dialog import Dialog
from crm_cli.tui.text_guard import content
from crm_cli.tui.widgets.line_input import LineInput


class LinePrompt(Dialog[str | None]):
    """Ask for a line at the lower edge; its value is the line, None where the user left."""

    BINDINGS = [Binding("escape,ctrl+c", "leave", show=False)]  # noqa: RUF012 - Textual's form
    DEFAULT_CSS = """
    LinePrompt { align: left bottom; background: $background 60%;
      #box { height: auto; border: solid $primary; padding: 0 1; background: $surface; }
      #hint { color: $text-muted; }
    }
    """

    def __init__(self, title: str, *, value: str = "", hint: str = "") -> None:
        super().__init__()
        self._title = title
        self._value = value
        self._hint = hint

    def compose(self) -> ComposeResult:
        with Vertical(id="box") as box:
            box.border_title = content(self._title)
            yield LineInput(self._value, id="line")
            yield Static(content(self._hint), id="hint", markup=False)
            yield Static(content(t("Enter do it  Esc leave")), id="keys", markup=False)

    def on_mount(self) -> None:
        field = self.query_one("#line", LineInput)
        field.focus()
        field.cursor_position = len(self._value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip() or None)

    def action_leave(self) -> None:
        self.dismiss(None)
