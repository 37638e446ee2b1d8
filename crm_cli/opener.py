"""Links, mail addresses and numbers opened by the user's program: by an argument list, never through a shell."""

from __future__ import annotations

import shlex
import subprocess
import sys

from crm_cli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

SCHEMES = ("https:", "http:", "mailto:", "tel:", "sip:", "xmpp:")
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
        raise UsageError("“{target}” is no link that can be opened.", target=target)
    words: Sequence[str] = shlex.split(program) if program else ["open" if sys.platform == "darwin" else "xdg-open"]
    _started[:] = [process for process in _started if process.poll() is None]
    try:
        _started.append(
            subprocess.Popen(
                [*words, target],
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
