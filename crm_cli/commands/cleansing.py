"""`crm dupes …` and `crm clean`: records that are one, and what is wrong in the others."""

from __future__ import annotations

from crm_cli.commands._spec import Command, Note, Outcome, Param
from crm_cli.domain.dupes import MERGED_FROM, OFFERED_FROM
from crm_cli.errors import BadInput, Conflict, CrmError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from crm_cli.context import AppContext
    from crm_cli.domain.who import Match


def dupes(ctx: AppContext, *, kind: str, threshold: float) -> object:
    """List the pairs that may be one."""
    if ctx.options.plain:
        return ctx.open_face("plain", screen="duplicates", words=[kind])
    from crm_cli.services import dupes as service

    return service.find(ctx.store, kind=kind, threshold=threshold)


def merge(ctx: AppContext, *, source: str | None, kind: str, threshold: float | None) -> object:
    """Make one record of each group of duplicates, after asking."""
    from crm_cli.services import dupes as service

    refused: list[tuple[int, str, CrmError]] = []
    if source is None:
        groups = service.plan(ctx.store, kind=kind, threshold=MERGED_FROM if threshold is None else threshold)
    elif source != "-":
        raise UsageError(
            "“{text}” is not -.", text=source, hint="Pairs come on stdin; two names go to crm contact merge."
        )
    elif threshold is not None:
        raise UsageError("--threshold and - exclude each other.")
    else:
        found, refused = _from_stdin(ctx)
        groups = service.groups_of(found)
    lost = sum(len(group.matches) - 1 for group in groups)
    if not groups and not refused:
        return Outcome([], notes=[Note("There is nothing to merge.")])
    if (
        groups
        and not ctx.options.dry_run
        and not ctx.confirm("Merge {lost} records into {kept} others?", lost=lost, kept=len(groups))
    ):
        raise Conflict(
            "{lost} records would go into {kept} others; nothing was merged.",
            hint="--dry-run shows them, --yes merges them.",
            lost=lost,
            kept=len(groups),
        )
    done = service.merge(ctx.store, groups=groups, now=ctx.now())
    if refused:
        raise _refusal(ctx, done, refused, total=len(found) + len(refused))
    return Outcome(
        done, notes=[Note("Merged {lost} records into {kept}; crm undo takes it back.", lost=lost, kept=len(groups))]
    )


def _from_stdin(ctx: AppContext) -> tuple[list[list[Match]], list[tuple[int, str, CrmError]]]:
    """Read lists of references, one a line, or what `crm dupes --json` gave; return them and what was refused."""
    from crm_cli.domain.dupe_lists import reference_lists
    from crm_cli.services import dupes as service

    try:
        text = ctx.stdin_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError("Standard input is not valid UTF-8.") from error
    found: list[list[Match]] = []
    refused: list[tuple[int, str, CrmError]] = []
    for line, refs in reference_lists(text):
        try:
            found.append(service.matches_of(ctx.store, refs, region=ctx.config.region))
        except CrmError as error:
            refused.append((line, " ".join(refs), error))
    return found, refused


def _refusal(
    ctx: AppContext, done: Sequence[Any], refused: Sequence[tuple[int, str, CrmError]], total: int
) -> BadInput:
    from crm_cli.i18n import t

    items = [{"ref": ref, "line": line, "reason": t(error.template, **error.params)} for line, ref, error in refused]
    as_json = ctx.options.format == "json"
    return BadInput(
        "{count} of {total} were refused.",
        report={"done": done, "refused": items} if as_json else done,
        count=len(refused),
        total=total,
        candidates=() if as_json else [{"name": f"{item['ref']}: {item['reason']}"} for item in items],
    )


