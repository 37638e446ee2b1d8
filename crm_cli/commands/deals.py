"""`crm deal …`: chances to sell."""

from __future__ import annotations

from crm_cli.commands import _parties, _work
from crm_cli.commands._spec import Command, Note, Outcome, Param

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from crm_cli.context import AppContext


def add(
    ctx: AppContext,
    *,
    title: list[str],
    contact: list[str],
    company: str | None,
    stage: str | None,
    value: str | None,
    probability: str | None,
    expected: str | None,
    notes: str | None,
    tag: list[str],
    owner: str | None,
) -> object:
    from crm_cli.domain.deal import read_probability, read_value
    from crm_cli.services import deals

    said: list[Note] = []
    contact_rows, company_row = _work.parties(ctx, contact, company)
    deal = deals.add(
        ctx.store,
        title=" ".join(title),
        stages=ctx.config.deal_stages,
        stage=stage,
        value=read_value(value, currency=ctx.config.currency) if value else None,
        probability=read_probability(probability) if probability else None,
        contact_rows=contact_rows,
        company_row=company_row,
        expected_on=_day(ctx, expected, said),
        notes=notes,
        tags=tag,
        owner=owner,
        now=ctx.now(),
    )
    return Outcome(deal, notes=said)


def _day(ctx: AppContext, text: str | None, notes: list[Note]) -> date | None:
    """Read the day of `--expected`; a time of day has no place there."""
    from datetime import datetime

    from crm_cli.errors import UsageError

    if text is None:
        return None
    found = _work.when(ctx, text, notes)
    if isinstance(found, datetime):
        raise UsageError("“{text}” is no day.", text=text, hint="Such as 15.12., 2025-12-15, eom.")
    return found


def list_(ctx: AppContext, *, query: list[str], all: bool) -> object:
    if ctx.options.plain:
        return ctx.open_face("plain", screen="pipeline", words=query)
    from crm_cli.services import deals

    return deals.listed(
        ctx.store, query=" ".join(query), only_open=not all, stages=ctx.config.deal_stages, now=ctx.now()
    )


def show(ctx: AppContext, *, ref: str) -> object:
    from crm_cli.store import deals

    return deals.get(ctx.store.connection, _work.one(ctx, ref, "deal").row)


def edit(ctx: AppContext, *, refs: list[str], nul: bool, **typed: Any) -> object:
    from crm_cli.domain.deal import read_probability, read_value
    from crm_cli.services import deals

    said: list[Note] = []
    company, value, probability = typed["company"], typed["value"], typed["probability"]
    changes = {name: typed[name] for name in ("title", "stage", "notes", "owner", "clear")}
    changes["value"] = read_value(value, currency=ctx.config.currency) if value else None
    changes["probability"] = read_probability(probability) if probability else None
    changes["company_row"] = _work.one(ctx, company, "company").row if company else None
    changes["expected_on"] = _day(ctx, typed["expected"], said)
    changes["linked"] = _work.linked(ctx, typed["contact"], typed["tag"], typed["remove"])

    def act(ref: str) -> object:
        row = _work.one(ctx, ref, "deal").row
        return deals.edit(ctx.store, row=row, stages=ctx.config.deal_stages, now=ctx.now(), **changes)

    return _work.with_notes(_parties.for_each(ctx, refs, act, nul=nul), said)


def move(ctx: AppContext, *, ref: str, stage: str) -> object:
    from crm_cli.services import deals

    def act(one: str) -> object:
        row = _work.one(ctx, one, "deal").row
        return deals.step(ctx.store, row=row, stage=stage, stages=ctx.config.deal_stages, now=ctx.now())

    return _parties.for_each(ctx, [ref], act, nul=False)


def won(ctx: AppContext, *, refs: list[str], nul: bool) -> object:
    return _close(ctx, refs, nul=nul, is_won=True, reason=None)


def lost(ctx: AppContext, *, refs: list[str], nul: bool, reason: str | None) -> object:
    return _close(ctx, refs, nul=nul, is_won=False, reason=reason)


