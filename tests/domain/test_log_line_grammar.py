"""The grammar of the line: heads, sigils, marks, keys, follow-ups, escapes."""

from __future__ import annotations

import pytest

from crm_cli.domain.log_line import LogOptions
from crm_cli.errors import UsageError
from tests.domain.address_book import AddressBook
from tests.domain.line_reading import parse, said

LINES = [
    # Kinds
    ("Tel. hans müller: hi", {"kind": "call", "whos": ["Hans Müller"], "text": "hi"}),
    ("VORORT hans müller: hi", {"kind": "visit", "whos": ["Hans Müller"], "text": "hi"}),
    ("a hans müller: hi", {"kind": "call", "whos": ["Hans Müller"], "text": "hi"}),
    ("a @hans hi", {"kind": "call", "whos": ["Hans Müller"], "text": "hi"}),
    ("@hans a hi", {"kind": "call", "whos": ["Hans Müller"], "text": "hi"}),
    ("a hans gestern", {"text": "a hans gestern"}),
    ("a +messe hi", {"text": "a hi", "tags": ["messe"]}),
    ("note hans müller gestern", {"text": "note hans müller gestern"}),
    ("notiz +messe voll", {"text": "voll", "tags": ["messe"]}),
    ("na bob miller: voicemail", {"kind": "call", "outcome": "no_answer", "whos": ["Bob Miller"], "text": "voicemail"}),
    ("na bob miller: v out:busy", {"kind": "call", "outcome": "busy", "whos": ["Bob Miller"], "text": "v"}),
    ("gestern besuch hans müller: ok", {"kind": "visit", "whos": ["Hans Müller"], "text": "ok", "all_day": True,
                                        "at": "2025-11-18"}),
    ("14:30 besuch hans müller gestern: ok", {"kind": "visit", "whos": ["Hans Müller"], "text": "ok",
                                              "at": "2025-11-18T14:30:00+01:00"}),
    ("besuch hans müller", {"kind": "visit", "whos": ["Hans Müller"]}),
    ("ne petra märz wv:morgen nochmal", {"kind": "call", "outcome": "no_answer", "whos": ["Petra März"],
                                         "followups": [("nochmal", "2025-11-20")]}),
    ("besuch hans müller gestern 14:30", {"kind": "visit", "whos": ["Hans Müller"],
                                          "at": "2025-11-18T14:30:00+01:00"}),
    ("@hans besuch: lief gut", {"kind": "visit", "whos": ["Hans Müller"], "text": "lief gut"}),
    ("@jana, @anna: Termin", {"kind": "meeting", "whos": ["Jana Schmidt", "Anna Schmidt"]}),
    ("@hans lief gut besuch", {"whos": ["Hans Müller"], "text": "lief gut besuch"}),
    # Directions
    ("anruf an hans müller: x", {"kind": "call", "direction": "out", "whos": ["Hans Müller"], "text": "x"}),
    ("meeting with bob miller at 9: x", {"kind": "meeting", "whos": ["Bob Miller"], "text": "x",
                                         "at": "2025-11-19T09:00:00+01:00"}),
    ("call to acme: x", {"kind": "call", "direction": "out", "whos": ["Acme Inc"], "text": "x"}),
    ("visit at acme yesterday at 9: x", {"kind": "visit", "direction": "out", "whos": ["Acme Inc"], "text": "x",
                                         "at": "2025-11-18T09:00:00+01:00"}),
    ("besuch am freitag bei acme: x", {"kind": "visit", "direction": "out", "whos": ["Acme Inc"], "text": "x",
                                       "at": "2025-11-14", "all_day": True}),
    ("anruf von @hans: will Angebot", {"kind": "call", "direction": "in", "whos": ["Hans Müller"],
                                       "text": "will Angebot"}),
    # Plain text and what is no mark
    ("+49 171 1234 angerufen", {"text": "+49 171 1234 angerufen"}),
    ("+5 % Rabatt @ Messe", {"text": "+5 % Rabatt @ Messe"}),
    ("Post an info@acme.com raus", {"text": "Post an info@acme.com raus"}),
    ("Angebot raus wv:fr nachfassen", {"text": "Angebot raus", "followups": [("nachfassen", "2025-11-21")]}),
    ("Pfad C:\\Temp\\neu und k:\\Daten", {"text": "Pfad C:\\Temp\\neu und k:\\Daten"}),
    ("Siehe ticket://4711 und z.B.:x", {"text": "Siehe ticket://4711 und z.B.:x"}),
    ("Wir sagten +a&b dazu", {"text": "Wir sagten +a&b dazu"}),
    ("bedarf: offen", {"whos": [None], "text": "offen"}),
    # Tags and punctuation behind a mark
    ("@hans lief gut +messe.", {"whos": ["Hans Müller"], "text": "lief gut.", "tags": ["messe"]}),
    ("@hans +a +b-2 +a", {"whos": ["Hans Müller"], "tags": ["a", "b-2"]}),
    ("@hans: lief gut", {"whos": ["Hans Müller"], "text": "lief gut"}),
    ("lief gut mit @hans, wirklich", {"whos": ["Hans Müller"], "text": "lief gut mit, wirklich"}),
    # Keys
    ("@hans x wert:12,5k p:60% phase:angebot deal:umbau", {"whos": ["Hans Müller"], "text": "x",
                                                           "deal": ("umbau", "angebot", "12500.00", 60)}),
    ("@hans x value:12.5k stage:offer", {"whos": ["Hans Müller"], "text": "x",
                                         "deal": (None, "offer", "12500.00", None)}),
    ("@hans x wert:12.500", {"whos": ["Hans Müller"], "text": "x", "deal": (None, None, "12500.00", None)}),
    ("@hans x value:12,500€", {"whos": ["Hans Müller"], "text": "x", "deal": (None, None, "12500.00", None)}),
    ("@hans x WERT:5k", {"whos": ["Hans Müller"], "text": "x", "deal": (None, None, "5000.00", None)}),
    ("@hans x k:herbst camp:herbst need:wartung req:quote", {
        "whos": ["Hans Müller"], "text": "x", "campaign": "herbst", "needs": ["wartung"],
        "requests": [("quote", "x")]}),
    ("@hans km:42,5 x", {"whos": ["Hans Müller"], "text": "x", "km": 42.5}),
    ("@hans am:gestern abend lief gut", {"whos": ["Hans Müller"], "text": "lief gut", "approximate": True,
                                         "at": "2025-11-18T18:00:00+01:00"}),
    ("@hans at:fri 14:30 demo ok", {"whos": ["Hans Müller"], "text": "demo ok", "at": "2025-11-14T14:30:00+01:00"}),
    ("@hans wartung bedraf:pumpe", {"whos": ["Hans Müller"], "text": "wartung bedraf:pumpe",
                                    "warnings": ["“bedraf:pumpe” stayed in the text; the key is “bedarf:”."]}),
    ("@hans bedraf: pumpe bedarg://x.de", {"whos": ["Hans Müller"], "text": "bedraf: pumpe bedarg://x.de"}),
    # Follow-ups
    ("@hans x wv:fr, Angebot; wv:mo.", {"whos": ["Hans Müller"], "text": "x",
                                        "followups": [("Angebot;", "2025-11-21"), ("x", "2025-11-24")]}),
    ("@hans wv:morgen", {"whos": ["Hans Müller"], "followups": [("@hans", "2025-11-20")]}),
    ("@hans x todo:ablegen next:mon call", {"whos": ["Hans Müller"], "text": "x",
                                            "followups": [("ablegen", None), ("call", "2025-11-24")]}),
    ("@hans x todo: fr ablegen", {"whos": ["Hans Müller"], "text": "x", "followups": [("ablegen", "2025-11-21")]}),
    ("@hans x wv:fr @jana dazu +messe :: und km:3", {
        "whos": ["Hans Müller", "Jana Schmidt"], "text": "x", "tags": ["messe"], "km": 3,
        "followups": [("dazu :: und", "2025-11-21")]}),
    ("@hans x wv:fr 10 Angebote", {"whos": ["Hans Müller"], "text": "x", "followups": [("10 Angebote", "2025-11-21")]}),
    ("@hans x wv:Freitagnachmittag anrufen", {"whos": ["Hans Müller"], "text": "x",
                                              "followups": [("nachmittag anrufen", "2025-11-21")]}),
    ("@hans x wv:fr Freitag anrufen", {"whos": ["Hans Müller"], "text": "x",
                                       "followups": [("Freitag anrufen", "2025-11-21")]}),
    ("wv:fr Angebot", {"followups": [("Angebot", "2025-11-21")]}),
    # Details and literal text
    ("@hans kurz :: lang und +tag breit", {"whos": ["Hans Müller"], "text": "kurz", "details": "lang und breit",
                                           "tags": ["tag"]}),
    ("@hans xy :: b wv:fr c -- +d wv:e", {"whos": ["Hans Müller"], "text": "xy +d wv:e", "details": "b",
                                         "followups": [("c", "2025-11-21")]}),
    ("note: -- @hans wv:fr", {"text": "@hans wv:fr"}),
    ("-- besuch hans müller: x", {"text": "besuch hans müller: x"}),
    ("note: Ende --", {"text": "Ende --"}),
    # Escapes
    ("\\Achtung: \\@hier \\+plus \\wv:fr \\-- \\:: Ende\\: da", {"text": "Achtung: @hier +plus wv:fr -- :: Ende: da"}),
    ("Ende\\: da", {"text": "Ende: da"}),
    ("note: \\n bleibt \\Ref:x auch", {"text": "\\n bleibt \\Ref:x auch"}),
    # Blanks stay
    ("note: zwei  Blanks   innen ", {"text": "zwei  Blanks   innen "}),
    ("note:  führend", {"text": " führend"}),
    ("note: a  +x  b", {"text": "a  b", "tags": ["x"]}),
    ("note: +x  b", {"text": "b", "tags": ["x"]}),
    ("note: Zeile\nzwei", {"text": "Zeile\nzwei"}),
    # Durations
    ("@hans 45m besprochen 30m", {"whos": ["Hans Müller"], "duration": 45, "text": "besprochen 30m"}),
    ("besuch hans müller 45 min: x", {"kind": "visit", "whos": ["Hans Müller"], "duration": 45, "text": "x"}),
    ("besuch 1,5h hans müller: x", {"kind": "visit", "whos": ["Hans Müller"], "duration": 90, "text": "x"}),
    ("besuch hans müller 9-10 Uhr 60m: x", {"kind": "visit", "whos": ["Hans Müller"], "duration": 60, "text": "x",
                                            "at": "2025-11-19T09:00:00+01:00"}),
    # What without who
    ("besuch: Kunde nicht da", {"kind": "visit", "text": "Kunde nicht da"}),
    ("gestern: Lager geräumt", {"at": "2025-11-18", "all_day": True, "text": "Lager geräumt"}),
    ("heute früh: Büro", {"at": "2025-11-19T08:00:00+01:00", "approximate": True, "text": "Büro"}),
]  # fmt: skip
REFUSED = [
    ("", "There is nothing to log.", None),
    ("   ", "There is nothing to log.", None),
    ("besuch", "The line says neither who nor what.", "besuch"),
    ("besuch gestern:", "The line says neither who nor what.", "besuch gestern:"),
    ("+messe", "The line says neither who nor what.", "+messe"),
    ("wv:fr", "The line says neither who nor what.", "wv:fr"),
    ("besuch hans müller lief gut", "The colon after the name is missing.", "hans müller lief gut"),
    ("besuch hans müller +messe lief gut", "The colon after the name is missing.", " +messe lief gut"),
    ("ne katrin brandt wv:morgen nochmal", "The colon after the name is missing.", "katrin brandt"),
    ("messe war super", "The colon after the name is missing.", "war super"),
    ("besuch hans müller gestern mittag kurz: x", "“kurz” cannot be read here.", "kurz"),
    ("besuch hans 45m müller: x", "“müller” cannot be read here.", "müller"),
    ("besuch hans müller gestern 18.11.: x", "“18.11.” is a second date.", "18.11."),
    ("besuch hans müller gestern freitag: x", "“freitag” is a second date.", "freitag"),
    ("besuch hans müller 9 Uhr gestern 10 Uhr: x", "“10 Uhr” is a second date.", "10 Uhr"),
    ("besuch hans müller 45m 1h: x", "“1h” is a second duration.", "1h"),
    ("besuch hans müller 9-10 Uhr 45m: x", "From start to end are 60 minutes, not 45.", "9-10 Uhr"),
    ("besuch hans müller 31.2.: x", "There is no day “31.2.” in 2025.", "31.2."),
    ("besuch hans müller 25:00: x", "“25:00” is no time of the day.", "25:00"),
    ("besuch hans müller letzte Woche: x", "“letzte Woche” names no day.", "letzte Woche"),
    ("termin mit hans müller und: x", "A name is missing beside “und”.", "und"),
    ("mail an märz gestern: x am:17.11.", "The day is given in the head and once more behind a key.", "17.11."),
    ("@hans am:bald x", "“bald” is no date.", "bald"),
    ("@hans am:gestern am:heute x", "“am:” is given twice.", "am:heute"),
    ("@hans wv:bald x", "“bald” is no date.", "bald"),
    ("@hans wv: x", "“x” is no date.", "x"),
    ("@hans x wv:", "“wv:” needs a date.", "wv:"),
    ("@hans wv:3.12 x", "“3.12” is no date.", "3.12"),
    ("@hans wv:31.2. x", "There is no day “31.2.” in 2026.", "31.2."),
    ("@hans wv:fr 25:00 x", "“25:00” is no time of the day.", "25:00"),
    ("@hans todo:so schnell wie möglich", "“so” is a date or a word of the task.", "so"),
    ("@hans todo:Fr. Müller anrufen", "“Fr.” is a date or a word of the task.", "Fr."),
    ("@hans wert:viel", "“viel” is no amount.", "wert:viel"),
    ("@hans wert:1.2", "“1.2” is no amount.", "wert:1.2"),
    ("@hans value:12.500", "“12.500” is no amount.", "value:12.500"),
    ("@hans value:12,500 USD", "“USD” belongs to the amount, but a blank parts them.", "value:12,500 USD"),
    ("@hans wert:12 $, bald", "“$” belongs to the amount, but a blank parts them.", "wert:12 $"),
    ("@hans wert:12 k", "“k” belongs to the amount, but a blank parts them.", "wert:12 k"),
    ("@hans p:120", "“p:120” is no percentage from 0 to 100.", "p:120"),
    ("@hans p:halb", "“p:halb” is no percentage from 0 to 100.", "p:halb"),
    ("@hans km:1.000", "“km:1.000” is no distance in kilometres.", "km:1.000"),
    ("@hans ticket:1 ticket:2", "“ticket:” is given twice.", "ticket:2"),
]


