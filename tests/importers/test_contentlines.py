"""Content lines: splitting, escaping, parameters, folding, quoted-printable."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers import contentlines as lines
from importers.quoted_printable import decode_quoted, encode_quoted, fold_quoted

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=200)
PRINTABLE = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=200)


@pytest.mark.parametrize(
    ("line", "head", "value"),
    [
        ("FN:Ada", "FN", "Ada"),
        ("URL:http://a.de/?x=1:2", "URL", "http://a.de/?x=1:2"),
        ('ADR;LABEL="a:b;c":;;x', 'ADR;LABEL="a:b;c"', ";;x"),
        ('TEL;TYPE="work:1', 'TEL;TYPE="work', "1"),
        ('X;A="1";B="2:3":v"w', 'X;A="1";B="2:3"', 'v"w'),
        ("NOTE:", "NOTE", ""),
    ],
)
def test_a_line_splits_at_the_first_colon_outside_quotes(line: str, head: str, value: str) -> None:
    assert lines.split_line(line) == (head, value)


def test_a_line_without_a_colon_is_none() -> None:
    assert lines.split_line("noise") is None


def test_a_head_is_read_with_group_bare_words_and_carets() -> None:
    head = lines.parse_head('item1.Tel;WORK;type=cell,"fax,voice";X-P=a^nb^\'c^^d^x')
    assert head is not None
    assert (head.group, head.name) == ("item1", "TEL")
    assert head.words() == ["WORK", "CELL", "FAX", "VOICE"]
    assert head.values("X-P") == ['a\nb"c^d^x']


def test_a_head_with_more_than_64_parameters_is_refused() -> None:
    assert lines.parse_head("TEL" + ";A=1" * 64) is not None
    assert lines.parse_head("TEL" + ";A=1" * 65) is None


@pytest.mark.parametrize(
    ("head", "legal"),
    [("TEL;TYPE=x", True), ("g.TEL", True), (".TEL", False), ("X-a/b", False), ("TEL;X Y=1", False), ("TEL;=1", False)],
)
def test_a_head_is_legal_when_its_names_are_letters_digits_and_hyphens(head: str, legal: bool) -> None:
    parsed = lines.parse_head(head)
    assert parsed is not None
    assert parsed.is_legal() is legal


@given(TEXT)
@settings(deadline=None, max_examples=200)
def test_text_comes_back_when_it_was_escaped(text: str) -> None:
    written = lines.escape_text(text)
    assert not re.search(r"[\r\n]", written)
    newlines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in newlines if c in "\t\n" or not lines.is_control(c))
    assert lines.unescape_text(written) == kept


@given(st.lists(PRINTABLE, min_size=1, max_size=6))
@settings(deadline=None, max_examples=100)
def test_parts_come_back_when_they_were_escaped_and_joined(parts: list[str]) -> None:
    joined = ";".join(map(lines.escape_text, parts))
    assert [lines.unescape_text(part) for part in lines.split_escaped(joined, ";")] == parts


@given(TEXT)
@settings(deadline=None, max_examples=200)
def test_a_parameter_comes_back_and_never_leaves_its_line(value: str) -> None:
    written = lines.param_text(value)
    assert not re.search(r"[\r\n\x00]", written)
    split = lines.split_line(f"X;P={written}:rest")
    assert split is not None
    assert split[1] == "rest"
    head = lines.parse_head(split[0])
    assert head is not None
    plain = value.replace("\r\n", "\n").replace("\r", "\n")
    plain = "".join(c for c in plain if c in "\t\n" or (c >= " " and c != "\x7f"))
    if not plain or plain.strip() == plain:
        assert head.values("P") == [plain]


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\r\n"), max_size=400))
@settings(deadline=None, max_examples=200)
def test_a_folded_line_has_no_piece_over_75_octets_and_unfolds(text: str) -> None:
    folded = lines.fold(text)
    assert all(len(piece.encode()) <= 75 for piece in folded.split("\r\n"))
    assert folded.replace("\r\n ", "") == text


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\r"), max_size=200))
@settings(deadline=None, max_examples=200)
def test_quoted_printable_comes_back_when_it_was_folded(text: str) -> None:
    folded = fold_quoted("NOTE;ENCODING=QUOTED-PRINTABLE", encode_quoted(text))
    assert all(len(piece) <= 76 for piece in folded.split("\r\n"))
    assert not any(piece[:1] in (" ", "\t") for piece in folded.split("\r\n")[1:])
    value = folded.replace("=\r\n", "").partition(":")[2]
    assert decode_quoted(value, "UTF-8").replace("\r\n", "\n") == text
