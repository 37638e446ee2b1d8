"""The one door to the database file: open, migrate, transactions.

Every write runs under a lock file and BEGIN IMMEDIATE: a deferred transaction
that reads before it writes fails at once under a second writer, whatever the
busy timeout. Checkpoints happen only while that lock is held, because SQLite
before 3.51.3 can damage a WAL when two checkpoints race.
"""

from __future__ import annotations

import os
import sqlite3

from crm_cli.errors import Conflict, StoreError
from crm_cli.store.lock import BUSY_SECONDS, WriterLock, not_writable
from crm_cli.store.version import APPLICATION_ID, VERSION

TYPE_CHECKING = False
if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from datetime import datetime

    _Block = AbstractContextManager[int]

# Checkpoint when the WAL has grown past this size; SQLite's own automatic one is off.
_WAL_LIMIT_BYTES = 4 * 1024 * 1024
# While a whole address book comes in, its indexes are written at random places: pages kept in memory, and folded back
# once for many batches, for each batch changes the same ones.
_BULK_CACHE_KIB = 65_536
_BULK_WAL_LIMIT_BYTES = 64 * 1024 * 1024
# What a random byte stands for at the first, the second and every further place of an id.
_LETTER = bytes(b"abcdefghijklmnopqrstuvwxyz"[byte % 26] for byte in range(256))
_DIGIT = bytes(b"234567"[byte % 6] for byte in range(256))
_SIGN = bytes(b"abcdefghijklmnopqrstuvwxyz234567"[byte % 32] for byte in range(256))


def new_uid() -> str:
    """Return a public id: a letter, a digit 2–7, then 14 random base-32 characters (77 bits in all)."""
    noise = os.urandom(16)
    return (noise[:1].translate(_LETTER) + noise[1:2].translate(_DIGIT) + noise[2:].translate(_SIGN)).decode("ascii")


