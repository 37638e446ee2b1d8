"""`crm log` without a line: the prompt under the shell's own, which leaves the scrollback as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult

from crm_cli.services.interactions import Logged
from crm_cli.tui import crash
from crm_cli.tui.text_guard import GuardedApp, need_terminal, run_guarded
from crm_cli.tui.widgets.quick_log_bar import QuickLogBar

if TYPE_CHECKING:
    from crm_cli.context import AppContext


class QuickLogApp(GuardedApp[Logged]):
    """The prompt alone; its value is what was logged, or None where a draft was kept."""

    CSS = """
    Screen { background: ansi_default; &:inline { border: none; height: auto; } }
    QuickLogBar { background: ansi_default; color: ansi_default; }
    LineInput { background: ansi_default; color: ansi_default; }
    """

    def __init__(self, ctx: AppContext, *, text: str = "", draft: int | None = None) -> None:
        super().__init__(ansi_color=True)
        self._ctx = ctx
        self._text = text
        self._draft = draft

    def compose(self) -> ComposeResult:
        yield QuickLogBar(self._ctx, text=self._text, draft=self._draft)

    def on_quick_log_bar_logged(self, event: QuickLogBar.Logged) -> None:
        self.exit(event.logged)

    def on_quick_log_bar_closed(self) -> None:
        self.exit()


def run(ctx: AppContext, *, text: str = "", draft: int | None = None) -> Logged | None:
    """Let the user type one entry; return what came of it, or None where it was kept as a draft.

    `text` is what the line begins with; `draft` the number of the draft it comes from, dropped when it is logged.
    """
    need_terminal("crm log visit miller yesterday: wants a quote")
    with crash.reported(ctx, "log"):
        return run_guarded(QuickLogApp(ctx, text=text, draft=draft), inline=True, mouse=False)
