"""The days of the calendar as they are written: `3.12.`, `3. Dezember`, `December 3`, `Ende März`, `eom`."""

from __future__ import annotations

from crm_cli.domain import date_rules
from crm_cli.domain import date_words as vocabulary
from crm_cli.domain.phrase import DayRead
from crm_cli.domain.tokens import plain_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from crm_cli.domain.phrase import Phrase


def read_calendar(phrase: Phrase, index: int) -> DayRead | None:
    """Read `2025-12-03`, `3.12.`, `3. Dezember`."""
    text = phrase.key(index)
    if len(text) == 10 and text[4] == text[7] == "-":
        year, month, day = plain_number(text[:4]), plain_number(text[5:7]), plain_number(text[8:])
        if year is None or month is None or day is None:
            return None
        return DayRead(index + 1, date_rules.calendar_day(phrase, day, month, year, index + 1, index))
    return _day_and_month(phrase, index, phrase.dotted(index))


def _day_and_month(phrase: Phrase, index: int, text: str) -> DayRead | None:
    parts = text.split(".")
    day = plain_number(parts[0]) if len(parts[0]) <= 2 else ordinal(parts[0])
    if day is None or len(parts) > 4:
        return None
    if len(parts) >= 2 and parts[1]:
        return _numeric(phrase, index, day, parts)
    if len(parts) > 2:
        return None
    at = index + 1 + (phrase.key(index + 1) == "of")
    if phrase.key(at) in vocabulary.MONTHS:
        return _with_year(phrase, index, at + 1, day, vocabulary.MONTHS[phrase.key(at)])
    # `3. 12.` and `3. 12. 2025`
    month_text = phrase.dotted(at)
    month = plain_number(month_text.removesuffix(".")) if len(parts) == 2 and month_text.endswith(".") else None
    if month is not None and 1 <= month <= 12:
        return _with_year(phrase, index, at + 1, day, month, numeric=True)
    return None


def _numeric(phrase: Phrase, index: int, day: int, parts: list[str]) -> DayRead | None:
    """Read `3.12.`, `3.12.25`, `3.12.2025`, `3.Dez`; `3.12` could also be a time and is no date."""
    year_text = "".join(parts[2:])
    if parts[1] in vocabulary.MONTHS:
        return None if year_text else _with_year(phrase, index, index + 1, day, vocabulary.MONTHS[parts[1]])
    month = plain_number(parts[1])
    if month is None or len(parts[1]) > 2 or len(parts) == 2 or (len(parts) == 4 and (parts[3] or not parts[2])):
        return None
    if not year_text:
        return _with_year(phrase, index, index + 1, day, month, numeric=True)
    year = _year(year_text)
    if year is None:
        return None
    return DayRead(index + 1, date_rules.calendar_day(phrase, day, month, year, index + 1, index))


def read_month_first(phrase: Phrase, index: int) -> DayRead | None:
    """Read `December 3`, `Dec 3rd, 2025`; only in English does the month come first."""
    month = vocabulary.ENGLISH_MONTHS.get(phrase.key(index))
    if month is None:
        return None
    text = phrase.key(index + 1)
    day = plain_number(text) if len(text) <= 2 else ordinal(text)
    return None if day is None else _with_year(phrase, index, index + 2, day, month)


def _with_year(phrase: Phrase, start: int, after: int, day: int, month: int, *, numeric: bool = False) -> DayRead:
    """Take a following year of four digits, if it is one a date is likely to have."""
    year = plain_number(phrase.key(after)) if len(phrase.key(after)) == 4 else None
    if year is not None and abs(year - phrase.today.year) <= 10:
        found = date_rules.calendar_day(phrase, day, month, year, after + 1, start)
        return DayRead(after + 1, found)
    if not numeric and _is_short_year(phrase, after):
        raise phrase.refusal("“{phrase}” can be read in two ways.", after + 1, start, hint="Write the year in full.")
    return DayRead(after, date_rules.calendar_day(phrase, day, month, None, after, start))


def _is_short_year(phrase: Phrase, index: int) -> bool:
    """`3 Dec 26` is a year or a count of something, unless the number is no year near this one."""
    text = phrase.key(index)
    number = plain_number(text) if len(text) == 2 else None
    return number is not None and phrase.key(index + 1) != "uhr" and abs(2000 + number - phrase.today.year) <= 3


def _year(text: str) -> int | None:
    """Read a year of four digits, or of two in this century."""
    number = plain_number(text)
    return number if len(text) == 4 else 2000 + number if number is not None and len(text) == 2 else None


def ordinal(text: str) -> int | None:
    """Read `21.` or `21st`."""
    suffix = 1 if text.endswith(".") else 2 if text.endswith(("st", "nd", "rd", "th")) else 0
    number = plain_number(text[:-suffix]) if suffix else None
    return number if number is not None and 1 <= number <= 31 else None


def read_part_of_month(phrase: Phrase, index: int) -> DayRead | None:
    """Read `Ende März`, `Mitte des Monats`, `end of next month`, `end of the year`."""
    word, at = phrase.key(index), index + 1
    if word.startswith("mid-"):
        named = vocabulary.MONTHS.get(word[4:])
        return (
            None if named is None else DayRead(at, date_rules.part_of_month(phrase, vocabulary.MIDDLE, named, None, at))
        )
    part = vocabulary.PARTS_OF_MONTH.get(word)
    if part is None and phrase.key(at) == "of":
        part = vocabulary.PARTS_OF_MONTH_WITH_OF.get(word)
        at += 1
    if part is None:
        return None
    at += phrase.key(at) in vocabulary.ARTICLES
    month = vocabulary.MONTHS.get(phrase.key(at))
    if month is not None:
        year = plain_number(phrase.key(at + 1)) if len(phrase.key(at + 1)) == 4 else None
        at += 1 + (year is not None)
        return DayRead(at, date_rules.part_of_month(phrase, part, month, year, at))
    return _part_of_this(phrase, at, part)


def _part_of_this(phrase: Phrase, index: int, part: int) -> DayRead | None:
    """Read the period of `Ende des Monats`, `Mitte nächsten Monats`, `end of the quarter`."""
    word, following = phrase.key(index), phrase.key(index + 1)
    if word in vocabulary.WHICH and vocabulary.WHICH[word] > vocabulary.THIS and following in vocabulary.MONTH:
        first = date_rules.later(
            phrase,
            phrase.today.replace(day=1),
            2 if vocabulary.WHICH[word] == vocabulary.AFTER_NEXT else 1,
            "m",
            index + 2,
        )
        return DayRead(index + 2, first.replace(day=min(part, date_rules.days_in_month(first.year, first.month))))
    if part == vocabulary.END:
        period = (
            "m"
            if word in vocabulary.MONTH
            else "q"
            if word in vocabulary.QUARTER
            else "y"
            if word in vocabulary.YEAR
            else ""
        )
        return DayRead(index + 1, date_rules.period_end(phrase, period)) if period else None
    return None


def read_period_end(phrase: Phrase, index: int) -> DayRead | None:
    word = phrase.key(index)
    period = vocabulary.PERIOD_ENDS.get(word) or (vocabulary.SHORT_PERIOD_ENDS.get(word) if phrase.after_key else None)
    return DayRead(index + 1, date_rules.period_end(phrase, period)) if period else None
