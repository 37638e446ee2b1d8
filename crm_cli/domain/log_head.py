"""Read the head of a log line: kind, direction, who, when and duration, before the colon.

A date word can be a name (`Frau Freitag`, `samstag logistik`) and a name can stand
on either side of a date, so the head is laid out first without any date word as a
name, and then once more for each that the index knows as one.
"""

from __future__ import annotations

from crm_cli.domain.date_words import RELATIVE_DAYS, WEEKDAYS
from crm_cli.domain.log_who import Who, has_in_name, name_whos, only_titles, split_names, suggest
from crm_cli.domain.log_words import DIRECTIONS, OUTCOMES
from crm_cli.domain.times import read_duration
from crm_cli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from crm_cli.domain.dates import WhenMatch
    from crm_cli.domain.log_who import Reader
    from crm_cli.domain.tokens import Word
    from crm_cli.domain.who import Match


_MOST_DATE_WORDS = 8  # in one head; each may ask the index


class Head:
    """What a head says. `when` may be two readings, a day and a time, that stand apart.

    `spans` are `(name, start, end, meaning)` of the line.
    """

    __slots__ = ("direction", "duration_min", "kind", "outcome", "spans", "when", "whos")

    def __init__(self) -> None:
        self.kind: str | None = None
        self.outcome: str | None = None
        self.direction: str | None = None
        self.whos: list[Who] = []
        self.when: list[WhenMatch] = []
        self.duration_min: int | None = None
        self.spans: list[tuple[str, int, int, str]] = []


class _Layout:
    """Which words are what, given the date words that are names."""

    __slots__ = ("direction", "durations", "runs", "whens")

    def __init__(self) -> None:
        self.direction: int | None = None
        self.whens: list[WhenMatch] = []
        self.durations: list[tuple[int, int, int]] = []
        self.runs: list[tuple[int, int]] = []


def kind_word(reader: Reader, word: Word) -> str | None:
    """Return the kind a word names (`Tel.` too), or None."""
    return reader.options.kind_of(word.bare.rstrip(":"))


def read_head(reader: Reader, words: Sequence[Word]) -> Head:
    """Read the words of a head; raises UsageError with the place of the words that can't be read.

    Whoever is unknown or ambiguous is in the result, not an error.
    """
    head = Head()
    first = _read_kind(reader, words, head)
    names = _names_among_dates(reader, words, first)
    layout = _lay_out(reader, words, first, names)
    if len(first_when := head.when) == 1:
        layout.whens.insert(0, first_when[0])
    if not names and len(layout.durations) == 1:
        _take_firm_called_like_a_duration(reader, words, layout)
    _refuse_leftovers(words, layout)
    if layout.direction is not None:
        word = words[layout.direction]
        head.direction = DIRECTIONS[word.bare]
        head.spans.append(("direction", word.start, word.end, head.direction or "none"))
    for start, end in layout.runs:
        head.whos = name_whos(reader, words, start, end)
        for who in head.whos:
            if not who.matches:
                who.suggestions = suggest(reader, who, kind_known=head.kind is not None)
    for start, next, minutes in layout.durations:
        head.duration_min = minutes
        head.spans.append(("duration", words[start].start, words[next - 1].end, f"{minutes} min"))
    head.when = layout.whens
    _refuse_double_when(words, head)
    return head


def _read_kind(reader: Reader, words: Sequence[Word], head: Head) -> int:
    """Read the kind, which stands first or right after a leading date; return the index behind it."""
    at = 0
    if words and kind_word(reader, words[0]) is None:
        when = reader.when(words, 0)
        if when is None or when.next >= len(words) or kind_word(reader, words[when.next]) is None:
            return 0
        head.when = [when]
        at = when.next
    if not words:
        return 0
    word = words[at]
    head.kind = kind_word(reader, word)
    head.outcome = OUTCOMES.get(word.bare)
    head.spans.append(("kind", word.start, word.end, head.kind or ""))
    return at + 1


def _lay_out(reader: Reader, words: Sequence[Word], first: int, names: set[int]) -> _Layout:
    layout = _Layout()
    at = first
    run: int | None = None
    while at <= len(words):
        found = _reading_at(reader, words, at, names) if at < len(words) and at not in names else None
        starts_direction = (
            found is None and run is None and not layout.runs and layout.direction is None
            and at + 1 < len(words) and at not in names and words[at].bare in DIRECTIONS
        )  # fmt: skip
        if run is not None and (found is not None or at == len(words)):
            layout.runs.append((run, at))
            run = None
        if found is not None:
            if isinstance(found, tuple):
                layout.durations.append(found)
                at = found[1]
            else:
                layout.whens.append(found)
                at = found.next
            continue
        if starts_direction:
            layout.direction = at
        elif run is None and at < len(words):
            run = at
        at += 1
    return layout


def _reading_at(
    reader: Reader, words: Sequence[Word], at: int, names: set[int]
) -> WhenMatch | tuple[int, int, int] | None:
    """Return the date or the duration (start, next, minutes) that begins at a word, not reaching into a name."""
    stop = min((name for name in names if name > at), default=len(words))
    when = reader.when(words[:stop] if stop < len(words) else words, at)
    if when is not None:
        return when
    duration = read_duration(words[:stop] if stop < len(words) else words, at)
    return (at, *duration) if duration is not None else None


