"""A new deal with somebody, from wherever the record is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.i18n import t
from crm_cli.services import deals
from crm_cli.tui.dialogs.line_prompt import LinePrompt

if TYPE_CHECKING:
    from crm_cli.domain.who import Match
    from crm_cli.tui.screens.page import Page


def ask(page: Page, match: Match) -> None:
    """Ask for a title and add an open deal of the first stage with a person, and their firm, or with a firm."""
    session = page.session
    is_person = match.kind == "contact"

    def put(title: str | None) -> None:
        if title:
            page.change(
                f"crm deal add {title} --{match.kind} {match.id}",
                lambda: deals.add(
                    session.store,
                    title=title,
                    now=session.ctx.now(),
                    stages=session.ctx.config.deal_stages,
                    contact_rows=[match.row] if is_person else (),
                    company_row=match.company_row if is_person else match.row,
                ),
                "{name} added",
                name=title,
            )

    page.app.push_screen(LinePrompt(t("New deal with {name}", name=match.name), hint=t("What is to be sold.")), put)
