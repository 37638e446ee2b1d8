"""`crm show` and `crm brief`: one page about a record."""

from __future__ import annotations

from crm_cli.commands._spec import Command, Param

TYPE_CHECKING = False
if TYPE_CHECKING:
    from crm_cli.context import AppContext

_TIMELINE = 20


def show(ctx: AppContext, *, ref: list[str]) -> object:
    if ctx.options.plain:
        return ctx.open_face("plain", screen="account", words=ref)
    from crm_cli.services import records, resolve

    match = resolve.record(ctx.store, " ".join(ref), region=ctx.config.region)
    limit = _TIMELINE if ctx.options.limit is None else ctx.options.limit
    return records.show(ctx.store, match=match, limit=limit, now=ctx.now(), localize=ctx.localize)


def brief(ctx: AppContext, *, ref: list[str]) -> object:
    from crm_cli.services import records, resolve

    match = resolve.one(ctx.store, " ".join(ref), region=ctx.config.region)
    return records.brief(ctx.store, match=match, now=ctx.now(), localize=ctx.localize)


_REF = Param("ref", many=True, required=True, metavar="REF", complete="record", help="Whom or what.")

COMMANDS = (
    Command(
        "show",
        show,
        (_REF,),
        help="Show a record with all that hangs on it, and its timeline; --limit lines of it.",
        example="crm show lovelace",
        hot=True,
    ),
    Command(
        "brief",
        brief,
        (_REF,),
        help="One page before the door: who, the firm, what is open, what was said last.",
        example="crm brief lovelace",
    ),
)
