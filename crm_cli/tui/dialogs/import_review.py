"""An import: first tried without writing anything, then decided field by field, then, when the user says so, done."""

from __future__ import annotations

import os
import shlex
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from crm_cli import wording
from crm_cli.domain.transfer import ADD, SKIP
from crm_cli.errors import CrmError
from crm_cli.i18n import t
from crm_cli.services import import_evidence, import_reading, import_review, transfer
from crm_cli.services.transfer import Imported
from crm_cli.store.store import Store
from crm_cli.tui import import_lines
from crm_cli.tui.dialogs.dialog import Dialog
from crm_cli.tui.import_decisions import ImportDecisions
from crm_cli.tui.text_guard import content
from crm_cli.tui.widgets.record_list import Column, Key, Line, RecordList
from crm_cli.tui.widgets.scroll_box import ScrollBox

if TYPE_CHECKING:
    from crm_cli.services.import_review import Case, FieldCase
    from crm_cli.tui.session import Session

_TOLD_EVERY = 100  # items between two words about the progress
_KEPT_EVERY = 1.0  # seconds until what was decided is on the disk
_FORETOLD_AFTER = 2.0  # seconds of work that say how long the rest will take
_ROWS_BESIDE = 16  # of the screen, for what stands above and below the list
_COLUMNS = (
    Column("Field", share=2),
    Column("Here", share=3),
    Column("In the file", share=3),
    Column("Becomes", width=14),
)


