"""The SQL of comparing days: stored days and moments against a day, a span of days or an age.

Log entries and due dates are stored as local text, a day or a date-time with offset, so their first ten characters are
the day; `created_at` and its like are moments in UTC. An age such as `90d` is a distance from today: back for what has
happened (`last_contact>90d` is longer ago than 90 days), ahead for what is to come (`due<7d` is sooner than in 7 days).
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from crm_cli.domain import query_values
from crm_cli.errors import UsageError
from crm_cli.store import query_fields as kinds
from crm_cli.store.store import utc_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from crm_cli.domain.query import Comparison, Range, Value
    from crm_cli.store.query_fields import Field
    from crm_cli.store.query_sql import Scope

_YEAR = re.compile(r"\d{4}")
_MONTH_AND_DAY = "*-[01][0-9]-[0-3][0-9]"
_FULL_DAY = "[0-9][0-9][0-9][0-9]-*"
# A date-time of the last day sorts after the bare day, and before this.
_END_OF_DAY = "~"


def compare_day(field: Field, term: Comparison, scope: Scope) -> str:
    """Return the SQL of `due:today`, `created>=2025-11`, `last_contact>90d` …"""
    today = scope.now.date()
    operator, value = term.operator, term.value
    if field.kind == kinds.BIRTHDAY and not _YEAR.search(value.text):
        return _anniversary(field, term, scope)
    ahead = field.kind == kinds.FUTURE_DAY
    away = query_values.age(value.text, today, ahead=ahead)
    if away is None:
        first, last = _days(field, value, scope)
    elif field.kind == kinds.SPAN:
        raise unreadable(value, field, _DAY_FORMS)
    elif operator in ":=" or field.kind == kinds.BIRTHDAY:
        raise unreadable(value, field, "An age needs < or >: {field}<{value} or {field}>{value}.")
    else:
        first = last = away
        if not ahead:
            operator = operator.translate({ord("<"): ">", ord(">"): "<"})
    low, high = {
        ":": (first, last),
        "=": (first, last),
        ">": (_next(last, field, value), None),
        ">=": (first, None),
        "<": (None, _next(first, field, value, -1)),
        "<=": (None, last),
    }[operator]
    return _span(field, low, high, scope, value)


def between_days(field: Field, term: Range, scope: Scope) -> str:
    """Return the SQL of `due:monday..friday`, `last_contact:30d..90d` and ranges with an open end."""
    today = scope.now.date()
    given = [value for value in (term.low, term.high) if value is not None]
    ahead = field.kind == kinds.FUTURE_DAY
    ages = [query_values.age(value.text, today, ahead=ahead) for value in given]
    if None not in ages:
        low, high = (_as_age(value, today, ahead) for value in (term.low, term.high))
        if not ahead:
            low, high = high, low
    elif any(ages):
        raise unreadable(given[0], field, "A range has two days or two ages, not one of each.")
    else:
        low = _days(field, term.low, scope)[0] if term.low else None
        high = _days(field, term.high, scope)[1] if term.high else None
    if low and high and low > high:
        raise unreadable(given[0], field, "The range begins after its end.")
    if field.kind == kinds.BIRTHDAY and not any(_YEAR.search(value.text) for value in given):
        if low is None or high is None:
            raise unreadable(given[0], field, "A range of birthdays without a year needs both ends.")
        return _month_days(field, low, high, scope)
    return _span(field, low, high, scope, given[0])


def _as_age(value: Value | None, today: date, ahead: bool) -> date | None:
    return query_values.age(value.text, today, ahead=ahead) if value else None


def _next(day: date, field: Field, value: Value, step: int = 1) -> date:
    try:
        return day + timedelta(days=step)
    except OverflowError as error:
        raise unreadable(value, field, _DAY_FORMS) from error


def _span(field: Field, low: date | None, high: date | None, scope: Scope, value: Value) -> str:
    """Return the condition that the field lies on one of the days from `low` to `high`."""
    expression = field.expression
    if field.kind == kinds.SPAN:
        from crm_cli.store.query_events import on_days

        return on_days(low, high, scope)
    conditions = [f"{expression} IS NOT NULL"]
    if field.kind == kinds.BIRTHDAY:
        conditions = [f"{expression} IS NOT NULL AND {expression} GLOB '{_FULL_DAY}'"]
    try:
        if low is not None:
            conditions.append(f"{expression} >= ?")
            scope.params.append(_midnight(low, scope) if field.kind == kinds.MOMENT else low.isoformat())
        if high is not None:
            conditions.append(f"{expression} < ?")
            if field.kind == kinds.MOMENT:
                scope.params.append(_midnight(high + timedelta(days=1), scope))
            else:
                scope.params.append(high.isoformat() + _END_OF_DAY)
    except OverflowError as error:
        raise unreadable(value, field, _DAY_FORMS) from error
    return " AND ".join(conditions)


def _midnight(day: date, scope: Scope) -> str:
    return utc_text(datetime.combine(day, time(), tzinfo=scope.now.tzinfo))


def _anniversary(field: Field, term: Comparison, scope: Scope) -> str:
    """Compare day and month only: `birthday:today`, `birthday:this-month`, `birthday<14d` (in the next 14 days)."""
    today = scope.now.date()
    away = query_values.age(term.value.text, today, ahead=True)
    if away is not None and term.operator in ("<", "<="):
        first, last = today, away if term.operator == "<=" else away - timedelta(days=1)
    elif away is None and term.operator in ":=":
        first, last = _days(field, term.value, scope)
    else:
        raise unreadable(term.value, field, "Ask birthday:today, birthday<14d (the next 14 days) or birthday>1980.")
    return _month_days(field, first, last, scope)


def _month_days(field: Field, first: date, last: date, scope: Scope) -> str:
    expression = field.expression
    known = f"{expression} IS NOT NULL AND {expression} GLOB '{_MONTH_AND_DAY}'"
    if (last - first).days >= 365:
        return known
    begin, end = first.isoformat()[5:], last.isoformat()[5:]
    if end == "02-28" and (last + timedelta(days=1)).day == 1:
        end = "02-29"  # in a short year the 29th is celebrated a day early
    scope.params += [begin, end]
    return (
        f"{known} AND (substr({expression}, -5) >= ? {'AND' if begin <= end else 'OR'} substr({expression}, -5) <= ?)"
    )


_DAY_FORMS = "Days: today, 2025-11-30, 2025-11, +3d, this-week, “3 december”; ages: <90d, >6m."


def _days(field: Field, value: Value, scope: Scope) -> tuple[date, date]:
    today = scope.now.date()

    def read_day(text: str) -> date | None:
        from crm_cli.domain.when import read_day

        ahead = field.kind in (kinds.FUTURE_DAY, kinds.SPAN)
        return read_day(text, now=scope.now, prefer="future" if ahead else "past")

    try:
        found = query_values.days(value.text, today, read_day)
    except UsageError as error:
        error.params.update(start=value.start, end=value.end)
        raise
    if found is None:
        raise unreadable(value, field, _DAY_FORMS)
    return found


def unreadable(value: Value, field: Field, hint: str) -> UsageError:
    """Return the error for a value that does not fit its field."""
    return UsageError(
        "“{value}” does not fit the field {field}.",
        value=value.text,
        field=field.name,
        start=value.start,
        end=value.end,
        hint=hint,
    )
