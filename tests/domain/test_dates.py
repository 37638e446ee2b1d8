"""The table of dates and times of the specification, one row a form."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_cli.domain.date_words import DATE_WORDS, MONTHS, NUMBERS, SHORT_WEEKDAYS, UNITS, WHICH
from crm_cli.domain.dates import DateOptions, local_time, match_when, nearest_date_word, unreadable_when
from crm_cli.domain.times import read_duration
from crm_cli.domain.tokens import split_words
from crm_cli.errors import UsageError
from tests.domain.date_reading import BERLIN, REFUSED, due, head, localize, marks_a_place, read, shown

# The clock of all tables: Wednesday 2025-11-19 10:00 in Berlin.
RELATIVE = [
    ("heute", "2025-11-19"), ("gestern", "2025-11-18"), ("vorgestern", "2025-11-17"), ("morgen", "2025-11-20"),
    ("übermorgen", "2025-11-21"), ("ubermorgen", "2025-11-21"), ("uebermorgen", "2025-11-21"),
    ("u\u0308bermorgen", "2025-11-21"), ("ÜBERMORGEN", "2025-11-21"),
    ("today", "2025-11-19"), ("yesterday", "2025-11-18"), ("tomorrow", "2025-11-20"),
    ("+3d", "2025-11-22"), ("+2w", "2025-12-03"), ("+1m", "2025-12-19"), ("+3at", "2025-11-24"), ("+3b", "2025-11-24"),
    ("in 3 Tagen", "2025-11-22"), ("in drei Tagen", "2025-11-22"), ("in 2 Wochen", "2025-12-03"),
    ("in einer Woche", "2025-11-26"), ("in zwei Monaten", "2026-01-19"), ("in 10 days", "2025-11-29"),
    ("nächste Woche", "2025-11-24"), ("naechste Woche", "2025-11-24"), ("nachste woche", "2025-11-24"),
    ("next week", "2025-11-24"), ("nächsten Monat", "2025-12-01"), ("next month", "2025-12-01"),
]  # fmt: skip
LOOKING_BACK = [
    ("vor 3 Tagen", "2025-11-16"), ("vor zwei Wochen", "2025-11-05"), ("vor einem Monat", "2025-10-19"),
    ("3 days ago", "2025-11-16"), ("a week ago", "2025-11-12"),
    ("Freitag", "2025-11-14"), ("Mittwoch", "2025-11-12"), ("letzten Freitag", "2025-11-14"),
    ("letzten Mittwoch", "2025-11-12"), ("last friday", "2025-11-14"), ("this monday", "2025-11-17"),
    ("this friday", "2025-11-21"), ("am Freitag", "2025-11-14"), ("on friday", "2025-11-14"),
    ("3.12.", "2024-12-03"), ("17.11.", "2025-11-17"), ("19.11.", "2025-11-19"), ("kw47", "2025-11-17"),
    ("monatsende", "2025-10-31"), ("Ende Oktober", "2025-10-31"),
]  # fmt: skip
LOOKING_AHEAD = [
    ("fr", "2025-11-21"), ("fr.", "2025-11-21"), ("Fr", "2025-11-21"), ("fri", "2025-11-21"), ("mi", "2025-11-26"),
    ("Mittwoch", "2025-11-26"), ("kommenden Mittwoch", "2025-11-26"), ("kommenden Freitag", "2025-11-21"),
    ("nächsten Freitag", "2025-11-28"), ("next tuesday", "2025-11-25"), ("übernächsten Freitag", "2025-12-05"),
    ("uebernaechsten Freitag", "2025-12-05"), ("next friday", "2025-11-28"), ("this friday", "2025-11-21"),
    ("3.12.", "2025-12-03"), ("3.12.2025", "2025-12-03"), ("3.12.25", "2025-12-03"), ("3. Dezember", "2025-12-03"),
    ("3 December", "2025-12-03"), ("December 3", "2025-12-03"), ("2025-12-03", "2025-12-03"), ("19.11.", "2025-11-19"),
    ("18.11.", "2026-11-18"), ("kw49", "2025-12-01"), ("KW 49", "2025-12-01"), ("kw2", "2026-01-05"),
    ("Anfang Dezember", "2025-12-01"), ("Mitte Dezember", "2025-12-15"), ("Ende Februar", "2026-02-28"),
    ("me", "2025-11-30"), ("eom", "2025-11-30"), ("monatsende", "2025-11-30"), ("qe", "2025-12-31"),
    ("eoq", "2025-12-31"), ("je", "2025-12-31"), ("eoy", "2025-12-31"),
    ("am fr Angebot", "2025-11-21 | Angebot"), ("ab montag", "2025-11-24"), ("bis zum 3.12.", "2025-12-03"),
    ("by friday", "2025-11-21"), ("on monday", "2025-11-24"), ("fr, dann", "2025-11-21 | dann"),
    ("fr; dann", "2025-11-21 | dann"), ("9 Uhr", "09:00"), ("fr um 9", "2025-11-21 09:00"),
    ("fr gegen 14 Uhr", "2025-11-21 ~14:00"), ("fri at 3pm", "2025-11-21 15:00"),
    ("morgen früh anrufen", "2025-11-20 | früh anrufen"), ("fri morning call", "2025-11-21 | morning call"),
    ("fr 9 Uhr abends anrufen", "2025-11-21 21:00 | abends anrufen"),
]  # fmt: skip
TIMES = [
    ("14:30", "14:30"), ("9:15", "09:15"), ("9.30 Uhr", "09:30"), ("9 Uhr", "09:00"), ("9 Uhr 30", "09:30"),
    ("um 9", "09:00"), ("2:30pm", "14:30"), ("3pm", "15:00"), ("halb drei", "14:30"), ("halb 3", "14:30"),
    ("12am", "00:00"), ("12pm", "12:00"), ("14-15 Uhr", "14:00-15:00"), ("14:00-15:30", "14:00-15:30"),
    ("9–10 Uhr", "09:00-10:00"), ("früh", "~08:00"), ("frueh", "~08:00"), ("Vormittag", "~10:00"),
    ("mittag", "~12:00"), ("Nachmittag", "~15:00"), ("abend", "~18:00"), ("morning", "~08:00"), ("noon", "~12:00"),
    ("afternoon", "~15:00"), ("evening", "~18:00"), ("gestern abend", "2025-11-18 ~18:00"),
    ("gestern 14:30", "2025-11-18 14:30"), ("14:30 gestern", "2025-11-18 14:30"),
    ("vorgestern 9-10 Uhr", "2025-11-17 09:00-10:00"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), RELATIVE)
def test_a_relative_day_is_the_same_on_both_sides(text: str, expected: str) -> None:
    assert head(text) == expected
    assert due(text) == expected


@pytest.mark.parametrize(("text", "expected"), LOOKING_BACK)
def test_an_entry_prefers_the_past(text: str, expected: str) -> None:
    assert head(text) == expected


@pytest.mark.parametrize(("text", "expected"), LOOKING_AHEAD)
def test_a_follow_up_prefers_the_future(text: str, expected: str) -> None:
    assert due(text) == expected


@pytest.mark.parametrize(("text", "expected"), TIMES)
def test_a_time_is_read_in_a_head(text: str, expected: str) -> None:
    assert head(text) == expected


@pytest.mark.parametrize(
    "text",
    ["Fr. Mustermann", "Herr Freitag", "mit Müller", "so besprochen", "24/7", "12.500", "9", "2026", "5%", "0821 12345",
     "fr", "di", "me", "je", "am Angebot", "um die Ecke", "an märz", "März", "Ende", "halb", "in Berlin", "vor Ort",
     "nächste Instanz", "next steps", "Mitte", "3.11", "12.12", "5/12", "9h", "45m", "14-15", "+49 171", "+5 %", "bis",
     "letzte Hilfe", "kw", "week", "Q4", "v2.3.", "+3", "am", "um", "", "1.000.000", "10:5", "first"],
)  # fmt: skip
def test_words_that_are_no_dates_are_none_in_a_head(text: str) -> None:
    assert head(text) == "none" if text.strip() else match_when([], 0, now=datetime.now(BERLIN)) is None


@pytest.mark.parametrize(
    "text",
    ["31.2.", "32.1.", "30.2.2026", "29.2.", "1.13.", "0.5.", "2025-02-30", "feb 30", "kw53", "kw54", "kw0", "3.12.99",
     "25:00", "24:00", "9:75", "25 Uhr", "13pm", "0am", "15-14 Uhr", "3 Uhr", "um sieben", "halb sieben",
     "fr 3.12.", "Freitag, den 20.", "letzte Woche", "diese Woche", "this week", "letzten Monat", "kw 47",
     "Montag in einer Woche", "friday after next", "in 2 Wochen am Dienstag", "nächsten Monat am 5.", "3 Dec 26",
     "Montag im Dezember", "+1w Freitag", "20 Uhr morgens", "+9999w", "in 9999 Monaten", "morgen 14:30-14:15"],
)  # fmt: skip
def test_what_does_not_exist_or_has_two_readings_is_refused(text: str) -> None:
    assert due(text) == REFUSED


@pytest.mark.parametrize(
    "text",
    ["3.12", "5/12", "12/2025", "24/7", "9", "2026", "bald", "Dezember", "mo/di", "fr-so", "3.-5.12.", "kw 49/50",
     "nach dem 3.12.", "Ende der Woche", "Wochenende", "nächstes Jahr", "in 2-3 Tagen", "in ein paar Tagen", "2w",
     "Ostern", "asap", "heute/morgen", "15.", "the 3rd", "am 15.", "abend", "in 2 Stunden", "2 Wochen", "12.2025"],
)  # fmt: skip
def test_a_follow_up_without_a_certain_day_is_refused(text: str) -> None:
    assert due(text) == REFUSED


@pytest.mark.parametrize(
    "text",
    ["fr oder mo anrufen", "fr, mo und mi", "3.12. bis 5.12. Messe", "Montag bis Freitag", "morgen oder übermorgen",
     "kw 49 oder 50", "in einem Monat und 2 Tagen", "wed or thu", "fr - so"],
)  # fmt: skip
def test_two_joined_days_are_refused(text: str) -> None:
    assert due(text) == REFUSED


def test_next_says_which_day_was_taken_when_the_readings_differ() -> None:
    differing = read("nächsten Freitag", side="future")
    agreeing = read("nächsten Dienstag", side="future")
    assert differing is not None
    assert agreeing is not None
    assert [str(notice) for notice in differing.notices] == [
        "“nächsten Freitag” was read as 2025-11-28, not 2025-11-21."
    ]
    assert agreeing.notices == []


def test_next_is_the_nearest_when_the_settings_say_so() -> None:
    nearest = DateOptions(next="nearest")
    assert shown("nächsten Freitag", side="future", options=nearest) == "2025-11-21"
    assert shown("next tuesday", side="future", options=nearest) == "2025-11-25"
    assert shown("übernächsten Freitag", side="future", options=nearest) == "2025-11-28"
    assert shown("kommenden Freitag", side="future", options=nearest) == "2025-11-21"


def test_business_hours_decide_which_half_of_the_day() -> None:
    late = DateOptions(business_hours=(14 * 60, 23 * 60))
    assert shown("halb neun", side="past", options=late) == "20:30"
    assert shown("halb neun", side="past") == "08:30"


@pytest.mark.parametrize(
    ("now", "text", "side", "expected"),
    [
        (datetime(2026, 1, 31, 12), "+1m", "future", "2026-02-28"),
        (datetime(2026, 1, 31, 12), "in einem Monat", "future", "2026-02-28"),
        (datetime(2026, 1, 31, 12), "nächsten Monat", "future", "2026-02-01"),
        (datetime(2026, 1, 31, 12), "monatsende", "future", "2026-01-31"),
        (datetime(2026, 1, 31, 12), "monatsende", "past", "2026-01-31"),
        (datetime(2028, 2, 29, 12), "29.2.", "past", "2028-02-29"),
        (datetime(2028, 2, 29, 12), "in einem Jahr", "future", "2029-02-28"),
        (datetime(2028, 2, 29, 12), "28.2.", "future", "2029-02-28"),
        (datetime(2028, 2, 29, 12), "Ende Februar", "future", "2028-02-29"),
        (datetime(2028, 3, 1, 12), "29.2.", "past", "2028-02-29"),
        (datetime(2026, 3, 29, 12), "gestern 2:30", "past", "2026-03-28 02:30"),
        (datetime(2026, 3, 29, 12), "+1d", "future", "2026-03-30"),
        (datetime(2026, 10, 25, 12), "vor 1 Tag", "past", "2026-10-24"),
        (datetime(2025, 12, 31, 23, 59), "morgen", "future", "2026-01-01"),
        (datetime(2025, 12, 31, 23, 59), "+1at", "future", "2026-01-02"),
        (datetime(2025, 12, 31, 23, 59), "1.1.", "future", "2026-01-01"),
        (datetime(2025, 12, 31, 23, 59), "1.1.", "past", "2025-01-01"),
        (datetime(2025, 12, 31, 23, 59), "jahresende", "future", "2025-12-31"),
        (datetime(2025, 12, 31, 23, 59), "kw1", "past", "2025-12-29"),
        (datetime(2025, 12, 31, 23, 59), "kw53", "future", "2026-12-28"),
        (datetime(2025, 11, 23, 9), "so", "future", "2025-11-30"),
        (datetime(2025, 11, 23, 9), "Sonntag", "past", "2025-11-16"),
        (datetime(2025, 11, 23, 9), "nächste Woche", "future", "2025-11-24"),
        (datetime(2025, 11, 23, 9), "nächsten Montag", "future", "2025-11-24"),
        (datetime(2025, 11, 23, 9), "this monday", "past", "2025-11-17"),
        (datetime(2025, 12, 23, 9), "+3at", "future", "2025-12-30"),
    ],
)
def test_a_day_is_right_at_the_edges_of_the_calendar(now: datetime, text: str, side: str, expected: str) -> None:
    assert shown(text, now=now.replace(tzinfo=BERLIN), side=side) == expected


def test_a_time_that_summer_time_skips_is_refused() -> None:
    with pytest.raises(UsageError, match="skips 02:30"):
        local_time(datetime(2026, 3, 29).date(), 150, localize, [])


def test_a_time_that_comes_twice_is_the_first_and_said() -> None:
    notices: list[object] = []
    found = local_time(datetime(2026, 10, 25).date(), 150, localize, notices)  # type: ignore[arg-type]
    assert found.isoformat() == "2026-10-25T02:30:00+02:00"
    assert [str(notice) for notice in notices] == [
        "02:30 comes twice on 2026-10-25; the first was taken.", "02:30 is at night.",
    ]  # fmt: skip


def test_a_gap_is_seen_when_the_system_shifts_the_time_itself() -> None:
    summer = timezone(timedelta(hours=2))
    with pytest.raises(UsageError):
        local_time(
            datetime(2026, 3, 29).date(), 150, lambda naive: (naive + timedelta(hours=1)).replace(tzinfo=summer), []
        )


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("3.12", "Write 3.12. for the day or 3:12 for the time."),
        ("getsern", "Did you mean “gestern”?"),
        ("5/12", "Write the day first, with full stops: 3.12."),
        ("bald", "For example: fri, tomorrow, +3d, 3.12., in 2 weeks."),
    ],
)
def test_an_unreadable_date_comes_with_a_way_out(text: str, hint: str) -> None:
    error = unreadable_when(split_words(text), 0)
    assert (error.hint or "").format_map(error.params) == hint
    assert (error.params["start"], error.params["end"]) == (0, len(text))


def test_the_nearest_date_word_keeps_to_the_allowed_typing_errors() -> None:
    assert nearest_date_word("freitga") == "freitag"
    assert nearest_date_word("müllermeister") is None
    assert nearest_date_word("fr") is None


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("45m", 45), ("90min", 90), ("1h", 60), ("1,5h", 90), ("1.5h", 90), ("1h30", 90), ("2std", 120), ("0,25h", 15),
     ("1h30m", 90), ("9h", 540), ("45 min", 45), ("2 Stunden", 120), ("eine Stunde", 60), ("1h30min", 90),
     ("45", None), ("0m", None), ("h", None), ("1h75", None), ("m", None), ("3mm", None), ("1,333h", None),
     ("1000000m", None), ("45m2", None), ("1h3", None), ("4 Müller", None), ("-5m", None)],
)  # fmt: skip
def test_a_duration_is_read_or_left(text: str, minutes: int | None) -> None:
    found = read_duration(split_words(text), 0)
    assert (found[1] if found else None) == minutes


def test_only_a_glued_duration_counts_beside_free_text() -> None:
    assert read_duration(split_words("45 min"), 0, glued=True) is None
    assert read_duration(split_words("45min"), 0, glued=True) == (1, 45)


_PIECES = st.sampled_from(
    [*sorted({*DATE_WORDS, *MONTHS, *NUMBERS, *UNITS, *WHICH, *SHORT_WEEKDAYS}), *"""
    in vor am um bis halb viertel nach uhr pm am kw kw49 +3d +1m +3at 3. 12. 31.2. 3.12. 29.2. 14:30 9 25:00 14-15 2025
    26 ende mitte of the - oder ago after next woche monat ² ٣ 0 99999 , . 3.12.2025. 1h30""".split()]
)  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(st.lists(st.one_of(_PIECES, st.text(max_size=8)), max_size=9), st.sampled_from(["past", "future"]),
       st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2100, 1, 1)))  # fmt: skip
def test_any_words_are_read_or_refused(pieces: list[str], side: str, now: datetime) -> None:
    text = " ".join(pieces)
    try:
        when = read(text, now=now.replace(tzinfo=BERLIN), side=side)
    except UsageError as refusal:
        error = refusal
    else:
        if when is not None:
            assert when.next > 0
            assert 0 < when.end <= 80
            assert when.day is not None or when.minute is not None
            assert when.minute is None or 0 <= when.minute < 1440
            assert when.day is None or abs(when.day.year - now.year) <= 100
        return
    assert marks_a_place(error, text)
