"""Reports: a list of them, the plot of the chosen one, and on a key the table behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from crm_cli import wording
from crm_cli.errors import CrmError, UsageError
from crm_cli.i18n import t
from crm_cli.services import export_files, reports
from crm_cli.tui import actions, report_view
from crm_cli.tui.dialogs.line_prompt import LinePrompt
from crm_cli.tui.report_view import REPORTS, Report
from crm_cli.tui.screens.page import Page
from crm_cli.tui.text_guard import content
from crm_cli.tui.widgets.record_list import Column, Key, Line, RecordList

if TYPE_CHECKING:
    from crm_cli.domain.who import Match
    from crm_cli.services.reports import Scope

_COLUMNS = (Column("Report", width=22), Column("Figures", share=1))


class ReportsScreen(Page):
    """Figures of sales and of the work done, as `crm report` gives them."""

    place = tab = "reports"
    BINDINGS = actions.bindings("reports")
    DEFAULT_CSS = """
    ReportsScreen { #reports { width: 50; } #figures { width: 1fr; } #about { height: 1; text-style: bold; }
      #legend { height: 1; }
      #plot, #table { height: 1fr; width: 1fr; } #none { height: auto; padding: 1; } }
    """

    def __init__(self) -> None:
        super().__init__()
        self._periods: dict[str, tuple[date, date]] = {}
        self._query = ""
        self._rows: dict[str, Sequence[Any]] = {}
        self._refused: dict[str, str] = {}
        self._lines: list[Line] = []
        self._is_table = False
        self._is_empty = False
        self._legend = ""

    def parts(self) -> ComposeResult:
        with Horizontal(id="panes"):
            yield RecordList(_COLUMNS, self._load, id="reports")
            with Vertical(id="figures"):
                yield Static("", id="about", markup=False)
                yield Static("", id="legend", markup=False)
                yield Static("", id="none", markup=False)
                yield from self._plots()
                yield RecordList((), self._load_table, empty="There are no figures yet.", id="table")

    def _plots(self) -> ComposeResult:
        # plotext is loaded with the first plot.
        from crm_cli.tui.widgets.bar_plot import BarPlot

        plot = BarPlot(id="plot")
        plot.can_focus = False
        yield plot

    def on_mount(self) -> None:
        self.reports.focus()
        self._lay_out()

    @property
    def reports(self) -> RecordList:
        """The list of the reports."""
        return self.query_one("#reports", RecordList)

    @property
    def table(self) -> RecordList:
        """The table behind the plot."""
        return self.query_one("#table", RecordList)

    @property
    def report(self) -> Report:
        """The chosen report."""
        key = self.reports.key
        return next((report for report in REPORTS if report.name == key), REPORTS[0])

    def reload(self) -> None:
        """Read the figures again."""
        self._rows, self._refused = {}, {}
        for report in REPORTS:
            try:
                self._rows[report.name] = report.figures(self._scope(report))
            except CrmError as error:
                # A query of one kind of record may mean nothing for another.
                self._refused[report.name] = self.crm.said(error)
        self.reports.show([report.name for report in REPORTS])
        self.say(self._query or wording.day(self.session.ctx.today(), self.session.ctx.today()))
        self._show()

    def _scope(self, report: Report) -> Scope:
        ctx = self.session.ctx
        if report.name in self._periods:
            first, last = self._periods[report.name]
        else:
            first = last = ctx.today()
            if report.period:
                known = reports.scope_of(self.session.store, period=report.period, now=ctx.now(), localize=ctx.localize)
                first, last = known.first, known.last
        return reports.Scope(
            self.session.store, now=ctx.now(), localize=ctx.localize, first=first, last=last, query=self._query,
            currency=ctx.config.currency, stages=ctx.config.deal_stages,
        )  # fmt: skip

    def _load(self, keys: Sequence[Key]) -> Iterable[tuple[Key, Line]]:
        currency = self.session.ctx.config.currency
        for report in REPORTS:
            if report.name in keys:
                rows = self._rows.get(report.name, ())
                yield report.name, Line((t(report.title), report.headline(rows, currency) if rows else "–"))

    def _load_table(self, keys: Sequence[Key]) -> Iterable[tuple[Key, Line]]:
        return [(key, self._lines[key]) for key in keys if isinstance(key, int) and key < len(self._lines)]

    def on_record_list_moved(self, event: RecordList.Moved) -> None:
        """Show the report under the cursor."""
        if event.list is self.reports:
            self._show()

    def _show(self) -> None:
        from crm_cli.tui.widgets.bar_plot import BarPlot

        report = self.report
        rows = self._rows.get(report.name, ())
        about = t(report.title)
        if report.period:
            scope, today = self._scope(report), self.session.ctx.today()
            about += f" · {wording.day(scope.first, today)} – {wording.day(scope.last, today)}"
        plot = report.draw(rows, self.session.ctx.config.currency)
        self._is_empty, self._legend = plot.empty, plot.legend
        none = self._refused.get(report.name) or t(report.empty)
        self.query_one("#none", Static).update(content(none))
        self.query_one("#about", Static).update(content(f" {about}"))
        self.query_one("#legend", Static).update(content(f" {plot.legend}"))
        if not plot.empty:
            self.query_one("#plot", BarPlot).show(plot)
        self._lines = report_view.lines_of(rows, self.session.page)
        self.table.columns = report_view.columns_of(rows, self._lines)
        self.table.show(range(len(self._lines)))
        self._place()

    def _place(self) -> None:
        self.query_one("#plot").display = not self._is_table and not self._is_empty
        self.query_one("#legend").display = self.query_one("#plot").display and bool(self._legend)
        self.query_one("#none").display = not self._is_table and self._is_empty
        self.table.display = self._is_table

    def _lay_out(self) -> None:
        self._place()
        (self.table if self._is_table else self.reports).focus()

    def put_in_lines(self, text: str) -> None:
        """Show the table of a report: its name, then a query."""
        names = [report.name for report in REPORTS]
        name, _, query = text.partition(" ")
        if name and name not in names:
            known = ", ".join(names)
            raise UsageError("There is no report “{name}”.", name=name, hint="There are: {known}.", known=known)
        self._is_table = True
        if query:
            self._query = query
            self.reload()
        self.reports.cursor = names.index(name) if name else self.reports.cursor
        self._show()
        if query and name in self._refused:
            self.report.figures(self._scope(self.report))

    def take_period(self, text: str) -> None:
        """Show another period, in words, of the chosen report; raises UsageError."""
        ctx = self.session.ctx
        scope = reports.scope_of(self.session.store, period=text, now=ctx.now(), localize=ctx.localize)
        self._periods[self.report.name] = scope.first, scope.last
        self.reload()

    def do_report_table(self) -> None:
        """Show the table behind the plot, or the plot again."""
        self._is_table = not self._is_table
        self._lay_out()

    def do_record_open(self) -> None:
        """Show the table; in it open what a line is about."""
        if not self._is_table:
            self.do_report_table()
            return
        rows, key = self._rows.get(self.report.name, ()), self.table.key
        row = rows[key] if isinstance(key, int) and key < len(rows) else None
        if row is not None and getattr(row, "id", None):
            self.crm.open_record(self.session.by_id(row.id, "company"), None)
        elif self.report.name in ("pipeline", "forecast"):
            self.crm.act("go.pipeline")

    def selected(self) -> Match | None:
        """Figures are about no single record."""
        return None

    def do_report_earlier(self) -> None:
        """Show the period before."""
        self._shift(-1)

    def do_report_later(self) -> None:
        """Show the period behind."""
        self._shift(1)

    def _shift(self, by: int) -> None:
        report = self.report
        if not report.period:
            self.crm.tell(t("This report is about what is open now."))
            return
        scope = self._scope(report)
        try:
            self._periods[report.name] = _beside(scope.first, scope.last, by)
        except (OverflowError, ValueError):
            return
        self.reload()

    def do_report_period(self) -> None:
        """Ask for a period in words."""
        report = self.report
        if not report.period:
            self.crm.tell(t("This report is about what is open now."))
            return

        def put(typed: str | None) -> None:
            if typed:
                try:
                    self.take_period(typed)
                except CrmError as error:
                    self.crm.tell_error(error)

        hint = t("2025 · q4 · last month · november · 12 weeks · 1.1. to 31.3.")
        self.app.push_screen(LinePrompt(t("Period of {title}", title=t(report.title)), hint=hint), put)

    def do_report_filter(self) -> None:
        """Ask for a query; figures are of what it finds."""

        def put(typed: str | None) -> None:
            if typed:
                self._query = typed
                self.reload()

        hint = t("owner:me · company:acme · tag:fair; Esc on the screen shows all again")
        self.app.push_screen(LinePrompt(t("Filter"), value=self._query, hint=hint), put)

    def do_report_export(self) -> None:
        """Ask for a file and write the table into it as CSV."""
        report, rows = self.report, self._rows.get(self.report.name, ())

        def put(path: str | None) -> None:
            if path:
                import os

                target = os.path.expanduser(path)
                if os.path.exists(target):
                    self.crm.tell(t("{path} is there already; choose another name.", path=path))
                    return
                try:
                    export_files.write_file(target, (line.encode() for line in report_view.csv_of(rows)))
                except (CrmError, OSError) as error:
                    self.crm.tell(self.crm.said(error) if isinstance(error, CrmError) else str(error))
                    return
                self.crm.tell(t("Written: {path}", path=path))

        self.app.push_screen(
            LinePrompt(t("Export"), value=f"{report.name}.csv", hint=t("A file for the table, as CSV.")), put
        )

    def do_screen_back(self) -> None:
        """From the table back to the plot."""
        if self._is_table:
            self.do_report_table()
        elif self._query:
            self._query = ""
            self.reload()


def _beside(first: date, last: date, by: int) -> tuple[date, date]:
    """Return the period before or behind one: whole months for whole months, else as many days."""
    if first.day == 1 and (last + timedelta(days=1)).day == 1:
        count = (last.year - first.year) * 12 + last.month - first.month + 1
        number = first.year * 12 + first.month - 1 + by * count
        begin = date(number // 12, number % 12 + 1, 1)
        after = number + count
        return begin, date(after // 12, after % 12 + 1, 1) - timedelta(days=1)
    days = (last - first).days + 1
    return first + timedelta(days=by * days), last + timedelta(days=by * days)
