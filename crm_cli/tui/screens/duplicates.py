"""Records that may be one, pair by pair: the evidence, both side by side, and answers that can all be undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from crm_cli import wording
from crm_cli.domain.dupes import MERGED_FROM
from crm_cli.errors import CrmError, NotFound, UsageError
from crm_cli.i18n import t
from crm_cli.services import dupes, merging
from crm_cli.store.store import Store
from crm_cli.tui import actions, duplicate_search, evidence_text, side_by_side
from crm_cli.tui.screens.page import Page
from crm_cli.tui.text_guard import content
from crm_cli.tui.widgets.record_list import Column, Key, Line, RecordList

if TYPE_CHECKING:
    from crm_cli.domain.dupes import Duplicate
    from crm_cli.domain.who import Match

_KINDS = ("contact", "company")
_SHOWN_FROM = 0.5  # bits; lighter evidence says little


class DuplicatesScreen(Page):
    """The pairs of `crm dupes`, the surest first."""

    place = "duplicates"
    tab = "contacts"
    BINDINGS = actions.bindings("duplicates")
    DEFAULT_CSS = """
    DuplicatesScreen {
      #pairs { height: 1fr; min-height: 4; }
      #pair { height: 2fr; border-top: solid $panel-lighten-2; }
      #both { text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.kind = _KINDS[0]
        self._search: duplicate_search.Search | None = None
        self._found: dict[str, Sequence[Duplicate]] = {}
        self._pairs: dict[str, Duplicate] = {}
        self._turned: Key | None = None  # the pair of which the other record is kept

    def parts(self) -> ComposeResult:
        columns = (Column("Score", width=5, right=True), Column("Record", share=1), Column("Other record", share=1))
        yield Static("", id="title", markup=False)
        with Vertical(id="duplicates"):
            yield RecordList(columns, self._load, empty="Nothing looks like a duplicate.", id="pairs")
            with VerticalScroll(id="pair", can_focus=False):
                yield Static("", id="both", markup=False)

    def on_mount(self) -> None:
        self.records.focus()
        self.do_dupes_again()

    @property
    def records(self) -> RecordList:
        """The list of pairs."""
        return self.query_one("#pairs", RecordList)

    def reload(self) -> None:
        """Show the pairs that are still to be decided; an undo brings one back."""
        found = self._found.get(self.kind, ())
        left = dupes.standing(self.session.store, kind=self.kind, pairs=found)
        self._pairs = {f"{pair.a.id} {pair.b.id}": pair for pair in left}
        self.records.show(list(self._pairs))
        self._tell_state()

    def _tell_state(self) -> None:
        what = t("People") if self.kind == "contact" else t("Firms")
        if self.searching:
            state = t("searching …")
        else:
            state = t("{count:possible duplicate|possible duplicates}", count=wording.number(len(self._pairs)))
        self.query_one("#title", Static).update(content(f"{what} · {state}", "bold"))

    def put_in_lines(self, text: str) -> None:
        """Search among `contact` or `company`; each pair is a line with what speaks for it and against it."""
        if text and text not in _KINDS:
            known = ", ".join(_KINDS)
            raise UsageError("There is no screen “{name}”.", name=text, hint="It is one of: {choices}.", choices=known)
        self.records.columns = (*self.records.columns, Column("Evidence", share=2))
        self.records.load = self._load_in_lines
        if text and text != self.kind:
            self.do_dupes_kind()
        else:
            self.reload()

    def do_dupes_again(self) -> None:
        """Search the book again."""
        if self.session.store.path is None:
            self.reload()
            return
        self._stop()
        self._search = duplicate_search.Search(self.session.store.path, self.kind)
        self.records.empty = "The book is being searched; every other screen can be used meanwhile."
        self.reload()
        self._wait_for(self._search)

    @property
    def searching(self) -> bool:
        """Whether a search is running."""
        return self._search is not None

    def _stop(self) -> None:
        if self._search is not None:
            self._search.stop()
            self._search = None

    def on_unmount(self) -> None:
        self._stop()

    @work(thread=True, group="duplicates")
    def _wait_for(self, search: duplicate_search.Search) -> None:
        """Wait for a search in a thread; what was stopped meanwhile says nothing."""
        found: Sequence[Duplicate] = ()
        error: CrmError | None = None
        try:
            found = search.result()
        except CrmError as refused:
            error = refused
        if not search.stopped:
            self.app.call_from_thread(self._searched, search, found, error)

    def _searched(self, search: duplicate_search.Search, found: Sequence[Duplicate], error: CrmError | None) -> None:
        if search is not self._search:
            return
        self._search = None
        self._found[search.kind] = found
        self.records.empty = "Nothing looks like a duplicate."
        if error is not None:
            self.crm.tell_error(error)
        self.reload()

    def do_dupes_kind(self) -> None:
        """Show firms, or people again."""
        self.kind = _KINDS[(_KINDS.index(self.kind) + 1) % len(_KINDS)]
        if self.kind in self._found and not self.searching:
            self.reload()
        else:
            self.do_dupes_again()

    def _load(self, keys: Sequence[Key]) -> Iterable[tuple[Key, Line]]:
        for key in keys:
            pair = self._pairs.get(str(key))
            if pair is not None:
                sure = evidence_text.percent(pair.score, is_certain=pair.score >= MERGED_FROM)
                yield key, Line((sure, pair.a.name, pair.b.name), ref=str(key))

    def _load_in_lines(self, keys: Sequence[Key]) -> Iterable[tuple[Key, Line]]:
        """Name the records by their ids too, with all that speaks for a pair and against it."""
        short = self.session.page.short_ids([uid for key in keys for uid in str(key).split()])
        for key, line in self._load(keys):
            pair = self._pairs[str(key)]
            names = [f"{one.name} {short.get(str(one.id), one.id)}" for one in (pair.a, pair.b)]
            said = [text for heavy in (True, False) if (text := _evidence(pair, heavy=heavy))]
            yield key, Line((line.cells[0], *names, " · ".join(said)))

    def on_record_list_moved(self) -> None:
        if self.records.key != self._turned:
            self._turned = None
        self._draw()

    def on_resize(self, _: events.Resize) -> None:
        self._draw()

    def _draw(self) -> None:
        pair = self._chosen_pair()
        shown = self.query_one("#both", Static)
        if pair is None:
            shown.update("")
            return
        try:
            records = [self.session.card(match).record for match in self._matches(pair)]
        except NotFound:  # deleted by somebody this moment; the next look around takes the pair away
            shown.update("")
            return
        width = max(self.query_one("#pair").content_size.width, 20)
        lines = [content(_evidence(pair, heavy=True), "bold"), content(_evidence(pair, heavy=False), "$text-muted")]
        lines += side_by_side.lines(self.session, records, int(self._swapped), width)
        shown.update(Content("\n").join(line for line in lines if line))

    def _chosen_pair(self) -> Duplicate | None:
        key = self.records.key
        return self._pairs.get(str(key)) if key is not None else None

    def _matches(self, pair: Duplicate) -> list[Match]:
        return [self.session.by_id(str(ref.id), self.kind) for ref in (pair.a, pair.b)]

    @property
    def _swapped(self) -> bool:
        return self._turned is not None and self._turned == self.records.key

    def selected(self) -> Match | None:
        """Return the record of the pair that would be kept."""
        pair = self._chosen_pair()
        if pair is None:
            return None
        try:
            return self._matches(pair)[int(self._swapped)]
        except NotFound:
            return None

    def do_dupes_keep(self) -> None:
        """Keep the other record of the pair."""
        self._turned = None if self._swapped else self.records.key
        self._draw()

    def do_dupes_skip(self) -> None:
        """Leave the pair for later."""
        self.records.action_act("move.down")

    def do_record_open(self) -> None:
        """Open the record that would be kept."""
        match = self.selected()
        if match is not None:
            self.crm.open_record(match, None)

    def do_dupes_merge(self) -> None:
        """Make one of the pair."""
        pair = self._chosen_pair()
        if pair is None:
            return
        keep, lose = self._matches(pair) if not self._swapped else reversed(self._matches(pair))
        self.change(
            f"crm {self.kind} merge {keep.id} {lose.id}",
            lambda: merging.merge(self.session.store, keep=keep, lose=[lose], now=self.session.ctx.now()),
            "{count} merged into {name}",
            count=1,
            name=keep.name,
        )

    def do_dupes_reject(self) -> None:
        """Note that the two are not one, for good."""
        pair = self._chosen_pair()
        if pair is None:
            return
        matches = self._matches(pair)
        self.change(
            f"crm dupes reject {matches[0].id} {matches[1].id}",
            lambda: dupes.reject(self.session.store, lists=[matches], now=self.session.ctx.now()),
            "Never offered again",
        )

    def do_dupes_merge_certain(self) -> None:
        """Ask, then make one of every certain pair, in one change set."""
        from crm_cli.tui.dialogs.choice import Choice

        groups = dupes.certain(self.session.store, kind=self.kind, pairs=list(self._pairs.values()))
        if not groups:
            self.crm.tell(t("No pair is certain enough; decide them one by one."))
            return
        lost = sum(len(group.matches) - 1 for group in groups)
        question = t("Merge {lost} records into {kept} others?", lost=lost, kept=len(groups))

        def put(answer: str | None) -> None:
            if answer == "merge":
                self._merge_all(groups)

        self.app.push_screen(
            Choice(question, (("", t("No, one by one")), ("merge", t("Merge them; u takes it back")))), put
        )

    @work(thread=True, exclusive=True, group="merge")
    def _merge_all(self, groups: Sequence[dupes.Group]) -> None:
        """Merge in a thread with a store of its own."""
        session, ours = self.session, self.session.store
        assert ours.path is not None
        command = f"crm dupes merge --kind {self.kind} --threshold {MERGED_FROM}"
        try:
            with Store.open(ours.path, actor=ours.actor, command=command) as store:
                done = dupes.merge(store, groups=groups, now=session.ctx.now())
        except CrmError as error:
            self.app.call_from_thread(self.crm.tell_error, error)
            return
        self.app.call_from_thread(self._merged, sum(len(item.merged) for item in done))

    def _merged(self, count: int) -> None:
        self.crm.tell(t("{done}  u takes it back", done=t("{count} merged", count=wording.number(count))))
        self.crm.reload()

    def do_screen_back(self) -> None:
        """Go back to the people, or firms."""
        self.crm.act("go.contacts" if self.kind == "contact" else "go.companies")


def _evidence(pair: Duplicate, *, heavy: bool) -> str:
    """Return the words for what speaks for the pair and against it, the heavy or the light evidence."""
    return evidence_text.words(item for item in pair.evidence if (abs(item.weight) >= _SHOWN_FROM) is heavy)
