"""`crm undo`, `crm redo`, `crm history`, `crm changes`."""

from __future__ import annotations

from crm_cli.commands._spec import Command, Note, Outcome, Param
from crm_cli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from crm_cli.context import AppContext

# How many change sets `crm history` shows unless told.
_SHOWN = 20


def undo(ctx: AppContext, *, count: int | None, change_set: int | None) -> object:
    """Take back the newest commands, or one."""
    from crm_cli.domain.change import Undone
    from crm_cli.services import journal

    if count is not None and change_set is not None:
        raise UsageError("A number of commands and --change-set contradict each other.")
    wanted = _positive(count)
    undone = journal.undo(ctx.store, count=wanted, change_set=change_set, now=ctx.now())
    return Outcome(Undone(tuple(undone)), notes=_shortfall(wanted, len(undone), "There is nothing to undo."))


def redo(ctx: AppContext, *, count: int | None) -> object:
    """Do again what was undone last."""
    from crm_cli.domain.change import Redone
    from crm_cli.services import journal

    wanted = _positive(count)
    redone = journal.redo(ctx.store, count=wanted, now=ctx.now())
    return Outcome(Redone(tuple(redone)), notes=_shortfall(wanted, len(redone), "There is nothing to do again."))


def _positive(count: int | None) -> int:
    if count is not None and count < 1:
        raise UsageError("The number of commands is at least 1.")
    return 1 if count is None else count


def _shortfall(wanted: int, done: int, nothing: str) -> list[Note]:
    if not done:
        return [Note(nothing)]
    return [Note("There were only {count}.", count=done)] if done < wanted else []


def history(ctx: AppContext, *, ref: list[str], change_set: int | None) -> object:
    """Show the newest commands, or field by field what became of a record or what one command did."""
    from crm_cli.services import journal

    if ref and change_set is not None:
        raise UsageError("A record and --change-set contradict each other.")
    limit = ctx.options.limit
    if change_set is None and not ref:
        shown = _SHOWN if limit is None else limit
        sets = journal.recent(ctx.store, limit=None if ctx.options.sort else shown)
        more = [Note("These are the newest {count}; --limit shows more.", count=shown)] if len(sets) == shown else []
        return Outcome(sets, notes=more if limit is None else [])
    if change_set is not None:
        changes = journal.of_change_set(ctx.store, change_set=change_set, limit=limit)
    else:
        changes = journal.of_record(ctx.store, ref=" ".join(ref), limit=limit)
    options = ctx.options
    if changes and options.format in ("table", "md") and not options.columns and not options.sort:
        from crm_cli.domain.change import History

        return History(tuple(changes))
    return changes


def changes(ctx: AppContext, *, since: int, follow: bool) -> object:
    """Stream every change of a row, one JSON object a line with --json."""
    from itertools import islice

    from crm_cli.services import journal

    if since < 0:
        raise UsageError("--since needs a number from 0 on.")
    return islice(journal.changes(ctx.store, since=since, follow=follow), ctx.options.limit)


_COUNT = Param("count", type="int", metavar="N", help="How many commands (1).")
_CHANGE_SET = Param("change_set", "--change-set", type="int", metavar="NO", help="One command by its number.")

COMMANDS = (
    Command(
        "undo",
        undo,
        [_COUNT, _CHANGE_SET],
        help="Take back your newest commands, every column as it was.",
        example=["crm undo", "crm undo 3", "crm undo --change-set 42"],
        writes=True,
    ),
    Command(
        "redo",
        redo,
        [_COUNT],
        help="Do again what was undone, until something else is written.",
        example="crm redo",
        writes=True,
    ),
    Command(
        "history",
        history,
        [
            Param("ref", many=True, metavar="REF", complete="record", help="A record, deleted ones too."),
            Param("change_set", "--change-set", type="int", metavar="NO", help="What one command changed."),
        ],
        help="Show who changed what and when: the newest commands, or one record field by field.",
        example=["crm history", "crm history hans müller", "crm history --change-set 42"],
    ),
    Command(
        "changes",
        changes,
        [
            Param("since", "--since", type="int", default=0, metavar="N", help="Only changes after this number."),
            Param("follow", "--follow", type="flag", help="Wait for more until Ctrl-C."),
        ],
        help="Stream every change, for scripts.",
        example="crm changes --since 120 --follow --json",
    ),
)
