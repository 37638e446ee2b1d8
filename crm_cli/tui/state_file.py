"""Private files that hold how the interface was left: never needed, never data.

One that cannot be read or written is as if there were none: a full disk must stop nobody.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import Any


def read(path: str) -> dict[str, Any]:
    """Return the values kept in a file, or none."""
    with suppress(OSError, ValueError), open(path, encoding="utf-8") as file:
        # Most have no such file, and the first painting waits for whatever is loaded here.
        import json

        found = json.load(file)
        if isinstance(found, dict):
            return found
    return {}


def keep(path: str, values: dict[str, Any]) -> None:
    """Put values in the place of those in a file, whole or not at all."""
    import json

    temporary = f"{path}.{os.getpid()}.new"
    with suppress(OSError):
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        with open(descriptor, "w", encoding="utf-8") as file:
            json.dump(values, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
