"""The forms a day is written in, each a small reader over the words of a phrase.

A reader returns what it found or None; it raises UsageError for a day that does
not exist, and for words that go on naming another day than the one read so far.
"""

from __future__ import annotations

from datetime import timedelta

from crm_cli.domain import date_rules
from crm_cli.domain import date_words as vocabulary
from crm_cli.domain.date_calendar import (
    ordinal,
    read_calendar,
    read_month_first,
    read_part_of_month,
    read_period_end,
)
from crm_cli.domain.phrase import DayRead
from crm_cli.domain.tokens import Notice, plain_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from crm_cli.domain.phrase import Phrase


def read_day(phrase: Phrase, index: int) -> DayRead | None:
    """Read a day at a word, without a preposition."""
    word = phrase.key(index)
    if not word:
        return None
    if word[0].isdigit():
        return _from_digit(phrase, index)
    if word[0] == "+":
        return _plus(phrase, index)
    for reader in _READERS:
        found = reader(phrase, index)
        if found is not None:
            return found
    return None


def weekday_at(phrase: Phrase, index: int, *, short: bool | None = None) -> int | None:
    """Return the weekday a word names; short forms count behind a key only."""
    word = phrase.key(index)
    if word in vocabulary.WEEKDAYS:
        return vocabulary.WEEKDAYS[word]
    return vocabulary.SHORT_WEEKDAYS.get(word) if (phrase.after_key if short is None else short) else None


def _relative(phrase: Phrase, index: int) -> DayRead | None:
    """Read `heute`, `day after tomorrow`, `heute in 14 Tagen`."""
    at = index
    offset = vocabulary.RELATIVE_DAYS.get(phrase.key(at))
    if offset is None:
        at += phrase.key(at) == "the"
        words = (phrase.key(at), phrase.key(at + 1), phrase.key(at + 2))
        if words not in (("day", "after", "tomorrow"), ("day", "before", "yesterday")):
            return None
        offset = 2 if words[1] == "after" else -2
        at += 2
    day = phrase.today + timedelta(days=offset)
    return _shifted(phrase, DayRead(at + 1, day))


def _shifted(phrase: Phrase, found: DayRead) -> DayRead:
    """Take a following `in einer Woche`, counted from the day found."""
    if phrase.key(found.next) == "in":
        count = read_count(phrase, found.next + 1)
        if count is not None:
            return DayRead(count[0], date_rules.later(phrase, found.day, count[1], count[2], count[0]))
    return found


def _named_weekday(phrase: Phrase, index: int) -> tuple[int, str, int] | None:
    """Return the weekday a word names, and the part of the day glued to it with its place: `Freitagabend`."""
    weekday = weekday_at(phrase, index)
    if weekday is not None:
        return weekday, "", 0
    word = phrase.key(index)
    for name, number in vocabulary.WEEKDAYS.items():
        if word.startswith(name):
            part = word[len(name) :]
            if part in vocabulary.DAY_PARTS or part == "morgen":
                return number, part, phrase.words[index].start + len(name)
    return None


def _weekday(phrase: Phrase, index: int) -> DayRead | None:
    """Read `Freitag` and what narrows it: a date, a day number, a week, `in zwei Wochen`, a part of the day."""
    named = _named_weekday(phrase, index)
    if named is None:
        return None
    weekday, part, part_start = named
    after = index + 1
    if part:
        return DayRead(after, date_rules.weekday_of(phrase, weekday, None, after), part, part_start)
    exact = _same_day(phrase, index, weekday)
    if exact is not None:
        return exact
    week = _week(phrase, after) or _week_number(phrase, after + (phrase.key(after) == "in"), monday_only=True)
    if week is not None:
        return DayRead(week.next, week.day + timedelta(days=weekday))
    behind = (phrase.key(after), phrase.key(after + 1))
    if (
        behind == ("after", "next")
        or (behind[0] in ("im", "in") and behind[1] in vocabulary.MONTHS)
        or (behind[0] in ("vor", "nach", "before", "after") and behind[1] in vocabulary.FEASTS)
    ):
        raise phrase.refusal("“{phrase}” can be read in two ways.", after + 2, hint="Write the date.")
    count = read_count(phrase, after + 1) if phrase.key(after) == "in" else None
    if count is not None:
        return _weekday_in_weeks(phrase, weekday, count)
    return DayRead(after, date_rules.weekday_of(phrase, weekday, None, after))


