"""The vocabulary of dates and times, German and English, in one place.

Every key is folded weakly (`nächsten` is `nachsten`), words with an umlaut are
also listed with `ae oe ue`, as many people type them.
"""

from __future__ import annotations

RELATIVE_DAYS = {
    "heute": 0, "gestern": -1, "vorgestern": -2, "morgen": 1, "ubermorgen": 2, "uebermorgen": 2,
    "today": 0, "yesterday": -1, "tomorrow": 1,
}  # fmt: skip

WEEKDAYS = {
    "montag": 0, "dienstag": 1, "mittwoch": 2, "donnerstag": 3, "freitag": 4, "samstag": 5, "sonnabend": 5,
    "sonntag": 6, "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
}  # fmt: skip
# Short forms are names, words and legal forms elsewhere: they count only after a key.
SHORT_WEEKDAYS = {
    "mo": 0, "di": 1, "mi": 2, "do": 3, "fr": 4, "sa": 5, "so": 6, "mon": 0, "tue": 1, "tues": 1, "wed": 2,
    "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip

GERMAN_MONTHS = {
    "januar": 1, "janner": 1, "jaenner": 1, "februar": 2, "feber": 2, "marz": 3, "maerz": 3, "mrz": 3, "mai": 5,
    "juni": 6, "juli": 7, "oktober": 10, "okt": 10, "dezember": 12, "dez": 12,
}  # fmt: skip
ENGLISH_MONTHS = {
    "january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4, "may": 5, "june": 6,
    "jun": 6, "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sep": 9, "sept": 9, "october": 10,
    "oct": 10, "november": 11, "nov": 11, "december": 12, "dec": 12,
}  # fmt: skip
MONTHS = {**GERMAN_MONTHS, **ENGLISH_MONTHS}

NUMBERS = {
    "ein": 1, "eine": 1, "einem": 1, "einen": 1, "einer": 1, "eins": 1, "zwei": 2, "drei": 3, "vier": 4, "funf": 5,
    "fuenf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwolf": 12, "zwoelf": 12,
    "vierzehn": 14, "funfzehn": 15, "fuenfzehn": 15, "zwanzig": 20, "dreissig": 30, "vierzig": 40,
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30,
}  # fmt: skip

# d day, w week, m month, y year, b working day
UNITS = {
    "tag": "d", "tage": "d", "tagen": "d", "day": "d", "days": "d", "woche": "w", "wochen": "w", "week": "w",
    "weeks": "w", "monat": "m", "monate": "m", "monaten": "m", "month": "m", "months": "m", "arbeitstag": "b",
    "arbeitstage": "b", "arbeitstagen": "b", "jahr": "y", "jahre": "y", "jahren": "y", "year": "y", "years": "y",
}  # fmt: skip
PLUS_UNITS = {"d": "d", "t": "d", "w": "w", "m": "m", "at": "b", "b": "b"}

# Which one: -1 the last, 0 this, 1 the coming, 2 the next (two readings), 3 the one after that.
LAST, THIS, COMING, NEXT, AFTER_NEXT = -1, 0, 1, 2, 3
WHICH: dict[str, int] = {}
for _stem, _which in (
    ("letzte", LAST), ("vergangene", LAST), ("vorige", LAST), ("diese", THIS), ("kommende", COMING), ("nachste", NEXT),
    ("naechste", NEXT), ("ubernachste", AFTER_NEXT), ("uebernaechste", AFTER_NEXT),
):  # fmt: skip
    for _ending in ("", "n", "r", "s", "m"):
        WHICH[_stem + _ending] = _which
WHICH.update({"last": LAST, "this": THIS, "coming": COMING, "next": NEXT})

WEEK = frozenset(("woche", "week"))
MONTH = frozenset(("monat", "monats", "month"))
QUARTER = frozenset(("quartal", "quartals", "quarter"))
YEAR = frozenset(("jahr", "jahres", "year"))
CALENDAR_WEEK = frozenset(("kw", "cw"))
ARTICLES = frozenset(("der", "den", "dem", "des", "the"))

START, MIDDLE, END = 1, 15, 31
PARTS_OF_MONTH = {"anfang": START, "mitte": MIDDLE, "ende": END, "mid": MIDDLE}
# English ones need their "of": "start march campaign" is a task.
PARTS_OF_MONTH_WITH_OF = {"beginning": START, "start": START, "middle": MIDDLE, "end": END}
PERIOD_ENDS = {"monatsende": "m", "eom": "m", "quartalsende": "q", "eoq": "q", "jahresende": "y", "eoy": "y"}
SHORT_PERIOD_ENDS = {"me": "m", "qe": "q", "je": "y"}

# Hours of the clock; `mittag` is noon itself.
DAY_PARTS = {
    "fruh": 8, "frueh": 8, "morgens": 8, "vormittag": 10, "vormittags": 10, "mittag": 12, "mittags": 12,
    "nachmittag": 15, "nachmittags": 15, "abend": 18, "abends": 18, "morning": 8, "noon": 12, "afternoon": 15,
    "evening": 18,
}  # fmt: skip
# The hours (first, last) a part of the day can mean: beside a time it settles which half of the day ("8 Uhr abends").
PART_HOURS = {
    "fruh": (3, 11), "frueh": (3, 11), "morgens": (3, 11), "morgen": (3, 11), "vormittag": (5, 12),
    "vormittags": (5, 12), "mittag": (11, 15), "mittags": (11, 15), "nachmittag": (12, 18), "nachmittags": (12, 18),
    "abend": (16, 23), "abends": (16, 23), "nachts": (0, 5), "morning": (3, 11), "noon": (11, 13),
    "afternoon": (12, 18), "evening": (16, 23),
}  # fmt: skip
ADVERBS = frozenset(("fruh", "frueh", "morgens", "vormittags", "mittags", "nachmittags", "abends", "nachts"))

HEAD_DATE_PREPOSITIONS = frozenset(("am", "on"))
DATE_PREPOSITIONS = frozenset(("am", "ab", "bis", "zum", "on", "by"))
TIME_PREPOSITIONS = frozenset(("um", "at", "gegen"))
# `Freitag vor Weihnachten` is not the coming Friday.
FEASTS = frozenset("weihnachten ostern pfingsten silvester neujahr karneval christmas easter whitsun".split())
# A second date behind one of these makes the first half a phrase, not a day.
JOINING = frozenset(("oder", "or", "und", "and", "bis", "to", "till", "until", "-", "–", "/"))

ENGLISH = (
    frozenset(("today", "yesterday", "tomorrow", "next", "last", "this", "coming", "week", "month", "days", "ago"))
    | frozenset(day for day in WEEKDAYS if day.endswith("day"))
    | frozenset(day for day in SHORT_WEEKDAYS if len(day) > 2)
    | (frozenset(ENGLISH_MONTHS) - frozenset(("april", "august", "september", "november")))
)

# One word that may also be somebody's name.
DATE_WORDS = frozenset(RELATIVE_DAYS) | frozenset(WEEKDAYS) | frozenset(DAY_PARTS) | frozenset(PERIOD_ENDS)
