"""The words from which a date or a time is being read, with everything the reading depends on."""

from __future__ import annotations

from crm_cli.domain.tokens import joined
from crm_cli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from typing import Any

    from crm_cli.domain.tokens import Notice, Word

LONGEST_PHRASE = 64  # characters


class DateOptions:
    """The settings that dates depend on.

    `next` is `week` (`nächsten Dienstag` is that of the next ISO week) or `nearest`; `business_hours`
    are minutes of the day, the end exclusive: `halb drei` is looked for in them.
    """

    __slots__ = ("business_hours", "next")

    def __init__(self, next: str = "week", business_hours: tuple[int, int] = (8 * 60, 18 * 60)) -> None:
        self.next = next
        self.business_hours = business_hours


class Phrase:
    """At most 64 characters of words. `key(i)` is empty beyond them, so that readers need no bounds."""

    __slots__ = ("after_key", "future", "is_holiday", "notices", "options", "start", "stop", "today", "words")

    def __init__(
        self,
        words: Sequence[Word],
        start: int,
        *,
        today: date,
        future: bool,
        after_key: bool,
        options: DateOptions,
        is_holiday: Callable[[date], bool],
    ) -> None:
        self.words = words
        self.start = start
        self.stop = start
        while self.stop < len(words) and words[self.stop].end - words[start].start <= LONGEST_PHRASE:
            self.stop += 1
        self.today = today
        self.future = future
        self.after_key = after_key
        self.options = options
        self.is_holiday = is_holiday
        self.notices: list[Notice] = []

    def key(self, index: int) -> str:
        """Return a word without the punctuation at its end."""
        return self.words[index].bare if index < self.stop else ""

    def dotted(self, index: int) -> str:
        """Return a word with its full stop (`3.`), less a comma or semicolon."""
        return self.words[index].key if index < self.stop else ""

    def typed(self, end: int, start: int | None = None) -> str:
        """Return the words as typed, for messages."""
        return joined(self.words, self.start if start is None else start, end)

    def refusal(
        self, template: str, end: int, start: int | None = None, *, hint: str | None = None, **params: Any
    ) -> UsageError:
        """Build the error for words that name no one day or time; `{phrase}` are the words from `start` to `end`."""
        first = self.start if start is None else start
        last = max(first + 1, end)
        return UsageError(
            template,
            hint=hint,
            phrase=self.typed(last, first),
            start=self.words[first].start,
            end=self.words[last - 1].end,
            **params,
        )


class DayRead:
    """A day found in a phrase: `next` is the word behind it.

    `part` is a part of the day glued to a weekday (`Freitagabend`) that begins at `part_start` of the line.
    """

    __slots__ = ("day", "next", "part", "part_start")

    def __init__(self, next: int, day: date, part: str = "", part_start: int = 0) -> None:
        self.next = next
        self.day = day
        self.part = part
        self.part_start = part_start
