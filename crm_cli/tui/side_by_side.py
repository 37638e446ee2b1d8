"""Records beside each other, a field a line, so that it is seen what they share before they become one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from textual.content import Content

from crm_cli.domain.display import pad, shorten
from crm_cli.i18n import t
from crm_cli.tui.text_guard import content, one_line

if TYPE_CHECKING:
    from crm_cli.tui.session import Session

MOST = 4  # columns; further records are counted
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
_DAYS = ("last_contact_at", "birthday")
_LABEL = 14
_NARROWEST = 8


def rows(session: Session, records: Sequence[Any]) -> Iterator[tuple[str, list[str]]]:
    """Yield (label, a cell for each record) of the fields at least one of them has."""
    for name, label in _FIELDS:
        kind = "when" if name in _DAYS else "text"
        cells = [session.page.cell(getattr(record, name, None), kind) for record in records]
        if any(cells):
            yield t(label), cells


def lines(session: Session, records: Sequence[Any], kept: int, width: int) -> list[Content]:
    """Return the comparison painted in `width` cells: the record at `kept` in bold, `=` where all say the same."""
    shown = records[:MOST]
    room = max((width - _LABEL) // len(shown) - 2, _NARROWEST)
    heads = [t("kept") if at == kept else t("goes into it") for at in range(len(shown))]
    painted = [_row("", heads, room, kept)]
    for label, cells in rows(session, shown):
        painted.append(_row(label, cells, room, kept, sign="=" if len(set(cells)) == 1 else " "))
    if len(records) > len(shown):
        painted.append(content(t("{count} more", count=len(records) - len(shown))))
    return painted


def _row(label: str, cells: Sequence[str], room: int, kept: int, *, sign: str = " ") -> Content:
    parts = [content(pad(shorten(one_line(label), _LABEL - 2), _LABEL - 2) + sign + " ", "$text-muted")]
    for at, cell in enumerate(cells):
        text = pad(shorten(one_line(cell), room), room) + "  "
        parts.append(content(text, "bold" if at == kept else ""))
    return Content("").join(parts)
