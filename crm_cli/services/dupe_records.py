"""Read all people, or all firms, at once, prepared for comparison: folded, interned and counted."""

from __future__ import annotations

from crm_cli.domain.contact import email_key
from crm_cli.domain.contact_points import firm_domain, is_mobile
from crm_cli.domain.firm_matching import Firm, FirmBook
from crm_cli.domain.matching import Book, Person
from crm_cli.domain.names import name_words, without_legal_form
from crm_cli.domain.person_name import split_name
from crm_cli.domain.text import digits, fold
from crm_cli.store import dupes

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from crm_cli.domain.draft import ContactDraft
    from crm_cli.store.store import Store

_GENERATIONS = {"jr": "jr", "jun": "jr", "junior": "jr", "ii": "jr", "sr": "sr", "sen": "sr", "senior": "sr"}
_MOBILE_LABELS = ("cell", "mobile", "handy", "mobil")
# What forms write where nobody gave a birthday.
_NO_BIRTHDAYS = frozenset(("1900-01-01", "1901-01-01", "1970-01-01", "--01-01"))
_SHORTEST_NUMBER = 7
# A domain is a firm's where at least so many people say so, and most of those who have it.
_WITNESSES = 2
# Where a draft stands that is no record yet.
_NOWHERE = 0


def firms(store: Store, drafts: Sequence[ContactDraft] = ()) -> tuple[list[Firm], FirmBook]:
    """Return every company in the order of its row, and the book they make; mail domains are those of the staff too.

    Drafts of firms that are to be compared with them come behind the last.
    """
    connection = store.connection
    found = [Firm(*record) for record in dupes.names(connection, "company")]
    by_row = {firm.row: firm for firm in found}
    for row, folded in dupes.owned(connection, "company", "email"):
        _add_domain(by_row[row], folded)
    for row, folded in dupes.employee_mails(connection):
        _add_domain(by_row[row], folded)
    for row, e164, value, _ in dupes.owned(connection, "company", "phone"):
        _add_number(by_row[row], e164 or digits(value))
    _add_places(connection, "company", by_row)
    for row, value in dupes.owned(connection, "company", "link"):
        by_row[row].links = (*by_row[row].links, link_key(value))
    for row, uid in dupes.owned(connection, "company", "card"):
        by_row[row].uids = (*by_row[row].uids, uid)
    found += map(_firm_of, drafts)
    return found, FirmBook(found)


def _firm_of(draft: ContactDraft) -> Firm:
    firm = Firm(_NOWHERE, "", draft.name)
    for mail in draft.emails:
        _add_domain(firm, email_key(mail.value))
    for phone in draft.phones:
        _add_number(firm, phone.e164 or digits(phone.value))
    _take_places(firm, draft)
    return firm


def _take_places(record: Person | Firm, draft: ContactDraft) -> None:
    """Give a draft its addresses, web pages and foreign id."""
    for address in draft.addresses:
        if address.postcode:
            _add_place(record, address.street, address.postcode)
    record.links = tuple(link_key(link.value) for link in draft.links)
    record.uids = (draft.uid,) if draft.uid else ()


def _add_number(record: Person | Firm, number: str) -> None:
    if len(number) >= _SHORTEST_NUMBER and number not in record.phones:
        record.phones = (*record.phones, number)


def _add_domain(record: Person | Firm, folded: str) -> None:
    domain = firm_domain(folded)
    if domain is not None and domain not in record.domains:
        record.domains = (*record.domains, domain)


def _add_places(connection: sqlite3.Connection, kind: str, by_row: Mapping[int, Person | Firm]) -> None:
    for row, street, postcode, _ in dupes.owned(connection, kind, "address"):
        _add_place(by_row[row], street, postcode)


def _add_place(record: Person | Firm, street: str | None, postcode: str) -> None:
    if postcode not in record.towns:
        record.towns = (*record.towns, postcode)
    if street and (place := place_key(street, postcode)) not in record.places:
        record.places = (*record.places, place)


def people(store: Store, drafts: Sequence[ContactDraft] = ()) -> tuple[list[Person], Book]:
    """Return every contact in the order of its row, and the book they make.

    Drafts of people who are to be compared with them come behind the last.
    """
    connection = store.connection
    book = Book()
    found = [_person(record, book) for record in dupes.names(connection, "contact")]
    by_row = {person.row: person for person in found}
    _add_reach(connection, by_row)
    _add_firms(connection, by_row)
    found += [_person_of(draft, book) for draft in drafts]
    book.count(found)
    return found, book


