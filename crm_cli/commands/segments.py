"""`crm segment …`: queries with a name."""

from __future__ import annotations

from crm_cli.commands._parties import QUERY
from crm_cli.commands._spec import Command, Param

TYPE_CHECKING = False
if TYPE_CHECKING:
    from crm_cli.context import AppContext


def save(ctx: AppContext, *, name: str, query: list[str], entity: str) -> object:
    from crm_cli.services import segments

    return segments.save(
        ctx.store, name=name, query=" ".join(query), entity=entity, stages=ctx.config.deal_stages, now=ctx.now()
    )


def list_(ctx: AppContext) -> object:
    from crm_cli.store import segments

    return segments.list(ctx.store.connection)


def show(ctx: AppContext, *, name: str) -> object:
    from crm_cli.services import segments

    return segments.show(ctx.store, name=name, stages=ctx.config.deal_stages, now=ctx.now())


def delete(ctx: AppContext, *, name: str) -> object:
    from crm_cli.services import segments

    return segments.delete(ctx.store, name=name, now=ctx.now())


_NAME = Param("name", required=True, metavar="NAME", complete="segment", help="The name of the segment.")

COMMANDS = (
    Command(
        "segment save",
        save,
        (
            _NAME,
            QUERY,
            Param(
                "entity", "--entity", metavar="KIND", default="contact", help="Of which records: contact, company, …"
            ),
        ),
        help="Give a query a name; segment:NAME then stands for it in any query.",
        example="crm segment save fair2025 tag:fair city:Augsburg",
        writes=True,
    ),
    Command(
        "segment list",
        list_,
        help="List segments.",
        example="crm segment list",
    ),
    Command(
        "segment show",
        show,
        (_NAME,),
        help="Show a segment's query and how many it holds; crm contact list segment:NAME lists them.",
        example="crm segment show fair2025",
    ),
    Command(
        "segment delete",
        delete,
        (_NAME,),
        help="Forget a segment; its records stay.",
        example="crm segment delete fair2025",
        writes=True,
    ),
)
