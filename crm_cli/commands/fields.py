"""`crm field …`: custom fields."""

from __future__ import annotations

from crm_cli.commands._spec import Command, Note, Outcome, Param
from crm_cli.domain.field import TYPES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from crm_cli.context import AppContext


def add(ctx: AppContext, *, entity: str, name: str, type: str, choice: list[str]) -> object:
    from crm_cli.services import fields

    return fields.add(ctx.store, entity=entity, name=name, type=type, choices=choice, now=ctx.now())


def list_(ctx: AppContext, *, entity: str | None) -> object:
    from crm_cli.services import fields

    return fields.list_of(ctx.store, entity=entity)


def remove(ctx: AppContext, *, entity: str, name: str) -> object:
    from crm_cli.services import fields

    field, count = fields.remove(ctx.store, entity=entity, name=name, now=ctx.now())
    if not count:
        return field
    return Outcome(
        field,
        notes=[Note("{count:record keeps its|records keep their} value of {name}.", count=count, name=field.name)],
    )


_ENTITY = Param("entity", required=True, metavar="ENTITY", help="contact, company or deal.")

COMMANDS = (
    Command(
        "field add",
        add,
        (
            _ENTITY,
            Param("name", required=True, metavar="NAME", help="Its name."),
            Param("type", type="choice", choices=TYPES, required=True, metavar="TYPE", help="What it holds."),
            Param("choice", "--choice", many=True, metavar="VALUE", help="A value of the type choice; once for each."),
        ),
        help="Declare a custom field.",
        example=(
            "crm field add contact customer_no number",
            "crm field add company class choice --choice A --choice B",
        ),
        writes=True,
    ),
    Command(
        "field list",
        list_,
        (Param("entity", metavar="ENTITY", help="contact, company or deal."),),
        help="List the custom fields.",
        example="crm field list contact",
    ),
    Command(
        "field remove",
        remove,
        (_ENTITY, Param("name", required=True, metavar="NAME", help="Its name.")),
        help="Take the declaration of a custom field back; values stay on their records.",
        example="crm field remove contact customer_no",
        writes=True,
    ),
)
