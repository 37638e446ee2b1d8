"""What the commands of contacts and companies have in common: their options, notes and bulk results."""

from __future__ import annotations

from crm_cli.commands._spec import Note, Outcome, Param
from crm_cli.domain.who import TIER_FUZZY
from crm_cli.errors import BadInput, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from crm_cli.context import AppContext
    from crm_cli.domain.party_input import PartyInput
    from crm_cli.domain.who import Match
    from crm_cli.services.parties import Saved

REACH = (
    Param("email", "--email", many=True, metavar="[LABEL=]ADDRESS", help="An e-mail address; the first is preferred."),
    Param("phone", "--phone", many=True, metavar="[LABEL=]NUMBER", help="A phone number, in any spelling."),
    Param("address", "--address", many=True, metavar="[LABEL=]TEXT", help="Street 1, 12345 Town, Country."),
    Param("link", "--link", many=True, metavar="[LABEL=]URL", help="A web page or profile."),
    Param("tag", "--tag", many=True, metavar="TAG", complete="tag", help="A tag."),
)
REST = (
    Param("notes", "--notes", metavar="TEXT", help="Notes."),
    Param("owner", "--owner", metavar="NAME", help="Whose it is; you, unless said."),
    Param("custom", "--set", many=True, metavar="NAME=VALUE", help="A custom field (crm field add)."),
)
FORCE = Param("force", "--force", type="flag", help="Add it although it seems to be there already.")
REMOVE = Param("remove", "--remove", many=True, metavar="FIELD=VALUE", help="Take one value away.")
CLEAR = Param("clear", "--clear", many=True, metavar="FIELD", help="Take all values of a field away.")
NUL = Param("nul", "-0", type="flag", help="References on stdin end with NUL instead of a line end.")
QUERY = Param("query", many=True, metavar="QUERY", complete="query", help="Words, and field:value.")


_UNREADABLE = {
    "email": "“{value}” does not look like an e-mail address; it is kept as it is.",
    "phone": "“{value}” does not look like a whole phone number; it is kept as it is.",
}


def saved(result: Saved, *before: Note) -> Outcome:
    """Return a written record with what is to be said about it, after the notes that are there already."""
    notes = [*before, *(Note(_UNREADABLE[kind], warning=True, value=value) for kind, value in result.unreadable)]
    if result.created is not None:
        notes.append(Note("Created the company {name}.", name=result.created.name))
    if result.linked is not None:
        notes.append(Note("Company: {name}.", name=result.linked.name))
    for match in result.similar:
        known = f"{match.name}, {match.company}" if match.company else match.name
        notes.append(Note("Similar: {name} ({id}).", name=known, id=match.id))
    return Outcome(result.record, notes=notes)


def one(ctx: AppContext, ref: str, kinds: Sequence[str]) -> Match:
    """Return the record a reference means; raises NotFound or Ambiguous."""
    from crm_cli.services import resolve

    return resolve.one(ctx.store, ref, kinds=kinds, region=ctx.config.region)


def surely(ctx: AppContext, ref: str, kinds: Sequence[str]) -> Match:
    """Return the record a reference means where nobody may guess; raises NotFound or Ambiguous."""
    from crm_cli.services import resolve

    return resolve.surely(ctx.store, ref, kinds=kinds, region=ctx.config.region)


def guessed(ref: str, match: Match) -> list[Note]:
    """Return the warning that a reference was understood with an error of typing in it."""
    if match.tier != TIER_FUZZY:
        return []
    return [Note("“{ref}” was read as {name}.", warning=True, ref=ref, name=match.name)]


def for_each(ctx: AppContext, words: Sequence[str], act: Callable[[str], Any], *, nul: bool) -> Any:
    """Run a command for one reference or, with `-` (or `-0`) or several, for many.

    One gives its record or its own failure, many a list; where some are refused, BadInput tells which.
    """
    given = list(words)
    if nul and "-" not in given:
        given.insert(0, "-")
    if not given:
        raise UsageError("REF is missing.", hint="Give a name, an id, or - for references on stdin.")
    if len(given) == 1 and given[0] != "-":
        return act(given[0])
    from crm_cli.services import bulk

    refs = ctx.refs(given, nul=nul)
    results, refused = bulk.each(ctx.store, refs, act, now=ctx.now())
    notes = [note for result in results if isinstance(result, Outcome) for note in result.notes]
    done = [result.value if isinstance(result, Outcome) else result for result in results]
    if not refused:
        return Outcome(done, notes=notes)
    from crm_cli.i18n import t

    items = [{"ref": ref, "line": place, "reason": t(error.template, **error.params)} for place, ref, error in refused]
    # Only an object has room for both; elsewhere stdout holds what was done and stderr names the rest.
    as_json = ctx.options.format == "json"
    raise BadInput(
        "{count} of {total} were refused.",
        report={"done": done, "refused": items} if as_json else done,
        count=len(refused),
        total=len(refs),
        candidates=() if as_json else [{"name": f"{item['ref']}: {item['reason']}"} for item in items],
    )


