"""People and firms: a list of any length, a filter with the queries of the command line, and a look at one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from crm_cli import wording
from crm_cli.errors import CrmError
from crm_cli.i18n import t
from crm_cli.store import party_order
from crm_cli.tui import actions, party_columns
from crm_cli.tui.screens.page import Page
from crm_cli.tui.text_guard import content
from crm_cli.tui.widgets.line_input import LineInput
from crm_cli.tui.widgets.record_list import Key, Line, RecordList

if TYPE_CHECKING:
    from textual.timer import Timer

    from crm_cli.domain.who import Match

_LOOK_AFTER = 0.06
# Rows that are read before the first painting; the others follow.
_FIRST = 200
_NO_MATCH = "Nothing is found. Esc clears the filter."


class PartiesScreen(Page):
    """The list of people or of firms."""

    # Not the filter, which comes first: keys typed ahead would become a query.
    AUTO_FOCUS = "#list"
    kind = ""
    empty = ""

    def __init__(self) -> None:
        super().__init__()
        self._query = ""
        self._segment = ""
        self._sort = party_order.NAME
        self._columns: Sequence[str] = ()
        self._complaint = Content("")
        self._look: Timer | None = None

    def parts(self) -> ComposeResult:
        known = self.crm.view_state
        self._sort = known.sort(self.place, party_order.SORTS[self.kind])
        self._columns = known.columns(self.place, party_columns.offered(self.kind), party_columns.STANDARD[self.kind])
        with Horizontal(id="filter-row"):
            yield Static(Content("/ "), id="filter-sign", markup=False)
            yield LineInput(placeholder=t("words, city:Köln, tag:fair, last_contact>90d"), id="filter")
        yield Static("", id="complaint", markup=False)
        with Horizontal(id="panes"):
            yield RecordList(party_columns.of(self.kind, self._columns), self._load, empty=self.empty, id="list")
            with VerticalScroll(id="look", can_focus=False):
                yield Static("", id="card", markup=False)

    def on_mount(self) -> None:
        self.query_one("#list").focus()

    @property
    def records(self) -> RecordList:
        """The list."""
        return self.query_one("#list", RecordList)

    def reload(self) -> None:
        """Run the query again."""
        query = " ".join(part for part in (self._segment, self._query) if part)
        searching = self.session.searching
        if self.session.store.path is None:
            # A store that does not exist yet is an empty one in memory, of this thread alone.
            try:
                self._found(searching.rows(self.kind, query, self._sort) or ())
            except CrmError as error:
                self._refused(error)
            return
        searching.stop()
        if not query and not self.records.keys and self._sort == party_order.NAME:
            first, total = searching.first(self.kind, _FIRST)
            self._found(first, total)
            if total > len(first):
                # The others would take the time of the first painting.
                self.when_seen(self.reload)
            return
        self._search(query)

    @work(thread=True, exclusive=True, group="search")
    def _search(self, query: str) -> None:
        """Find the rows in a thread; the newest query wins."""
        worker = get_current_worker()
        try:
            rows = self.session.searching.rows(self.kind, query, self._sort)
        except CrmError as error:
            if not worker.is_cancelled:
                self.app.call_from_thread(self._refused, error)
            return
        if rows is not None and not worker.is_cancelled:
            self.app.call_from_thread(self._found, rows)

    def _found(self, rows: Sequence[int], total: int | None = None) -> None:
        if not self.is_attached:
            return
        self._complain(Content(""))
        self.records.empty = _NO_MATCH if self._query or self._segment else self.empty
        self.records.show(rows, total)
        self._count()

    def _count(self) -> None:
        shown = wording.number(self.records.total)
        text = t("{count} listed", count=shown)
        if self._segment:
            text = f"{self._segment} · {text}"
        if self._sort != party_order.NAME:
            text += " · " + t(party_columns.SORTS[self._sort])
        if self.records.marks:
            text += " · " + t("{count} marked", count=len(self.records.marks))
        self.say(text)

    def _refused(self, error: CrmError) -> None:
        if not self.is_attached:
            return
        text = t(error.template, **error.params)
        hint = t(error.hint, **error.params) if error.hint else ""
        self._complain(content(f"{text} {hint}", "$error"))

    def _complain(self, text: Content) -> None:
        """Say what is wrong with the query; where nothing changes, nothing is laid out anew."""
        if text != self._complaint:
            self._complaint = text
            shown = self.query_one("#complaint", Static)
            shown.update(text)
            shown.display = bool(text.plain)

    def _load(self, keys: Sequence[Key]) -> Iterable[tuple[Key, Line]]:
        rows = [key for key in keys if isinstance(key, int)]
        for row, record in self.session.records(self.kind, rows):
            yield row, Line(party_columns.cells(record, self._columns, self.session), ref=record.id)

    def on_record_list_moved(self) -> None:
        if self._look is not None:
            self._look.stop()
        self._look = self.set_timer(_LOOK_AFTER, self._show_card)

    def _show_card(self) -> None:
        if not self.query_one("#look").display:
            return
        match = self.selected()
        width = self.query_one("#look").content_size.width or None
        lines = self.session.look(match, width) if match is not None else []
        self.query_one("#card", Static).update(Content("\n").join(content(line) for line in lines))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._query = event.value
        self.reload()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.records.focus()

    def selected(self) -> Match | None:
        """Return the record under the cursor."""
        key = self.records.key
        return self.session.match(self.kind, key) if isinstance(key, int) else None

    def chosen(self) -> list[Match]:
        """Return the marked records, or the one under the cursor."""
        found = (self.session.match(self.kind, key) for key in self.records.chosen() if isinstance(key, int))
        return [match for match in found if match is not None]

    def neighbour(self, match: Match, by: int) -> Match | None:
        """Return the record before or after one in the list, and put the cursor there."""
        keys = self.records.keys
        place = keys.index(match.row) + by if match.row in keys else -1
        if not 0 <= place < len(keys):
            return None
        self.records.cursor = place
        return self.selected()

    def put_in_lines(self, text: str) -> None:
        """Filter by a query; one that cannot be read is refused."""
        self.session.searching.rows(self.kind, text)
        self.query_one("#filter", LineInput).put(text)

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
        from crm_cli.domain.query import quoted
        from crm_cli.store import segments

        names = [item.name for item in segments.list(self.session.store.connection) if item.entity == self.kind]
        if not names:
            self.crm.tell(t("No segment is saved: crm segment save NAME QUERY makes one."))
            return
        queries = ["", *(f"segment:{quoted(name)}" for name in names)]
        place = queries.index(self._segment) + 1 if self._segment in queries else 0
        self._segment = queries[place % len(queries)]
        self.reload()

    def do_list_export(self) -> None:
        """Ask for a file and write what is listed, or marked, into it."""
        from crm_cli.tui import list_export

        query = " ".join(part for part in (self._segment, self._query) if part)
        list_export.ask(self, self.kind, query, self.chosen() if self.records.marks else ())

    def do_list_sort(self) -> None:
        """Ask for the order of the list; it stays for the next time."""
        from crm_cli.tui.dialogs.choice import Choice

        def put(sort: str | None) -> None:
            if sort is not None:
                self._sort = sort
                self.crm.view_state.keep_sort(self.place, sort)
                self.reload()

        answers = [(sort, t(party_columns.SORTS[sort])) for sort in party_order.SORTS[self.kind]]
        self.app.push_screen(Choice(t("Sort by"), answers), put)

    def do_list_columns(self) -> None:
        """Ask for the columns of the list; they stay for the next time."""
        from crm_cli.tui.dialogs.columns import Columns

        def put(chosen: Sequence[str] | None) -> None:
            if chosen is not None:
                self._columns = chosen
                self.crm.view_state.keep_columns(self.place, chosen)
                self.records.columns = party_columns.of(self.kind, chosen)
                self.records.show(self.records.keys, self.records.total)

        self.app.push_screen(Columns(party_columns.offered(self.kind), self._columns), put)

    def do_list_mark(self) -> None:
        """Mark or unmark."""
        self.records.toggle_mark()
        self._count()

    def do_list_mark_all(self) -> None:
        """Mark all, or none."""
        self.records.mark_all()
        self._count()

    def do_screen_back(self) -> None:
        """Leave the filter; then clear it; then unmark."""
        field = self.query_one("#filter", LineInput)
        if field.has_focus:
            self.records.focus()
        elif self._query or self._segment:
            self._segment = ""
            field.put("")
            self.reload()
        elif self.records.marks:
            self.records.marks = set()
            self.records.refresh()
            self._count()

    def do_record_merge(self) -> None:
        """Compare the marked records, then make one of them."""
        from crm_cli.services import merging
        from crm_cli.tui.dialogs.merge import MergeReview

        chosen = self.chosen()
        if len(chosen) < 2:
            self.crm.tell(t("Space marks; mark two or more that are the same. :duplicates shows what may be."))
            return
        session = self.session

        def put(keep: Match | None) -> None:
            if keep is not None:
                lose = [match for match in chosen if match.row != keep.row]
                self.change(
                    f"crm {self.kind} merge {keep.id} {' '.join(match.id for match in lose)}",
                    lambda: merging.merge(session.store, keep=keep, lose=lose, now=session.ctx.now()),
                    "{count} merged into {name}",
                    count=len(lose),
                    name=keep.name,
                )

        self.app.push_screen(MergeReview(session, chosen), put)

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
        from crm_cli.tui import party_form

        kind, session = self.kind, self.session
        self.ask_form(
            t("New"),
            party_form.fields(kind),
            f"crm {kind} add",
            lambda changed: party_form.save(session, kind, None, changed),
            "Added",
        )

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
    empty = "Nobody is here. n adds somebody; :import brings an address book, crm import FILE in the shell."


class CompaniesScreen(PartiesScreen):
    """Firms."""

    place = tab = "companies"
    kind = "company"
    BINDINGS = actions.bindings("companies")
    empty = "There is no firm yet. n adds one, crm company add NAME in the shell; a person's employer becomes one."
