"""The line a visit is logged with: what was understood is seen while typing, and a draft is kept with every key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from crm_cli.errors import CrmError, UsageError
from crm_cli.i18n import t
from crm_cli.readings import Readings
from crm_cli.services import deals, interactions
from crm_cli.store.store import utc_text
from crm_cli.tui import log_completion, log_preview
from crm_cli.tui.drafting import DraftKeeper
from crm_cli.tui.text_guard import content
from crm_cli.tui.widgets.chip_row import ChipRow
from crm_cli.tui.widgets.line_input import LineInput

if TYPE_CHECKING:
    from textual.timer import Timer

    from crm_cli.context import AppContext
    from crm_cli.domain.deal import Deal
    from crm_cli.domain.log_line import LogLine, Who
    from crm_cli.domain.who import Match
    from crm_cli.services.interactions import Logged

# Keys typed faster than this are read together; reading asks the index.
_READ_AFTER = 0.04
_CHOICES = 5


class QuickLogBar(Vertical):
    """A log line with its chips. Posts `Logged` when it is in the store, `Closed` when the user goes; text is kept."""

    BINDINGS = [  # noqa: RUF012 - Textual's form
        Binding("escape,ctrl+c", "close", show=False, priority=True),
        Binding("shift+tab", "chips", show=False, priority=True),
        *(Binding(f"alt+{number}", f"choose({number - 1})", show=False) for number in range(1, _CHOICES + 1)),
        Binding("alt+n", "create", show=False),
    ]
    DEFAULT_CSS = """
    QuickLogBar { height: auto; max-height: 14;
      #prompt { height: 1; #sign { width: 2; } #line { width: 1fr; } }
      #notes { height: auto; max-height: 7; }
      #keys { height: 1; color: $text-muted; }
    }
    """

    class Logged(Message):
        """The line is in the store."""

        def __init__(self, logged: Logged) -> None:
            super().__init__()
            self.logged = logged

    class Closed(Message):
        """The user left; what was typed is a draft."""

    def __init__(self, ctx: AppContext, *, text: str = "", draft: int | None = None, id: str | None = None) -> None:
        super().__init__(id=id)
        self._ctx = ctx
        self._readings = Readings(ctx)
        self._text = text
        self._answers: dict[str, Match | str] = {}
        self._line: LogLine | None = None
        # What Tab offers: its place, the texts, which one is in the line, and the line before and behind it.
        self._offers: tuple[int, list[str], int] | None = None
        self._before = self._rest = ""
        self._timer: Timer | None = None
        self._logged = False
        self._keeper = None if ctx.options.dry_run else DraftKeeper(ctx.db_path, at=utc_text(ctx.now()), resumed=draft)

    def compose(self) -> ComposeResult:
        with Horizontal(id="prompt"):
            yield Static(Content("> "), id="sign", markup=False)
            yield LineInput(
                self._text, placeholder=t("visit miller yesterday 45m: saw the bench wv:fri call"), id="line"
            )
        yield ChipRow(id="chips")
        yield Static("", id="notes", markup=False)
        yield Static(content(t("Enter log  Tab complete  Shift+Tab chips  Esc keep as draft")), id="keys", markup=False)

    def on_mount(self) -> None:
        self.input.focus()
        self.input.cursor_position = len(self._text)
        self._read()

    def on_unmount(self) -> None:
        if self._keeper is not None:
            self._keeper.close()

    @property
    def input(self) -> LineInput:
        """The line itself."""
        return self.query_one("#line", LineInput)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._keeper is not None:
            self._keeper.typed(event.value)
        if self._offers is not None and event.value != self._offered_line():
            self._offers = None
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(_READ_AFTER, self._read)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._log(event.value)

    def on_line_input_completing(self, event: LineInput.Completing) -> None:
        event.stop()
        self._complete()

    def on_line_input_left_edge(self, event: LineInput.LeftEdge) -> None:
        event.stop()
        self.action_chips()

    def on_chip_row_left(self, event: ChipRow.Left) -> None:
        event.stop()
        self.input.focus()
        if event.key:
            self.input.insert_text_at_cursor(event.key)

    def on_chip_row_made_text(self, event: ChipRow.MadeText) -> None:
        event.stop()
        self._read()
        if self._line is None:
            return
        text = log_preview.as_text(self._line, event.chip)
        if text is None or not self._still_reads(text):
            self._note(content(t("This can't be made plain text; change the words."), "$warning"))
            return
        self.input.put(text)
        self._read()

    def action_chips(self) -> None:
        chips = self.query_one("#chips", ChipRow)
        if chips.has_focus or not chips.chips:
            self.input.focus()
        else:
            chips.focus()

    def action_close(self) -> None:
        self.post_message(self.Closed())

    def action_choose(self, index: int) -> None:
        self._read()
        who = log_preview.unclear(self._line, self._answers) if self._line is not None else None
        if who is not None and index < len(who.matches):
            self._answers[who.phrase] = who.matches[index]
            self._read()

    def action_create(self) -> None:
        self._read()
        who = log_preview.unclear(self._line, self._answers) if self._line is not None else None
        if who is not None:
            self._answers[who.phrase] = interactions.CREATE
            self._read()

    def _still_reads(self, text: str) -> bool:
        try:
            interactions.read(self._ctx.store, text, self._readings.now())
        except UsageError:
            return False
        return True

    def _log(self, text: str) -> None:
        """Log the line; where that can't be, say why and keep everything."""
        if self._logged:  # a second Enter, before the first has closed the bar
            return
        store = self._ctx.store
        store.command = f"crm log {text}"
        try:
            logged = interactions.log(store, text=text, reading=self._readings.now(), answers=self._answers)
        except CrmError as error:
            self._read()
            self._say(error)
            return
        self._logged = True
        if self._keeper is not None:
            self._keeper.forget()
            self._keeper = None
        self.post_message(self.Logged(logged))

    def _complete(self) -> None:
        """Put the only completion into the line; of several show them, and take the next with every Tab."""
        field = self.input
        if self._offers is None:
            start, offers = log_completion.complete(
                self._ctx.store,
                field.value,
                field.cursor_position,
                options=self._readings.options,
                stages=self._ctx.config.deal_stages,
            )
            if not offers:
                self.app.bell()
                return
            self._before, self._rest = field.value[:start], field.value[field.cursor_position :]
            self._offers = (start, offers, 0)
        else:
            start, offers, index = self._offers
            self._offers = (start, offers, (index + 1) % len(offers))
        start, offers, index = self._offers
        field.put(self._offered_line(), start + len(offers[index]))
        if len(offers) == 1:
            self._offers = None
        else:
            shown = Content("  ").join(
                content(offer, "reverse" if at == index else "") for at, offer in enumerate(offers)
            )
            self._note(shown)

    def _offered_line(self) -> str:
        assert self._offers is not None
        _, offers, index = self._offers
        return self._before + offers[index] + self._rest

    def _read(self) -> None:
        """Read the line again and show what it says."""
        text = self.input.value
        self._line = None
        chips = self.query_one("#chips", ChipRow)
        if not text.strip():
            chips.show(())
            self._note(Content(""))
            return
        reading = self._readings.now()
        try:
            self._line = interactions.read(self._ctx.store, text, reading)
        except CrmError as error:
            chips.show(())
            self._say(error)
            return
        line = self._line
        chips.show(log_preview.chips(line, today=reading.now.date(), answers=self._answers, deals=self._deals(line)))
        if self._offers is None:
            self._note(self._notes(line))

    def _deals(self, line: LogLine) -> list[Deal]:
        """Return the open deals of those the line names."""
        parties = [self._meant(who) for who in line.whos]
        people = [match.row for match in parties if match is not None and match.kind == "contact"]
        firms = [match.row if match.kind == "company" else match.company_row for match in parties if match is not None]
        rows = [row for row in firms if row is not None]
        if not people and not rows:
            return []
        return [deal for _, deal in deals.open_deals_for(self._ctx.store, contact_rows=people, company_rows=rows)]

    def _meant(self, who: Who) -> Match | None:
        answer = self._answers.get(who.phrase)
        return who.match if answer is None else answer if not isinstance(answer, str) else None

    def _notes(self, line: LogLine) -> Content:
        """Return the question about a name, and the warnings."""
        rows = []
        who = log_preview.unclear(line, self._answers)
        if who is not None and who.matches:
            rows.append(content(t("Who is “{phrase}”?", phrase=who.phrase), "bold $warning"))
            rows += [
                content(f"  Alt+{number}  {log_preview.match_text(match)}")
                for number, match in enumerate(who.matches[:_CHOICES], start=1)
            ]
        elif who is not None:
            rows.append(content(t("Nobody is called “{phrase}”.", phrase=who.phrase), "bold $error"))
            if who.suggestions:
                rows.append(content("  " + t("Did you mean “{near}”?", near=" · ".join(who.suggestions))))
        if who is not None:
            rows.append(content("  Alt+N  " + t("add this name to the address book")))
        rows += [content("! " + t(notice.template, **notice.params), "$warning") for notice in line.warnings]
        return Content("\n").join(rows)

    def _say(self, error: CrmError) -> None:
        rows = [content(t(error.template, **error.params), "bold $error")]
        if error.hint:
            rows.append(content(t(error.hint, **error.params)))
        self._note(Content("\n").join(rows))

    def _note(self, text: Content) -> None:
        self.query_one("#notes", Static).update(text)
