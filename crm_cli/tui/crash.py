"""What a defect leaves behind: one message and a private file that tells where it happened, and none of the data.

A traceback with local values, or a message such as `KeyError: 'Hans Müller'`, holds what customers told in confidence.
The file names places in the program, kinds of errors and versions, so it can be sent to whoever mends the program.
"""

from __future__ import annotations

import os
import platform
import sqlite3
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from textual.worker import WorkerFailed

from crm_cli.errors import CrmError

if TYPE_CHECKING:
    from crm_cli.context import AppContext

_KEPT = 10  # files; older ones go
_DEEPEST = 60  # frames of one error, from the innermost


@contextmanager
def reported(ctx: AppContext, where: str = "") -> Iterator[None]:
    """Turn a defect inside the block into an error that names the file with its details.

    What is no defect (a full disk, a damaged store, a signal) passes as it is. `where` says which screen ran.
    """
    try:
        yield
    except CrmError:
        raise
    except Exception as caught:
        from crm_cli.failure import as_crm_error

        error = cause_of(caught)
        known = as_crm_error(error, ctx)
        if known is not None:
            raise known from caught
        path = _written(ctx, details(error, where))
        hint = "Where it happened, without any of your data: {path}" if path else None
        raise CrmError(
            "The screen had to close ({kind}). What was saved is saved.",
            hint=hint,
            kind=type(error).__name__,
            path=path,
        ) from error


def cause_of(error: BaseException) -> BaseException:
    """Return what went wrong in a worker where that is what ended the app."""
    while isinstance(error, WorkerFailed):
        error = error.error
    return error


def details(error: BaseException, where: str = "") -> str:
    """Return what may leave the house: versions, and for each error of the chain its kind and the places it passed."""
    from importlib.metadata import version

    from crm_cli import __version__

    lines = [
        f"crm {__version__}, Python {platform.python_version()}, Textual {version('textual')}, "
        f"SQLite {sqlite3.sqlite_version}, {platform.system()} {platform.release()}",
        f"TERM {os.environ.get('TERM', '')}, encoding {getattr(sys.stdout, 'encoding', '')}, screen {where or '-'}",
    ]
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        lines += ["", _kind(link), *_frames(link)]
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return "\n".join(lines) + "\n"


def _kind(error: BaseException) -> str:
    """Return the kind of an error; its text only where it is one of ours before values are filled in."""
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    return f"{name}: {error.template}" if isinstance(error, CrmError) else name


def _frames(error: BaseException) -> Iterator[str]:
    for frame in traceback.extract_tb(error.__traceback__)[-_DEEPEST:]:
        folder, name = os.path.split(frame.filename)
        yield f"  {os.path.basename(folder)}/{name}:{frame.lineno} {frame.name}: {frame.line or ''}"


def _written(ctx: AppContext, text: str) -> str | None:
    """Write the details into a file only the user can read and return its path; None where nothing can be written."""
    from crm_cli import places

    folder = os.path.join(places.folder("state"), "crashes")
    path = os.path.join(folder, f"{ctx.now():%Y-%m-%d-%H%M%S}-{os.getpid()}.txt")
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(f"{ctx.now().isoformat()}\n{text}")
    except OSError:
        return None
    for name in sorted(os.listdir(folder))[:-_KEPT]:
        with suppress(OSError):
            os.unlink(os.path.join(folder, name))
    return path
