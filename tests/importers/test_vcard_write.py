"""Writing cards: versions, what a server needs, and that no value leaves its property."""

from __future__ import annotations

import io
import re

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_cli.domain.contact import Address, Email, Link, Phone
from crm_cli.domain.draft import ContactDraft
from crm_cli.errors import UsageError
from importers import vcard_write
from importers.vcard import read, stable_uid, write
from tests.importers.corpus import card, only

VALUE = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40)
WORDS = st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=30)


def written(text: str, version: str = "3.0", strict: bool = False) -> list[str]:
    """Write a card and give its unfolded lines."""
    made = next(write([only(text)], version=version, strict=strict)).decode()
    return made.replace("\r\n ", "").split("\r\n")


@pytest.mark.parametrize(
    ("line", "version", "expected"),
    [
        ("TEL;WORK;VOICE:1", "3.0", "TEL;TYPE=WORK,VOICE:1"),
        ("NOTE;QUOTED-PRINTABLE;CHARSET=UTF-8:=C3=BC=0D=0Ab, c; d", "3.0", "NOTE:ü\\nb\\, c\\; d"),
        ("ORG:Company, The;Dept", "3.0", "ORG:Company\\, The;Dept"),
        ("PHOTO;ENCODING=BASE64;JPEG:\n QUJD\n", "3.0", "PHOTO;TYPE=JPEG;ENCODING=b:QUJD"),
        ("PHOTO;ENCODING=BASE64;JPEG:not base64...", "3.0", "PHOTO;TYPE=JPEG:notbase64..."),
        ("PHOTO;ENCODING=BASE64;JPEG:\n QUJD\n", "4.0", "PHOTO:data:image/jpeg;base64,QUJD"),
        ("EMAIL;INTERNET;PREF:a@b.de", "4.0", "EMAIL;TYPE=INTERNET;PREF=1:a@b.de"),
        ("BDAY:1985-04-12", "4.0", "BDAY:19850412"),
        ("X-ODD;SOME:a,b;c\\d", "3.0", "X-ODD;TYPE=SOME:a,b;c\\d"),
        ("TEL;WORK;VOICE:1", "keep", "TEL;WORK;VOICE:1"),
        ("noise", "3.0", "noise"),
    ],
)
def test_a_line_of_vcard_21_takes_the_syntax_of_the_version_asked_for(line: str, version: str, expected: str) -> None:
    assert expected in written(card("N:a;b", "FN:b a", line, version="2.1"), version)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("TEL;TYPE=work,cell:1", "TEL;WORK;CELL:1"),
        ("NOTE:ü\\na\\, b", "NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=BC=0D=0Aa, b"),
        ("PHOTO:data:image/png;base64,QUJD", "PHOTO;TYPE=PNG;ENCODING=BASE64:QUJD"),
        ("PHOTO;ENCODING=b;TYPE=PNG:QUJD", "PHOTO;PNG;ENCODING=BASE64:QUJD"),
    ],
)
def test_a_modern_line_becomes_vcard_21(line: str, expected: str) -> None:
    made = written(card("FN:x", "N:x", line), "2.1")
    assert expected in made
    if "BASE64" in expected:
        assert made[made.index(expected) + 1] == ""


def test_what_40_knows_alone_stays_in_30() -> None:
    line = 'ADR;PREF=1;GEO="geo:1,2";LABEL="a^nb":;;Weg 1;Ulm;;;'
    assert line in written(card("FN:x", "N:x;;;;", line, version="4.0"))


def test_required_properties_are_added_where_they_are_missing() -> None:
    raw = card("EMAIL:a@b.de")
    made = written(raw)
    assert {"FN:a@b.de", "N:;;;;", f"UID:{stable_uid(only(raw).raw or '')}"} <= set(made)
    assert written(raw, "keep") == raw.split("\n")


def test_the_edges_are_bare_and_a_group_before_version_stays() -> None:
    made = written("a.begin:vcard\na.VERSION:3.0\na.FN:x\na.N:x\na.UID:1\na.end:vcard\n")
    assert made == ["BEGIN:VCARD", "a.VERSION:3.0", "a.FN:x", "a.N:x", "a.UID:1", "END:VCARD", ""]


def test_an_unknown_version_is_a_usage_error() -> None:
    with pytest.raises(UsageError):
        next(write([], version="5"))


def test_strict_cards_are_taken_by_a_second_reader() -> None:
    text = card(
        "FN:one, two",
        "N;ALTID=1:a;b",
        "N;ALTID=1;LANGUAGE=en:c;d",
        "noise",
        ".X-DOT:1",
        "X-a/b:2",
        "PROFILE:VCARD",
        "X-CR:a\rb",
        "KEY;ENCODING=b:not...",
        "AGENT:BEGIN:VCARD",
        "FN:agent",
        "END:VCARD",
        version="4.0",
    )
    made = next(write([only(text)], strict=True)).decode()
    other = vobject.readOne(made, allowQP=True)
    assert other.fn.value == "one, two"
    assert other.n.value.family == "a"
    assert [line.value for line in other.contents["x-unreadable-line"]] == ["noise", "X-a/b:2"]
    assert "FN:agent" in other.agent.value
    assert "X-ALTERNATIVE-N;ALTID=1;LANGUAGE=en:c;d" in made
    assert other.serialize()


