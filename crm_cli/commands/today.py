"""`crm due` and `crm today`: what the day asks for."""

from __future__ import annotations

from crm_cli.commands._spec import Command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from crm_cli.context import AppContext


def due(ctx: AppContext) -> object:
    from crm_cli.services import today

    return today.due(ctx.store, now=ctx.now())


def today_(ctx: AppContext) -> object:
    if ctx.options.plain:
        return ctx.open_face("plain", screen="today")
    from crm_cli.services import today

    return today.today(ctx.store, now=ctx.now(), localize=ctx.localize)


COMMANDS = (
    Command(
        "due",
        due,
        help="What is due: overdue and today's follow-ups, and customers to be contacted.",
        example="crm due",
        hot=True,
    ),
    Command(
        "today",
        today_,
        help="The day at a glance: follow-ups, customers to contact, birthdays, deals with no next step.",
        example="crm today",
    ),
)
