"""The base of every dialog: it is left once, whatever is typed faster than the screen can follow."""

from __future__ import annotations

from typing import TypeVar

from textual import events
from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, Screen

Answer = TypeVar("Answer")


class LeftOnce(Screen[Answer]):
    """A screen whose second dismissal is ignored: Textual would close what lies below, and answer twice.

    Nor does it take a size the window no longer has: a layout tells the screen its own size, so of two sizes that are
    under way at once each would bring up the other for ever.
    """

    async def _on_resize(self, event: events.Resize) -> None:
        """Leave out what came too late."""
        if event.size != self.app.size:
            event.prevent_default()

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Close with an answer, unless that has been done."""
        if self.app.screen is not self:
            return AwaitComplete()
        return super().dismiss(result)


class Dialog(LeftOnce[Answer], ModalScreen[Answer]):
    """A question over a screen."""
