"""What belongs to a name and what stands beside it."""

from __future__ import annotations

import pytest

from crm_cli.domain.names import name_key, name_words, name_words_weak, spellings, without_legal_form


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Ehrler Prüftechnik GmbH", "ehrler prueftechnik"),
        ("Müller & Co. KG", "mueller"),
        ("Sommer GmbH & Co. KGaA", "sommer"),
        ("Bäcker e.K.", "baecker"),
        ("Foo Ges.m.b.H.", "foo"),
        ("Turnverein 1860 e. V.", "turnverein 1860"),
        ("X UG (haftungsbeschränkt)", "x"),
        ("Acme Inc.", "acme"),
        ("Alpha Sp. z o.o.", "alpha"),
        ("Brot + Salz OHG", "brot und salz"),
        ("Meier and Sons Ltd.", "meier und sons"),
        ("GmbH", "gmbh"),
        ("AG Weser", "ag weser"),
    ],
)
def test_the_legal_form_at_the_end_falls_away(name: str, short: str) -> None:
    assert " ".join(without_legal_form(name_words(name))) == short


def test_ampersand_and_plus_are_the_word_and() -> None:
    assert len({tuple(name_words(name)) for name in ("A & B", "A&B", "A und B", "a and b", "A + B")}) == 1


def test_equal_names_share_a_key_whatever_order_and_title() -> None:
    assert name_key(name_words("Dr. Hans Müller")) == name_key(name_words("mueller, hans"))
    assert name_key(name_words_weak("Hans Müller")) == name_key(name_words("muller hans"))
    assert name_key(name_words("Dr.")) == "dr"
    assert name_key(name_words("☕"), "☕") == "☕"


def test_a_hyphenated_name_is_found_as_one_word_too() -> None:
    assert {"karl", "heinz", "karlheinz"} <= set(spellings("Karl-Heinz Groß"))
    assert {"o", "brien", "obrien"} <= set(spellings("Pat O'Brien"))
    assert {"mueller", "muller"} <= set(spellings("Müller"))
