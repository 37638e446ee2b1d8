"""The lines of the specification, and what stands beside each."""

from __future__ import annotations

from datetime import date

import pytest

from crm_cli.domain.log_line import PARSER_VERSION
from crm_cli.errors import UsageError
from tests.domain.line_reading import names, parse, said

SPECIFIED = [
    (
        "besuch müller ehrler gestern 14:30 45m: Prüfstand gesehen, will Angebot wv:fr Angebot senden",
        {"kind": "visit", "whos": ["Hans Müller"], "at": "2025-11-18T14:30:00+01:00", "duration": 45,
         "text": "Prüfstand gesehen, will Angebot", "followups": [("Angebot senden", "2025-11-21")]},
    ),
    (
        "visit miller acme yesterday 2:30pm 45m: saw test bench, wants quote fu:fri send quote",
        {"kind": "visit", "whos": ["Bob Miller"], "at": "2025-11-18T14:30:00+01:00", "duration": 45,
         "text": "saw test bench, wants quote", "followups": [("send quote", "2025-11-21")]},
    ),
    (
        "Anruf von Frau Freitag: will Angebot, Rabatt 5%",
        {"kind": "call", "direction": "in", "whos": ["Sabine Freitag"], "text": "will Angebot, Rabatt 5%"},
    ),
    (
        "tel bei Fr. März am Freitag: nicht da",
        {"kind": "call", "direction": "out", "whos": ["Petra März"], "at": "2025-11-14", "all_day": True,
         "text": "nicht da"},
    ),
    (
        "ne mueller.hans: Mailbox wv:+1at erneut",
        {"kind": "call", "outcome": "no_answer", "whos": ["Hans Müller"], "text": "Mailbox",
         "followups": [("erneut", "2025-11-20")]},
    ),
    (
        "termin mit Hans Müller und Anna Schmidt 1h30: Lastenheft +messe",
        {"kind": "meeting", "whos": ["Hans Müller", "Anna Schmidt"], "duration": 90, "text": "Lastenheft",
         "tags": ["messe"]},
    ),
    (
        "@ehrler/müller besuch 3.12. lief gut",
        {"kind": "visit", "whos": ["Hans Müller"], "text": "3.12. lief gut"},
    ),
    (
        "besuch @ehrler/müller @anna.schmidt 90min Wartung bedarf:wartung wv:+3at Vertrag wv:kw49 nachfassen",
        {"kind": "visit", "whos": ["Hans Müller", "Anna Schmidt"], "duration": 90, "text": "Wartung",
         "needs": ["wartung"], "followups": [("Vertrag", "2025-11-24"), ("nachfassen", "2025-12-01")]},
    ),
    (
        "reklamation kettenbaum: Lieferung 24/7 beschädigt, Ref: http://x.de/a:b ticket:4711",
        {"kind": "complaint", "whos": ["Kettenbaum AG"], "ticket": "4711",
         "text": "Lieferung 24/7 beschädigt, Ref: http://x.de/a:b"},
    ),
    (
        "Muller: so besprochen mit Team -- wv:fr bleibt Text",
        {"whos": ["Jürgen Muller"], "text": "so besprochen mit Team wv:fr bleibt Text"},
    ),
    (
        "call from miller yesterday 9:15: wants quote fu:fri send it",
        {"kind": "call", "direction": "in", "whos": ["Bob Miller"], "at": "2025-11-18T09:15:00+01:00",
         "text": "wants quote", "followups": [("send it", "2025-11-21")]},
    ),
    (
        "visit acme last friday 2h: demo ok fu:+2w call back",
        {"kind": "visit", "whos": ["Acme Inc"], "at": "2025-11-14", "all_day": True, "duration": 120,
         "text": "demo ok", "followups": [("call back", "2025-12-03")]},
    ),
    (
        "mail an märz: Angebot raus am:17.11. wv:übermorgen 9 Uhr nachhaken",
        {"kind": "mail", "direction": "out", "whos": ["Petra März"], "at": "2025-11-17", "all_day": True,
         "text": "Angebot raus", "followups": [("nachhaken", "2025-11-21T09:00:00+01:00")]},
    ),
    (
        "besuch anna schmidt vorgestern 9-10 Uhr: Abnahme wv: fr. Protokoll km:31",
        {"kind": "visit", "whos": ["Anna Schmidt"], "at": "2025-11-17T09:00:00+01:00", "duration": 60,
         "text": "Abnahme", "km": 31, "followups": [("Protokoll", "2025-11-21")]},
    ),
    (
        "tel mit ehrler prüftechnik: Rückruf",
        {"kind": "call", "whos": ["Ehrler Prüftechnik GmbH"], "text": "Rückruf"},
    ),
    (
        "auftrag:angebot @müller.hans bitte Angebot Prüfstand 2 Stk.",
        {"whos": ["Hans Müller"], "text": "bitte Angebot Prüfstand 2 Stk.",
         "requests": [("angebot", "bitte Angebot Prüfstand 2 Stk.")]},
    ),
    (
        "note: 90-thousand boxes at http://example.com (cde)",
        {"text": "90-thousand boxes at http://example.com (cde)"},
    ),
    ("besuch unbekannt gmbh: Erstkontakt", {"kind": "visit", "whos": [None], "text": "Erstkontakt"}),
    ("@sommer so besprochen", {"whos": [["Tom Sommer", "Sommer GmbH"]], "text": "so besprochen"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SPECIFIED)
def test_a_line_of_the_specification_gives_what_stands_beside_it(text: str, expected: dict[str, object]) -> None:
    line = parse(text)
    assert said(line) == expected
    assert line.raw == text


def test_a_missing_colon_is_refused_when_words_follow_the_date() -> None:
    text = "besuch hans müller gestern Prüfstand gezeigt"
    with pytest.raises(UsageError, match="colon after the name is missing") as refusal:
        parse(text)
    assert text[refusal.value.params["start"] : refusal.value.params["end"]] == "Prüfstand gezeigt"


def test_today_is_now_and_another_day_is_all_day() -> None:
    assert parse("besuch hans müller heute: x").at.isoformat() == "2025-11-19T10:00:00+01:00"
    assert parse("besuch hans müller gestern: x").at == date(2025, 11, 18)


def test_a_future_entry_is_read_with_a_warning() -> None:
    warnings = said(parse("besuch hans müller morgen: x"))["warnings"]
    assert warnings == ["The entry lies in the future (2025-11-20)."]
    assert "warnings" in said(parse("besuch hans müller 14:30: x"))
    assert "warnings" not in said(parse("besuch hans müller 9:30: x"))


def test_a_follow_up_in_the_past_is_read_with_a_warning() -> None:
    assert said(parse("@jana x wv:gestern y"))["warnings"] == ["The follow-up lies in the past (2025-11-18)."]


def test_a_part_of_the_day_is_approximate_in_a_head_and_text_in_a_follow_up() -> None:
    line = parse("besuch hans müller gestern abend: x wv:morgen früh anrufen")
    assert (line.at.isoformat(), line.approximate) == ("2025-11-18T18:00:00+01:00", True)
    assert [(task.text, task.due) for task in line.followups] == [("früh anrufen", date(2025, 11, 20))]


def test_spans_name_every_word_of_the_line() -> None:
    text = "besuch von müller, ehrler gestern 45m: lief gut +messe wv:fr senden"
    line = parse(text)
    assert [(name, text[start:end], meaning) for name, start, end, meaning in line.spans] == [
        ("kind", "besuch", "visit"),
        ("direction", "von", "in"),
        ("who", "müller, ehrler", "müller, ehrler"),
        ("when", "gestern", "2025-11-18"),
        ("duration", "45m", "45 min"),
        ("colon", ":", ""),
        ("text", "lief gut", ""),
        ("tag", "+messe", "messe"),
        ("followup", "wv:fr", "2025-11-21"),
        ("task", "senden", ""),
    ]


def test_the_parser_has_a_version() -> None:
    assert PARSER_VERSION >= 1


def test_a_time_that_summer_time_skips_is_refused_in_a_line() -> None:
    with pytest.raises(UsageError, match="skips 02:30"):
        parse("besuch hans müller 30.3.2025 2:30: x")


def test_names_are_reported_not_raised() -> None:
    assert names(parse("termin mit unbekannt und schmidt: x")) == [None, ["Jana Schmidt", "Anna Schmidt"]]