def reject(ctx: AppContext, *, refs: list[str], listed: bool, undo: bool) -> object:
    """Note that records are not one, list such pairs, or take a decision back."""
    from crm_cli.services import dupes as service

    if listed:
        if refs or undo:
            raise UsageError("--list takes no records.")
        return service.rejected(ctx.store)
    if not refs:
        raise UsageError("REF is missing.", hint="Give two records, or - for pairs on stdin.")
    if refs == ["-"]:
        lists, refused = _from_stdin(ctx)
    else:
        lists, refused = [service.matches_of(ctx.store, refs, region=ctx.config.region)], []
    done = service.reject(ctx.store, lists=lists, undo=undo, now=ctx.now())
    if refused:
        raise _refusal(ctx, done, refused, total=len(lists) + len(refused))
    if undo:
        note = Note("They may be offered again: {count}.", count=len(done))
    else:
        note = Note("Never offered again: {count}; crm dupes reject --undo takes it back.", count=len(done))
    return Outcome(done, notes=[note])


def clean(ctx: AppContext, *, file: str | None, apply: bool) -> object:
    """Say how good the contacts, or those of a file, are; repair what is certain."""
    from crm_cli.services import cleansing

    region, now = ctx.config.region, ctx.now()
    if file is None:
        report = cleansing.check(ctx.store, apply=apply, region=region, now=now)
    elif apply:
        raise UsageError("A file is not changed.", hint="crm import takes it over; crm clean --apply repairs it then.")
    else:
        report = cleansing.check_file(file, region=region, now=now)
    notes = []
    certain = sum(repair.certain for repair in report.repairs)
    if report.applied:
        notes.append(Note("Repaired {count}; crm undo takes it back.", count=report.applied))
    elif certain and file is None:
        notes.append(Note("{count:repair is|repairs are} certain: crm clean --apply", count=certain))
    if report.refused:
        notes.append(Note("{count:item|items} of the file cannot be read.", warning=True, count=report.refused))
    return Outcome(report, notes=notes)


_KIND = Param(
    "kind", "--kind", type="choice", choices=("contact", "company"), default="contact", help="People or firms."
)

COMMANDS = (
    Command(
        "dupes",
        dupes,
        (
            _KIND,
            Param(
                "threshold",
                "--threshold",
                type="float",
                default=OFFERED_FROM,
                metavar="X",
                help="From which score, 0 to 1.",
            ),
        ),
        help="List records that may be one, and why.",
        example=("crm dupes", "crm dupes --kind company --limit 20", "crm dupes --threshold 0.95 --json"),
    ),
    Command(
        "dupes merge",
        merge,
        (
            Param("source", metavar="-", help="Read pairs from stdin: ids on one line, or crm dupes --json."),
            _KIND,
            Param(
                "threshold",
                "--threshold",
                type="float",
                metavar="X",
                help="From which score; very sure ones unless said.",
            ),
        ),
        help="Make one record of each group of duplicates; nothing they hold is lost.",
        example=("crm dupes merge --dry-run", "crm dupes --threshold 0.9 --json | crm dupes merge - --yes"),
        writes=True,
    ),
    Command(
        "dupes reject",
        reject,
        (
            Param(
                "refs",
                many=True,
                metavar="REF…",
                complete="record",
                help="Which are not one; - reads pairs from stdin.",
            ),
            Param("listed", "--list", type="flag", help="List the rejected pairs."),
            Param("undo", "--undo", type="flag", help="Let them be offered again."),
        ),
        help="Never offer these as duplicates again.",
        example=("crm dupes reject k3vq r5xa", "crm dupes reject --list", "crm dupes reject k3vq r5xa --undo"),
        writes=True,
    ),
    Command(
        "clean",
        clean,
        (
            Param("file", metavar="FILE", complete="file", help="A file to look at before it is imported."),
            Param("apply", "--apply", type="flag", help="Do the repairs that are certain."),
        ),
        help="Say what is missing, malformed, doubtful or stale; how to repair it.",
        example=("crm clean", "crm clean contacts.csv", "crm clean --apply"),
    ),
)
