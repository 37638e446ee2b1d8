"""Records that are the same person or firm, side by side, before they become one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from crm_cli.domain.who import Match
from crm_cli.i18n import t
from crm_cli.tui import side_by_side
from crm_cli.tui.dialogs.dialog import Dialog
from crm_cli.tui.text_guard import content
from crm_cli.tui.widgets.scroll_box import ScrollBox

if TYPE_CHECKING:
    from crm_cli.tui.session import Session


class MergeReview(Dialog[Match | None]):
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
        with ScrollBox(id="box") as box:
            box.border_title = content(t("One of {count}", count=len(self._matches)))
            yield Static("", id="table", markup=False)

    def on_mount(self) -> None:
        self.query_one("#box").focus()
        self.call_after_refresh(self._draw)

    def on_resize(self, _: events.Resize) -> None:
        self._draw()

    def action_keep(self, by: int) -> None:
        self._kept = max(min(self._kept + by, min(len(self._matches), side_by_side.MOST) - 1), 0)
        self._draw()

    def action_merge(self) -> None:
        self.dismiss(self._matches[self._kept])

    def action_leave(self) -> None:
        self.dismiss(None)

    def _draw(self) -> None:
        lines = side_by_side.lines(self._session, self._records, self._kept, self.app.size.width * 96 // 100 - 6)
        said = t("Nothing is lost: values that differ are kept in the notes; entries, tasks and deals move along.")
        lines += [Content(""), content(said, "$text-muted"), content(t("← → keep which  M merge  Esc leave"))]
        self.query_one("#table", Static).update(Content("\n").join(lines))
