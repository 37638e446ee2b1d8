"""A row of chips: what was understood of a line, each of which can be made plain text again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

from crm_cli.domain.display import cell_width, shorten
from crm_cli.tui.text_guard import one_line

if TYPE_CHECKING:
    from textual import events

    from crm_cli.tui.log_preview import Chip

_GAP = "  "
# State is a sign as well as a colour.
_SIGNS = {"sure": "", "ask": "? ", "unknown": "?? ", "implied": ""}
_STYLES = {"sure": "bold", "ask": "bold $warning", "unknown": "bold $error", "implied": "$text-muted"}


class ChipRow(Static, can_focus=True):
    """Chips over as many lines as they take; Left and Right choose one, Backspace makes it text."""

    BINDINGS = [  # noqa: RUF012 - Textual's form
        Binding("left", "step(-1)", show=False),
        Binding("right", "step(1)", show=False),
        Binding("backspace,delete", "make_text", show=False),
        Binding("tab,shift+tab,enter,up,down", "leave", show=False),
    ]
    DEFAULT_CSS = "ChipRow { height: auto; min-height: 1; }"

    chosen = reactive(0)

    class MadeText(Message):
        """A chip is to be plain text."""

        def __init__(self, chip: Chip) -> None:
            super().__init__()
            self.chip = chip

    class Left(Message):
        """The user goes back to the line."""

        def __init__(self, key: str | None = None) -> None:
            super().__init__()
            self.key = key

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("", markup=False, id=id)
        self.chips: Sequence[Chip] = ()

    def show(self, chips: Sequence[Chip]) -> None:
        """Show these chips."""
        self.chips = chips
        self.chosen = min(self.chosen, max(len(chips) - 1, 0))
        self._draw()

    def on_focus(self) -> None:
        self.chosen = max(len(self.chips) - 1, 0)
        self._draw()

    def on_blur(self) -> None:
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def watch_chosen(self) -> None:
        self._draw()

    def action_step(self, by: int) -> None:
        if by > 0 and self.chosen + by >= len(self.chips):
            self.post_message(self.Left())
        else:
            self.chosen = max(self.chosen + by, 0)

    def action_make_text(self) -> None:
        if self.chips:
            self.post_message(self.MadeText(self.chips[self.chosen]))

    def action_leave(self) -> None:
        self.post_message(self.Left())

    def on_key(self, event: events.Key) -> None:
        # Typing goes on in the line.
        if event.is_printable and event.character:
            event.stop()
            self.post_message(self.Left(event.character))

    def _draw(self) -> None:
        width = max(self.size.width or self.app.size.width, 10)
        lines: list[Content] = []
        used = 0
        parts: list[Content] = []
        for index, chip in enumerate(self.chips):
            text = shorten(one_line(f"[{_SIGNS[chip.state]}{chip.text}]"), width)
            if used and used + len(_GAP) + cell_width(text) > width:
                lines.append(Content("").join(parts))
                used, parts = 0, []
            if used:
                parts.append(Content(_GAP))
            style = _STYLES[chip.state] + (" reverse" if self.has_focus and index == self.chosen else "")
            parts.append(Content.styled(text, style))
            used += cell_width(text) + (len(_GAP) if used else 0)
        lines.append(Content("").join(parts))
        self.update(Content("\n").join(lines))
