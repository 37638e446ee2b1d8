"""`crm tui`: run the terminal interface."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.tui import crash
from crm_cli.tui.app import CrmApp
from crm_cli.tui.text_guard import need_terminal, run_guarded

if TYPE_CHECKING:
    from crm_cli.context import AppContext


def run(ctx: AppContext, *, screen: str = "today", read_only: bool = False, mouse: bool = True) -> None:
    """Run the app until the user leaves it."""
    need_terminal("crm tui --plain prints the same as lines; crm today, crm show REF and crm log LINE need no screen.")
    with crash.reported(ctx, screen):
        run_guarded(CrmApp(ctx, start=screen, read_only=read_only), mouse=mouse)
    # After the screens, which should not wait for what only the end needs.
    from crm_cli import places
    from crm_cli.services import attachment_files

    attachment_files.sweep(places.folder("cache"), ctx.now())
