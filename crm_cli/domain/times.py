"""Read times of the day, ranges and durations: `14:30`, `9 Uhr 30`, `halb drei`, `2-3pm`, `1h30`.

What can mean two times (`3 Uhr`, `um sieben` outside working hours) is refused,
never guessed; a bare number is a time only behind `um`, `at` or `gegen`.
"""

from __future__ import annotations

from crm_cli.domain.date_words import ADVERBS, DAY_PARTS, NUMBERS, PART_HOURS, TIME_PREPOSITIONS
from crm_cli.domain.tokens import plain_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from crm_cli.domain.phrase import Phrase
    from crm_cli.domain.tokens import Word

_DAY = 24 * 60
_LONGEST_DURATION = 100 * 60
_DASHES = ("-", "–", "—")
_RANGE_WORDS = frozenset((*_DASHES, "bis", "to", "until", "till"))
_HALVES_OF_DAY = {"am": "am", "a.m": "am", "pm": "pm", "p.m": "pm"}

# How a point of time was written: only some ways are a time without a preposition.
_BARE, _WORD, _DOT, _CLOCK, _UHR, _HALF_OF_DAY, _SPOKEN = range(7)
_SURE = (_CLOCK, _UHR, _HALF_OF_DAY, _SPOKEN)


class TimeRead:
    """A time found in a phrase: `next` is the word behind it, `minute` counts from midnight.

    `duration` is set by a range, in minutes. `approximate` marks a part of the day or `gegen`.
    """

    __slots__ = ("approximate", "duration", "minute", "next")

    def __init__(self, next: int, minute: int, duration: int | None = None, approximate: bool = False) -> None:
        self.next = next
        self.minute = minute
        self.duration = duration
        self.approximate = approximate


class _Point:
    """A point of time as written, before it is known which half of the day is meant."""

    __slots__ = ("half", "hour", "minute", "next", "padded", "way")

    def __init__(self, next: int, hour: int, minute: int, way: int, half: str = "", padded: bool = False) -> None:
        self.next = next
        self.hour = hour
        self.minute = minute
        self.way = way
        self.half = half
        self.padded = padded


def read_time(phrase: Phrase, index: int, *, part: str = "", english: bool = False) -> TimeRead | None:
    """Read a time or a range at a word, with its preposition, or return None.

    `part` is a part of the day already read (`abend`), `english` allows `9 am`. Raises UsageError for a
    time that does not exist or can be read two ways.
    """
    at = index
    word = phrase.key(at)
    marked = word in TIME_PREPOSITIONS
    if marked or word in ("von", "from"):
        at += 1
    found = _read_range(phrase, at, part)
    if found is None and (marked or at == index):
        found = _read_single(phrase, at, marked, part, english)
    if found is not None and word == "gegen":
        found.approximate = True
    return found


def read_day_part(phrase: Phrase, index: int, *, after_day: bool = False) -> tuple[int, str] | None:
    """Read a part of the day: `abend`, `am Vormittag`, `in the evening`; `morgen` only behind a day."""
    at = index
    first, second = phrase.key(at), phrase.key(at + 1)
    if first == "in" and second == "the":
        at += 2
    elif first in ("am", "at"):
        at += 1
    word = phrase.key(at)
    if word in DAY_PARTS or (word == "morgen" and (after_day or at > index)):
        return at + 1, word
    return None


def day_part_minute(part: str) -> int:
    """Return the minute of the day a part of it stands for."""
    return DAY_PARTS.get(part, 8) * 60


def _read_range(phrase: Phrase, index: int, part: str) -> TimeRead | None:
    left, right = _range_points(phrase, index)
    if left is None or right is None or (left.way not in _SURE and right.way not in _SURE):
        return None
    end_at = right.next
    if right.half and not left.half:
        left.half = right.half
        if right.half == "pm" and left.hour % 12 > right.hour % 12:
            left.half = "am"
    elif left.way < _CLOCK <= right.way:
        left.way = right.way
    elif right.way < _CLOCK <= left.way:
        right.way = left.way
    after, behind = _part_behind(phrase, end_at)
    minute = _settle(phrase, index, left, part or behind)
    end = _settle(phrase, index, right, part or behind)
    if end <= minute:
        raise phrase.refusal("“{phrase}” ends before it begins.", end_at, index)
    return TimeRead(after, minute, end - minute)


def _range_points(phrase: Phrase, index: int) -> tuple[_Point | None, _Point | None]:
    text = phrase.dotted(index)
    for dash in _DASHES:
        before, found, behind = text.partition(dash)
        if found and before and behind:
            return _point_of(before, index), _with_suffix(phrase, _point_of(behind.rstrip("."), index + 1))
    left = _with_suffix(phrase, _point_of(text, index + 1))
    if left is None or phrase.key(left.next) not in _RANGE_WORDS:
        return None, None
    return left, _with_suffix(phrase, _point_of(phrase.dotted(left.next + 1), left.next + 2))


