"""Follow-ups: add, change, put off, finish; a repeated one comes back when it is done."""

from __future__ import annotations

from crm_cli.domain.task import due_text, read_priority
from crm_cli.errors import Ambiguous, Conflict, UsageError
from crm_cli.services.editing import changed_columns
from crm_cli.store import links, tasks
from crm_cli.store.store import utc_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date, datetime

    from crm_cli.domain.interaction import Interaction
    from crm_cli.domain.task import Task
    from crm_cli.domain.who import Match
    from crm_cli.services.interactions import Reading
    from crm_cli.store.links import LinkChange
    from crm_cli.store.store import Store

# A task that comes back every day has as many namesakes, all but one of them done.
_MOST_NAMESAKES = 5000

# What `--clear` can empty, and the columns behind it.
CLEARABLE = {
    "due": ("due",),
    "repeat": ("repeat",),
    "priority": ("priority",),
    "company": ("company_id",),
    "deal": ("deal_id",),
}


def add(
    store: Store,
    *,
    text: str,
    now: datetime,
    due: date | datetime | None = None,
    contact_rows: Sequence[int] = (),
    company_row: int | None = None,
    deal_row: int | None = None,
    interaction_row: int | None = None,
    repeat: str | None = None,
    priority: str | None = None,
    tags: Iterable[str] = (),
    owner: str | None = None,
) -> Task:
    """Add a task and return it. Raises UsageError for an empty text, an unreadable rule or priority."""
    if not text.strip():
        raise UsageError("A task needs a text.", hint="crm task add Call back --due fri")
    with store.transaction(now):
        row = tasks.add(
            store.connection,
            uid=store.new_uid(),
            text=text,
            stamp=utc_text(now),
            contact_rows=contact_rows,
            due=due_text(due),
            company_id=company_row,
            deal_id=deal_row,
            interaction_id=interaction_row,
            repeat=_rule(repeat, due),
            priority=read_priority(priority) if priority else None,
            owner=owner or store.actor,
        )
        links.add_tags(store.connection, "task", row, tags)
        return tasks.get(store.connection, row)


def edit(
    store: Store,
    *,
    row: int,
    now: datetime,
    text: str | None = None,
    due: date | datetime | None = None,
    company_row: int | None = None,
    deal_row: int | None = None,
    repeat: str | None = None,
    priority: str | None = None,
    owner: str | None = None,
    clear: Iterable[str] = (),
    linked: LinkChange | None = None,
) -> Task:
    """Change a task: given values replace the old ones, people and tags are added; return it as it is then."""
    if text is not None and not text.strip():
        raise UsageError("A task needs a text.", hint="crm task delete REF takes it away.")
    given = {
        "text": text,
        "due": due_text(due),
        "company_id": company_row,
        "deal_id": deal_row,
        "repeat": _rule(repeat, due),
        "priority": read_priority(priority) if priority else None,
        "owner": owner,
    }
    columns = changed_columns(given, clear, CLEARABLE)
    if not (columns or linked):
        raise UsageError("There is nothing to change.", hint="crm task edit --help lists the options.")
    with store.transaction(now):
        tasks.get(store.connection, row)
        if linked:
            links.change(store.connection, "task", row, linked)
        tasks.update(store.connection, row, stamp=utc_text(now), **columns)
        return tasks.get(store.connection, row)


def done(
    store: Store, *, row: int, now: datetime, localize: Callable[[datetime], datetime]
) -> tuple[Task, Task | None]:
    """Finish a task; return it, and the next one if it is repeated. Raises Conflict where it is done already."""
    with store.transaction(now):
        task = tasks.get(store.connection, row)
        if task.done_at is not None:
            raise Conflict(
                "“{text}” is done already.",
                text=task.text,
                candidates=[{"id": task.id, "kind": "task", "name": task.text}],
            )
        tasks.update(store.connection, row, stamp=utc_text(now), done_at=utc_text(now))
        finished = tasks.get(store.connection, row)
        return finished, _again(store, row, task, now, localize) if task.repeat else None


def log_done(store: Store, *, row: int, text: str, reading: Reading) -> Interaction:
    """Log a line about a task; where it names nobody it is about the task's people, firm and deal. Return the entry.

    Raises UsageError, NotFound or Ambiguous, as `interactions.log` does.
    """
    from crm_cli.services import interactions, resolve
    from crm_cli.store import interactions as entries

    with store.transaction(reading.now):
        line = interactions.read(store, text, reading)
        if line.whos:
            return interactions.log(store, text=text, reading=reading).entry
        task = tasks.get(store.connection, row)
        parties = [*task.contacts, *([task.company] if task.company else [])]
        matches = [resolve.one(store, party.id) for party in parties if party.id]
        entry = interactions.write(store, line, matches, reading)
        deal_row = tasks.links(store.connection, row)[1]["deal_id"]
        if deal_row is not None and line.deal is None:
            entries.update(store.connection, entry, stamp=utc_text(reading.now), deal_id=deal_row)
        return entries.get(store.connection, entry)


def _rule(repeat: str | None, due: date | datetime | None) -> str | None:
    if not repeat:
        return None
    from crm_cli.domain.repeat import read_repeat

    return read_repeat(repeat, due)


def _again(store: Store, row: int, task: Task, now: datetime, localize: Callable[[datetime], datetime]) -> Task:
    """Add the next one of a repeated task."""
    from crm_cli.domain.repeat import next_due

    assert task.repeat is not None
    contact_rows, columns = tasks.links(store.connection, row)
    new = tasks.add(
        store.connection,
        uid=store.new_uid(),
        text=task.text,
        stamp=utc_text(now),
        contact_rows=contact_rows,
        due=next_due(task.due, task.repeat, now=now, localize=localize),
        repeat=task.repeat,
        priority=task.priority,
        owner=task.owner,
        company_id=columns["company_id"],
        deal_id=columns["deal_id"],
    )
    links.add_tags(store.connection, "task", new, task.tags)
    return tasks.get(store.connection, new)


def delete(store: Store, *, row: int, now: datetime) -> Task:
    """Delete a task and return it as it was; raises NotFound."""
    with store.transaction(now):
        task = tasks.get(store.connection, row)
        tasks.delete(store.connection, row)
        return task


def listed(store: Store, *, query: str, state: str, now: datetime) -> Sequence[Task]:
    """Return the tasks a query finds, the next one first; `state` is `open`, `done` or `all`.

    A query that asks for `status` or `done` itself goes over all of them.
    """
    from crm_cli.store import query_sql

    compiled = query_sql.compile(store.connection, query, "task", now=now, actor=store.actor)
    if compiled.fields & {"status", "done"}:
        state = "all"
    condition = {"open": "task.done_at IS NULL", "done": "task.done_at IS NOT NULL", "all": "1"}[state]
    return tasks.list(store.connection, f"{condition} AND {compiled.where}", compiled.params)


def one(store: Store, ref: str) -> Match:
    """Return the task a reference means: its id or words of its text; raises NotFound or Ambiguous.

    Where an open task is among several, those that are done are not meant.
    """
    from crm_cli.services import resolve

    try:
        return resolve.one(store, ref, kinds=("task",))
    except Ambiguous:
        found = resolve.written(store.connection, ref, ("task",), limit=_MOST_NAMESAKES)
        still_open = set(tasks.open_uids(store.connection, [match.id for match in found]))
        if not still_open:
            raise
    meant = [match for match in found if match.id in still_open]
    if len(meant) > 1:
        raise resolve.ambiguous(ref, meant)
    return meant[0]
