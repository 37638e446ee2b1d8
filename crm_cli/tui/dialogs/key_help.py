"""All keys of a screen, with what they do and the command for the shell; what is typed looks among those of all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from crm_cli.domain.display import cell_width, pad
from crm_cli.i18n import t
from crm_cli.tui import action_search, actions, key_names
from crm_cli.tui.dialogs.dialog import Dialog
from crm_cli.tui.text_guard import content
from crm_cli.tui.widgets.line_input import LineInput

if TYPE_CHECKING:
    from crm_cli.tui.keys import KeyTable

_OWN = "Your own: crm config set keys.ID KEY (crm config keys lists the IDs); “:” finds what has no key"


class _Typed(LineInput):
    """The line of the search; while it is empty, keys that close the help are no letters."""

    def __init__(self, closing: Sequence[str]) -> None:
        super().__init__(placeholder=t("a key or a word; ↑ ↓ scroll"))
        self._openers = closing

    def on_key(self, event: events.Key) -> None:
        """Leave a closing key to the help."""
        if event.key in self._openers and not self.value:
            event.prevent_default()


class KeyHelp(Dialog[None]):
    """The keys of one screen. Letters search; Esc takes them back, then closes, as Enter and the opening keys do."""

    BINDINGS = [  # noqa: RUF012 - Textual's form
        Binding("escape,ctrl+c", "leave", show=False, priority=True),
        Binding("down", "scroll_keys('scroll_down')", show=False, priority=True),
        Binding("up", "scroll_keys('scroll_up')", show=False, priority=True),
        Binding("pagedown", "scroll_keys('scroll_page_down')", show=False, priority=True),
        Binding("pageup", "scroll_keys('scroll_page_up')", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    KeyHelp { align: center middle; background: $background 60%;
      #box { width: 90%; max-width: 110; height: 90%; border: solid $primary; padding: 0 1; background: $surface; }
    }
    """

    def __init__(self, place: str, table: KeyTable) -> None:
        super().__init__()
        self._wanted = ""
        self._place = place
        self._table = table
        self._openers = key_names.alternatives(table.keys["help.open"])

    def compose(self) -> ComposeResult:
        with Vertical(id="box") as box:
            box.border_title = content(t("Keys"))
            box.border_subtitle = content(t("Esc closes"))
            yield _Typed(self._openers)
            with VerticalScroll(id="found", can_focus=False):
                yield Static(self._text(), id="keys", markup=False)

    def on_mount(self) -> None:
        self._line.focus()

    @property
    def _line(self) -> LineInput:
        return self.query_one(_Typed)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._wanted = event.value
        self.query_one("#keys", Static).update(self._text())
        self.query_one("#found").scroll_home(animate=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.dismiss()

    def on_key(self, event: events.Key) -> None:
        """Close at a key that opens this."""
        if event.key in self._openers and not self._line.value:
            event.stop()
            self.dismiss()

    def action_scroll_keys(self, way: str) -> None:
        getattr(self.query_one("#found"), way)(animate=False)

    def action_leave(self) -> None:
        if self._line.value:
            self._line.put("")
        else:
            self.dismiss()

    def plain_lines(self) -> Iterator[str]:
        """Yield the keys for those who read lines."""
        for title, place, members in self._groups():
            yield title
            for action in members:
                keys = [key_names.shown(key) for key in key_names.alternatives(self._table.keys[action.id])]
                said = f"{', '.join(keys) or t('no key')}: {t(action.help)}"
                command = action.command_at(place)
                yield f"{said}: {command}" if command else said
        yield t(_OWN)

    def _groups(self) -> Iterator[tuple[str, str, Sequence[actions.Action]]]:
        """Yield (title, screen, actions): those of the screen, the moves, those of everywhere, then what else fits."""
        place, typed = self._place, self._wanted.strip()
        own = [action for action in actions.at(place) if actions.EVERYWHERE not in action.places]
        everywhere = [action for action in actions.at(place) if actions.EVERYWHERE in action.places]
        groups = [
            (t("This screen"), place, own),
            (t("Move"), place, list(actions.moves()) if place in actions.WITH_LIST else []),
            (t("Everywhere"), place, everywhere),
        ]
        if typed:
            for other in actions.places():
                if other != place:
                    only = [action for action in actions.ACTIONS.values() if other in action.places]
                    groups.append((_title(other), other, only))
        for title, where, members in groups:
            found = action_search.fitting(members, typed, keys=self._table)
            if found:
                yield title, where, found

    def _text(self) -> Content:
        lines: list[Content] = []
        for title, place, members in self._groups():
            lines += [content(title, "bold"), *self._lines(place, members), Content("")]
        if not lines:
            lines = [content(t("No key does this. “:” finds records and every command of the shell.")), Content("")]
        return Content("\n").join([*lines, content(t(_OWN))])

    def _lines(self, place: str, members: Sequence[actions.Action]) -> list[Content]:
        keys = [self._table.of(action) or ":" for action in members]
        width = max(map(cell_width, keys), default=0)
        lines = []
        for key, action in zip(keys, members, strict=True):
            said = action.command_at(place)
            command = f"   {said}" if said else ""
            lines.append(
                Content("").join(
                    [content(f" {pad(key, width)}  ", "bold"), content(t(action.help)), content(command, "$text-muted")]
                )
            )
        return lines


def _title(place: str) -> str:
    """Return what a screen is called."""
    action = actions.ACTIONS.get(f"go.{place}")
    return t(action.label if action is not None else place)
