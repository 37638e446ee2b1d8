"""Text made harmless and measured in cells."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_cli.domain.display import cell_width, clean_line, clean_lines, escape_controls, folded, pad, shorten

_ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=40)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Müller", "Müller"),
        ("\x1b]52;c;ZXZpbA==\x07", "\ufffd]52;c;ZXZpbA==\ufffd"),
        ("a\tb\r\nc\nd", "a b c d"),
        ("\x00\x7f\x85\x9b", "\ufffd\ufffd \ufffd"),
        ("\u202eevil\u202c \u2066x\u2069 \u200f\u061c", "\ufffdevil\ufffd \ufffdx\ufffd \ufffd\ufffd"),
        ("a\u2028b", "a b"),
        ("\udcff", "\ufffd"),
        ("👩\u200d🔬 1\u00a0000", "👩\u200d🔬 1\u00a0000"),
    ],
)
def test_controls_are_replaced_and_the_rest_is_kept(text: str, clean: str) -> None:
    assert clean_line(text) == clean


@settings(deadline=None, max_examples=300)
@given(_ANY_TEXT)
def test_a_clean_line_holds_nothing_a_terminal_obeys(text: str) -> None:
    clean = clean_line(text)
    assert not any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in clean)
    assert not any(unicodedata.bidirectional(char) in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI") for char in clean)
    assert clean_line(clean) == clean
    assert all(clean_line(line) == line for line in clean_lines(text))


@pytest.mark.parametrize(
    ("text", "width"), [("abc", 3), ("Müller", 6), ("東京", 4), ("u\u0308", 1), ("👍", 2), ("\u200d", 0), ("", 0)]
)
def test_width_is_counted_in_terminal_cells(text: str, width: int) -> None:
    assert cell_width(text) == width


@settings(deadline=None, max_examples=200)
@given(_ANY_TEXT.map(clean_line), st.integers(0, 20))
def test_shortened_and_padded_text_fills_exactly_its_width(text: str, width: int) -> None:
    short = shorten(text, width)
    assert cell_width(short) <= width
    assert cell_width(pad(short, width)) == width
    if cell_width(text) <= width:
        assert short == text


def test_json_text_holds_no_control_character_unescaped() -> None:
    assert escape_controls('"\x7f\x9b\u202e ü\u00a0\udcff"') == '"\\u007f\\u009b\\u202e ü\u00a0\\udcff"'


def test_a_word_of_megabytes_is_folded_in_one_pass() -> None:
    lines = folded("字" * 300_000 + "x" * 300_000, 79)
    assert {cell_width(line) for line in lines[:-1]} <= {78, 79}
    assert "".join(lines) == "字" * 300_000 + "x" * 300_000
