"""An import: first tried without writing anything, then decided field by field, then, when the user says so, done."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from crm_cli import wording
from crm_cli.domain.transfer import ADD, SKIP, UPDATE
from crm_cli.errors import CrmError
from crm_cli.i18n import t
from crm_cli.services import import_reading, import_review, transfer
from crm_cli.services.transfer import Imported
from crm_cli.store.store import Store
from crm_cli.tui.dialogs.dialog import Dialog
from crm_cli.tui.text_guard import content
from crm_cli.tui.widgets.record_list import Column, Key, Line, RecordList
from crm_cli.tui.widgets.scroll_box import ScrollBox

if TYPE_CHECKING:
    from typing import Any

    from crm_cli.services.import_review import Case, FieldCase
    from crm_cli.tui.session import Session

_REFUSED_SHOWN = 50
_TOLD_EVERY = 100  # items between two words about the progress
_COLUMNS = (
    Column("Field", share=2),
    Column("Here", share=3),
    Column("In the file", share=3),
    Column("Becomes", width=14),
)
_LABELS = {
    "name": "Name",
    "company": "Company",
    "title": "Position",
    "department": "Department",
    "nickname": "Nickname",
    "salutation": "Salutation",
    "emails": "E-mail",
    "phones": "Phone",
    "addresses": "Address",
    "links": "Web",
    "birthday": "Birthday",
    "tags": "Tags",
    "notes": "Notes",
}
_CHOICES = {import_review.OURS: "as here", import_review.THEIRS: "as in the file", import_review.BOTH: "both"}
_ANSWERS = {UPDATE: "changed", SKIP: "left alone", ADD: "another one"}


class ImportReview(Dialog[Imported | None]):
    """Say what a file would bring; `W` brings it, as one change set. Its value is what came in, or None."""

    BINDINGS = [  # noqa: RUF012 - Textual's form
        Binding("W", "write", show=False),
        Binding("left,h", "take('ours')", show=False),
        Binding("right,l", "take('theirs')", show=False),
        Binding("b", "take('both')", show=False),
        Binding("s", f"answer('{SKIP}')", show=False),
        Binding("n", f"answer('{ADD}')", show=False),
        Binding("escape,q,ctrl+c", "leave", show=False),
    ]
    DEFAULT_CSS = """
    ImportReview { align: center middle; background: $background 60%;
      #box { width: 96%; max-width: 116; height: auto; max-height: 90%; border: solid $primary; padding: 0 1;
             background: $surface; }
      #cases { display: none; }
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

    def compose(self) -> ComposeResult:
        with ScrollBox(id="box") as box:
            box.border_title = content(t("Import {file}", file=os.path.basename(self._file)))
            yield Static(content(t("Trying it out …")), id="report", markup=False)
            yield RecordList(_COLUMNS, self._load, id="cases")
            yield Static("", id="keys", markup=False)

    def on_mount(self) -> None:
        self.query_one("#box").focus()
        self._run(dry=True)

    def on_unmount(self) -> None:
        self._stopping = True

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
            self._repaint()

    def action_answer(self, answer: str) -> None:
        """Leave the record under the cursor alone, or add another one; the same key again changes it after all."""
        found = self._under_cursor()
        if found is not None:
            case = found[0]
            case.answer = UPDATE if case.answer == answer else answer
            self._repaint()

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

    def _repaint(self) -> None:
        self._list.show(self._list.keys)

    def _load(self, keys: Sequence[Key]) -> Iterable[tuple[Key, Line]]:
        for key in keys:
            if isinstance(key, tuple):
                case = self._cases[key[0]]
                yield key, _line_of(case) if key[1] < 0 else _line_of_field(case, case.fields[key[1]])

    @work(thread=True, exclusive=True, group="import")
    def _run(self, *, dry: bool) -> None:
        """Import in a thread with a store of its own."""
        done = 0

        def advance(count: int) -> None:
            nonlocal done
            before, done = done, done + count
            if done // _TOLD_EVERY != before // _TOLD_EVERY and not self._stopping:
                said = t("{count} read …  Esc stops", count=wording.number(done))
                self.app.call_from_thread(self._show, content(said))

        try:
            result = self._imported(dry, advance)
        except CrmError as error:
            if self.is_attached:
                self.app.call_from_thread(self._refused, error)
        else:
            if self.is_attached:
                self.app.call_from_thread(self._finished, result, dry)

    def _imported(self, dry: bool, advance: object) -> Imported:
        session = self._session
        with Store.open(session.ctx.db_path, actor=session.store.actor, command=self.command, dry_run=dry) as store:
            return transfer.import_files(
                store,
                sources=import_reading.sources([self._file]),
                options=import_reading.Options(region=session.ctx.config.region),
                now=session.ctx.now(),
                advance=advance,  # type: ignore[arg-type]
                review=self._review,
                stop=lambda: self._stopping,
            )

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
            self.dismiss(result)
            return
        self._tried = result
        self._cases = list(self._review.cases.values())
        self._show(_report(result, len(self._cases)))
        if self._cases:
            records = self._list
            records.display = True
            keys = [(at, row) for at, case in enumerate(self._cases) for row in range(-1, len(case.fields))]
            records.styles.height = max(min(len(keys) + 1, self.app.size.height - 14), 5)
            records.show(keys)
            records.focus()
        self.query_one("#keys", Static).update(content(_keys(bool(self._cases)), "bold"))

    def _show(self, text: Content) -> None:
        if self.is_attached:
            self.query_one("#report", Static).update(text)


def _report(result: Imported, cases: int) -> Content:
    counted = t(
        "{new} new · {changed} changed · {same} the same · {refused} refused",
        new=wording.number(result.new),
        changed=wording.number(result.changed),
        same=wording.number(result.same),
        refused=wording.number(len(result.refused)),
    )
    lines = [content(counted, "bold")]
    if result.pairs:
        lines.append(
            content(t("{count:looks like a record that is|look like records that are} here.", count=len(result.pairs)))
        )
    for item in result.refused[:_REFUSED_SHOWN]:
        place = f"{os.path.basename(item.file)}:{item.line}"
        lines.append(content(f"! {place}  {t(item.reason)}", "$error"))
    if result.refused:
        lines.append(content(t("What is refused stays in the file; the rest comes in.")))
    lines.append(content(t("Nothing is written yet. All of it is one change, which u takes back.")))
    if cases:
        lines.append(content(t("Of {count:record|records} the file says other things:", count=wording.number(cases))))
    return Content("\n").join(lines)


def _keys(decide: bool) -> str:
    keys = t("W write  Esc leave")
    return t("← as here  → as in the file  b both  s leave alone  n add  {keys}", keys=keys) if decide else keys


def _line_of(case: Case) -> Line:
    other = case.other_name if case.other_name != case.name else ""
    return Line((case.name, "", other, t(_ANSWERS[case.answer])))


def _line_of_field(case: Case, field: FieldCase) -> Line:
    label = t(_LABELS[field.name]) if field.name in _LABELS else field.name.rpartition(".")[2]
    if case.answer != UPDATE:
        becomes = ""
    else:
        becomes = t(_CHOICES[field.choice]) if field.choice else t("merged")
    return Line((f"  {label}", _text(field.ours), _text(field.theirs), becomes))


def _text(value: Any) -> str:
    """Return a fact as one line: items by their values, an address by its parts."""
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    if isinstance(value, dict):
        parts = (value[name] for name in ("value", "name", "street", "postcode", "city", "country") if name in value)
        return " ".join(map(str, parts))
    return str(value) if value not in (None, "") else "–"
