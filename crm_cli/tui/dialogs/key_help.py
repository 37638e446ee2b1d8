"""All keys of a screen, with what they do and the command for the shell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from crm_cli.domain.display import cell_width, pad
from crm_cli.i18n import t
from crm_cli.tui import actions, key_names
from crm_cli.tui.dialogs.dialog import Dialog
from crm_cli.tui.text_guard import content

if TYPE_CHECKING:
    from crm_cli.tui.keys import KeyTable


class KeyHelp(Dialog[None]):
    """The keys of one screen; any of the keys that open it closes it."""

    BINDINGS = [Binding("escape,q,b", "leave", show=False)]  # noqa: RUF012 - Textual's form
    DEFAULT_CSS = """
    KeyHelp { align: center middle; background: $background 60%;
      #box { width: 90%; max-width: 110; height: 90%; border: solid $primary; padding: 0 1; background: $surface; }
    }
    """

    def __init__(self, place: str, table: KeyTable) -> None:
        super().__init__()
        self._place = place
        self._table = table

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="box") as box:
            box.border_title = content(t("Keys"))
            box.border_subtitle = content(t("Esc closes"))
            yield Static(self._text(), markup=False)

    def on_mount(self) -> None:
        self.query_one("#box").focus()

    def on_key(self, event: events.Key) -> None:
        if event.key in key_names.alternatives(self._table.keys["help.open"]):
            event.stop()
            self.action_leave()

    def action_leave(self) -> None:
        self.dismiss()

    def _text(self) -> Content:
        own = [action for action in actions.at(self._place) if actions.EVERYWHERE not in action.places]
        groups = (
            ("This screen", own),
            ("Move", list(actions.moves()) if self._place in actions.WITH_LIST else []),
            ("Everywhere", [action for action in actions.at(self._place) if actions.EVERYWHERE in action.places]),
        )
        lines: list[Content] = []
        for title, members in groups:
            if not members:
                continue
            lines += [content(t(title), "bold"), *self._lines(members), Content("")]
        lines.append(
            content(
                t("Your own: crm config set keys.ID KEY (crm config keys lists the IDs); “:” finds what has no key")
            )
        )
        return Content("\n").join(lines)

    def _lines(self, members: list[actions.Action]) -> list[Content]:
        keys = [self._table.of(action) or ":" for action in members]
        width = max(map(cell_width, keys), default=0)
        lines = []
        for key, action in zip(keys, members, strict=True):
            command = f"   {action.command}" if action.command else ""
            lines.append(
                Content("").join(
                    [content(f" {pad(key, width)}  ", "bold"), content(t(action.help)), content(command, "$text-muted")]
                )
            )
        return lines
