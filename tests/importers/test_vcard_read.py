"""Reading cards: encodings, line ends, broken edges, and what each property means."""

from __future__ import annotations

import io

import pytest

from crm_cli.domain.contact import Address, Email, Link, Phone
from crm_cli.domain.draft import ContactDraft, Refusal
from importers.vcard import read
from importers.vcard_cards import CARD_LIMIT
from tests.importers.corpus import card, drafts, items, only

PERSON = card("FN:Jörg Groß", "N:Groß;Jörg;;;")


@pytest.mark.parametrize(
    "data",
    [
        PERSON.encode(),
        b"\xef\xbb\xbf" + PERSON.encode(),
        PERSON.replace("\n", "\r\n").encode(),
        PERSON.replace("\n", "\r").encode(),
        PERSON.encode("latin-1"),
        PERSON.encode("utf-16"),
        PERSON.encode("utf-16-le"),
        PERSON.encode("utf-16-be"),
        b"\xfe\xff" + PERSON.encode("utf-16-be"),
        PERSON.replace("\n", "\r").encode("utf-16-le"),
        card("N;CHARSET=windows-1252:Gro\udcdf;J\udcf6rg", "FN:J\udcf6rg Gro\udcdf").encode("utf-8", "surrogateescape"),
        card(
            "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Gro=C3=9F;=\nJ=C3=B6rg", "FN;QUOTED-PRINTABLE:J=F6rg Gro=DF"
        ).encode(),
        PERSON.encode().replace("ö".encode(), b"\xc3\n \xb6").replace("ß".encode(), b"\xc3\r\n\t\x9f"),
        b"  " + PERSON.encode().replace(b"\n", b"\n  "),
        PERSON.replace("BEGIN:VCARD", "begin: vCard").replace("END:VCARD", "End:vcard ").encode(),
        PERSON.replace("BEGIN", "A.BEGIN").replace("END", "A.END").replace("FN", "A.FN").encode(),
    ],
)
def test_a_name_is_read_from_every_encoding_and_line_end(data: bytes) -> None:
    draft = only(data)
    assert (draft.name, draft.given, draft.family) == ("Jörg Groß", "Jörg", "Groß")


def test_a_declared_multibyte_charset_wins_over_accidental_utf8() -> None:
    draft = only(b"BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=GBK:" + "联通".encode("gbk") + b"\nEND:VCARD\n")
    assert draft.name == "联通"
    assert "FN;CHARSET=UTF-8:联通" in (draft.raw or "")


def test_octets_that_fit_nothing_are_kept_as_windows_1252() -> None:
    draft = only(b"BEGIN:VCARD\nVERSION:3.0\nFN:M\xfcller \xe2\x82\xac \x80\x81\nEND:VCARD\n")
    assert draft.name == "Müller € €\x81"


def test_line_separators_of_unicode_do_not_end_a_line() -> None:
    assert only(card("FN:a", "NOTE:x\u2028y\x85z\x0cw")).notes == "x\u2028y\x85z\x0cw"


def test_a_bare_cr_belongs_to_its_line_in_a_file_with_line_feeds() -> None:
    draft = only(card("FN:a", "NOTE:x\rEMAIL:evil@example.org"))
    assert draft.emails == []
    assert draft.notes == "x\nEMAIL:evil@example.org"


@pytest.mark.parametrize(
    ("text", "names", "reasons"),
    [
        (card("FN:a").replace("END:VCARD\n", "") + card("FN:b"), ["a", "b"], []),
        (card("FN:a").replace("END:VCARD\n", ""), ["a"], []),
        ("VERSION:3.0\nFN:a\nEND:VCARD\nEND:VCARD\n" + card("FN:b"), ["a", "b"], []),
        ("hello\n\n" + card("FN:a"), ["a"], ["These lines belong to no card."]),
        (card() + card("FN:b"), ["(no name)", "b"], []),
        ("BEG\n IN:VCARD\nFN:a\nE\n ND:VC\n ARD\n" + card("FN:b"), ["a", "b"], []),
        ("BEGIN:VCARD\nEND:VCARD\n" + card("FN:b"), ["b"], ["The card is empty."]),
        (
            "BEGIN:VCARD\nVERSION:3.0\n" + "AGENT:\nBEGIN:VCARD\n" * 9 + card("FN:b"),
            ["b"],
            ["Cards are nested more than 8 deep."],
        ),
        ("\n \n", [], []),
    ],
)
def test_a_bad_card_never_hides_the_next(text: str, names: list[str], reasons: list[str]) -> None:
    found = items(text.encode())
    assert [item.name for item in found if isinstance(item, ContactDraft)] == names
    assert [item.reason for item in found if isinstance(item, Refusal)] == reasons


