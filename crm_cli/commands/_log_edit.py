"""`crm log --edit [DAY]`: the entries of a day as lines in the user's editor."""

from __future__ import annotations

from crm_cli import readings
from crm_cli.commands._spec import Note, Outcome
from crm_cli.errors import BadInput, CrmError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from crm_cli.context import AppContext
    from crm_cli.domain.interaction import Interaction

_HEAD = (
    "# One entry a line: its id, a blank, the line as it was typed. A changed line is read anew, as of the day it was\n"
    "# first written; a line without an id is a new entry; a line taken out stays in the log (crm undo takes back).\n"
)
# Stands between an entry's line and what `crm log --last` added to it.
_JOINT = " ⏎ "


def edit_day(ctx: AppContext, text: str) -> object:
    """Open the day's entries (today's without a day) in $VISUAL or $EDITOR and read what was changed.

    What can't be read is refused with its line and kept as a draft; the other lines are written.
    """
    from crm_cli.editor import edit_text
    from crm_cli.services import interactions

    day = _day(ctx, text)
    entries = interactions.of_day(ctx.store, day=day)
    before = {entry.id: _one_line(entry) for _, entry in entries}
    rows = {entry.id: (row, entry) for row, entry in entries}
    edited = edit_text(_HEAD + "".join(f"{uid} {line}\n" for uid, line in before.items()))
    changed: list[tuple[int, str | None, str]] = []
    for number, line in enumerate(edited.split("\n"), start=1):
        uid, _, rest = line.rstrip("\r").partition(" ")
        if not line.strip() or line.startswith("#"):
            continue
        if uid not in before:
            changed.append((number, None, line.rstrip("\r")))
        elif rest != before[uid]:
            changed.append((number, uid, rest))
    return _apply(ctx, changed, rows)


def _apply(ctx: AppContext, changed: list[tuple[int, str | None, str]], rows: dict[str | None, Any]) -> Outcome:
    from crm_cli.commands import interactions as command
    from crm_cli.services import amending, interactions

    results: list[object] = []
    refused: list[tuple[int, CrmError]] = []
    for number, uid, line in changed:
        try:
            if uid is None:
                logged = interactions.log(ctx.store, text=line, reading=readings.reading(ctx))
            else:
                row, entry = rows[uid]
                text = line.replace(_JOINT, "\n")
                logged = amending.rewrite(ctx.store, row=row, text=text, reading=_as_of(ctx, entry))
            results.append(logged.entry)
        except CrmError as error:
            if error.exit_code not in (2, 3, 4, 5):
                raise
            command.keep_draft(ctx, line, error)
            refused.append((number, error))
            results.append(command.refusal(number, line, error))
    if refused:
        raise BadInput(
            "{refused} changed lines were refused and kept as drafts; first line {line}: {reason}",
            report=results,
            refused=len(refused),
            line=refused[0][0],
            reason=str(refused[0][1]),
            hint="crm log --drafts lists them.",
        )
    return Outcome(results, notes=[Note("{count:entry|entries} changed.", count=len(results))])


def _as_of(ctx: AppContext, entry: Interaction) -> Any:
    """Return the reading of the moment an entry was written, so that `gestern` stays the day it was."""
    from datetime import datetime

    reading = readings.reading(ctx)
    reading.now = datetime.fromisoformat(entry.created_at).astimezone(reading.now.tzinfo)
    return reading


def _one_line(entry: Interaction) -> str:
    return (entry.raw if entry.raw is not None else entry.text).replace("\n", _JOINT)


def _day(ctx: AppContext, text: str) -> date:
    from crm_cli.domain.when import read_day

    if not text.strip():
        return ctx.today()
    found = read_day(text, now=ctx.now(), prefer="past")
    if found is None:
        raise UsageError("“{phrase}” is no date.", phrase=text, hint="crm log --edit gestern")
    return found