def _read_single(phrase: Phrase, index: int, marked: bool, part: str, english: bool) -> TimeRead | None:
    point = _spoken(phrase, index, marked)
    if point is None:
        point = _with_suffix(phrase, _point_of(phrase.dotted(index), index + 1), english)
    if point is None:
        return None
    if point.way not in _SURE and not (marked or (part and point.way != _DOT)):
        return None
    after, behind = _part_behind(phrase, point.next)
    return TimeRead(after, _settle(phrase, index, point, part or behind))


def _point_of(text: str, after: int) -> _Point | None:
    """Read `9`, `09`, `9:30`, `9.30`, `9uhr`, `2:30pm`, `neun`; `after` is the index behind the word."""
    bare = text.rstrip(".")
    if bare in NUMBERS:
        return _Point(after, NUMBERS[bare], 0, _WORD) if len(bare) > 2 and NUMBERS[bare] <= 12 else None
    digits = 0
    while digits < len(text) and text[digits].isascii() and text[digits].isdigit():
        digits += 1
    if not 1 <= digits <= 2:
        return None
    hour, rest, padded, minute, way = int(text[:digits]), text[digits:], text[0] == "0", 0, _BARE
    if rest[:1] in (":", ".") and len(rest) >= 3 and rest[1:3].isascii() and rest[1:3].isdigit():
        way = _CLOCK if rest[0] == ":" else _DOT
        minute, rest = int(rest[1:3]), rest[3:]
    rest = rest.rstrip(".") if way != _BARE or rest[:1].isalpha() else rest
    if not rest:
        return _Point(after, hour, minute, way, padded=padded)
    if rest == "uhr":
        return _Point(after, hour, minute, _UHR, padded=padded or way != _BARE)
    if rest in _HALVES_OF_DAY:
        return _Point(after, hour, minute, _HALF_OF_DAY, _HALVES_OF_DAY[rest])
    return None


def _with_suffix(phrase: Phrase, point: _Point | None, english: bool = False) -> _Point | None:
    """Take a following `Uhr`, `Uhr 30`, `pm`; `am` only where the words before are English."""
    if point is None or point.way in (_UHR, _HALF_OF_DAY):
        return _uhr_minutes(phrase, point) if point is not None and point.way == _UHR else point
    word = phrase.key(point.next)
    if word == "uhr":
        # A clock with minutes is the 24-hour clock: 3:30 Uhr is at night.
        point.padded = point.padded or point.way in (_CLOCK, _DOT)
        point.way = _WORD if point.way == _WORD else _UHR
        point.next += 1
        if point.way == _WORD:
            point.way = _SPOKEN
        return _uhr_minutes(phrase, point)
    half = _HALVES_OF_DAY.get(word)
    if half == "pm" or (half == "am" and (english or word == "a.m")):
        point.half, point.way = half, _HALF_OF_DAY
        point.next += 1
    return point


def _uhr_minutes(phrase: Phrase, point: _Point) -> _Point:
    """Take the minutes of `9 Uhr 30`, if none were written before."""
    text = phrase.key(point.next)
    minutes = NUMBERS.get(text) if text in ("funfzehn", "fuenfzehn", "zwanzig", "dreissig") else None
    if minutes is None and len(text) == 2:
        minutes = plain_number(text)
    if not point.minute and minutes is not None and minutes < 60:
        point.minute = minutes
        point.next += 1
        # `1 Uhr 30` is as undecided as `1 Uhr`.
    return point


def _spoken(phrase: Phrase, index: int, marked: bool) -> _Point | None:
    """Read `halb drei`, `viertel nach drei`, `quarter to three`, `half past two`, `um zehn nach drei`."""
    first, second = phrase.key(index), phrase.key(index + 1)
    if first == "half" and second == "past":
        return _spoken_hour(phrase, index + 2, 30)
    if first == "halb":
        return _spoken_hour(phrase, index + 1, -30)
    if first in ("dreiviertel", "three-quarters"):
        return _spoken_hour(phrase, index + 1, -15)
    quarter = first in ("viertel", "quarter")
    minutes = 15 if quarter else _small_number(first) if marked else None
    if minutes is None or minutes >= 30 or second not in ("nach", "past", "vor", "to"):
        return None
    sign = minutes if second in ("nach", "past") else -minutes
    if phrase.key(index + 2) == "halb":
        return _spoken_hour(phrase, index + 3, sign - 30)
    return _spoken_hour(phrase, index + 2, sign)


