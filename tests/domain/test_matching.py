"""Which two people, and which two firms, are taken for one: the cases that decide whether the list can be trusted."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_cli.domain import firm_matching
from crm_cli.domain.dupes import MERGED_FROM, OFFERED_FROM, TEXTS, probability
from crm_cli.domain.firm_matching import Firm, FirmBook
from crm_cli.domain.given_names import gender
from crm_cli.domain.matching import Book, Person, compare
from crm_cli.domain.phonetics import cologne

FIRM = {"firms": ("ehrler prueftechnik",)}
OTHER_FIRM = {"firms": ("frenkel",)}
MOBILE = {"mobiles": ("+491711234567",)}
OTHER_MOBILE = {"mobiles": ("+491729876543",)}


def person(book: Book, name: str, **values) -> Person:
    """Make a person of `Given Family`, with the values of a prepared record."""
    first, _, last = name.rpartition(" ")
    found = Person(
        0,
        "",
        name,
        given=book.given.part(first or None),
        family=book.family.part(last),
        suffix=values.pop("suffix", None),
        birthday=values.pop("birthday", None),
    )
    for field, value in values.items():
        setattr(found, field, value)
    return found


def score(a: tuple[str, dict], b: tuple[str, dict], *others: tuple[str, dict]) -> float:
    """Return the score of two people in a book of them and some others."""
    book = Book()
    people = [person(book, name, **dict(values)) for name, values in (a, b, *others)]
    book.count(people)
    return probability(compare(people[0], people[1], book)[0])


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (("Jürgen Müller", FIRM), ("Juergen Mueller", FIRM)),
        (("Jürgen Müller", FIRM), ("Jurgen Muller", FIRM)),
        (("Jürgen Müller", FIRM), ("Müller Jürgen", FIRM)),
        (("Hans Krolin", FIRM), ("Hans Krollin", FIRM)),
        (("Johannes Krolin", FIRM), ("Hans Krolin", FIRM)),
        (("Robert Miller", FIRM), ("Bob Miller", FIRM)),
        (("Karl-Heinz Krolin", FIRM), ("Karlheinz Krolin", FIRM)),
        (("Eva Krolin", {}), ("Eva Krolin", FIRM)),
        (("Eva Krolin", FIRM | MOBILE), ("Eva Krolin", OTHER_FIRM | MOBILE)),
        (("Eva Krolin", FIRM | {"birthday": "1980-04-12"}), ("Eva Krolin", OTHER_FIRM | {"birthday": "1980-04-12"})),
        (("Eva Krolin", {"birthday": "--04-12"} | FIRM), ("Eva Krolin", {"birthday": "1980-04-12"} | OTHER_FIRM)),
        (("Eva Krolin", MOBILE | FIRM), ("Eva Bauer", MOBILE | FIRM | {"emails": ("eva.krolin@ehrler.example",)})),
        (("Krolin", MOBILE), ("Eva Krolin", MOBILE)),
    ],
)
def test_one_person_written_twice_is_offered(a: tuple[str, dict], b: tuple[str, dict]) -> None:
    assert score(a, b) >= OFFERED_FROM
    assert score(b, a) == pytest.approx(score(a, b))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (("Hans Müller", FIRM), ("Hans Müller", OTHER_FIRM)),
        (("Hans Müller", FIRM), ("Hans Möller", FIRM)),
        (("Hans Muller", FIRM), ("Hans Moller", FIRM)),
        (("Hans Muller", FIRM), ("Hans Möller", FIRM)),
        (("Hans Meier", FIRM), ("Hans Maier", FIRM)),
        (("Christian Krolin", FIRM), ("Christiane Krolin", FIRM)),
        (("Anna Krolin", FIRM | MOBILE), ("Hanna Krolin", FIRM | MOBILE)),
        (("Eva Krolin", FIRM | {"phones": ("+498211230",)}), ("Uwe Krolin", FIRM | {"phones": ("+498211230",)})),
        (("Eva Krolin", {"birthday": "1980-04-12"} | FIRM), ("Eva Krolin", {"birthday": "1955-11-30"} | FIRM)),
        (("Eva Krolin", {"places": ("86150 weg1",)} | MOBILE), ("Uwe Krolin", {"places": ("86150 weg1",)} | MOBILE)),
        (("Max Krolin", {"phones": ("+498211",)}), ("Max Krolin", {"phones": ("+498211",), "suffix": "jr"})),
        (("Thomas Bauer", {"emails": ("info@a.example",)}), ("Uta Lang", {"emails": ("info@a.example",)})),
    ],
)
def test_two_people_are_not_offered(a: tuple[str, dict], b: tuple[str, dict]) -> None:
    assert score(a, b) < OFFERED_FROM


def test_umlauts_are_three_matters() -> None:
    spelled = score(("Hans Müller", FIRM), ("Hans Mueller", FIRM))
    lost = score(("Hans Müller", FIRM), ("Hans Muller", FIRM))
    transcribed = score(("Hans Mueller", FIRM), ("Hans Muller", FIRM))
    assert spelled > lost == transcribed > score(("Hans Müller", FIRM), ("Hans Möller", FIRM))


def test_number_of_many_people_is_weak_and_a_mobile_is_strong() -> None:
    desk = {"phones": ("+498211230",)}
    colleagues = [(f"Nr{number} Wort{number}", desk) for number in range(40)]
    shared = score(("Eva Krolin", desk | OTHER_FIRM), ("Eva Krolin", desk | FIRM), *colleagues)
    own = score(("Eva Krolin", MOBILE | OTHER_FIRM), ("Eva Krolin", MOBILE | FIRM), *colleagues)
    assert shared < OFFERED_FROM < own


def test_name_that_many_bear_says_less() -> None:
    others = [("Eva Krolin", {"firms": (f"firma {number}",)}) for number in range(60)]
    assert (
        score(("Eva Krolin", {}), ("Eva Krolin", {}), *others)
        < OFFERED_FROM
        <= score(("Eva Krolin", {}), ("Eva Krolin", {}))
    )


def test_misspelling_is_told_from_a_name_by_how_many_bear_it() -> None:
    once = [("Otto Krolin", {})] * 30
    often = once + [("Otto Krelin", {})] * 20
    assert score(("Eva Krolin", FIRM), ("Eva Krelin", FIRM), *once) >= OFFERED_FROM
    assert score(("Eva Krolin", FIRM), ("Eva Krelin", FIRM), *often) < OFFERED_FROM


def test_without_something_of_their_own_nobody_is_merged_unseen() -> None:
    both = FIRM | {"phones": ("+498211230",), "places": ("86150 weg1",), "domains": ("ehrler.example",)}
    assert OFFERED_FROM <= score(("Eva Krolin", both), ("Eva Krolin", both)) < MERGED_FROM
    known = both | MOBILE | {"emails": ("eva.krolin@ehrler.example",)}
    assert score(("Eva Krolin", known), ("Eva Krolin", known)) >= MERGED_FROM


def test_numbered_addresses_are_of_two_people() -> None:
    one, two = (FIRM | {"emails": (f"krolin{number}@ehrler.example",)} for number in ("", "2"))
    assert score(("Eva Krolin", one), ("Eva Krolin", two)) < OFFERED_FROM


def test_observations_have_words_and_add_up() -> None:
    book = Book()
    a = person(book, "Eva Krolin", **FIRM, **MOBILE)
    b = person(book, "Ewa Krolin", **OTHER_FIRM, **OTHER_MOBILE, birthday="1980-04-12")
    book.count([a, b])
    odds, observations = compare(a, b, book)
    assert {kind for kind, *_ in observations} <= TEXTS.keys()
    assert odds == pytest.approx(sum(bits for _, bits, *_ in observations))


NAME = st.text("abcdeöüßHMS -", min_size=1, max_size=12).filter(lambda text: any(map(str.isalpha, text)))


@given(NAME, NAME)
@settings(max_examples=60, deadline=None)
def test_comparison_knows_no_first_and_second(first: str, second: str) -> None:
    a, b = (f"Eva {name.strip(' -') or 'x'}" for name in (first, second))
    assert score((a, FIRM), (b, FIRM)) == pytest.approx(score((b, FIRM), (a, FIRM)))


def firm_score(a: tuple[str, dict], b: tuple[str, dict], *others: str) -> float:
    firms = [Firm(0, "", name) for name in (a[0], b[0], *others)]
    for firm, (_, values) in zip(firms, (a, b), strict=False):
        for field, value in values.items():
            setattr(firm, field, value)
    return probability(firm_matching.compare(firms[0], firms[1], FirmBook(firms))[0])


DOMAIN = {"domains": ("ehrler.example",)}


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (("Ehrler Prüftechnik GmbH", {}), ("Ehrler Prueftechnik", {})),
        (("Ehrler Prüftechnik GmbH", {}), ("EHRLER PRÜFTECHNIK Ges.m.b.H.", DOMAIN)),
        (("Ehrler GmbH", DOMAIN), ("Ehrler GmbH & Co. KG", DOMAIN)),
        (("Ehrler Prüftechnik GmbH", DOMAIN), ("Ehrler Prüftehcnik GmbH", DOMAIN)),
        (("Prüftechnik Ehrler", DOMAIN), ("Ehrler Prüftechnik", DOMAIN)),
        (("Ehrler", DOMAIN), ("Ehrler Prüftechnik AG", DOMAIN)),
    ],
)
def test_one_firm_written_twice_is_offered(a: tuple[str, dict], b: tuple[str, dict]) -> None:
    assert firm_score(a, b) >= OFFERED_FROM


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (("Ehrler GmbH", {}), ("Ehrler GmbH & Co. KG", {})),
        (("Müller GmbH", {}), ("Möller GmbH", {})),
        (("Müller Bau GmbH", {}), ("Möller Bau GmbH", {})),
        (("Kettenbaum Werk 1", {}), ("Kettenbaum Werk 2", {})),
        (("Beta Nord GmbH", DOMAIN), ("Beta Süd GmbH", DOMAIN)),
        (("Bauer", {"towns": ("86150",)}), ("Bauer", {"towns": ("50825",)})),
    ],
)
def test_two_firms_are_not_offered(a: tuple[str, dict], b: tuple[str, dict]) -> None:
    assert firm_score(a, b) < OFFERED_FROM


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("meier", "67"), ("mayer", "67"), ("mueller", "657"), ("luedenscheidt", "52682"), ("breschnew", "17863"),
        ("wikipedia", "3412"), ("christoph", "47823"), ("xaver", "4837"), ("acht", "042"), ("quax", "448"), ("", ""),
    ],
)  # fmt: skip
def test_names_that_sound_alike_have_one_code(word: str, code: str) -> None:
    assert cologne(word) == code


@pytest.mark.parametrize(
    ("word", "expected"),
    [("sabine", "f"), ("hans", "m"), ("andrea", None), ("kim", None), ("sascha", None), ("maria", None)],
)
def test_gender_is_known_only_where_there_is_no_doubt(word: str, expected: str | None) -> None:
    assert gender(word) == expected
