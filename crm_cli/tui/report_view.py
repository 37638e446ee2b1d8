"""The reports of the interface: for each the figures `crm report` gives, as a plot and as the table behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from crm_cli import wording
from crm_cli.domain.display import cell_width, shorten
from crm_cli.fields import fields_of
from crm_cli.i18n import t
from crm_cli.output_cells import data_cell
from crm_cli.output_csv import delimited
from crm_cli.output_json import plain
from crm_cli.services import reports
from crm_cli.tui.text_guard import one_line
from crm_cli.tui.widgets.record_list import Column, Line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crm_cli.services.reports import Scope
    from crm_cli.tui.session import CardPage

_MOST_BARS = 15
_YEAR = 12  # months
_LABEL = 18  # cells
_SHORT = 12  # cells of a text that is never shortened


class Plot:
    """What a plot shows: bars of one or several series over labels. `series` are (name, sign, values).

    `unit` stands at the values: `k EUR`, `%`. `lying` bars grow to the right, the first at the top; `stacked` ones
    stand on each other.
    """

    __slots__ = ("labels", "lying", "series", "stacked", "unit")

    def __init__(
        self,
        labels: Sequence[str],
        series: Sequence[tuple[str, str, Sequence[float]]],
        *,
        unit: str = "",
        lying: bool = False,
        stacked: bool = False,
    ) -> None:
        self.stacked = stacked
        self.labels = [shorten(one_line(label), _LABEL) for label in labels]
        self.series = series
        self.unit = unit
        self.lying = lying

    @property
    def legend(self) -> str:
        """What the signs of several series mean; inside the plot it would cover bars."""
        named = [f"{sign} {name}" for name, sign, _ in self.series]
        return "   ".join(named) if len(named) > 1 else ""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(any(values) for _, _, values in self.series)


class Report:
    """One report: its name after `crm report`, its English title, its usual period if it has one.

    `figures` gives its lines, `draw` the plot of them and `headline` the gist; `empty` says what fills it.
    """

    __slots__ = ("draw", "empty", "figures", "headline", "name", "period", "title")

    def __init__(
        self,
        name: str,
        title: str,
        figures: Callable[[Scope], Sequence[Any]],
        draw: Callable[[Sequence[Any], str], Plot],
        headline: Callable[[Sequence[Any], str], str],
        empty: str,
        *,
        period: str = "",
    ) -> None:
        self.empty = empty
        self.name = name
        self.title = title
        self.figures = figures
        self.draw = draw
        self.headline = headline
        self.period = period


def _in(rows: Sequence[Any], currency: str, field: str = "value") -> list[Any]:
    """Return the rows in the usual currency: amounts of several are never added."""
    return [row for row in rows if getattr(row, field).currency == currency]


def _thousands(rows: Sequence[Any], field: str) -> list[float]:
    return [float(getattr(row, field).amount) / 1000 for row in rows]


def _sum(rows: Sequence[Any], field: str, currency: str) -> str:
    total = sum(float(getattr(row, field).amount) for row in _in(rows, currency, field))
    others = "+" if len(_in(rows, currency, field)) < len(rows) else ""
    return f"{wording.number(f'{total / 1000:.1f}'.removesuffix('.0'))} k {currency}{others}"


def _valued(labels: Callable[[Any], str], *, lying: bool) -> Callable[[Sequence[Any], str], Plot]:
    """Return what draws the value of deals and what is likely of it."""

    def draw(rows: Sequence[Any], currency: str) -> Plot:
        shown = _in(rows, currency)[:_MOST_BARS]
        weighted, values = _thousands(shown, "weighted"), _thousands(shown, "value")
        # One bar is the value, and the first part of it what is likely.
        rest = [value - likely for value, likely in zip(values, weighted, strict=True)]
        series = [(t("Weighted"), "▒", weighted), (t("Value"), "█", rest)]
        return Plot([labels(row) for row in shown], series, unit=f"k {currency}", lying=lying, stacked=True)

    return draw


def _month(row: Any) -> str:
    return wording.month(row.month) if row.month else t("no day")


def _months(rows: Sequence[Any]) -> list[str]:
    """Return short labels of months: the year stands at the first one and at each January."""
    names = [_month(row) for row in rows]
    return [
        name if place == 0 or name.startswith("Jan") or len(rows) > _YEAR else name.partition(" ")[0]
        for place, name in enumerate(names)
    ]


def _draw_closed(rows: Sequence[Any], currency: str) -> Plot:
    shown = _in(rows, currency, "won_value")
    series = [
        (t("Won"), "█", _thousands(shown, "won_value")),
        (t("Lost"), "▒", _thousands(shown, "lost_value")),
    ]
    return Plot(_months(shown), series, unit=f"k {currency}")


def _draw_revenue(rows: Sequence[Any], currency: str) -> Plot:
    shown = _in(rows, currency)[:_MOST_BARS]
    names = [row.company or t("no company") for row in shown]
    return Plot(names, [(t("Value"), "█", _thousands(shown, "value"))], unit=f"k {currency}", lying=True)


def _draw_activity(rows: Sequence[Any], _currency: str) -> Plot:
    kinds = (("Calls", "c", "call"), ("Visits", "v", "visit"), ("Meetings", "t", "meeting"), ("Mails", "m", "mail"))
    series = [(t(name), sign, [getattr(row, field) for row in rows]) for name, sign, field in kinds]
    series.append((t("Other"), "+", [row.note + row.other for row in rows]))
    return Plot([row.week[-3:] for row in rows], series, stacked=True)


def _draw_punctuality(rows: Sequence[Any], _currency: str) -> Plot:
    series = [
        (t("In time"), "█", [row.on_time for row in rows]),
        (t("Late"), "▒", [row.late for row in rows]),
        (t("Overdue"), "!", [row.overdue for row in rows]),
    ]
    return Plot(_months(rows), series, stacked=True)


def _say_open(rows: Sequence[Any], currency: str) -> str:
    weighted = _sum(rows, "weighted", currency)
    return t("{value} · {weighted} wtd.", value=_sum(rows, "value", currency).partition(" ")[0], weighted=weighted)


def _say_closed(rows: Sequence[Any], _currency: str) -> str:
    won, lost = (sum(getattr(row, name) for row in rows) for name in ("won", "lost"))
    return t("{won} won, {lost} lost", won=wording.number(won), lost=wording.number(lost))


def _say_revenue(rows: Sequence[Any], currency: str) -> str:
    return _sum(rows, "value", currency)


def _say_activity(rows: Sequence[Any], _currency: str) -> str:
    total, hours = sum(row.total for row in rows), sum(row.hours for row in rows)
    return t(
        "{count:entry|entries}, {hours} h",
        count=wording.number(total),
        hours=wording.number(f"{hours:.1f}".removesuffix(".0")),
    )


def _say_punctuality(rows: Sequence[Any], _currency: str) -> str:
    due, in_time = sum(row.due for row in rows), sum(row.on_time for row in rows)
    share = f"{wording.number(round(100 * in_time / due, 1))} %" if due else "–"
    return t("{share} of {count} in time", share=share, count=wording.number(due))


_NO_DEALS = "There is no open deal. wert:12k in a log line adds a value; crm deal add TITLE adds a deal."
_NONE_CLOSED = "No deal was closed in this time. W on a deal of the pipeline wins it, X loses it."
REPORTS = (
    Report("pipeline", "Pipeline by stage", reports.pipeline, _valued(lambda row: row.stage, lying=True), _say_open,
           _NO_DEALS),
    Report("forecast", "Forecast by month", reports.forecast, _valued(_month, lying=False), _say_open, _NO_DEALS),
    Report("closed", "Won and lost", reports.closed, _draw_closed, _say_closed, _NONE_CLOSED, period="12 months"),
    Report("revenue", "Revenue by company", reports.revenue, _draw_revenue, _say_revenue, _NONE_CLOSED,
           period="12 months"),
    Report("activity", "Activity by week", reports.activity, _draw_activity, _say_activity,
           "Nothing was logged in this time. i logs a visit.", period="12 weeks"),
    Report("punctuality", "Follow-ups in time", reports.punctuality, _draw_punctuality, _say_punctuality,
           "No follow-up was due in this time. w on a record sets one.", period="12 months"),
)  # fmt: skip


def columns_of(rows: Sequence[Any], lines: Sequence[Line]) -> list[Column]:
    """Return the columns of the table behind a plot, those of `crm report`: as wide as they must be."""
    columns = []
    for place, field in enumerate(_listed(rows)):
        natural = max(cell_width(text) for text in (t(field.heading), *(line.cells[place] for line in lines)))
        right = field.kind in ("number", "money", "percent")
        fixed = right or natural <= _SHORT
        columns.append(Column(field.heading, share=0 if fixed else 1, width=natural if fixed else 0, right=right))
    return columns


def lines_of(rows: Sequence[Any], page: CardPage) -> list[Line]:
    """Return the lines of the table, numbers as readers of the language write them."""
    fields = _listed(rows)
    return [Line([page.cell(field.value(row), field.kind) for field in fields]) for row in rows]


def _listed(rows: Sequence[Any]) -> list[Any]:
    return [field for field in fields_of(rows[0]) if field.listed and field.kind != "id"] if rows else []


def csv_of(rows: Sequence[Any]) -> Iterator[str]:
    """Yield the lines of `crm report NAME --format csv`."""
    if not rows:
        return
    fields = fields_of(rows[0])

    def cells() -> Iterator[list[tuple[str, bool]]]:
        for row in rows:
            values = [plain(field.value(row)) for field in fields]
            yield [(data_cell(value), isinstance(value, (int, float))) for value in values]

    yield from delimited([field.name for field in fields], cells(), delimiter=",", excel=False)
