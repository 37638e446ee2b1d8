"""An import: first tried without writing anything, then, when the user says so, done."""

from __future__ import annotations

import os
import shlex
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from crm_cli import wording
from crm_cli.errors import CrmError
from crm_cli.i18n import t
from crm_cli.services import import_reading, transfer
from crm_cli.services.transfer import Imported
from crm_cli.store.store import Store
from crm_cli.tui.text_guard import content

if TYPE_CHECKING:
    from crm_cli.tui.session import Session

_REFUSED_SHOWN = 50
_TOLD_EVERY = 100  # items between two words about the progress


class ImportReview(ModalScreen[Imported | None]):
    """Say what a file would bring; `W` brings it, as one change set. Its value is what came in, or None."""

    BINDINGS = [  # noqa: RUF012 - Textual's form
        Binding("W", "write", show=False),
        Binding("escape,q,b", "leave", show=False),
    ]
    DEFAULT_CSS = """
    ImportReview { align: center middle; background: $background 60%;
      #box { width: 90%; max-width: 90; height: auto; max-height: 90%; border: solid $primary; padding: 0 1;
             background: $surface; }
    }
    """

    def __init__(self, session: Session, path: str) -> None:
        super().__init__()
        self._session = session
        self._file = os.path.expanduser(path)
        self._tried: Imported | None = None
        self._writing = False

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="box") as box:
            box.border_title = content(t("Import {file}", file=os.path.basename(self._file)))
            yield Static(content(t("Trying it out …")), id="report", markup=False)

    def on_mount(self) -> None:
        self.query_one("#box").focus()
        self._run(dry=True)

    def action_write(self) -> None:
        if self._tried is not None and not self._writing and self._tried.new + self._tried.changed:
            self._writing = True
            self._show(content(t("Writing …")))
            self._run(dry=False)

    def action_leave(self) -> None:
        # What is being written is finished; it can be taken back as a whole.
        if not self._writing:
            self.dismiss(None)

    @work(thread=True, exclusive=True, group="import")
    def _run(self, *, dry: bool) -> None:
        """Import in a thread with a store of its own."""
        done = 0

        def advance(count: int) -> None:
            nonlocal done
            before, done = done, done + count
            if done // _TOLD_EVERY != before // _TOLD_EVERY:
                said = t("{count} read …", count=wording.number(done))
                self.app.call_from_thread(self._show, content(said))

        try:
            result = self._imported(dry, advance)
        except CrmError as error:
            self.app.call_from_thread(self._refused, error)
        else:
            self.app.call_from_thread(self._finished, result, dry)

    def _imported(self, dry: bool, advance: object) -> Imported:
        session, ours = self._session, self._session.store
        assert ours.path is not None
        command = f"crm import {shlex.quote(self._file)}"
        with Store.open(ours.path, actor=ours.actor, command=command, dry_run=dry) as store:
            return transfer.import_files(
                store,
                sources=import_reading.sources([self._file]),
                options=import_reading.Options(region=session.ctx.config.region),
                now=session.ctx.now(),
                advance=advance,  # type: ignore[arg-type]
            )

    def _refused(self, error: CrmError) -> None:
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
        self._show(self._report(result))

    def _report(self, result: Imported) -> Content:
        counted = t(
            "{new} new · {changed} changed · {same} the same · {refused} refused",
            new=wording.number(result.new),
            changed=wording.number(result.changed),
            same=wording.number(result.same),
            refused=wording.number(len(result.refused)),
        )
        lines = [content(counted, "bold")]
        if result.pairs:
            lines.append(content(t("{count} look like records that are here.", count=len(result.pairs))))
        lines.append(Content(""))
        for item in result.refused[:_REFUSED_SHOWN]:
            place = f"{os.path.basename(item.file)}:{item.line}"
            lines.append(content(f"! {place}  {t(item.reason)}", "$error"))
        if result.refused:
            lines += [content(t("What is refused stays in the file; the rest comes in.")), Content("")]
        lines.append(content(t("Nothing is written yet. All of it is one change, which u takes back.")))
        lines.append(content(t("W write  Esc leave"), "bold"))
        return Content("\n").join(lines)

    def _show(self, text: Content) -> None:
        if self.is_attached:
            self.query_one("#report", Static).update(text)