def test_every_item_names_the_line_it_begins_on() -> None:
    found = items(("x\n\n" + card("FN:a") + "\n" + card("FN:b")).encode())
    assert [item.line for item in found] == [1, 3, 8]


def test_a_card_over_the_limit_is_refused_and_the_next_one_read() -> None:
    photo = b" " + b"QUJD" * 18 + b"\n"
    data = b"BEGIN:VCARD\nFN:a\nPHOTO;ENCODING=b:\n" + photo * (CARD_LIMIT // 70) + b"END:VCARD\n" + PERSON.encode()
    first, second = items(data)
    assert first == Refusal("test.vcf", 1, "The card is larger than 16 MB.")
    assert isinstance(second, ContactDraft)


def test_an_endless_line_is_refused_in_bounded_memory() -> None:
    class Endless(io.RawIOBase):
        left = 100

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
            if not self.left:
                return 0
            self.left -= 1
            buffer[:] = b"x" * len(buffer)
            return len(buffer)

    stream = io.BufferedReader(Endless(), 1 << 20)
    assert list(read(stream, source="f")) == [Refusal("f", 1, "A line of the card is longer than 12 MB.")]


def test_a_large_photo_is_kept_in_the_raw_text() -> None:
    photo = "QUJD" * (2 << 20)
    draft = only(card("FN:a", f"PHOTO;ENCODING=b:{photo}"))
    assert photo in (draft.raw or "")


@pytest.mark.parametrize(
    "inner",
    [
        "AGENT:\nBEGIN:VCARD\nVERSION:2.1\nFN:Agent\nTITLE:no\nEND:VCARD",
        "AGENT:BEGIN:VCARD\nVERSION:3.0\nFN:Agent\nTITLE:no\nEND:VCARD",
        "AGENT:BEGIN:VCARD\n VERSION:3.0\n FN:Agent\n TITLE:no\n END:VCARD",
        "AGENT:BEGIN:VCARD\\nFN:Agent\\nTITLE:no\\nEND:VCARD",
    ],
)
def test_an_agent_card_stays_inside_its_card(inner: str) -> None:
    draft = only(card(inner, "FN:Boss", "ROLE:yes", version="2.1"))
    assert (draft.name, draft.role, draft.title) == ("Boss", "yes", None)
    assert "Agent" in (draft.raw or "")


@pytest.mark.parametrize(
    ("lines", "field", "expected"),
    [
        (["EMAIL;INTERNET;PREF:a@b.de"], "emails", [Email("a@b.de", None, True)]),
        (["EMAIL;TYPE=WORK;PREF=1:mailto:a@b.de"], "emails", [Email("a@b.de", "work", True)]),
        (["i.EMAIL:a@b.de", "I.X-ABLabel:_$!<Work>!$_"], "emails", [Email("a@b.de", "work")]),
        (["i.EMAIL:a@b.de", "i.X-ABLabel:Büro\\, 2"], "emails", [Email("a@b.de", "Büro, 2")]),
        (['TEL;TYPE="work,fax":0821 12'], "phones", [Phone("0821 12", None, "work fax")]),
        (["TEL;VALUE=uri:tel:+49-821-1234;ext=5"], "phones", [Phone("+49-821-1234 ext. 5", "+498211234")]),
        (["TEL;CELL:0171/1234567"], "phones", [Phone("0171/1234567", "+491711234567", "mobile")]),
        (
            ["ADR;HOME:;;Weg 1;Ulm;;89073;DE"],
            "addresses",
            [Address("Weg 1", None, None, "89073", "Ulm", None, "DE", "home")],
        ),
        (["ADR:;;;;;;;;;;7;Weg;;;;;;"], "addresses", [Address("Weg 7")]),
        (["ADR:;;;;;;"], "addresses", []),
        (["URL:http\\://a.de"], "links", [Link("http://a.de")]),
        (["X-SKYPE-USERNAME:ada"], "links", [Link("ada", "im", "skype")]),
        (["SOCIALPROFILE;SERVICE-TYPE=Mastodon:https://m/@a"], "links", [Link("https://m/@a", "social", "mastodon")]),
        (["CATEGORIES:a,b\\,c", "CATEGORIES:a"], "tags", ["a", "b,c"]),
        (["NOTE:one\\ntwo", "NOTE:three"], "notes", "one\ntwo\n\nthree"),
        (["NICKNAME:Jo,Joe"], "nickname", "Jo, Joe"),
        (["BDAY:19850412"], "birthday", "1985-04-12"),
        (["BDAY:1985-04-12T00:00:00Z"], "birthday", "1985-04-12"),
        (["BDAY:--0412"], "birthday", "--04-12"),
        (["BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-12"], "birthday", "--04-12"),
        (["BDAY;VALUE=text:circa 1800"], "birthday", "circa 1800"),
        (["BDAY:19851399"], "birthday", "19851399"),
        (["i.X-ABDATE:2001-02-03", "i.X-ABLabel:_$!<Anniversary>!$_"], "anniversary", "2001-02-03"),
        (["ORG:Firma\\, Co.;Einkauf;Süd"], "department", "Einkauf, Süd"),
        (["TITLE;ALTID=1:Chef", "TITLE;ALTID=1;LANGUAGE=en:Boss"], "title", "Chef"),
        (["GRAMGENDER:feminine"], "salutation", "Frau"),
        (["KIND:Group"], "kind", "group"),
        (["X-ABShowAs:COMPANY", "ORG:X"], "kind", "org"),
        (["MEMBER:urn:uuid:1", "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:2"], "members", ["urn:uuid:1", "urn:uuid:2"]),
        (["UID: :ABPerson"], "uid", ":ABPerson"),
        (["X-CRM-RABATT-STUFE:B\\;1"], "custom", {"rabatt_stufe": "B;1"}),
    ],
)
def test_a_property_fills_its_field(lines: list[str], field: str, expected: object) -> None:
    assert getattr(only(card("FN:x", *lines)), field) == expected


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["N:Groß;Jörg;;Dr.;MBA"], "Dr. Jörg Groß MBA"),
        (["N:;;;;", "ORG:Firma;Abt"], "Firma"),
        (["EMAIL:a@b.de"], "a@b.de"),
        (["TEL:0821"], "0821"),
        (["NOTE:x"], "(no name)"),
    ],
)
def test_a_name_is_made_from_what_there_is_when_fn_is_missing(lines: list[str], name: str) -> None:
    draft = only(card(*lines))
    assert draft.name == name
    assert draft.repairs == ["FN was missing; the name was taken from another property."]


