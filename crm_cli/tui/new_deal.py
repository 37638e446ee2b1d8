"""A new deal, from the board or from wherever somebody is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.i18n import t
from crm_cli.services import deals
from crm_cli.tui.dialogs.line_prompt import LinePrompt

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from crm_cli.domain.deal import Deal
    from crm_cli.domain.who import Match
    from crm_cli.tui.screens.page import Page


def ask_with(page: Page, match: Match) -> None:
    """Ask for a title and add an open deal of the first stage with a person, and their firm, or with a firm."""
    is_person = match.kind == "contact"
    _ask(
        page,
        t("New deal with {name}", name=match.name),
        f"--{match.kind} {match.id}",
        contact_rows=[match.row] if is_person else (),
        company_row=match.company_row if is_person else match.row,
    )


def ask_in(page: Page, stage: str, then: Callable[[Deal], object]) -> None:
    """Ask for a title and add a deal in a stage; `then` gets it."""
    _ask(page, t("New deal in {stage}", stage=stage), f"--stage {stage}", then, stage=stage)


def _ask(page: Page, question: str, option: str, then: Callable[[Deal], object] | None = None, **values: Any) -> None:
    session = page.session

    def put(title: str | None) -> None:
        if not title:
            return
        made = page.change(
            f"crm deal add {title} {option}",
            lambda: deals.add(
                session.store, title=title, now=session.ctx.now(), stages=session.ctx.config.deal_stages, **values
            ),
            "{name} added",
            name=title,
        )
        if made is not None and then is not None:
            then(made)

    page.app.push_screen(LinePrompt(question, hint=t("What is to be sold.")), put)
