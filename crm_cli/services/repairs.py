"""The repairs of one person's entry, from the rules for single values."""

from __future__ import annotations

from crm_cli.domain import repairs
from crm_cli.domain.cleansing import Repair
from crm_cli.domain.contact import Address, email_key
from crm_cli.domain.person_name import split_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from crm_cli.domain.contact import Contact
    from crm_cli.domain.draft import ContactDraft

    Record = Contact | ContactDraft

_NAME_PARTS = ("prefix", "given", "additional", "family", "suffix")
_ADDRESS_PARTS = tuple(part for part in Address.__match_args__ if part not in ("label", "preferred"))


class Proposer:
    """Proposes repairs; `known_towns` is what the source itself says about postcodes."""

    def __init__(self, known_towns: Mapping[str, str], *, region: str) -> None:
        self._towns = known_towns
        self._region = region

    def proposals(self, record: Record) -> Iterator[Repair]:
        """Yield what could be repaired in one record."""
        yield from self._names(record)
        yield from self._emails(record)
        for phone in record.phones:
            if phone.e164 is None and (found := repairs.phone(phone.value, self._region)):
                number, reason, certain = found
                row = (("value", phone.value), ("e164", None))
                yield _repair(record, "phone", phone.value, number, reason, certain, "phone", row, (("e164", number),))
        for address in record.addresses:
            proposal = repairs.address(address, self._towns)
            if proposal is not None:
                after, reason, certain = proposal
                key = tuple((part, getattr(address, part)) for part in _ADDRESS_PARTS)
                columns = tuple((part, getattr(after, part)) for part in _ADDRESS_PARTS)
                changed = tuple(column for column, before in zip(columns, key, strict=True) if column != before)
                yield _repair(record, "address", _line(address), _line(after), reason, certain, "address", key, changed)

    def _names(self, record: Record) -> Iterator[Repair]:
        name, salutation = record.name, None
        columns: dict[str, Any] = {}
        certain, reasons = True, []
        split = split_name(name)
        if split.salutation and not record.salutation and split.name != name and split.given and split.family:
            salutation = split.salutation
            columns |= {"salutation": salutation, "name": split.name, "given": split.given, "family": split.family}
            name = split.name
            reasons.append("the salutation stands in the name")
        if found := repairs.name(name):
            name, reason, certain = found
            columns["name"] = name
            columns |= _parts(record, columns)
            reasons.append(reason)
        if reasons:
            set_ = tuple(columns.items())
            yield _repair(record, "name", record.name, name, reasons[0], certain, "contact", (), set_)
        if not record.salutation and not salutation:
            given = columns.get("given", record.given)
            if word := repairs.salutation(given, self._region):
                reason = "a given name that leaves no doubt"
                yield _repair(record, "salutation", "", word, reason, True, "contact", (), (("salutation", word),))

    def _emails(self, record: Record) -> Iterator[Repair]:
        known = {email_key(email.value) for email in record.emails}
        for email in record.emails:
            found = repairs.email(email.value)
            if found is None:
                continue
            after, reason, certain = found
            doubled = email_key(after) in known and email_key(after) != email_key(email.value)
            if not doubled:
                key = (("value", email.value),)
                yield _repair(record, "email", email.value, after, reason, certain, "email", key, (("value", after),))


def _parts(record: Record, columns: Mapping[str, Any]) -> dict[str, str]:
    """Return the parts of a name repaired the way the whole is."""
    values = {part: columns.get(part, getattr(record, part)) for part in _NAME_PARTS}
    return {part: repairs.name_part(value, record.name) for part, value in values.items() if value}


def _line(address: Address) -> str:
    town = " ".join(part for part in (address.postcode, address.city) if part)
    return ", ".join(part for part in (address.street, address.extended, address.po_box, town, address.country) if part)


def _repair(
    record: Record,
    field: str,
    before: str,
    after: str,
    reason: str,
    certain: bool,
    table: str,
    key: tuple[tuple[str, Any], ...],
    columns: tuple[tuple[str, Any], ...],
) -> Repair:
    uid = getattr(record, "id", None)
    line = getattr(record, "line", 0)
    return Repair(uid, record.name, field, before, after, reason, certain, line, table, key, columns)
