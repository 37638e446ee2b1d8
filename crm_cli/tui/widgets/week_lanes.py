"""Which rows of a day's column an entry takes, and which lane of it where several are on at the same time."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from crm_cli.tui.week_plan import Entry


class Block:
    """An entry in the rows from `top` to before `bottom`, in `lane` of as many `lanes` as its neighbours need."""

    __slots__ = ("bottom", "entry", "lane", "lanes", "top")

    def __init__(self, entry: Entry, top: int, bottom: int) -> None:
        self.entry = entry
        self.top = top
        self.bottom = bottom
        self.lane = 0
        self.lanes = 1


def laid_out(entries: Iterable[Entry], first: int, minutes: int, rows: int) -> list[Block]:
    """Return the entries that lie in so many rows of `minutes` from the place `first` on, in lanes side by side."""
    blocks = []
    for entry in entries:
        begin, end = entry.first or 0, entry.last or 0
        top = (begin - first) // minutes
        bottom = max(-(-(end - first) // minutes), top + 1)
        if bottom > 0 and top < rows:
            blocks.append(Block(entry, max(top, 0), min(bottom, rows)))
    blocks.sort(key=lambda block: (block.top, -block.bottom))
    together: list[Block] = []
    ends: list[int] = []  # the row behind the last block of each lane
    for block in blocks:
        if ends and block.top >= max(ends):
            _close(together, ends)
        block.lane = next((lane for lane, end in enumerate(ends) if end <= block.top), len(ends))
        ends[block.lane : block.lane + 1] = [block.bottom]
        together.append(block)
    _close(together, ends)
    return blocks


def _close(together: list[Block], ends: list[int]) -> None:
    """Tell the blocks that touch each other how many lanes they have, and begin anew."""
    for block in together:
        block.lanes = len(ends)
    together.clear()
    ends.clear()
