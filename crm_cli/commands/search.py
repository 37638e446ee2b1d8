"""`crm find` and `crm whois`."""

from __future__ import annotations

from crm_cli.commands._spec import Command, Param

TYPE_CHECKING = False
if TYPE_CHECKING:
    from crm_cli.context import AppContext

_LIMIT = 10


def find(ctx: AppContext, *, text: list[str]) -> object:
    if ctx.options.plain:
        return ctx.open_face("plain", screen="search", words=text)
    from crm_cli.services import search

    limit = _LIMIT if ctx.options.limit is None else ctx.options.limit
    return search.find(ctx.store, text=" ".join(text), limit=limit, region=ctx.config.region)


def whois(ctx: AppContext, *, number: list[str]) -> object:
    from crm_cli.services import search

    return search.whois(ctx.store, number=" ".join(number), region=ctx.config.region)


COMMANDS = (
    Command(
        "find",
        find,
        (Param("text", many=True, required=True, metavar="TEXT", complete="record", help="Words, a mail or digits."),),
        help="Find anything, typing errors forgiven: people, firms, deals, tasks, log entries.",
        example="crm find mueler ehrler",
        hot=True,
        limit=_LIMIT,
    ),
    Command(
        "whois",
        whois,
        (Param("number", many=True, required=True, metavar="NUMBER", help="A telephone number in any spelling."),),
        help="Say whose number it is; an unknown extension still names the company.",
        example="crm whois 0821 12345-67",
        hot=True,
    ),
)
