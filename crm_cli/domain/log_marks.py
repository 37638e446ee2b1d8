r"""Recognise the marks of a log line (`@who`, `+tag`, `key:value`) and what a `\` takes their meaning from."""

from __future__ import annotations

from crm_cli.domain.log_words import FOLLOWUPS
from crm_cli.domain.text import fold_weak

TYPE_CHECKING = False
if TYPE_CHECKING:
    from crm_cli.domain.log_words import LogOptions

_ENDINGS = ".,;:!?)]}…»“”’'\""


class Mark:
    """A mark at the start of a word: its `role` (`who`, `tag`, or the meaning of its key) and value.

    `length` is how much of the word belongs to it: a comma or full stop behind it stays in the text.
    `value_at` is where the value begins in the word. `key` is the folded key, empty for `@` and `+`.
    """

    __slots__ = ("key", "length", "role", "value", "value_at")

    def __init__(self, role: str, key: str, value: str, value_at: int) -> None:
        self.role = role
        self.key = key
        self.value = value
        self.value_at = value_at
        self.length = value_at + len(value)


def read_mark(text: str, options: LogOptions) -> Mark | None:
    """Return the mark a word is, or None for plain text."""
    if text[0] == "@":
        value = text[1:].rstrip(_ENDINGS)
        return Mark("who", "", value, 1) if any(sign.isalnum() for sign in value) else None
    if text[0] == "+":
        value = text[1:].rstrip(_ENDINGS)
        return Mark("tag", "", value, 1) if _is_tag(value) else None
    key, colon, value = text.partition(":")
    if not colon or not key:
        return None
    folded = fold_weak(key)
    role = options.keys.get(folded)
    if role is None or value.startswith("//") or (len(folded) == 1 and value[:1] in ("\\", "/")):
        return None
    if role in FOLLOWUPS:
        return Mark(role, folded, value, len(key) + 1)
    if role != "at":
        value = value.rstrip(_ENDINGS)
    return Mark(role, folded, value, len(key) + 1) if value else None


def _is_tag(value: str) -> bool:
    return value[:1].isalpha() and all(sign.isalnum() or sign in "-_" or "\u0300" <= sign <= "\u036f" for sign in value)


def escape_place(text: str, options: LogOptions) -> int | None:
    r"""Return where in a word a `\` takes away a meaning, or None where it is text (`C:\Temp\neu`)."""
    if text[0] == "\\" and len(text) > 1:
        rest = text[1:]
        if rest in ("--", "::") or text[-1] == ":" or read_mark(rest, options) is not None:
            return 0
    return len(text) - 2 if text.endswith("\\:") else None