def _spoken_hour(phrase: Phrase, index: int, offset: int) -> _Point | None:
    hour = _small_number(phrase.key(index))
    if hour is None or not 1 <= hour <= 12:
        return None
    after = index + 2 if phrase.key(index + 1) == "uhr" else index + 1
    minutes = (hour * 60 + offset) % (12 * 60)
    return _Point(after, minutes // 60, minutes % 60, _SPOKEN)


def _small_number(word: str) -> int | None:
    number = plain_number(word)
    return number if number is not None else NUMBERS.get(word)


def _part_behind(phrase: Phrase, index: int) -> tuple[int, str]:
    """Return the index behind `abends` or `in the evening` and the word; behind a key it stays in the task."""
    if phrase.after_key:
        return index, phrase.key(index) if phrase.key(index) in ADVERBS else ""
    found = read_day_part(phrase, index)
    if found is not None:
        return found
    return (index + 1, "nachts") if phrase.key(index) == "nachts" else (index, "")


def _settle(phrase: Phrase, index: int, point: _Point, part: str) -> int:
    """Return the minute of the day, or raise UsageError where it does not exist or is not sure."""
    hour, minute = point.hour, point.minute
    end = point.next
    if minute > 59 or hour > 23 or (point.half and not 1 <= hour <= 12):
        raise phrase.refusal("“{phrase}” is no time of the day.", end, index)
    total = hour * 60 + minute
    if point.half:
        return total % (12 * 60) + (12 * 60 if point.half == "pm" else 0)
    twice = [total] if hour > 12 or (point.padded and hour != 12) else [total % (12 * 60), total % (12 * 60) + 12 * 60]
    if part:
        first, last = PART_HOURS[part]
        fitting = [each for each in twice if first * 60 <= each <= last * 60 + 59]
        if len(fitting) != 1:
            raise phrase.refusal("“{phrase}” and “{part}” do not agree.", end, index, part=part)
        return fitting[0]
    if point.way in (_CLOCK, _DOT) or (point.way == _UHR and (hour >= 7 or hour == 0 or point.padded)):
        return total
    if point.way == _BARE and (hour > 12 or hour == 0):
        return total
    opens, closes = phrase.options.business_hours
    fitting = [each for each in twice if opens <= each < closes]
    if point.way != _UHR and len(fitting) == 1:
        return fitting[0]
    raise phrase.refusal(
        "“{phrase}” can be {first} or {second}.", end, index, first=clock(twice[0]), second=clock(twice[-1]),
        hint="Write {second}.",
    )  # fmt: skip


def clock(minute: int) -> str:
    """Return a minute of the day as `09:05`."""
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"


_MINUTE_UNITS = frozenset(("m", "min"))
_HOUR_UNITS = frozenset(("h", "std"))
_MINUTE_WORDS = frozenset(("min", "mins", "minute", "minuten", "minutes"))
_HOUR_WORDS = frozenset(("h", "std", "stunde", "stunden", "hour", "hours"))


def read_duration(words: Sequence[Word], index: int, *, glued: bool = False) -> tuple[int, int] | None:
    """Read `45m`, `1,5h`, `1h30`, and unless `glued` also `45 min`, `eine Stunde`; return (next index, minutes)."""
    word = words[index].bare
    minutes = _glued_duration(word)
    if minutes is not None:
        return index + 1, minutes
    unit = "" if glued or index + 1 >= len(words) else words[index + 1].bare
    if unit in _MINUTE_WORDS:
        number = plain_number(word)
        return (index + 2, number) if number and number <= _LONGEST_DURATION else None
    if unit in _HOUR_WORDS:
        minutes = NUMBERS[word] * 60 if word in NUMBERS and len(unit) > 3 else _hours(word)
        return (index + 2, minutes) if minutes else None
    return None


def _glued_duration(word: str) -> int | None:
    digits = 0
    while digits < len(word) and (word[digits].isdigit() or word[digits] in ",."):
        digits += 1
    number, unit = word[:digits], word[digits:]
    if unit in _MINUTE_UNITS:
        minutes = plain_number(number)
        return minutes if minutes and minutes <= _LONGEST_DURATION else None
    if unit in _HOUR_UNITS:
        return _hours(number)
    hours, found, rest = word.partition("h")
    rest = rest.removesuffix("min").removesuffix("m")
    whole, part = plain_number(hours), plain_number(rest)
    if not found or whole is None or part is None or len(rest) != 2 or part > 59 or whole >= 100:
        return None
    return whole * 60 + part


def _hours(number: str) -> int | None:
    """Return the minutes of a number of hours (`1,5`), or None where they are no whole minutes."""
    whole, _, part = number.replace(",", ".").partition(".")
    hours = plain_number(whole)
    if hours is None or (part and plain_number(part) is None) or len(part) > 2:
        return None
    hundredths = hours * 100 + int((part + "00")[:2])
    minutes, rest = divmod(hundredths * 60, 100)
    return minutes if not rest and 0 < minutes <= _LONGEST_DURATION else None
