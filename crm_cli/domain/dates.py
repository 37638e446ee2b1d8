"""Read when something was or is to be: a day, a time, or both, in German or English.

There is no date library and no search: a caller says at which word a date is
expected, and gets back what was read and how many words it took. What can be
read in two ways or does not exist raises UsageError; it is never guessed.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from crm_cli.domain import date_words as vocabulary
from crm_cli.domain.date_forms import read_count, read_day, weekday_at
from crm_cli.domain.phrase import DateOptions, Phrase
from crm_cli.domain.text import distance, edits_allowed
from crm_cli.domain.times import TimeRead, clock, day_part_minute, read_day_part, read_time
from crm_cli.domain.tokens import Notice, plain_number
from crm_cli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from typing import Any

    from crm_cli.domain.phrase import DayRead
    from crm_cli.domain.tokens import Word

__all__ = ["DateOptions", "WhenMatch", "local_time", "match_when", "nearest_date_word", "unreadable_when"]

_DEFAULTS = DateOptions()
_NIGHT_ENDS = 5 * 60


class WhenMatch:
    """What was read from the words `start` to before `next`; `span` is its place in the line, `end` where that ends.

    `day` is None where only a time was named (today is meant), `minute` (of the day) where only a day was.
    `duration_min` comes from a range. `approximate` marks a part of the day. `name_like` is true where the
    phrase begins with a plain date word that may also be a name (`Freitag`, `May 3`, but not `am Freitag`).
    """

    __slots__ = ("approximate", "day", "duration_min", "end", "minute", "name_like", "next", "notices", "span", "start")

    def __init__(self, phrase: Phrase, next: int, day: DayRead | None, time: TimeRead | None) -> None:
        self.start = phrase.start
        self.next = next
        self.end = phrase.words[next - 1].end
        self.span = (phrase.words[phrase.start].start, self.end)
        self.day = day.day if day else None
        self.minute = time.minute if time else None
        self.duration_min = time.duration if time else None
        self.approximate = bool(time and time.approximate)
        self.notices = phrase.notices
        first = phrase.key(phrase.start)
        self.name_like = first in vocabulary.DATE_WORDS or first in vocabulary.ENGLISH_MONTHS


def match_when(
    words: Sequence[Word],
    start: int,
    *,
    now: datetime,
    prefer: str = "past",
    after_key: bool = False,
    day_parts: bool | None = None,
    options: DateOptions = _DEFAULTS,
    is_holiday: Callable[[date], bool] = lambda _: False,
) -> WhenMatch | None:
    """Read the longest day and time that begins at `words[start]`, or return None.

    `prefer` is the side (`past`, `future`) of a day without a year; `after_key` allows two-letter weekdays and
    more prepositions. Parts of the day are times in a head; behind a key, unless `day_parts`, they are left to
    the text. Raises UsageError with the place (`start`, `end`) for what does not exist or has two readings.
    """
    phrase = Phrase(
        words, start, today=now.date(), future=prefer == "future", after_key=after_key, options=options,
        is_holiday=is_holiday,
    )  # fmt: skip
    if not phrase.key(start):
        return None
    with_parts = (not after_key) if day_parts is None else day_parts
    found = _day_then_time(phrase, with_parts) or _time_then_day(phrase, with_parts)
    if found is not None and after_key:
        _refuse_joined(phrase, found)
    return found


def _day_at(phrase: Phrase, index: int) -> DayRead | None:
    """Read a day with the prepositions and articles before it."""
    prepositions = vocabulary.DATE_PREPOSITIONS if phrase.after_key else vocabulary.HEAD_DATE_PREPOSITIONS
    at = index
    while at < index + 2 and phrase.key(at) in prepositions:
        at += 1
    if at > index and phrase.key(at) in vocabulary.ARTICLES:
        at += 1
    return read_day(phrase, at)


def _day_then_time(phrase: Phrase, with_parts: bool) -> WhenMatch | None:
    day = _day_at(phrase, phrase.start)
    if day is None:
        return None
    if day.part and not with_parts:
        found = WhenMatch(phrase, day.next, day, None)
        found.end = day.part_start
        found.span = (found.span[0], found.end)
        return found
    english = any(phrase.key(index) in vocabulary.ENGLISH for index in range(phrase.start, day.next))
    after, part = day.next, day.part
    if not part and with_parts:
        after, part = read_day_part(phrase, after, after_day=True) or (after, "")
    time = read_time(phrase, after, part=part, english=english)
    if time is None and part:
        time = TimeRead(after, day_part_minute(part), approximate=True)
    return WhenMatch(phrase, time.next if time else day.next, day, time)


def _time_then_day(phrase: Phrase, with_parts: bool) -> WhenMatch | None:
    start = phrase.start
    part = read_day_part(phrase, start) if with_parts else None
    if part is not None:
        time = read_time(phrase, part[0], part=part[1])
        time = time or TimeRead(part[0], day_part_minute(part[1]), approximate=True)
    else:
        # `9 am` with nothing before it is English only where no German day follows its `am`.
        english = phrase.key(start + 1) == "am" and _day_at(phrase, start + 1) is None and not phrase.after_key
        time = read_time(phrase, start, english=english)
    if time is None:
        return None
    day = _day_at(phrase, time.next)
    if day is not None and day.part:
        raise phrase.refusal("“{phrase}” names two times.", day.next)
    return WhenMatch(phrase, day.next if day else time.next, day, time)


def _refuse_joined(phrase: Phrase, found: WhenMatch) -> None:
    """Refuse `fr oder mo`, `fr, mo`, `3.12. bis 5.12.`, `in einem Monat und 2 Tagen`: a follow-up has one day."""
    joining, after = phrase.key(found.next), found.next + 1
    if found.day is None:
        return
    if joining in vocabulary.JOINING and after < phrase.stop:
        number = joining not in ("und", "and", "bis", "to") and phrase.key(after)[0:1].isdigit()
        count = read_count(phrase, after)
        second = count[0] if count else after + 1 if number else getattr(_day_at(phrase, after), "next", None)
    else:
        comma = phrase.words[found.next - 1].text.endswith(",")
        second = after if comma and weekday_at(phrase, found.next) is not None else None
    if second is not None:
        raise phrase.refusal("“{phrase}” names two days.", second)


def unreadable_when(words: Sequence[Word], start: int) -> UsageError:
    """Build the error for words at which a date was needed and none could be read, with its place and a way out."""
    word = words[start]
    day, dot, month = word.key.partition(".")
    slashed = word.key.split("/")
    hint = "For example: fri, tomorrow, +3d, 3.12., in 2 weeks."
    near: dict[str, Any] = {}
    if dot and plain_number(day) and plain_number(month):
        hint, near = "Write {day}.{month}. for the day or {day}:{month} for the time.", {"day": day, "month": month}
    elif len(slashed) == 2 and plain_number(slashed[0]) and plain_number(slashed[1]):
        hint, near = "Write the day first, with full stops: 3.12.", {}
    else:
        nearest = nearest_date_word(word.bare)
        if nearest:
            hint, near = "Did you mean “{near}”?", {"near": nearest}
    return UsageError("“{phrase}” is no date.", hint=hint, phrase=word.text, start=word.start, end=word.end, **near)


def nearest_date_word(word: str) -> str | None:
    """Return the date word within the typing errors allowed for a folded word, or None."""
    allowed = edits_allowed(word)
    near = [(distance(word, known, allowed), known) for known in sorted(vocabulary.DATE_WORDS)] if allowed else []
    best = min(near, default=(allowed + 1, ""))
    return best[1] if best[0] <= allowed else None


def local_time(day: date, minute: int, localize: Callable[[datetime], datetime], notices: list[Notice]) -> datetime:
    """Return the aware time of a minute of a day; `localize` gives a naive local time its offset.

    Raises UsageError for a time that the change to summer time skips; one that comes twice is the first,
    with a notice.
    """
    naive = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)  # noqa: DTZ001 - made aware below
    try:
        found = localize(naive)
        again = found.astimezone(UTC).astimezone(found.tzinfo)
        second = localize(naive.replace(fold=1))
    except (OverflowError, OSError, ValueError):
        raise UsageError("The day {day} is out of reach.", day=day) from None
    if found.replace(tzinfo=None) != naive or again.replace(tzinfo=None) != naive:
        raise UsageError("On {day} the clock skips {time}: there is no such time.", day=day, time=clock(minute))
    if second.utcoffset() != found.utcoffset():
        notices.append(Notice("{time} comes twice on {day}; the first was taken.", day=day, time=clock(minute)))
    if minute < _NIGHT_ENDS:
        notices.append(Notice("{time} is at night.", time=clock(minute)))
    return found
