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
    from crm_cli.store.links import LinkChange

CONTACT = Param("contact", "--contact", many=True, metavar="REF", complete="contact", help="Whom it is about.")
COMPANY = Param("company", "--company", metavar="REF", complete="company", help="Which firm it is about.")
DEAL = Param("deal", "--deal", metavar="REF", complete="deal", help="Which deal it belongs to.")
TAG = Param("tag", "--tag", many=True, metavar="TAG", complete="tag", help="A tag.")
OWNER = Param("owner", "--owner", metavar="NAME", help="Whose it is; you, unless said.")


def when(ctx: AppContext, text: str, notes: list[Note]) -> date | datetime:
    """Read a day, or a moment where a time is named; what is to be said about it is added to the notes."""
    from crm_cli.domain.when import read_when
    from crm_cli.readings import date_options
    from crm_cli.services.workdays import is_holiday

    notices: list[Any] = []
    found = read_when(
        text,
        now=ctx.now(),
        localize=ctx.localize,
        notices=notices,
        options=date_options(ctx.config),
        is_holiday=is_holiday(ctx.config.state, ctx.config.region),
    )
    notes += [Note(notice.template, **notice.params) for notice in notices]
    return found


def one(ctx: AppContext, ref: str, *kinds: str) -> Match:
    """Return the record of these kinds a reference means; raises NotFound or Ambiguous."""
    from crm_cli.services import resolve

    return resolve.one(ctx.store, ref, kinds=kinds, region=ctx.config.region)


def parties(ctx: AppContext, contact: Sequence[str], company: str | None) -> tuple[list[int], int | None]:
    """Return whom a new task or deal is about, as row ids; without a firm it is the first person's employer."""
    people = [one(ctx, ref, "contact") for ref in contact]
    if company is not None:
        return [match.row for match in people], one(ctx, company, "company").row
    return [match.row for match in people], people[0].company_row if people else None


def linked(ctx: AppContext, contact: Sequence[str], tag: Sequence[str], remove: Sequence[str]) -> LinkChange:
    """Return what an edit adds, and takes away by `--remove contact=REF` and `--remove tag=TAG`; raises UsageError."""
    from crm_cli.errors import UsageError
    from crm_cli.store.links import LinkChange

    removed_rows, removed_tags = [], []
    for pair in remove:
        name, _, value = pair.partition("=")
        if name == "contact" and value:
            removed_rows.append(one(ctx, value, "contact").row)
        elif name == "tag" and value:
            removed_tags.append(value)
        else:
            raise UsageError("“{pair}” cannot be removed.", pair=pair, hint="--remove contact=REF or --remove tag=TAG")
    return LinkChange([one(ctx, ref, "contact").row for ref in contact], tag, removed_rows, removed_tags)


def with_notes(result: object, notes: list[Note]) -> Outcome:
    """Return a command's result with notes of its own before those it has."""
    if isinstance(result, Outcome):
        return Outcome(result.value, notes=[*notes, *result.notes], exit_code=result.exit_code)
    return Outcome(result, notes=notes)