class ImportReview(Dialog[Imported | None]):
    """Say what a file would bring; `W` brings it, as one change set. Its value is what came in, or None."""

    BINDINGS = [  # noqa: RUF012 - Textual's form
        Binding("W", "write", show=False),
        Binding("left,h", "take('ours')", show=False),
        Binding("right,l", "take('theirs')", show=False),
        Binding("b", "take('both')", show=False),
        Binding("s", f"answer('{SKIP}')", show=False),
        Binding("n", f"answer('{ADD}')", show=False),
        Binding("A", "certain", show=False),
        Binding("escape,q,ctrl+c", "leave", show=False),
    ]
    DEFAULT_CSS = """
    ImportReview { align: center middle; background: $background 60%;
      #box { width: 96%; max-width: 116; height: auto; max-height: 90%; border: solid $primary; padding: 0 1;
             background: $surface; }
      #cases, #why { display: none; }
      #why { height: 2; color: $text-muted; }
      #shell { color: $text-muted; }
    }
    """

    def __init__(self, session: Session, path: str) -> None:
        super().__init__()
        self._session = session
        self._file = os.path.expanduser(path)
        self._tried: Imported | None = None
        self.refusal: CrmError | None = None  # why the file cannot be read at all
        self._writing = False
        self._stopping = False
        self._review = import_review.Review()
        self._cases: list[Case] = []
        self._decisions: ImportDecisions | None = None
        self._resumed = 0  # records decided when the file was open before
        self._undecided = True  # nothing was decided since it was last kept

    def compose(self) -> ComposeResult:
        with ScrollBox(id="box") as box:
            box.border_title = content(t("Import {file}", file=os.path.basename(self._file)))
            yield Static(content(t("Trying it out …")), id="report", markup=False)
            yield RecordList(_COLUMNS, self._load, id="cases")
            yield Static("", id="why", markup=False)
            yield Static("", id="keys", markup=False)
            yield Static("", id="shell", markup=False)

    def on_mount(self) -> None:
        self.query_one("#box").focus()
        self.set_interval(_KEPT_EVERY, self._keep)
        self._run(dry=True)

    def on_unmount(self) -> None:
        self._stopping = True
        self._keep()

    def _keep(self) -> None:
        """Bring what was decided to the disk; whoever leaves, or is thrown out, finds it again."""
        if self._decisions is not None and not self._undecided:
            self._undecided = True
            self._decisions.keep(self._review.decisions())

    def action_write(self) -> None:
        tried = self._tried
        if tried is not None and not self._writing and (tried.new or tried.changed or self._cases):
            self._writing = True
            self._show(content(t("Writing …  Esc stops; what is in stays")))
            self._run(dry=False)

    def action_leave(self) -> None:
        # Between two batches everything is whole: what was written stays, and can be taken back as one.
        self._stopping = True
        if self._writing:
            self._show(content(t("Stopping …")))
        else:
            self.dismiss(None)

    def action_take(self, choice: str) -> None:
        """Decide the field under the cursor, or all fields of the record."""
        found = self._under_cursor()
        if found is not None:
            case, field = found
            (case if field is None else field).take(choice)
            self._decided()

    def action_answer(self, answer: str) -> None:
        """Leave the record under the cursor alone, or add another one; the same key again changes it after all."""
        found = self._under_cursor()
        if found is not None:
            found[0].turn(answer)
            self._decided()

    def action_certain(self) -> None:
        """Change only the records the items surely are, or, the second time, all again."""
        if self._cases and not self._writing:
            changed, left = self._review.take_certain(only=not self._review.only_certain)
            self._decided()
            told = t("{changed} changed, {left} left alone", changed=changed, left=left)
            self.app.notify(told, markup=False, timeout=4)

    @property
    def command(self) -> str:
        """The form for the shell."""
        return f"crm import {shlex.quote(self._file)}"

    @property
    def _list(self) -> RecordList:
        return self.query_one("#cases", RecordList)

    def _under_cursor(self) -> tuple[Case, FieldCase | None] | None:
        key = self._list.key
        if self._writing or not isinstance(key, tuple):
            return None
        case = self._cases[key[0]]
        return case, case.fields[key[1]] if key[1] >= 0 else None

    def _decided(self) -> None:
        self._undecided = False
        self._list.show(self._list.keys)

    def on_record_list_moved(self) -> None:
        """Say why the item under the cursor is taken for the record."""
        found = self._under_cursor()
        if found is not None:
            self.query_one("#why", Static).update(content(import_lines.why(*found)))

    def evidence(self) -> Iterator[str]:
        """Yield why each item is taken for its record, for those who read lines."""
        for case in self._cases:
            yield f"{case.name}: {import_lines.why(case, None)}"

    def _load(self, keys: Sequence[Key]) -> Iterable[tuple[Key, Line]]:
        for key in keys:
            if isinstance(key, tuple):
                case = self._cases[key[0]]
                if key[1] < 0:
                    yield key, import_lines.line_of(case)
                else:
                    yield key, import_lines.line_of_field(case, case.fields[key[1]])

    @work(thread=True, exclusive=True, group="import")
    def _run(self, *, dry: bool) -> None:
        """Import in a thread with a store of its own."""
        try:
            result = self._imported(dry)
            if dry:
                self._prepare()
        except CrmError as error:
            if self.is_attached:
                self.app.call_from_thread(self._refused, error)
        else:
            if self.is_attached:
                self.app.call_from_thread(self._finished, result, dry)

    def _imported(self, dry: bool) -> Imported:
        session = self._session
        sources = import_reading.sources([self._file])
        with Store.open(session.ctx.db_path, actor=session.store.actor, command=self.command, dry_run=dry) as store:
            return transfer.import_files(
                store,
                sources=sources,
                options=import_reading.Options(region=session.ctx.config.region),
                now=session.ctx.now(),
                advance=self._teller(import_reading.count_items(sources)),
                review=self._review,
                stop=lambda: self._stopping,
            )

    def _prepare(self) -> None:
        """Say how sure each case is, and decide as it was decided when this file was open before."""
        path = self._session.ctx.db_path
        if self._review.cases:
            with Store.open(path, actor=self._session.store.actor, create=False) as store:
                import_evidence.weigh(store, self._review.cases.values())
        self._decisions = ImportDecisions(path, import_reading.sources([self._file]))
        self._resumed = self._review.follow(self._decisions.read())

    def _teller(self, total: int) -> Callable[[int], None]:
        """Return what is told how many items are done, and shows it now and then."""
        done, begin = 0, time.monotonic()

        def advance(count: int) -> None:
            nonlocal done
            before, done = done, done + count
            if done // _TOLD_EVERY != before // _TOLD_EVERY and not self._stopping:
                said = t("{count} read …  Esc stops", count=wording.number(done))
                passed = time.monotonic() - begin
                if passed >= _FORETOLD_AFTER and total > done:
                    left = wording.number(round(passed * (total - done) / done))
                    said = t("{said}  about {seconds} s left", said=said, seconds=left)
                self.app.call_from_thread(self._show, content(said))

        return advance

    def _refused(self, error: CrmError) -> None:
        self.refusal = error
        self._writing = False
        self._tried = None
        lines = [content(t(error.template, **error.params), "bold $error")]
        if error.hint:
            lines.append(content(t(error.hint, **error.params)))
        self._show(Content("\n").join([*lines, Content(""), content(t("Esc leave"))]))

    def _finished(self, result: Imported, dry: bool) -> None:
        if not dry:
            if self._decisions is not None and not result.stopped:
                self._decisions.forget()
            self.dismiss(result)
            return
        self._tried = result
        self._cases = list(self._review.cases.values())
        self._show(import_lines.report(result, self._review, self._resumed))
        if self._cases:
            records = self._list
            records.display = True
            keys = [(at, row) for at, case in enumerate(self._cases) for row in range(-1, len(case.fields))]
            records.styles.height = max(min(len(keys) + 1, self.app.size.height - _ROWS_BESIDE), 5)
            records.show(keys)
            records.focus()
            self.query_one("#why", Static).display = True
        self.query_one("#keys", Static).update(content(import_lines.keys(bool(self._cases)), "bold"))
        self.query_one("#shell", Static).update(content(t("From the shell: {command}", command=self.command)))

    def _show(self, text: Content) -> None:
        if self.is_attached:
            self.query_one("#report", Static).update(text)
