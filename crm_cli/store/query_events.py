"""What queries ask of appointments that SQL cannot tell: the local day of a time of any zone, the days of a series."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta

from crm_cli.domain.event import aware, length_of, moment_of, naive_in, zone_of
from crm_cli.domain.recurrence import expand

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from datetime import tzinfo

    from crm_cli.store.query_sql import Scope

_EARLIEST, _LATEST = date(1, 1, 3), date(9999, 12, 29)


def register(connection: sqlite3.Connection, now: datetime) -> None:
    """Make `crm_local` and `crm_occurs` known to a connection; local time is that of `now`."""
    # A clock set by hand may have an offset the system has not: then it is the offset of every day.
    local = None if now.astimezone().utcoffset() == now.utcoffset() else now.tzinfo

    def localize(moment: datetime) -> datetime:
        return moment.astimezone() if local is None else moment.replace(tzinfo=local)

    def to_local(text: str | None) -> str | None:
        return _to_local(text, local)

    def occurs(start: str, end: str | None, zone: str | None, lines: str, first: str, last: str) -> int:
        days = (moment_of(first), moment_of(last) + timedelta(days=1))
        window = (aware(days[0], localize), aware(days[1], localize))
        try:
            return int(_occurs(start, end, zone, json.loads(lines), window))
        except (OverflowError, ValueError):
            return 0

    connection.create_function("crm_local", 1, to_local)
    connection.create_function("crm_occurs", 6, occurs)


def _to_local(text: str | None, local: tzinfo | None) -> str | None:
    if text is None or len(text) <= len("2026-01-01T00:00:00"):
        return text
    try:
        return datetime.fromisoformat(text).astimezone(local).isoformat(timespec="seconds")
    except (OverflowError, ValueError, OSError):
        return text


def _occurs(
    start: str, end: str | None, zone_name: str | None, recurrence: list[str], window: tuple[datetime, datetime]
) -> bool:
    """Tell whether a series has a time in a window."""
    first = moment_of(start)
    zone = zone_of(first, zone_name)
    length = length_of(start, end)
    after, before = (naive_in(moment, zone) for moment in window)
    found = expand(naive_in(first, zone), recurrence, zone=zone, after=after - length, before=before)
    return any(moment >= after or moment + length > after for moment in found.starts)


def on_days(low: date | None, high: date | None, scope: Scope) -> str:
    """Return the condition that an event takes place on one of these days, or a series has a time there."""
    first, last = low or _EARLIEST, high or _LATEST
    day = timedelta(days=1)
    # Times of another zone may lie on the day before or after; of a date the end is the day after.
    bounds = (max(first, _EARLIEST) - day, min(last, _LATEST) + day)
    scope.params += [bounds[1].isoformat(), bounds[0].isoformat()]
    near = "event.first_day IS NOT NULL AND event.first_day <= ? AND coalesce(event.last_day, '9999') >= ?"
    start, end = "crm_local(event.start_at)", "coalesce(crm_local(event.end_at), '')"
    midnight = datetime.combine(first, time()).isoformat()
    scope.params += [last.isoformat() + "~", first.isoformat(), midnight + "~"]
    once = f"event.recurrence IS NULL AND {start} < ? AND ({start} >= ? OR {end} > ?)"
    scope.params += [first.isoformat(), last.isoformat()]
    times = "event.start_at, event.end_at, event.timezone, event.recurrence"
    return f"{near} AND CASE WHEN event.recurrence IS NULL THEN {once} ELSE crm_occurs({times}, ?, ?) END"
