"""Who a line names: names before dates, wholes before parts, few questions to the index."""

from __future__ import annotations

import pytest

from tests.domain.address_book import BOOK, AddressBook
from tests.domain.line_reading import names, parse, said

WEEKEND_PEOPLE = (
    ("Peter Sonntag", "Samstag Logistik GmbH"),
    ("Peter Groß", "Kaiser KG"),
    ("Anna Morgen", "Abend & Söhne"),
    ("Ole Petersen", "Nord GmbH"),
    ("Ole Hansen", "Süd GmbH"),
    ("Maria Klein", "Freitag Druck GmbH"),
    ("Maria Lang", "Montan AG"),
    ("Uwe Heute", None),
    ("Ute May", None),
)
FIRMS = ("3M", "Müller und Söhne KG", "Ole", "Hin und Her GmbH")
FRIDAY, SUNDAY = "2025-11-14", "2025-11-16"


def weekend() -> AddressBook:
    return AddressBook(WEEKEND_PEOPLE, FIRMS)


@pytest.mark.parametrize(
    ("text", "who", "at"),
    [
        ("peter sonntag: x", ["Peter Sonntag"], None),
        ("peter sonntag sonntag: x", ["Peter Sonntag"], SUNDAY),
        ("besuch peter sonntag am sonntag: x", ["Peter Sonntag"], SUNDAY),
        ("besuch samstag logistik: x", ["Samstag Logistik GmbH"], None),
        ("besuch samstag logistik freitag: x", ["Samstag Logistik GmbH"], FRIDAY),
        ("besuch peter groß sonntag: x", ["Peter Groß"], SUNDAY),
        ("besuch ute may, sonntag: x", ["Ute May"], SUNDAY),
        ("besuch sonntag, peter: x", ["Peter Sonntag"], None),
        ("besuch maria freitag: x", ["Maria Klein"], None),
        ("besuch maria am freitag: x", [["Maria Klein", "Maria Lang"]], FRIDAY),
        ("besuch maria lang freitag: x", ["Maria Lang"], FRIDAY),
        ("anna morgen: x", ["Anna Morgen"], None),
        ("besuch uwe heute: x", ["Uwe Heute"], None),
        ("besuch uwe heute heute: x", ["Uwe Heute"], None),
        ("besuch abend: x", ["Abend & Söhne"], None),
        ("besuch Frau Sonntag: x", ["Peter Sonntag"], None),
        ("besuch sonntag 14:30: x", ["Peter Sonntag"], "2025-11-19T14:30:00+01:00"),
        ("anruf bei sonntag: x", ["Peter Sonntag"], None),
        ("termin mit peter groß und sonntag: x", ["Peter Groß", "Peter Sonntag"], None),
        ("termin mit peter groß, ute may und peter sonntag gestern: x", ["Peter Groß", "Ute May", "Peter Sonntag"],
         "2025-11-18"),
        ("besuch 3M: x", ["3M"], None),
        ("besuch Firma 3M: x", ["3M"], None),
        ("müller und söhne: x", ["Müller und Söhne KG"], None),
        ("termin mit müller und söhne und ute may: x", ["Müller und Söhne KG", "Ute May"], None),
        ("besuch hin und her, ole hansen: x", ["Hin und Her GmbH", "Ole Hansen"], None),
        ("call ute may 3 may: x", ["Ute May"], "2025-05-03"),
    ],
)  # fmt: skip
def test_a_date_word_is_a_name_where_somebody_is_called_so(text: str, who: list[object], at: str | None) -> None:
    found = said(parse(text, book=weekend()))
    assert found["whos"] == who
    assert found.get("at") == at


def test_a_weekday_alone_is_a_name_even_when_nobody_has_it() -> None:
    assert names(parse("Anruf Montag: niemand da")) == [None]
    assert names(parse("Anruf am Montag: niemand da")) == []


def test_a_firm_that_only_begins_like_a_weekday_is_not_meant_by_it() -> None:
    book = AddressBook((("Kai Lenz", "Montagebau Huber GmbH"),))
    assert names(parse("besuch lenz montag: x", book=book)) == ["Kai Lenz"]


@pytest.mark.parametrize(
    ("text", "who", "rest"),
    [
        ("@Ole Petersen war da", ["Ole Petersen"], "war da"),
        ("@ole.petersen war da", ["Ole Petersen"], "war da"),
        ("@Peter Sonntag, war da", ["Peter Sonntag"], "war da"),
        ("@Frau May war da", ["Ute May"], "war da"),
        ("war bei @Ute May. Ende", ["Ute May"], "war bei. Ende"),
        ("@Nord war da", ["Nord GmbH"], "war da"),
        ("@Nord GmbH war da", ["Nord GmbH"], "war da"),
        ("@sonntag sonntag gewesen", ["Peter Sonntag"], "sonntag gewesen"),
        ("@ute @Anna Morgen war da", ["Ute May", "Anna Morgen"], "war da"),
        ("@niemand Sonst war da", [None], "Sonst war da"),
    ],
)
def test_words_behind_a_sigil_that_complete_the_name_belong_to_it(text: str, who: list[object], rest: str) -> None:
    line = parse(text, book=weekend())
    assert names(line) == who
    assert line.text == rest


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("besuch müller ehrler gestern 14:30 45m: x", 1),
        ("anruf von frau freitag: x", 1),
        ("besuch hans müller am freitag 9 Uhr: x", 1),
        ("besuch hans müller: x", 1),
        ("@hans lief gut", 1),
        ("@hans Müller lief gut", 2),
        ("besuch hans müller freitag: x", 2),
        ("termin mit hans müller und anna schmidt: x", 3),
        ("note: nichts", 0),
        ("Nur Text ohne wen", 0),
    ],
)
def test_the_index_is_asked_seldom(text: str, most: int) -> None:
    book = AddressBook(BOOK)
    parse(text, book=book)
    assert len(book.asked) <= most


def test_a_sentence_is_not_looked_up_as_a_name() -> None:
    book = AddressBook()
    line = parse("Wir waren " + "sehr " * 40 + "froh: alle", book=book)
    assert book.asked == []
    assert names(line) == [None]


def test_a_name_with_typing_errors_is_taken_with_a_warning() -> None:
    assert said(parse("besuch hans müler: x"))["warnings"] == ["“hans müler” was read as Hans Müller."]


def test_a_name_with_typing_errors_is_not_enough_without_a_colon() -> None:
    from crm_cli.errors import UsageError

    with pytest.raises(UsageError, match="colon"):
        parse("besuch hans müler")


def test_a_phrase_reaches_the_resolver_as_it_was_typed() -> None:
    book = AddressBook()
    parse("besuch ehrler/müller gestern: x", book=book)
    parse("@anna.schmidt x", book=book)
    parse("tel bei Fr. Dr. März: x", book=book)
    assert book.asked == ["ehrler/müller", "anna.schmidt", "Fr. Dr. März"]
