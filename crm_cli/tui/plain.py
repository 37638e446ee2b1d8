"""`crm tui --plain`: what a screen shows, as lines a screen reader reads well and a script can keep.

The screens themselves are opened without a terminal and asked what they show, so the lines are never another opinion.
No line has borders, columns or a cursor; what can be done stands below, as commands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from textual.widgets import Static

from crm_cli import wording
from crm_cli.i18n import t
from crm_cli.services import resolve
from crm_cli.tui import actions, crash
from crm_cli.tui.app import CrmApp
from crm_cli.tui.text_guard import one_line
from crm_cli.tui.widgets.chrome import TabLine
from crm_cli.tui.widgets.record_list import Line, RecordList

if TYPE_CHECKING:
    from textual.pilot import Pilot
    from textual.widget import Widget

    from crm_cli.context import AppContext
    from crm_cli.tui.screens.page import Page

# Wide enough for every column, too narrow for what is painted as a grid: a list says the same in lines.
_SIZE = (90, 50)
_BLOCK = 500  # records read together
# What shows the record under the cursor, which lines do not have.
_ABOUT_THE_CURSOR = ("look", "pair", "detail", "deal", "filter-row")
_NOTHING = ("", "–")


def run(ctx: AppContext, *, screen: str, words: Sequence[str] = (), limit: int | None = None) -> list[str]:
    """Return the lines of a screen; `words` are a query of a list, the name of a report, or an `account`'s reference.

    Raises what the query or the reference raises.
    """
    match = None
    if screen == "account":
        match = resolve.one(ctx.store, " ".join(words), region=ctx.config.region)
    app = CrmApp(ctx, start="today" if match is not None else screen, read_only=True)
    lines: list[str] = []

    async def look(pilot: Pilot[object]) -> None:
        if match is not None:
            app.open_record(match, None)
        await _settled(pilot)
        page = app.page
        assert page is not None
        page.put_in_lines("" if match is not None else " ".join(words))
        await _settled(pilot)
        lines.extend(_lines(page, limit))
        app.exit()

    with crash.reported(ctx, f"{screen} as lines"):
        app.run(headless=True, size=_SIZE, auto_pilot=look)
        if app._exception is not None:
            raise app._exception
    return lines


async def _settled(pilot: Pilot[object]) -> None:
    """Wait until what the screen looks for in threads is there, what is typed into a filter included."""
    await pilot.pause(0.1)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def _lines(page: Page, limit: int | None) -> Iterator[str]:
    said = page.query_one(TabLine).said
    label = actions.ACTIONS.get(f"go.{page.place}")
    yield ": ".join(part for part in (t(label.label) if label is not None else "", said) if part)
    for widget in _shown(page.query_one("#body")):
        if isinstance(widget, RecordList):
            yield from _list_lines(page, widget, limit)
        elif hasattr(widget, "plain_lines"):
            found = list(widget.plain_lines())
            short = page.session.page.short_ids([line.ref for line in found if isinstance(line, Line)])
            yield from (_line([], line, short) if isinstance(line, Line) else line for line in found)
        elif isinstance(widget, Static):
            text = str(widget.content)
            yield from (one_line(line).strip() for line in text.split("\n") if line.strip())
    yield from ("", t("What can be done here:"))
    for action in actions.at(page.place):
        if action.command and actions.EVERYWHERE not in action.places:
            yield f"{t(action.help)}: {action.command}"
    yield t("Everything else: {command}", command="crm --help")


def _shown(widget: Widget) -> Iterator[Widget]:
    """Yield a widget's children and theirs, in the order of the screen, without what is hidden."""
    for child in widget.children:
        if child.display and child.id not in _ABOUT_THE_CURSOR:
            yield child
            yield from _shown(child)


def _list_lines(page: Page, records: RecordList, limit: int | None) -> Iterator[str]:
    """Yield a line for each record: its first cell, then every other with its heading, then its id."""
    headings = [t(column.heading) for column in records.columns]
    keys = records.keys if limit is None else records.keys[:limit]
    above = ""
    if not records.keys:
        yield t(records.empty)
    for start in range(0, len(keys), _BLOCK):
        found = [line for _, line in records.load(keys[start : start + _BLOCK])]
        short = page.session.page.short_ids([line.ref for line in found if line.ref])
        for line in found:
            above = line.cells[0] or above
            yield _line(headings, line, short, first=above)
    if len(keys) < len(records.keys):
        yield t("{count} more", count=wording.number(len(records.keys) - len(keys)))


def _line(headings: Sequence[str], line: Line, short: Mapping[str, str], *, first: str | None = None) -> str:
    """Return one record; `first` stands in for an empty first cell, which on the screen is the one above."""
    cells = [one_line(cell).strip() for cell in line.cells]
    cells[0] = one_line(first or cells[0]).strip().removeprefix("! ")
    if line.alarm:
        cells[0] = f"{t('overdue')}, {cells[0]}"
    heads = ["", *headings[1:]] if headings else [""] * len(cells)
    parts = [
        f"{head}: {cell}" if head else cell for head, cell in zip(heads, cells, strict=True) if cell not in _NOTHING
    ]
    return "; ".join([*parts, short.get(line.ref, line.ref)] if line.ref else parts)
