"""How good the contacts are, and repairs that change nothing they are not sure of."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_cli.domain import repairs
from crm_cli.domain.contact import Address
from crm_cli.errors import BadInput, NotFound
from crm_cli.services import cleansing, journal
from crm_cli.store import contacts
from crm_cli.store.store import Store
from tests.dump import dump_of
from tests.services.book import NOW, contact, insert


@pytest.fixture
def store(tmp_path: Path):
    with Store.open(str(tmp_path / "crm.db"), actor="kim", command="crm test") as opened:
        yield opened


def check(store: Store, *, apply: bool = False, region: str = "DE"):
    return cleansing.check(store, apply=apply, region=region, now=NOW)


@pytest.mark.parametrize(
    ("typed", "after", "certain"),
    [
        ("mailto:ada@example.org", "ada@example.org", True),
        ("<ada@example.org>", "ada@example.org", True),
        (" ada @example.org, ", "ada@example.org", True),
        ("Ada Lovelace <ada@example.org>", "ada@example.org", False),
        ("ada (at) example (dot) org", "ada@example.org", False),
        ("ada@example,org", "ada@example.org", False),
        ("ada@gmial.com", "ada@gmail.com", False),
        ("ada@example.org", None, False),
        ("ada", None, False),
    ],
)
def test_email_is_repaired(typed: str, after: str | None, certain: bool) -> None:
    found = repairs.email(typed)
    assert (found and (found[0], found[2])) == (after and (after, certain))


@pytest.mark.parametrize(
    ("typed", "after", "certain"),
    [
        ("0821/349999", "+49821349999", True),
        ("Tel.: 0821 / 34 99 99", "+49821349999", True),
        ("Mobil 0171 1234567", "+491711234567", True),
        ("O821 349999", "+49821349999", False),
        ("12345", None, False),
        ("ask Eve", None, False),
    ],
)
def test_phone_gets_its_international_form(typed: str, after: str | None, certain: bool) -> None:
    found = repairs.phone(typed, "DE")
    assert (found and (found[0], found[2])) == (after and (after, certain))


@pytest.mark.parametrize(
    ("typed", "after"),
    [
        ("HANS MÜLLER", "Hans Müller"),
        ("hans-peter müller", "Hans-Peter Müller"),
        ("DR. ANNA VON DER TANN", "Dr. Anna von der Tann"),
        ("SEÁN O'BRIEN JUN.", "Seán O'Brien jun."),
        ("  Hans   Müller ", "Hans Müller"),
        ("Hans MÃ¼ller", "Hans Müller"),
    ],
)
def test_name_is_repaired(typed: str, after: str) -> None:
    assert repairs.name(typed) == (after, pytest.approx(repairs.name(typed)[1]), True)


@pytest.mark.parametrize("typed", ["Hans Müller", "BMW", "JFK", "Ada McDonald", "Ad", "محمد علي", "e e"])
def test_name_is_left_alone(typed: str) -> None:
    assert repairs.name(typed) is None


@pytest.mark.parametrize("typed", ["RONALD MCDONALD", "HENRY FORD II", "J R EWING"])
def test_name_is_only_proposed_where_the_case_is_not_certain(typed: str) -> None:
    found = repairs.name(typed)
    assert found is not None
    assert not found[2]


KNOWN = {"04103": "Leipzig"}


@pytest.mark.parametrize(
    ("typed", "after", "certain"),
    [
        (Address(city="86150 Augsburg"), Address(postcode="86150", city="Augsburg"), True),
        (Address(city="D-86150 Augsburg"), Address(postcode="86150", city="Augsburg", country="Deutschland"), True),
        (Address(postcode="A-1010", city="Wien"), Address(postcode="1010", city="Wien", country="Österreich"), True),
        (Address("Weg 1, 86150 Augsburg"), Address("Weg 1", postcode="86150", city="Augsburg"), True),
        (Address(postcode="86150 Augsburg"), Address(postcode="86150", city="Augsburg"), True),
        (
            Address(postcode="4103", city="Leipzig", country="Germany"),
            Address(postcode="04103", city="Leipzig", country="Germany"),
            True,
        ),
        (
            Address(postcode="4104", city="Leipzig", country="Germany"),
            Address(postcode="04104", city="Leipzig", country="Germany"),
            False,
        ),
    ],
)
def test_address_gets_postcode_and_town(typed: Address, after: Address, certain: bool) -> None:
    found = repairs.address(typed, KNOWN)
    assert found is not None
    assert (found[0], found[2]) == (after, certain)


@pytest.mark.parametrize(
    "typed",
    [
        Address("Weg 1", postcode="86150", city="Augsburg"),
        Address(postcode="1010", city="Wien"),
        Address(postcode="4103", city="Leipzig", country="Österreich"),
        Address("Weg 1", city="Augsburg"),
    ],
)
def test_address_is_left_alone(typed: Address) -> None:
    assert repairs.address(typed, KNOWN) is None


@pytest.mark.parametrize(
    ("given", "region", "expected"),
    [
        ("Sabine", "DE", "Frau"),
        ("Hans Peter", "AT", "Herr"),
        ("Hans", "GB", "Mr"),
        ("Rainer Maria", "DE", "Herr"),
        ("Andrea", "DE", None),
        ("Hans Sabine", "DE", None),
        ("", "DE", None),
        (None, "DE", None),
    ],
)
def test_salutation_is_given_only_where_certain(given: str | None, region: str, expected: str | None) -> None:
    assert repairs.salutation(given, region) == expected


@pytest.fixture
def ada(store: Store) -> int:
    with store.transaction(NOW):
        row = contact(store, "HANS VON MÜLLER", "Ehrler GmbH", given="HANS", family="VON MÜLLER")
        insert(store, "email", contact_id=row, value="mailto:hans@gmial.com", folded="mailto:hans@gmial.com")
        insert(store, "phone", contact_id=row, value="0821/349999")
        insert(store, "phone", contact_id=row, value="ask Eve")
        insert(store, "address", contact_id=row, street="Weg 1", city="86150 Augsburg")
    return row


def test_looking_changes_nothing(store: Store, ada: int) -> None:
    before = dump_of(store.connection)
    report = check(store)
    assert (report.records, report.applied) == (1, 0)
    assert {repair.field for repair in report.repairs} == {"name", "email", "phone", "address", "salutation"}
    assert dump_of(store.connection) == before


def test_apply_does_what_is_certain_keeps_what_was_typed_and_is_undone(store: Store, ada: int) -> None:
    before = dump_of(store.connection)
    report = check(store, apply=True)
    record = contacts.get(store.connection, ada)
    assert (record.name, record.given, record.family) == ("Hans von Müller", "Hans", "von Müller")
    assert record.salutation == "Herr"
    assert [email.value for email in record.emails] == ["hans@gmial.com"]
    assert [(phone.value, phone.e164) for phone in record.phones] == [
        ("0821/349999", "+49821349999"),
        ("ask Eve", None),
    ]
    assert [(address.postcode, address.city) for address in record.addresses] == [("86150", "Augsburg")]
    assert report.applied == 5
    assert [repair.after for repair in check(store, apply=True).repairs] == ["hans@gmail.com"]
    assert contacts.get(store.connection, ada).emails[0].value == "hans@gmial.com"
    journal.undo(store, now=NOW)
    assert dump_of(store.connection) == before


def test_repaired_address_is_found_by_mail_afterwards(store: Store, ada: int) -> None:
    check(store, apply=True)
    assert store.connection.execute("SELECT folded FROM email").fetchall() == [("hans@gmial.com",)]


def test_fields_are_counted_by_their_worst_verdict(store: Store) -> None:
    with store.transaction(NOW):
        good = contact(
            store, "Eva Krolin", "A", given="Eva", family="Krolin", email="eva@krolin.de", phone="0821 34999"
        )
        insert(store, "address", contact_id=good, street="Weg 1", postcode="86150", city="Augsburg")
        contact(store, "n/a", email="nobody", phone="x")
        contact(store, "Uwe", email="info@lang.de", birthday="1900-01-01")
        contact(store, "Uta Lang", given="Uta", family="Lang", email="uta@lang.de", updated_at="2020-01-01T00:00:00Z")
        contact(store, "Ida Lang", given="Ida", family="Lang", email="uta@lang.de")
    found = {quality.field: quality for quality in check(store).fields}
    name, email = found["name"], found["email"]
    assert (name.missing, name.doubtful) == (1, 1)
    assert (email.missing, email.malformed, email.doubtful, email.stale) == (0, 1, 3, 0)
    assert (found["phone"].missing, found["phone"].malformed) == (3, 1)
    assert found["company"].stale == 0
    assert found["birthday"].doubtful == 1
    assert found["salutation"].score is None
    assert all(quality.score is None or 0 <= quality.score <= 100 for quality in found.values())


def test_empty_store_scores_nothing(store: Store) -> None:
    report = check(store)
    assert (report.records, report.repairs) == (0, ())


def test_file_is_scored_before_it_is_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "book.csv"
    path.write_text("First Name,Last Name,Email,Phone\nEVA,KROLIN,eva@krolin.de,0821 349999\nUwe,Lang,uwe@,\n")
    report = cleansing.check_file(str(path), region="DE", now=NOW)
    found = {quality.field: quality for quality in report.fields}
    assert report.records == 2
    assert (found["email"].malformed, found["phone"].missing) == (1, 1)
    assert ("EVA KROLIN", "Eva Krolin", 2) in {(repair.before, repair.after, repair.line) for repair in report.repairs}


def test_file_that_is_missing_or_no_address_book_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        cleansing.check_file(str(tmp_path / "none.csv"), region="DE", now=NOW)
    path = tmp_path / "noise.bin"
    path.write_bytes(b"\x00\x01\x02\xff" * 50)
    with pytest.raises(BadInput) as refused:
        cleansing.check_file(str(path), region="DE", now=NOW)
    assert len(refused.value.report["refused"]) == 1


def test_what_nobody_touched_for_two_years_is_stale(store: Store) -> None:
    with store.transaction(NOW):
        contact(store, "Uta Lang", "A", email="uta@lang.de", updated_at="2023-11-18T00:00:00Z")
        contact(store, "Ida Lang", "A", email="ida@lang.de", updated_at="2023-11-20T00:00:00Z")
    found = {quality.field: quality for quality in check(store).fields}
    assert (found["email"].stale, found["company"].stale, found["name"].stale) == (1, 1, 0)