def _close(ctx: AppContext, refs: list[str], *, nul: bool, is_won: bool, reason: str | None) -> object:
    from crm_cli.services import deals

    def act(ref: str) -> object:
        row = _work.one(ctx, ref, "deal").row
        return deals.close(ctx.store, row=row, won=is_won, reason=reason, now=ctx.now())

    return _parties.for_each(ctx, refs, act, nul=nul)


def delete(ctx: AppContext, *, refs: list[str], nul: bool) -> object:
    from crm_cli.services import deals

    def act(ref: str) -> object:
        match = _work.one(ctx, ref, "deal")
        count = deals.mentions(ctx.store, row=match.row)
        confirmed = count > 0 and ctx.confirm(
            "{name} is in {count:other record|other records}, which will lose the name. Delete?",
            name=match.name,
            count=count,
        )
        return deals.delete(ctx.store, row=match.row, confirmed=confirmed, now=ctx.now())

    return _parties.for_each(ctx, refs, act, nul=nul)


_OPTIONS = (
    _work.CONTACT,
    _work.COMPANY,
    Param("stage", "--stage", metavar="STAGE", complete="stage", help="The stage; the first one, unless said."),
    Param("value", "--value", metavar="AMOUNT", help="What it is worth: 12500, 12.500,50, 12,5k, 900 USD."),
    Param("probability", "--probability", metavar="PERCENT", help="How likely; that of the stage, unless said."),
    Param("expected", "--expected", metavar="DAY", help="When it will close: 15.12., eom."),
    Param("notes", "--notes", metavar="TEXT", help="Notes."),
    _work.TAG,
    _work.OWNER,
)
_REF = Param("ref", required=True, metavar="REF", complete="deal", help="Which deal.")
_REFS = Param("refs", many=True, metavar="REF…", complete="deal", help="Which deal; - reads references from stdin.")

COMMANDS = (
    Command(
        "deal add",
        add,
        (Param("title", many=True, required=True, metavar="TITLE", help="What is to be sold."), *_OPTIONS),
        help="Add a deal.",
        example="crm deal add Test bench --contact lovelace --value 12500 --stage quote",
        writes=True,
    ),
    Command(
        "deal list",
        list_,
        (_parties.QUERY, Param("all", "--all", type="flag", help="Those that are won or lost too.")),
        help="List open deals, the next to close first.",
        example=("crm deal list", "crm deal list stage:quote 'value>=10000'"),
    ),
    Command(
        "deal show",
        show,
        (_REF,),
        help="Show a deal.",
        example='crm deal show "test bench"',
    ),
    Command(
        "deal edit",
        edit,
        (
            _REFS,
            Param("title", "--title", metavar="TITLE", help="A new title."),
            *_OPTIONS,
            _parties.REMOVE,
            _parties.CLEAR,
            _parties.NUL,
        ),
        help="Change a deal.",
        example="crm deal edit k3vq --value 15k --expected eom",
        writes=True,
    ),
    Command(
        "deal move",
        move,
        (_REF, Param("stage", required=True, metavar="STAGE", complete="stage", help="Where to.")),
        help="Move an open deal to another stage; its probability follows.",
        example="crm deal move k3vq negotiation",
        writes=True,
    ),
    Command(
        "deal won",
        won,
        (_REFS, _parties.NUL),
        help="Close a deal as won.",
        example="crm deal won k3vq",
        writes=True,
    ),
    Command(
        "deal lost",
        lost,
        (_REFS, Param("reason", "--reason", metavar="TEXT", help="Why it was lost."), _parties.NUL),
        help="Close a deal as lost.",
        example='crm deal lost k3vq --reason "too expensive"',
        writes=True,
    ),
    Command(
        "deal delete",
        delete,
        (_REFS, _parties.NUL),
        help="Delete a deal; what was logged about it stays.",
        example="crm deal delete k3vq",
        writes=True,
    ),
)
