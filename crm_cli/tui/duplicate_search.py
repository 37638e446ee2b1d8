"""The search for duplicates in a process of its own: minutes of work on a big book, which a key ends at once."""

from __future__ import annotations

import json
import subprocess
import threading
from typing import TYPE_CHECKING

from crm_cli.domain.dupes import Duplicate, Evidence
from crm_cli.domain.record_ref import RecordRef
from crm_cli.errors import StoreError
from crm_cli.tui import own_process

if TYPE_CHECKING:
    from typing import Any


class Search:
    """What `crm dupes` gives for the people or firms (`kind`) of the store at `path`."""

    def __init__(self, path: str, kind: str) -> None:
        self.kind = kind
        self.stopped = False
        self._words = ("dupes", "--kind", kind, "--json", "--db", path)
        self._process: subprocess.Popen[bytes] | None = None
        self._starting = threading.Lock()

    def stop(self) -> None:
        """End the search, from any thread."""
        with self._starting:
            self.stopped = True
            if self._process is not None:
                self._process.kill()

    def result(self) -> list[Duplicate]:
        """Wait for the pairs, best first; none where the search was stopped. Raises StoreError."""
        command = own_process.arguments(self._words)
        pipe = subprocess.PIPE
        with self._starting:
            if self.stopped:
                return []
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe)
        with self._process as process:
            out, err = process.communicate()
        if self.stopped:
            return []
        if process.returncode:
            raise StoreError("The search for duplicates stopped: {reason}", reason=_reason(err))
        return [_duplicate(item) for item in json.loads(out)]


def _reason(err: bytes) -> str:
    try:
        said: str = json.loads(err)["error"]["message"]
    except (ValueError, KeyError, TypeError):
        said = err.decode("utf-8", "replace").strip().rpartition("\n")[2]
    return said


def _duplicate(item: dict[str, Any]) -> Duplicate:
    a, b = (RecordRef(item[side]["id"], item[side]["name"]) for side in ("a", "b"))
    evidence = tuple(
        Evidence(each["kind"], each["weight"], each.get("value", ""), each.get("other", ""))
        for each in item["evidence"]
    )
    return Duplicate(a, b, item["score"], evidence)
