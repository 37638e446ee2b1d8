"""The app: its screens, what they ask of it, and the watch for what other processes write."""

from __future__ import annotations

import gc
import importlib
from typing import TYPE_CHECKING, ClassVar

from crm_cli.errors import CrmError
from crm_cli.i18n import t
from crm_cli.tui import actions, ascii_signs, keys, themes
from crm_cli.tui.screens.page import Page
from crm_cli.tui.session import Session
from crm_cli.tui.text_guard import GuardedApp, one_line
from crm_cli.tui.view_state import ViewState

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from typing import Any

    from textual.screen import Screen

    from crm_cli.context import AppContext
    from crm_cli.domain.who import Match
    from crm_cli.services.interactions import Logged
    from crm_cli.services.search import Hit
    from crm_cli.tui.screens.parties import PartiesScreen
    from crm_cli.tui.shell_commands import ShellCommand

_LOOK_EVERY = 0.5  # seconds between looks for other processes' writes


def _screen(module: str, name: str) -> Callable[[], Screen[Any]]:
    """Return what makes a screen; its module is loaded with its first use, so that the others cost nothing."""
    return lambda: getattr(importlib.import_module(f"crm_cli.tui.screens.{module}"), name)()


_ENTRIES = {"interaction": "Log entry", "task": "Follow-up"}


