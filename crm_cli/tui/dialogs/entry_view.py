"""The whole of a log entry or a follow-up, its long text too."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from crm_cli.domain.display import clean_lines
from crm_cli.i18n import t
from crm_cli.tui.dialogs.dialog import Dialog
from crm_cli.tui.text_guard import content
from crm_cli.tui.widgets.scroll_box import ScrollBox

_SHOWN = 20_000  # characters; a text of megabytes would hold up the screen


class EntryView(Dialog[None]):
    """Texts under each other; what is longer than a few pages is cut, and says so."""

    BINDINGS = [Binding("escape,enter,q,b", "leave", show=False)]  # noqa: RUF012 - Textual's form
    DEFAULT_CSS = """
    EntryView { align: center middle; background: $background 60%;
      #box { width: 90%; max-width: 100; height: auto; max-height: 90%; border: solid $primary; padding: 0 1;
             background: $surface; }
    }
    """

    def __init__(self, title: str, texts: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._title = title
        self._texts = texts

    def compose(self) -> ComposeResult:
        with ScrollBox(id="box") as box:
            box.border_title = content(self._title)
            box.border_subtitle = content(t("Esc closes"))
            yield Static(self._content(), markup=False)

    def on_mount(self) -> None:
        self.query_one("#box").focus()

    def action_leave(self) -> None:
        self.dismiss()

    def _content(self) -> Content:
        lines: list[Content] = []
        for label, text in self._texts:
            if not text.strip():
                continue
            if lines:
                lines.append(Content(""))
            if label:
                lines.append(content(t(label), "bold"))
            lines += [content(line, limit=_SHOWN) for line in clean_lines(text[:_SHOWN])]
            if len(text) > _SHOWN:
                lines.append(content(t("… {count} characters in all; crm show has them.", count=len(text)), "bold"))
        return Content("\n").join(lines)