def listed(ctx: AppContext, query: Sequence[str], kind: str) -> Outcome:
    """Return the records a query finds, by name; with --limit alone no more are read than shown."""
    from crm_cli.services import parties

    limit = None if ctx.options.sort else ctx.options.limit
    records, total = parties.listed(
        ctx.store,
        kind=kind,
        query=" ".join(query),
        limit=limit,
        stages=ctx.config.deal_stages,
        now=ctx.now(),
    )
    if len(records) == total or ctx.options.format not in ("table", "md"):
        return Outcome(records)
    note = Note("{shown} of {total} shown; --limit {total} shows all.", shown=len(records), total=total)
    return Outcome(records, notes=[note])


def edit(
    ctx: AppContext,
    words: Sequence[str],
    kind: str,
    change: Callable[..., Saved],
    typed: PartyInput,
    *,
    nul: bool,
) -> Any:
    """Change one record or many; an edit that says nothing or cannot be read is refused before any is touched."""
    from crm_cli.domain import party_input

    if typed.is_empty():
        raise UsageError("There is nothing to change.", hint="crm {kind} edit --help lists the options.", kind=kind)
    party_input.read(typed, region=ctx.config.region, today=ctx.now().date())

    def act(ref: str) -> Outcome:
        match = one(ctx, ref, (kind,))
        result = change(ctx.store, row=match.row, typed=typed, region=ctx.config.region, now=ctx.now())
        return saved(result, *guessed(ref, match))

    return for_each(ctx, words, act, nul=nul)


def delete(ctx: AppContext, words: Sequence[str], kind: str, *, nul: bool) -> Any:
    """Delete records; where others mention them, ask."""
    from crm_cli.services import parties

    def act(ref: str) -> object:
        match = surely(ctx, ref, (kind,))
        count = sum(parties.mentions(ctx.store, match=match).values())
        confirmed = count > 0 and ctx.confirm(
            "{name} is in {count:other record|other records}, which will lose the name. Delete?",
            name=match.name,
            count=count,
        )
        return parties.delete(ctx.store, match=match, confirmed=confirmed, now=ctx.now())

    return for_each(ctx, words, act, nul=nul)


def merge(ctx: AppContext, keep: str, lose: Sequence[str], kind: str) -> Outcome:
    """Merge records of one kind into the first."""
    from crm_cli.services import merging

    kept = surely(ctx, keep, (kind,))
    lost = [surely(ctx, ref, (kind,)) for ref in ctx.refs(lose)]
    record = merging.merge(ctx.store, keep=kept, lose=lost, now=ctx.now())
    note = Note("Merged {count} into {name}; crm undo takes it back.", count=len(lost), name=record.name)
    return Outcome(record, notes=[note])


RELATE = (
    Param("a", required=True, metavar="A", complete="record", help="Who."),
    Param("kind", required=True, metavar="KIND", help="employee_of, reports_to, knows, referred_by, or employs."),
    Param("b", required=True, metavar="B", complete="record", help="To whom."),
    Param("title", "--title", metavar="TEXT", help="The position there (employee_of)."),
    Param("start", "--from", metavar="DATE", help="Since when (employee_of): a date, a month or a year."),
    Param("end", "--until", metavar="DATE", help="Until when (employee_of)."),
    Param("remove", "--remove", type="flag", help="Take the relation away."),
)


def relate(
    ctx: AppContext,
    noun: str,
    *,
    a: str,
    kind: str,
    b: str,
    title: str | None,
    start: str | None,
    end: str | None,
    remove: bool,
) -> object:
    """Tie two records, or take the tie away."""
    from crm_cli.domain.relation import EMPLOYEE_OF, EMPLOYS, REPORTS_TO
    from crm_cli.services import relations

    meant = relations.kind_of(kind)
    targets = {EMPLOYEE_OF: ("company",), EMPLOYS: ("contact",), REPORTS_TO: ("contact",)}
    source = one(ctx, a, (noun,))
    target = one(ctx, b, targets.get(meant, ("contact", "company")))
    notes = [*guessed(a, source), *guessed(b, target)]
    if remove:
        tie = relations.unrelate(ctx.store, kind=meant, source=source, target=target, now=ctx.now())
    else:
        period = {"title": title, "start_on": start, "end_on": end}
        tie = relations.relate(ctx.store, kind=meant, source=source, target=target, now=ctx.now(), **period)
    return Outcome(tie, notes=notes)
