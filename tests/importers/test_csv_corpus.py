"""Real files of other programs, read in place: what a careful person would map each column to, written by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_cli.domain.draft import ContactDraft
from importers import csv_file
from importers.csv_export_headers import OUTLOOK_DE

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "csv"
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real files is not beside the checkout")

THUNDERBIRD = """given family name nickname email.preferred email
    phone:work phone:home phone:fax phone:pager phone:mobile
    street:home street.2:home city:home region:home postcode:home country:home
    street:work street.2:work city:work region:work postcode:work country:work
    title department company url url birthday.year birthday.month birthday.day
    . . . . notes im:screen_name ."""
GOOGLE = "name given additional family . . . . prefix suffix . nickname . . birthday . . . . . . . . . . notes tags"
ADDRESS = "formatted# street# city# po_box# region# postcode# country# extended#"


def pairs(field: str, count: int) -> str:
    return " ".join(f"{field}#{n}.label {field}#{n}" for n in range(1, count + 1))


def address(number: int) -> str:
    return f"address#{number}.label {ADDRESS}".replace("# ", f"#{number} ").removesuffix("#") + f"#{number}"


OUTLOOK = """salutation given additional family suffix company department title
    street:work street.2:work street.3:work city:work region:work postcode:work country:work
    street:home street.2:home street.3:home city:home region:home postcode:home country:home
    street:other street.2:other street.3:other city:other region:other postcode:other country:other
    phone:assistant phone:work_fax phone:work phone:work phone:callback phone:car phone:company_main phone:home_fax
    phone:home phone:home phone:isdn phone:mobile phone:other_fax phone:other phone:pager phone:main phone:radio
    phone:tty phone:telex . . . . . . . .
    email.preferred . email.display email . email.display email . email.display
    . birthday . . . . anniversary tags . . . notes . . . po_box:work po_box:home . . . . . . . . url po_box:other"""

# file: encoding, delimiter, line of the header, preset, contacts, targets in the order of the columns (`.` = custom)
FILES: dict[str, tuple[str, str, int, str | None, int, str]] = {
    "rolomind__custom": ("utf-8", ",", 1, None, 4, "name company title email phone:mobile city notes"),
    "rolomind__google": (
        *("utf-8", ",", 1, "google-new", 4),
        """given additional family company title phone#1.label phone#1 email url#1.label url#1
        address#1.label formatted#1""",
    ),
    "__Connections": (
        *("utf-8", ",", 5, "linkedin", 10),
        "given family email company title custom:linkedin_connected_on url:linkedin",
    ),
    "__basic_addressbook": ("utf-8", ",", 1, "thunderbird", 1, THUNDERBIRD),
    "__csv_semicolon": ("utf-8", ";", 1, "thunderbird", 2, "name given family email.preferred"),
    "__shiftjis_addressbook": ("cp932", ",", 1, "thunderbird", 1, THUNDERBIRD),
    "roundcubemail__all": (
        *("utf-8-sig", ",", 1, None, 1),
        """name prefix given additional family suffix nickname company department title email:home email:work
        email:other phone:home phone:home phone:work phone:work phone:home_mobile phone:main phone:home_fax
        phone:work_fax phone:car phone:pager phone:video phone:assistant phone:other street:home city:home
        region:home postcode:home country:home street:work city:work region:work postcode:work country:work
        street:other city:other region:other postcode:other country:other . birthday . anniversary . . . notes
        im:aim im:icq im:jabber im:msn im:skype im:yahoo url:blog url url:other url:profile url:work tags""",
    ),
    "roundcubemail__gmail": (
        *("utf-8", ",", 1, "google", 1),
        f"""{GOOGLE} {pairs("email", 4)} {pairs("phone", 7)} {address(1)} {address(2)}
        . company . title department . . . {pairs("relation", 1)} {pairs("url", 2)}""",
    ),
    "08-broken-headers-typos": ("utf-8", ",", 1, None, 3, "name email phone company ."),
    "09-duplicate-headers": ("utf-8", ",", 1, None, 2, "name email phone . email notes"),
    "10-mixed-date-formats": ("utf-8", ",", 1, None, 3, "name email phone . ."),
    "17-formula-injection": ("utf-8", ",", 1, None, 5, "name email phone notes"),
    "18-international-phones": ("utf-8", ",", 1, None, 6, "name email phone ."),
    "23-quoted-fields-multiline": ("utf-8", ",", 1, None, 2, "name email phone street"),
    "24-salesforce-style": ("utf-8", ",", 1, None, 3, ". given family email phone . owner ."),
    "__european-semicolon": ("utf-8", ";", 1, None, 2, "name email phone company ."),
    "__hubspot-export": (
        *("utf-8", ",", 1, "hubspot", 3),
        "custom:hubspot_id given family email phone:work . custom:hubspot_created .",
    ),
    "__adb_mac_import": (
        *("utf-8", "\t", 1, None, 1),
        """given . family . company title country:work street:work city:work region:work postcode:work country:home
        street:other city:other region:other postcode:other country:other email:work email:home email:other phone:work
        phone:home phone:main phone:mobile phone:pager phone:other phone:work_fax phone:home_fax im:aim im:aim im:jabber
        im:jabber im:msn im:msn im:yahoo im:yahoo im:icq im:icq url notes birthday""",
    ),
    # The customers of a shop are firms.
    "__customers": ("utf-8", ",", 1, None, 3, "company . . . url notes . . . . . . . street po_box postcode city"),
    "__google_contacts": (
        *("utf-8", ",", 1, "google", 5),
        f"{GOOGLE} {pairs('email', 1)} {pairs('phone', 1)} {address(1)}",
    ),
    "__import_duplicate_1": (
        *("cp1252", ",", 1, "tine20", 2),
        """company salutation prefix given family title street:work postcode:work city:work country:work
        phone:work phone:fax phone:mobile email phone:home_fax phone:home email:home""",
    ),
    "__importtest_outlook2013": ("cp1252", ",", 1, "outlook-de", 2, OUTLOOK),
    "__leads": ("utf-8", ",", 1, None, 2, "name . . . . . . . . . . . . . . . tags . notes . company . owner . ."),
    "__out1000": (
        *("utf-8", ",", 1, "tine20", 1000),
        """company . url phone:work phone:fax phone:mobile street:work postcode:work city:work country:work . prefix
        given additional family phone:home phone:home_fax phone:home_mobile email email:home
        street:home postcode:home city:home country:home""",
    ),
}


