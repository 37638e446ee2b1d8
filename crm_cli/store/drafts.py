"""Lines that could not be logged, kept word for word until they can.

They live in a file beside the store, one JSON object a line: a line must survive
even when the store is locked, full or damaged, and a refused line is no record.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any


def path_of(store_path: str) -> str:
    """Return the draft file that belongs to a store file."""
    return store_path + "-drafts"


def keep(store_path: str, *, text: str, reason: str, at: str) -> int:
    """Append a draft, durably, and return its number. A line that is kept already is not kept twice."""
    with _Alone(store_path):
        drafts = listed(store_path)
        for draft in drafts:
            if draft["text"] == text:
                return int(draft["id"])
        number = max((int(draft["id"]) for draft in drafts), default=0) + 1
        _append(path_of(store_path), {"id": number, "text": text, "reason": reason, "created_at": at})
        return number


def listed(store_path: str) -> list[dict[str, Any]]:
    """Return the drafts, oldest first; a line of the file that is not whole (a crash) is passed over."""
    import json

    try:
        with open(path_of(store_path), encoding="utf-8", errors="surrogateescape") as file:
            lines = file.read().split("\n")
    except FileNotFoundError:
        return []
    drafts = []
    for line in lines:
        try:
            draft = json.loads(line)
        except ValueError:
            continue
        if isinstance(draft, dict) and {"id", "text"} <= draft.keys():
            drafts.append(draft)
    return drafts


def drop(store_path: str, numbers: Iterable[int]) -> None:
    """Forget drafts that were logged or thrown away: the rest is written anew and put in place at once."""
    gone = set(numbers)
    path = path_of(store_path)
    part = path + ".part"
    with _Alone(store_path):
        rest = [draft for draft in listed(store_path) if int(draft["id"]) not in gone]
        for leftover in (part,) if rest else (part, path):
            if os.path.exists(leftover):
                os.unlink(leftover)
        for draft in rest:
            _append(part, draft)
        if rest:
            os.replace(part, path)


def forget(store_path: str, text: str) -> None:
    """Drop the draft of a line that has been logged after all."""
    if os.path.exists(path_of(store_path)):
        drop(store_path, [int(draft["id"]) for draft in listed(store_path) if draft["text"] == text])


class _Alone:
    """Keeps other writers of drafts out, by a lock on the folder: the draft file itself is replaced."""

    def __init__(self, store_path: str) -> None:
        self._folder = os.path.dirname(os.path.abspath(store_path))
        self._descriptor: int | None = None

    def __enter__(self) -> None:
        os.makedirs(self._folder, mode=0o700, exist_ok=True)
        try:
            import fcntl
        except ImportError:  # not a POSIX system
            return
        self._descriptor = os.open(self._folder, os.O_RDONLY | os.O_CLOEXEC)
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)


def _append(path: str, draft: dict[str, Any]) -> None:
    import json

    # A leading newline closes a line that a crash left half written.
    data = ("\n" + json.dumps(draft, ensure_ascii=True) + "\n").encode("ascii")
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    try:
        os.write(descriptor, data)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
