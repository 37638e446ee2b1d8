"""What is made of the cells: headers of many programs, encodings, dates, broken rows."""

from __future__ import annotations

import io

import pytest

from crm_cli.domain.contact import Address, Email, Link, Phone
from crm_cli.domain.draft import ContactDraft, Refusal
from crm_cli.errors import UsageError
from importers import csv_file
from importers.csv_target import Mapping

UMLAUTS = "Name;Vorname;Straße;Ort\nMüller;Jürgen;Größenweg 1;Köln\nSüß;Änne;Ölmühle 2;Überlingen\n"


def drafts(text: str | bytes, **options) -> list[ContactDraft]:
    data = text.encode() if isinstance(text, str) else text
    found = list(csv_file.read(io.BytesIO(data), source="test.csv", **options))
    assert all(isinstance(draft, ContactDraft) for draft in found), found
    return found


def everything(text: str, **options) -> list[ContactDraft | Refusal]:
    return list(csv_file.read(io.BytesIO(text.encode()), source="test.csv", **options))


def mapping(text: str | bytes) -> dict[str, str]:
    data = text.encode() if isinstance(text, str) else text
    return dict(csv_file.inspect(data, source="test.csv").mapping.columns)


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1", "mac_roman", "mac_latin2", "cp850"],
)
def test_umlauts_are_right_when_the_encoding_is_found(encoding: str) -> None:
    first, second = drafts(UMLAUTS.encode(encoding))
    assert (first.given, first.family, first.addresses[0].city) == ("Jürgen", "Müller", "Köln")
    assert (second.name, second.addresses[0].street) == ("Änne Süß", "Ölmühle 2")


def test_the_encoding_is_the_users_when_it_is_named() -> None:
    data = "Jméno;Příjmení;E-mail\nJiří;Dvořák;j@d.cz\n".encode("cp1250")
    table = csv_file.inspect(data, source="x", encoding="cp1250")
    assert table.headers[1] == "Příjmení"
    with pytest.raises(UsageError):
        csv_file.inspect(data, source="x", encoding="no-such-thing")


def test_the_rest_stays_right_when_one_line_of_utf8_is_damaged() -> None:
    good = "".join(f"Müller{n},m{n}@x.de\n" for n in range(9)).encode()
    found = drafts(b"Name,Email\n" + good + "Größe,g@x.de\n".encode("cp1252"))
    assert [draft.name for draft in found[:2]] == ["Müller0", "Müller1"]
    assert found[-1].name == "Größe"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_when_other_signs_fill_the_cells(delimiter: str) -> None:
    cells = ["Ada Lovelace", "ada@x.de", "a; b | c, d"]
    quoted = delimiter.join(f'"{cell}"' for cell in cells)
    (draft,) = drafts(f"Name{delimiter}E-Mail{delimiter}Notizen\n{quoted}\n")
    assert (draft.given, draft.family, draft.notes) == ("Ada", "Lovelace", "a; b | c, d")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_are_counted_as_lines_when_cells_hold_line_breaks(end: str) -> None:
    text = f'Name,Notes,Email{end}Ada,"one{end}two",a@x.de{end}{end}Bob,,b@x.de{end}'
    first, second = drafts(text)
    assert (first.line, second.line) == (2, 5)
    assert first.notes == "one\ntwo"


def test_a_preamble_is_passed_over_when_linkedin_wrote_it() -> None:
    text = (
        'Notes:\n"You may notice, that some\naddresses are missing."\n\n'
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        "Ada,Lovelace,https://www.linkedin.com/in/ada,,Acme,CTO,12 Mar 2025\n"
        ",,,,,,30 Apr 2026\n"
    )
    skipped: list[Refusal] = []
    (draft,) = drafts(text, skipped=skipped)
    assert draft.links == [Link("https://www.linkedin.com/in/ada", "url", "linkedin")]
    assert draft.custom == {"linkedin_connected_on": "12 Mar 2025"}
    assert (draft.line, [row.line for row in skipped]) == (6, [7])


def test_excels_first_line_is_no_header_when_it_names_the_delimiter() -> None:
    (draft,) = drafts("\ufeffsep=;\nFirma;Ansprechpartner;PLZ/Ort\nEhrler GmbH;Frau Dr. Anna Schmidt;86150 Augsburg\n")
    assert (draft.name, draft.salutation, draft.prefix) == ("Dr. Anna Schmidt", "Frau", "Dr.")
    assert draft.addresses == [Address(postcode="86150", city="Augsburg")]


