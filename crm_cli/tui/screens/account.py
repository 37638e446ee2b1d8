"""The 360° card: who they are on the left, what is open and what happened on the right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from crm_cli import wording
from crm_cli.domain.task import overdue
from crm_cli.errors import NotFound
from crm_cli.fields.records import happened
from crm_cli.i18n import t
from crm_cli.tui import actions
from crm_cli.tui.screens.page import Page
from crm_cli.tui.text_guard import content
from crm_cli.tui.widgets.record_list import Column, Key, Line, RecordList
from crm_cli.tui.widgets.scroll_box import ScrollBox

if TYPE_CHECKING:
    from crm_cli.domain.who import Match
    from crm_cli.store.views import TimelineEntry
    from crm_cli.tui.screens.parties import PartiesScreen

_TAB = {"contact": "contacts", "company": "companies", "deal": "pipeline"}
_OPEN = (Column("Still open", width=10), Column("What", share=3), Column("", share=2))
_TIMELINE = (Column("When", width=16), Column("Timeline", width=14), Column("", share=1))


class AccountScreen(Page):
    """A person, firm or deal with all that hangs on it."""

    place = "account"
    BINDINGS = actions.bindings("account")

    def __init__(self, match: Match, origin: PartiesScreen | None) -> None:
        super().__init__()
        self.tab = _TAB.get(match.kind, "")
        self._match = match
        self._origin = origin
        self._open: dict[str, Line] = {}
        self._happened: dict[Key, TimelineEntry] = {}
        self._kind = ""  # the only kind of entry that is shown, in words; empty for all

    def parts(self) -> ComposeResult:
        yield Static("", id="title", markup=False)
        with Horizontal(id="panes"):
            with ScrollBox(id="profile"):
                yield Static("", id="card", markup=False)
            with Vertical(id="work"):
                yield RecordList(_OPEN, self._load_open, empty="Nothing is open. w sets a follow-up.", id="open")
                yield RecordList(_TIMELINE, self._load_timeline, empty="Nothing yet. i logs a visit.", id="timeline")

    def on_mount(self) -> None:
        self.query_one("#timeline").focus()

    def reload(self) -> None:
        """Read the record again; one that was deleted meanwhile closes the screen."""
        try:
            self._match = self.session.by_id(self._match.id, self._match.kind)
            card = self.session.card(self._match)
        except NotFound:
            self.crm.tell(t("{name} was deleted.", name=self._match.name))
            self._kind = ""
            self.call_later(self.do_screen_back)
            return
        self._happened, card.timeline = _by_key(card.timeline), []
        self._open = dict(self._open_lines(card))
        record = card.record
        job = (getattr(record, "title", None) if self._match.kind == "contact" else None) or ""
        firm = record.company.name if getattr(record, "company", None) is not None else ""
        self.query_one("#title", Static).update(
            content(" · ".join(part for part in (self._match.name, job, firm) if part), "bold")
        )
        width = self.query_one("#profile").content_size.width or None
        card.people, card.deals, card.tasks, card.events = [], (), (), ()
        self.query_one("#card", Static).update(
            Content("\n").join(content(line) for line in self.session.lines(card, width)[1:])
        )
        opened = self.query_one("#open", RecordList)
        opened.show(list(self._open))
        opened.styles.height = min(max(len(self._open), 2), 8) + 2  # two are the room for what to do when none is
        self._show_timeline()

    def _show_timeline(self) -> None:
        if self._kind not in self._kinds():
            self._kind = ""
        keys = [key for key, item in self._happened.items() if self._kind in ("", happened(item))]
        self.query_one("#timeline", RecordList).show(keys)
        counted = t("{count:entry|entries}", count=wording.number(len(keys)))
        self.say(" · ".join(part for part in (self._kind, counted) if part))

    def _kinds(self) -> list[str]:
        """Return what entries of the timeline are, each once, and before them the empty word for all."""
        return ["", *dict.fromkeys(map(happened, self._happened.values()))]

    def do_account_kind(self) -> None:
        """Show only the entries of the next kind, after the last kind all again."""
        kinds = self._kinds()
        self._kind = kinds[(kinds.index(self._kind) + 1) % len(kinds)]
        self._show_timeline()

    def _open_lines(self, card: Any) -> Iterable[tuple[str, Line]]:
        now = self.session.ctx.now()
        for one in card.events:
            place = " · ".join(part for part in (one.title, one.location) if part)
            yield f"event {one.id} {one.start}", Line((t("event"), place, wording.when(one.start, now.date())))
        for task in card.tasks:
            late = overdue(task.due, now)
            when = wording.when(task.due, now.date()) if task.due else ""
            yield f"task {task.id}", Line((t("task"), task.text, ("! " if late else "") + when), alarm=late)
        for deal in card.deals:
            value = self.session.page.cell(deal.value, "money")
            yield f"deal {deal.id}", Line((t("deal"), deal.title, " · ".join(filter(None, (deal.stage, value)))))
        for person in card.people:
            yield f"contact {person.id}", Line((t("contact"), person.name, person.title or person.phone or ""))

    def _load_open(self, keys: Sequence[Key]) -> Iterable[tuple[Key, Line]]:
        return [(key, self._open[str(key)]) for key in keys if key in self._open]

    def _load_timeline(self, keys: Sequence[Key]) -> Iterable[tuple[Key, Line]]:
        day = self.session.ctx.today()
        for key in keys:
            item = self._happened.get(key)
            if item is not None:
                yield key, Line((wording.when(item.at, day), happened(item), item.text))

    def selected(self) -> Match | None:
        """Return the record shown."""
        return self._match

    def _chosen_open(self) -> tuple[str, str] | None:
        """Return (kind, id) of the line under the cursor of the list that has the focus."""
        if self.query_one("#open").has_focus:
            key = self.query_one("#open", RecordList).key
            if key is not None:
                kind, uid = str(key).split(" ")[:2]
                return kind, uid
        elif self.query_one("#timeline").has_focus:
            item = self._happened.get(self.query_one("#timeline", RecordList).key)
            if item is not None and item.id:
                return {"log": "interaction"}.get(item.type, item.type), item.id
        return None

    def do_record_open(self) -> None:
        """Open what is under the cursor: a person, a deal, or the whole of an entry."""
        chosen = self._chosen_open()
        if chosen is None:
            return
        match = self.session.by_id(chosen[1], chosen[0])
        if match.kind in ("task", "interaction"):
            self.crm.show_entry(match)
        elif match.id != self._match.id:
            self.crm.open_record(match, None)

    def do_task_done(self) -> None:
        """Finish the follow-up under the cursor, or the only one."""
        chosen = self._chosen_open()
        tasks = [key.partition(" ")[2] for key in self._open if str(key).startswith("task ")]
        if chosen is not None and chosen[0] == "task":
            self.finish_task(chosen[1])
        elif len(tasks) == 1:
            self.finish_task(tasks[0])
        else:
            self.crm.tell(t("Tab goes to the list; choose the follow-up there."))

    def do_account_edit(self) -> None:
        """Change the fields of the follow-up or appointment under the cursor of the open ones, else of the record."""
        key = self.query_one("#open", RecordList).key if self.query_one("#open").has_focus else None
        kind, *rest = str(key).split(" ")
        if kind == "event":
            from crm_cli.tui import event_acts

            event_acts.edit(self, *rest)
        elif kind == "task":
            self.crm.edit_record(self.session.by_id(rest[0], kind))
        else:
            self.crm.edit_record(self._match)

    def linked(self) -> Iterator[Match]:
        """Yield what is under the cursor, then the record shown."""
        chosen = self._chosen_open()
        if chosen is not None and chosen[0] in ("event", "task", "interaction", "contact"):
            yield self.session.by_id(chosen[1], chosen[0])
        yield self._match

    def do_record_copy(self) -> None:
        """Copy name, number and mail."""
        self.crm.copy_record(self._match)

    def do_account_previous(self) -> None:
        """Show the record before this one in the list it was opened from."""
        self._step(-1)

    def do_account_next(self) -> None:
        """Show the record after this one in the list it was opened from."""
        self._step(1)

    def _step(self, by: int) -> None:
        match = self._origin.neighbour(self._match, by) if self._origin is not None else None
        if match is not None:
            self._match = match
            for records in self.query(RecordList):
                records.cursor = 0  # what was chosen was the other record's
            self.reload()

    def do_screen_back(self) -> None:
        """Show all entries again, else go back to where the record was opened."""
        if self._kind:
            self._kind = ""
            self._show_timeline()
        else:
            self.dismiss()

    do_screen_leave = do_screen_back


def _by_key(entries: Iterable[TimelineEntry]) -> dict[Key, TimelineEntry]:
    """Return entries by keys that stay theirs when others come in before them."""
    found: dict[Key, TimelineEntry] = {}
    for entry in entries:
        key = (entry.type, entry.kind, entry.id, entry.at)
        # Several changes of one kind may have been made at once.
        found[key if key not in found else (*key, len(found))] = entry
    return found
