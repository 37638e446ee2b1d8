"""Columns of reports."""

from __future__ import annotations

from crm_cli.fields import Field

_COUNT = Field("count", "Count", kind="number")
_VALUE = Field("value", "Value", kind="money")
_WEIGHTED = Field("weighted", "Weighted", kind="money")

FIELDS = {
    "StageFigures": (Field("stage", "Stage"), _COUNT, _VALUE, _WEIGHTED),
    "ForecastMonth": (
        Field("month", "Month", kind="month"),
        _COUNT,
        _VALUE,
        _WEIGHTED,
        Field("late", "Past", listed=False),
    ),
    "ClosedMonth": (
        Field("month", "Month", kind="month"),
        Field("won", "Won", kind="number"),
        Field("won_value", "Won value", kind="money"),
        Field("lost", "Lost", kind="number"),
        Field("lost_value", "Lost value", kind="money"),
        Field("rate", "Won share", kind="percent"),
    ),
    "CompanyRevenue": (
        Field("id", "Id", kind="id"),
        Field("company", "Company"),
        _COUNT,
        _VALUE,
        Field("share", "Share", kind="percent"),
    ),
    "ActivityWeek": (
        Field("week", "Week"),
        Field("first_day", "First day", kind="when", listed=False),
        Field("call", "Calls", kind="number"),
        Field("visit", "Visits", kind="number"),
        Field("meeting", "Meetings", kind="number"),
        Field("mail", "Mails", kind="number"),
        Field("note", "Notes", kind="number", listed=False),
        Field("other", "Other", kind="number"),
        Field("total", "All", kind="number"),
        Field("hours", "Hours", kind="number"),
    ),
    "PunctualMonth": (
        Field("month", "Month", kind="month"),
        Field("due", "Due", kind="number"),
        Field("on_time", "In time", kind="number"),
        Field("late", "Late", kind="number"),
        Field("overdue", "Overdue", kind="number"),
        Field("rate", "In time share", kind="percent"),
        Field("days_late", "Days late", kind="number"),
    ),
}
