"""`crm sql`: read-only SQL on the store."""

from __future__ import annotations

from crm_cli.commands._spec import Command, Param

TYPE_CHECKING = False
if TYPE_CHECKING:
    from crm_cli.context import AppContext


def run(ctx: AppContext, *, query: list[str], timeout: float | None) -> object:
    """Run one SELECT."""
    from crm_cli.services import sql

    # A result that is to be sorted is needed whole.
    limit = None if ctx.options.sort else ctx.options.limit
    seconds = sql.SECONDS if timeout is None else timeout
    return sql.query(ctx.store, text=" ".join(query), seconds=seconds, limit=limit)


COMMANDS = (
    Command(
        "sql",
        run,
        [
            Param("query", many=True, required=True, metavar="SELECT", help="One reading statement."),
            Param("timeout", "--timeout", type="float", metavar="SECONDS", help="Stop after so long (30)."),
        ],
        help="Read the store with SQL; nothing can be written.",
        example='crm sql "SELECT kind, count(*) AS entries FROM interaction GROUP BY kind" --format csv',
    ),
)
