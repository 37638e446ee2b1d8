"""What was decided in the review of an import, kept until the same file is opened again: left is not lost.

A private file beside the other state, one for each pair of store and contents of a file. It holds digests, names of
fields and answers, no values: nothing of the address book.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING

from crm_cli import places

if TYPE_CHECKING:
    from typing import Any

    from crm_cli.services.import_reading import Source

_FOLDER = "imports"
_KEPT = 20  # files
_CHUNK = 1 << 20


class ImportDecisions:
    """The decisions about the items of these sources in the store at `store_path`.

    A file that cannot be read or written is as if there were none: a full disk must not stop the review.
    """

    def __init__(self, store_path: str, sources: Sequence[Source]) -> None:
        digest = sha256(os.path.realpath(store_path).encode("utf-8", "surrogateescape"))
        for source in sources:
            with suppress(OSError), source.open() as stream:
                while chunk := stream.read(_CHUNK):
                    digest.update(chunk)
            digest.update(b"\0")
        self._folder = os.path.join(places.folder("state"), _FOLDER)
        self._path = os.path.join(self._folder, f"{digest.hexdigest()[:32]}.json")

    def read(self) -> dict[str, Any]:
        """Return what was decided in an earlier run."""
        with suppress(OSError, ValueError), open(self._path, encoding="utf-8") as file:
            found = json.load(file)
            if isinstance(found, dict):
                return found
        return {}

    def keep(self, decisions: dict[str, Any]) -> None:
        """Put these decisions in the place of the earlier ones; the oldest files make room."""
        if not decisions:
            self.forget()
            return
        temporary = f"{self._path}.{os.getpid()}.new"
        with suppress(OSError):
            os.makedirs(self._folder, mode=0o700, exist_ok=True)
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
            with open(descriptor, "w", encoding="utf-8") as file:
                json.dump(decisions, file)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, self._path)
            self._make_room()

    def forget(self) -> None:
        """The file was brought in: nothing of it is left to decide."""
        with suppress(OSError):
            os.unlink(self._path)

    def _make_room(self) -> None:
        found = sorted(os.scandir(self._folder), key=lambda entry: entry.stat().st_mtime, reverse=True)
        for entry in found[_KEPT:]:
            if entry.path != self._path:
                os.unlink(entry.path)
