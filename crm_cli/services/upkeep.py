"""Keep the store safe: backups in rotation, the way back, and a look whether all is whole."""

from __future__ import annotations

import os

from crm_cli.domain.upkeep import expendable
from crm_cli.errors import Conflict, NotFound, StoreError
from crm_cli.store import backup as backups
from crm_cli.store import check as checks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime

    from crm_cli.domain.upkeep import BackupFile, Finding
    from crm_cli.store.store import Store


def backup(store: Store, *, now: datetime, keep: int, target: str | None = None, overwrite: bool = False) -> BackupFile:
    """Write a verified backup and return it.

    Without `target` it goes into the folder `backups` beside the store, where rotation then keeps the newest
    `keep`, and the last one of each day of a week and of each of four weeks. Raises NotFound where there is no
    store, Conflict where `target` exists, StoreError where the copy cannot be written or is not whole.
    """
    if store.path is None:
        raise NotFound("There is no store to back up yet.")
    if target is not None and os.path.isdir(target):
        target = os.path.join(target, os.path.basename(backups.new_path(store.path, now)))
    if target is not None and os.path.lexists(target) and not overwrite:
        raise Conflict("{path} exists already.", path=target, hint="Choose another name, or --yes to replace it.")
    path = target or backups.new_path(store.path, now)
    backups.write_backup(store.connection, path)
    if target is None:
        for old in expendable(backups.list_backups(store.path), keep):
            os.unlink(old.path)
    return backups.described(path, now)


def list_backups(path: str) -> list[BackupFile]:
    """Return the backups of the store at `path`, newest first."""
    return backups.list_backups(path)


def newest(path: str) -> str:
    """Return the newest backup that is whole; raises NotFound. What a restore put aside doesn't count."""
    for found in backups.list_backups(path):
        if found.reason:
            continue
        try:
            backups.verify(found.path)
        except StoreError:
            continue
        return found.path
    raise NotFound("There is no backup of {path} that is whole.", path=path, hint="crm backup --list")


def restore(path: str, *, source: str, now: datetime) -> str | None:
    """Put a backup in the place of the store at `path`, whatever state that is in; return where the old one is kept.

    The backup is checked first and the old store kept, so a restore is taken back by restoring that.
    """
    if os.path.exists(path) and os.path.exists(source) and os.path.samefile(path, source):
        raise Conflict("{path} is the store itself.", path=source)
    backups.verify(source)
    return backups.restore(path, source, now)


def verify(source: str) -> None:
    """Check that a backup is whole; raises NotFound or StoreError."""
    backups.verify(source)


def check(store: Store, *, mend: bool = False) -> list[Finding]:
    """Return what is wrong or worth knowing, the repaired first; raises StoreError where records are damaged."""
    found = checks.check(store)
    done: list[Finding] = []
    if mend:
        done = checks.repair(store, found)
        found = checks.check(store)
    damage = [finding for finding in found if finding.severity == "damage"]
    if damage:
        raise Damaged(store.path or "", damage)
    return [*done, *found]


class Damaged(StoreError):
    """The store is open but not whole; `findings` say where."""

    def __init__(self, path: str, findings: list[Finding]) -> None:
        super().__init__(
            "{path} is damaged in {count:place|places}.",
            path=path,
            count=len(findings),
            hint="crm check --repair mends indexes and the journal; crm restore --latest brings back a backup.",
        )
        self.findings = findings
