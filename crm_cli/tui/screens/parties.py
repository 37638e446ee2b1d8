"""People and firms: a list of any length, a filter with the queries of the command line, and a look at one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from crm_cli import wording
from crm_cli.domain.query import quoted
from crm_cli.errors import CrmError
from crm_cli.i18n import t
from crm_cli.store import segments
from crm_cli.tui import actions, party_form
from crm_cli.tui.dialogs.form import Form
from crm_cli.tui.screens.page import Page
from crm_cli.tui.text_guard import content
from crm_cli.tui.widgets.line_input import LineInput
from crm_cli.tui.widgets.record_list import Column, Key, Line, RecordList

if TYPE_CHECKING:
    from textual.timer import Timer

    from crm_cli.domain.who import Match

_FILTER_AFTER = 0.03
_LOOK_AFTER = 0.06


class PartiesScreen(Page):
    """The list of people or of firms."""

    kind = ""
    columns: tuple[Column, ...] = ()
    empty = ""

    def __init__(self) -> None:
        super().__init__()
        self._query = ""
        self._segment = ""
        self._timer: Timer | None = None
        self._look: Timer | None = None

    def parts(self) -> ComposeResult:
        with Horizontal(id="filter-row"):
            yield Static(Content("/ "), id="filter-sign", markup=False)
            yield LineInput(placeholder=t("words, city:Köln, tag:fair, last_contact>90d"), id="filter")
        yield Static("", id="complaint", markup=False)
        with Horizontal(id="panes"):
            yield RecordList(self.columns, self._load, empty=self.empty, id="list")
            with VerticalScroll(id="look", can_focus=False):
                yield Static("", id="card", markup=False)

    def on_mount(self) -> None:
        self.query_one("#list").focus()

    @property
    def list(self) -> RecordList:
        """The list."""
        return self.query_one("#list", RecordList)

    def reload(self) -> None:
        """Run the query again."""
        self._search(" ".join(part for part in (self._segment, self._query) if part))

    @work(thread=True, exclusive=True, group="search", exit_on_error=False)
    def _search(self, query: str) -> None:
        """Find the rows in a thread; the newest query wins."""
        worker = get_current_worker()
        try:
            rows = self.session.rows(self.kind, query)
        except CrmError as error:
            if not worker.is_cancelled:
                self.app.call_from_thread(self._refused, error)
            return
        if not worker.is_cancelled:
            self.app.call_from_thread(self._found, rows)

    def _found(self, rows: Sequence[int]) -> None:
        self.query_one("#complaint", Static).update(Content(""))
        self.list.show(rows)
        self._count()

    def _count(self) -> None:
        shown = wording.number(len(self.list.keys))
        text = t("{count} listed", count=shown)
        if self._segment:
            text = f"{self._segment} · {text}"
        if self.list.marks:
            text += " · " + t("{count} marked", count=len(self.list.marks))
        self.say(text)

    def _refused(self, error: CrmError) -> None:
        text = t(error.template, **error.params)
        hint = t(error.hint, **error.params) if error.hint else ""
        self.query_one("#complaint", Static).update(content(f"{text} {hint}", "$error"))

    def _load(self, keys: Sequence[Key]) -> Iterable[tuple[Key, Line]]:
        rows = [key for key in keys if isinstance(key, int)]
        for row, record in self.session.records(self.kind, rows):
            yield row, Line(self.cells(record))

    def cells(self, record: Any) -> Sequence[str]:
        """Return the cells of one record."""
        raise NotImplementedError

    def touched(self, record: Any) -> str:
        """Return when the last contact was."""
        return wording.when(record.last_contact_at, self.session.ctx.today()) if record.last_contact_at else "–"

    def on_record_list_moved(self) -> None:
        if self._look is not None:
            self._look.stop()
        self._look = self.set_timer(_LOOK_AFTER, self._show_card)

    def _show_card(self) -> None:
        if not self.query_one("#look").display:
            return
        match = self.selected()
        lines = self.session.lines(self.session.card(match)) if match is not None else []
        self.query_one("#card", Static).update(Content("\n").join(content(line) for line in lines[:60]))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._query = event.value
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(_FILTER_AFTER, self.reload)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.list.focus()

    def selected(self) -> Match | None:
        """Return the record under the cursor."""
        key = self.list.key
        return self.session.match(self.kind, key) if isinstance(key, int) else None

    def chosen(self) -> list[Match]:
        """Return the marked records, or the one under the cursor."""
        found = (self.session.match(self.kind, key) for key in self.list.chosen() if isinstance(key, int))
        return [match for match in found if match is not None]

    def neighbour(self, match: Match, by: int) -> Match | None:
        """Return the record before or after one in the list, and put the cursor there."""
        keys = self.list.keys
        place = keys.index(match.row) + by if match.row in keys else -1
        if not 0 <= place < len(keys):
            return None
        self.list.cursor = place
        return self.selected()

    def do_record_open(self) -> None:
        """Open the record under the cursor."""
        match = self.selected()
        if match is not None:
            self.crm.open_record(match, self)

    def do_list_filter(self) -> None:
        """Go to the filter."""
        self.query_one("#filter", LineInput).focus()

    def do_list_segment(self) -> None:
        """Show the next saved segment of this kind, and after the last one all records."""
        names = [item.name for item in segments.list(self.session.store.connection) if item.entity == self.kind]
        queries = ["", *(f"segment:{quoted(name)}" for name in names)]
        place = queries.index(self._segment) + 1 if self._segment in queries else 0
        self._segment = queries[place % len(queries)]
        self.reload()

    def do_list_mark(self) -> None:
        """Mark or unmark."""
        self.list.toggle_mark()
        self._count()

    def do_list_mark_all(self) -> None:
        """Mark all, or none."""
        self.list.mark_all()
        self._count()

    def do_screen_back(self) -> None:
        """Leave the filter; then clear it; then unmark."""
        field = self.query_one("#filter", LineInput)
        if field.has_focus:
            self.list.focus()
        elif self._query or self._segment:
            self._segment = ""
            field.put("")
            self.reload()
        elif self.list.marks:
            self.list.marks = set()
            self.list.refresh()
            self._count()

    def do_record_delete(self) -> None:
        """Delete the chosen records in one change set."""
        chosen = self.chosen()
        now = self.session.ctx.now()

        def make() -> bool:
            with self.session.store.transaction(now):
                for match in chosen:
                    self.session.delete(match)
            return True

        if chosen:
            refs = chosen[0].id if len(chosen) == 1 else "-"
            self.change(f"crm {self.kind} delete {refs}", make, "{count} deleted", count=len(chosen))

    def do_record_new(self) -> None:
        """Ask for the fields of a new record."""
        kind = self.kind

        def put(changed: dict[str, str] | None) -> None:
            if changed:
                saved = self.change(
                    f"crm {kind} add {changed.get('name', '')}",
                    lambda: party_form.save(self.session, kind, None, changed),
                    "{name} added",
                    name=changed.get("name", ""),
                )
                if saved is None:
                    # What was typed is not lost: the form comes back with it.
                    again = [
                        party_form.FormField(field.name, field.label, changed.get(field.name, ""))
                        for field in party_form.fields(kind)
                    ]
                    self._ask_again(again, put)

        self.app.push_screen(Form(t("New"), party_form.fields(kind)), put)

    def _ask_again(self, fields: list[party_form.FormField], put: Any) -> None:
        form = Form(t("New"), fields)

        def merged(changed: dict[str, str] | None) -> None:
            if changed:
                put({**{field.name: field.value for field in fields if field.value}, **changed})

        self.app.push_screen(form, merged)

    def do_record_edit(self) -> None:
        """Change the fields of the record under the cursor."""
        match = self.selected()
        if match is not None:
            self.crm.edit_record(match)

    def do_record_copy(self) -> None:
        """Copy name, number and mail of the record."""
        match = self.selected()
        if match is not None:
            self.crm.copy_record(match)


class ContactsScreen(PartiesScreen):
    """People."""

    place = tab = "contacts"
    kind = "contact"
    BINDINGS = actions.bindings("contacts")
    empty = "Nobody is here. n adds somebody; crm import FILE brings an address book."
    columns = (
        Column("Name", share=3),
        Column("Company", share=3),
        Column("City", share=2, from_width=64),
        Column("Last contact", width=12, from_width=48),
    )

    def cells(self, record: Any) -> Sequence[str]:
        """Return name, firm, place and last contact."""
        city = next((address.city for address in record.addresses if address.city), "") or ""
        firm = record.company.name if record.company is not None else ""
        return record.name, firm, city, self.touched(record)


class CompaniesScreen(PartiesScreen):
    """Firms."""

    place = tab = "companies"
    kind = "company"
    BINDINGS = actions.bindings("companies")
    empty = "There is no firm yet. n adds one; a new employer of a person becomes one."
    columns = (
        Column("Name", share=4),
        Column("City", share=2),
        Column("Phone", share=2, from_width=64),
        Column("Last contact", width=12, from_width=48),
    )

    def cells(self, record: Any) -> Sequence[str]:
        """Return name, place, number and last contact."""
        city = next((address.city for address in record.addresses if address.city), "") or ""
        return record.name, city, record.phones[0].value if record.phones else "", self.touched(record)
