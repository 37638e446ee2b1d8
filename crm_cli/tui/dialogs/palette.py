"""One field for everything: records by any spelling, every action and every command of the shell by its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input

from crm_cli.i18n import t
from crm_cli.services import search
from crm_cli.services.search import Hit
from crm_cli.tui import action_search, actions
from crm_cli.tui.dialogs.dialog import Dialog
from crm_cli.tui.shell_commands import ShellCommand, ShellCommands
from crm_cli.tui.text_guard import content
from crm_cli.tui.widgets.line_input import LineInput
from crm_cli.tui.widgets.record_list import Column, Key, Line, RecordList

if TYPE_CHECKING:
    from textual.timer import Timer

    from crm_cli.tui.keys import KeyTable
    from crm_cli.tui.session import Session

_RECORDS = 8
_SEARCH_AFTER = 0.05


class Palette(Dialog[Hit | actions.Action | ShellCommand | None]):
    """Search as `crm find` does; `:` at the beginning leaves only what can be done. Its value is what was picked."""

    BINDINGS = [  # noqa: RUF012 - Textual's form
        Binding("escape,ctrl+c", "leave", show=False),
        Binding("down,ctrl+n", "move('move.down')", show=False, priority=True),
        Binding("up,ctrl+p", "move('move.up')", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    Palette { align: center top; background: $background 60%;
      #box { width: 90%; max-width: 100; height: 20; margin: 1; border: solid $primary; padding: 0 1;
             background: $surface; }
    }
    """

    def __init__(self, session: Session, place: str, table: KeyTable, text: str = "") -> None:
        super().__init__()
        self._session = session
        self._table = table
        self._place = place
        self._text = text
        self._searched = text  # what the list answers
        self._shell = ShellCommands(session.ctx)
        self._found: dict[str, Hit | actions.Action | ShellCommand] = {}
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        with Vertical(id="box") as box:
            box.border_title = content(t("Search and commands"))
            box.border_subtitle = content(t("Enter do it  Esc leave"))
            yield LineInput(self._text, placeholder=t("a name, a number, a word; : for commands"), id="line")
            columns = (Column("Name", share=4), Column("", width=12), Column("", share=3, from_width=60))
            yield RecordList(columns, self._load, empty="Nothing is found.", id="found")

    def on_mount(self) -> None:
        field = self.query_one("#line", LineInput)
        field.focus()
        field.cursor_position = len(self._text)
        self._search()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(_SEARCH_AFTER, self._search)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._search()
        key = self.query_one("#found", RecordList).key
        if key is not None:
            self.dismiss(self._found[str(key)])

    def action_move(self, action_id: str) -> None:
        self.query_one("#found", RecordList).action_act(action_id)

    def action_leave(self) -> None:
        self.dismiss(None)

    def _search(self) -> None:
        text = self.query_one("#line", LineInput).value.strip()
        self._found = {}
        if not text.startswith(":"):
            region = self._session.ctx.config.region
            for hit in search.find(self._session.store, text=text, limit=_RECORDS, region=region):
                self._found[f"record {hit.id}"] = hit
        for action in action_search.fitting(actions.at(self._place), text.lstrip(":")):
            self._found[f"action {action.id}"] = action
        if text:
            for command in self._shell.found(text.lstrip(":").strip()):
                self._found[f"command {command.name}"] = command
        records = self.query_one("#found", RecordList)
        records.show(list(self._found))
        if text != self._searched:
            # Enter does the best of what is found for these words, not what stood first for others.
            self._searched = text
            records.cursor = 0

    def _load(self, keys: Sequence[Key]) -> Iterable[tuple[Key, Line]]:
        for key in keys:
            found = self._found[str(key)]
            if isinstance(found, actions.Action):
                yield key, Line((t(found.help), self._table.of(found), found.command_at(self._place) or ""))
            elif isinstance(found, ShellCommand):
                yield key, Line((found.help, "", found.line))
            else:
                yield key, Line((found.name, t(found.kind), found.company or ""), ref=found.id)
