"""A list of any length that paints only what is seen: its lines are asked for by key, a screen at a time."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from crm_cli.domain.display import clean_line, folded, pad, shorten
from crm_cli.i18n import t
from crm_cli.tui import actions
from crm_cli.tui.text_guard import one_line

Key = Hashable

_SIGNS = 2
_GAP = "  "
_KEPT = 2_000  # lines remembered
_EMPTY_FROM = 2  # the line on which it is said that there is none


class Column:
    """A column: its English heading, its share of what is left, or a fixed `width`; hidden below `from_width`."""

    __slots__ = ("from_width", "heading", "right", "share", "width")

    def __init__(
        self, heading: str, *, share: int = 0, width: int = 0, from_width: int = 0, right: bool = False
    ) -> None:
        self.heading = heading
        self.share = share
        self.width = width
        self.from_width = from_width
        self.right = right


class Line:
    """What a list shows for one key: the cells of its columns; `alarm` for what is overdue (its cell says so too).

    `ref` is the id of the record, for those who read lines.
    """

    __slots__ = ("alarm", "cells", "ref")

    def __init__(self, cells: Sequence[str], *, alarm: bool = False, ref: str = "") -> None:
        self.cells = cells
        self.alarm = alarm
        self.ref = ref


class RecordList(ScrollView, can_focus=True):
    """A list whose cursor stays on its record, not on its row, when the data changes."""

    BINDINGS = actions.bindings(actions.LIST)
    COMPONENT_CLASSES = {"list--heading", "list--cursor", "list--mark", "list--alarm", "list--empty"}  # noqa: RUF012
    DEFAULT_CSS = """
    RecordList { height: 1fr; overflow-x: hidden; scrollbar-size-vertical: 1;
      & > .list--heading { color: $quiet; text-style: bold; }
      & > .list--cursor { background: $cursor; color: $cursor-text; text-style: bold; }
      & > .list--mark { color: $accent; }
      & > .list--alarm { color: $error; }
      & > .list--empty { color: $quiet; }
    }
    """

    cursor = reactive(0)

    class Moved(Message):
        """The cursor is on another record."""

        def __init__(self, list: RecordList) -> None:
            super().__init__()
            self.list = list

    def __init__(
        self,
        columns: Sequence[Column],
        load: Callable[[Sequence[Key]], Iterable[tuple[Key, Line]]],
        *,
        empty: str = "",
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.columns = columns
        self.load = load
        self.empty = empty
        self.keys: Sequence[Key] = ()
        self.total = 0
        self.marks: set[Key] = set()
        self._lines: dict[Key, Line] = {}
        self._styles: dict[str | None, Style] = {}

    @property
    def key(self) -> Key | None:
        """The key under the cursor."""
        return self.keys[self.cursor] if 0 <= self.cursor < len(self.keys) else None

    def chosen(self) -> list[Key]:
        """Return the marked keys in their order, or the one under the cursor."""
        if self.marks:
            return [key for key in self.keys if key in self.marks]
        return [] if self.key is None else [self.key]

    def show(self, keys: Sequence[Key], total: int | None = None) -> None:
        """Show these keys, the first of `total`; the cursor stays on its record, or near where that was."""
        kept = self.key
        self.keys = keys
        self.total = len(keys) if total is None else total
        self._lines.clear()
        if self.marks:
            self.marks &= set(keys)
        place = self.cursor
        if kept is not None and not (place < len(keys) and keys[place] == kept):
            try:
                place = keys.index(kept)
            except ValueError:
                pass
        self._take_length()
        self.set_reactive(RecordList.cursor, max(min(place, len(keys) - 1), 0))
        self._into_view()
        self.refresh()
        self.post_message(self.Moved(self))

    def toggle_mark(self) -> None:
        """Mark or unmark the record under the cursor and go one down."""
        if self.key is not None:
            self.marks ^= {self.key}
            self._repaint(self.cursor)
            self.cursor = min(self.cursor + 1, len(self.keys) - 1)

    def mark_all(self) -> None:
        """Mark all records, or none if all are."""
        self.marks = set() if len(self.marks) == len(self.keys) else set(self.keys)
        self.refresh()

    def on_resize(self) -> None:
        self._take_length()
        self._into_view()
        self.refresh()

    def watch_cursor(self, old: int, new: int) -> None:
        if old == new:
            return
        if not self._into_view():
            self._repaint(old)
            self._repaint(new)
        self.post_message(self.Moved(self))

    def action_act(self, action_id: str) -> None:
        """Move the cursor."""
        last, page = len(self.keys) - 1, max(self.size.height - 2, 1)
        place = {
            "move.down": self.cursor + 1,
            "move.up": self.cursor - 1,
            "move.page_down": self.cursor + page,
            "move.page_up": self.cursor - page,
            "move.first": 0,
            "move.last": last,
        }.get(action_id)
        if place is not None:
            self.cursor = max(min(place, last), 0)

    def on_click(self, event: events.Click) -> None:
        index = self.scroll_offset.y + event.y - 1
        if event.y > 0 and index < len(self.keys):
            self.cursor = index

    def _take_length(self) -> None:
        length = Size(self.size.width, self.total + 1)
        if self.styles.auto_dimensions:
            self.virtual_size = length
        else:
            # However many lines there are, the list keeps its place: only its scroll bar has to know.
            self.set_reactive(RecordList.virtual_size, length)
            self._scroll_update(length)

    def _into_view(self) -> bool:
        """Scroll so that the cursor is seen; tell whether that moved anything."""
        room = max(self.size.height - 1, 1)
        top = self.scroll_offset.y
        if self.cursor < top:
            wanted = self.cursor
        elif self.cursor >= top + room:
            wanted = self.cursor - room + 1
        else:
            return False
        self.scroll_to(y=wanted, animate=False, force=True, immediate=True)
        return True

    def _repaint(self, index: int) -> None:
        self.refresh(Region(0, index - self.scroll_offset.y + 1, self.size.width, 1))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint rows; the styles are worked out once for all of them."""
        self._styles.clear()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Paint one row: the headings, a record, or nothing."""
        width = self.scrollable_content_region.width  # without the scroll bar
        if y == 0:
            cells = [t(column.heading) for column in self.columns]
            return self._strip("  " + self._laid_out(cells, width - _SIGNS), width, "list--heading")
        index = self.scroll_offset.y + y - 1
        if not self.keys and y >= _EMPTY_FROM:
            return self._strip("  " + self._said_instead(y - _EMPTY_FROM, width - _SIGNS), width, "list--empty")
        if index >= len(self.keys):
            return self._strip("", width, None)
        key = self.keys[index]
        line = self._line(index)
        signs = (">" if index == self.cursor else " ") + ("*" if key in self.marks else " ")
        style = "list--mark" if key in self.marks else "list--alarm" if line.alarm else None
        text = signs + self._laid_out(line.cells, width - _SIGNS)
        return self._strip(text, width, "list--cursor" if index == self.cursor else style)

    def _said_instead(self, row: int, width: int) -> str:
        """Return a row of what to do where there is nothing; the last one there is room for has all the rest."""
        lines = folded(clean_line(t(self.empty)), max(width, 1))
        last = max(self.size.height - _EMPTY_FROM - 1, 0)
        return " ".join(lines[last:]) if row == last else "".join(lines[row : row + 1])

    def _strip(self, text: str, width: int, component: str | None) -> Strip:
        style = self._styles.get(component)
        if style is None:
            style = self.rich_style
            if component is not None:
                style += self.get_component_rich_style(component, partial=True)
            self._styles[component] = style
        return Strip([Segment(pad(shorten(text, width), width), style)], width)

    def _laid_out(self, cells: Sequence[str], width: int) -> str:
        parts = []
        for column, cell, room in zip(self.columns, cells, self._widths(width), strict=True):
            if room:
                shown = shorten(one_line(cell), room)
                parts.append(pad(shown, room, right=column.right))
        return _GAP.join(parts)

    def _widths(self, width: int) -> list[int]:
        """Return the cells of each column; 0 hides it."""
        shown = [column for column in self.columns if width + _SIGNS >= column.from_width]
        free = width - len(_GAP) * (len(shown) - 1) - sum(column.width for column in shown)
        shares = sum(column.share for column in shown) or 1
        return [
            0 if column not in shown else column.width or max(free * column.share // shares, 4)
            for column in self.columns
        ]

    def _line(self, index: int) -> Line:
        """Return a line, read together with its neighbours where it is not known yet."""
        key = self.keys[index]
        line = self._lines.get(key)
        if line is None:
            if len(self._lines) > _KEPT:
                self._lines.clear()
            top = max(self.scroll_offset.y - 2, 0)
            block = self.keys[top : top + self.size.height + 4]
            self._lines.update(self.load(block if key in block else [key]))
            line = self._lines.get(key)
        # A record that went away meanwhile leaves an empty line until the list is read again.
        return line if line is not None else Line([""] * len(self.columns))
