"""`crm cadence …`: how often a customer is to be contacted."""

from __future__ import annotations

from crm_cli.commands import _parties, _work
from crm_cli.commands._spec import Command, Param

TYPE_CHECKING = False
if TYPE_CHECKING:
    from crm_cli.context import AppContext


def set_(ctx: AppContext, *, ref: str, every: str) -> object:
    from crm_cli.services import cadences

    def act(one: str) -> object:
        match = _work.one(ctx, one, "contact", "company")
        return cadences.set(ctx.store, match=match, every=every, now=ctx.now())

    return _parties.for_each(ctx, [ref], act, nul=False)


def list_(ctx: AppContext) -> object:
    from crm_cli.store import cadences

    return cadences.list(ctx.store.connection)


def clear(ctx: AppContext, *, refs: list[str], nul: bool) -> object:
    from crm_cli.services import cadences

    def act(ref: str) -> object:
        return cadences.clear(ctx.store, match=_work.one(ctx, ref, "contact", "company"), now=ctx.now())

    return _parties.for_each(ctx, refs, act, nul=nul)


COMMANDS = (
    Command(
        "cadence set",
        set_,
        (
            Param("ref", required=True, metavar="REF", complete="record", help="Whom; - reads from stdin."),
            Param("every", required=True, metavar="EVERY", help="How often: 30d, 2w, 3m."),
        ),
        help="Say how often a customer is to be contacted; any log entry begins it anew.",
        example="crm cadence set acme 30d",
        writes=True,
    ),
    Command(
        "cadence list",
        list_,
        help="List all cadences, the next contact first.",
        example="crm cadence list",
    ),
    Command(
        "cadence clear",
        clear,
        (Param("refs", many=True, metavar="REF…", complete="record", help="Whose; - reads from stdin."), _parties.NUL),
        help="Take cadences away.",
        example="crm cadence clear acme",
        writes=True,
    ),
)
