"""Bars drawn by plotext, each series with a sign of its own: they are told apart without colours, and in ASCII."""

from __future__ import annotations

from math import ceil, floor, log10
from typing import TYPE_CHECKING, Any

from rich.text import Text
from textual_plotext import PlotextPlot

from crm_cli import wording
from crm_cli.i18n import t

if TYPE_CHECKING:
    from textual.app import RenderResult
    from textual.strip import Strip

    from crm_cli.tui.report_view import Plot

_TICKS = 4
_STEPS = (1, 2, 2.5, 5, 10)
_BAR = 0.7  # of the room of a bar
_THIN = 0.05  # so that it takes one row, where two bars would touch
_ROWS = 3  # of a lying bar, from which it is drawn at full width
_FRAME = 4  # rows around the bars


class BarPlot(PlotextPlot):
    """The plot of a report."""

    _shown: Plot | None = None

    def on_resize(self) -> None:
        if self._shown is not None:
            self.show(self._shown)

    def _width(self, plot: Plot) -> float:
        rows = (self.size.height - _FRAME) // max(len(plot.labels), 1)
        return _THIN if plot.lying and rows < _ROWS else _BAR

    def render(self) -> RenderResult:
        """Return the drawing; where plotext has none for a size and these figures, nothing: the table says the same."""
        try:
            return super().render()
        except (ValueError, IndexError, ZeroDivisionError):
            return Text()

    def render_line(self, y: int) -> Strip:
        """Return a row; plotext colours sign by sign, which is four bytes for each that need not be sent."""
        return super().render_line(y).simplify()

    def show(self, plot: Plot) -> None:
        """Draw other bars."""
        self._shown = plot
        width = self._width(plot)
        # The library's own declaration of these calls is not that of its code.
        figure: Any = self.plt
        figure.clear_figure()
        labels, series = plot.labels, list(plot.series)
        if plot.lying:
            # plotext begins at the bottom.
            labels, series = labels[::-1], [(name, sign, values[::-1]) for name, sign, values in series]
        orientation = "horizontal" if plot.lying else "vertical"
        if len(series) == 1:
            figure.bar(labels, series[0][2], orientation=orientation, width=width, marker=series[0][1])
        else:
            (figure.stacked_bar if plot.stacked else figure.multiple_bar)(
                labels, [values for _, _, values in series], orientation=orientation, width=width,
                marker=[sign for _, sign, _ in series],
            )  # fmt: skip
        columns = zip(*(values for _, _, values in series), strict=True)
        most = max((sum(column) if plot.stacked else max(column) for column in columns), default=0)
        ticks = _ticks(most)
        shown = [wording.number(f"{tick:g}") for tick in ticks]
        (figure.xticks if plot.lying else figure.yticks)(ticks, shown)
        (figure.xlim if plot.lying else figure.ylim)(0, ticks[-1] or 1)
        if plot.unit:
            (figure.xlabel if plot.lying else figure.ylabel)(t(plot.unit))
        self.refresh()


def _ticks(most: float) -> list[float]:
    """Return round values from 0 to at least the largest one; counts of things are never halved."""
    if most <= 0:
        return [0, 1]
    power = 10.0 ** floor(log10(most / _TICKS))
    step = next(step * power for step in _STEPS if step * power * _TICKS >= most)
    step = max(step, 1) if most >= 1 else step
    return [round(step * number, 6) for number in range(ceil(most / step) + 1)]
