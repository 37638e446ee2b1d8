"""Finding, whatever was typed."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_cli.errors import NotFound
from crm_cli.services.search import find, whois
from crm_cli.store.store import Store
from tests.services import book

EHRLER = "Ehrler Prüftechnik GmbH"


@pytest.fixture
def store(tmp_path: Path):
    with Store.open(str(tmp_path / "crm.db")) as opened:
        book.specified(opened)
        with opened.transaction(book.NOW):
            book.company(opened, EHRLER, "+49 821 12345-0")
            row = book.contact(opened, "Jörg Groß", "Acme Inc.", email="joerg@acme.example", phone="0171 7654321")
            book.insert(opened, "address", contact_id=row, city="Augsburg")
            book.insert(opened, "deal", title="Kesselhaus", company_id=1, stage="Angebot")
            book.insert(opened, "task", text="Unterlagen an Müller senden")
            for text in ("Lastenheft besprochen", "Lastenheft fehlt noch"):
                entry = book.insert(opened, "interaction", kind="visit", at="2025-11-19", text=text, company_id=1)
                book.insert(opened, "interaction_contact", interaction_id=entry, contact_id=1)
        yield opened


def names(store: Store, text: str, **how) -> list[str]:
    return [hit.name for hit in find(store, text=text, **how)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hans Müller", "Hans Müller"),
        ("müller hans", "Hans Müller"),
        ("mueller hans", "Hans Müller"),
        ("hans mül", "Hans Müller"),
        ("hnas müller", "Hans Müller"),
        ("hans müler", "Hans Müller"),
        ("hans mxlxer", "Hans Müller"),
        ("hansmüller", "Hans Müller"),
        ("han smüller", "Hans Müller"),
        ("hansxmüller", "Hans Müller"),
        ("hans mül ler", "Hans Müller"),
        ("jorg gross", "Jörg Groß"),
        ("joerg groß", "Jörg Groß"),
        ("gros jörg", "Jörg Groß"),
        ("ehrler", EHRLER),
        ("erhler pruftechnik", EHRLER),
        ("ehrler gmbh", EHRLER),
        ("Ehrler Prüftechnik AG", EHRLER),
        ("kettenbuam", "Kettenbaum AG"),
        ("sabine kettenbaum", "Sabine Freitag"),
        ("sabine mittwoch", "Sabine Freitag"),
        ("joerg@acme.example", "Jörg Groß"),
        ("@acme.example", "Jörg Groß"),
        ("augsburg", "Jörg Groß"),
        ("0171 7654321", "Jörg Groß"),
        ("+49 (171) 765-4321", "Jörg Groß"),
        ("4321", "Jörg Groß"),
        ("7654", "Jörg Groß"),
        ("0821 12345-99", EHRLER),
        ("kesselhaus", "Kesselhaus"),
        ("kesslhaus", "Kesselhaus"),
        ("unterlagen", "Unterlagen an Müller senden"),
        ("lastenheft besprochen", "Lastenheft besprochen"),
        ("lastenheft müller besprochen", "Lastenheft besprochen"),
        ("lastenhfet besprochn", "Lastenheft besprochen"),
        ("lastenheft", "Lastenheft fehlt noch"),
    ],
)
def test_the_first_hit_is_what_was_meant(store: Store, text: str, expected: str) -> None:
    assert names(store, text)[0] == expected


def test_own_names_go_before_text(store: Store) -> None:
    hits = find(store, text="müller")
    assert [(hit.name, hit.match) for hit in hits[:2]] == [("Hans Müller", "name"), ("Jürgen Muller", "name")]
    assert {hit.match for hit in hits[-3:]} == {"text"}
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_hit_says_where_it_was_found_and_how_well(store: Store) -> None:
    first = {
        text: find(store, text=text)[0] for text in ("jörg groß", "joerg@acme.example", "7654", "augsburg", "noch")
    }
    assert [hit.match for hit in first.values()] == ["name", "email", "phone", "details", "text"]
    assert first["jörg groß"].score == 1.0 > first["7654"].score > first["noch"].score > 0
    assert first["jörg groß"].company == "Acme Inc."
    assert list(first["noch"].as_json()) == ["id", "kind", "name", "score", "match"]


def test_people_of_a_company_follow_it(store: Store) -> None:
    found = names(store, "ehrler")
    assert found[0] == EHRLER
    assert {"Hans Müller", "Anna Schmidt"} <= set(found[1:])


def test_the_limit_is_applied_last(store: Store) -> None:
    everything = names(store, "müller", limit=None)
    assert len(everything) > 3
    for limit in range(5):
        assert names(store, "müller", limit=limit) == everything[:limit]


def test_kinds_limit_what_is_found(store: Store) -> None:
    assert {hit.kind for hit in find(store, text="müller", kinds=("task", "interaction"))} == {"task", "interaction"}
    assert names(store, "ehrler", kinds=("company",)) == [EHRLER]
    assert names(store, "angebot", kinds=("interaction",)) == []


def test_an_id_is_found_by_its_beginning(store: Store) -> None:
    hit = find(store, text="kesselhaus")[0]
    assert [(found.id, found.match) for found in find(store, text=hit.id[:5])] == [(hit.id, "id")]


@pytest.mark.parametrize(
    "text", ["", "   ", "zzzzqqq xxyyq", '"', "*", "☕", "AND", "NOT", "reach:", "( OR", "\udcff", "-", "a" * 9999]
)
def test_signs_and_words_of_a_query_language_are_only_text(store: Store, text: str) -> None:
    assert names(store, text) == []


def test_whois_names_the_company_of_an_unknown_extension(store: Store) -> None:
    assert [hit.name for hit in whois(store, number="0049 (821) 12345 77")] == [EHRLER]
    assert [hit.name for hit in whois(store, number="0171/7654321")] == ["Jörg Groß"]
    for number in ("0171 7654399", "0999 1", "nobody", ""):
        with pytest.raises(NotFound):
            whois(store, number=number)


@settings(deadline=None, max_examples=80)
@given(st.text(max_size=40))
def test_any_text_can_be_searched(text: str) -> None:
    with Store.open("", create=False) as store:
        book.specified(store)
        assert len(find(store, text=text)) <= 10


def test_of_misspelled_names_hardly_any_is_missed(tmp_path: Path) -> None:
    """One or two typing errors anywhere in the name, blanks too, in any order of the words."""
    dice = random.Random(3)
    given = "Hans Peter Klaus Jürgen Sabine Petra Anna Jana Tom Bob Ute Zoë Łukasz Götz Änne René".split()
    front = "Acker Bach Birk Bött Dürr Eich Fisch Groß Hirsch Kühl Löw Münz Nagel Ried Schön Strauß Weiß Zieg".split()
    back = "bauer berg ecker hofer inger mann meister müller rath scheid stätter wald".split()
    people = sorted({f"{dice.choice(given)} {a}{b}" for a in front for b in back for _ in range(2)})

    def with_error(text: str) -> str:
        at = dice.randrange(len(text) - 1)
        letter = dice.choice("aeinrst")
        return dice.choice(
            (
                text[:at] + text[at + 1 :],
                text[:at] + letter + text[at:],
                text[:at] + letter + text[at + 1 :],
                text[:at] + text[at + 1] + text[at] + text[at + 2 :],
            )
        )

    with Store.open(str(tmp_path / "crm.db")) as store:
        with store.transaction(book.NOW):
            for name in people:
                book.contact(store, name)
        asked = 300
        missed = []
        for _ in range(asked):
            name = dice.choice(people)
            words = name.split()
            dice.shuffle(words)
            typed = with_error(" ".join(words))
            if dice.random() < 0.5:
                typed = with_error(typed)
            if name not in names(store, typed):
                missed.append((typed, name))
        assert len(missed) <= 0.02 * asked, missed


def test_and_is_the_beginning_of_a_name_too(store: Store) -> None:
    with store.transaction(book.NOW):
        book.company(store, "Waldgärtner Metallbau GmbH & Co. KG")
        book.contact(store, "Andreas Waldgärtner")
    assert names(store, "And Waldgä")[0] == "Andreas Waldgärtner"
    assert names(store, "Waldgärtner Metallbau and Co")[0] == "Waldgärtner Metallbau GmbH & Co. KG"


def test_a_name_garbled_beyond_a_typing_error_is_still_found(store: Store) -> None:
    assert "Jörg Groß" in names(store, "Jrg Grss")
    assert names(store, "Xyzzyqua Plughner") == []
