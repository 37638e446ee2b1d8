"""`crm log day [DATE]`: the day's appointments of which nothing is written, answered by one line each."""

from __future__ import annotations

from crm_cli.commands._spec import Note, Outcome
from crm_cli.errors import BadInput, CrmError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from typing import Any

    from crm_cli.context import AppContext
    from crm_cli.domain.visit import OpenVisit


def log_day(ctx: AppContext, text: str) -> object:
    """Ask about each open visit; `text` is what follows `day`: nothing (the last seven days), a date, `-` for stdin.

    Enter skips, `never` (`nie`) remembers. From stdin one line answers one visit, in their order. Where nobody can
    be asked the open visits are listed.
    """
    from crm_cli.services import visits

    words = text.split()
    from_stdin = words[-1:] == ["-"]
    day = read_past_day(ctx, " ".join(words[:-1] if from_stdin else words))
    found = visits.open_visits(ctx.store, now=ctx.now(), localize=ctx.localize, day=day)
    if from_stdin:
        lines = ctx.stdin_bytes().decode("utf-8-sig", "replace").split("\n")
        return _answered(ctx, found, iter(lines))
    if not ctx.can_prompt:
        return Outcome(found, notes=[Note("{count:visit is|visits are} open.", count=len(found))])
    return _answered(ctx, found, _asked(ctx, found))


def read_past_day(ctx: AppContext, text: str) -> date | None:
    """Return the day a text names, the nearest past one; None for no text. Raises UsageError."""
    from crm_cli.domain.when import read_day
    from crm_cli.errors import UsageError

    if not text:
        return None
    found = read_day(text, now=ctx.now(), prefer="past")
    if found is None:
        raise UsageError("“{text}” is no day.", text=text, hint="Such as yesterday, fri, 3.12.")
    return found


def _asked(ctx: AppContext, found: Sequence[OpenVisit]) -> Iterator[str]:
    for visit in found:
        names = ", ".join(one.name for one in (*visit.contacts, *([visit.company] if visit.company else ())))
        yield ctx.prompt.line(
            "{start}  {title}  {names} (Enter skips):", start=_shown(visit), title=visit.title, names=names
        )


def _shown(visit: OpenVisit) -> str:
    return visit.start[:10] if len(visit.start) == 10 else f"{visit.start[:10]} {visit.start[11:16]}"


def _answered(ctx: AppContext, found: Sequence[OpenVisit], answers: Iterator[str]) -> Outcome:
    from crm_cli.commands.interactions import log_line
    from crm_cli.domain.visit import NEVER, answer_line
    from crm_cli.readings import reading
    from crm_cli.services import visits

    entries: list[Any] = []
    failed: list[CrmError] = []
    skipped = 0
    options = reading(ctx).options
    for visit in found:
        answer = next(answers, "").strip()
        if not answer:
            skipped += 1
        elif answer.casefold() in NEVER:
            visits.never(ctx.store, visit=visit, now=ctx.now())
        else:
            try:
                entries.append(log_line(ctx, answer_line(visit, answer, options)).entry)
            except CrmError as error:
                failed.append(error)
    if failed:
        raise BadInput(
            "{new} logged, {refused} refused and kept as drafts; the first: {reason}",
            report=entries,
            new=len(entries),
            refused=len(failed),
            reason=str(failed[0]),
            hint="crm log --drafts lists them.",
        )
    return Outcome(entries, notes=[Note("{new} logged, {skipped} still open.", new=len(entries), skipped=skipped)])