@pytest.mark.parametrize(
    ("headers", "targets"),
    [
        ("Name;Vorname;Straße;PLZ;Ort;Telefon", "family given street postcode city phone"),
        ("Name,Surname,Email", "given family email"),
        ("Nom,Prénom,Courriel", "family given email"),
        ("Nombre,Apellidos,Teléfono móvil", "given family phone:mobile"),
        ("Name,First Name,Last Name", "name given family"),
        ("Firma,Straße,Hausnr.,PLZ,Ort,Land", "company street street.number postcode city country"),
        ("full_name,mobile_number,company_name,crm_status", "name phone:mobile company custom"),
        ("Company/Organization,Home Phone,Work E-mail,Cell", "company phone:home email:work phone:mobile"),
        ("Strasse geschaeftlich,Ort geschäftlich,Tel. (p),Vorname", "street:work city:work phone:home given"),
        ("Fist Name,Lastname,E-Mial,Telefonnumer", "given family email phone"),
        ("Name,Game,Band,Statu", "name custom custom custom"),
        ("Name,Email Domain,Phone Verified,Email opt out", "name custom custom custom"),
        ("Name,Address Line 1,Address Line 2,City", "name street street.2 city"),
        (
            "Name,Address 1 Street,Address 1 City,Address 2 Street,Address 2 City",
            "name street#1 city#1 street#2 city#2",
        ),
        ("Name,Home Address,Home Street,Home City", "name formatted:home street:home city:home"),
        ("Company,Title,Job Title,Last Name", "company prefix title family"),
        ("MailingStreet,MAILINGPOSTALCODE,LastName", "street:work postcode:work family"),
        ("Vorname,Geburtsjahr,Geburtsmonat,Geburtstag", "given birthday.year birthday.month birthday.day"),
        ("Name,WhatsApp Number,LinkedIn URL,Website", "name im:whatsapp url:linkedin url"),
        ("Name,Notes,Description,Name", "name notes custom custom"),
    ],
)
def test_headers_are_understood_when_no_program_is_known(headers: str, targets: str) -> None:
    assert list(mapping(headers + "\n").values()) == targets.split(" ")


@pytest.mark.parametrize(
    ("headers", "preset"),
    [
        ("Person - Name,Person - Email - Work,Organization - Name", "pipedrive"),
        ("ID,ACCOUNTID,LASTNAME,FIRSTNAME,EMAIL", "salesforce"),
        ("First Name,Last Name,Account Name,Mailing City", "salesforce"),
        ("First,Last,Email,Distribution Lists,Home,Work,Yahoo! Phone", "yahoo"),
        ("First Name,E-mail Address,Business Street,Given Yomi", "outlook.com"),
        ("First Name,Last Name,Labels,File As", "google-new"),
        ("Record ID,First Name,Lifecycle Stage", "hubspot"),
        ("Vorname,Nachname,Unternehmen,Verbunden am", "linkedin"),
    ],
)
def test_the_program_is_recognised_when_only_some_of_its_headers_are_there(headers: str, preset: str) -> None:
    assert csv_file.inspect((headers + "\n").encode(), source="x").preset == preset


@pytest.mark.parametrize(
    ("header", "cells", "target"),
    [
        ("Contact", "9876543210", "phone"),
        ("Contact", "Ada Lovelace", "name"),
        ("Work", "0821 123456", "phone:work"),
        ("Reach", "ada@x.de", "email"),
        ("Title", "Dr.", "prefix"),
        ("Title", "Head of Sales", "title"),
        ("Country", "+49", "custom"),
        ("Country", "Germany", "country"),
    ],
)
def test_the_cells_decide_when_the_header_has_two_readings(header: str, cells: str, target: str) -> None:
    other = "Company" if header == "Contact" else "Name"
    found = mapping(f"{other},{header},Fax\nEhrler,{cells},\n")
    assert found[header] == target


