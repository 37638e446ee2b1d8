"""`crm contact …`: people."""

from __future__ import annotations

from crm_cli.commands import _parties
from crm_cli.commands._spec import Command, Param

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from crm_cli.context import AppContext

_KIND = ("contact",)


def add(ctx: AppContext, *, force: bool, **typed: Any) -> object:
    from crm_cli.domain.party_input import PartyInput
    from crm_cli.services import contacts

    result = contacts.add(ctx.store, typed=PartyInput(**typed), force=force, region=ctx.config.region, now=ctx.now())
    return _parties.saved(result)


def show(ctx: AppContext, *, ref: str) -> object:
    from crm_cli.services import relations

    return relations.details(ctx.store, row=_parties.one(ctx, ref, _KIND).row)


def edit(ctx: AppContext, *, refs: list[str], nul: bool, **typed: Any) -> object:
    from crm_cli.domain.party_input import PartyInput
    from crm_cli.services import contacts

    return _parties.edit(ctx, refs, "contact", contacts.edit, PartyInput(**typed), nul=nul)


def list_(ctx: AppContext, *, query: list[str]) -> object:
    if ctx.options.plain:
        return ctx.open_face("plain", screen="contacts", words=query)
    return _parties.listed(ctx, query, "contact")


def delete(ctx: AppContext, *, refs: list[str], nul: bool) -> object:
    return _parties.delete(ctx, refs, "contact", nul=nul)


def merge(ctx: AppContext, *, keep: str, lose: list[str]) -> object:
    return _parties.merge(ctx, keep, lose, "contact")


def relate(ctx: AppContext, **ends: Any) -> object:
    return _parties.relate(ctx, "contact", **ends)


_NAME = (
    Param("given", "--given", metavar="NAME", help="The given name, where it is not read right."),
    Param("family", "--family", metavar="NAME", help="The family name, where it is not read right."),
    Param("nickname", "--nickname", metavar="NAME", help="A nickname."),
    Param("salutation", "--salutation", metavar="TEXT", help="How to address them."),
)
_WORK = (
    Param("company", "--company", metavar="REF", complete="company", help="Where they work; a new name creates it."),
    Param("title", "--title", metavar="TEXT", help="The position there."),
    Param("department", "--department", metavar="TEXT", help="The department."),
    Param("birthday", "--birthday", metavar="DATE", help="1980-04-12, 12.4.1980, or --04-12 without the year."),
)
_OPTIONS = (*_NAME, *_parties.REACH, *_WORK, *_parties.REST)
_REFS = Param("refs", many=True, metavar="REF…", complete="contact", help="Who; - reads references from stdin.")

COMMANDS = (
    Command(
        "contact add",
        add,
        (Param("name", required=True, metavar="NAME", help="The name, with titles."), *_OPTIONS, _parties.FORCE),
        help="Add a person.",
        example='crm contact add "Dr. Ada Lovelace" --email ada@example.org --company "Analytical Engines"',
        writes=True,
    ),
    Command(
        "contact list",
        list_,
        (_parties.QUERY,),
        help="List people.",
        example=("crm contact list tag:fair city:Augsburg", "crm contact list 'last_contact>90d' --sort name"),
    ),
    Command(
        "contact show",
        show,
        (Param("ref", required=True, metavar="REF", complete="contact", help="Who."),),
        help="Show a person with jobs and relations.",
        example="crm contact show lovelace",
    ),
    Command(
        "contact edit",
        edit,
        (
            _REFS,
            Param("name", "--name", metavar="NAME", help="A new name."),
            *_OPTIONS,
            _parties.REMOVE,
            _parties.CLEAR,
            _parties.NUL,
        ),
        help="Change a person: single values are replaced, several-valued ones added.",
        example="crm contact edit lovelace --phone mobile=0171/123456 --remove email=ada@example.org",
        writes=True,
    ),
    Command(
        "contact delete",
        delete,
        (_REFS, _parties.NUL),
        help="Delete people; what was logged about them stays.",
        example="crm contact delete lovelace",
        writes=True,
    ),
    Command(
        "contact merge",
        merge,
        (
            Param("keep", required=True, metavar="KEEP", complete="contact", help="Who is kept."),
            Param("lose", many=True, required=True, metavar="LOSE…", complete="contact", help="Who goes into them."),
        ),
        help="Make one person of several; nothing they hold is lost.",
        example="crm contact merge k3vq r5xa",
        writes=True,
    ),
    Command(
        "contact relate",
        relate,
        _parties.RELATE,
        help="Say how people and firms hang together.",
        example=(
            'crm contact relate lovelace employee_of "Analytical Engines" --title CTO --from 2024',
            "crm contact relate lovelace reports_to babbage",
        ),
        writes=True,
    ),
)
