"""Copies of the store: made by SQLite's online backup, verified before they count.

A file copied by other means while something writes is often stale and sometimes unreadable, so
nothing here copies a healthy store by its bytes. A backup is one file without a WAL, private to its
owner, and gets its name only after it was opened again and found whole.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

from crm_cli.domain.upkeep import BackupFile
from crm_cli.errors import NotFound, StoreError
from crm_cli.store.store import Store, store_error
from crm_cli.store.version import APPLICATION_ID, VERSION

FOLDER = "backups"
PART = ".part"
_DAMAGED = ".damaged-"
_STAMP = "%Y%m%dT%H%M%SZ"


def folder_of(path: str) -> str:
    """Return the folder in which the backups of the store at `path` are kept."""
    return os.path.join(os.path.dirname(os.path.abspath(path)), FOLDER)


def new_path(path: str, now: datetime, reason: str = "") -> str:
    """Return a free file name for a backup of the store at `path`: `crm-20251119T090000Z.db`."""
    stem, extension = os.path.splitext(os.path.basename(path))
    moment = now.astimezone(UTC)
    while True:
        name = "-".join(part for part in (stem, moment.strftime(_STAMP), reason) if part)
        found = os.path.join(folder_of(path), name + extension)
        if not os.path.lexists(found):
            return found
        moment += timedelta(seconds=1)


def list_backups(path: str) -> list[BackupFile]:
    """Return the backups of the store at `path`, newest first; other files of the folder are not ours."""
    stem, extension = os.path.splitext(os.path.basename(path))
    folder = folder_of(path)
    try:
        names = os.listdir(folder)
    except OSError:
        return []
    found = []
    for name in names:
        if not (name.startswith(stem + "-") and name.endswith(extension)):
            continue
        stamp, _, reason = name[len(stem) + 1 : len(name) - len(extension)].partition("-")
        full = os.path.join(folder, name)
        try:
            at = datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
            found.append(BackupFile(full, at, os.stat(full).st_size, reason))
        except (ValueError, OSError):
            continue
    return sorted(found, key=lambda backup: (backup.at, backup.path), reverse=True)


def described(path: str, now: datetime) -> BackupFile:
    """Return a backup that was just written."""
    return BackupFile(path, now.astimezone(UTC), os.stat(path).st_size)


def write_backup(connection: sqlite3.Connection, path: str) -> None:
    """Write a verified copy of an open store to `path`, replacing what is there; the folder is made, private.

    Raises StoreError where the copy cannot be written or is not whole; then `path` is as it was before.
    """
    part = path + PART
    folder = os.path.dirname(os.path.abspath(path))
    try:
        if not os.path.isdir(folder):
            os.makedirs(folder, mode=0o700)
        if os.path.lexists(part):
            os.unlink(part)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        try:
            with closing(sqlite3.connect(part, isolation_level=None)) as copy:
                connection.backup(copy)
                # One file: no WAL beside it that could be lost on the way.
                copy.execute("PRAGMA journal_mode = DELETE")
            verify(part)
            _sync(part)
            _rename(part, path)
        except BaseException:
            if os.path.exists(part):
                os.unlink(part)
            raise
    except sqlite3.Error as error:
        raise store_error(error, path) from error
    except OSError as error:
        raise _unwritable(path, error) from error


def verify(path: str) -> None:
    """Open a backup by itself and check that it is a whole store; raises NotFound or StoreError."""
    if not os.path.isfile(path):
        raise NotFound("There is no file {path}.", path=path, hint="crm backup --list")
    try:
        with closing(_read_only(path)) as connection:
            if int(connection.execute("PRAGMA application_id").fetchone()[0]) != APPLICATION_ID:
                raise _foreign(path)
            if int(connection.execute("PRAGMA user_version").fetchone()[0]) > VERSION:
                raise StoreError("{path} was written by a newer crm.", path=path, hint="Update crm.")
            reason = fault(connection)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise _damaged(path, str(error)) from error
    if reason:
        raise _damaged(path, reason)


def fault(connection: sqlite3.Connection) -> str | None:
    """Return what is wrong with an open store, as the database says it; None if it is whole."""
    try:
        answer = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
        if answer != "ok":
            return answer
        hanging = connection.execute("PRAGMA foreign_key_check").fetchone()
        return f"{hanging[0]} {hanging[1]} -> {hanging[2]}" if hanging else None
    except sqlite3.OperationalError:  # a lock or a full disk says nothing about the file
        raise
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        return str(error)


def restore(path: str, source: str, now: datetime) -> str | None:
    """Put the backup `source` in the place of the store at `path`; return where the present one is kept.

    A whole store is backed up first and overwritten in one transaction, which other open programs see as a
    change. A damaged one is put aside byte by byte. The caller has verified `source`. Raises StoreError.
    """
    if not os.path.exists(path):
        _put_in_place(path, source)
        return None
    store = Store(sqlite3.connect(path, isolation_level=None), path, actor="", command="")
    try:
        with store.locked():
            if _is_damaged(store.connection, path):
                store.connection.close()
                return _replace_damaged(path, source, now)
            kept = new_path(path, now, "restore")
            write_backup(store.connection, kept)
            with closing(_read_only(source)) as copy:
                copy.backup(store.connection)
            store.connection.execute("PRAGMA journal_mode = WAL")
            return kept
    except sqlite3.Error as error:
        raise store_error(error, path) from error
    finally:
        store.close()


def _is_damaged(connection: sqlite3.Connection, path: str) -> bool:
    """Tell whether the store is damaged; raises StoreError for a whole file of another program."""
    try:
        application = int(connection.execute("PRAGMA application_id").fetchone()[0])
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    except sqlite3.OperationalError:
        raise
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return True
    if application != APPLICATION_ID and tables:
        raise _foreign(path)
    return not tables or fault(connection) is not None


def _replace_damaged(path: str, source: str, now: datetime) -> str:
    """Keep the bytes of a damaged store and of its WAL aside, then put the backup in its place."""
    aside = f"{path}{_DAMAGED}{now.astimezone(UTC).strftime(_STAMP)}"
    try:
        for suffix in ("", "-wal"):
            if os.path.exists(path + suffix):
                _copy_bytes(path + suffix, aside + suffix)
    except OSError as error:
        raise _unwritable(aside, error) from error
    _put_in_place(path, source)
    return aside


def _put_in_place(path: str, source: str) -> None:
    with closing(_read_only(source)) as copy:
        write_backup(copy, path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")


def _rename(part: str, path: str) -> None:
    """Give a finished copy its name; the WAL of what was there before would be replayed into it, so it goes first."""
    for suffix in ("-wal", "-shm"):
        if os.path.exists(path + suffix):
            os.unlink(path + suffix)
    os.replace(part, path)
    _sync(os.path.dirname(os.path.abspath(path)))


def _copy_bytes(source: str, target: str) -> None:
    import shutil

    descriptor = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with open(source, "rb") as reader, open(descriptor, "wb") as writer:
        shutil.copyfileobj(reader, writer)
        writer.flush()
        os.fsync(writer.fileno())


def _read_only(path: str) -> sqlite3.Connection:
    from urllib.parse import quote

    # Immutable, so that no file is made beside a backup on a medium that cannot be written; but a WAL is read.
    mode = "ro" if os.path.exists(path + "-wal") else "ro&immutable=1"
    return sqlite3.connect(f"file:{quote(os.path.abspath(path))}?mode={mode}", uri=True, isolation_level=None)


def _sync(path: str) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _damaged(path: str, reason: str) -> StoreError:
    return StoreError("{path} is damaged: {reason}.", path=path, reason=reason)


def _foreign(path: str) -> StoreError:
    return StoreError("{path} is not a crm store; it was left untouched.", path=path)


def _unwritable(path: str, error: OSError) -> StoreError:
    return StoreError("{path} cannot be opened or written: {reason}.", path=path, reason=error.strerror or str(error))
