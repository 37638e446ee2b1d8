"""What a person types about somebody, and how it is read: one form for `add` and `edit`, shell and screen."""

from __future__ import annotations

from dataclasses import dataclass

from crm_cli.domain.contact import Phone, email_key
from crm_cli.domain.draft import ContactDraft
from crm_cli.domain.reach import is_email, labelled, read_address, read_email, read_link
from crm_cli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence
    from datetime import date
    from typing import TypeVar

    Value = TypeVar("Value")


@dataclass(slots=True)
class PartyInput:
    """The options of `add` and `edit` as typed; None or empty means not given.

    `email`, `phone`, `address` and `link` are `VALUE` or `LABEL=VALUE`, `custom` and `remove` `NAME=VALUE`, `clear`
    names of fields. `company` is a reference or the name of a new company.
    """

    name: str | None = None
    given: str | None = None
    family: str | None = None
    nickname: str | None = None
    salutation: str | None = None
    email: Sequence[str] = ()
    phone: Sequence[str] = ()
    address: Sequence[str] = ()
    link: Sequence[str] = ()
    company: str | None = None
    title: str | None = None
    department: str | None = None
    tag: Sequence[str] = ()
    birthday: str | None = None
    notes: str | None = None
    owner: str | None = None
    custom: Sequence[str] = ()
    remove: Sequence[str] = ()
    clear: Sequence[str] = ()

    def is_empty(self) -> bool:
        """Tell whether nothing was given at all."""
        return not any(getattr(self, name) for name in type(self).__slots__)


# Options with one value that go into the draft as they are.
_PLAIN = ("nickname", "salutation", "title", "department", "notes", "owner")


def read(typed: PartyInput, *, region: str, today: date) -> tuple[ContactDraft, list[tuple[str, str]]]:
    """Return what was typed as a draft, and what is kept although it could not be understood: [(kind, value)].

    The first value of each sort is the preferred one. Names, custom fields and the company are left to the caller.
    Raises UsageError for an empty value or an unreadable birthday.
    """
    for name in (*_PLAIN, "name", "given", "family", "birthday", "company"):
        value = getattr(typed, name)
        if value is not None and not value.strip():
            hint = None if name == "name" else "--clear {flag} takes a value away."
            raise UsageError("{flag} is empty.", flag=name, hint=hint)
    draft = ContactDraft()
    for name in _PLAIN:
        value = getattr(typed, name)
        setattr(draft, name, value if value is None or name == "notes" else " ".join(value.split()))
    draft.emails = _each_once([(email_key(email.value), email) for email in map(read_email, typed.email)])
    draft.phones = _each_once([(phone.value, phone) for phone in (_phone(text, region) for text in typed.phone)])
    draft.addresses = _each_once([(address, address) for address in map(read_address, typed.address)])
    draft.links = _each_once([(link.value, link) for link in map(read_link, typed.link)])
    draft.tags = [read_tag(text) for text in typed.tag]
    if typed.birthday is not None:
        from crm_cli.domain.day import read_birthday

        draft.birthday = read_birthday(typed.birthday, today=today)
    odd = [("email", email.value) for email in draft.emails if not is_email(email.value)]
    odd += [("phone", phone.value) for phone in draft.phones if phone.e164 is None]
    return draft, odd


def _each_once(pairs: list[tuple[Hashable, Value]]) -> list[Value]:
    """Return the values of (key, value) pairs, the first of each key."""
    found: dict[Hashable, Value] = {}
    for key, value in pairs:
        found.setdefault(key, value)
    return list(found.values())


def _phone(text: str, region: str) -> Phone:
    from crm_cli.domain.phone import phone_e164

    label, value = labelled(text, "--phone")
    return Phone(value, phone_e164(value, region), label)


def read_tag(text: str) -> str:
    """Return a tag as it is stored: without the `+` of a log line, blanks made one; raises UsageError for none."""
    name = " ".join(text.strip().removeprefix("+").split())
    if not name:
        raise UsageError("A tag needs a name.")
    return name
