"""Figures for reports: one type a report, one record a line of its table, amounts in one currency each."""

from __future__ import annotations

from crm_cli.domain.money import Money
from crm_cli.domain.record import Record


class StageFigures(Record):
    """The open deals of a stage in one currency; `weighted` is the value times the probability."""

    stage: str
    count: int
    value: Money
    weighted: Money


class ForecastMonth(Record):
    """The open deals that are to close in a month (`2025-12`, None where no day is said); `late` where it is past."""

    month: str | None
    count: int
    value: Money
    weighted: Money
    late: bool = False


class ClosedMonth(Record):
    """The deals won and lost in a month; `rate` is the share of the won ones in percent, None without any."""

    month: str
    won: int
    won_value: Money
    lost: int
    lost_value: Money
    rate: float | None = None


class ActivityWeek(Record):
    """What was logged in a week (`2025-W47`) that begins on `first_day`; `hours` are those that were said."""

    week: str
    first_day: str
    total: int
    call: int = 0
    visit: int = 0
    meeting: int = 0
    mail: int = 0
    note: int = 0
    other: int = 0
    hours: float = 0.0


class PunctualMonth(Record):
    """The follow-ups of a month by the day they were due: done by then, done later, still open though past."""

    month: str
    due: int
    on_time: int
    late: int
    overdue: int
    rate: float | None = None
    days_late: float | None = None


class CompanyRevenue(Record):
    """The deals a firm has brought in one currency; `id` is None for those of nobody, `share` in percent."""

    id: str | None
    company: str | None
    count: int
    value: Money
    share: float