class CrmApp(GuardedApp[None]):
    """The terminal interface; `start` is the screen it opens with."""

    CSS_PATH = "crm.tcss"
    BINDINGS = actions.bindings(actions.EVERYWHERE)
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {
        "today": _screen("today", "TodayScreen"),
        "contacts": _screen("parties", "ContactsScreen"),
        "companies": _screen("parties", "CompaniesScreen"),
        "pipeline": _screen("pipeline", "PipelineScreen"),
        "week": _screen("week", "WeekScreen"),
        "reports": _screen("reports", "ReportsScreen"),
        "duplicates": _screen("duplicates", "DuplicatesScreen"),
    }
    HORIZONTAL_BREAKPOINTS = [(0, "-small"), (80, "-narrow"), (100, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high")]  # noqa: RUF012

    def __init__(self, ctx: AppContext, *, start: str = "today", read_only: bool = False) -> None:
        # The first screen is the only one that is laid out at the start.
        self.DEFAULT_MODE = start  # type: ignore[misc]
        super().__init__()
        self.session = Session(ctx, read_only=read_only)
        self.key_table = keys.configured(ctx.config)
        self.view_state = ViewState()
        self.signs = ascii_signs.wanted(ctx.config.borders)
        self._version = self.session.version()
        self._moment = self._now()
        self._interrupted = False

    def on_mount(self) -> None:
        self.register_theme(themes.CONTRAST)
        self.theme = self.view_state.theme(themes.NAMES, self.theme)
        self.set_keymap(self.key_table.for_textual())
        for template, params in self.key_table.notes:
            self.notify(one_line(t(template, **params)), markup=False, severity="warning", timeout=12)
        self.set_interval(_LOOK_EVERY, self._look_around)

    def on_ready(self) -> None:
        """Collect garbage again, but never look through what start-up made."""
        if not gc.isenabled():
            gc.freeze()
            gc.enable()

    def on_unmount(self) -> None:
        self.session.close()

    def _look_around(self) -> None:
        """Show what another process wrote meanwhile, what is overdue by now, and after midnight the new day."""
        version, moment = self.session.version(), self._now()
        if version != self._version or moment[0] != self._moment[0] or (self._on_today and moment != self._moment):
            self.reload()
        self._version, self._moment = version, moment

    def _now(self) -> tuple[date, int]:
        """Return the day and the minute of it."""
        now = self.session.ctx.now()
        return now.date(), now.hour * 60 + now.minute

    @property
    def _on_today(self) -> bool:
        return self.page is not None and self.page.place == "today"

    @property
    def page(self) -> Page | None:
        """The screen of ours that is open, below any dialog."""
        return next((screen for screen in reversed(self.screen_stack) if isinstance(screen, Page)), None)

    def reload(self) -> None:
        """Read the open screen again."""
        page = self.page
        # At the end the screens lose their widgets before the watch for other processes stops.
        if page is not None and page.is_mounted and self.is_running:
            page.reload()

    def push_screen(self, screen: Any, callback: Any = None, *more: Any, **options: Any) -> Any:
        """Open a screen; what is refused when its answer is carried out is told."""
        return super().push_screen(screen, None if callback is None else self._told(callback), *more, **options)

    def _told(self, carry_out: Callable[[Any], object]) -> Callable[[Any], None]:
        """Return what carries an answer out: meanwhile another process may have taken away what it is about."""

        def answered(answer: Any) -> None:
            try:
                carry_out(answer)
            except CrmError as error:
                self.tell_error(error)

        return answered

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
        page = self.page
        if page is not None and page.is_mounted:
            page.take_cursor()
        handler = getattr(page, action.handler, None) or getattr(self, action.handler, None)
        if handler is None:
            self.bell()
            return
        try:
            handler()
        except CrmError as error:
            self.tell_error(error)

    def show_entry(self, match: Match) -> None:
        """Show the whole of a log entry or a follow-up."""
        from crm_cli.tui.dialogs.entry_view import EntryView

        record = self.session.card(match)
        said = ""
        if match.kind == "interaction":  # the echo of `crm log` without its check mark and its offer to undo
            said = self.session.lines(record)[0].removeprefix("✔ ").rpartition("   ")[0]
        details = getattr(record, "details", None) or ""
        texts = [("", said), ("Text", record.text), ("Details", details), ("Line", getattr(record, "raw", None) or "")]
        self.push_screen(EntryView(t(_ENTRIES.get(match.kind, match.kind)), texts))

    def open_record(self, match: Match, origin: PartiesScreen | None) -> None:
        """Open the page of a record; of a task or an entry that of whom it is about."""
        from crm_cli.tui.screens.account import AccountScreen

        if match.kind == "event" and self.page is not None:
            from crm_cli.tui import event_acts

            event_acts.show(self.page, match.id)
            return
        if match.kind not in ("contact", "company", "deal"):
            about = self.session.about(match)
            if about is None:
                self.show_entry(match)
                return
            match = about
        self.push_screen(AccountScreen(match, origin))

    def edit_record(self, match: Match) -> None:
        """Change the fields of a record; what is typed is kept however the form is left."""
        from crm_cli.tui import party_form, work_form

        page, session = self.page, self.session
        if page is None:
            return
        if match.kind == "event":
            from crm_cli.tui import event_acts

            event_acts.edit(page, match.id, session.card(match).start or "")
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

    def do_go_duplicates(self) -> None:
        """Show what may be one."""
        self.switch_mode("duplicates")

    def do_go_week(self) -> None:
        """Show the appointments."""
        self.switch_mode("week")

    def do_go_reports(self) -> None:
        """Show the figures."""
        self.switch_mode("reports")

    def do_log_open(self) -> None:
        """Open the quick-log bar, about the selected record."""
        match = self.page.selected() if self.page is not None else None
        text = ""
        if match is not None and match.kind in ("contact", "company"):
            text = self.mention(match) + " "
        self.open_log(text)

    def open_log(self, text: str) -> None:
        """Open the quick-log bar with the beginning of a line."""
        # What only some keys need is loaded with the first of them: the first screen should not wait for it.
        from crm_cli.tui.dialogs.quick_log import QuickLog

        def told(logged: Logged | None) -> None:
            if logged is not None:
                self.tell(t("{done}  u takes it back", done=t("Logged")))
                for notice in logged.notices:
                    self.notify(one_line(t(notice.template, **notice.params)), markup=False, severity="warning")
                self.reload()

        self.push_screen(QuickLog(self.session.ctx, text), told)

    def mention(self, match: Match) -> str:
        """Return `@name` where that is clear, else `@id`."""
        from crm_cli.services import resolve

        name = "_".join(match.name.split())
        found = resolve.candidates(self.session.store, name)
        plain = match.name.isprintable() and len(found) == 1 and found[0].id == match.id
        return f"@{name}" if plain else f"@{match.id}"

    def do_palette_open(self) -> None:
        """Search everything."""
        from crm_cli.tui.dialogs.palette import Palette
        from crm_cli.tui.shell_commands import ShellCommand

        place = self.page.place if self.page is not None else "today"

        def picked(found: Hit | actions.Action | ShellCommand | None) -> None:
            if isinstance(found, actions.Action):
                self.call_later(self.act, found.id)
            elif isinstance(found, ShellCommand):
                self._complete_command(found)
            elif found is not None:
                self.open_record(self.session.by_id(found.id, found.kind), None)

        self.push_screen(Palette(self.session, place, self.key_table), picked)

    def _complete_command(self, command: ShellCommand) -> None:
        """Let the user finish a line of the shell, and run it."""
        from crm_cli.tui.dialogs.command_run import CommandRun
        from crm_cli.tui.dialogs.line_prompt import LinePrompt
        from crm_cli.tui.shell_commands import Run

        if command.writes and self.session.read_only:
            self.tell(t("This was opened with --read-only; nothing is changed."))
            return

        def put(line: str | None) -> None:
            if line:
                try:
                    self.push_screen(CommandRun(line, Run(line, self.session.ctx.db_path)))
                except CrmError as error:
                    self.tell_error(error)

        hint = t("As in a shell; Enter runs it")
        self.push_screen(LinePrompt(command.help, value=f"{command.line} ", hint=hint), put)

    def do_history_undo(self) -> None:
        """Take the newest change set back."""
        from crm_cli.services import journal

        self.session.store.command = "crm undo"
        self._travel(journal.undo, "Taken back: {command}", "There is nothing to take back.")

    def do_history_redo(self) -> None:
        """Do the newest undone change set again."""
        from crm_cli.services import journal

        self.session.store.command = "crm redo"
        self._travel(journal.redo, "Done again: {command}", "There is nothing to do again.")

    def _travel(self, way: Callable[..., list[Any]], told: str, nothing: str) -> None:
        taken = way(self.session.store, now=self.session.ctx.now())
        self.tell(t(told, command=taken[0].command) if taken else t(nothing))
        self.reload()

    def do_file_import(self) -> None:
        """Ask for a file, try it out, and bring it in."""
        from crm_cli.tui import importing

        importing.ask(self)

    def do_view_theme(self) -> None:
        """Take the next set of colours."""
        self.theme = themes.after(self.theme)
        self.view_state.keep_theme(self.theme)
        self.tell(t("Colours: {name}", name=self.theme))

    def do_view_redraw(self) -> None:
        """Paint everything, also what the terminal should show already."""
        self.repaint()

    def do_program_suspend(self) -> None:
        """Stop as a shell's job."""
        self.action_suspend_process()

    def do_help_open(self) -> None:
        """Show the keys of the screen."""
        from crm_cli.tui.dialogs.key_help import KeyHelp

        place = self.page.place if self.page is not None else "today"
        self.push_screen(KeyHelp(place, self.key_table))

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
