"""Collections on servers: add one, bring them in step, see how they are, decide conflicts."""

from __future__ import annotations

from crm_cli.domain.sync import DIRECTIONS, SyncCollection
from crm_cli.errors import Ambiguous, Conflict, NotFound, UsageError
from crm_cli.remotes import remote
from crm_cli.services.sync_password import password
from crm_cli.store import sync as sync_store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from typing import Any

    from crm_cli.domain.sync import SyncConflict, SyncReport
    from crm_cli.remotes.remote import Found
    from crm_cli.services.sync_side import Side
    from crm_cli.store.store import Store

# Words that follow `crm sync` as commands.
RESERVED = frozenset(("add", "list", "remove", "status", "conflicts"))


def add(
    store: Store,
    *,
    url: str,
    name: str | None = None,
    user: str | None = None,
    password_command: str | None = None,
    direction: str = "both",
    query: str | None = None,
    kind: str | None = None,
    invite: bool = False,
    tasks: bool = False,
    entries: bool = False,
    companies: bool = False,
    stages: Sequence[dict[str, Any]] = (),
    now: datetime,
) -> SyncCollection:
    """Find the collection an address leads to and note it; the other side is asked, nothing is synchronised yet.

    Raises Ambiguous with their addresses where there are several, Conflict where it is noted already, UsageError for
    what the collection can't hold, RemoteError.
    """
    url = remote.checked_address(url)
    _check(store, direction, query, stages, now, kinds=("contact", "company") if companies else ("contact",))
    called = _checked_name(store, name or remote.short_name(url))
    wanted = SyncCollection(
        0, called, url, "", user, password_command, direction, query, invite, tasks, entries, companies
    )
    found = _discover(wanted, remote.KINDS if kind is None else (kind,))
    # The password may be known by the name that was used to ask for it.
    if name is None and found.title and (user is None or password_command is not None):
        wanted = _renamed(store, wanted, found.title)
    made = _fitted(wanted, found)
    with store.transaction(now):
        known = [item for item in sync_store.list_collections(store.connection) if item.url == made.url]
        if known:
            raise Conflict("{url} is synchronised already, as “{name}”.", url=made.url, name=known[0].name)
        _checked_name(store, made.name)
        sync_store.add_collection(store.connection, made)
        return sync_store.get_collection(store.connection, made.name)


def _check(
    store: Store,
    direction: str,
    query: str | None,
    stages: Sequence[dict[str, Any]],
    now: datetime,
    *,
    kinds: Sequence[str],
) -> None:
    from crm_cli.store import query_sql

    if direction not in DIRECTIONS:
        raise UsageError("There is no direction “{direction}”.", direction=direction, hint="both, pull or push")
    for kind in kinds if query else ():
        query_sql.compile(store.connection, query or "", kind, now=now, actor=store.actor, stages=stages)


def _checked_name(store: Store, name: str) -> str:
    name = " ".join(name.split())
    if not name or name.casefold() in RESERVED or name.startswith("-"):
        raise UsageError("“{name}” cannot be the name of a collection.", name=name, hint="--name phone")
    known = {item.name.casefold() for item in sync_store.list_collections(store.connection)}
    if name.casefold() in known:
        raise Conflict("There is a collection “{name}” already.", name=name, hint="--name gives another one.")
    return name


def _renamed(store: Store, collection: SyncCollection, title: str) -> SyncCollection:
    """Take the name its owner gave the collection, where nobody else has it."""
    try:
        return collection.changed(name=_checked_name(store, title[:60]))
    except (UsageError, Conflict):
        return collection


def _fitted(collection: SyncCollection, found: Found) -> SyncCollection:
    """Return the collection as it was found; a list that takes nothing but follow-ups gets them."""
    from crm_cli.services.sync_singles import Entries, Tasks

    takes = found.components or {Tasks.component, Entries.component}
    tasks = collection.tasks or (found.components is not None and Tasks.component in takes and "VEVENT" not in takes)
    refused = None
    if found.kind == "contact" and (tasks or collection.entries):
        refused = "Follow-ups and log entries go to a calendar."
    elif found.kind == "event" and collection.companies:
        refused = "Firms go to an address book."
    for single, is_wanted in ((Tasks, tasks), (Entries, collection.entries)):
        if is_wanted and single.component not in takes:
            refused = refused or single.not_taken
    if refused:
        raise UsageError(refused, hint="Leave the option out, or give the address of another collection.")
    return collection.changed(url=found.url, kind=found.kind, tasks=tasks)


def _discover(collection: SyncCollection, kinds: tuple[str, ...]) -> Found:
    found = remote.discover(collection.url, kinds, user=collection.user, password=password(collection))
    if len(found) > 1:
        raise Ambiguous(
            "There are {count} collections at {url}.",
            count=len(found),
            url=collection.url,
            hint="Give the address of one.",
            candidates=[{"id": item.url, "kind": item.kind, "name": item.title or item.url} for item in found],
        )
    return found[0]


def remove(store: Store, *, name: str, now: datetime) -> SyncCollection:
    """Stop synchronising a collection; records and server stay as they are. Raises NotFound."""
    with store.transaction(now):
        found = sync_store.get_collection(store.connection, name)
        sync_store.delete_collection(store.connection, found.row)
    return found


def chosen(store: Store, name: str | None) -> list[SyncCollection]:
    """Return the collection of this name, or all; raises NotFound where there is none."""
    if name is not None:
        return [sync_store.get_collection(store.connection, name)]
    found = sync_store.list_collections(store.connection)
    if not found:
        raise NotFound("There is nothing to synchronise yet.", hint="crm sync add https://dav.example.org/")
    return found


def run(
    store: Store,
    *,
    collection: SyncCollection,
    region: str,
    stages: Sequence[dict[str, Any]],
    now: datetime,
    localize: Callable[[datetime], datetime],
    dry_run: bool = False,
    allow_deletions: bool = False,
    change_set: int | None = None,
    step: Callable[[int], object] = lambda _: None,
) -> SyncReport:
    """Bring one collection in step; `change_set` continues that of another one. See `sync_run.Run.run`."""
    from crm_cli.services.sync_run import Run

    access = {"user": collection.user, "password": password(collection)}
    with sync_store.alone(store.path), remote.opened(collection.url, collection.kind, **access) as there:
        side = _side(store, collection, region=region, stages=stages, now=now, localize=localize)
        work = Run(store, collection, there, side, change_set=change_set, step=step)
        return work.run(dry_run=dry_run, allow_deletions=allow_deletions)


def _side(
    store: Store,
    collection: SyncCollection,
    *,
    region: str,
    stages: Sequence[dict[str, Any]],
    now: datetime,
    localize: Callable[[datetime], datetime],
) -> Side:
    if collection.kind == "contact":
        from crm_cli.services.sync_contacts import ContactSide

        return ContactSide(store, region=region, stages=stages, now=now, with_companies=collection.companies)
    from crm_cli.services.sync_events import EventSide
    from crm_cli.services.sync_singles import Entries, Tasks

    kinds = (*((Tasks,) if collection.tasks else ()), *((Entries,) if collection.entries else ()))
    singles = [kind(store, now=now, localize=localize) for kind in kinds]
    return EventSide(store, stages=stages, now=now, localize=localize, singles=singles, invite=collection.invite)


def answer(store: Store, *, number: int, side: str, now: datetime) -> SyncConflict:
    """Decide a conflict for `mine` or `theirs`; the next sync carries it out. Raises NotFound."""
    with store.transaction(now):
        sync_store.answer_conflict(store.connection, number, side)
        return next(item for item in sync_store.list_conflicts(store.connection) if item.id == number)
