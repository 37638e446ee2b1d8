"""What Google, Outlook and a spreadsheet get: exact headers, guarded cells, nothing lost on the way back."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_cli.domain.contact import Address, Email, Link, Phone
from crm_cli.domain.draft import ContactDraft
from crm_cli.domain.person_name import composed
from crm_cli.errors import UsageError
from importers import csv_file
from importers.csv_export_headers import OUTLOOK, OUTLOOK_DE
from importers.csv_write import DIALECTS, guard

ADA = ContactDraft(
    name="Dr. Ada Lovelace",
    given="Ada",
    family="Lovelace",
    prefix="Dr.",
    salutation="Frau",
    emails=[Email("ada@x.de", "work", True), Email("a@home.de", "home")],
    phones=[Phone("+49 821 12345", "+4982112345", "work"), Phone("0171 1234567", "+491711234567", "home mobile")],
    addresses=[Address("Weg 1\nHaus 2", None, "Pf 3", "86150", "Augsburg", "BY", "DE", "work")],
    links=[Link("https://x.de"), Link("ada", "im", "skype")],
    company="Ehrler GmbH",
    department="F&E",
    title="Leitung",
    birthday="1980-01-05",
    anniversary="2001-02-03",
    notes='She said "yes";\nthen no',
    tags=["messe", "vip, A"],
    custom={"Kd.-Nr.": "=4711", "Spouse": "Bob"},
    owner="eva",
)
FIRM = ContactDraft(name="Süd & Söhne KG", kind="org", emails=[Email("info@sued.de")], phones=[Phone("1")])
BARE = ContactDraft(name="Cher", nickname="C", birthday="--04-12")


def rows(dialect: str, drafts: list[ContactDraft], **options: bool) -> list[list[str]]:
    text = "".join(csv_file.write(drafts, dialect=dialect, **options))
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def back(dialect: str, drafts: list[ContactDraft], *, excel: bool = False) -> list[ContactDraft]:
    pieces = csv_file.write(drafts, dialect=dialect, excel=excel)
    data = b"".join(csv_file.encode(pieces, dialect=dialect))
    # Which code page a few random signs are in can't be told.
    encoding = "cp1252" if dialect.startswith("outlook") and data[:1] == b'"' else None
    found = list(csv_file.read(io.BytesIO(data), source="back", encoding=encoding))
    assert all(isinstance(draft, ContactDraft) for draft in found), found
    return found


def test_the_header_is_googles_template_when_no_one_has_two_of_anything() -> None:
    (header, row) = rows("google", [ContactDraft(name="Ada Lovelace", given="Ada", family="Lovelace")])
    assert len(header) == 36
    assert header[:6] == ["Name Prefix", "First Name", "Middle Name", "Last Name", "Name Suffix", "Phonetic First Name"]
    assert header[10:15] == [
        "E-mail 1 - Label",
        "E-mail 1 - Value",
        "Phone 1 - Label",
        "Phone 1 - Value",
        "Address 1 - Label",
    ]
    assert header[-4:] == ["Custom Field 1 - Label", "Custom Field 1 - Value", "Notes", "Labels"]
    assert (row[1], row[3], row[-1]) == ("Ada", "Lovelace", "* myContacts")


def test_googles_groups_are_repeated_when_someone_has_several() -> None:
    header, row, _ = rows("google", [ADA, FIRM])
    assert [name for name in header if name.startswith("E-mail")] == [
        *("E-mail 1 - Label", "E-mail 1 - Value", "E-mail 2 - Label", "E-mail 2 - Value"),
    ]
    assert row[header.index("E-mail 1 - Label")] == "* work"
    assert row[header.index("Labels")] == "* myContacts ::: messe ::: vip, A"


@pytest.mark.parametrize(("dialect", "headers"), [("outlook", OUTLOOK), ("outlook-de", OUTLOOK_DE)])
def test_outlook_gets_its_ninety_two_columns_whoever_is_exported(dialect: str, headers: tuple[str, ...]) -> None:
    header, ada, firm, _ = rows(dialect, [ADA, FIRM, BARE])
    assert tuple(header) == headers
    assert len(header) == len(set(header)) == 92
    cells = dict(zip(header, ada, strict=True))
    assert cells[headers[0]] == "Frau Dr."
    assert cells[headers[5]] == "Ehrler GmbH"
    assert (cells[headers[8]], cells[headers[9]]) == ("Weg 1", "Haus 2")
    assert dict(zip(header, firm, strict=True))[headers[5]] == "Süd & Söhne KG"


def test_outlooks_cells_are_quoted_and_lines_end_in_crlf() -> None:
    text = "".join(csv_file.write([FIRM], dialect="outlook-de"))
    assert text.startswith('"Anrede","Vorname",')
    assert text.count("\r\n") == 2


def test_outlooks_file_is_windows_1252_when_every_character_fits() -> None:
    assert "Süd".encode("cp1252") in b"".join(
        csv_file.encode(csv_file.write([FIRM], dialect="outlook"), dialect="outlook")
    )
    japanese = csv_file.write([ContactDraft(name="名無し")], dialect="outlook")
    assert b"".join(csv_file.encode(japanese, dialect="outlook")).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("excel", [False, True])
@pytest.mark.parametrize("dialect", DIALECTS)
def test_everything_comes_back_when_a_contact_was_exported(dialect: str, excel: bool) -> None:
    ada, firm, bare = back(dialect, [ADA, FIRM, BARE], excel=excel)
    expected = replace(ADA, source="back", line=2)
    if dialect.startswith("outlook"):  # Outlook has no labels for e-mail addresses
        expected.emails = [Email("ada@x.de", None, True), Email("a@home.de")]
        if dialect == "outlook-de":  # and is asked in German for a partner
            assert "Partner" in OUTLOOK_DE
    assert ada == expected
    assert (firm.kind, firm.name, firm.company) == ("org", "Süd & Söhne KG", None)
    assert (bare.name, bare.nickname, bare.birthday) == ("Cher", "C", "--04-12")


def test_a_lone_carriage_return_stays_in_its_cell_when_lines_end_in_lf() -> None:
    text = "".join(csv_file.write([ContactDraft(name="Ada", notes="one\rtwo")], dialect="plain"))
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [(row["name"], row["notes"]) for row in rows] == [("Ada", "one\rtwo")]
    assert text.endswith("\n")
    assert "\r\n" not in text


def test_an_unknown_dialect_is_a_usage_error() -> None:
    with pytest.raises(UsageError):
        list(csv_file.write([ADA], dialect="lotus"))


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
@pytest.mark.parametrize("before", ["", "'", "''"])
def test_a_cell_is_guarded_when_a_spreadsheet_would_calculate_it(sign: str, before: str) -> None:
    assert guard(f"{before}{sign}1+1") == f"'{before}{sign}1+1"


@pytest.mark.parametrize("cell", ["", "Ada", "'quoted'", "1+1", "a=b", " x"])
def test_a_cell_is_left_alone_when_it_is_plain_text(cell: str) -> None:
    assert guard(cell) == cell


def test_no_cell_begins_a_formula_when_the_file_is_for_a_spreadsheet() -> None:
    evil = ContactDraft(
        name='=HYPERLINK("x")', notes="@SUM(A1)", phones=[Phone("+49 821 1")], custom={"=1": "-1", "b": "\t=1"}
    )
    for dialect in DIALECTS:
        text = "".join(csv_file.write([evil], dialect=dialect, excel=True))
        assert text.startswith("\ufeff")
        assert not [
            cell for row in rows(dialect, [evil], excel=True) for cell in row if cell[:1] in set("=+-@\t\r＝＋－＠")
        ]
        (again,) = back(dialect, [evil], excel=True)
        assert (again.name, again.phones[0].value) == ('=HYPERLINK("x")', "+49 821 1")


def test_cells_are_verbatim_when_the_file_is_not_for_a_spreadsheet() -> None:
    (again,) = back("plain", [ContactDraft(name="'=1", notes="=2")])
    assert (again.name, again.notes) == ("'=1", "=2")


LETTERS = st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="\ufeff")
WORD = st.text(LETTERS, min_size=1, max_size=8)
TEXT = st.lists(WORD, min_size=1, max_size=3).map(" ".join)
LINES = st.lists(TEXT, min_size=1, max_size=3).map("\n".join)
PLACES = st.sampled_from(["work", "home", "other"])
MAILS = st.builds(lambda name, host: f"{name}@{host}.de", *[st.text("abcxyz09.", min_size=1, max_size=8)] * 2)
# A tag parts at these signs, a label is marked by a star, `[crm]` and `:::` are the exporters' own.
TAG = TEXT.filter(lambda text: not set(";,:*\n") & set(text))
LABEL = st.sampled_from([None, "work", "home", "mobile", "work fax", "Büro 3"])
KEY = st.text("abcÄß xyz", min_size=1, max_size=9).map(str.strip).filter(bool).map(lambda key: f"Own {key}")


def optional(texts: st.SearchStrategy[str]) -> st.SearchStrategy[str | None]:
    return st.none() | texts


# `+49` in a column of countries is a dialling code to the reader; it comes back as a field of its own.
COUNTRY = TEXT.filter(lambda text: not text.startswith("+"))


@st.composite
def contacts(draw: st.DrawFn) -> ContactDraft:
    given, family, additional = draw(TEXT), draw(optional(TEXT)), draw(optional(TEXT))
    name = draw(st.just(composed(None, given, additional, family, None)) | TEXT)
    places = draw(st.lists(PLACES, unique=True, max_size=3))
    return ContactDraft(
        name=name,
        given=given,
        family=family,
        additional=additional,
        nickname=draw(optional(TEXT)),
        emails=[Email(value) for value in draw(st.lists(MAILS, max_size=5, unique=True))],
        phones=[Phone(f"x {number}", None, draw(LABEL)) for number in draw(st.lists(st.integers(1, 999), max_size=4))],
        addresses=[
            Address(draw(LINES), None, None, "1", draw(TEXT), None, draw(optional(COUNTRY)), place) for place in places
        ],
        links=[Link(f"https://{draw(WORD)}", "url", draw(st.sampled_from([None, "blog"])))],
        company=draw(optional(TEXT)),
        department=draw(optional(TEXT)),
        title=draw(optional(TEXT)),
        role=draw(optional(TEXT)),
        birthday=draw(optional(st.dates().map(str))),
        notes=draw(optional(LINES)),
        tags=draw(st.lists(TAG, unique=True, max_size=3)),
        custom=draw(st.dictionaries(KEY, LINES, max_size=3)),
    )


def shape(draft: ContactDraft, dialect: str) -> dict[str, object]:
    """Give what a dialect can carry, in an order that does not depend on its columns."""
    outlook = dialect.startswith("outlook")
    near = {None: None, "main": None, "other": None} if outlook else {}
    return {
        "single": [getattr(draft, field) for field in ("name", "given", "family", "additional", "nickname", "company")],
        "more": [getattr(draft, field) for field in ("department", "title", "role", "birthday", "notes")],
        "emails": [email.value for email in draft.emails],
        "phones": sorted((phone.value, str(near.get(phone.label, phone.label))) for phone in draft.phones),
        "addresses": sorted(draft.addresses, key=lambda address: address.label or ""),
        "links": [(link.value, link.label) for link in draft.links],
        "tags": draft.tags,
        "custom": draft.custom,
    }


@pytest.mark.parametrize("excel", [False, True])
@pytest.mark.parametrize("dialect", DIALECTS)
@settings(deadline=None, max_examples=40)
@given(drafts=st.lists(contacts(), min_size=1, max_size=3))
def test_any_contact_comes_back_when_it_was_exported(dialect: str, excel: bool, drafts: list[ContactDraft]) -> None:
    found = back(dialect, drafts, excel=excel)
    assert [shape(draft, dialect) for draft in found] == [shape(draft, dialect) for draft in drafts]