class Store:
    """An open store. Use `Store.open`; close it, or use it as a context manager.

    `actor` and `command` go into the journal with every change set. In a `dry_run` every
    outermost transaction is rolled back at its end, so a service runs in full and nothing stays.
    """

    def __init__(self, connection: sqlite3.Connection, path: str | None, *, actor: str, command: str) -> None:
        self.connection = connection
        self.path = path
        self.actor = actor
        self.command = command
        self.dry_run = False
        self.created_uids: set[str] = set()
        self._lock = WriterLock(path)
        self._depth = 0
        self._wrote = False
        self._wal_limit = _WAL_LIMIT_BYTES

    @classmethod
    def open(
        cls, path: str, *, actor: str = "me", command: str = "", create: bool = True, dry_run: bool = False
    ) -> Store:
        """Open the store at `path`, creating or upgrading it as needed.

        With `create=False` or `dry_run` a missing file is answered by an empty store in memory.
        Raises StoreError for a damaged, foreign or newer file, which is left untouched.
        """
        if not os.path.exists(path) and (dry_run or not create):
            store = cls(sqlite3.connect(":memory:", isolation_level=None), None, actor=actor, command=command)
            _prepare(store.connection)
            _create(store.connection)
        else:
            try:
                store = cls._open_file(path, actor=actor, command=command, create=create)
            # A message of SQLite that quotes damaged text cannot be decoded.
            except (sqlite3.Error, UnicodeDecodeError) as error:
                raise store_error(error, path) from error
        store.dry_run = dry_run
        return store

    @classmethod
    def _open_file(cls, path: str, *, actor: str, command: str, create: bool) -> Store:
        if create:
            _touch(path)
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        store = cls(connection, path, actor=actor, command=command)
        try:
            _prepare(connection)
            version = _version(connection, path)
            if version < VERSION:
                store._upgrade()
        except BaseException:
            connection.close()
            store._lock.release()
            raise
        return store

    def _upgrade(self) -> None:
        """Bring the file to the newest schema, under the lock; another process may have been quicker."""
        assert self.path is not None
        self._lock.acquire()
        try:
            version = _version(self.connection, self.path)
            if version == 0:
                self.connection.execute("PRAGMA journal_mode = WAL")
                _create(self.connection)
            elif version < VERSION:
                from crm_cli.store.migrations import migrate

                migrate(self)
        finally:
            self._lock.release()

    def close(self) -> None:
        """Close the connection; after a write the last one out folds the WAL back, under the lock."""
        try:
            if self._wrote:
                self._lock.acquire()
        except StoreError:  # what was committed stays so; the next writer folds the WAL back
            pass
        try:
            self.connection.close()
        finally:
            self._lock.release()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def transaction(self, now: datetime, *, kind: str = "write", change_set: int | None = None) -> _Block:
        """Run a block as one change set and one transaction; gives the change set's id.

        Nested calls join the outer change set as savepoints. `change_set` continues an earlier one
        (a long import commits in batches). A block that changed no row leaves no change set.
        """
        if self._depth:
            return _Savepoint(self)
        return _Transaction(self, now, kind, change_set)

    def _begin(self, now: datetime, kind: str, change_set: int | None) -> None:
        execute = self.connection.execute
        execute("BEGIN IMMEDIATE")
        self._depth = 1
        self._first_change = execute("SELECT coalesce(max(id), 0) FROM change").fetchone()[0]
        if change_set is None:
            device = execute("SELECT value FROM meta WHERE key = 'device'").fetchone()
            cursor = execute(
                "INSERT INTO change_set (at, actor, device, command, kind) VALUES (?, ?, ?, ?, ?)",
                (utc_text(now), self.actor, device[0] if device else "", self.command, kind),
            )
            change_set = int(cursor.lastrowid or 0)
        elif execute("SELECT 1 FROM change_set WHERE id = ? AND undone_by IS NULL", (change_set,)).fetchone() is None:
            raise Conflict("The command was undone while it was still running; it stops here.")
        self._change_set = change_set
        execute("INSERT INTO journal_context (id, change_set_id) VALUES (1, ?)", (change_set,))

    def _commit(self, *, started: bool) -> None:
        from crm_cli.store.search import catch_up

        execute = self.connection.execute
        execute("DELETE FROM journal_context")
        last = execute("SELECT coalesce(max(id), 0) FROM change").fetchone()[0]
        if last == self._first_change and started:
            # An undo that had nothing left to set back stays: its original names it.
            execute("DELETE FROM change_set WHERE id = ? AND reverts IS NULL", (self._change_set,))
        elif not self.dry_run:
            catch_up(self.connection)
        if self.dry_run:
            broken = self._deleted_something() and execute("PRAGMA foreign_key_check").fetchone()
            execute("ROLLBACK")
            if broken:
                raise _still_referenced()
            return
        execute("COMMIT")
        self._wrote = True
        self._checkpoint()

    def _deleted_something(self) -> bool:
        """Only a deletion can leave a deferred reference hanging, and checking them all reads every table."""
        sql = "SELECT 1 FROM change WHERE id > ? AND operation = 'delete' LIMIT 1"
        return self.connection.execute(sql, (self._first_change,)).fetchone() is not None

    def _rollback(self) -> None:
        # A full disk may have rolled back already.
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")

    def locked(self) -> WriterLock:
        """Keep other writers out for a block that works on the file itself (restore, repair)."""
        return self._lock

    def expect_much(self) -> None:
        """Give this connection the memory and the log that a whole address book needs, in or out."""
        self.connection.execute(f"PRAGMA cache_size = -{_BULK_CACHE_KIB}")
        self._wal_limit = _BULK_WAL_LIMIT_BYTES

    def data_version(self) -> int:
        """Return a number that changes when another connection commits."""
        return int(self.connection.execute("PRAGMA data_version").fetchone()[0])

    def _checkpoint(self) -> None:
        try:
            size = os.stat(f"{self.path}-wal").st_size if self.path else 0
        except OSError:
            size = 0
        if size <= self._wal_limit:
            return
        execute = self.connection.execute
        # Never wait for readers here, and never fail: what was to be written is committed already.
        execute("PRAGMA busy_timeout = 0")
        try:
            execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error:
            pass
        finally:
            execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")

    def new_uid(self) -> str:
        """Return a fresh public id and remember it as made here (a dry run shows it as null)."""
        uid = new_uid()
        self.created_uids.add(uid)
        return uid


