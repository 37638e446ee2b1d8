"""What the commands of tasks, deals and cadences have in common: reading a WHEN, whom it is about, their options."""

from __future__ import annotations

from crm_cli.commands._spec import Note, Outcome, Param

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from typing import Any

    from crm_cli.context import AppContext
    from crm_cli.domain.who import Match
    from crm_cli.services.interactions import Reading

CONTACT = Param("contact", "--contact", many=True, metavar="REF", complete="contact", help="Whom it is about.")
COMPANY = Param("company", "--company", metavar="REF", complete="company", help="Which firm it is about.")
DEAL = Param("deal", "--deal", metavar="REF", complete="deal", help="Which deal it belongs to.")
TAG = Param("tag", "--tag", many=True, metavar="TAG", complete="tag", help="A tag.")
OWNER = Param("owner", "--owner", metavar="NAME", help="Whose it is; you, unless said.")


def when(ctx: AppContext, text: str, notes: list[Note]) -> date | datetime:
    """Read a day, or a moment where a time is named; what is to be said about it is added to the notes."""
    from crm_cli.domain.dates import DateOptions
    from crm_cli.domain.when import read_when
    from crm_cli.services.workdays import is_holiday

    notices: list[Any] = []
    found = read_when(
        text,
        now=ctx.now(),
        localize=ctx.localize,
        notices=notices,
        options=DateOptions(next=ctx.config.dates_next),
        is_holiday=is_holiday(ctx.config.state, ctx.config.region),
    )
    notes += [Note(notice.template, **notice.params) for notice in notices]
    return found


def reading(ctx: AppContext) -> Reading:
    """Return what a log line is read with."""
    from crm_cli.domain.dates import DateOptions
    from crm_cli.domain.log_line import LogOptions
    from crm_cli.services.interactions import Reading
    from crm_cli.services.workdays import is_holiday

    config = ctx.config
    return Reading(
        now=ctx.now(),
        localize=ctx.localize,
        is_holiday=is_holiday(config.state, config.region),
        options=LogOptions(config.log_kinds, config.log_keys, DateOptions(next=config.dates_next), config.currency),
        stages=config.deal_stages,
        region=config.region,
    )


def one(ctx: AppContext, ref: str, *kinds: str) -> Match:
    """Return the record of these kinds a reference means; raises NotFound or Ambiguous."""
    from crm_cli.services import resolve

    return resolve.one(ctx.store, ref, kinds=kinds, region=ctx.config.region)


class Parties:
    """Whom a task or deal is about, as row ids; without a firm it is the first person's employer."""

    __slots__ = ("company_row", "contact_rows")

    def __init__(self, ctx: AppContext, contact: Sequence[str], company: str | None, *, employer: bool) -> None:
        people = [one(ctx, ref, "contact") for ref in contact]
        self.contact_rows = [match.row for match in people]
        self.company_row = one(ctx, company, "company").row if company else None
        if employer and company is None and people:
            self.company_row = people[0].company_row


def removed(ctx: AppContext, pairs: Sequence[str]) -> tuple[list[int], list[str]]:
    """Return the people (row ids) and tags of `--remove contact=REF` and `--remove tag=TAG`; raises UsageError."""
    from crm_cli.errors import UsageError

    contact_rows, tags = [], []
    for pair in pairs:
        name, _, value = pair.partition("=")
        if name == "contact" and value:
            contact_rows.append(one(ctx, value, "contact").row)
        elif name == "tag" and value:
            tags.append(value)
        else:
            raise UsageError("“{pair}” cannot be removed.", pair=pair, hint="--remove contact=REF or --remove tag=TAG")
    return contact_rows, tags


def with_notes(result: object, notes: list[Note]) -> Outcome:
    """Return a command's result with notes of its own before those it has."""
    if isinstance(result, Outcome):
        return Outcome(result.value, notes=[*notes, *result.notes], exit_code=result.exit_code)
    return Outcome(result, notes=notes)
