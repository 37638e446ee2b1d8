"""`crm task …`: follow-ups."""

from __future__ import annotations

from crm_cli.commands import _parties, _work
from crm_cli.commands._spec import Command, Note, Outcome, Param

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from crm_cli.context import AppContext


def add(
    ctx: AppContext,
    *,
    text: list[str],
    due: str | None,
    contact: list[str],
    company: str | None,
    deal: str | None,
    repeat: str | None,
    priority: str | None,
    tag: list[str],
    owner: str | None,
) -> object:
    from crm_cli.services import tasks

    notes: list[Note] = []
    contact_rows, company_row = _work.parties(ctx, contact, company)
    task = tasks.add(
        ctx.store,
        text=" ".join(text),
        due=_work.when(ctx, due, notes) if due else None,
        contact_rows=contact_rows,
        company_row=company_row,
        deal_row=_work.one(ctx, deal, "deal").row if deal else None,
        repeat=repeat,
        priority=priority,
        tags=tag,
        owner=owner,
        now=ctx.now(),
    )
    return Outcome(task, notes=notes)


def list_(ctx: AppContext, *, query: list[str], all: bool, done: bool) -> object:
    from crm_cli.services import tasks

    return tasks.listed(
        ctx.store, query=" ".join(query), state="all" if all else "done" if done else "open", now=ctx.now()
    )


def done(ctx: AppContext, *, refs: list[str], log: str | None, nul: bool) -> object:
    from crm_cli.services import tasks

    def act(ref: str) -> Outcome:
        row = tasks.one(ctx.store, ref).row
        notes = []
        with ctx.store.transaction(ctx.now()):
            finished, following = tasks.done(ctx.store, row=row, now=ctx.now(), localize=ctx.localize)
            if log is not None:
                from crm_cli.readings import reading

                entry = tasks.log_done(ctx.store, row=row, text=log, reading=reading(ctx))
                notes.append(Note("Logged: {text} ({id}).", text=entry.text, id=entry.id))
        if following is not None:
            from crm_cli import wording

            due = wording.when(following.due or "", ctx.today())
            notes.append(Note("Due again {due} ({id}).", due=due, id=following.id))
        return Outcome(finished, notes=notes)

    return _parties.for_each(ctx, refs, act, nul=nul)


def edit(ctx: AppContext, *, refs: list[str], nul: bool, **typed: Any) -> object:
    from crm_cli.services import tasks

    notes: list[Note] = []
    due, company, deal = typed["due"], typed["company"], typed["deal"]
    changes = {name: typed[name] for name in ("text", "repeat", "priority", "owner", "clear")}
    changes["due"] = _work.when(ctx, due, notes) if due else None
    changes["company_row"] = _work.one(ctx, company, "company").row if company else None
    changes["deal_row"] = _work.one(ctx, deal, "deal").row if deal else None
    changes["linked"] = _work.linked(ctx, typed["contact"], typed["tag"], typed["remove"])

    def act(ref: str) -> object:
        return tasks.edit(ctx.store, row=tasks.one(ctx.store, ref).row, now=ctx.now(), **changes)

    return _work.with_notes(_parties.for_each(ctx, refs, act, nul=nul), notes)


def snooze(ctx: AppContext, *, ref: str, when: list[str]) -> object:
    from crm_cli.services import tasks

    notes: list[Note] = []
    moment = _work.when(ctx, " ".join(when), notes)

    def act(ref: str) -> object:
        row = tasks.one(ctx.store, ref).row
        return tasks.edit(ctx.store, row=row, due=moment, now=ctx.now())

    return _work.with_notes(_parties.for_each(ctx, [ref], act, nul=False), notes)


def delete(ctx: AppContext, *, refs: list[str], nul: bool) -> object:
    from crm_cli.services import tasks

    def act(ref: str) -> object:
        return tasks.delete(ctx.store, row=tasks.one(ctx.store, ref).row, now=ctx.now())

    return _parties.for_each(ctx, refs, act, nul=nul)


_DUE = Param("due", "--due", metavar="WHEN", help="When: fri, +3d, 3.12., tomorrow 9:00.")
_OPTIONS = (
    _work.CONTACT,
    _work.COMPANY,
    _work.DEAL,
    Param("repeat", "--repeat", metavar="RULE", help="How often: 7d, 2w, 1m, 1y, weekly, monthly."),
    Param("priority", "--priority", metavar="PRIORITY", help="high, normal or low."),
    _work.TAG,
    _work.OWNER,
)
_REFS = Param("refs", many=True, metavar="REF…", complete="task", help="Which task; - reads references from stdin.")

COMMANDS = (
    Command(
        "task add",
        add,
        (Param("text", many=True, required=True, metavar="TEXT", help="What is to be done."), _DUE, *_OPTIONS),
        help="Add a follow-up.",
        example="crm task add Send the quote --due fri --contact lovelace",
        writes=True,
    ),
    Command(
        "task list",
        list_,
        (
            _parties.QUERY,
            Param("all", "--all", type="flag", help="Those that are done too."),
            Param("done", "--done", type="flag", help="Only those that are done."),
        ),
        help="List follow-ups, the next one first.",
        example=("crm task list", "crm task list due:today OR 'due<today'"),
    ),
    Command(
        "task done",
        done,
        (_REFS, Param("log", "--log", metavar="LINE", help="What came of it, as in crm log."), _parties.NUL),
        help="Finish follow-ups; a repeated one comes back.",
        example=("crm task done k3vq", 'crm task done k3vq --log "call: wants a second offer"'),
        writes=True,
    ),
    Command(
        "task edit",
        edit,
        (
            _REFS,
            Param("text", "--text", metavar="TEXT", help="What is to be done."),
            _DUE,
            *_OPTIONS,
            _parties.REMOVE,
            _parties.CLEAR,
            _parties.NUL,
        ),
        help="Change a follow-up.",
        example="crm task edit k3vq --due mon --priority high --clear repeat",
        writes=True,
    ),
    Command(
        "task delete",
        delete,
        (_REFS, _parties.NUL),
        help="Delete follow-ups.",
        example="crm task delete k3vq",
        writes=True,
    ),
    Command(
        "task snooze",
        snooze,
        (
            Param("ref", required=True, metavar="REF", complete="task", help="Which task; - reads from stdin."),
            Param("when", many=True, required=True, metavar="WHEN", help="Until when: fri, +3d, next monday."),
        ),
        help="Put a follow-up off.",
        example="crm task snooze k3vq +3d",
        writes=True,
    ),
)
