"""The open deals by stage, side by side; a deal moves with one key and back with another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from crm_cli import wording
from crm_cli.domain.display import cell_width, pad, shorten
from crm_cli.domain.money import minor_digits
from crm_cli.domain.who import Match
from crm_cli.i18n import t
from crm_cli.services import deals
from crm_cli.tui import actions
from crm_cli.tui.dialogs.line_prompt import LinePrompt
from crm_cli.tui.screens.page import Page
from crm_cli.tui.text_guard import content, one_line
from crm_cli.tui.widgets.record_list import Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crm_cli.domain.deal import Deal

_NARROWEST = 18  # of a column, frame included
_CARD_LINES = 4


class Board(Static, can_focus=True):
    """The columns that fit, with the chosen deal in sight."""

    DEFAULT_CSS = "Board { height: 1fr; width: 1fr; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("", markup=False, id=id)
        self.columns: list[tuple[str, list[Deal]]] = []
        self.column = 0
        self.row = 0
        self.first = self.shown = 0  # the columns in sight
        self.sums: list[str] = []
        self.card: dict[str, Sequence[str]] = {}

    @property
    def deal(self) -> Deal | None:
        """The chosen deal."""
        if not self.columns:
            return None
        found = self.columns[self.column][1]
        return found[self.row] if self.row < len(found) else None

    def choose(self, uid: str | None) -> None:
        """Go to a deal wherever it is now; without it stay near the place."""
        for at, (_, found) in enumerate(self.columns):
            for row, deal in enumerate(found):
                if deal.id == uid:
                    self.column, self.row = at, row
                    return
        self.column = min(self.column, max(len(self.columns) - 1, 0))
        self.row = min(self.row, max(len(self.columns[self.column][1]) - 1, 0)) if self.columns else 0

    def step(self, columns: int, rows: int) -> None:
        """Go to the next deal in a direction; empty columns are entered too."""
        if not self.columns:
            return
        self.column = max(min(self.column + columns, len(self.columns) - 1), 0)
        last = max(len(self.columns[self.column][1]) - 1, 0)
        self.row = max(min(self.row + rows, last), 0)
        self.draw()

    def on_resize(self) -> None:
        self.draw()

    def plain_lines(self) -> Iterator[str | Line]:
        """Yield the stages with their deals for those who read lines."""
        for (name, found), total in zip(self.columns, self.sums, strict=True):
            yield f"{one_line(name)}: {len(found)}, {total}"
            for deal in found:
                yield Line(self.card[deal.id], ref=deal.id)

    def draw(self) -> None:
        """Paint the columns."""
        width, height = self.size
        if not width or not self.columns:
            return
        shown = min(max(width // _NARROWEST, 1), len(self.columns))
        first = max(min(self.column - shown + 1, len(self.columns) - shown), 0) if self.column >= shown else 0
        self.first, self.shown = first, shown
        room = width // shown
        painted = [self._column(at, room, height) for at in range(first, first + shown)]
        rows = (Content("").join([column[y] for column in painted]) for y in range(height))
        self.update(Content("\n").join(rows))

    def _column(self, at: int, width: int, height: int) -> list[Content]:
        name, found = self.columns[at]
        inner = width - 2
        figures = f" {len(found)} · {self.sums[at]}{self._beyond(at)}"
        title = shorten(one_line(name), max(inner - cell_width(figures), 3)) + figures
        lines = [
            content(pad(title, width), "bold reverse" if at == self.column and self.has_focus else "bold"),
            Content("─" * (width - 1) + " "),
        ]
        fits = max((height - 3) // _CARD_LINES, 1)
        top = max(self.row - fits + 1, 0) if at == self.column else 0
        for row in range(top, min(top + fits, len(found))):
            chosen = at == self.column and row == self.row
            lines += self._card(found[row], width, chosen=chosen)
        rest = len(found) - top - fits
        if rest > 0:
            lines.append(content(pad(t("{count} more", count=rest), width), "$text-muted"))
        lines += [Content(" " * width)] * (height - len(lines))
        return lines[:height]

    def _beyond(self, at: int) -> str:
        """Return a sign at the last column in sight where more follow, or at the first where some are before."""
        last = self.first + self.shown - 1
        if at == last and last + 1 < len(self.columns):
            return " >"
        return " <" if at == self.first and at else ""

    def _card(self, deal: Deal, width: int, *, chosen: bool) -> list[Content]:
        sign = ">" if chosen else " "
        style = "bold $primary" if chosen else ""
        lines = [
            content(pad(shorten(f"{sign}{one_line(text)}", width - 1), width), style) for text in self.card[deal.id]
        ]
        return [*lines, Content(" " * width)]

    def on_focus(self) -> None:
        self.draw()


class PipelineScreen(Page):
    """The board of open deals."""

    place = tab = "pipeline"
    BINDINGS = actions.bindings("pipeline")

    def parts(self) -> ComposeResult:
        with Horizontal(id="panes"):
            yield Board(id="board")
        yield Static("", id="deal", markup=False)

    def on_mount(self) -> None:
        self.board.focus()

    @property
    def board(self) -> Board:
        """The board."""
        return self.query_one("#board", Board)

    def reload(self) -> None:
        """Read the open deals again; the chosen deal stays chosen, wherever it moved."""
        session = self.session
        stages = session.ctx.config.deal_stages
        found = deals.listed(session.store, query="", only_open=True, stages=stages, now=session.ctx.now())
        names = [stage["name"] for stage in stages]
        # A stage that is no longer configured keeps its deals in sight.
        names += sorted({deal.stage for deal in found} - set(names))
        board = self.board
        chosen = board.deal
        board.columns = [(name, [deal for deal in found if deal.stage == name]) for name in names]
        board.sums = [self._sum(column, bare=True) for _, column in board.columns]
        board.card = {deal.id: self._card(deal) for deal in found}
        board.choose(chosen.id if chosen is not None else next((deal.id for deal in found), None))
        board.draw()
        currency = session.ctx.config.currency
        valued = [
            (deal.value, deal.probability or 0) for deal in found if deal.value and deal.value.currency == currency
        ]
        weighted = sum(value.minor * probability // 100 for value, probability in valued)
        self.say(t("open {sum} · weighted {weighted}", sum=self._sum(found), weighted=self._round(weighted)))
        self._describe()

    def _sum(self, found: Sequence[Deal], *, bare: bool = False) -> str:
        """Return the sum of amounts in the configured currency; others are left out of it, with a `+`."""
        currency = self.session.ctx.config.currency
        values = [deal.value for deal in found if deal.value is not None]
        total = sum(value.minor for value in values if value.currency == currency)
        return self._round(total, bare=bare) + ("+" if any(value.currency != currency for value in values) else "")

    def _round(self, minor: int, *, bare: bool = False) -> str:
        """Return an amount in thousands: sums are for comparing."""
        thousand = 1_000 * 10 ** minor_digits(self.session.ctx.config.currency)
        places = 1 if minor < 100 * thousand else 0
        thousands = wording.number(f"{minor / thousand:.{places}f}".removesuffix(".0"))
        return f"{thousands} k" if bare else f"{thousands} k {self.session.ctx.config.currency}"

    def _card(self, deal: Deal) -> Sequence[str]:
        names = [deal.company.name] if deal.company is not None else [contact.name for contact in deal.contacts]
        worth = self.session.page.cell(deal.value, "money") if deal.value is not None else "–"
        probability = f"{deal.probability} %" if deal.probability is not None else ""
        return (", ".join(names) or deal.title, deal.title if names else "", f"{worth}  {probability}".rstrip())

    def _describe(self) -> None:
        deal = self.board.deal
        text = t("There is no open deal. n adds one, crm deal add TITLE in the shell.")
        if deal is not None:
            day = self.session.ctx.today()
            closing = wording.when(deal.expected_on, day) if deal.expected_on else ""
            people = ", ".join(contact.name for contact in deal.contacts)
            text = " · ".join(part for part in (deal.title, people, closing) if part)
        elif any(found for _, found in self.board.columns):
            text = t("This stage is empty.")
        self.query_one("#deal", Static).update(content(f" {text}"))

    def selected(self) -> Match | None:
        """Return the chosen deal."""
        deal = self.board.deal
        return self.session.by_id(deal.id, "deal") if deal is not None else None

    def do_record_open(self) -> None:
        """Open the page of the deal."""
        match = self.selected()
        if match is not None:
            self.crm.open_record(match, None)

    def do_record_edit(self) -> None:
        """Change the fields of the deal."""
        match = self.selected()
        if match is not None:
            self.crm.edit_record(match)

    def do_deal_left(self) -> None:
        """Go one stage to the left."""
        self._step(-1, 0)

    def do_deal_right(self) -> None:
        """Go one stage to the right."""
        self._step(1, 0)

    def do_deal_up(self) -> None:
        """Go one deal up."""
        self._step(0, -1)

    def do_deal_down(self) -> None:
        """Go one deal down."""
        self._step(0, 1)

    def _step(self, columns: int, rows: int) -> None:
        self.board.step(columns, rows)
        self._describe()

    def do_deal_back(self) -> None:
        """Move the deal to the stage before."""
        self._move(-1)

    def do_deal_on(self) -> None:
        """Move the deal to the next stage."""
        self._move(1)

    def _move(self, by: int) -> None:
        session = self.session
        stages = session.ctx.config.deal_stages
        names = [stage["name"] for stage in stages]
        deal, match = self.board.deal, self.selected()
        if deal is None or match is None or self._moved_elsewhere(deal):
            return
        place = (names.index(deal.stage) if deal.stage in names else 0) + by
        if not 0 <= place < len(names):
            return
        self.change(
            f"crm deal move {deal.id} {names[place]}",
            lambda: deals.step(session.store, row=match.row, now=session.ctx.now(), stages=stages, stage=names[place]),
            "{title}: {stage}",
            title=deal.title,
            stage=names[place],
        )

    def _moved_elsewhere(self, deal: Deal) -> bool:
        """Say so where another process moved the deal since the board was read, and show that instead of moving on."""
        found = self.session.card(self.session.by_id(deal.id, "deal")).record
        if (found.stage, found.status) == (deal.stage, deal.status):
            return False
        self.crm.tell(t("{title} was moved to {stage} meanwhile; look again.", title=deal.title, stage=found.stage))
        self.reload()
        return True

    def do_deal_won(self) -> None:
        """Close the deal as won."""
        match = self.selected()
        if match is not None:
            session = self.session
            self.change(
                f"crm deal won {match.id}",
                lambda: deals.close(session.store, row=match.row, now=session.ctx.now(), won=True),
                "{title}: won",
                title=match.name,
            )

    def do_deal_lost(self) -> None:
        """Ask for the reason and close the deal as lost."""
        match = self.selected()
        if match is None:
            return
        session = self.session

        def put(reason: str | None) -> None:
            if reason:
                self.change(
                    f"crm deal lost {match.id} --reason {reason}",
                    lambda: deals.close(session.store, row=match.row, now=session.ctx.now(), won=False, reason=reason),
                    "{title}: lost",
                    title=match.name,
                )

        self.app.push_screen(LinePrompt(t("Why was {title} lost?", title=match.name)), put)

    def do_record_new(self) -> None:
        """Ask for a title and add a deal in the chosen stage."""
        from crm_cli.tui import new_deal

        new_deal.ask_in(self, self.board.columns[self.board.column][0], self._go_to)

    def _go_to(self, deal: Deal) -> None:
        self.board.choose(deal.id)
        self.board.draw()

    def do_screen_back(self) -> None:
        """There is nothing behind this screen."""