def _weekday_in_weeks(phrase: Phrase, weekday: int, count: tuple[int, int, str]) -> DayRead:
    """Read `Freitag in zwei Wochen`, if counting from this Friday and from today's week gives one day."""
    after, number, unit = count
    weeks = number if unit == "w" else number // 7 if unit == "d" and number % 7 == 0 else None
    if weeks is None or weekday <= phrase.today.weekday() or not phrase.future:
        raise phrase.refusal("“{phrase}” can be read in two ways.", after, hint="Write the date.")
    return DayRead(
        after, date_rules.later(phrase, date_rules.weekday_of(phrase, weekday, None, after), weeks, "w", after)
    )


def _same_day(phrase: Phrase, index: int, weekday: int) -> DayRead | None:
    """Read the date behind a weekday (`Fr, 21.11.`, `Friday the 21st`), which must be that weekday."""
    at = index + 1
    at += phrase.key(at) in vocabulary.ARTICLES
    found = read_calendar(phrase, at) if phrase.key(at)[:1].isdigit() else read_month_first(phrase, at)
    if found is None:
        number = ordinal(phrase.dotted(at))
        if number is None:
            return None
        nearest, step = date_rules.weekday_of(phrase, weekday, None, at + 1), timedelta(days=7 if phrase.future else -7)
        near = [day for day in (phrase.today, *(nearest + count * step for count in range(5)))
                if day.day == number and day.weekday() == weekday]  # fmt: skip
        if not near:
            raise phrase.refusal("“{phrase}”: the weekday and the date do not agree.", at + 1, index)
        found = DayRead(at + 1, near[0])
    if found.day.weekday() != weekday:
        raise phrase.refusal("“{phrase}”: the weekday and the date do not agree.", found.next, index)
    return found


def _which(phrase: Phrase, index: int) -> DayRead | None:
    """Read `nächsten Dienstag`, `last friday`, `nächste Woche`, `next month`."""
    week = _week(phrase, index)
    if week is not None:
        return _day_of_week(phrase, week, _week_offset(phrase, index) > 0)
    which = vocabulary.WHICH.get(phrase.key(index))
    if which is None:
        return None
    after = index + 2
    named = _named_weekday(phrase, index + 1)
    if named is not None:
        weekday, part, part_start = named
        found = DayRead(after, date_rules.weekday_of(phrase, weekday, which, after), part, part_start)
        exact = _same_day(phrase, index + 1, weekday) if phrase.key(after)[:1].isdigit() else None
        if exact is not None and exact.day != found.day:
            raise phrase.refusal("“{phrase}”: the weekday and the date do not agree.", exact.next, index)
        return exact or found
    if phrase.key(index + 1) not in vocabulary.MONTH:
        return None
    if which in (vocabulary.LAST, vocabulary.THIS):
        raise phrase.refusal("“{phrase}” names no day.", after)
    first = date_rules.later(
        phrase, phrase.today.replace(day=1), 2 if which == vocabulary.AFTER_NEXT else 1, "m", after
    )
    _refuse_second_day(phrase, after)
    return DayRead(after, first)


def _refuse_second_day(phrase: Phrase, index: int) -> None:
    """A month or a count of weeks stands for its first day; words that name another day make it unsure."""
    at = index + (phrase.key(index) in ("am", "on"))
    at += phrase.key(at) in vocabulary.ARTICLES
    short = phrase.after_key and at > index
    named = weekday_at(phrase, at, short=short) is not None or ordinal(phrase.dotted(at)) is not None
    if named or phrase.key(at) in vocabulary.PARTS_OF_MONTH:
        raise phrase.refusal("“{phrase}” can be read in two ways.", at + 1, hint="Write the date.")


def _week_offset(phrase: Phrase, index: int) -> int:
    for at in range(index, index + 4):
        if phrase.key(at) in vocabulary.WHICH:
            return vocabulary.WHICH[phrase.key(at)]
    return vocabulary.AFTER_NEXT


def _week(phrase: Phrase, index: int) -> DayRead | None:
    """Read `nächste Woche`, `in der übernächsten Woche`, `this week`, `week after next`: its Monday."""
    at = index + (phrase.key(index) in ("in", "of"))
    at += phrase.key(at) in vocabulary.ARTICLES
    which = vocabulary.WHICH.get(phrase.key(at))
    if which is not None and phrase.key(at + 1) in vocabulary.WEEK:
        return DayRead(at + 2, date_rules.week_monday(phrase, which))
    if phrase.key(at) in vocabulary.WEEK and phrase.key(at + 1) == "after" and phrase.key(at + 2) == "next":
        return DayRead(at + 3, date_rules.week_monday(phrase, vocabulary.AFTER_NEXT))
    return None


