"""What a reference means."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_cli.domain.reference import is_id
from crm_cli.domain.who import TIER_EXACT, TIER_FUZZY, TIER_ID, TIER_MAIL, TIER_NUMBER, TIER_PREFIX
from crm_cli.errors import Ambiguous, NotFound
from crm_cli.services import resolve
from crm_cli.store.store import Store
from tests.services import book

EHRLER = "Ehrler Prüftechnik GmbH"


@pytest.fixture
def store(tmp_path: Path):
    with Store.open(str(tmp_path / "crm.db")) as opened:
        book.specified(opened)
        yield opened


def named(store: Store, phrase: str, **how) -> list[str]:
    return sorted(match.name for match in resolve.candidates(store, phrase, **how))


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("Hans Müller", ["Hans Müller"]),
        ("müller", ["Hans Müller"]),
        ("mueller", ["Hans Müller"]),
        ("muller", ["Jürgen Muller"]),
        ("miller", ["Bob Miller"]),
        ("mueller.hans", ["Hans Müller"]),
        ("hans_müller", ["Hans Müller"]),
        ("müller.hans", ["Hans Müller"]),
        ("Mu\u0308ller", ["Hans Müller"]),
        ("müller ehrler", ["Hans Müller"]),
        ("ehrler müller", ["Hans Müller"]),
        ("ehrler/müller", ["Hans Müller"]),
        ("ehrler / Hr. Müller", ["Hans Müller"]),
        ("Ehrler/Mueler", ["Hans Müller"]),
        ("frenkel/muller", ["Jürgen Muller"]),
        ("ehrler/muller", ["Hans Müller"]),
        ("ehrler/freitag", []),
        ("ehrler/", [EHRLER]),
        ("ehrler", [EHRLER]),
        ("ehrler prüftechnik", [EHRLER]),
        ("Ehrler Pruftechnik GmbH", [EHRLER]),
        ("prueftechnik ehrler", [EHRLER]),
        ("prüftechnik", ["Anna Schmidt", EHRLER, "Hans Müller"]),
        ("acme", ["Acme Inc."]),
        ("Acme Ltd", ["Acme Inc."]),
        ("kettenbaum", ["Kettenbaum AG"]),
        ("Firma Kettenbaum", ["Kettenbaum AG"]),
        ("Fa. Sommer", ["Sommer GmbH"]),
        ("Herr Sommer", ["Tom Sommer"]),
        ("Hrn Dr. Sommer", ["Tom Sommer"]),
        ("sommer", ["Sommer GmbH", "Tom Sommer"]),
        ("sommer gmbh", ["Sommer GmbH"]),
        ("sommer/", ["Sommer GmbH"]),
        ("sommer/sommer", ["Tom Sommer"]),
        ("Frau Freitag", ["Sabine Freitag"]),
        ("Fr. März", ["Petra März"]),
        ("fr marz", ["Petra März"]),
        ("märz", ["Petra März"]),
        ("Mrs Schmidt", ["Anna Schmidt", "Jana Schmidt"]),
        ("schmidt ehrler", ["Anna Schmidt"]),
        ("anna.schmidt", ["Anna Schmidt"]),
        ("Frau Ehrler", []),
        ("jurgen", ["Jürgen Muller"]),
        ("juergen", ["Jürgen Muller"]),
        ("unbekannt gmbh", []),
        ("katrin brandt", []),
        ("", []),
        ("   ", []),
        ("☕", []),
        ("/", []),
        ("@", []),
        ('" OR *', []),
        ("x" * 5000, []),
    ],
)
def test_a_phrase_means_the_records_of_its_best_tier(store: Store, phrase: str, expected: list[str]) -> None:
    assert named(store, phrase) == expected


@pytest.mark.parametrize(
    ("phrase", "tier"),
    [
        ("hans müller", TIER_EXACT),
        ("acme", TIER_EXACT),
        ("muller", TIER_PREFIX),
        ("petra merz", TIER_FUZZY),
        ("sabine freitg", TIER_FUZZY),
        ("kettenbuam", TIER_FUZZY),
        ("kettnbuam", TIER_FUZZY),
    ],
)
def test_the_tier_says_how_well_it_fits(store: Store, phrase: str, tier: int) -> None:
    assert [match.tier for match in resolve.candidates(store, phrase)] == [tier]


@pytest.mark.parametrize("phrase", ["tmo sommer", "xettenbaxm", "kexxexbaum", "fxexixag", "hans mxlxxr"])
def test_more_errors_than_a_words_length_allows_find_nothing(store: Store, phrase: str) -> None:
    """Under 4 letters none, under 8 one, from 8 two."""
    expected = ["Kettenbaum AG"] if phrase == "xettenbaxm" else []
    assert named(store, phrase) == expected


def test_an_employer_is_named_with_its_people(store: Store) -> None:
    (match,) = resolve.candidates(store, "müller ehrler")
    assert (match.kind, match.company, match.own) == ("contact", EHRLER, True)
    firm = resolve.one(store, "ehrler/")
    assert (match.company_row, firm.kind, firm.company) == (firm.row, "company", None)
    assert {match.own for match in resolve.candidates(store, "prüftechnik") if match.kind == "contact"} == {False}


def test_somebody_who_left_is_not_found_through_the_former_employer(store: Store) -> None:
    store.connection.execute("UPDATE employment SET end_on = '2025-01-31' WHERE contact_id = 1")
    assert named(store, "müller ehrler") == []
    assert resolve.one(store, "hans müller").company is None


def test_an_id_or_its_beginning_goes_before_any_name(store: Store) -> None:
    uid = resolve.one(store, "anna schmidt").id
    for length in (16, 8, 4):
        (match,) = resolve.candidates(store, uid[:length])
        assert (match.name, match.tier) == ("Anna Schmidt", TIER_ID)
    assert resolve.candidates(store, uid[:3]) == []


@pytest.mark.parametrize("text", ["adam", "a2", "a2c", "A2cd", "a1cd", "a2cd1", "a2" + "b" * 15, "müll", "2abc"])
def test_only_words_of_the_form_of_an_id_are_ids(text: str) -> None:
    assert not is_id(text)
    assert is_id("a2cd")


def test_a_mail_address_means_who_has_it_whatever_its_case(store: Store) -> None:
    with store.transaction(book.NOW):
        book.contact(store, "Änne Öl", email="Änne@Öl.example")
    (match,) = resolve.candidates(store, "ÄNNE@öl.example")
    assert (match.name, match.tier) == ("Änne Öl", TIER_MAIL)
    assert named(store, "anne@muller.example") == []


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("+49 821 12345-11", "Eva Klein"),
        ("0821/1234511", "Eva Klein"),
        ("(0821) 12345 11", "Eva Klein"),
        ("0049 821 12345-11", "Eva Klein"),
        ("+49 (0)821 12345-11", "Eva Klein"),
        ("tel:+498211234511", "Eva Klein"),
        ("+49 821 12345-99", "Klein & Söhne OHG"),
        ("0821 12345", "Klein & Söhne OHG"),
        ("0821 123450", "Klein & Söhne OHG"),
        ("0821 98765-42", "Zentrale AG"),
        ("089 5550123", "Ohne Land"),
        ("+49 89 5550123", "Ohne Land"),
        ("0171 7654321", "Mobil Privat"),
    ],
)
def test_a_number_in_any_spelling_means_who_has_it(store: Store, number: str, expected: str) -> None:
    with store.transaction(book.NOW):
        book.contact(store, "Eva Klein", "Klein & Söhne OHG", phone="+49 821 12345-11")
        book.contact(store, "Mobil Privat", phone="0171 7654321")
        book.company(store, "Zentrale AG", "+49 821 98765-0")
        row = book.contact(store, "Ohne Land")
        book.insert(store, "phone", contact_id=row, value="089 5550123", e164=None)
    assert [(match.name, match.tier) for match in resolve.candidates(store, number)] == [(expected, TIER_NUMBER)]


@pytest.mark.parametrize("number", ["0171 7654399", "0821 5", "+1 555 123 4567", "0821 12399-11"])
def test_a_number_near_somebody_elses_is_nobodys(store: Store, number: str) -> None:
    with store.transaction(book.NOW):
        book.contact(store, "Eva Klein", "Klein & Söhne OHG", phone="+49 821 12345-11")
        book.contact(store, "Mobil Privat", "Zentrale AG", phone="0171 7654321")
    assert named(store, number) == []


def test_of_two_orders_of_the_same_words_the_typed_one_is_meant(store: Store) -> None:
    with store.transaction(book.NOW):
        book.contact(store, "Peter Hans")
        book.contact(store, "Hans Peter")
    assert named(store, "hans peter") == ["Hans Peter"]
    assert named(store, "peter hans") == ["Peter Hans"]


@pytest.mark.parametrize("phrase", ["Klein & Söhne", "klein und söhne", "Klein and Sohne", "klein&soehne ohg"])
def test_ampersand_and_its_words_are_equal_inside_a_name(store: Store, phrase: str) -> None:
    with store.transaction(book.NOW):
        book.company(store, "Klein & Söhne OHG")
    (match,) = resolve.candidates(store, phrase)
    assert (match.name, match.tier) == ("Klein & Söhne OHG", TIER_EXACT)


def test_a_person_and_somebody_elses_firm_of_that_word_are_ambiguous(store: Store) -> None:
    with store.transaction(book.NOW):
        book.contact(store, "Ines Acme")
        book.company(store, "Gebrüder Schmidt OHG")
    assert named(store, "acme") == ["Acme Inc.", "Ines Acme"]
    assert named(store, "schmidt") == ["Anna Schmidt", "Gebrüder Schmidt OHG", "Jana Schmidt"]


def test_an_exact_name_without_dots_and_a_longer_name_with_none_are_ambiguous(store: Store) -> None:
    with store.transaction(book.NOW):
        book.company(store, "Müller GmbH")
    assert named(store, "muller") == ["Hans Müller", "Jürgen Muller", "Müller GmbH"]
    assert named(store, "müller gmbh") == ["Müller GmbH"]


def test_a_nickname_and_a_name_with_a_title_are_exact(store: Store) -> None:
    with store.transaction(book.NOW):
        book.contact(store, "Prof. Dr. Wilhelmine Kurz", given="Wilhelmine", family="Kurz", nickname="Minchen")
        book.contact(store, "Wilhelmine Kurzweil")
    assert named(store, "wilhelmine kurz") == ["Prof. Dr. Wilhelmine Kurz"]
    assert named(store, "minchen") == ["Prof. Dr. Wilhelmine Kurz"]
    assert named(store, "Frau Dr Wilhelmine Kurz") == ["Prof. Dr. Wilhelmine Kurz"]


def test_a_hyphenated_name_is_found_without_its_hyphen(store: Store) -> None:
    with store.transaction(book.NOW):
        book.contact(store, "Karl-Heinz O'Brien")
    assert named(store, "karlheinz obrien") == named(store, "karl heinz brien") == ["Karl-Heinz O'Brien"]


def test_one_raises_with_candidates_when_it_is_not_clear(store: Store) -> None:
    with pytest.raises(Ambiguous) as several:
        resolve.one(store, "sommer")
    assert {(found["kind"], found["name"]) for found in several.value.candidates} == {
        ("contact", "Tom Sommer"),
        ("company", "Sommer GmbH"),
    }
    assert set(several.value.candidates[0]) == {"id", "kind", "name", "company"}
    with pytest.raises(NotFound) as none:
        resolve.one(store, "sabine mittwoch")
    assert [found["name"] for found in none.value.candidates] == ["Sabine Freitag"]


def test_kinds_limit_what_is_meant(store: Store) -> None:
    assert resolve.one(store, "sommer", kinds=("company",)).name == "Sommer GmbH"
    assert resolve.one(store, "sommer", kinds=("contact",)).name == "Tom Sommer"
    with pytest.raises(NotFound):
        resolve.one(store, "acme", kinds=("deal",))


def test_deals_tasks_and_entries_are_found_by_id_and_by_their_words(store: Store) -> None:
    with store.transaction(book.NOW):
        firm = book.company(store, "Acme Inc.")
        deal = book.insert(store, "deal", title="Prüfstand 2026", company_id=firm, stage="Angebot")
        task = book.insert(store, "task", text="Angebot senden")
        entry = book.insert(store, "interaction", kind="visit", at="2025-11-19", text="Werkbank gesehen")
    for table, row, phrase in (
        ("deal", deal, "pruefstand"),
        ("task", task, "angebot senden"),
        ("interaction", entry, "werkbank"),
    ):
        (uid,) = store.connection.execute(f"SELECT uid FROM {table} WHERE id = ?", (row,)).fetchone()
        for ref in (uid, uid[:6], phrase):
            match = resolve.record(store, ref)
            assert (match.kind, match.row, match.id) == (table, row, uid)
    assert resolve.record(store, "acme").kind == "company"
    assert resolve.one(store, "acme", kinds=("deal",)).company == "Acme Inc."


def test_what_was_made_in_the_same_transaction_is_found(store: Store) -> None:
    with store.transaction(book.NOW):
        book.contact(store, "Neu Hier")
        assert named(store, "neu hier") == ["Neu Hier"]


def test_names_are_looked_up_in_an_index_never_one_by_one(store: Store) -> None:
    statements: list[str] = []
    store.connection.set_trace_callback(statements.append)
    for phrase in ("hans müller", "müller ehrler", "muelelr", "unbekannt", "a2cd", "0821 12345-99", "x@y.de"):
        resolve.candidates(store, phrase)
    store.connection.set_trace_callback(None)
    assert len(statements) > 20
    for statement in statements:
        if statement.startswith("--"):  # what FTS5 does inside
            continue
        for row in store.connection.execute(f"EXPLAIN QUERY PLAN {statement}"):
            plan = row[3]
            virtual = "VIRTUAL TABLE INDEX" in plan
            assert not plan.startswith("SCAN") or virtual or "CONSTANT ROW" in plan or "search_state" in plan, (
                statement,
                plan,
            )
