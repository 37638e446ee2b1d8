"""The week: appointments and what is due, as a grid of hours where there is room, else as an agenda."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from crm_cli import wording
from crm_cli.domain.agenda import read_range
from crm_cli.domain.task import overdue
from crm_cli.errors import NotFound
from crm_cli.i18n import t
from crm_cli.tui import actions, event_acts, week_plan
from crm_cli.tui.text_guard import content
from crm_cli.tui.week_acts import WeekActs
from crm_cli.tui.widgets.record_list import Column, Key, Line, RecordList
from crm_cli.tui.widgets.week_grid import WeekGrid

if TYPE_CHECKING:
    from crm_cli.domain.who import Match
    from crm_cli.tui.week_plan import Entry, Week

_DAYS = 7
_WORKDAYS = 5
_WIDE = 100  # columns from which the grid is shown, and that with the weekend
_WEEK = timedelta(days=7)
_COLUMNS = (
    Column("Day", width=10),
    Column("Time", width=11),
    Column("What", share=3),
    Column("Where and with whom", share=2, from_width=60),
)


class WeekScreen(WeekActs):
    """Seven days from a Monday on."""

    place = tab = "week"
    BINDINGS = actions.bindings("week")
    DEFAULT_CSS = """
    WeekScreen { #week { height: 1fr; } #detail { height: 8; border-top: solid $panel-lighten-2; padding: 0 1; } }
    """

    def __init__(self) -> None:
        super().__init__()
        self._monday: date | None = None
        self._key = self._described = ""
        self._grid_wanted: bool | None = None
        self._week: Week | None = None
        self._lines: dict[str, Line] = {}

    def parts(self) -> ComposeResult:
        with Vertical(id="week"):
            yield WeekGrid(id="grid")
            yield RecordList(_COLUMNS, self._load, id="agenda")
        with VerticalScroll(id="detail", can_focus=False):
            yield Static("", id="card", markup=False)

    def on_mount(self) -> None:
        self._lay_out()

    def on_resize(self) -> None:
        self._lay_out()

    @property
    def is_grid(self) -> bool:
        """Whether the hours are shown side by side."""
        return self.app.size.width >= _WIDE if self._grid_wanted is None else self._grid_wanted

    @property
    def grid(self) -> WeekGrid:
        """The hours."""
        return self.query_one("#grid", WeekGrid)

    @property
    def agenda(self) -> RecordList:
        """The list."""
        return self.query_one("#agenda", RecordList)

    def _lay_out(self) -> None:
        self.grid.display = self.is_grid
        self.agenda.display = not self.is_grid
        (self.grid if self.is_grid else self.agenda).focus()
        if self._week is not None:
            self.reload()

    def reload(self) -> None:
        """Read the week again; the chosen entry stays chosen where it is still there."""
        today = self.session.ctx.today()
        this = today - timedelta(days=today.weekday())
        try:
            week = self._read(self._monday or this)
        except (OverflowError, ValueError):
            # At the edges of the calendar, in the years 1 and 9999, there is no week to show.
            self._key = ""
            week = self._read(this)
        self._monday = week.days[0]
        self._week = week
        if not self._key:
            self._key = f"day {(today if today in week.entries else self._monday).isoformat()}"
            self._choose(self._first_of(self._day))
        if self._key not in self._keys():
            self._key = self._first_of(self._day)
        self._say(week)
        self._show()

    def _read(self, monday: date) -> Week:
        count = _WORKDAYS if self.is_grid and self.app.size.width < _WIDE else _DAYS
        return week_plan.read(self.session.store, first=monday, count=count, localize=self.session.ctx.localize)

    def _say(self, week: Week) -> None:
        number = week.days[0].isocalendar().week
        parts = [t("week {number}", number=number)]
        if week.conflicts and self.app.size.width >= _WIDE:
            parts.append(t("{count} collide", count=week.conflicts))
        self.say(" · ".join(parts))

    def _show(self) -> None:
        if self._week is None:
            return
        if self.is_grid:
            self.grid.show(self._week, self._key, self.session.ctx.today())
        else:
            keys = self._keys()
            self._lines = dict(self._listed(self._week))
            self.agenda.show(keys)
            self.agenda.cursor = keys.index(self._key)
        self._describe()

    def _keys(self) -> list[str]:
        """Return the keys of all entries, day by day; a day without any has one of its own."""
        assert self._week is not None
        return [
            key
            for day, entries in self._week.entries.items()
            for key in ([entry.key for entry in entries] or [f"day {day.isoformat()}"])
        ]

    @property
    def _day(self) -> date:
        """The day of the chosen entry, or the nearest one that is shown."""
        day = date.fromisoformat(self._key.rpartition(" ")[2])
        assert self._week is not None
        return min(max(day, self._week.days[0]), self._week.days[-1])

    def _first_of(self, day: date, *, near: int | None = None) -> str:
        """Return the key of a day's first entry, or of the one nearest to a place on the axis of hours."""
        assert self._week is not None
        entries = self._week.entries.get(day, [])
        if not entries:
            return f"day {day.isoformat()}"
        if near is None:
            return entries[0].key
        return min(entries, key=lambda entry: abs((entry.first or 0) - near)).key

    def _choose(self, key: str) -> None:
        self._key = key
        self._show()

    def entry(self) -> Entry | None:
        """Return the chosen entry; None on a day without any."""
        if self._week is None:
            return None
        entries = self._week.entries.get(self._day, [])
        return next((entry for entry in entries if entry.key == self._key), None)

    def on_record_list_moved(self) -> None:
        """Follow the cursor of the list."""
        self.take_cursor()
        if self._key != self._described:
            self._describe()

    def take_cursor(self) -> None:
        if not self.is_grid and self.agenda.key is not None:
            self._key = str(self.agenda.key)

    def _load(self, keys: Sequence[Key]) -> Iterable[tuple[Key, Line]]:
        return [(key, self._lines[str(key)]) for key in keys if key in self._lines]

    def _listed(self, week: Week) -> Iterable[tuple[str, Line]]:
        """Yield the lines of the list; the first of a day names it."""
        today = self.session.ctx.today()
        for day, entries in week.entries.items():
            name = wording.day(day, today) if day != today else t("today")
            if not entries:
                yield f"day {day.isoformat()}", Line((name, "", t("nothing"), ""))
            for number, entry in enumerate(entries):
                title = " ".join(part for part in (entry.sign, entry.title) if part)
                about = " · ".join(part for part in (entry.place, entry.who) if part)
                cells = (name if number == 0 else "", self._clock(entry), title, about)
                late = entry.task is not None and overdue(entry.task.due, self.session.ctx.now())
                yield entry.key, Line(cells, alarm=late, ref=entry.id)

    def _clock(self, entry: Entry) -> str:
        assert self._week is not None
        if entry.first is None or entry.last is None:
            return t("Due") if entry.kind == "task" else t("all day")
        label = self._week.hours.label
        return label(entry.first) if entry.last == entry.first else f"{label(entry.first)}–{label(entry.last)}"

    def _describe(self) -> None:
        self._described = self._key
        entry = self.entry()
        lines: list[Content] = []
        if entry is None:
            day = wording.day(self._day, self.session.ctx.today())
            lines = [
                content(day, "bold"),
                content(t("Nothing is on. n adds an appointment, crm event add LINE in the shell.")),
            ]
        elif entry.task is not None:
            lines = [content(f"{self._clock(entry)}  {entry.title}", "bold"), content(entry.who)]
        elif self._week is not None:
            try:
                lines = self.event_lines(entry, self._week)
            except NotFound:
                # Another process took it away; the next look around reads the week again.
                lines = [content(t("{name} was deleted.", name=entry.title))]
        for title in self._week.cut[:1] if self._week is not None else ():
            lines.insert(1, content("! " + t("“{title}” repeats too often to show all.", title=title)))
        self.query_one("#card", Static).update(Content("\n").join(line for line in lines if line.plain.strip()))

    def selected(self) -> Match | None:
        """Return the person, firm or follow-up the chosen entry is about."""
        entry = self.entry()
        if entry is None:
            return None
        try:
            record: Any = entry.task or entry.occurrence
            for one, kind in [*((one, "contact") for one in record.contacts), (record.company, "company")]:
                if one is not None and one.id:
                    return self.session.by_id(one.id, kind)
        except NotFound:
            pass
        return None

    def follow(self, uid: str, when: date | datetime) -> None:
        """Go where an appointment was moved to."""
        day = when.date() if isinstance(when, datetime) else when
        self._monday, self._key = day - timedelta(days=day.weekday()), f"day {day.isoformat()}"
        self.reload()
        assert self._week is not None
        found = [entry.key for entry in self._week.entries[self._day] if entry.id == uid]
        self._choose(found[0] if found else self._first_of(self._day))

    def day_of_new(self) -> date:
        """Return the chosen day."""
        return self._day

    def do_record_open(self) -> None:
        """Open the whole of the appointment; of a follow-up whom it is about."""
        entry = self.entry()
        if entry is None:
            self.do_event_new()
        elif entry.task is not None:
            match = self.selected() or self.session.by_id(entry.id, "task")
            self.crm.open_record(match, None)
        else:
            event_acts.show(self, entry.id)

    def do_task_finish(self) -> None:
        """Finish the chosen follow-up."""
        entry = self.entry()
        if entry is None or entry.task is None:
            self.crm.tell(t("Only a follow-up is finished; an appointment is logged by i."))
            return
        self.finish_task(entry.id)

    def do_week_day_back(self) -> None:
        """Go one day back, on the first one to the week before."""
        self._step_day(-1)

    def do_week_day_on(self) -> None:
        """Go one day on, on the last one to the week behind."""
        self._step_day(1)

    def _step_day(self, by: int) -> None:
        assert self._week is not None
        entry, days = self.entry(), self._week.days
        near = entry.first if entry is not None and self.is_grid else None
        place = days.index(self._day) + by
        if 0 <= place < len(days):
            self._choose(self._first_of(days[place], near=near))
            return
        self._turn(by, days[-1] if by < 0 else days[0])

    def _turn(self, by: int, like: date) -> None:
        """Go to another week, to the weekday of a day of this one."""
        assert self._monday is not None
        try:
            monday = self._monday + by * _WEEK
            day = like + by * _WEEK
        except OverflowError:
            return
        self._monday, self._key = monday, f"day {day.isoformat()}"
        self.reload()
        self._choose(self._first_of(day))

    def do_week_up(self) -> None:
        """Go to the entry before it on that day."""
        self._step_entry(-1)

    def do_week_down(self) -> None:
        """Go to the next entry of that day."""
        self._step_entry(1)

    def _step_entry(self, by: int) -> None:
        assert self._week is not None
        keys = [entry.key for entry in self._week.entries[self._day]]
        if self._key in keys and 0 <= keys.index(self._key) + by < len(keys):
            self._choose(keys[keys.index(self._key) + by])

    def do_week_previous(self) -> None:
        """Show the week before."""
        self._turn(-1, self._day)

    def do_week_next(self) -> None:
        """Show the week behind."""
        self._turn(1, self._day)

    def do_week_today(self) -> None:
        """Go to today."""
        today = self.session.ctx.today()
        self._monday, self._key = today - timedelta(days=today.weekday()), f"day {today.isoformat()}"
        self.reload()
        self._choose(self._first_of(self._day))

    def do_week_view(self) -> None:
        """Show hours side by side, or a list."""
        self._grid_wanted = not self.is_grid
        self._lay_out()

    def put_in_lines(self, text: str) -> None:
        """Show the week of a day: `next week`, `kw49`, `1.12.`."""
        if text:
            ctx = self.session.ctx
            day, _ = read_range(text, now=ctx.now(), days=_DAYS)
            self._monday, self._key = day - timedelta(days=day.weekday()), f"day {day.isoformat()}"
            self.reload()

    def do_screen_back(self) -> None:
        """There is nothing behind this screen."""
