"""People and the ways to reach them."""

from __future__ import annotations

from crm_cli.domain.record import Record, each
from crm_cli.domain.record_ref import RecordRef as RecordRef
from crm_cli.domain.reference import email_key as email_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Email(Record):
    """An address as it was typed; `label` is `work`, `home` or the user's own word."""

    value: str
    label: str | None = None
    preferred: bool = False


class Phone(Record):
    """A number as it was typed, and its E.164 form (`+4982112345`) where it has one."""

    value: str
    e164: str | None = None
    label: str | None = None
    preferred: bool = False


class Address(Record):
    """A postal address in the parts of vCard's ADR."""

    street: str | None = None
    extended: str | None = None
    po_box: str | None = None
    postcode: str | None = None
    city: str | None = None
    region: str | None = None
    country: str | None = None
    label: str | None = None
    preferred: bool = False


class Link(Record):
    """A web page, chat address or social profile: `kind` is `url`, `im` or `social`."""

    value: str
    kind: str = "url"
    label: str | None = None


class Contact(Record):
    """A person. `id` is the public uid; times are ISO 8601 with offset; `birthday` may be partial (`--04-12`)."""

    id: str
    name: str
    given: str | None = None
    family: str | None = None
    additional: str | None = None
    prefix: str | None = None
    suffix: str | None = None
    nickname: str | None = None
    salutation: str | None = None
    emails: tuple[Email, ...] = ()
    phones: tuple[Phone, ...] = ()
    addresses: tuple[Address, ...] = ()
    links: tuple[Link, ...] = ()
    company: RecordRef | None = None
    title: str | None = None
    department: str | None = None
    birthday: str | None = None
    tags: tuple[str, ...] = ()
    custom: dict[str, Any] = each(dict)
    owner: str | None = None
    notes: str | None = None
    created_at: str = ""
    updated_at: str = ""
    last_contact_at: str | None = None
