"""Which columns a list has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Static

from crm_cli.i18n import t
from crm_cli.tui.dialogs.dialog import Dialog
from crm_cli.tui.text_guard import content
from crm_cli.tui.widgets.record_list import Column, Key, Line, RecordList


class Columns(Dialog[Sequence[str] | None]):
    """Choose from `offered` (name -> English heading); its value are the names of those to be shown."""

    BINDINGS = [  # noqa: RUF012 - Textual's form
        Binding("space", "turn", show=False),
        Binding("enter,escape,q,b,ctrl+c", "leave", show=False),
    ]
    DEFAULT_CSS = """
    Columns { align: center middle; background: $background 60%;
      #box { width: 50; height: auto; max-height: 90%; border: solid $primary; padding: 0 1; background: $surface; }
    }
    """

    def __init__(self, offered: Mapping[str, str], chosen: Sequence[str]) -> None:
        super().__init__()
        self._offered = offered
        self._chosen = set(chosen)

    def compose(self) -> ComposeResult:
        with Vertical(id="box") as box:
            box.border_title = content(t("Columns"))
            yield RecordList((Column("", width=3), Column("", share=1)), self._load, id="columns")
            yield Static(content(t("Space shows or hides  Enter or Esc keep")), markup=False)

    def on_mount(self) -> None:
        records = self.query_one(RecordList)
        records.styles.height = len(self._offered) + 1
        records.show(list(self._offered))
        records.focus()

    def _load(self, keys: Sequence[Key]) -> Iterable[tuple[Key, Line]]:
        for key in keys:
            yield key, Line(("[x]" if key in self._chosen else "[ ]", t(self._offered[str(key)])))

    def action_turn(self) -> None:
        records = self.query_one(RecordList)
        if records.key is not None:
            self._chosen ^= {str(records.key)}
            records.show(records.keys)

    def action_leave(self) -> None:
        self.dismiss([name for name in self._offered if name in self._chosen])
