"""The app: its screens, what they ask of it, and the watch for what other processes write."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, ClassVar

from textual.theme import Theme

from crm_cli.errors import CrmError
from crm_cli.i18n import t
from crm_cli.services import journal, resolve
from crm_cli.services.search import Hit
from crm_cli.tui import actions
from crm_cli.tui.dialogs.entry_view import EntryView
from crm_cli.tui.dialogs.key_help import KeyHelp
from crm_cli.tui.dialogs.line_prompt import LinePrompt
from crm_cli.tui.dialogs.palette import Palette
from crm_cli.tui.screens.account import AccountScreen
from crm_cli.tui.screens.page import Page
from crm_cli.tui.screens.parties import CompaniesScreen, ContactsScreen, PartiesScreen
from crm_cli.tui.screens.pipeline import PipelineScreen
from crm_cli.tui.screens.today import TodayScreen
from crm_cli.tui.session import Session
from crm_cli.tui.text_guard import GuardedApp, one_line

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from textual.screen import Screen

    from crm_cli.context import AppContext
    from crm_cli.domain.who import Match
    from crm_cli.services.interactions import Logged
    from crm_cli.services.transfer import Imported

_LOOK_EVERY = 0.5  # seconds between looks for other processes' writes
_THEMES = ("textual-dark", "textual-light", "crm-contrast", "ansi-dark", "ansi-light")
_CONTRAST = Theme(
    name="crm-contrast",
    primary="#ffff00",
    secondary="#00ffff",
    accent="#00ffff",
    warning="#ffff00",
    error="#ff8080",
    success="#80ff80",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    dark=True,
)
_ASCII_TERMINALS = ("linux", "vt100", "vt102")


class CrmApp(GuardedApp[None]):
    """The terminal interface; `start` is the screen it opens with."""

    CSS_PATH = "crm.tcss"
    BINDINGS = actions.bindings(actions.EVERYWHERE)
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {
        "today": TodayScreen,
        "contacts": ContactsScreen,
        "companies": CompaniesScreen,
        "pipeline": PipelineScreen,
    }
    HORIZONTAL_BREAKPOINTS = [(0, "-small"), (80, "-narrow"), (100, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high")]  # noqa: RUF012

    def __init__(self, ctx: AppContext, *, start: str = "today", read_only: bool = False) -> None:
        # The first screen is the only one that is laid out at the start.
        self.DEFAULT_MODE = start  # type: ignore[misc]
        super().__init__()
        self.session = Session(ctx, read_only=read_only)
        self.keys_given = actions.keymap(ctx.config.keys)
        self.ascii_only = bool(os.environ.get("CRM_ASCII")) or os.environ.get("TERM") in _ASCII_TERMINALS
        self._version = self.session.version()
        self._interrupted = False

    def on_mount(self) -> None:
        self.register_theme(_CONTRAST)
        self.set_keymap(self.keys_given)
        self.set_class(self.ascii_only, "-ascii")
        self.set_interval(_LOOK_EVERY, self._look_around)

    def on_unmount(self) -> None:
        self.session.close()

    def _look_around(self) -> None:
        """Show what another process wrote meanwhile."""
        version = self.session.version()
        if version != self._version:
            self._version = version
            self.reload()

    @property
    def page(self) -> Page | None:
        """The screen of ours that is open, below any dialog."""
        return next((screen for screen in reversed(self.screen_stack) if isinstance(screen, Page)), None)

    def reload(self) -> None:
        """Read the open screen again."""
        page = self.page
        if page is not None and page.is_mounted:
            page.reload()

    def tell(self, text: str) -> None:
        """Say something for a few seconds."""
        self.notify(one_line(text), markup=False, timeout=4)

    def tell_error(self, error: CrmError) -> None:
        """Say why something was refused, and what helps."""
        self.notify(one_line(self.said(error)), markup=False, severity="error", timeout=8)

    def said(self, error: CrmError) -> str:
        """Return an error and what helps, in the language in use."""
        text = t(error.template, **error.params)
        return f"{text} {t(error.hint, **error.params)}" if error.hint else text

    def action_act(self, action_id: str) -> None:
        """Do one action of the registry."""
        self.act(action_id)

    def act(self, action_id: str) -> None:
        """Do an action on the open screen, or here; a refusal is told."""
        action = actions.ACTIONS[action_id]
        if action.writes and self.session.read_only:
            self.tell(t("This was opened with --read-only; nothing is changed."))
            return
        handler = getattr(self.page, action.handler, None) or getattr(self, action.handler, None)
        if handler is None:
            self.bell()
            return
        try:
            handler()
        except CrmError as error:
            self.tell_error(error)

    def show_entry(self, match: Match) -> None:
        """Show the whole of a log entry or a follow-up."""
        record = self.session.card(match)
        said = "\n".join(self.session.lines(record)[:1])
        details = getattr(record, "details", None) or ""
        texts = [("", said), ("Text", record.text), ("Details", details), ("Line", getattr(record, "raw", None) or "")]
        self.push_screen(EntryView(t(match.kind), texts))

    def open_record(self, match: Match, origin: PartiesScreen | None) -> None:
        """Open the page of a record; of a task or an entry that of whom it is about."""
        if match.kind not in ("contact", "company", "deal"):
            about = _about(self.session.card(match))
            if about is None:
                self.show_entry(match)
                return
            match = self.session.by_id(about[1], about[0])
        self.push_screen(AccountScreen(match, origin))

    def edit_record(self, match: Match) -> None:
        """Change the fields of a record; what is typed is kept however the form is left."""
        from crm_cli.tui import party_form, work_form

        page, session = self.page, self.session
        if page is None:
            return
        card = session.card(match)
        if match.kind == "deal":
            fields = work_form.deal_fields(card.record)
        elif match.kind == "task":
            fields = work_form.task_fields(card)
        else:
            fields = party_form.fields(match.kind, card.record)

        def save(changed: dict[str, str]) -> object:
            if match.kind == "deal":
                return work_form.save_deal(session, match.row, changed)
            if match.kind == "task":
                return work_form.save_task(session, match.row, changed)
            return party_form.save(session, match.kind, match.row, changed, card.record)

        page.ask_form(match.name, fields, f"crm {match.kind} edit {match.id}", save, "{name} changed")

    def copy_record(self, match: Match) -> None:
        """Copy name, number and mail of a record."""
        record = self.session.card(match).record
        reach = [item.value for name in ("phones", "emails") for item in getattr(record, name, ())[:1]]
        self.copy_to_clipboard(one_line(", ".join([match.name, *reach])))
        self.tell(t("Copied: {text}", text=", ".join([match.name, *reach])))

    def do_go_today(self) -> None:
        """Show the day."""
        self.switch_mode("today")

    def do_go_contacts(self) -> None:
        """Show people."""
        self.switch_mode("contacts")

    def do_go_companies(self) -> None:
        """Show firms."""
        self.switch_mode("companies")

    def do_go_pipeline(self) -> None:
        """Show the deals."""
        self.switch_mode("pipeline")

    def do_log_open(self) -> None:
        """Open the quick-log bar, about the selected record."""
        # What only some keys need is loaded with the first of them: the first screen should not wait for it.
        from crm_cli.tui.dialogs.quick_log import QuickLog

        match = self.page.selected() if self.page is not None else None
        text = ""
        if match is not None and match.kind in ("contact", "company"):
            text = self._mention(match) + " "

        def told(logged: Logged | None) -> None:
            if logged is not None:
                self.tell(t("{done}  u takes it back", done=t("Logged")))
                self.reload()

        self.push_screen(QuickLog(self.session.ctx, text), told)

    def _mention(self, match: Match) -> str:
        """Return `@name` where that is clear, else `@id`."""
        name = "_".join(match.name.split())
        found = resolve.candidates(self.session.store, name)
        plain = match.name.isprintable() and len(found) == 1 and found[0].id == match.id
        return f"@{name}" if plain else f"@{match.id}"

    def do_palette_open(self) -> None:
        """Search everything."""
        place = self.page.place if self.page is not None else "today"

        def picked(found: Hit | actions.Action | None) -> None:
            if isinstance(found, actions.Action):
                self.call_later(self.act, found.id)
            elif isinstance(found, Hit):
                self.open_record(self.session.by_id(found.id, found.kind), None)

        self.push_screen(Palette(self.session, place), picked)

    def do_history_undo(self) -> None:
        """Take the newest change set back."""
        self.session.store.command = "crm undo"
        self._travel(journal.undo, "Taken back: {command}", "There is nothing to take back.")

    def do_history_redo(self) -> None:
        """Do the newest undone change set again."""
        self.session.store.command = "crm redo"
        self._travel(journal.redo, "Done again: {command}", "There is nothing to do again.")

    def _travel(self, way: Callable[..., list[Any]], told: str, nothing: str) -> None:
        taken = way(self.session.store, now=self.session.ctx.now())
        self.tell(t(told, command=taken[0].command) if taken else t(nothing))
        self.reload()

    def do_file_import(self) -> None:
        """Ask for a file, try it out, and bring it in."""
        from crm_cli.tui.dialogs.import_review import ImportReview

        def came(result: Imported | None) -> None:
            if result is not None:
                told = t("{new} new, {changed} changed", new=result.new, changed=result.changed)
                self.tell(t("{done}  u takes it back", done=told))
                self.reload()

        def put(path: str | None) -> None:
            if path:
                self.push_screen(ImportReview(self.session, path), came)

        self.push_screen(LinePrompt(t("Import"), hint=t("A file or a folder: vCard, CSV, calendar …")), put)

    def do_view_theme(self) -> None:
        """Take the next set of colours."""
        place = _THEMES.index(self.theme) + 1 if self.theme in _THEMES else 0
        self.theme = _THEMES[place % len(_THEMES)]
        self.tell(t("Colours: {name}", name=self.theme))

    def do_help_open(self) -> None:
        """Show the keys of the screen."""
        place = self.page.place if self.page is not None else "today"
        self.push_screen(KeyHelp(place, self.keys_given))

    def do_screen_leave(self) -> None:
        """Go to Today; on Today leave the program."""
        if self.current_mode == "today":
            self.exit()
        else:
            self.switch_mode("today")

    def action_help_quit(self) -> None:
        """Ctrl+C: the second one leaves."""
        if self._interrupted:
            self.exit()
            return
        self._interrupted = True
        self.set_timer(2, self._uninterrupted)
        self.tell(t("Ctrl+C once more leaves; everything is saved."))

    def _uninterrupted(self) -> None:
        self._interrupted = False


def _about(record: Any) -> tuple[str, str] | None:
    """Return (kind, id) of whom a task or an entry is about."""
    for contact in getattr(record, "contacts", ()):
        return "contact", contact.id
    if getattr(record, "company", None) is not None:
        return "company", record.company.id
    deal = getattr(record, "deal", None)
    return ("deal", str(deal["id"])) if deal else None
