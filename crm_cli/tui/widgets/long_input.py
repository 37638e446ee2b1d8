"""A field for a text that may have several lines: one is typed here, more are changed in the user's editor."""

from __future__ import annotations

from textual import events

from crm_cli.i18n import t
from crm_cli.tui.text_guard import one_line
from crm_cli.tui.widgets.line_input import LineInput


class LongInput(LineInput):
    """Shows a text of several lines as one that cannot be typed into, so that none of its breaks is lost."""

    DEFAULT_CSS = "LongInput.-several { color: $quiet; }"

    def __init__(self, text: str, *, id: str | None = None) -> None:
        super().__init__("", id=id)
        self._text = text
        self._show()

    @property
    def text(self) -> str:
        """The whole text."""
        return self._text if self.has_class("-several") else self.value.strip()

    def take(self, text: str) -> None:
        """Hold another text."""
        self._text = text
        self._show()

    def _show(self) -> None:
        # A text that a line would not give back as it is stays out of reach of the keys.
        several = one_line(self._text) != self._text
        self.set_class(several, "-several")
        lines = self._text.count("\n") + 1
        shown = t("{text} ({count} lines)", text=one_line(self._text, 60), count=lines)
        self.put(shown if several else self._text, 0 if several else None)

    async def _on_key(self, event: events.Key) -> None:
        if self.has_class("-several") and (event.is_printable or event.key in ("backspace", "delete")):
            event.stop()
            event.prevent_default()
            self.app.bell()
            return
        await super()._on_key(event)

    def replace(self, text: str, start: int, end: int) -> None:
        if not self.has_class("-several"):
            super().replace(text, start, end)

    def delete(self, start: int, end: int) -> None:
        if not self.has_class("-several"):
            super().delete(start, end)
