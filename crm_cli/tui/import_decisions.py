"""What was decided in the review of an import, kept until the same file is opened again: left is not lost.

A private file beside the other state, one for each pair of store and contents of a file. It holds digests, names of
fields and answers, no values: nothing of the address book.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING

from crm_cli import places
from crm_cli.tui import state_file

if TYPE_CHECKING:
    from typing import Any

    from crm_cli.services.import_reading import Source

_FOLDER = "imports"
_KEPT = 20  # files
_CHUNK = 1 << 20


class ImportDecisions:
    """The decisions about the items of these sources in the store at `store_path`."""

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
        return state_file.read(self._path)

    def keep(self, decisions: dict[str, Any]) -> None:
        """Put these decisions in the place of the earlier ones; the oldest files make room."""
        if not decisions:
            self.forget()
            return
        state_file.keep(self._path, decisions)
        with suppress(OSError):
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