def test_a_list_of_customers_is_of_firms_when_their_names_say_so() -> None:
    first, second = drafts("Kunde;Tel;Ort\nEhrler GmbH;0821 12345;Augsburg\nMaier AG;0821 22222;Ulm\n")
    assert (first.kind, first.name, first.company) == ("org", "Ehrler GmbH", None)
    assert second.kind == "org"
    (person,) = drafts("Kunde;Tel\nHans Maier;0821 12345\n")
    assert (person.kind, person.family) == ("individual", "Maier")


def test_a_row_without_a_person_is_a_firm_when_it_has_a_company() -> None:
    first, second = drafts("Name,Company,Email\nAda,Acme,a@x.de\n,Beta LLC,info@beta.com\n")
    assert (first.kind, first.company) == ("individual", "Acme")
    assert (second.kind, second.name, second.company, second.emails) == (
        *("org", "Beta LLC", None, [Email("info@beta.com")]),
    )


def test_several_values_are_parted_when_one_cell_holds_them() -> None:
    (draft,) = drafts(
        'Name,E-Mail,Telefon,Tags\nAda,"a@x.de; b@x.de","+49 821 12345, 0171 1234567","messe, vip"\n',
    )
    assert [email.value for email in draft.emails] == ["a@x.de", "b@x.de"]
    assert [phone.e164 for phone in draft.phones] == ["+4982112345", "+491711234567"]
    assert draft.tags == ["messe", "vip"]


def test_what_was_typed_is_kept_when_it_fits_no_field() -> None:
    (draft,) = drafts("Name,Email,Phone,Birthday,,VAT\nAda,not a mail,ask Bob,some day in May,loose,DE 1\n")
    assert draft.emails == [Email("not a mail")]
    assert draft.phones == [Phone("ask Bob")]
    assert draft.birthday == "some day in May"
    assert draft.custom == {"Column 5": "loose", "VAT": "DE 1"}


def test_words_for_nothing_are_no_address_when_a_cell_holds_them() -> None:
    (draft,) = drafts("Name,Email,Phone,Notes\nAda,n/a,-,n/a\n")
    assert (draft.emails, draft.phones, draft.notes) == ([], [], "n/a")


def test_a_national_number_is_read_by_the_rows_own_country() -> None:
    found = drafts("Name;Telefon;Land\nA;0664 1234567;Österreich\nB;0821 123456;\nC;012 345 67 89;Oman\n", region="DE")
    assert [draft.phones[0].e164 for draft in found] == ["+436641234567", "+49821123456", None]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("1980-01-05 20/01/1991 03/04/1992", ["1980-01-05", "1991-01-20", "1992-04-03"]),
        ("01/20/1991 03/04/1992", ["1991-01-20", "1992-03-04"]),
        ("03/04/1992 05/06/1993", ["03/04/1992", "05/06/1993"]),
        ("20/01/1991 01/20/1991 03/04/1992", ["1991-01-20", "1991-01-20", "03/04/1992"]),
        ("01.02.99 01.02.19 24.12. --12-24", ["1999-02-01", "01.02.19", "--12-24", "--12-24"]),
        ("0/0/00 0.0.00 31.02.1980", [None, None, "31.02.1980"]),
    ],
)
def test_a_date_is_read_when_it_can_mean_one_thing(cells: str, expected: list[str | None]) -> None:
    rows = "".join(f"Ada{n},{cell}\n" for n, cell in enumerate(cells.split(" ")))
    assert [draft.birthday for draft in drafts("Name,Birthday\n" + rows)] == expected


def test_names_of_months_are_read_when_a_date_holds_them() -> None:
    found = drafts('Name,Birthday\nA,15-Jan-1980\nB,"March 3, 1981"\nC,3. März 1982\nD,1940-06-07Z\n')
    assert [draft.birthday for draft in found] == ["1980-01-15", "1981-03-03", "1982-03-03", "1940-06-07"]


