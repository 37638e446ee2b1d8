"""Firms: the accounts of a business-to-business address book."""

from __future__ import annotations

from crm_cli.domain.record import Record, each

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from crm_cli.domain.contact import Address, Email, Link, Phone


class Company(Record):
    """A firm. `id` is the public uid; it has the keys of a contact, None where only people have one."""

    id: str
    name: str
    given: None = None
    family: None = None
    emails: tuple[Email, ...] = ()
    phones: tuple[Phone, ...] = ()
    company: None = None
    title: None = None
    addresses: tuple[Address, ...] = ()
    links: tuple[Link, ...] = ()
    tags: tuple[str, ...] = ()
    custom: dict[str, Any] = each(dict)
    owner: str | None = None
    notes: str | None = None
    created_at: str = ""
    updated_at: str = ""
    last_contact_at: str | None = None
