"""Mail programs: addresses for them, and people out of the messages they pipe in."""

from __future__ import annotations

from crm_cli.domain.contact import email_key
from crm_cli.domain.party_input import PartyInput
from crm_cli.domain.reach import is_email
from crm_cli.domain.record import Record
from crm_cli.errors import NotFound, UsageError
from crm_cli.services import contacts
from crm_cli.store import parties, search

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from crm_cli.domain.contact import Contact
    from crm_cli.services.parties import Saved
    from crm_cli.store.store import Store

HEADERS = ("from", "reply-to", "sender", "to", "cc")
_HITS = 200


class MailAddress(Record):
    """An address a mail program may write to: `other` is the label, the firm or both."""

    address: str
    name: str
    other: str


class Correspondent(Record):
    """Somebody a message names: the address, the name beside it (or empty)."""

    address: str
    name: str


def addresses(store: Store, *, query: str, region: str = "DE", limit: int | None = None) -> list[MailAddress]:
    """Return the addresses of the people and firms a text finds, best first, the preferred one of each before others.

    Where the text is part of an address itself, only addresses that hold it are given. Raises NotFound.
    """
    from crm_cli.services.search import find

    hits = find(store, text=query, kinds=("contact", "company"), limit=_HITS, region=region)
    known = _reached(store, [hit.id for hit in hits])
    found = [
        MailAddress(value, hit.name, " · ".join(part for part in (hit.company, label) if part))
        for hit in hits
        for value, label in known.get(hit.id, ())
    ]
    key = email_key(query)
    if "@" in query:
        found = [item for item in found if key in email_key(item.address)] or found
    if not found:
        raise NotFound("Nobody with an e-mail address matches “{text}”.", text=query)
    return found[:limit]


def _reached(store: Store, uids: Sequence[str]) -> dict[str, list[tuple[str, str | None]]]:
    """Return the addresses of records by public id, with their labels."""
    from crm_cli.store.mail import addresses_of

    return addresses_of(store.connection, uids)


def correspondents(message: bytes, headers: Sequence[str]) -> list[Correspondent]:
    """Return who a message names in these headers, each address once; raises UsageError for an unknown header."""
    from email.parser import HeaderParser

    unknown = [name for name in headers if name not in HEADERS]
    if unknown:
        raise UsageError(
            "“{header}” names nobody.", header=unknown[0], hint="There are: {known}.", known=", ".join(HEADERS)
        )
    # A message that was saved or forwarded may begin with blank lines or mbox's own first line.
    text = message.lstrip(b"\r\n")
    if text.startswith(b"From "):
        text = text.partition(b"\n")[2]
    head = text.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    try:
        parsed = HeaderParser().parsestr(head.decode())
    except UnicodeDecodeError:  # 8-bit text no charset was named for: old mail of Western Europe
        parsed = HeaderParser().parsestr(head.decode("latin-1"))
    found: dict[str, Correspondent] = {}
    for name in headers:
        for address, shown in _pairs([str(value) for value in parsed.get_all(name, [])]):
            if is_email(address):
                known = found.get(email_key(address))
                if known is None or (shown and not known.name):
                    found[email_key(address)] = Correspondent(address, shown)
    return list(found.values())


def _pairs(values: Sequence[str]) -> list[tuple[str, str]]:
    """Return (address, name) of header values; encoded words (RFC 2047) are decoded after parting the addresses."""
    from email.header import decode_header, make_header
    from email.utils import getaddresses

    pairs = []
    for name, address in getaddresses(values):
        try:
            shown = str(make_header(decode_header(name)))
        except (LookupError, UnicodeError, ValueError):
            shown = name
        shown = " ".join(shown.replace("\ufffd", "").split()).strip("'\" ")
        pairs.append((address.strip(), "" if email_key(shown) == email_key(address) else shown))
    return pairs


def is_known(store: Store, address: str) -> bool:
    """Tell whether a person or firm has this address."""
    return any(parties.rows_with_email(store.connection, kind, [address]) for kind in parties.KINDS)


def incomplete(store: Store, name: str) -> Contact | None:
    """Return the one person of this name if no address of theirs is known yet."""
    from crm_cli.store import contacts as records

    search.ready(store.connection)
    rows = parties.rows_named(store.connection, "contact", name) if name else []
    if len(rows) != 1:
        return None
    contact = records.get(store.connection, rows[0])
    return None if contact.emails else contact


def add(store: Store, *, person: Correspondent, region: str, now: datetime) -> Saved:
    """Add somebody to the address book, or the address to the one person of that name who has none."""
    with store.transaction(now):
        known = incomplete(store, person.name)
        if known is not None:
            row = parties.rows_named(store.connection, "contact", person.name)[0]
            return contacts.edit(store, row=row, typed=PartyInput(email=[person.address]), region=region, now=now)
        typed = PartyInput(name=person.name or person.address, email=[person.address])
        # A namesake with another address is somebody else as far as anybody knows.
        return contacts.add(store, typed=typed, force=True, region=region, now=now)
