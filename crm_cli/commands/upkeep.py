"""`crm backup`, `crm restore`, `crm check`."""

from __future__ import annotations

from crm_cli.commands._spec import Command, Note, Outcome, Param
from crm_cli.errors import Conflict, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from crm_cli.context import AppContext


def backup(ctx: AppContext, *, output: str | None, listed: bool) -> object:
    """Write a verified backup, or list those there are."""
    from crm_cli.services import upkeep

    if listed:
        return upkeep.list_backups(ctx.db_path)
    if ctx.options.dry_run:
        return Outcome(notes=[Note("A backup of {path} would be written.", path=ctx.db_path)])
    made = upkeep.backup(
        ctx.store, now=ctx.now(), keep=ctx.config.backup_keep, target=output, overwrite=ctx.options.yes
    )
    return Outcome(made, notes=[Note("The backup is whole.")])


def restore(ctx: AppContext, *, file: str | None, latest: bool) -> object:
    """Put a backup in the place of the store; the store before is kept."""
    from crm_cli.domain.upkeep import Restored
    from crm_cli.services import upkeep

    if (file is None) != latest:
        raise UsageError("Name one backup, or --latest.", hint="crm backup --list")
    path = ctx.db_path
    source = upkeep.newest(path) if file is None else file
    upkeep.verify(source)
    if ctx.options.dry_run:
        return Outcome(Restored(path, source, None), notes=[Note("The backup is whole; nothing was written.")])
    if not ctx.confirm("Replace {path} by {source}?", path=path, source=source):
        raise Conflict("The store was not replaced.", hint="--yes answers the question.")
    kept = upkeep.restore(path, source=source, now=ctx.now())
    notes = [] if kept is None else [Note("The store before is kept in {kept}.", kept=kept)]
    return Outcome(Restored(path, source, kept), notes=notes)


def check(ctx: AppContext, *, repair: bool) -> object:
    """Look whether the store is whole."""
    from crm_cli.i18n import t
    from crm_cli.services import upkeep

    try:
        findings = upkeep.check(ctx.store, mend=repair and not ctx.options.dry_run)
    except upkeep.Damaged as error:
        error.candidates = [
            {"kind": finding.severity, "name": t(finding.template, **finding.params)} for finding in error.findings
        ]
        raise
    return Outcome(findings, notes=[Note("The store is whole.")])


COMMANDS = (
    Command(
        "backup",
        backup,
        [
            Param("output", "--output", "-o", metavar="FILE", complete="file", help="Where to, instead of backups/."),
            Param("listed", "--list", type="flag", help="List the backups there are."),
        ],
        help="Write a verified copy of the store; old copies rotate.",
        example=["crm backup", "crm backup -o /media/stick/crm.db", "crm backup --list"],
    ),
    Command(
        "restore",
        restore,
        [
            Param("file", complete="file", help="The backup."),
            Param("latest", "--latest", type="flag", help="The newest backup that is whole."),
        ],
        help="Put a backup in the place of the store; the store before is kept.",
        example="crm restore --latest",
        writes=True,
    ),
    Command(
        "check",
        check,
        [Param("repair", "--repair", type="flag", help="Mend indexes, journal, search, file modes, leftovers.")],
        help="Look whether the store is whole.",
        example="crm check",
    ),
)
