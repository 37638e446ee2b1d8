"""Reminders on the desktop, through notify-send."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from crm_cli.domain.reminder import Reminder

    Translate = Callable[..., str]

# After a holiday the screen should not be full of them.
_MOST = 5
_SECONDS = 5


def show(reminders: Sequence[Reminder], t: Translate, *, now: datetime) -> bool:
    """Show reminders on the desktop; False where there is none, or it does not answer."""
    import shutil
    import subprocess

    program = shutil.which("notify-send")
    if program is None:
        return False
    for title, body in _messages(reminders, t, now):
        # A text is an argument of its own and stands behind --: it is never an option.
        command = [program, "--app-name=crm", "--", title, body]
        try:
            done = subprocess.run(command, check=False, stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS)
        except (OSError, subprocess.TimeoutExpired):
            return False
        if done.returncode:
            return False
    return True


def _messages(reminders: Sequence[Reminder], t: Translate, now: datetime) -> Iterator[tuple[str, str]]:
    """Yield title and text of each message; the last one of many stands for the rest."""
    shown = reminders if len(reminders) <= _MOST else reminders[: _MOST - 1]
    for reminder in shown:
        names = [one.name for one in (*reminder.contacts, *([reminder.company] if reminder.company else ()))]
        parts = (_clock(reminder.at, now), ", ".join(names), reminder.location)
        yield _plain(reminder.text), _body(" · ".join(part for part in parts if part))
    if len(shown) < len(reminders):
        yield t("{count} more reminders", count=len(reminders) - len(shown)), "crm today"


def _clock(at: str, now: datetime) -> str:
    """Return the time of something today, the day with the time of anything else."""
    day, clock = at[:10], at[11:16]
    return clock if day == now.date().isoformat() else f"{day} {clock}".rstrip()


def _plain(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split()) or "crm"


def _body(text: str) -> str:
    """Return a text as notify-send and the desktop take it: both read it as markup, and backslashes as escapes."""
    from html import escape

    return escape(_plain(text), quote=False).replace("\\", "\\\\")
