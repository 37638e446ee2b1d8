"""Several cards of one person as one: nothing a card holds is lost, nothing is there twice."""

from __future__ import annotations

import pytest

from importers import vcard
from importers.vcard_join import joined
from tests.importers.corpus import FILES, drafts, needs_corpus, only

REV = "20261123T040000Z"


def card(*lines: str, version: str = "3.0") -> str:
    return "\n".join(["BEGIN:VCARD", f"VERSION:{version}", "FN:Ada Lovelace", *lines, "END:VCARD"])


def added(base: str, *others: str) -> list[str]:
    """Return the lines that come to a card, without REV."""
    lines = joined(base, others, rev=REV).split("\n")
    assert lines[-1] == "END:VCARD"
    before = base.split("\n")
    assert [line for line in lines if line in before] == before
    return [line for line in lines if line not in before and line != f"REV:{REV}"]


@pytest.mark.parametrize(
    ("base", "other", "lines"),
    [
        ([], ["X-FOO;A=b:1"], ["X-FOO;A=b:1"]),
        (["X-FOO;A=b:1"], ["X-FOO;A=B:1"], []),
        (["X-FOO:1"], ["X-FOO:2"], ["X-FOO:2"]),
        ([], ["GENDER:F"], ["GENDER:F"]),
        (["GENDER:M"], ["GENDER:F"], []),
        ([], ["PRODID:x", "UID:2", "REV:20200101", "PROFILE:VCARD"], []),
        ([], ["TITLE:CTO", "NOTE:n", "BDAY:1815-12-10", "CATEGORIES:a", "X-CRM-NO:7", "N:Lovelace;Ada;;;"], []),
        ([], ["ROLE:inventor", "ANNIVERSARY:1835-07-08"], ["ROLE:inventor", "ANNIVERSARY:1835-07-08"]),
        (["ROLE:poet"], ["ROLE:inventor"], []),
        ([], ["MEMBER:urn:uuid:1", "MEMBER:urn:uuid:2"], ["MEMBER:urn:uuid:1", "MEMBER:urn:uuid:2"]),
        (["X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:1"], ["MEMBER:urn:uuid:1"], []),
        ([], ["this is no property"], ["this is no property"]),
        (["this is no property"], ["this is no property"], []),
        ([], ["EMAIL;X-SINCE=2019;TYPE=work:a@x.example"], ["EMAIL;X-SINCE=2019;TYPE=work:a@x.example"]),
        (["EMAIL:A@x.example"], ["EMAIL;TYPE=work:a@x.example"], []),
        (["TEL:+49 821 123456"], ["TEL:+49821123456", "TEL:+49 171 1"], ["TEL:+49 171 1"]),
        (
            ["item1.X-ABRELATEDNAMES:Anne", "item1.X-ABLabel:Mother"],
            ["a.X-ABRELATEDNAMES:Anne", "a.X-ABLabel:Mother", "b.X-ABRELATEDNAMES:Anne", "b.X-ABLabel:x"],
            ["item2.X-ABLabel:x", "item2.X-ABRELATEDNAMES:Anne"],
        ),
        (
            ["item1.URL:https://a.example", "item1.X-ABLabel:shop"],
            ["a.URL:https://b.example", "a.X-ABLabel:shop", "b.TITLE:x", "b.X-ABLabel:y"],
            ["item2.X-ABLabel:shop", "item2.URL:https://b.example"],
        ),
        (
            [],
            ["a.X-ABDATE:2001-02-03", "a.X-ABLabel:_$!<Anniversary>!$_", "b.X-ABDATE:2002-02-03", "b.X-ABLabel:exam"],
            ["item1.X-ABLabel:exam", "item1.X-ABDATE:2002-02-03"],
        ),
        ([], ["AGENT:", "BEGIN:VCARD", "FN:Bob", "END:VCARD"], ["AGENT:", "BEGIN:VCARD", "FN:Bob", "END:VCARD"]),
    ],
)  # fmt: skip
def test_a_card_takes_what_it_has_not(base: list[str], other: list[str], lines: list[str]) -> None:
    if "AGENT:" in lines:
        whole = joined(card(*base), [card(*other)], rev=REV)
        assert "\n".join(lines) + f"\nREV:{REV}\nEND:VCARD" in whole
        return
    assert added(card(*base), card(*other)) == lines


def test_the_same_photo_in_another_version_is_no_second_one() -> None:
    old = card("PHOTO;JPEG;ENCODING=BASE64:/9j/4AAQ", version="2.1")
    middle = card("PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ", "X-A:1")
    new = card("PHOTO:data:image/jpeg;base64,/9j/4AAQ", "X-B:2", version="4.0")
    assert added(old, middle, new) == ["X-A:1", "X-B:2"]
    assert added(new, old, middle) == ["X-A:1"]
    assert added(card(version="4.0"), old, middle) == ["PHOTO:data:image/jpeg;base64,/9j/4AAQ", "X-A:1"]
    assert added(card(version="2.1"), new)[0] == "PHOTO;TYPE=JPEG;ENCODING=BASE64:/9j/4AAQ"


def test_a_card_with_nothing_new_stays_as_it_is_to_the_letter() -> None:
    base = card("X-FOO:1", "EMAIL:a@x.example")
    assert joined(base, [base, card("UID:other", "X-FOO:1")], rev=REV) == base
    assert joined(base, [], rev=REV) == base


@needs_corpus
def test_real_cards_joined_hold_all_that_either_held() -> None:
    found = [draft.raw for path in FILES for draft in drafts(path.read_bytes())[:6]]
    cards = [raw for raw in found if raw and len(raw) < 50_000]
    assert len(cards) > 80
    for first, second in zip(cards, cards[1:] + cards[:1], strict=True):
        whole = joined(first, [second], rev=REV)
        if vcard.read_card(first).raw_format != "vcard-2.1":  # in which not every address can be told as it was
            assert joined(whole, [first, second], rev="never") == whole
        read = only(whole)
        mine, theirs = vcard.read_card(first), vcard.read_card(second)
        assert (read.title, read.notes, read.birthday) == (mine.title, mine.notes, mine.birthday)
        assert {email.value.casefold() for email in read.emails} == {
            email.value.casefold() for email in [*mine.emails, *theirs.emails]
        }
        assert {*mine.members, *theirs.members} == set(read.members)