def test_a_short_row_is_padded_and_a_long_one_refused_when_rows_are_ragged() -> None:
    found = everything("Name,Email,Phone\nAda,a@x.de\nBob,b@x.de,1,more\nCy,c@x.de,1,\n,,\n , ,\n")
    assert [item.line for item in found] == [2, 3, 4]
    assert isinstance(found[1], Refusal)
    assert found[1].reason == csv_file.TOO_WIDE


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('Name,Email,Notes\nAda,a@x.de,"open\nBob,b@x.de,x\nCy,c@x.de,y\n', ["Bob", "Cy"]),
        ('Name,Email,Notes\n"Ada,a@x.de,x\nBob,b@x.de,"y"\nCy,c@x.de,z\n', ["Bob", "Cy"]),
        ('Name,Email,Notes\nBob,b@x.de,x\nAda,a@x.de,"open', ["Bob"]),
    ],
)
def test_one_row_is_refused_when_its_quotation_mark_is_never_closed(text: str, names: list[str]) -> None:
    found = everything(text)
    (refusal,) = (item for item in found if isinstance(item, Refusal))
    assert refusal.line == text[: text.index("Ada")].count("\n") + 1
    assert [item.name for item in found if isinstance(item, ContactDraft)] == names


def test_a_row_that_names_nobody_is_refused_when_it_holds_something_else() -> None:
    (refusal,) = everything("Name,Email,Status\n,,open\n")
    assert refusal == Refusal(
        "test.csv", 2, "The row names nobody: no name, company, e-mail address, phone number or link."
    )


def test_deleted_records_are_passed_over_when_salesforce_exported_them() -> None:
    skipped: list[Refusal] = []
    text = "Id,IsDeleted,AccountId,LastName,FirstName,Title\n1,0,7,Lovelace,Ada,CTO\n2,1,7,Gone,Bob,\n"
    (draft,) = drafts(text, skipped=skipped)
    assert (draft.title, draft.custom["salesforce_id"], draft.company) == ("CTO", "1", None)
    assert [row.line for row in skipped] == [3]


def test_an_empty_file_is_one_refusal_when_it_is_read() -> None:
    assert everything("") == [Refusal("test.csv", 0, csv_file.EMPTY)]
    assert everything("Name,Email\n") == [Refusal("test.csv", 0, csv_file.EMPTY)]


@pytest.mark.parametrize("text", ["Hans,Müller,h@m.de\nAda,L,a@x.de\n", "Hans,Müller,Bonn\nAda,L,Köln\n"])
def test_the_columns_are_asked_for_when_there_is_no_header(text: str) -> None:
    assert csv_file.inspect(text.encode(), source="x").question == "columns"
    with pytest.raises(UsageError) as caught:
        everything(text)
    assert "--columns" in (caught.value.hint or "")
    first, second = drafts(text, mapping=Mapping.by_position(["given", "family"]))
    assert (first.name, first.line, second.name) == ("Hans Müller", 1, "Ada L")
    assert list(first.custom) == ["3"]


def test_a_mapping_is_asked_for_when_no_header_is_understood() -> None:
    text = "Foo,Bar,Baz\nAda,a@x.de,12\n"
    table = csv_file.inspect(text.encode(), source="x")
    assert table.question == "map"
    with pytest.raises(UsageError):
        everything(text)
    (draft,) = drafts(text, mapping=table.mapping.apply_overrides(["Foo=name", "baz=custom:Size"]))
    assert (draft.name, draft.custom) == ("Ada", {"Size": "12"})


def test_the_callers_stream_stays_open_when_a_file_was_read() -> None:
    stream = io.BytesIO(b"Name,Email\nAda,a@x.de\n")
    csv_file.inspect(stream, source="x")
    assert len(list(csv_file.read(stream, source="x"))) == 1
    assert not stream.closed


def test_a_pipe_is_read_when_it_can_not_go_back() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    (draft,) = csv_file.read(Pipe("Name,Email\nJürgen,a@x.de\n".encode("cp1252")), source="-")
    assert isinstance(draft, ContactDraft)
    assert draft.name == "Jürgen"


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        (b"Name;E-Mail\n", "x.txt", True),
        (b"anything at all", "list.CSV", True),
        ("Vorname\tNachname\n".encode("utf-16"), "x.txt", True),
        (b"BEGIN:VCARD\n", "x.csv", False),
        (b"PK\x03\x04", "x.csv", False),
        (b'{"name": "Ada"}', "x.csv", False),
        (b"Dear Ada, thank you, Bob\n", "letter.txt", False),
        (b"", "x", False),
    ],
)
def test_a_table_is_told_by_name_or_content(head: bytes, name: str, expected: bool) -> None:
    assert csv_file.sniff(head, name) is expected
