"""Attachments as files: in a folder the user names, or in a private one for a program that shows them.

What was written to be shown stays a day. It cannot go when this program ends: the viewer is another process, it may
read the file later or again, and `crm files --open` ends at once.
"""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager

from crm_cli.domain.attachment import BEGINNING, may_run
from crm_cli.errors import NotFound, StoreError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from crm_cli.domain.attachment import Attachment

KEPT_HOURS = 24
_FOLDER = "opened"
_PREFIX = "file-"
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def save(found: Attachment, folder: str) -> Attachment:
    """Write an attachment into a folder as a private file under a free name; return it with its `path`.

    Nothing is replaced and no link followed. Raises BadInput where it is damaged, NotFound without the folder,
    StoreError where nothing can be written.
    """
    from importers.attachments import content

    if found.source is None:
        raise UsageError("“{name}” is a link: there is nothing to save.", name=found.name)
    if not os.path.isdir(folder):
        raise NotFound("There is no folder “{path}”.", path=folder)
    with _writing(folder):
        path, handle = _new_file(os.path.abspath(folder), found.name)
        try:
            with os.fdopen(handle, "wb") as file:
                for piece in content(found):
                    file.write(piece)
        except BaseException:
            os.unlink(path)
            raise
    return found.changed(path=path)


@contextmanager
def _writing(path: str) -> Iterator[None]:
    """Turn what the system refuses into a StoreError that says so."""
    try:
        yield
    except OSError as error:
        raise StoreError("{path} cannot be written: {reason}.", path=path, reason=error.strerror or error) from error


def _new_file(folder: str, name: str) -> tuple[str, int]:
    """Make an empty file for this user alone; a name that is taken gets a number."""
    stem, dot, ending = name.rpartition(".")
    number = 1
    while True:
        counted = name if number == 1 else f"{stem}-{number}.{ending}" if dot else f"{name}-{number}"
        path = os.path.join(folder, counted)
        try:
            return path, os.open(path, _NEW, 0o600)
        except FileExistsError:
            number += 1


def lay_out(found: Attachment, cache: str, now: datetime) -> Attachment:
    """Write an attachment into a new private folder below `cache` to be shown; return it with its `path`."""
    import tempfile

    with _writing(cache):
        os.makedirs(cache, mode=0o700, exist_ok=True)
        sweep(cache, now)
        folder = tempfile.mkdtemp(prefix=_PREFIX, dir=_own_folder(cache))
    return save(found, folder)


def _own_folder(cache: str) -> str:
    """Return the folder of what is shown, for this user alone; raises UsageError where somebody else put one there."""
    path = os.path.join(cache, _FOLDER)
    try:
        os.mkdir(path, 0o700)
    except FileExistsError:
        pass
    status = os.lstat(path)
    if not stat.S_ISDIR(status.st_mode) or (hasattr(os, "getuid") and status.st_uid != os.getuid()):
        raise UsageError("{path} is no folder of your own.", path=path)
    os.chmod(path, 0o700)
    return path


def sweep(cache: str, now: datetime) -> None:
    """Remove what was written to be shown more than a day ago."""
    import shutil

    path = os.path.join(cache, _FOLDER)
    oldest = now.timestamp() - KEPT_HOURS * 3600
    try:
        with os.scandir(path) as entries:
            old = [
                entry.path
                for entry in entries
                if entry.name.startswith(_PREFIX) and entry.stat(follow_symlinks=False).st_mtime < oldest
            ]
    except OSError:
        return
    for folder in old:
        shutil.rmtree(folder, ignore_errors=True)


def needs_question(found: Attachment) -> bool:
    """Tell whether a desktop may run a written attachment instead of showing it."""
    assert found.path is not None
    with open(found.path, "rb") as file:
        return may_run(found.name, file.read(BEGINNING))
