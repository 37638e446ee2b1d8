"""`crm … --plain`: what a screen shows, as lines a screen reader reads well and a script can keep.

The screens themselves are opened without a terminal and asked what they show, so the lines are never another opinion.
No line has borders, columns or a cursor; what can be done stands below, as commands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from textual.widgets import Static

from crm_cli import wording
from crm_cli.errors import UsageError
from crm_cli.i18n import t
from crm_cli.output_lines import joined, without_columns
from crm_cli.services import resolve
from crm_cli.tui import actions, crash
from crm_cli.tui.app import CrmApp
from crm_cli.tui.dialogs.import_review import ImportReview
from crm_cli.tui.dialogs.key_help import KeyHelp
from crm_cli.tui.dialogs.palette import Palette
from crm_cli.tui.screens.reports import ReportsScreen
from crm_cli.tui.text_guard import one_line
from crm_cli.tui.widgets.chrome import TabLine
from crm_cli.tui.widgets.record_list import Line, RecordList

if TYPE_CHECKING:
    from textual.pilot import Pilot
    from textual.screen import Screen
    from textual.widget import Widget

    from crm_cli.context import AppContext
    from crm_cli.tui.screens.page import Page
    from crm_cli.tui.session import Session

# Wide enough for every column, too narrow for what is painted as a grid: a list says the same in lines.
_SIZE = (90, 50)
_BLOCK = 500  # records read together
# What shows the record under the cursor, which lines do not have.
_ABOUT_THE_CURSOR = ("look", "pair", "detail", "deal", "filter-row", "line", "keys", "why", "shell")
_NOTHING = "–"
_KNOWN = "There are: {known}."


def run(ctx: AppContext, *, screen: str, words: Sequence[str] = (), period: str | None = None) -> list[str]:
    """Return the lines of a screen, at most `--limit` records of each list.

    `words` say what of it: a query of a list, days of the week, the name and query of a report (then also its
    `period`), a kind of `duplicates`, an `account`'s reference, the screen whose `keys` are asked for, what to `search`
    for, the file to `import`. Raises what the query or the reference raises.
    """
    ctx.writes = False
    # The limit is one of records, not of lines.
    limit, ctx.options.limit = ctx.options.limit, None
    text = " ".join(words)
    match = None
    if screen == "account":
        match = resolve.record(ctx.store, text, region=ctx.config.region)
    app = CrmApp(ctx, start=screen if screen in CrmApp.MODES else "today", read_only=True)
    lines: list[str] = []

    async def look(pilot: Pilot[object]) -> None:
        if match is not None:
            app.open_record(match, None)
        elif screen in _DIALOGS:
            app.push_screen(_DIALOGS[screen](app, text))
        await _settled(pilot)
        page = app.page
        assert page is not None
        if match is None and screen not in _DIALOGS:
            page.put_in_lines(text)
            if period is not None and isinstance(page, ReportsScreen):
                page.take_period(period)
            await _settled(pilot)
        lines.extend(_lines(page, limit) if app.screen is page else _dialog_lines(app, limit))
        app.exit()

    with crash.reported(ctx, f"{screen} as lines"):
        app.run(headless=True, size=_SIZE, auto_pilot=look)
        if app._exception is not None:
            raise app._exception
    return lines


def _keys(app: CrmApp, place: str) -> Screen[Any]:
    known = actions.places()
    if place and place not in known:
        raise UsageError("There is no screen “{name}”.", name=place, hint=_KNOWN, known=", ".join(known))
    return KeyHelp(place or "today", app.key_table)


def _search(app: CrmApp, text: str) -> Screen[Any]:
    return Palette(app.session, "today", app.key_table, text)


def _import(app: CrmApp, path: str) -> Screen[Any]:
    if not path:
        raise UsageError("A file is missing.", hint="crm tui import FILE --plain")
    return ImportReview(app.session, path)


# What lies over a screen, by the word it is asked for with.
_DIALOGS: Mapping[str, Callable[[CrmApp, str], Screen[Any]]] = {"keys": _keys, "search": _search, "import": _import}


async def _settled(pilot: Pilot[object]) -> None:
    """Wait until what the screen looks for in threads is there, what is typed into a filter included."""
    await pilot.pause(0.1)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def _lines(page: Page, limit: int | None) -> Iterator[str]:
    said = page.query_one(TabLine).said
    label = actions.ACTIONS.get(f"go.{page.place}")
    yield ": ".join(part for part in (t(label.label) if label is not None else "", said) if part)
    yield from _body(page.query_one("#body"), page.session, limit)
    yield from ("", t("What can be done here:"))
    for action in actions.at(page.place):
        command = action.command_at(page.place)
        if command and actions.EVERYWHERE not in action.places:
            yield f"{t(action.help)}: {command}"
    yield t("Everything else: {command}", command="crm --help")


def _dialog_lines(app: CrmApp, limit: int | None) -> Iterator[str]:
    box = app.screen.query_one("#box")
    yield one_line(str(box.border_title or ""))
    if isinstance(app.screen, KeyHelp):
        yield from app.screen.plain_lines()
        return
    if isinstance(app.screen, ImportReview) and app.screen.refusal is not None:
        raise app.screen.refusal
    yield from _body(box, app.session, limit)
    if isinstance(app.screen, ImportReview):
        yield from map(one_line, app.screen.evidence())
        action = actions.ACTIONS["file.import"]
        yield from ("", t("What can be done here:"), f"{t(action.help)}: {app.screen.command}")


def _body(inside: Widget, session: Session, limit: int | None) -> Iterator[str]:
    """Yield what the widgets show, in the order of the screen."""
    for widget in _shown(inside):
        if isinstance(widget, RecordList):
            yield from _list_lines(session, widget, limit)
        elif hasattr(widget, "plain_lines"):
            found = list(widget.plain_lines())
            short = session.page.short_ids([line.ref for line in found if isinstance(line, Line)])
            yield from (_line([], line, short) if isinstance(line, Line) else line for line in found)
        elif isinstance(widget, Static):
            text = str(widget.content)
            yield from (without_columns(one_line(line)) for line in text.split("\n") if line.strip())


def _shown(widget: Widget) -> Iterator[Widget]:
    """Yield a widget's children and theirs, in the order of the screen, without what is hidden."""
    for child in widget.children:
        if child.display and child.id not in _ABOUT_THE_CURSOR:
            yield child
            yield from _shown(child)


