"""Find out who the words of a log line mean, asking the index as rarely as the grammar allows."""

from __future__ import annotations

from crm_cli.domain.date_words import SHORT_WEEKDAYS, WEEKDAYS
from crm_cli.domain.dates import match_when, nearest_date_word
from crm_cli.domain.log_words import SEPARATORS
from crm_cli.domain.names import FIRM_WORDS, PERSON_WORDS, TITLES, is_legal_form
from crm_cli.domain.text import words as strong_words
from crm_cli.domain.text import words_weak
from crm_cli.domain.tokens import Notice, plain_number, split_words
from crm_cli.domain.who import TIER_EXACT, TIER_FUZZY
from crm_cli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime

    from crm_cli.domain.dates import WhenMatch
    from crm_cli.domain.log_words import LogOptions
    from crm_cli.domain.tokens import Word
    from crm_cli.domain.who import Match

_LONGEST_NAME = 128  # characters; a longer phrase is a sentence, not a name
_MOST_PARTS = 6  # of a list of names; in a longer one no pair is tried as one name
_NOT_NAMES = PERSON_WORDS | FIRM_WORDS | TITLES


class Who:
    """Somebody named on the line: one match is clear, several are ambiguous, none is unknown.

    `phrase` is what the resolver was asked for. `sigil` tells `@who` from a name in the head. `suggestions`
    are kinds and date words that an unknown phrase may have meant.
    """

    __slots__ = ("end", "matches", "phrase", "sigil", "start", "suggestions")

    def __init__(self, phrase: str, start: int, end: int, matches: Sequence[Match], *, sigil: bool = False) -> None:
        self.phrase = phrase
        self.start = start
        self.end = end
        self.matches = tuple(matches)
        self.sigil = sigil
        self.suggestions: tuple[str, ...] = ()

    @property
    def match(self) -> Match | None:
        """The record meant, where it is clear."""
        return self.matches[0] if len(self.matches) == 1 else None


class Reader:
    """What one line is read with: the clock, the zone, the settings, the resolver (each phrase is asked once)."""

    def __init__(
        self,
        raw: str,
        *,
        now: datetime,
        who: Callable[[str], Sequence[Match]],
        localize: Callable[[datetime], datetime],
        is_holiday: Callable[[date], bool],
        options: LogOptions,
    ) -> None:
        self.raw = raw
        self.now = now
        self.localize = localize
        self.is_holiday = is_holiday
        self.options = options
        self.notices: list[Notice] = []
        self._who = who
        self._asked: dict[str, tuple[Match, ...]] = {}

    def ask(self, phrase: str) -> tuple[Match, ...]:
        """Return the records of the best tier for a phrase."""
        if phrase not in self._asked:
            self._asked[phrase] = tuple(self._who(phrase)) if 0 < len(phrase) <= _LONGEST_NAME else ()
        return self._asked[phrase]

    def ask_surely(self, phrase: str) -> tuple[Match, ...]:
        """Return the records for a phrase unless they only resemble it."""
        matches = self.ask(phrase)
        return () if matches and matches[0].tier >= TIER_FUZZY else matches

    def when(self, words: Sequence[Word], start: int, *, prefer: str = "past", after_key: bool = False,
             day_parts: bool | None = None) -> WhenMatch | None:  # fmt: skip
        """Read a date at a word with this line's clock and settings."""
        return match_when(
            words,
            start,
            now=self.now,
            prefer=prefer,
            after_key=after_key,
            day_parts=day_parts,
            options=self.options.dates,
            is_holiday=self.is_holiday,
        )

    def phrase(self, words: Sequence[Word], start: int, end: int) -> str:
        """Return the words as typed, less a comma at the end."""
        return self.raw[words[start].start : words[end - 1].end].rstrip(",;")


def has_in_name(match: Match, word: str, times: int = 1) -> bool:
    """Return whether a record's own name holds a folded word, so many times, as a whole word."""
    return max(words_weak(match.name).count(word), strong_words(match.name).count(word)) >= times


def only_titles(words: Sequence[Word], start: int, end: int) -> bool:
    """Return whether the words are titles and salutations that need a name behind them."""
    return end > start and all(word.bare in _NOT_NAMES for word in words[start:end])


def split_names(words: Sequence[Word], start: int, end: int) -> list[tuple[int, int]]:
    """Return the parts between commas, `und`, `and`, `mit`, `with`; a part may be empty."""
    parts, first = [], start
    for index in range(start, end):
        if words[index].text == "," or words[index].bare in SEPARATORS:
            parts.append((first, index))
            first = index + 1
        elif words[index].text.endswith(",") and index + 1 < end:
            parts.append((first, index + 1))
            first = index + 1
    parts.append((first, end))
    # `Müller, und Schmidt`: a comma before the word is no name of its own.
    return [part for at, part in enumerate(parts) if part[0] < part[1] or at in (0, len(parts) - 1)]


