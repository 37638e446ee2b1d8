"""What a list shows, or what is marked in it, written into a file by the command of the shell."""

from __future__ import annotations

import os
import shlex
from typing import TYPE_CHECKING

from crm_cli.i18n import t
from crm_cli.tui.dialogs.command_run import CommandRun
from crm_cli.tui.dialogs.line_prompt import LinePrompt
from crm_cli.tui.shell_commands import Run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crm_cli.domain.who import Match
    from crm_cli.tui.screens.page import Page

_MOST_MARKED = 150  # a query has room for no more


def ask(page: Page, kind: str, query: str, marked: Sequence[Match]) -> None:
    """Ask for a file, whose ending says what it becomes, and write the marked records, or what a query finds."""
    if len(marked) > _MOST_MARKED:
        page.crm.tell(t("More than {count} are marked; let a query find them instead.", count=_MOST_MARKED))
        return
    wanted = " OR ".join(f"id:{match.id}" for match in marked) or query

    def put(path: str | None) -> None:
        if not path:
            return
        target = os.path.expanduser(path)
        if os.path.exists(target):
            page.crm.tell(t("{path} is there already; choose another name.", path=path))
            return
        words = ["export", kind, *([wanted] if wanted else []), "-o", target]
        page.app.push_screen(CommandRun(f"crm {shlex.join(words)}", Run(shlex.join(words), page.session.ctx.db_path)))

    name = t("Contacts") if kind == "contact" else t("Companies")
    hint = t("The ending says what it becomes: .vcf .csv .xlsx .json .jsonl")
    page.app.push_screen(LinePrompt(t("Export"), value=f"{name.lower()}.vcf", hint=hint), put)
