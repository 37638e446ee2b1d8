"""A command of the shell, run over the screen: what it prints, and a key that ends it."""

from __future__ import annotations

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from crm_cli.domain.display import clean_lines
from crm_cli.i18n import t
from crm_cli.tui.dialogs.dialog import Dialog
from crm_cli.tui.shell_commands import Run
from crm_cli.tui.text_guard import content
from crm_cli.tui.widgets.scroll_box import ScrollBox

_SHOWN = 500  # lines; more are for a shell


class CommandRun(Dialog[None]):
    """Show what a line prints."""

    BINDINGS = [Binding("escape,enter,q,b,ctrl+c", "leave", show=False)]  # noqa: RUF012 - Textual's form
    DEFAULT_CSS = """
    CommandRun { align: center middle; background: $background 60%;
      #box { width: 96%; max-width: 116; height: auto; max-height: 90%; border: solid $primary; padding: 0 1;
             background: $surface; }
      #output { text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """

    def __init__(self, line: str, run: Run) -> None:
        super().__init__()
        self._line = line
        self._started = run

    def compose(self) -> ComposeResult:
        with ScrollBox(id="box") as box:
            box.border_title = content(self._line)
            box.border_subtitle = content(t("Esc closes"))
            yield Static(content(t("Running …  Esc stops")), id="output", markup=False)

    def on_mount(self) -> None:
        self.query_one("#box").focus()
        self._wait()

    def on_unmount(self) -> None:
        self._started.stop()

    def action_leave(self) -> None:
        self.dismiss()

    @work(thread=True, group="command")
    def _wait(self) -> None:
        code, text = self._started.output()
        if self.is_attached:
            self.app.call_from_thread(self._show, code, text)

    def _show(self, code: int, text: str) -> None:
        if not self.is_attached:
            return
        lines = clean_lines(text) if text else [t("Done")]
        shown = [content(line) for line in lines[:_SHOWN]]
        if len(lines) > _SHOWN:
            shown.append(content(t("{count} more", count=len(lines) - _SHOWN), "bold"))
        if code:
            shown.append(content(t("exit code {code}", code=code), "bold $error"))
        self.query_one("#output", Static).update(Content("\n").join(shown))
