"""Paint only what differs from what the terminal shows.

Textual writes every line of what was refreshed: 9 kB for a cursor key in a list with a card beside it, which is a
second on a bad line. The pieces of lines that were written are kept here, and a piece that stands there already is
left out. Nothing is left out behind a changed piece of its line: a terminal may draw a sign wider than we measure it.
"""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.control import Control
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.geometry import Region, Size
from textual.screen import Screen

Piece = tuple[int, str]  # the column behind it, and the text with its styles


class Shown:
    """What the terminal shows: of each line the pieces written last, by their first column."""

    def __init__(self) -> None:
        self._lines: dict[int, dict[int, Piece]] = {}
        self._whole: tuple[LayoutUpdate, Console] | None = None
        self._size: Size | None = None
        self.is_cut = False  # the update written last went beyond its room: lines are left that are not as shown

    def forget(self, *_: object) -> None:
        """Know nothing any more: somebody else wrote to the terminal."""
        self._lines = {}
        self._whole = None

    def less(self, update: Any, size: Size, room: int | None = None) -> Any:
        """Return an update of Textual's that writes what differs; anything else as it is.

        Of pieces no further line is begun where `room` bytes are written.
        """
        self.is_cut = False
        if size != self._size:
            self.forget()
            self._size = size
        if isinstance(update, ChopsUpdate):
            return _Pieces(update, self, room)
        return _Whole(update, self) if isinstance(update, LayoutUpdate) else update

    def keep(self, update: LayoutUpdate, console: Console) -> None:
        """Remember a whole screen; its pieces are looked at when one is compared, not before the first painting."""
        self._lines = {}
        self._whole = (update, console)

    def line(self, y: int) -> dict[int, Piece]:
        """Return the pieces of a line, to read and to change."""
        if self._whole is not None:
            update, console = self._whole
            self._whole = None
            for row, strips in enumerate(update.strips, update.region.y):
                pieces: dict[int, Piece] = {}
                x = update.region.x
                for strip in strips:
                    pieces[x] = (x + strip.cell_length, strip.render(console))
                    x += strip.cell_length
                self._lines[row] = pieces
        return self._lines.setdefault(y, {})


def whole_in_pieces(screen: Screen[Any]) -> Any:
    """Return an update of all of a screen's lines, of which `Shown.less` leaves what differs."""
    compositor = screen._compositor
    # A region as large as the screen would be painted whole.
    compositor._dirty_regions = {Region(0, y, compositor.size.width, 1) for y in range(compositor.size.height)}
    return compositor.render_update(screen_stack=screen.app._background_screens)


class _Whole(CompositorUpdate):
    """A whole screen, which is written as it is."""

    def __init__(self, update: LayoutUpdate, shown: Shown) -> None:
        self._update = update
        self._shown = shown

    def render_segments(self, console: Console) -> str:
        """Return what is written, and remember it."""
        self._shown.keep(self._update, console)
        return self._update.render_segments(console)


class _Pieces(CompositorUpdate):
    """Pieces of lines, without those that stand there already."""

    def __init__(self, update: ChopsUpdate, shown: Shown, room: int | None = None) -> None:
        self._update = update
        self._shown = shown
        self._room = room

    def render_segments(self, console: Console) -> str:
        """Return what is written, and remember it."""
        written: list[str] = []
        changed = -1  # the last line with a difference
        size = 0
        for y, first, behind in self._update.spans:
            if self._room is not None and size > self._room and changed != y:
                self._shown.is_cut = True
                break
            pieces = self._shown.line(y)
            for end, (x, strip) in zip(self._update.chop_ends[y], self._update.chops[y].items(), strict=False):
                if strip is None or x > behind or end <= first:
                    continue
                cut = strip.crop(0, min(end, behind) - x)
                piece = (x + cut.cell_length, cut.render(console))
                if changed != y and pieces.get(x) == piece:
                    continue
                changed = y
                _put(pieces, x, piece)
                written += (Control.move_to(x, y).segment.text, piece[1])
                size += len(piece[1].encode("utf-8", "replace")) if self._room is not None else 0
        return "".join(written)


def _put(pieces: dict[int, Piece], x: int, piece: Piece) -> None:
    """Write a piece over those that share a column with it."""
    for other in [start for start, (end, _) in pieces.items() if start < piece[0] and end > x]:
        del pieces[other]
    pieces[x] = piece