def _names_among_dates(reader: Reader, words: Sequence[Word], first: int) -> set[int]:
    """Return the places of the date words that are (part of) a name."""
    names: set[int] = set()
    layout = _lay_out(reader, words, first, names)
    candidates = [when.start for when in layout.whens if when.name_like][:_MOST_DATE_WORDS]
    for candidate in candidates:
        if _is_name(reader, words, layout, candidate, names):
            names.add(candidate)
            layout = _lay_out(reader, words, first, names)
    if candidates and not layout.runs:
        word = words[candidates[0]]
        phrase = reader.phrase(words, candidates[0], candidates[0] + 1)
        known = any(has_in_name(match, word.bare) for match in reader.ask_surely(phrase))
        if known or word.bare in WEEKDAYS:
            names.add(candidates[0])
    return names


def _is_name(reader: Reader, words: Sequence[Word], layout: _Layout, at: int, names: set[int]) -> bool:
    """Decide whether the date word at a place belongs to the name beside it."""
    before = next((run for run in layout.runs if run[1] == at), None)
    behind = next((run for run in layout.runs if run[0] == at + 1), None)
    if before is None and behind is None:
        return False
    word = words[at]
    if before is not None and behind is not None:
        start, end = before[0], behind[1]
        return _own_name(reader.ask_surely(reader.phrase(words, start, end)), word, 1)
    if before is None and behind is not None:
        start, end = split_names(words, *behind)[0]
        return start < end and _belongs(reader, words, (start, end), (at, end), at, 1)
    assert before is not None
    if words[at - 1].text.endswith(","):
        return False
    start, end = split_names(words, *before)[-1]
    if start == end or only_titles(words, start, end):
        return True
    times = 1 + sum(words[name].bare == word.bare for name in names if start <= name < end)
    return _belongs(reader, words, (start, end), (start, at + 1), at, times)


def _belongs(
    reader: Reader, words: Sequence[Word], base: tuple[int, int], longer: tuple[int, int], at: int, times: int
) -> bool:
    """Return whether the longer phrase is somebody's own name, or is needed to narrow several to one."""
    word = words[at]
    matches = reader.ask(reader.phrase(words, *base))
    if len(matches) == 1 and not _own_name(matches, word, times) and word.bare in RELATIVE_DAYS:
        return False
    extended = reader.ask_surely(reader.phrase(words, *longer))
    return _own_name(extended, word, times) or (times == 1 and len(matches) > 1 and len(extended) == 1)


def _own_name(matches: Sequence[Match], word: Word, times: int) -> bool:
    return any(has_in_name(match, word.bare, times) for match in matches)


def _take_firm_called_like_a_duration(reader: Reader, words: Sequence[Word], layout: _Layout) -> None:
    """A head with nobody in it but `3M`, or with `Firma 3M`, means the firm, if there is one."""
    start, next, _ = layout.durations[0]
    titled = len(layout.runs) == 1 and layout.runs[0][1] == start and only_titles(words, *layout.runs[0])
    if (layout.runs and not titled) or next > start + 1:
        return
    first = layout.runs[0][0] if titled else start
    if _own_name(reader.ask_surely(reader.phrase(words, first, next)), words[start], 1):
        layout.durations, layout.runs = [], [(first, next)]


def _refuse_leftovers(words: Sequence[Word], layout: _Layout) -> None:
    """Raise UsageError for a second group of words that is neither who nor when, or a second duration."""
    if len(layout.runs) > 1:
        start, end = layout.runs[-1]
        raise _unreadable(words, start, end)
    if len(layout.durations) > 1:
        start, end, _ = layout.durations[1]
        raise UsageError(
            "“{phrase}” is a second duration.",
            phrase=words[start].text,
            start=words[start].start,
            end=words[end - 1].end,
        )


def _unreadable(words: Sequence[Word], start: int, end: int) -> UsageError:
    return UsageError(
        "“{phrase}” cannot be read here.",
        hint="Before the colon stand kind, who, when and duration. Text begins after the colon.",
        phrase=" ".join(word.text for word in words[start:end]),
        start=words[start].start,
        end=words[end - 1].end,
    )


def _refuse_double_when(words: Sequence[Word], head: Head) -> None:
    """Raise UsageError for two days, two times, or a range that the duration contradicts."""
    days = [when for when in head.when if when.day is not None]
    times = [when for when in head.when if when.minute is not None]
    for doubled in (days, times):
        if len(doubled) > 1:
            raise UsageError(
                "“{phrase}” is a second date.",
                phrase=" ".join(word.text for word in words[doubled[1].start : doubled[1].next]),
                start=words[doubled[1].start].start,
                end=doubled[1].end,
            )
    ranged = next((when.duration_min for when in times if when.duration_min is not None), None)
    if ranged is not None and head.duration_min not in (None, ranged):
        raise UsageError(
            "From start to end are {ranged} minutes, not {duration}.",
            ranged=ranged,
            duration=head.duration_min,
            start=words[times[0].start].start,
            end=times[0].end,
        )
    head.duration_min = ranged if ranged is not None else head.duration_min
