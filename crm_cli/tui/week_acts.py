"""What keys do to the appointments and follow-ups of the week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from textual.content import Content

from crm_cli import wording, wording_rule
from crm_cli.domain.event import moment_of
from crm_cli.errors import CrmError, NotFound
from crm_cli.i18n import t
from crm_cli.readings import zone_name
from crm_cli.services import events, tasks
from crm_cli.tui import event_acts, event_form, work_form
from crm_cli.tui.dialogs.choice import Choice
from crm_cli.tui.dialogs.line_prompt import LinePrompt
from crm_cli.tui.screens.page import Page
from crm_cli.tui.text_guard import content

if TYPE_CHECKING:
    from crm_cli.domain.event import Event
    from crm_cli.domain.who import Match
    from crm_cli.tui.week_plan import Entry, Week

_DAY = timedelta(days=1)
_NAMED = 3  # titles of what collides
_READ = 4_000  # characters of a description


class WeekActs(Page):
    """A page with appointments by days. `entry()` is the chosen one."""

    def entry(self) -> Entry | None:
        """Return the chosen appointment or follow-up."""
        raise NotImplementedError

    def event_lines(self, entry: Entry, week: Week) -> list[Content]:
        """Return what is to be known of an appointment, a line each."""
        one = entry.occurrence
        if one is None:
            return []
        today = self.session.ctx.today()
        event = event_acts.found(self.session, entry.id)
        lines = [content(f"{_span(one.start, one.end, today)}  {one.title}", "bold")]
        lines.append(content(" · ".join(part for part in (entry.place, entry.who) if part)))
        titles = [week.titles.get(uid, "?") for uid in dict.fromkeys(one.conflicts)]
        if titles:
            shown = ", ".join([*titles[:_NAMED], *(["…"] if len(titles) > _NAMED else [])])
            lines.append(content("× " + t("collides with {title}", title=shown), "$text-error"))
        if one.tight:
            lines.append(content("! " + t("only {minutes} min to get there", minutes=one.gap_min)))
        lines.append(content(" · ".join(self._details(event))))
        if one.contacts or one.company:
            lines.append(content(t("After it: i logs the visit with who, when and how long."), "$quiet"))
        lines += [content(line) for line in (event.description or "")[:_READ].splitlines()[:8]]
        return lines

    def _details(self, event: Event) -> list[str]:
        found = []
        if event.rule:
            found.append(t("repeats: {rule}", rule=wording_rule.rule(event.rule, self.session.ctx.today())))
        if event.alarms:
            found.append(t("reminder {times}", times=", ".join(event_form.length(one) for one in event.alarms)))
        if event.status:
            found.append(wording.word(event.status))
        if event.calendar is not None:
            found.append(t("from {calendar}", calendar=event.calendar.name))
        return found + [f"+{tag}" for tag in event.tags]

    def do_event_new(self) -> None:
        """Ask for an appointment in one line and add it."""
        entry = self.entry()
        day = entry.day if entry is not None else self.day_of_new()
        self._ask_new(f"{day.day}.{day.month}.{day.year} " if day is not None else "", "")

    def day_of_new(self) -> date | None:
        """Return the day a new appointment is on unless another is typed."""
        return None

    def _ask_new(self, typed: str, complaint: str) -> None:
        hint = complaint or t("When, how long, with whom: what: 9:00 1h miller: demo loc:Augsburg remind:30m")

        def put(line: str | None) -> None:
            if line:
                self._add(line, create=False)

        self.app.push_screen(LinePrompt(t("New appointment"), value=typed, hint=hint), put)

    def _add(self, line: str, *, create: bool) -> None:
        session = self.session
        session.store.command = f"crm event add {line}"
        try:
            added = events.add(
                session.store, text=line, reading=session.readings.now(), zone=zone_name(session.ctx), create=create
            )
        except NotFound as error:
            if create:
                self._ask_new(line, self.crm.said(error))
            else:
                self._offer(line, error)
            return
        except CrmError as error:
            self._ask_new(line, self.crm.said(error))
            return
        said = [t("{name} added", name=added.event.title)]
        said += [t(notice.template, **notice.params) for notice in added.notices]
        said += [t("Added {name}.", name=name) for name in added.created]
        self.crm.tell(t("{done}  u takes it back", done=" · ".join(said)))
        self.crm.reload()

    def _offer(self, line: str, error: NotFound) -> None:
        """Ask whether a name that nobody has is to be added, or the line changed."""

        def put(answer: str | None) -> None:
            if answer == "create":
                self._add(line, create=True)
            elif answer == "change":
                self._ask_new(line, "")

        answers = [("change", t("change the line")), ("create", t("add the name to the address book"))]
        self.app.push_screen(Choice(t(error.template, **error.params), answers), put)

    def do_event_edit(self) -> None:
        """Change the fields of the appointment, or of a follow-up."""
        entry = self.entry()
        if entry is None:
            self.crm.tell(t("No appointment is chosen."))
        elif entry.task is not None:
            self.crm.edit_record(self.session.by_id(entry.id, "task"))
        else:
            event_acts.edit(self, entry.id, entry.at)

    def do_text_edit(self) -> None:
        """Change what is written about the appointment in the user's editor."""
        entry = self.entry()
        if entry is None or entry.task is not None:
            self.crm.tell(t("No appointment is chosen."))
        else:
            event_acts.edit_text(self, entry.id, entry.at)

    def linked(self) -> Iterator[Match]:
        """Yield the appointment or follow-up, then whom it is about."""
        entry = self.entry()
        if entry is not None:
            yield self.session.by_id(entry.id, "event" if entry.task is None else "task")
            yield from super().linked()

    def do_event_delete(self) -> None:
        """Delete the appointment; undo brings it back."""
        entry = self.entry()
        if entry is None or entry.task is not None:
            self.crm.tell(t("No appointment is chosen."))
        else:
            event_acts.delete(self, entry.id, entry.at)

    def do_event_move(self) -> None:
        """Ask when the appointment is to be; of a follow-up when it is due."""
        entry = self.entry()
        if entry is None:
            return

        # What was chosen when it was asked: meanwhile another process may have taken it away.
        def put(typed: str | None) -> None:
            if typed:
                self._put_moved(entry, typed)

        self.app.push_screen(LinePrompt(t("Move to"), hint=t("fri · +3d · 3.12. · next monday · tomorrow 9:00")), put)

    def _put_moved(self, entry: Entry, typed: str) -> None:
        try:
            when = work_form.when(self.session, typed)
        except CrmError as error:
            self.crm.tell_error(error)
            return
        if entry.task is not None:
            self._put_off(entry, typed, when)
            return
        if not isinstance(when, datetime) and len(entry.at) > 10:
            # A day alone keeps the hour.
            hour = datetime.fromisoformat(entry.at).time()
            when = self.session.ctx.localize(datetime.combine(when, hour))
        self._move(entry, when)

    def _put_off(self, entry: Entry, typed: str, when: date | datetime) -> None:
        session = self.session

        def make() -> object:
            return tasks.edit(session.store, row=session.by_id(entry.id, "task").row, now=session.ctx.now(), due=when)

        self.change(f"crm task snooze {entry.id} {typed}", make, "Moved")

    def do_event_earlier(self) -> None:
        """Move the appointment one day back."""
        self._move_days(-_DAY)

    def do_event_later(self) -> None:
        """Move the appointment one day on."""
        self._move_days(_DAY)

    def _move_days(self, by: timedelta) -> None:
        entry = self.entry()
        if entry is None:
            return
        begin = moment_of(entry.at)
        when = begin + by
        if isinstance(when, datetime):
            # The hour of the clock stays, also where the clock changes in between.
            when = self.session.ctx.localize(when.replace(tzinfo=None))
        if entry.task is not None:
            self._put_off(entry, when.isoformat(), when)
        else:
            self._move(entry, when)

    def _move(self, entry: Entry, when: date | datetime) -> None:
        event_acts.move(self, entry.id, entry.at, when, lambda uid: self.follow(uid, when))

    def follow(self, uid: str, when: date | datetime) -> None:
        """Go where an appointment was moved to."""

    def do_log_open(self) -> None:
        """Open the quick-log bar: about an appointment with who, when and how long filled in."""
        one = None if (entry := self.entry()) is None else entry.occurrence
        if one is not None and (one.contacts or one.company):
            event_acts.log(self, one)
        else:
            self.crm.do_log_open()


def _span(start: str, end: str, today: date) -> str:
    """Return from when to when: `Mo 17.11. 14:00–15:00`, `Mo 17.11. – Mi 19.11.`."""
    first, last = moment_of(start), moment_of(end)
    if isinstance(first, datetime) and isinstance(last, datetime):
        if first.date() == last.date():
            return f"{wording.moment(first, today)}–{last:%H:%M}"
        return f"{wording.moment(first, today)} – {wording.moment(last, today)}"
    closing = last - _DAY
    return (
        wording.day(first, today)
        if closing <= first
        else f"{wording.day(first, today)} – {wording.day(closing, today)}"
    )