def _person_of(draft: ContactDraft, book: Book) -> Person:
    parts = (draft.given, draft.family, draft.additional, draft.suffix, draft.nickname, draft.birthday)
    person = _person((_NOWHERE, "", draft.name, *parts), book)
    for mail in draft.emails:
        _add_email(person, email_key(mail.value))
    for phone in draft.phones:
        _add_phone(person, phone.e164, phone.value, phone.label)
    _take_places(person, draft)
    key = firm_key(draft.company) if draft.company else ""
    person.firms = (key,) if key else ()
    return person


def _person(record: Sequence[Any], book: Book) -> Person:
    row, uid, name, given, family, additional, suffix, nickname, birthday = record
    if given is None and family is None:
        split = split_name(name)
        given, family, additional = split.given, split.family or (None if split.given else name), split.additional
    return Person(
        row,
        uid,
        name,
        given=book.given.part(f"{given} {additional}" if given and additional else given),
        family=book.family.part(family),
        nickname=book.given.part(nickname),
        suffix=_GENERATIONS.get(suffix.strip(" .,").lower()) if suffix else None,
        birthday=_day(birthday),
    )


def _day(text: str | None) -> str | None:
    """Return a birthday that can be compared: `1980-04-12` or `--04-12`."""
    if text is None or text in _NO_BIRTHDAYS or len(text) not in (7, 10):
        return None
    shape = "".join("0" if sign.isdigit() else sign for sign in text)
    return text if shape in ("0000-00-00", "--00-00") else None


def _add_reach(connection: sqlite3.Connection, by_row: dict[int, Person]) -> None:
    for row, folded in dupes.owned(connection, "contact", "email"):
        _add_email(by_row[row], folded)
    for row, e164, value, label in dupes.owned(connection, "contact", "phone"):
        _add_phone(by_row[row], e164, value, label)
    _add_places(connection, "contact", by_row)
    for row, value in dupes.owned(connection, "contact", "link"):
        by_row[row].links = (*by_row[row].links, link_key(value))
    for row, uid in dupes.owned(connection, "contact", "card"):
        by_row[row].uids = (*by_row[row].uids, uid)


def _add_email(person: Person, folded: str) -> None:
    if folded not in person.emails:
        person.emails = (*person.emails, folded)
        _add_domain(person, folded)


def _add_phone(person: Person, e164: str | None, value: str, label: str | None) -> None:
    if e164 is None or not (is_mobile(e164) or (label or "").lower() in _MOBILE_LABELS):
        _add_number(person, e164 or digits(value))
    elif e164 not in person.mobiles:
        person.mobiles = (*person.mobiles, e164)


def place_key(street: str, postcode: str) -> str:
    """Return the form two spellings of one house share: `Hauptstraße 5` is `Hauptstr. 5`."""
    house = fold(street).replace("strasse", "str").replace("str.", "str")
    return f"{postcode} {''.join(filter(str.isalnum, house))}"


def link_key(value: str) -> str:
    """Return a web address without what does not name the page."""
    text = value.strip().lower().partition("?")[0].rstrip("/")
    return text.removeprefix("https://").removeprefix("http://").removeprefix("www.")


def firm_key(name: str) -> str:
    """Return a firm's folded name without its legal form."""
    return " ".join(without_legal_form(name_words(name)))


def _add_firms(connection: sqlite3.Connection, by_row: dict[int, Person]) -> None:
    """Give everybody their employers; who names none works where everybody else with that domain does."""
    keys = {row: firm_key(name) for row, _, name in dupes.names(connection, "company")}
    for row, company in dupes.jobs(connection):
        key = keys[company]
        person = by_row[row]
        if key:
            person.firms = (*(firm for firm in person.firms if firm != key), key)
    owners = _domain_owners(by_row.values())
    for person in by_row.values():
        if not person.firms:
            person.firms = tuple(dict.fromkeys(owners[domain] for domain in person.domains if domain in owners))


def _domain_owners(everybody: Iterable[Person]) -> dict[str, str]:
    """Return domain -> firm for the domains most of whose people are of one firm."""
    counts: dict[str, dict[str, int]] = {}
    for person in everybody:
        if person.firms:
            for domain in person.domains:
                firms = counts.setdefault(domain, {})
                firms[person.firms[-1]] = firms.get(person.firms[-1], 0) + 1
    found = {}
    for domain, firms in counts.items():
        firm = max(firms, key=firms.__getitem__)
        if firms[firm] >= _WITNESSES and 2 * firms[firm] > sum(firms.values()):
            found[domain] = firm
    return found
