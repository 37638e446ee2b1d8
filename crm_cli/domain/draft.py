"""What an importer read, before it is a record.

A reader yields drafts and refusals; it never touches the store. A draft keeps
the foreign text it came from in `raw`, so that an export can give back what
the columns do not hold.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from crm_cli.domain.contact import Address, Email, Link, Phone

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


@dataclass(slots=True)
class ContactDraft:
    """One card or row, as read. Mutable on purpose: readers fill it property by property.

    `kind` is vCard's KIND: `individual`, `org`, `group` or `location` (other words stay as they are).
    `name` is never empty: without FN it is made from N, then ORG, then e-mail, then phone.
    `company` is the employer's name (first part of ORG). `birthday` and `anniversary` are ISO dates,
    partial as in RFC 6350 (`--0412` is written `--04-12`), or the text as it came.
    `uid` is the foreign UID, exactly as stored, or None. `raw` is the card's own text in UTF-8.
    `source` and `line` say where it stands, for reports; `line` counts from 1.
    """

    name: str = ""
    kind: str = "individual"
    uid: str | None = None
    given: str | None = None
    family: str | None = None
    additional: str | None = None
    prefix: str | None = None
    suffix: str | None = None
    nickname: str | None = None
    salutation: str | None = None
    emails: list[Email] = field(default_factory=list)
    phones: list[Phone] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    company: str | None = None
    department: str | None = None
    title: str | None = None
    role: str | None = None
    birthday: str | None = None
    anniversary: str | None = None
    notes: str | None = None
    tags: list[str] = field(default_factory=list)
    custom: dict[str, Any] = field(default_factory=dict)
    owner: str | None = None
    members: list[str] = field(default_factory=list)
    rev: str | None = None
    raw: str | None = None
    raw_format: str | None = None
    repairs: list[str] = field(default_factory=list)
    source: str | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Refusal:
    """An item that could not be read: the file, the line it begins on (from 1; 0 = the file) and why.

    `reason` is an English template without places, translated by the front ends.
    """

    file: str
    line: int
    reason: str
