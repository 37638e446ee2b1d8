"""The words of a typed line, each with its place, so that what is understood can be marked."""

from __future__ import annotations

from crm_cli.domain.text import fold_weak

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


class Word:
    """One word: `text` as typed, at `start` to `end` of the line.

    `key` is its weak folding without a comma or semicolon at the end, `bare` also without a full stop there.
    """

    __slots__ = ("bare", "end", "key", "start", "text")

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.start = start
        self.end = start + len(text)
        self.key = fold_weak(text).rstrip(",;")
        self.bare = self.key.rstrip(".")

    def __repr__(self) -> str:
        return f"Word({self.text!r}, {self.start})"


class Notice:
    """Something to tell the user beside the result: an English template, translated and filled by the front ends."""

    __slots__ = ("params", "template")

    def __init__(self, template: str, **params: object) -> None:
        self.template = template
        self.params = params

    def __str__(self) -> str:
        from crm_cli.errors import fill

        return fill(self.template, self.params)

    def __repr__(self) -> str:
        return f"Notice({str(self)!r})"


def split_words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Return the words between two places of a line; blanks of any kind part them."""
    found = []
    for word in text[start:end].split():
        start = text.index(word, start)
        found.append(Word(word, start))
        start += len(word)
    return found


def plain_number(text: str) -> int | None:
    """Return a whole number of one to four ASCII digits, or None."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None


def joined(words: Sequence[Word], start: int, end: int) -> str:
    """Return the typed words from `start` to before `end` with one blank between, for messages."""
    return " ".join(word.text for word in words[start:end])
