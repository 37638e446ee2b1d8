"""No character of a line is ever lost: it is in the text, a follow-up, a mark, the head, or a separator."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from crm_cli.domain.log_line import LogLine, LogOptions
from crm_cli.domain.log_marks import escape_place, read_mark
from crm_cli.errors import UsageError
from tests.domain.date_reading import marks_a_place
from tests.domain.line_reading import parse

_OPTIONS = LogOptions()
_PIECES = st.sampled_from(
    """besuch anruf a v ne note mail: von mit bei an at hans müller ehrler schmidt sommer freitag Frau März 3M unbekannt
    gestern morgen freitag am um 14:30 9-10 Uhr 3.12. 31.2. 25:00 45m 1h30 2 Std nächste Woche letzten kw49
    @hans @ehrler/müller @sommer @niemand @Frau @Jana, @tom. @ + +tag +tag. +49 +a&b wv:fr wv: wv:bald fu:+3d todo:so
    todo:x next:mon todo: Freitagabend am:17.11. am:gestern wert:12k value:x p:60 p: km:42 km:x deal:u phase:angebot
    bedarf:w auftrag:a ticket:1 ticket:2 k:h k:\\x bedraf:w Ref:x http://x.de/a:b -- :: \\@hans \\+tag \\-- \\:: \\wv:fr
    \\x Ende\\: \\Ende: C:\\T Ende: : , und text wort, 5% ☕ ärger\u0308 x:""".split()
)
_BLANKS = st.sampled_from([" ", " ", " ", "  ", "\t", "\u00a0", "\n"])


@st.composite
def lines(draw: st.DrawFn) -> str:
    """Draw lines of marks, names, dates, escapes and odd words between blanks of all kinds."""
    pieces = draw(st.lists(st.one_of(_PIECES, _PIECES, _PIECES, st.text(max_size=5)), max_size=14))
    return "".join(piece + draw(_BLANKS) for piece in pieces)


def pieces(line: LogLine, name: str) -> str:
    """Return the slices of the line that a kind of span covers, joined."""
    return "".join(line.raw[start:end] for kind, start, end, _ in line.spans if kind == name)


@settings(deadline=None, max_examples=500)
@given(lines())
@example("besuch hans, freitag: x -- wv:fr")
@example("note: a :: b wv:fr c -- d")
@example("@hans  wv:Freitagabend\u00a0x \\@y")
def test_every_character_has_one_place(text: str) -> None:
    try:
        line = parse(text)
    except UsageError as refusal:
        error = refusal
    else:
        assert line.raw == text
        covered = [0] * len(text)
        for _, start, end, _ in line.spans:
            for place in range(start, end):
                covered[place] += 1
        assert max(covered, default=0) <= 1
        assert [text[at] for at, times in enumerate(covered) if not times and not text[at].isspace()] == []
        assert pieces(line, "text") == line.text
        assert pieces(line, "details") == (line.details or "")
        for task in line.followups:
            assert task.text.strip()
        return
    assert "start" not in error.params or marks_a_place(error, text)


def is_plain(word: str) -> bool:
    """Return whether a word has no meaning of its own in the text."""
    return (
        read_mark(word, _OPTIONS) is None and escape_place(word, _OPTIONS) is None and word not in ("--", "::")
    )  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=60).filter(lambda text: all(map(is_plain, text.split()))))
@example("  zwei  Blanks\tund\u00a0mehr  ")
@example("\ud800 \u202e \x00 \x1b[31m")
def test_a_text_without_marks_is_kept_to_the_byte(text: str) -> None:
    if text.strip():
        assert parse("note: " + text).text == text


@settings(deadline=None, max_examples=200)
@given(
    st.lists(st.text(st.characters(codec="utf-8", categories=["L", "N", "P"]), min_size=1, max_size=8).filter(is_plain),
             min_size=1, max_size=8),
    st.lists(st.tuples(st.integers(0, 8), st.sampled_from(["+tag", "km:3", "ticket:7", "@hans", "bedarf:x", "p:5%"])),
             max_size=4, unique_by=lambda pair: pair[1]),
)  # fmt: skip
def test_marks_leave_with_the_blank_before_them_and_nothing_else(
    words: list[str], marks: list[tuple[int, str]]
) -> None:
    marked = list(words)
    for place, mark in sorted(marks, reverse=True):
        marked.insert(min(place, len(words)), mark)
    # A word that completes the name of @hans would rightly belong to it.
    if {"müller", "mueller", "muller"} & {word.casefold() for word in words}:
        return
    assert parse("note: " + " ".join(marked)).text == " ".join(words)
