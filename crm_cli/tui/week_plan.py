"""A week as its days with what is on them: what the grid, the agenda and the plain lines of it are drawn from."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from crm_cli.services import agenda
from crm_cli.store import tasks
from crm_cli.tui.week_hours import Hours

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crm_cli.domain.agenda import Occurrence
    from crm_cli.domain.task import Task
    from crm_cli.store.store import Store


class Entry:
    """One appointment or follow-up on one day.

    `first` and `last` are places on the week's axis (`Hours`), None for what has the whole day. `begins` says that it
    does not go on from the day before. `key` is of this entry on this day only, and stays when the week is read again.
    """

    __slots__ = ("begins", "day", "first", "key", "last", "occurrence", "task")

    def __init__(
        self,
        day: date,
        record: Occurrence | Task,
        first: int | None = None,
        last: int | None = None,
        *,
        begins: bool = True,
    ) -> None:
        from crm_cli.domain.task import Task

        self.task = record if isinstance(record, Task) else None
        self.occurrence = None if isinstance(record, Task) else record
        self.day = day
        self.first = first
        self.last = last
        self.begins = begins
        self.key = f"{self.kind} {self.id} {self.at} {day.isoformat()}"

    @property
    def kind(self) -> str:
        """`event` or `task`."""
        return "task" if self.task is not None else "event"

    @property
    def id(self) -> str:
        """The id of the record."""
        return self._record.id

    @property
    def at(self) -> str:
        """When it begins: an ISO date or date-time."""
        return (self.task.due or "") if self.task is not None else self._occurrence.start

    @property
    def title(self) -> str:
        """What it is."""
        return self.task.text if self.task is not None else self._occurrence.title

    @property
    def place(self) -> str:
        """Where it is."""
        return "" if self.task is not None else self._occurrence.location or ""

    @property
    def who(self) -> str:
        """Whom it is about."""
        names = [one.name for one in self._record.contacts]
        company = self._record.company
        return ", ".join([*names, *([company.name] if company is not None else [])])

    @property
    def sign(self) -> str:
        """`×` for a collision, `!` for a way that is short, else nothing."""
        if self.occurrence is None:
            return ""
        return "×" if self.occurrence.conflicts else "!" if self.occurrence.tight else ""

    @property
    def _record(self) -> Occurrence | Task:
        return self.task if self.task is not None else self._occurrence

    @property
    def _occurrence(self) -> Occurrence:
        assert self.occurrence is not None
        return self.occurrence


class Week:
    """The days from `days[0]` on. `entries` are those of each day in their order, `cut` titles of endless series."""

    __slots__ = ("cut", "days", "entries", "hours", "titles")

    def __init__(self, days: Sequence[date], hours: Hours, cut: Sequence[str]) -> None:
        self.days = days
        self.hours = hours
        self.cut = cut
        self.entries: dict[date, list[Entry]] = {day: [] for day in days}
        self.titles: dict[str, str] = {}

    @property
    def conflicts(self) -> int:
        """How many appointments of the week collide with another."""
        found = {entry.at + entry.id for entries in self.entries.values() for entry in entries if entry.sign == "×"}
        return len(found)


def read(store: Store, *, first: date, count: int, localize: Callable[[datetime], datetime]) -> Week:
    """Return so many days with their appointments and the follow-ups that are due on them."""
    days = [first + timedelta(days=number) for number in range(count)]
    found = agenda.agenda(store, first=first, last=days[-1], localize=localize)
    week = Week(days, Hours(days, localize), found.cut)
    for occurrence in found.occurrences:
        week.titles[occurrence.id] = occurrence.title
        _spread(week, occurrence)
    due = tasks.list(
        store.connection, "done_at IS NULL AND due >= ? AND due < ?", (first.isoformat(), days[-1].isoformat() + "~")
    )
    for task in due:
        entry = _due(week, task)
        if entry is not None:
            week.entries[entry.day].append(entry)
    for entries in week.entries.values():
        entries.sort(key=lambda entry: (-1 if entry.first is None else entry.first, entry.kind, entry.at))
    return week


def _spread(week: Week, occurrence: Occurrence) -> None:
    """Put an appointment on each of its days."""
    if occurrence.all_day:
        first, last = date.fromisoformat(occurrence.start), date.fromisoformat(occurrence.end) - timedelta(days=1)
        for day in week.days:
            if first <= day <= last:
                week.entries[day].append(Entry(day, occurrence, begins=day == first))
        return
    start, end = datetime.fromisoformat(occurrence.start), datetime.fromisoformat(occurrence.end)
    # What ends at midnight has nothing of the next day.
    closing = end - timedelta(microseconds=1) if end > start else end
    for day in week.days:
        if not start.date() <= day <= closing.date():
            continue
        from_ = week.hours.place(start) if day == start.date() else 0
        to = week.hours.end(end) if day == closing.date() and end > start else week.hours.longest
        to = from_ if end == start else to
        whole = from_ == 0 and to == week.hours.longest
        begins = day == start.date()
        entry = Entry(day, occurrence, begins=begins) if whole else Entry(day, occurrence, from_, to, begins=begins)
        week.entries[day].append(entry)


def _due(week: Week, task: Task) -> Entry | None:
    due = task.due or ""
    day = date.fromisoformat(due[:10])
    if day not in week.entries:
        return None
    if len(due) == 10:
        return Entry(day, task)
    at = week.hours.place(datetime.fromisoformat(due))
    return Entry(day, task, at, at)
