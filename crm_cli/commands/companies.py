"""`crm company …`: firms."""

from __future__ import annotations

from crm_cli.commands import _parties
from crm_cli.commands._spec import Command, Param

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from crm_cli.context import AppContext

_KIND = ("company",)


def add(ctx: AppContext, *, force: bool, **typed: Any) -> object:
    from crm_cli.domain.party_input import PartyInput
    from crm_cli.services import companies

    result = companies.add(ctx.store, typed=PartyInput(**typed), force=force, region=ctx.config.region, now=ctx.now())
    return _parties.saved(result)


def show(ctx: AppContext, *, ref: str) -> object:
    from crm_cli.services import relations

    return relations.company_details(ctx.store, row=_parties.one(ctx, ref, _KIND).row)


def edit(ctx: AppContext, *, refs: list[str], nul: bool, **typed: Any) -> object:
    from crm_cli.domain.party_input import PartyInput
    from crm_cli.services import companies

    return _parties.edit(ctx, refs, "company", companies.edit, PartyInput(**typed), nul=nul)


def list_(ctx: AppContext, *, query: list[str]) -> object:
    if ctx.options.plain:
        return ctx.open_face("plain", screen="companies", words=query)
    return _parties.listed(ctx, query, "company")


def delete(ctx: AppContext, *, refs: list[str], nul: bool) -> object:
    return _parties.delete(ctx, refs, "company", nul=nul)


def merge(ctx: AppContext, *, keep: str, lose: list[str]) -> object:
    return _parties.merge(ctx, keep, lose, "company")


def relate(ctx: AppContext, **ends: Any) -> object:
    return _parties.relate(ctx, "company", **ends)


_OPTIONS = (*_parties.REACH, *_parties.REST)
_REFS = Param("refs", many=True, metavar="REF…", complete="company", help="Which; - reads references from stdin.")

COMMANDS = (
    Command(
        "company add",
        add,
        (
            Param("name", required=True, metavar="NAME", help="The name, with its legal form."),
            *_OPTIONS,
            _parties.FORCE,
        ),
        help="Add a firm.",
        example='crm company add "Ehrler Prüftechnik GmbH" --phone 0821/1234-0 --tag customer',
        writes=True,
    ),
    Command(
        "company list",
        list_,
        (_parties.QUERY,),
        help="List firms.",
        example="crm company list city:Augsburg not tag:customer",
    ),
    Command(
        "company show",
        show,
        (Param("ref", required=True, metavar="REF", complete="company", help="Which."),),
        help="Show a firm with its people and relations.",
        example="crm company show ehrler",
    ),
    Command(
        "company edit",
        edit,
        (
            _REFS,
            Param("name", "--name", metavar="NAME", help="A new name."),
            *_OPTIONS,
            _parties.REMOVE,
            _parties.CLEAR,
            _parties.NUL,
        ),
        help="Change a firm: single values are replaced, several-valued ones added.",
        example='crm company edit ehrler --address "Industriestr. 4, 86156 Augsburg"',
        writes=True,
    ),
    Command(
        "company delete",
        delete,
        (_REFS, _parties.NUL),
        help="Delete firms; their people and what was logged stay.",
        example="crm company delete ehrler",
        writes=True,
    ),
    Command(
        "company merge",
        merge,
        (
            Param("keep", required=True, metavar="KEEP", complete="company", help="Which is kept."),
            Param("lose", many=True, required=True, metavar="LOSE…", complete="company", help="Which go into it."),
        ),
        help="Make one firm of several; nothing they hold is lost.",
        example="crm company merge k3vq r5xa",
        writes=True,
    ),
    Command(
        "company relate",
        relate,
        _parties.RELATE,
        help="Say how firms and people hang together.",
        example=("crm company relate ehrler referred_by kettenbaum", "crm company relate ehrler employs müller"),
        writes=True,
    ),
)
