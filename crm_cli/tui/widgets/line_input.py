"""The one-line text field of every prompt: it never takes a control character in, and a pasted text stays whole."""

from __future__ import annotations

from textual import events
from textual.binding import Binding
from textual.message import Message
from textual.widgets import Input

from crm_cli.domain.display import clean_line


class LineInput(Input):
    """An input of one row. Tab and the way out at the left edge are messages, the rest are readline's keys."""

    BINDINGS = [  # noqa: RUF012 - Textual's form
        Binding("tab", "complete", show=False, priority=True),
        Binding("alt+b", "cursor_left_word", show=False),
        Binding("alt+f", "cursor_right_word", show=False),
        Binding("alt+d", "delete_right_word", show=False),
    ]
    DEFAULT_CSS = (
        "LineInput { height: 1; border: none; padding: 0; &:focus { border: none; background-tint: initial; } }"
    )

    class Completing(Message):
        """Tab was pressed."""

    class LeftEdge(Message):
        """The cursor was to go further left than there is text."""

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:
        super().__init__(value, placeholder=placeholder, compact=True, id=id, select_on_focus=False)

    def action_complete(self) -> None:
        self.post_message(self.Completing())

    def action_cursor_left(self, select: bool = False) -> None:
        if self.cursor_position == 0 and not select:
            self.post_message(self.LeftEdge())
        else:
            super().action_cursor_left(select)

    def _on_paste(self, event: events.Paste) -> None:
        # Textual keeps only the first line; a text from elsewhere is kept whole, its breaks as blanks.
        if event.text:
            self.replace(clean_line(event.text.strip("\r\n")), *sorted(self.selection))
        event.prevent_default()
        event.stop()

    def put(self, text: str, cursor: int | None = None) -> None:
        """Set the whole line and the place of the cursor (its end, unless said)."""
        self.value = text
        self.cursor_position = len(text) if cursor is None else cursor