def _list_lines(session: Session, records: RecordList, limit: int | None) -> Iterator[str]:
    """Yield a line for each record: its first cell, then every other with its heading, then its id."""
    headings = [t(column.heading) for column in records.columns]
    keys = records.keys if limit is None else records.keys[:limit]
    above = ""
    if not records.keys:
        # What comes after the first sentence is keys, which lines have none of.
        sentence, stop, _ = t(records.empty).partition(".")
        yield sentence + stop
    for start in range(0, len(keys), _BLOCK):
        found = [line for _, line in records.load(keys[start : start + _BLOCK])]
        short = session.page.short_ids([line.ref for line in found if line.ref])
        for line in found:
            above = line.cells[0] or above
            yield _line(headings, line, short, first=above)
    if len(keys) < len(records.keys):
        yield t("{count} more", count=wording.number(len(records.keys) - len(keys)))


def _line(headings: Sequence[str], line: Line, short: Mapping[str, str], *, first: str | None = None) -> str:
    """Return one record; `first` stands in for an empty first cell, which on the screen is the one above."""
    cells = [
        without_columns(one_line(cell).strip().removeprefix("! ")) for cell in (first or line.cells[0], *line.cells[1:])
    ]
    if line.alarm:
        cells[0] = f"{t('overdue')}, {cells[0]}"
    heads = ["", *headings[1:]] if headings else [""] * len(cells)
    said = ["" if cell == _NOTHING else cell for cell in cells]
    return joined(heads, said, short.get(line.ref, line.ref) if line.ref else "")
