"""Links, mail addresses, numbers and files opened by the user's program: by an argument list, never through a shell."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys

from crm_cli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

SCHEMES = ("https:", "http:", "mailto:", "tel:", "sip:", "xmpp:")
_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")
# What was started goes on by itself; it is asked for its end so that none is left behind as a zombie.
_started: list[subprocess.Popen[bytes]] = []


def as_target(value: str) -> str | None:
    """Return a web address as it can be opened, `www.example.org` with its scheme; None for what is no link."""
    text = value.strip()
    if text.lower().startswith("www."):
        text = f"https://{text}"
    return text if _is_safe(text) else None


def _is_safe(target: str) -> bool:
    """Tell whether a target is of a known scheme and one printable word: a program cannot take it for an option."""
    return target.lower().startswith(SCHEMES) and target.isprintable() and not any(sign.isspace() for sign in target)


def open_target(target: str, program: str | None) -> None:
    """Start the user's program (its words, without a shell) with a target and leave it running; raises UsageError."""
    if not _is_safe(target):
        scheme = _SCHEME.match(target)
        if scheme is not None and not target.lower().startswith(SCHEMES):
            raise UsageError(
                "Links of the kind “{scheme}” are not opened: {target}", scheme=scheme[1], target=target,
                hint="Opened are {schemes}.", schemes=" ".join(SCHEMES),
            )  # fmt: skip
        raise UsageError("“{target}” is no link that can be opened.", target=target)
    _start(program, target)


def open_file(path: str, program: str | None) -> None:
    """Start the user's program with a file, by its whole path, and leave it running; raises UsageError."""
    _start(program, os.path.abspath(path))


def _start(program: str | None, argument: str) -> None:
    words: Sequence[str] = [program or ""]
    _started[:] = [process for process in _started if process.poll() is None]
    try:
        words = shlex.split(program) if program else ["open" if sys.platform == "darwin" else "xdg-open"]
        _started.append(
            subprocess.Popen(
                [*words, argument],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        )
    except (OSError, ValueError, IndexError) as error:
        raise UsageError(
            "{program} could not be started: {reason}", program=" ".join(words), reason=str(error),
            hint="crm config set opener PROGRAM names another.",
        ) from error  # fmt: skip
