"""Is the store whole? What can be repaired without touching a record is repaired on request."""

from __future__ import annotations

import os
import sqlite3
import stat

from crm_cli.domain.upkeep import Finding
from crm_cli.store import backup, journal, search_index
from crm_cli.store.store import store_error

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from crm_cli.store.store import Store

# Before it, two checkpoints at once could damage a WAL; the store takes care that there is only one.
_SAFE_SQLITE = (3, 51, 3)
_MOST = 20


def check(store: Store) -> list[Finding]:
    """Look at the file, its references, the journal, the search index and the files beside it; `[]` if all is well."""
    connection = store.connection
    try:
        found = [*_damage(connection)]
        if not found:
            found += [*_journal(connection), *_search(connection)]
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise store_error(error, store.path) from error
    if store.path is not None:
        found += [*_open_modes(store.path), *_leftovers(store.path)]
    return [*found, *_version()]


def repair(store: Store, findings: list[Finding]) -> list[Finding]:
    """Mend what holds no record of its own: indexes, journal triggers, the search index, modes, leftovers.

    Returns what was done. Damage to records is not repaired; that needs a backup.
    """
    connection = store.connection
    done: list[Finding] = []
    with store.locked():
        try:
            if any(finding.severity == "damage" for finding in findings):
                connection.execute("REINDEX")
            done += _repaired_inside(connection)
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise store_error(error, store.path) from error
        if store.path is not None:
            done += _repaired_beside(store.path)
    return done


def _damage(connection: sqlite3.Connection) -> Iterator[Finding]:
    for (text,) in connection.execute(f"PRAGMA integrity_check({_MOST})"):
        if text != "ok":
            yield Finding("damage", "The file is damaged: {reason}.", {"reason": text})
    rows = connection.execute("PRAGMA foreign_key_check").fetchmany(_MOST)
    for table, row_id, parent, _ in rows:
        yield Finding(
            "damage",
            "{table} {row} refers to a {parent} that does not exist.",
            {"table": table, "row": row_id, "parent": parent},
        )


def _journal(connection: sqlite3.Connection) -> Iterator[Finding]:
    for name in _missing_triggers(connection):
        yield Finding("damage", "The journal does not record every change: trigger {name} is missing.", {"name": name})
    if connection.execute("SELECT 1 FROM journal_context").fetchone() is not None:
        yield Finding("damage", "The journal is left open by a broken transaction.")


def _missing_triggers(connection: sqlite3.Connection) -> list[str]:
    present = {row[0] for row in connection.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")}
    wanted = [sql for sql in journal.trigger_ddl(connection) if sql.startswith("CREATE")]
    return [sql.split(" ", 3)[2] for sql in wanted if sql not in present]


def _search(connection: sqlite3.Connection) -> Iterator[Finding]:
    if search_index.is_behind(connection):
        # The next write catches up, whoever wrote past us.
        yield Finding("warning", "The search index is behind; the next write brings it up to date.")
        return
    differing = sum(search_index.check(connection).values())
    if differing:
        yield Finding(
            "damage", "The search index differs from the records in {count:place|places}.", {"count": differing}
        )


def _repaired_inside(connection: sqlite3.Connection) -> Iterator[Finding]:
    connection.execute("BEGIN IMMEDIATE")
    missing = _missing_triggers(connection)
    if missing:
        for statement in journal.trigger_ddl(connection):
            connection.execute(statement)
        yield Finding("repaired", "The journal's triggers were made again ({count} missing).", {"count": len(missing)})
    if connection.execute("DELETE FROM journal_context").rowcount:
        yield Finding("repaired", "The journal was closed.")
    if search_index.is_behind(connection) or any(search_index.check(connection).values()):
        search_index.rebuild(connection)
        yield Finding("repaired", "The search index was made anew.")
    connection.execute("COMMIT")


def _private_files(path: str) -> Iterator[str]:
    """Yield the store's files that exist, backups included."""
    for suffix in ("", "-wal", "-shm", "-lock", "-drafts"):
        if os.path.exists(path + suffix):
            yield path + suffix
    for kept in backup.list_backups(path):
        yield kept.path


def _open_modes(path: str) -> Iterator[Finding]:
    for name, _ in _too_open(path):
        yield Finding("warning", "{path} can be read by others.", {"path": name})


def _too_open(path: str) -> Iterator[tuple[str, int]]:
    """Yield (path, right mode) of files and folders of ours that are open to other users."""
    for name in _private_files(path):
        if stat.S_IMODE(os.stat(name).st_mode) & 0o077:
            yield name, 0o600
    folder = backup.folder_of(path)
    if os.path.isdir(folder) and stat.S_IMODE(os.stat(folder).st_mode) & 0o077:
        yield folder, 0o700


def _leftovers(path: str) -> Iterator[Finding]:
    for name in _parts(path):
        yield Finding("warning", "{path} is left over from something that was broken off.", {"path": name})


def _parts(path: str) -> list[str]:
    """Return unfinished files: what a killed backup, restore or draft left behind."""
    found = []
    base = os.path.basename(path)
    for folder in (os.path.dirname(os.path.abspath(path)), backup.folder_of(path)):
        names = os.listdir(folder) if os.path.isdir(folder) else []
        stem = os.path.splitext(base)[0] + "-" if folder == backup.folder_of(path) else base
        found += [
            os.path.join(folder, name)
            for name in sorted(names)
            if name.startswith(stem) and name.removesuffix("-journal").endswith(backup.PART)
        ]
    return found


def _repaired_beside(path: str) -> Iterator[Finding]:
    for name in _parts(path):
        os.unlink(name)
        yield Finding("repaired", "{path} was removed.", {"path": name})
    for name, mode in [*_too_open(path)]:
        os.chmod(name, mode)
        yield Finding("repaired", "{path} is private now.", {"path": name})


def _version() -> Iterator[Finding]:
    if sqlite3.sqlite_version_info < _SAFE_SQLITE:
        yield Finding(
            "warning",
            "SQLite {version} can damage a store that two programs fold back at once; crm never lets them, "
            "other programs on this file might. {safe} mends it.",
            {"version": sqlite3.sqlite_version, "safe": ".".join(map(str, _SAFE_SQLITE))},
        )