# Classes, because importing `contextlib` takes longer than opening the store.
class _Transaction:
    """The outermost block: the lock, BEGIN IMMEDIATE, a change set; COMMIT or ROLLBACK at its end."""

    def __init__(self, store: Store, now: datetime, kind: str, change_set: int | None) -> None:
        self._store = store
        self._begin = (now, kind, change_set)

    def __enter__(self) -> int:
        store = self._store
        try:
            store._lock.acquire()
            store._begin(*self._begin)
        except BaseException as error:
            self._fail(error)
            raise
        return store._change_set

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        store = self._store
        if error is not None:
            self._fail(error)
            return
        try:
            store._commit(started=self._begin[2] is None)
        except BaseException as failure:
            self._fail(failure)
            raise
        store._depth = 0
        store._lock.release()

    def _fail(self, error: BaseException) -> None:
        """Roll back; raises StoreError where SQLite failed."""
        store = self._store
        try:
            store._rollback()
            if isinstance(error, sqlite3.Error):
                raise store_error(error, store.path) from error
        finally:
            store._depth = 0
            store._lock.release()


class _Savepoint:
    """A block inside a transaction, which may fail alone."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._name = ""

    def __enter__(self) -> int:
        store = self._store
        self._name = f"level_{store._depth}"
        store.connection.execute(f"SAVEPOINT {self._name}")
        store._depth += 1
        return store._change_set

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        store = self._store
        store._depth -= 1
        if error is None:
            store.connection.execute(f"RELEASE {self._name}")
        elif store.connection.in_transaction:
            store.connection.execute(f"ROLLBACK TO {self._name}")
            store.connection.execute(f"RELEASE {self._name}")


def utc_text(moment: datetime) -> str:
    """Return an aware moment as ISO 8601 in UTC to the second, the form of every stored time stamp."""
    from datetime import UTC

    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def store_error(error: Exception, path: str | None) -> Exception:
    """Translate a database error into one of ours; a failed reference at COMMIT is a Conflict."""
    text = str(error)
    if isinstance(error, sqlite3.IntegrityError) and "FOREIGN KEY" in text:
        return _still_referenced()
    if isinstance(error, sqlite3.IntegrityError):
        return Conflict("The store refused the change: {reason}.", reason=text)
    if "locked" in text or "busy" in text:
        return StoreError("{path} is locked by another program.", path=path or "", hint="Try again in a moment.")
    if "full" in text:
        return StoreError(
            "The disk is full; nothing that was acknowledged is lost.", hint="Free some space and try again."
        )
    if any(sign in text for sign in ("readonly", "unable to open", "disk I/O")):
        return StoreError("{path} cannot be opened or written: {reason}.", path=path or "", reason=text)
    return StoreError(
        "{path} is damaged or not a store: {reason}.",
        path=path or "",
        reason=text,
        hint="crm check looks closer; crm restore brings back a backup.",
    )


def _still_referenced() -> Conflict:
    return Conflict(
        "Other records still refer to this one; nothing was changed.",
        hint="Undo or delete what came later first: crm history",
    )


def _touch(path: str) -> None:
    """Make the file and its folder, private, where they are missing."""
    folder = os.path.dirname(os.path.abspath(path))
    try:
        if not os.path.isdir(folder):
            os.makedirs(folder, mode=0o700, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        pass
    except OSError as error:
        raise not_writable(path, error) from error


def _prepare(connection: sqlite3.Connection) -> None:
    """Set what SQLite leaves off by default; nothing here writes to the file."""
    execute = connection.execute
    execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    execute("PRAGMA synchronous = FULL")
    execute("PRAGMA wal_autocheckpoint = 0")
    # A batch of an import fits; what is only read takes no more than it needs.
    execute("PRAGMA cache_size = -16000")
    execute("PRAGMA cell_size_check = ON")
    execute("PRAGMA foreign_keys = ON")


def _version(connection: sqlite3.Connection, path: str) -> int:
    """Return the schema version, 0 for an empty file; raises StoreError for a foreign or newer one."""
    application = int(connection.execute("PRAGMA application_id").fetchone()[0])
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if application == version == 0 and connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None:
        return 0
    if application != APPLICATION_ID:
        raise StoreError("{path} is not a crm store; it was left untouched.", path=path)
    if version > VERSION:
        raise StoreError(
            "{path} was written by a newer crm (schema {version}, this one knows {known}); it was left untouched.",
            path=path,
            version=version,
            known=VERSION,
            hint="Update crm.",
        )
    return version


def _create(connection: sqlite3.Connection) -> None:
    from crm_cli.store.creation import create

    create(connection, device=new_uid())
