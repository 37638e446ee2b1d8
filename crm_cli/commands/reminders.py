"""`crm remind`: say what is due now, once; and see to it that it is asked every few minutes."""

from __future__ import annotations

import os

from crm_cli.commands._spec import Command, Note, Outcome, Param
from crm_cli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from crm_cli.context import AppContext


def remind(ctx: AppContext, *, notify: bool, install: bool, uninstall: bool) -> object:
    if install and uninstall:
        raise UsageError("--install and --uninstall exclude each other.")
    if install or uninstall:
        from crm_cli.commands import _reminder_timer

        return _reminder_timer.install(ctx) if install else _reminder_timer.uninstall(ctx)
    if not os.path.exists(ctx.db_path):
        return []  # a timer should not make a store somebody has put elsewhere
    from crm_cli.services import reminders

    found = reminders.due(ctx.store, now=ctx.now(), localize=ctx.localize)
    if not notify or not found or ctx.options.dry_run:
        return found
    from crm_cli.commands import _reminder_desktop
    from crm_cli.terminal import ring

    if _reminder_desktop.show(found, ctx.t, now=ctx.now()) or ring():
        return found
    reminders.unsaid(ctx.store, reminders=found, now=ctx.now())
    return Outcome([], notes=[Note("Nobody can be told now; the reminders wait for the next time.", warning=True)])


COMMANDS = (
    Command(
        "remind",
        remind,
        (
            Param("notify", "--notify", type="flag", help="On the desktop, or by the terminal's bell."),
            Param("install", "--install", type="flag", help="Run it every few minutes: a systemd timer or cron."),
            Param("uninstall", "--uninstall", type="flag", help="Take that away again."),
        ),
        help="What is due now: alarms of appointments and follow-ups, each said once.",
        example=("crm remind", "crm remind --install"),
        writes=True,
    ),
)