def content(part: str) -> bytes:
    (path,) = (path for path in CORPUS.glob("*.csv") if path.stem.endswith(part))
    return path.read_bytes()


def test_every_file_is_listed_here() -> None:
    assert len(list(CORPUS.glob("*.csv"))) == len(FILES)


@pytest.mark.parametrize("part", FILES)
def test_columns_are_those_a_person_would_choose_when_a_real_file_is_read(part: str) -> None:
    encoding, delimiter, line, preset, _, targets = FILES[part]
    table = csv_file.inspect(content(part), source=part)
    found = [target.replace(" ", "_") for _, target in table.mapping.columns]
    assert found == ["custom" if target == "." else target for target in targets.split()]
    assert (table.encoding, table.delimiter, table.header_line, table.preset) == (encoding, delimiter, line, preset)
    assert table.question is None


@pytest.mark.parametrize("part", FILES)
def test_every_row_becomes_a_contact_when_a_real_file_is_read(part: str) -> None:
    drafts = list(csv_file.read(content(part), source=part))
    assert all(isinstance(draft, ContactDraft) and draft.name for draft in drafts)
    assert len(drafts) == FILES[part][4]
    assert "\ufffd" not in repr(drafts)


@pytest.mark.parametrize("part", FILES)
def test_nothing_a_row_holds_is_lost_when_a_real_file_is_read(part: str) -> None:
    """Each cell is found again in the draft; what the file repeats or fills with `Normal` is named here."""
    import csv

    data = content(part)
    table = csv_file.inspect(data, source=part)
    rows = list(csv.reader(data.decode(table.encoding).splitlines(keepends=True), delimiter=table.delimiter))
    drafts = [draft for draft in csv_file.read(data, source=part) if isinstance(draft, ContactDraft)]
    body = rows[-len(drafts) :]
    silent = {"0.0.00", "Keine Angabe", "Normal", "Aus", "SMTP", "* My Contacts"}
    for cells, draft in zip(body, drafts, strict=True):
        text = repr(draft).casefold().replace("\\n", " ").replace("\\xa0", " ")
        for cell, (_, target) in zip(cells, table.mapping.columns, strict=False):
            if cell.strip() in silent or target.startswith(("formatted", "birthday", "anniversary")):
                continue
            for word in cell.replace(":::", " ").replace("*", " ").split():
                assert word.casefold().strip("\"',;") in text or word in "* My Contacts", (part, cell)


def test_our_german_header_is_outlooks_own_when_compared_with_its_export() -> None:
    headers = csv_file.inspect(content("__importtest_outlook2013"), source="outlook").headers
    assert headers == OUTLOOK_DE


def test_details_are_right_when_outlook_wrote_the_file() -> None:
    first, second = csv_file.read(content("__importtest_outlook2013"), source="outlook")
    assert isinstance(first, ContactDraft)
    assert isinstance(second, ContactDraft)
    assert (first.line, second.line) == (2, 4)  # the first record holds a line break in its notes
    assert second.family is not None
    assert second.family.endswith("ß")
    assert first.birthday is None
    assert first.notes is None
    assert first.phones[0].e164 == "+49406432131550"
    assert [(address.label, address.city) for address in first.addresses] == [("work", "Hamburg")]
    assert not any(value in {"Normal", "Aus", "Keine Angabe"} for value in first.custom.values())


def test_details_are_right_when_google_wrote_the_file() -> None:
    (draft,) = csv_file.read(content("roundcubemail__gmail"), source="google")
    assert isinstance(draft, ContactDraft)
    assert [(email.label, email.preferred) for email in draft.emails] == [
        *(("home", True), ("work", False), (None, False), ("other", False)),
    ]
    assert draft.tags == ["Test"]
    assert draft.birthday == "1975-12-12"
    assert len(draft.addresses) == 2
    assert draft.addresses[0].po_box == "home_pobox"


def test_a_column_that_comes_twice_is_kept_when_its_field_is_taken() -> None:
    first, _ = csv_file.read(content("09-duplicate-headers"), source="twice")
    assert isinstance(first, ContactDraft)
    assert len(first.emails) == 2
    assert list(first.custom) == ["Name 2"]
    assert first.custom["Name 2"].startswith(first.given or "?")


def test_firms_are_firms_when_the_list_has_no_people() -> None:
    drafts = list(csv_file.read(content("__customers"), source="customers"))
    assert {draft.kind for draft in drafts if isinstance(draft, ContactDraft)} == {"org"}
