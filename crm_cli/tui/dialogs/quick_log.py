"""The quick-log bar over whatever screen is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult

from crm_cli.i18n import t
from crm_cli.services.interactions import Logged
from crm_cli.tui.dialogs.dialog import Dialog
from crm_cli.tui.text_guard import content
from crm_cli.tui.widgets.quick_log_bar import QuickLogBar

if TYPE_CHECKING:
    from crm_cli.context import AppContext


class QuickLog(Dialog[Logged | None]):
    """The bar at the lower edge; its value is what was logged, or None."""

    DEFAULT_CSS = """
    QuickLog { align: left bottom; background: $background 40%;
      QuickLogBar { border: solid $primary; padding: 0 1; background: $surface; }
    }
    """

    def __init__(self, ctx: AppContext, text: str = "") -> None:
        super().__init__()
        self._ctx = ctx
        self._text = text

    def compose(self) -> ComposeResult:
        bar = QuickLogBar(self._ctx, text=self._text)
        bar.border_title = content(t("Log"))
        yield bar

    def on_quick_log_bar_logged(self, event: QuickLogBar.Logged) -> None:
        self.dismiss(event.logged)

    def on_quick_log_bar_closed(self) -> None:
        self.dismiss(None)