@pytest.mark.parametrize(("text", "expected"), LINES)
def test_a_line_is_read(text: str, expected: dict[str, object]) -> None:
    assert said(parse(text)) == expected


@pytest.mark.parametrize(("text", "message", "place"), REFUSED)
def test_a_line_that_cannot_be_read_says_where(text: str, message: str, place: str | None) -> None:
    with pytest.raises(UsageError) as refusal:
        parse(text)
    assert str(refusal.value) == message
    if place is not None:
        assert text[refusal.value.params["start"] : refusal.value.params["end"]] == place


def test_kinds_keys_and_currency_can_be_configured() -> None:
    options = LogOptions(
        kinds={"Wartung": "service", "vb": "visit"}, keys={"frist": "wv", "summe": "value"}, currency="CHF"
    )
    line = parse("wartung hans müller: Filter summe:1.5k frist:fr Bericht", options=options)
    assert said(line) == {
        "kind": "service", "whos": ["Hans Müller"], "text": "Filter", "deal": (None, None, "1500.00", None),
        "followups": [("Bericht", "2025-11-21")],
    }  # fmt: skip
    assert line.value is not None
    assert line.value.currency == "CHF"
    assert said(parse("@hans x frist:fr y"))["text"] == "x frist:fr y"


def test_the_same_value_twice_is_no_contradiction() -> None:
    assert parse("@hans x ticket:1 ticket:1").ticket == "1"


def test_an_escaped_mark_asks_nobody() -> None:
    book = AddressBook()
    parse("Schild \\@hier gesehen", book=book)
    assert book.asked == []


@pytest.mark.parametrize(
    ("text", "suggestions"),
    [
        ("anrf hans müller: x", ("anruf",)),
        ("besuch müller getsern: x", ("gestern",)),
        ("besuch müller 3.12: x", ("3.12.",)),
        ("besuch müller fr: x", ("freitag", "friday")),
        ("besuch Montag: x", ("am Montag",)),
        ("visit monday: x", ("on monday",)),
        ("besuch unbekannt gmbh: x", ()),
    ],
)
def test_an_unknown_name_comes_with_the_nearest_kind_or_date_word(text: str, suggestions: tuple[str, ...]) -> None:
    (who,) = parse(text).whos
    assert who.matches == ()
    assert who.suggestions == suggestions
