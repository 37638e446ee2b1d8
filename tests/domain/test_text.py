"""Folding and the distance of words."""

from __future__ import annotations

from itertools import pairwise
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_cli.domain.text import digits, distance, edits_allowed, fold, fold_weak, spread, words, words_weak

FOLDED = [
    # text, strong, weak
    ("Jürgen Groß", "juergen gross", "jurgen gross"),
    ("ÄÖÜ ẞ", "aeoeue ss", "aou ss"),
    ("Łukasz Ørsted", "lukasz orsted", "lukasz orsted"),
    ("Đoković Þór Ðarl", "dokovic thor darl", "dokovic thor darl"),
    ("Æther Œuvre ı", "aether oeuvre i", "aether oeuvre i"),
    ("İstanbul", "istanbul", "istanbul"),
    ("François Škvorecký", "francois skvorecky", "francois skvorecky"),
    ("ﬁsch ＡＢＣ", "fisch abc", "fisch abc"),
    ("Ǖber", "ueber", "uber"),
    ("o'Brien-Smith", "o'brien-smith", "o'brien-smith"),
    ("Москва 東京", "москва 東京", "москва 東京"),
    ("", "", ""),
]


@pytest.mark.parametrize(("text", "strong", "weak"), FOLDED)
def test_text_folds_strongly_and_weakly(text: str, strong: str, weak: str) -> None:
    assert fold(text) == strong
    assert fold_weak(text) == weak


@pytest.mark.parametrize("text", [row[0] for row in FOLDED] + ["한글", "ガ", "हिन्दी", "ά", "ё"])
def test_composed_and_decomposed_text_fold_alike(text: str) -> None:
    for form in ("NFC", "NFD"):
        assert fold(normalize(form, text)) == fold(text)
        assert words_weak(normalize(form, text)) == words_weak(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hans Müller", ["hans", "mueller"]),
        ("O’Brien-Smith, J.P.", ["o", "brien", "smith", "j", "p"]),
        ("mueller.hans", ["mueller", "hans"]),
        ("hans_müller", ["hans", "mueller"]),
        ("hm@ehrler.de", ["hm", "ehrler", "de"]),
        ("Bau\u00adstelle\u200b x", ["baustelle", "x"]),
        ("Hawaiʻi", ["hawai", "i"]),
        ("\x1b[31m\u202e☕", ["31m"]),
        ("\udcff", []),
    ],
)
def test_every_sign_that_is_no_letter_or_digit_parts_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@settings(deadline=None, max_examples=200)
@given(st.text())
def test_folding_any_text_is_stable_and_gives_as_many_weak_words(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    strong, weak = words(text), words_weak(text)
    assert len(strong) == len(weak)
    assert words(" ".join(strong)) == strong
    assert set(spread(text).split()) == {*strong, *weak}
    assert all(word.strip() and '"' not in word for word in strong)


def test_digits_are_ascii_whatever_script_they_are_in() -> None:
    assert digits("+49 (0)821/１２-٣") == "490821123"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("mueller", "mueller", 0),
        ("mueller", "muelelr", 1),
        ("schmidt", "schmitt", 1),
        ("ab", "ba", 1),
        ("ca", "abc", 3),
        ("ehrler", "erhlre", 2),
        ("abc", "", 3),
    ],
)
def test_a_transposition_is_one_edit(first: str, second: str, expected: int) -> None:
    assert distance(first, second, 3) == distance(second, first, 3) == expected


def _alignment(first: str, second: str) -> int:
    """Return the optimal string alignment distance by the textbook's whole table."""
    table = [[row + column for column in range(len(second) + 1)] for row in range(len(first) + 1)]
    for row in range(1, len(first) + 1):
        for column in range(1, len(second) + 1):
            same = first[row - 1] == second[column - 1]
            table[row][column] = min(
                table[row - 1][column] + 1, table[row][column - 1] + 1, table[row - 1][column - 1] + (not same)
            )
            if row > 1 and column > 1 and first[row - 2 : row] == second[column - 2 : column][::-1]:
                table[row][column] = min(table[row][column], table[row - 2][column - 2] + 1)
    return table[-1][-1]


@settings(deadline=None, max_examples=300)
@given(st.text("abc", max_size=8), st.text("abc", max_size=8), st.integers(0, 3))
def test_the_bounded_distance_is_the_whole_one_up_to_its_limit(first: str, second: str, limit: int) -> None:
    assert distance(first, second, limit) == min(_alignment(first, second), limit + 1)


def test_longer_words_may_hold_more_errors() -> None:
    assert [edits_allowed("a" * length) for length in (3, 4, 7, 8)] == [0, 1, 1, 2]
    assert all(edits_allowed("a" * short) <= edits_allowed("a" * long) for short, long in pairwise(range(12)))
