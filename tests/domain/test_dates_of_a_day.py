"""A rep's day in phrases the specification does not list: every one is right or refused, none silently wrong.

`past` rows stand in the head of an entry, `future` rows behind a follow-up key.
"""

from __future__ import annotations

import pytest

from tests.domain.date_reading import REFUSED, due, head

# Wednesday 2025-11-19 10:00.
GERMAN = [
    ("past", "vorgestern Nachmittag um halb vier", "2025-11-17 15:30"),
    ("past", "gestern früh um 8", "2025-11-18 08:00"),
    ("past", "heute Morgen", "2025-11-19 ~08:00"),
    ("past", "heute vormittag", "2025-11-19 ~10:00"),
    ("past", "letzten Freitagnachmittag", "2025-11-14 ~15:00"),
    ("past", "vor acht Tagen", "2025-11-11"),
    ("past", "gestern von 13 bis 14:30 Uhr", "2025-11-18 13:00-14:30"),
    ("past", "am Montag gegen 10 Uhr", "2025-11-17 ~10:00"),
    ("past", "viertel nach neun", "09:15"),
    ("past", "gestern viertel vor zwölf", "2025-11-18 11:45"),
    ("past", "gestern 8 Uhr abends", "2025-11-18 20:00"),
    ("past", "um fünf vor halb drei", "14:25"),
    ("past", "gestern um 3", "2025-11-18 15:00"),
    ("past", "Dienstag, 18.11.", "2025-11-18"),
    ("past", "am 1. Oktober 2025", "2025-10-01"),
    ("past", "vergangenen Donnerstag 9.30 Uhr", "2025-11-13 09:30"),
    ("past", "letzte Woche Dienstag", "2025-11-11"),
    ("past", "gestern um 7", REFUSED),
    ("past", "gestern 4 Uhr", REFUSED),
    ("past", "30. Februar", REFUSED),
    ("future", "Montag früh anrufen", "2025-11-24 | früh anrufen"),
    ("future", "nächste Woche Mittwoch nachfassen", "2025-11-26 | nachfassen"),
    ("future", "Freitag nächster Woche Muster", "2025-11-28 | Muster"),
    ("future", "Anfang nächsten Monats Budget", "2025-12-01 | Budget"),
    ("future", "Ende des Monats Rechnung", "2025-11-30 | Rechnung"),
    ("future", "in 14 Tagen nachhaken", "2025-12-03 | nachhaken"),
    ("future", "in drei Arbeitstagen", "2025-11-24"),
    ("future", "Do um 8 Uhr Termin", "2025-11-20 08:00 | Termin"),
    ("future", "heute in einer Woche anrufen", "2025-11-26 | anrufen"),
    ("future", "Freitag in einer Woche anrufen", "2025-11-28 | anrufen"),
    ("future", "Di, 2.12. um 9 Abnahme", "2025-12-02 09:00 | Abnahme"),
    ("future", "Freitag, den 28. Wartung", "2025-11-28 | Wartung"),
    ("future", "2.1. Neujahrsgruß", "2026-01-02 | Neujahrsgruß"),
    ("future", "Mitte Jänner Jahresgespräch", "2026-01-15 | Jahresgespräch"),
    ("future", "KW 2 Mittwoch Schulung", "2026-01-07 | Schulung"),
    ("future", "kommende Woche Angebot", "2025-11-24 | Angebot"),
    ("future", "übernächste Woche Montag", "2025-12-01"),
    ("future", "morgen, 13 Uhr Muster schicken", "2025-11-20 13:00 | Muster schicken"),
    ("future", "Freitag vor Weihnachten", REFUSED),
    ("future", "Ende nächster Woche", REFUSED),
    ("future", "in anderthalb Wochen", REFUSED),
    ("future", "zwischen Mo und Mi", REFUSED),
    ("future", "am Wochenende", REFUSED),
    ("future", "Mo oder Di anrufen", REFUSED),
]
ENGLISH = [
    ("past", "yesterday evening", "2025-11-18 ~18:00"),
    ("past", "the day before yesterday", "2025-11-17"),
    ("past", "two days ago at 3pm", "2025-11-17 15:00"),
    ("past", "last thursday 10-11am", "2025-11-13 10:00-11:00"),
    ("past", "half past two", "14:30"),
    ("past", "quarter to nine", "08:45"),
    ("past", "monday morning", "2025-11-17 ~08:00"),
    ("past", "nov 5th", "2025-11-05"),
    ("past", "on the 3rd of November", "2025-11-03"),
    ("past", "last week", REFUSED),
    ("future", "the day after tomorrow call", "2025-11-21 | call"),
    ("future", "friday next week demo", "2025-11-28 | demo"),
    ("future", "end of month invoice", "2025-11-30 | invoice"),
    ("future", "in two weeks follow up", "2025-12-03 | follow up"),
    ("future", "thursday at half past nine", "2025-11-20 09:30"),
    ("future", "dec 3rd, 2025 kick-off", "2025-12-03 | kick-off"),
    ("future", "on the 3rd of December sign", "2025-12-03 | sign"),
    ("future", "tomorrow 9 am ring back", "2025-11-20 09:00 | ring back"),
    ("future", "a week from today", "2025-11-26"),
    ("future", "in 5 business days", "2025-11-26"),
    ("future", "mid-january review", "2026-01-15 | review"),
    ("future", "friday after next", REFUSED),
    ("future", "this week", REFUSED),
    ("future", "12/3 call", REFUSED),
    ("future", "over the weekend", REFUSED),
]


@pytest.mark.parametrize(("side", "text", "expected"), GERMAN + ENGLISH)
def test_a_phrase_of_a_day_is_right_or_refused(side: str, text: str, expected: str) -> None:
    found = head(text) if side == "past" else due(text)
    assert found == expected


def test_there_are_enough_phrases_that_are_read() -> None:
    assert sum(expected != REFUSED for _, _, expected in GERMAN) >= 31
    assert sum(expected != REFUSED for _, _, expected in ENGLISH) >= 14
