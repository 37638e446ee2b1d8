"""`crm tag …`: tags on records of any kind."""

from __future__ import annotations

from crm_cli.commands import _parties
from crm_cli.commands._spec import Command, Outcome, Param
from crm_cli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from crm_cli.context import AppContext


def add(ctx: AppContext, *, words: list[str], nul: bool) -> object:
    from crm_cli.services import tags

    return _change(ctx, words, tags.add, nul=nul)


def remove(ctx: AppContext, *, words: list[str], nul: bool) -> object:
    from crm_cli.services import tags

    return _change(ctx, words, tags.remove, nul=nul)


def _change(ctx: AppContext, words: list[str], change: Callable[..., object], *, nul: bool) -> object:
    """Split `REF TAG…` and do it; with `-0` alone the references come from stdin and every word is a tag."""
    from crm_cli.services import resolve
    from crm_cli.store.search import KINDS

    ref, names = ("-", words) if nul and words[:1] != ["-"] else (words[0], words[1:])
    if not names:
        raise UsageError("TAG is missing.", hint="crm tag add REF TAG…")

    def act(one: str) -> object:
        match = resolve.record(ctx.store, one, kinds=KINDS, region=ctx.config.region)
        tagged = change(ctx.store, match=match, names=names, now=ctx.now())
        return Outcome(tagged, notes=_parties.guessed(one, match))

    return _parties.for_each(ctx, [ref], act, nul=nul)


def list_(ctx: AppContext, *, ref: str | None) -> object:
    from crm_cli.services import resolve, tags
    from crm_cli.store.search import KINDS

    if ref is None:
        return tags.uses(ctx.store)
    return tags.of(ctx.store, match=resolve.record(ctx.store, ref, kinds=KINDS, region=ctx.config.region))


def rename(ctx: AppContext, *, old: str, new: str) -> object:
    from crm_cli.services import tags

    return tags.rename(ctx.store, old=old, new=new, now=ctx.now())


_WORDS = Param(
    "words", many=True, required=True, metavar="REF TAG…", help="A record (- reads them from stdin), then tags."
)

COMMANDS = (
    Command(
        "tag add",
        add,
        (_WORDS, _parties.NUL),
        help="Put tags on a record.",
        example=("crm tag add lovelace vip fair", "crm contact list tag:fair --format ids | crm tag add - vip"),
        writes=True,
    ),
    Command(
        "tag remove",
        remove,
        (_WORDS, _parties.NUL),
        help="Take tags off a record.",
        example="crm tag remove lovelace fair",
        writes=True,
    ),
    Command(
        "tag list",
        list_,
        (Param("ref", metavar="REF", complete="record", help="A record; else all tags with their counts."),),
        help="List tags.",
        example="crm tag list",
    ),
    Command(
        "tag rename",
        rename,
        (
            Param("old", required=True, metavar="OLD", complete="tag", help="The tag as it is."),
            Param("new", required=True, metavar="NEW", help="The tag as it shall be."),
        ),
        help="Rename a tag on every record.",
        example="crm tag rename fair trade-fair",
        writes=True,
    ),
)
