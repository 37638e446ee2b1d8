"""Read all people, or all firms, at once, prepared for comparison: folded, interned and counted."""

from __future__ import annotations

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

    from crm_cli.store.store import Store

_GENERATIONS = {"jr": "jr", "jun": "jr", "junior": "jr", "ii": "jr", "sr": "sr", "sen": "sr", "senior": "sr"}
_MOBILE_LABELS = ("cell", "mobile", "handy", "mobil")
# What forms write where nobody gave a birthday.
_NO_BIRTHDAYS = frozenset(("1900-01-01", "1901-01-01", "1970-01-01", "--01-01"))
_SHORTEST_NUMBER = 7
# A domain is a firm's where at least so many people say so, and most of those who have it.
_WITNESSES = 2


def firms(store: Store) -> tuple[list[Firm], FirmBook]:
    """Return every company in the order of its row, and the book they make; mail domains are those of the staff too."""
    connection = store.connection
    found = [Firm(*record) for record in dupes.names(connection, "company")]
    by_row = {firm.row: firm for firm in found}
    for row, folded in dupes.owned(connection, "company", "email"):
        _add_domain(by_row[row], folded)
    for row, folded in dupes.employee_mails(connection):
        _add_domain(by_row[row], folded)
    for row, e164, value, _ in dupes.owned(connection, "company", "phone"):
        number = e164 or digits(value)
        if len(number) >= _SHORTEST_NUMBER and number not in by_row[row].phones:
            by_row[row].phones = (*by_row[row].phones, number)
    _add_places(connection, "company", by_row)
    for row, value in dupes.owned(connection, "company", "link"):
        by_row[row].links = (*by_row[row].links, link_key(value))
    for row, uid in dupes.owned(connection, "company", "card"):
        by_row[row].uids = (*by_row[row].uids, uid)
    return found, FirmBook(found)


def _add_domain(record: Person | Firm, folded: str) -> None:
    domain = firm_domain(folded)
    if domain is not None and domain not in record.domains:
        record.domains = (*record.domains, domain)


def _add_places(connection: sqlite3.Connection, kind: str, by_row: Mapping[int, Person | Firm]) -> None:
    for row, street, postcode, _ in dupes.owned(connection, kind, "address"):
        record = by_row[row]
        if postcode not in record.towns:
            record.towns = (*record.towns, postcode)
        if street and (place := place_key(street, postcode)) not in record.places:
            record.places = (*record.places, place)


def people(store: Store) -> tuple[list[Person], Book]:
    """Return every contact in the order of its row, and the book they make."""
    connection = store.connection
    book = Book()
    found = [_person(record, book) for record in dupes.names(connection, "contact")]
    by_row = {person.row: person for person in found}
    _add_reach(connection, by_row)
    _add_firms(connection, by_row)
    book.count(found)
    return found, book


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
        person = by_row[row]
        if folded in person.emails:
            continue
        person.emails = (*person.emails, folded)
        _add_domain(person, folded)
    for row, e164, value, label in dupes.owned(connection, "contact", "phone"):
        person = by_row[row]
        if e164 is not None and (is_mobile(e164) or (label or "").lower() in _MOBILE_LABELS):
            if e164 not in person.mobiles:
                person.mobiles = (*person.mobiles, e164)
            continue
        number = e164 or digits(value)
        if len(number) >= _SHORTEST_NUMBER and number not in person.phones:
            person.phones = (*person.phones, number)
    _add_places(connection, "contact", by_row)
    for row, value in dupes.owned(connection, "contact", "link"):
        by_row[row].links = (*by_row[row].links, link_key(value))
    for row, uid in dupes.owned(connection, "contact", "card"):
        by_row[row].uids = (*by_row[row].uids, uid)


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
