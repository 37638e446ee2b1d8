"""Long text in the user's editor, with the terminal lent to it meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from crm_cli.editor import edit_text
from crm_cli.errors import CrmError, UsageError

if TYPE_CHECKING:
    from textual.app import App

    from crm_cli.domain.who import Match
    from crm_cli.tui.screens.page import Page


def edited(app: App[object], text: str) -> str:
    """Return a text as the user left it in the editor, without the line break editors put at the end.

    Raises UsageError where there is no terminal to lend or the editor fails; the text is then as it was.
    """
    try:
        with app.suspend():
            found = edit_text(text)
    except SuspendNotSupported as error:
        raise UsageError("An editor needs a terminal.", hint="Use the form, or crm … edit.") from error
    return text if found == text + "\n" else found.removesuffix("\n")


def edit_notes(page: Page, match: Match) -> None:
    """Change the notes of a person, firm or deal in the user's editor."""
    from crm_cli.tui import party_form, work_form

    session = page.session
    record = session.card(match).record
    try:
        text = edited(page.app, record.notes or "")
    except CrmError as error:
        page.crm.tell_error(error)
        return
    if text == (record.notes or ""):
        return
    changed = {"notes": text if text.strip() else ""}

    def make() -> object:
        if match.kind == "deal":
            return work_form.save_deal(session, match.row, changed)
        return party_form.save(session, match.kind, match.row, changed, record)

    page.change(f"crm {match.kind} edit {match.id} --notes …", make, "{name} changed", name=match.name)
