"""Undo, redo, and what the journal tells about a record, a command and the stream of all changes."""

from __future__ import annotations

from crm_cli.domain.change import TakenBack
from crm_cli.errors import Ambiguous, Conflict, NotFound
from crm_cli.store import history, journal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from crm_cli.domain.change import Change, ChangeSet, FieldChange
    from crm_cli.store.store import Store

# The actor of what was written with the bare sqlite3 shell.
_SHELL = "sql"
_POLL_SECONDS = 0.2


def undo(store: Store, *, count: int = 1, change_set: int | None = None, now: datetime) -> list[TakenBack]:
    """Take back the `count` newest change sets of this actor, or one by its number; all of them or none.

    Each becomes an undo of its own, so that redo gives them back one by one. `[]` where nothing is left to undo.
    Raises Conflict where a later change would be lost, NotFound for a number that does not exist.
    """
    with store.transaction(now, kind="undo") as by:
        connection = store.connection
        if change_set is None:
            targets = journal.newest_undoable(connection, store.actor, count)
        else:
            _check_undoable(store, change_set, by)
            targets = [change_set]
        return _take_back(store, targets, by)


def redo(store: Store, *, count: int = 1, now: datetime) -> list[TakenBack]:
    """Do again what the newest undos of this actor took back, the last undone first; `[]` where there is nothing.

    Only until something else is written. Raises Conflict where a later change would be lost.
    """
    with store.transaction(now, kind="redo") as by:
        targets = journal.redoable(store.connection, store.actor, count)
        return _take_back(store, targets, by)


def _take_back(store: Store, targets: list[int], by: int) -> list[TakenBack]:
    taken = []
    for index, target in enumerate(targets):
        if index:
            by = journal.next_change_set(store.connection, by)
        count = journal.take_back(store.connection, target, by=by)
        original = journal.original_of(store.connection, target)
        taken.append(TakenBack(original["id"], original["command"], count))
    return taken


def _check_undoable(store: Store, number: int, by: int) -> None:
    if number == by:  # ours, which is only just begun
        raise journal.unknown(number)
    found = journal.change_set(store.connection, number)
    if found["kind"] != "write":
        raise Conflict("Change set {id} is itself an undo or a redo.", id=number, hint="crm redo")
    if found["undone_by"] is not None:
        raise Conflict("Change set {id} is undone already.", id=number, hint="crm redo")
    if found["actor"] not in (store.actor, _SHELL):
        raise Conflict("Change set {id} is of {actor}; everyone undoes their own.", id=number, actor=found["actor"])


def recent(store: Store, *, limit: int | None = None) -> list[ChangeSet]:
    """Return the newest change sets, newest first."""
    return history.change_sets(store.connection, limit=limit)


def of_change_set(store: Store, *, change_set: int, limit: int | None = None) -> list[FieldChange]:
    """Return what one command changed, field by field; raises NotFound."""
    journal.change_set(store.connection, change_set)
    return history.set_changes(store.connection, change_set, limit=limit)


def of_record(store: Store, *, ref: str, limit: int | None = None) -> list[FieldChange]:
    """Return what became of a record, field by field, newest first; one that was deleted is found too.

    Raises NotFound and Ambiguous as every command with a REF does.
    """
    return history.record_changes(store.connection, _uid_of(store, ref), limit=limit)


def _uid_of(store: Store, ref: str) -> str:
    from crm_cli.services import resolve

    try:
        return resolve.record(store, ref).id
    except NotFound:
        deleted = _deleted(store, ref)
        if not deleted:
            raise
    if len(deleted) > 1:
        raise Ambiguous(
            "“{ref}” is the name of several deleted records.",
            ref=ref,
            candidates=[{"id": uid, "kind": kind, "name": name} for uid, kind, name in deleted[:5]],
        )
    return deleted[0][0]


def _deleted(store: Store, ref: str) -> list[tuple[str, str, str]]:
    """Return (uid, kind, name) of records the journal knows by this id prefix or name, though they are gone."""
    from crm_cli.domain.text import fold

    if len(ref) >= 4 and ref.isascii() and ref.isalnum():
        uids = history.uids_in_journal(store.connection, ref.lower())
        if uids:
            return [(uid, "", "") for uid in uids]
    wanted = fold(ref)
    return [found for found in history.deleted_records(store.connection) if fold(found[2]) == wanted]


def changes(store: Store, *, since: int = 0, follow: bool = False) -> Iterator[Change]:
    """Yield every change with an id above `since`, oldest first; with `follow` wait for more without end.

    No transaction is open while the reader takes its time.
    """
    import time

    if follow and store.path is None:
        raise NotFound("There is no store to follow yet.")
    version = None
    while True:
        block = history.changes_since(store.connection, since)
        yield from block
        if block:
            since = block[-1].id
            continue
        if not follow:
            return
        while version == (version := store.data_version()):
            time.sleep(_POLL_SECONDS)