def _day_of_week(phrase: Phrase, week: DayRead, has_monday: bool) -> DayRead:
    """Take the weekday behind a week; without one a coming week is its Monday, another names no day."""
    at = week.next + (phrase.key(week.next) in ("am", "on"))
    weekday = weekday_at(phrase, at)
    if weekday is not None:
        return DayRead(at + 1, week.day + timedelta(days=weekday))
    if not has_monday:
        raise phrase.refusal("“{phrase}” names no day.", week.next, hint="Add the weekday.")
    return week


def _week_number(phrase: Phrase, index: int, *, monday_only: bool = False) -> DayRead | None:
    """Read `kw49`, `KW 49`, `week 49`, `kw49/2026`: its Monday, or unless `monday_only` the weekday behind it."""
    word, at = phrase.key(index), index + 1
    if word in vocabulary.CALENDAR_WEEK or word == "week":
        number = phrase.key(at)
        at += 1
    elif word[:2] in vocabulary.CALENDAR_WEEK:
        number = word[2:]
    else:
        return None
    text, _, year_text = number.partition("/")
    week, year = plain_number(text), plain_number(year_text) if len(year_text) == 4 else None
    if week is None or (year_text and year is None):
        return None
    monday = date_rules.calendar_week(phrase, week, year, at, index)
    behind = at + (phrase.key(at) in ("am", "on"))
    if monday_only or weekday_at(phrase, behind) is not None:
        found = DayRead(at, monday)
        return found if monday_only else _day_of_week(phrase, found, True)
    if phrase.future and year is None and monday < phrase.today:
        raise phrase.refusal("“{phrase}” is this week.", at, hint="Add the weekday.")
    return DayRead(at, monday)


def _plus(phrase: Phrase, index: int) -> DayRead | None:
    """Read `+3d +2w +1m +3at +3b`."""
    text = phrase.key(index)[1:]
    digits = len(text) - len(text.lstrip("0123456789"))
    count, unit = plain_number(text[:digits]), vocabulary.PLUS_UNITS.get(text[digits:])
    if count is None or unit is None:
        return None
    found = DayRead(index + 1, date_rules.later(phrase, phrase.today, count, unit, index + 1))
    if unit in ("w", "m"):
        _refuse_second_day(phrase, found.next)
    return found


def _counted(phrase: Phrase, index: int) -> DayRead | None:
    """Read `in 3 Tagen`, `vor zwei Wochen`, `two weeks ago`, `a week from today`."""
    word = phrase.key(index)
    if word in ("in", "vor"):
        count = read_count(phrase, index + 1)
        if count is None:
            return None
        after, number, unit = count
        if phrase.key(index + 1) == "acht" and unit == "d":
            phrase.notices.append(Notice("“{phrase}” was read as 8 days, not a week.", phrase=phrase.typed(after)))
        day = date_rules.later(phrase, phrase.today, number if word == "in" else -number, unit, after)
        if unit in ("w", "m"):
            _refuse_second_day(phrase, after)
        return DayRead(after, day)
    count = read_count(phrase, index)
    if count is None:
        return None
    after, number, unit = count
    if phrase.key(after) == "ago":
        return DayRead(after + 1, date_rules.later(phrase, phrase.today, -number, unit, after + 1))
    if phrase.key(after) == "from" and phrase.key(after + 1) in ("now", "today", "tomorrow"):
        first = phrase.today + timedelta(days=phrase.key(after + 1) == "tomorrow")
        return DayRead(after + 2, date_rules.later(phrase, first, number, unit, after + 2))
    return None


def read_count(phrase: Phrase, index: int) -> tuple[int, int, str] | None:
    """Read `drei Wochen`, `10 working days`; return (next index, number, unit)."""
    word = phrase.key(index)
    number = plain_number(word) if word[:1].isdigit() else vocabulary.NUMBERS.get(word)
    if number is None:
        return None
    unit = phrase.key(index + 1)
    if unit in ("working", "business") and phrase.key(index + 2) in ("day", "days"):
        return index + 3, number, "b"
    return (index + 2, number, vocabulary.UNITS[unit]) if unit in vocabulary.UNITS else None


def _from_digit(phrase: Phrase, index: int) -> DayRead | None:
    """Read the forms that begin with a digit: `3.12.`, `3. Dezember`, `2025-12-03`, `3 days ago`."""
    return read_calendar(phrase, index) or _counted(phrase, index)


_READERS = (
    _relative,
    _weekday,
    _which,
    _counted,
    read_month_first,
    read_part_of_month,
    read_period_end,
    _week_number,
)