def test_a_photo_broken_without_folds_is_joined_for_a_server() -> None:
    text = card("FN:x", "PHOTO;ENCODING=b:QUJD", "QUJD", "QUJ=")
    assert "PHOTO;ENCODING=b:QUJDQUJDQUJ=" in written(text, strict=True)
    assert {"QUJD", "QUJ="} <= set(written(text))


DRAFTS = st.builds(
    ContactDraft,
    name=VALUE.filter(str.strip),
    given=st.none() | WORDS,
    family=st.none() | WORDS,
    nickname=st.none() | st.text(st.characters(categories=("L",)), min_size=1, max_size=9),
    company=st.none() | WORDS,
    title=st.none() | VALUE.filter(str.strip),
    notes=st.none() | VALUE.filter(str.strip),
    emails=st.lists(
        st.builds(Email, WORDS, st.sampled_from([None, "work", "home fax", "Büro: 2\n;x"]), st.booleans()), max_size=3
    ),
    phones=st.lists(st.builds(Phone, st.sampled_from(["+4982112345", "0821; 3"]), st.none(), st.none()), max_size=2),
    addresses=st.lists(
        st.builds(Address, street=WORDS, city=st.none() | WORDS, label=st.sampled_from([None, "work"])), max_size=2
    ),
    links=st.lists(st.builds(Link, WORDS, st.sampled_from(["url", "im", "social"])), max_size=2),
    tags=st.lists(WORDS, max_size=3, unique=True),
    custom=st.dictionaries(st.sampled_from(["a", "b_c"]), WORDS, max_size=2),
)


def plain(text: str | None) -> str | None:
    """What a text is after a trip: line ends alike, no control characters, no white space around."""
    if text is None:
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in "\t\n" or not (c < " " or "\x7f" <= c <= "\x9f")).strip() or None


@pytest.mark.parametrize("version", ["3.0", "4.0"])
@given(draft=DRAFTS)
@settings(deadline=None, max_examples=120)
def test_a_new_record_comes_back_and_no_value_becomes_a_property(draft: ContactDraft, version: str) -> None:
    made = next(write([draft], version=version))
    (back,) = read(io.BytesIO(made), source="f", region=None)
    assert isinstance(back, ContactDraft)
    for field in ("title", "notes"):
        assert plain(getattr(back, field)) == plain(getattr(draft, field)), field
    if plain(draft.name):
        assert plain(back.name) == plain(draft.name)
    for field in ("given", "family", "company", "nickname", "tags", "custom"):
        assert getattr(back, field) == getattr(draft, field), field
    assert [email.value for email in back.emails] == [email.value for email in draft.emails]
    assert [phone.value for phone in back.phones] == [phone.value for phone in draft.phones]
    assert [(item.street, item.city, item.label) for item in back.addresses] == [
        (item.street, item.city, item.label) for item in draft.addresses
    ]
    assert [(link.value, link.kind) for link in back.links] == [(link.value, link.kind) for link in draft.links]


@given(draft=DRAFTS)
@settings(deadline=None, max_examples=60)
def test_a_new_record_in_vcard_21_keeps_its_values(draft: ContactDraft) -> None:
    (back,) = read(io.BytesIO(next(write([draft], version="2.1"))), source="f", region=None)
    assert isinstance(back, ContactDraft)
    assert plain(back.notes) == plain(draft.notes)
    assert len(back.emails) == len(draft.emails)
    assert len(back.addresses) == len(draft.addresses)


@pytest.mark.parametrize("version", ["3.0", "keep"])
def test_a_card_that_passes_as_it_is_is_what_reading_it_line_by_line_gives(version: str, monkeypatch) -> None:
    plain = "BEGIN:VCARD\nVERSION:3.0\nUID:1\nFN:Jürgen Groß\nN:Groß;Jürgen;;;\n{}\nEND:VCARD"
    lines = [
        "TEL;TYPE=WORK,VOICE:+49 821 1",
        "item1.X-ABLabel:Büro",
        "NOTE:" + "x" * 70,
        "NOTE:" + "x" * 71,
        "NOTE:" + "ä" * 36,
        "TEL;WORK:1",
        "PHOTO;ENCODING=b:AAAA",
        "NOTE;CHARSET=utf-8:a",
        "version:3.0",
        "AGENT:BEGIN:VCARD",
        "no property",
        "NOTE:a\rb",
        "",
        "NOTE:a\nEND:VCARD\nBEGIN:VCARD",
    ]
    cards = [plain.format(line) for line in lines]
    cards += [cards[0].replace("FN:", "X-FN:"), cards[0].replace("UID:1\n", ""), cards[0].replace("3.0", "4.0")]
    quick = [vcard_write.CardWriter(version).write(card) for card in cards]
    assert vcard_write._AS_IT_IS.fullmatch(cards[0].encode())
    monkeypatch.setattr(vcard_write, "_AS_IT_IS", re.compile(rb"(?!)"))
    assert quick == [vcard_write.CardWriter(version).write(card) for card in cards]
