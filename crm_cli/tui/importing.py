"""Bringing a file in: which one, the review of what it would change, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.i18n import t
from crm_cli.tui.dialogs.import_review import ImportReview
from crm_cli.tui.dialogs.line_prompt import LinePrompt

if TYPE_CHECKING:
    from crm_cli.services.transfer import Imported
    from crm_cli.tui.app import CrmApp


def ask(app: CrmApp) -> None:
    """Ask for a file and open its review."""

    def came(result: Imported | None) -> None:
        if result is not None:
            told = t("{new} new, {changed} changed", new=result.new, changed=result.changed)
            if result.stopped:
                told = t("Stopped: {done}", done=told)
            app.tell(t("{done}  u takes it back", done=told))
            app.reload()

    def put(path: str | None) -> None:
        if path:
            app.push_screen(ImportReview(app.session, path), came)

    app.push_screen(LinePrompt(t("Import"), hint=t("A file or a folder: vCard, CSV, calendar …")), put)
