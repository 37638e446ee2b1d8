"""Records that are the same person or firm, side by side, before they become one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from crm_cli.domain.display import pad, shorten
from crm_cli.domain.who import Match
from crm_cli.i18n import t
from crm_cli.tui.text_guard import content, one_line

if TYPE_CHECKING:
    from crm_cli.tui.session import Session

_FIELDS = (
    ("name", "Name"),
    ("company", "Company"),
    ("title", "Position"),
    ("emails", "E-mail"),
    ("phones", "Phone"),
    ("addresses", "Address"),
    ("birthday", "Birthday"),
    ("tags", "Tags"),
    ("owner", "Owner"),
    ("last_contact_at", "Last contact"),
    ("notes", "Notes"),
)
_LABEL = 14
_MOST = 4  # columns side by side; more are merged too, and said so


class MergeReview(ModalScreen[Match | None]):
    """Compare records and choose which one is kept; its value is that one, None where the user left."""

    BINDINGS = [  # noqa: RUF012 - Textual's form
        Binding("left,h", "keep(-1)", show=False),
        Binding("right,l", "keep(1)", show=False),
        Binding("M", "merge", show=False),
        Binding("escape,q,b", "leave", show=False),
    ]
    DEFAULT_CSS = """
    MergeReview { align: center middle; background: $background 60%;
      #box { width: 96%; height: auto; max-height: 90%; border: solid $primary; padding: 0 1; background: $surface; }
    }
    """

    def __init__(self, session: Session, matches: Sequence[Match]) -> None:
        super().__init__()
        self._session = session
        self._matches = matches
        self._records = [session.card(match).record for match in matches]
        self._kept = 0

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="box") as box:
            box.border_title = content(t("One of {count}", count=len(self._matches)))
            yield Static("", id="table", markup=False)

    def on_mount(self) -> None:
        self.query_one("#box").focus()
        self.call_after_refresh(self._draw)

    def on_resize(self) -> None:
        self._draw()

    def action_keep(self, by: int) -> None:
        self._kept = max(min(self._kept + by, min(len(self._matches), _MOST) - 1), 0)
        self._draw()

    def action_merge(self) -> None:
        self.dismiss(self._matches[self._kept])

    def action_leave(self) -> None:
        self.dismiss(None)

    def _draw(self) -> None:
        shown = self._records[:_MOST]
        room = max((self.app.size.width * 96 // 100 - 6 - _LABEL) // len(shown) - 2, 8)
        heads = [t("kept") if at == self._kept else t("goes into it") for at in range(len(shown))]
        lines = [self._row("", heads, room)]
        for name, label in _FIELDS:
            cells = [self._cell(getattr(record, name, None), name) for record in shown]
            if any(cells):
                same = len(set(cells)) == 1
                lines.append(self._row(t(label), cells, room, sign="=" if same else " "))
        hidden = len(self._records) - len(shown)
        if hidden:
            lines.append(content(t("{count} more", count=hidden)))
        said = t("Nothing is lost: values that differ are kept in the notes; entries, tasks and deals move along.")
        lines += [Content(""), content(said, "$text-muted"), content(t("← → keep which  M merge  Esc leave"))]
        self.query_one("#table", Static).update(Content("\n").join(lines))

    def _row(self, label: str, cells: Sequence[str], room: int, *, sign: str = " ") -> Content:
        parts = [content(pad(shorten(one_line(label), _LABEL - 2), _LABEL - 2) + sign + " ", "$text-muted")]
        for at, cell in enumerate(cells):
            text = pad(shorten(one_line(cell), room), room) + "  "
            parts.append(content(text, "bold" if at == self._kept else ""))
        return Content("").join(parts)

    def _cell(self, value: Any, name: str) -> str:
        return self._session.page.cell(value, "when" if name in ("last_contact_at", "birthday") else "text")