def name_whos(reader: Reader, words: Sequence[Word], start: int, end: int) -> list[Who]:
    """Return who the words of a head name: the whole is tried as one name before it is split."""
    while end > start + 1 and words[end - 1].text == ",":
        end -= 1
    parts = split_names(words, start, end)
    if any(first == last for first, last in parts):
        at = words[start] if parts[0][0] == parts[0][1] else words[end - 1]
        raise UsageError("A name is missing beside “{word}”.", word=at.text, start=at.start, end=at.end)
    whole = _named(reader, words, start, end)
    if len(parts) == 1 or (whole.matches and whole.matches[0].tier < TIER_FUZZY):
        return [whole]
    whos = _each_named(reader, words, parts)
    return [whole] if whole.matches and not all(who.matches for who in whos) else whos


def _each_named(reader: Reader, words: Sequence[Word], parts: list[tuple[int, int]]) -> list[Who]:
    """Return who the parts name; of three or more, two with `und` between may be one name."""
    whos: list[Who] = []
    at = 0
    while at < len(parts):
        who = None
        if 2 < len(parts) <= _MOST_PARTS and at + 1 < len(parts) and parts[at][1] < parts[at + 1][0]:
            pair = _named(reader, words, parts[at][0], parts[at + 1][1])
            who = pair if pair.matches and pair.matches[0].tier < TIER_FUZZY else None
        at += 2 if who is not None else 1
        whos.append(who or _named(reader, words, *parts[at - 1]))
    return whos


def _named(reader: Reader, words: Sequence[Word], start: int, end: int) -> Who:
    phrase = reader.phrase(words, start, end)
    # `müller fr` means a Friday that is not allowed here, no salutation.
    friday = end - start > 1 and words[end - 1].bare == "fr"
    return Who(phrase, words[start].start, words[start].start + len(phrase), () if friday else reader.ask(phrase))


def complete_name(
    reader: Reader, words: Sequence[Word], index: int, phrase: str, trimmed: bool
) -> tuple[int, str, tuple[Match, ...], int]:
    """Take the words after `@who` that complete the name (`@Ole Petersen`).

    `words[index]` is the next word; `trimmed` is set where punctuation already ended the name. Returns the next
    index, the phrase, the matches and the place behind the last word taken (0 if none was).
    """
    end = 0
    while not trimmed and index < len(words) and set(words_weak(phrase)) <= _NOT_NAMES and words_weak(phrase):
        phrase, end, trimmed = _taken(phrase, words[index])
        index += 1
    matches = reader.ask(phrase)
    while not trimmed and index < len(words):
        longer, place, trimmed = _taken(phrase, words[index])
        narrowed = _narrowed(reader, matches, phrase, longer, words[index])
        if not narrowed:
            break
        phrase, matches, end = longer, narrowed, place
        index += 1
    return index, phrase, matches, end


def _taken(phrase: str, word: Word) -> tuple[str, int, bool]:
    text = word.text.rstrip(".,;:!?)") or word.text
    return f"{phrase} {text}", word.start + len(text), len(text) < len(word.text)


def _narrowed(reader: Reader, matches: tuple[Match, ...], phrase: str, longer: str, word: Word) -> tuple[Match, ...]:
    """Return the matches whose own name the next word completes."""
    folded = words_weak(word.text)
    if not folded or not word.text[0].isalnum():
        return ()
    times = words_weak(phrase).count(folded[0]) + 1
    if any(has_in_name(match, part, times) for match in matches for part in {folded[0], *strong_words(word.text)}):
        narrowed = reader.ask_surely(longer)
        return tuple(match for match in narrowed if has_in_name(match, folded[0]) or is_legal_form(folded[0]))
    # A firm called exactly `Ole` hides the person of that first name.
    hidden = all(match.kind == "company" and match.tier <= TIER_EXACT for match in matches)
    if not hidden or not word.text[0].isupper():
        return ()
    return tuple(match for match in reader.ask_surely(longer) if match.kind == "contact" and _is_own(match, longer))


def _is_own(match: Match, phrase: str) -> bool:
    """Return whether the last word of a phrase is a word of the record's own name and the others begin one."""
    *begun, last = words_weak(phrase)
    names = words_weak(match.name)
    return last in names and all(any(name.startswith(word) for name in names) for word in begun)


def suggest(reader: Reader, who: Who, *, kind_known: bool) -> tuple[str, ...]:
    """Return kinds and date words that the words of an unknown phrase are near to."""
    found: list[str] = []
    for word in split_words(who.phrase[:_LONGEST_NAME]):
        day, _, month = word.key.partition(".")
        if word.bare in WEEKDAYS:
            found.append(f"{'on' if word.bare.endswith('day') else 'am'} {word.text}")
        elif word.bare in SHORT_WEEKDAYS:
            number = SHORT_WEEKDAYS[word.bare]
            found += [name for name, weekday in WEEKDAYS.items() if weekday == number and name.startswith(word.bare)]
        elif plain_number(day) and plain_number(month):
            found.append(f"{word.key}.")
        else:
            kind = None if kind_known else reader.options.nearest_kind(word.bare)
            near = kind or nearest_date_word(word.bare)
            if near and near != word.bare:
                found.append(near)
    return tuple(dict.fromkeys(found))
