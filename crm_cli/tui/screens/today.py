"""What the day asks for, the overdue first: follow-ups, customers to contact, birthdays, deals without a next step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from crm_cli import wording
from crm_cli.errors import NotFound
from crm_cli.i18n import t
from crm_cli.services import tasks, today
from crm_cli.tui import actions
from crm_cli.tui.dialogs.line_prompt import LinePrompt
from crm_cli.tui.screens.page import Page
from crm_cli.tui.text_guard import content
from crm_cli.tui.widgets.record_list import Column, Key, Line, RecordList

if TYPE_CHECKING:
    from datetime import date, datetime
    from typing import Any

    from crm_cli.domain.agenda import Occurrence
    from crm_cli.domain.visit import OpenVisit
    from crm_cli.domain.who import Match


class _Item:
    """One line of the day: what it is about, by id, and its cells."""

    __slots__ = ("appointment", "id", "kinds", "line")

    def __init__(
        self,
        id: str,
        kinds: tuple[str, ...],
        *cells: str,
        alarm: bool = False,
        appointment: Occurrence | OpenVisit | None = None,
    ) -> None:
        self.appointment = appointment
        self.id = id
        self.kinds = kinds
        self.line = Line(cells, alarm=alarm, ref=id)


class TodayScreen(Page):
    """The page of the day."""

    place = tab = "today"
    BINDINGS = actions.bindings("today")
    columns = (Column("When", width=16), Column("What", share=3), Column("Who", share=2))

    def __init__(self) -> None:
        super().__init__()
        self._items: dict[str, _Item] = {}

    def parts(self) -> ComposeResult:
        with Horizontal(id="panes"):
            empty = "Nothing is due. i logs a visit, 2 shows the people, : finds everything; in the shell crm log LINE."
            yield RecordList(self.columns, self._load, empty=empty, id="list")
            with VerticalScroll(id="look", can_focus=False):
                yield Static("", id="card", markup=False)

    def on_mount(self) -> None:
        self.query_one("#list").focus()

    @property
    def records(self) -> RecordList:
        """The list."""
        return self.query_one("#list", RecordList)

    def reload(self) -> None:
        """Read the day again."""
        now = self.session.ctx.now()
        page = today.today(self.session.store, now=now, localize=self.session.ctx.localize)
        self._items = {f"{item.kinds[0]} {item.id}": item for item in self._late_first(page, now)}
        self.records.show(list(self._items))
        text = wording.day(now.date(), now.date()) + " · " + t("week {number}", number=now.isocalendar().week)
        if page.drafts:
            text += " · " + t("{count:draft|drafts}", count=page.drafts)
        self.say(text)

    def _late_first(self, page: today.Today, now: datetime) -> Iterable[_Item]:
        """Return the lines of the day; what is overdue comes first, whatever it is."""
        return sorted(self._all(page, now), key=lambda item: not item.line.alarm)

    def _all(self, page: today.Today, now: datetime) -> Iterable[_Item]:
        day = now.date()
        for task in page.overdue:
            yield _Item(task.id, ("task",), f"! {wording.when(task.due or '', day)}", task.text, _who(task), alarm=True)
        for one in page.events:
            sign = "× " if one.conflicts else "! " if one.tight else ""
            when = t("all day") if one.all_day else one.start[11:16]
            yield self._appointment(one, when, sign + one.title)
        for visit in page.visits:
            # An appointment of this morning is there once: as what is to be logged.
            yield self._appointment(
                visit, wording.when(visit.start, day), t("Log the visit: {title}", title=visit.title)
            )
        for task in page.tasks:
            yield _Item(task.id, ("task",), wording.when(task.due or "", day), task.text, _who(task))
        for item in page.cadences:
            late = item.due < page.date
            what = t("Contact again (every {days:day|days})", days=item.days)
            when = ("! " if late else "") + wording.when(item.due, day)
            yield _Item(item.id, (item.kind,), when, what, item.name, alarm=late)
        for request in page.requests:
            what = f"{t('Request')} {request.kind or ''}: {request.text}"
            yield _Item(request.id, ("request",), _day_of(request.opened_at, day), what, _either(request))
        for deal in page.deals:
            yield _Item(deal.id, ("deal",), t("no next step"), f"{deal.title} · {deal.stage}", _who(deal))
        for birthday in page.birthdays:
            age = t("turns {age}", age=birthday.age) if birthday.age else ""
            who = " · ".join(part for part in (birthday.name, birthday.company) if part)
            yield _Item(
                birthday.id, ("contact",), wording.when(birthday.on, day), f"{t('Birthday')} {age}".strip(), who
            )

    def _appointment(self, one: Occurrence | OpenVisit, when: str, what: str) -> _Item:
        return _Item(
            one.id,
            ("event",),
            when,
            " · ".join(part for part in (what, one.location) if part),
            _who(one),
            appointment=one,
        )

    def _load(self, keys: Sequence[Key]) -> Iterable[tuple[Key, Line]]:
        return [(key, self._items[str(key)].line) for key in keys if key in self._items]

    def on_record_list_moved(self) -> None:
        if not self.query_one("#look").display:
            return
        lines: list[str] = []
        match = self.selected()
        if match is not None:
            lines = self.session.look(match, self.query_one("#look").content_size.width or None)
        self.query_one("#card", Static).update(Content("\n").join(content(line) for line in lines))

    def _item(self) -> _Item | None:
        key = self.records.key
        return self._items.get(str(key)) if key is not None else None

    def _followup_line(self) -> _Item | None:
        item = self._item()
        return item if item is not None and item.kinds == ("task",) else None

    def selected(self) -> Match | None:
        """Return the person or firm a line is about: a task's first person, or its firm."""
        item = self._item()
        if item is None or item.kinds == ("request",):
            return None
        try:
            match = self.session.by_id(item.id, *item.kinds)
            return self.session.about(match) if match.kind in ("task", "event") else match
        except NotFound:
            return None

    def linked(self) -> Iterator[Match]:
        """Yield the appointment or follow-up of a line, then whom it is about."""
        item = self._item()
        if item is not None and item.kinds in (("task",), ("event",)):
            yield self.session.by_id(item.id, *item.kinds)
        yield from super().linked()

    def do_record_open(self) -> None:
        """Open the record a line is about: an appointment itself."""
        item = self._item()
        if item is not None and item.appointment is not None:
            from crm_cli.tui import event_acts

            event_acts.show(self, item.id)
            return
        match = self.selected()
        if match is not None:
            self.crm.open_record(match, None)

    def do_task_done(self) -> None:
        """Finish the follow-up under the cursor."""
        item = self._followup_line()
        if item is not None:
            self.finish_task(item.id)

    def do_task_edit(self) -> None:
        """Change the fields of the follow-up or appointment under the cursor."""
        chosen = self._item()
        if chosen is not None and chosen.appointment is not None:
            from crm_cli.tui import event_acts

            event_acts.edit(self, chosen.id, chosen.appointment.start)
            return
        item = self._followup_line()
        if item is not None:
            self.crm.edit_record(self.session.by_id(item.id, "task"))

    def do_log_open(self) -> None:
        """Open the quick-log bar: about an appointment with who, when and how long filled in."""
        item = self._item()
        one = item.appointment if item is not None else None
        if one is not None and (one.contacts or one.company):
            from crm_cli.tui import event_acts

            event_acts.log(self, one)
        else:
            self.crm.do_log_open()

    def do_task_move(self) -> None:
        """Put the follow-up under the cursor off; on any other line set one for the record."""
        item = self._followup_line()
        if item is None:
            self.do_record_followup()
            return

        def put(typed: str | None) -> None:
            if typed:
                self.change(f"crm task snooze {item.id} {typed}", lambda: self._moved(item.id, typed), "Moved")

        self.app.push_screen(LinePrompt(t("Move to"), hint=t("fri · +3d · 3.12. · next monday · tomorrow 9:00")), put)

    def _moved(self, uid: str, typed: str) -> object:
        from crm_cli.tui import work_form

        session = self.session
        due = work_form.when(session, typed)
        return tasks.edit(session.store, row=session.by_id(uid, "task").row, now=session.ctx.now(), due=due)

    def do_screen_back(self) -> None:
        """There is nothing behind this screen."""


def _who(record: Any) -> str:
    names = [contact.name for contact in record.contacts]
    return ", ".join([*names, *([record.company.name] if record.company is not None else [])])


def _either(pending: Any) -> str:
    return " · ".join(name for name in (pending.contact, pending.company) if name)


def _day_of(stamp: str, today: date) -> str:
    return wording.when(stamp, today).rpartition(" ")[0]
