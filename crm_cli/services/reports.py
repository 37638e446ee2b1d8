"""Reports: figures of the pipeline, of what was won and lost, of activity and of follow-ups. Reads only."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from crm_cli.domain.money import Money
from crm_cli.domain.report import (
    ActivityWeek,
    ClosedMonth,
    CompanyRevenue,
    ForecastMonth,
    PunctualMonth,
    StageFigures,
)
from crm_cli.domain.report_period import months, read_period
from crm_cli.store import query_sql
from crm_cli.store import reports as rows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    from crm_cli.store.store import Store

_KINDS = ("call", "visit", "meeting", "mail", "note")


class Scope:
    """What a report is about: the records a query finds, from the first to the last day.

    `currency` is that of amounts without any; `stages` are the configured ones.
    """

    __slots__ = ("_days", "currency", "first", "last", "localize", "now", "query", "stages", "store")

    def __init__(
        self,
        store: Store,
        *,
        now: datetime,
        localize: Callable[[datetime], datetime],
        first: date | None = None,
        last: date | None = None,
        query: str = "",
        currency: str = "EUR",
        stages: Sequence[dict[str, Any]] = (),
    ) -> None:
        self.store = store
        self.now = now
        self.localize = localize
        self.first = first or now.date()
        self.last = last or now.date()
        self.query = query
        self.currency = currency
        self.stages = stages
        self._days: dict[tuple[str, int], date] = {}

    def condition(self, entity: str) -> rows.Condition:
        """Return the query as SQL; raises UsageError."""
        found = query_sql.compile(
            self.store.connection, self.query, entity, now=self.now, actor=self.store.actor, stages=self.stages
        )
        return found.where, found.params

    def money(self, minor: int, currency: str | None) -> Money:
        """Return an amount."""
        return Money(minor, currency or self.currency)

    def local(self, stamp: str) -> date:
        """Return the local day of a UTC stamp."""
        # A day begins at a quarter of an hour everywhere; asking the system for each stamp would be slow.
        quarter = (stamp[:13], int(stamp[14:16]) // 15)
        if quarter not in self._days:
            self._days[quarter] = self._local(datetime.fromisoformat(stamp))
        return self._days[quarter]

    def _local(self, moment: datetime) -> date:
        near = moment.astimezone(self.localize(moment.replace(tzinfo=None)).tzinfo)
        # The offset is that of local time then, not of the same hour in UTC.
        return moment.astimezone(self.localize(near.replace(tzinfo=None)).tzinfo).date()

    def stamps(self) -> tuple[str, str]:
        """Return the period as UTC stamps, with a day to spare on both sides."""
        edges = (self.first - timedelta(days=1), self.last + timedelta(days=2))
        first, last = (datetime.combine(day, time(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ") for day in edges)
        return first, last


def scope_of(store: Store, *, period: str, now: datetime, **more: Any) -> Scope:
    """Return the scope of a period in words (empty for a report without one); raises UsageError."""
    first, last = read_period(period, now=now) if period else (None, None)
    return Scope(store, now=now, first=first, last=last, **more)


def pipeline(scope: Scope) -> list[StageFigures]:
    """Return the open deals by stage in the order of the pipeline, each currency apart."""
    found = rows.open_by(scope.store.connection, "stage", scope.condition("deal"))
    names = [stage["name"] for stage in scope.stages]
    known = {stage for stage, *_ in found}
    figures = [
        StageFigures(stage or "", count, scope.money(value, currency), scope.money(weighted, currency))
        for stage, currency, count, value, weighted in _merged(found, scope.currency)
    ]
    figures += [
        StageFigures(name, 0, scope.money(0, None), scope.money(0, None)) for name in names if name not in known
    ]
    place = {name: number for number, name in enumerate(names)}
    return sorted(figures, key=lambda one: (place.get(one.stage, len(names)), one.stage, one.value.currency))


def forecast(scope: Scope) -> list[ForecastMonth]:
    """Return the open deals by the month they are to close in, those without a day at the end."""
    found = rows.open_by(scope.store.connection, "expected_on", scope.condition("deal"))
    this = scope.now.date().isoformat()[:7]
    return sorted(
        (
            ForecastMonth(
                month, count, scope.money(value, currency), scope.money(weighted, currency),
                late=month is not None and month < this,
            )
            for month, currency, count, value, weighted in _merged(found, scope.currency)
        ),
        key=lambda one: (one.month is None, one.month or "", one.value.currency),
    )  # fmt: skip


def _merged(
    found: Sequence[tuple[str | None, str | None, int, int, int]], currency: str
) -> Iterator[tuple[str | None, str, int, int, int]]:
    """Yield sums by key and currency; deals without a value count among those of the usual currency."""
    sums: dict[tuple[str | None, str], list[int]] = {}
    for key, given, *figures in found:
        total = sums.setdefault((key, given or currency), [0, 0, 0])
        for place, figure in enumerate(figures):
            total[place] += figure
    for (key, used), (count, value, weighted) in sums.items():
        yield key, used, count, value, weighted


def closed(scope: Scope) -> list[ClosedMonth]:
    """Return what was won and lost by month, the months without any too; each currency apart."""
    sums: dict[tuple[str, str], list[int]] = {(month, scope.currency): [0, 0, 0, 0] for month in _months(scope)}
    for status, at, currency, value, _ in _closed(scope):
        total = sums.setdefault((at.isoformat()[:7], currency), [0, 0, 0, 0])
        place = 0 if status == "won" else 2
        total[place] += 1
        total[place + 1] += value
    return [
        ClosedMonth(
            month, won, Money(won_value, currency), lost, Money(lost_value, currency), _percent(won, won + lost)
        )
        for (month, currency), (won, won_value, lost, lost_value) in sorted(sums.items())
    ]


def revenue(scope: Scope) -> list[CompanyRevenue]:
    """Return the firms by the value of the deals won with them, the largest first; each currency apart."""
    names = rows.company_names(scope.store.connection)
    sums: dict[tuple[str, int | None], list[int]] = {}
    for status, _, currency, value, company in _closed(scope):
        if status == "won":
            total = sums.setdefault((currency, company), [0, 0])
            total[0] += 1
            total[1] += value
    whole: dict[str, int] = {}
    for (currency, _), (_, value) in sums.items():
        whole[currency] = whole.get(currency, 0) + value
    figures = []
    for (currency, company), (count, value) in sums.items():
        uid, name = names.get(company or 0, (None, None))
        share = _percent(value, whole[currency]) or 0.0
        figures.append(CompanyRevenue(uid, name, count, Money(value, currency), share))
    usual = scope.currency
    return sorted(
        figures, key=lambda one: (one.value.currency != usual, one.value.currency, -one.value.minor, one.company or "")
    )


def _closed(scope: Scope) -> Iterator[tuple[str, date, str, int, int | None]]:
    """Yield (status, local day, currency, value, row of the firm) of the deals closed in the period."""
    since, until = scope.stamps()
    for at, status, currency, value, company in rows.closed(
        scope.store.connection, since, until, scope.condition("deal")
    ):
        day = scope.local(at)
        if scope.first <= day <= scope.last:
            yield status, day, currency or scope.currency, value or 0, company


def activity(scope: Scope) -> list[ActivityWeek]:
    """Return what was logged by week, the weeks without any too."""
    monday = scope.first - timedelta(days=scope.first.weekday())
    counts: dict[date, dict[str, int]] = {}
    minutes: dict[date, int] = {}
    while monday <= scope.last:
        counts[monday], minutes[monday] = {}, 0
        monday += timedelta(days=7)
    found = rows.logged(
        scope.store.connection, scope.first.isoformat(), scope.last.isoformat(), scope.condition("interaction")
    )
    for day, kind, count, length in found:
        on = date.fromisoformat(day)
        week = on - timedelta(days=on.weekday())
        column = kind if kind in _KINDS else "other"
        counts[week][column] = counts[week].get(column, 0) + count
        minutes[week] += length
    return [
        ActivityWeek(
            week="{}-W{:02}".format(*week.isocalendar()[:2]),
            first_day=week.isoformat(),
            total=sum(by_kind.values()),
            hours=round(minutes[week] / 60, 2),
            **by_kind,
        )
        for week, by_kind in counts.items()
    ]


def punctuality(scope: Scope) -> list[PunctualMonth]:
    """Return by the month they were due which follow-ups were done in time; what is not due yet does not count."""
    delays: dict[str, list[int | None]] = {month: [] for month in _months(scope)}
    today = scope.now.date()
    for due, done_at in rows.due(
        scope.store.connection, scope.first.isoformat(), scope.last.isoformat(), scope.condition("task")
    ):
        day = date.fromisoformat(due[:10])
        if done_at is not None:
            delays[due[:7]].append(max((scope.local(done_at) - day).days, 0))
        elif day < today:
            delays[due[:7]].append(None)
    return [_punctual(month, found) for month, found in delays.items()]


def _punctual(month: str, found: Sequence[int | None]) -> PunctualMonth:
    late = sorted(days for days in found if days)
    on_time = sum(1 for days in found if days == 0)
    return PunctualMonth(
        month=month,
        due=len(found),
        on_time=on_time,
        late=len(late),
        overdue=sum(1 for days in found if days is None),
        rate=_percent(on_time, len(found)),
        days_late=round(sum(late) / len(late), 1) if late else None,
    )


def _months(scope: Scope) -> Iterator[str]:
    first = scope.first.replace(day=1)
    while first <= scope.last:
        yield first.isoformat()[:7]
        first = months(first, 1)[1] + timedelta(days=1)


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None
