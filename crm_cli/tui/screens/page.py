"""What the screens have in common: their frame, their actions, and how a change is made and told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from crm_cli.errors import CrmError, UsageError
from crm_cli.i18n import t
from crm_cli.tui import actions, key_names
from crm_cli.tui.screens.first_paint import FirstPaint
from crm_cli.tui.widgets.chrome import HintLine, TabLine

if TYPE_CHECKING:
    from crm_cli.domain.who import Match
    from crm_cli.tui.app import CrmApp
    from crm_cli.tui.dialogs.form import FormField
    from crm_cli.tui.session import Session

_CHORD_TOLD_AFTER = 0.4  # seconds after the first key of a chord


class Page(FirstPaint[None]):
    """A screen of the app. `place` is its name among the actions, `tab` the digit it belongs to."""

    place = ""
    tab = ""
    _first_key = ""

    @property
    def crm(self) -> CrmApp:
        """The app."""
        return cast("CrmApp", self.app)

    @property
    def session(self) -> Session:
        """The run's session."""
        return self.crm.session

    def compose(self) -> ComposeResult:
        self.take_size()
        yield TabLine(self.tab)
        with Vertical(id="body"):
            yield from self.parts()
        yield HintLine(self.place)

    def parts(self) -> ComposeResult:
        """Yield what is between the two lines."""
        yield from ()

    def on_screen_resume(self) -> None:
        self.reload()

    def reload(self) -> None:
        """Read everything again; the cursor stays on its record."""

    def put_in_lines(self, text: str) -> None:
        """Show as lists what is drawn otherwise, for those who read lines; `text` says what of the screen is wanted.

        Raises UsageError where the screen has nothing to choose from.
        """
        if text:
            raise UsageError("This screen takes no query.", hint="crm tui --plain")

    def say(self, text: str) -> None:
        """Show a text at the right end of the first line."""
        self.query_one(TabLine).say(text)

    def selected(self) -> Match | None:
        """Return the record an action is about."""
        return None

    def chosen(self) -> list[Match]:
        """Return the records an action is about: the marked ones, or the selected one."""
        match = self.selected()
        return [] if match is None else [match]

    def action_act(self, action_id: str) -> None:
        """Do one action of the registry."""
        self.crm.act(action_id)

    def on_key(self, event: events.Key) -> None:
        """Read the chords of the screen: two keys, the second one within any time."""
        if isinstance(self.focused, Input):
            return
        chords = self.crm.key_table.chords(self.place)
        first, self._first_key = self._first_key, ""
        action_id = chords.get(first, {}).get(event.key)
        if action_id is not None:
            event.stop()
            mover = getattr(self.focused, "action_act", None)
            (mover if action_id.startswith("move.") and mover is not None else self.crm.act)(action_id)
        elif event.key in chords:
            event.stop()
            self._first_key = event.key
            self.set_timer(_CHORD_TOLD_AFTER, lambda: self._tell_chords(chords))

    def _tell_chords(self, chords: Mapping[str, Mapping[str, str]]) -> None:
        """Say which keys may follow the one that was pressed, if none has by now."""
        first = self._first_key
        if first:
            ways = [
                f"{key_names.shown(first)} {key_names.shown(second)}  {t(actions.ACTIONS[action_id].label)}"
                for second, action_id in chords[first].items()
            ]
            self.crm.tell("   ".join(ways))

    def change(self, command: str, make: Callable[[], Any], told: str = "", **params: object) -> Any:
        """Make a change as one change set named by its command, show it, and say how to take it back.

        A refusal is told and nothing else happens; returns None then.
        """
        store = self.session.store
        store.command = command
        try:
            made = make()
        except CrmError as error:
            self.crm.tell_error(error)
            return None
        if told:
            self.crm.tell(t("{done}  u takes it back", done=t(told, **params)))
        self.crm.reload()
        return made

    def ask_form(
        self, title: str, fields: Sequence[FormField], command: str, save: Callable[[dict[str, str]], Any], told: str
    ) -> None:
        """Ask for fields and save what was changed; after a refusal the form comes back with what was typed."""
        from crm_cli.tui.dialogs.form import Form

        def put(changed: dict[str, str] | None) -> None:
            if not changed:
                return
            store = self.session.store
            store.command = command
            try:
                save(changed)
            except CrmError as error:
                again = [field.again(changed) for field in fields]
                self.app.push_screen(Form(title, again, complaint=self.crm.said(error)), put)
                return
            self.crm.tell(t("{done}  u takes it back", done=t(told, name=title)))
            self.crm.reload()

        self.app.push_screen(Form(title, fields), put)

    def do_text_edit(self) -> None:
        """Change the notes of the selected record in the user's editor."""
        match = self.selected()
        if match is not None:
            from crm_cli.tui.editing import edit_notes

            edit_notes(self, match)

    def take_cursor(self) -> None:
        """Know where the cursor is before an action: what its list says of it may come after the next key."""

    def do_record_links(self) -> None:
        """Open a link, mail address, number or attachment of what is under the cursor, after showing it."""
        from crm_cli.tui import record_links

        record_links.ask(self, self.linked())

    def do_record_call(self) -> None:
        """Call a number of what is under the cursor, after showing it."""
        from crm_cli.tui import record_links

        record_links.ask_for(self, self.linked(), "tel:", "{name} has no number.")

    def do_record_mail(self) -> None:
        """Write to a mail address of what is under the cursor, after showing it."""
        from crm_cli.tui import record_links

        record_links.ask_for(self, self.linked(), "mailto:", "{name} has no mail address.")

    def do_deal_new(self) -> None:
        """Ask for a title and add a deal with the selected record."""
        from crm_cli.tui import new_deal

        match = self.selected()
        if match is not None and match.kind in ("contact", "company"):
            new_deal.ask_with(self, match)

    def linked(self) -> Iterator[Match]:
        """Yield the records whose links may be meant; of the first one that has some they are shown."""
        match = self.selected()
        if match is not None:
            yield match

    def do_record_tag(self) -> None:
        """Ask for a tag and put it on the chosen records."""
        from crm_cli.services import tags
        from crm_cli.tui.dialogs.line_prompt import LinePrompt

        chosen = self.chosen()
        if not chosen:
            return

        def put(name: str | None) -> None:
            if not name:
                return
            now = self.session.ctx.now()

            def make() -> bool:
                with self.session.store.transaction(now):
                    for match in chosen:
                        tags.add(self.session.store, match=match, names=[name], now=now)
                return True

            command = f"crm tag add {chosen[0].id if len(chosen) == 1 else '-'} {name}"
            self.change(command, make, "Tag {tag} on {count}", tag=name, count=len(chosen))

        self.app.push_screen(LinePrompt(t("Tag"), hint=t("A letter first, then letters, digits, - and _")), put)

    def do_record_followup(self) -> None:
        """Ask for a follow-up and set it for the selected record."""
        from crm_cli.tui.dialogs.line_prompt import LinePrompt

        match = self.selected()
        if match is None:
            return

        def put(typed: str | None) -> None:
            if typed:
                self.change(f"crm task add {typed}", lambda: self._followup(match, typed), "Follow-up set")

        hint = t("When, then what: fri call back · +2w send the quote · 3.12. 9:00 visit")
        self.app.push_screen(LinePrompt(t("Follow-up for {name}", name=match.name), hint=hint), put)

    def _followup(self, match: Match, typed: str) -> object:
        """Set what `fu:` and these words would set in a log line."""
        from crm_cli.services import deals, interactions, tasks

        session = self.session
        reading = session.readings.now()
        line = interactions.read(session.store, f"fu:{typed}", reading)
        followup = line.followups[0]
        with session.store.transaction(reading.now):
            deal = match.row if match.kind == "deal" else None
            if deal is None:
                people, firms = ([match.row], []) if match.kind == "contact" else ([], [match.row])
                found = deals.open_deals_for(session.store, contact_rows=people, company_rows=firms)
                deal = found[0][0] if len(found) == 1 else None
            return tasks.add(
                session.store,
                text=followup.text,
                due=followup.due,
                now=reading.now,
                contact_rows=[match.row] if match.kind == "contact" else (),
                company_row=match.row if match.kind == "company" else match.company_row,
                deal_row=deal,
            )

    def finish_task(self, uid: str) -> None:
        """Finish a follow-up."""
        from crm_cli.services import tasks

        session = self.session

        def make() -> object:
            row = session.by_id(uid, "task").row
            return tasks.done(session.store, row=row, now=session.ctx.now(), localize=session.ctx.localize)

        self.change(f"crm task done {uid}", make, "Done")

    def do_screen_panes(self) -> None:
        """Go to the next pane."""
        self.focus_next()
