"""The two lines every screen has: its name among the others at the top, the keys that help now at the bottom."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from crm_cli.domain.display import cell_width, clean_line
from crm_cli.i18n import t
from crm_cli.tui import actions
from crm_cli.tui.text_guard import content

TABS = ("today", "contacts", "companies", "pipeline", "week", "reports")
_GAP = "  "
_PART = " · "  # between the things a screen says of itself


class TabLine(Static):
    """The screens with their digits, the present one in brackets; on the right what the screen says of itself."""

    DEFAULT_CSS = "TabLine { height: 1; dock: top; background: $panel; }"

    def __init__(self, present: str) -> None:
        super().__init__("", markup=False)
        self._present = present
        self.said = ""  # what the screen says of itself

    def say(self, text: str) -> None:
        """Show a text at the right end."""
        self.said = clean_line(text)
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _key(self, action: actions.Action) -> str:
        table = getattr(self.app, "key_table", None)
        return table.of(action, first=True) if table is not None else action.keys

    def _tabs(self, *, names: bool = True) -> str:
        tabs = []
        for tab in TABS:
            action = actions.ACTIONS[f"go.{tab}"]
            key, present = self._key(action), tab == self._present
            name = f"{key} {t(action.label)}".lstrip() if names or present or not key else key
            tabs.append(f"[{name}]" if present else f" {name} ")
        return "".join(tabs)

    def _draw(self) -> None:
        line = self._tabs()
        if cell_width(line) >= self.size.width:
            # A screen whose name is cut off is no help: the others keep their digits.
            line = self._tabs(names=False)
        room = self.size.width - cell_width(line) - 1
        parts = self.said.split(_PART)
        while parts and cell_width(_PART.join(parts)) > room:
            parts.pop()
        said = _PART.join(parts)
        if said:
            line += " " * (room - cell_width(said)) + said
        self.update(Content(line), layout=False)


class HintLine(Static):
    """The keys of the screen that fit the width, the most needed first, help always last."""

    DEFAULT_CSS = "HintLine { height: 1; dock: bottom; background: $panel; }"

    def __init__(self, place: str) -> None:
        super().__init__("", markup=False)
        self._place = place

    def on_mount(self) -> None:
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        table = self.app.key_table  # type: ignore[attr-defined]
        hints = []
        for action in actions.hints(self._place):
            keys = table.of(action, first=True)
            if keys or action.hint == 0:
                hints.append((f"{keys or ':'} ", clean_line(t(action.label))))
        # Help closes the line whatever else fits.
        closing = hints[0]
        room = self.size.width - 1 - _width(closing)
        parts: list[Content] = []
        for hint in hints[1:]:
            if _width(hint) + len(_GAP) > room:
                continue
            room -= _width(hint) + len(_GAP)
            parts += [content(hint[0], "bold"), Content(hint[1] + _GAP)]
        self.update(
            Content("").join([Content(" "), *parts, content(closing[0], "bold"), Content(closing[1])]), layout=False
        )


def _width(hint: tuple[str, str]) -> int:
    return cell_width(hint[0]) + cell_width(hint[1])