def test_vcard_21_unescapes_only_separators() -> None:
    draft = only(card("N:a\\;b;c", "FN:x", "NOTE:C:\\new\\, ok", version="2.1"))
    assert (draft.family, draft.given, draft.notes) == ("a;b", "c", "C:\\new, ok")


def test_soft_line_ends_keep_the_white_space_of_the_next_line() -> None:
    draft = only(card("FN:x", "NOTE;ENCODING=QUOTED-PRINTABLE:Now =\nand=\n then=0D=0Alast", version="2.1"))
    assert draft.notes == "Now and then\nlast"


def test_a_phone_without_a_country_has_no_e164_when_no_region_is_given() -> None:
    (draft,) = read(io.BytesIO(card("FN:x", "TEL:0821 12345", "TEL:+49 821 12345").encode()), source="f", region=None)
    assert isinstance(draft, ContactDraft)
    assert [phone.e164 for phone in draft.phones] == [None, "+4982112345"]


def test_unreadable_lines_are_kept_and_named() -> None:
    draft = only(card("FN:x", "just noise", "X" + ";A=1" * 70 + ":y"))
    assert draft.repairs == ["A line that is no vCard property was kept as it came."] * 2
    assert "just noise" in (draft.raw or "")


def test_many_files_joined_each_with_its_own_mark_are_read() -> None:
    data = b"\xef\xbb\xbf" + card("FN:a").encode() + b"\xef\xbb\xbf" + card("FN:b").encode()
    assert [draft.name for draft in drafts(data)] == ["a", "b"]
