"""A box as high as what is in it, up to a limit, and a scrollbar where that is not enough."""

from __future__ import annotations

from textual.containers import VerticalScroll
from textual.geometry import Size


class ScrollBox(VerticalScroll):
    """A scrolling container of automatic height whose scrollbar goes again when it is not needed.

    Textual works the height out for the full width. A scrollbar that stood for a moment, while the box was still
    filling, made the text wrap into one line more than that, and so kept itself alive: how the box looked in the end
    was a matter of chance.
    """

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the height in cells at the width that the scrollbar leaves."""
        return super().get_content_height(container, viewport, max(width - self.scrollbar_size_vertical, 1))
