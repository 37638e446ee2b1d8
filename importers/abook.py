"""The address book of abook: an INI file of numbered sections, lists in one line parted by commas.

abook keeps what it does not know only as five numbered fields of the user's own, so a record that
came in another format goes out with its main fields. Its reader takes UTF-8 and no line breaks.
"""

from __future__ import annotations

from crm_cli.domain.contact import Address, Email, Link, Phone
from crm_cli.domain.draft import ContactDraft, Refusal
from crm_cli.domain.person_name import split_name
from crm_cli.domain.phone import phone_e164
from importers.encodings import OVERLONG, decode_bytes, line_blocks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

NOT_A_LINE = "A line that is neither a section nor field=value."
NO_NAME = "The entry has no name and no e-mail."
_FORMAT = "[format]"
_PHONES = {"phone": "home", "workphone": "work", "mobile": "mobile", "fax": "fax"}
_ADDRESS = {
    "address": "street",
    "address2": "extended",
    "city": "city",
    "state": "region",
    "zip": "postcode",
    "country": "country",
}
_SINGLE = {"nick": "nickname", "notes": "notes", "anniversary": "anniversary"}
_HEADER = "# abook addressbook file\n\n[format]\nprogram=abook\nversion=0.6.1\n\n"


def sniff(start: bytes, _: str) -> bool:
    """Say whether a file is abook's, by its first bytes."""
    text = start.decode("utf-8", "replace")
    return _FORMAT in text and "program=abook" in text.replace(" ", "")


def read(stream: BinaryIO, *, source: str, region: str | None = "DE") -> Iterator[ContactDraft | Refusal]:
    """Yield a draft for each numbered section; a line that can't be read is refused, the rest of its entry kept."""
    entry: dict[str, str] | None = None
    begun = number = 0
    for block in line_blocks(stream):
        for line in block:
            number += 1
            text = "" if line is OVERLONG else decode_bytes(line)[0].strip()
            if line is not OVERLONG and (not text or text.startswith("#")):
                continue
            if text.startswith("[") and text.endswith("]"):
                if entry is not None:
                    yield _draft(entry, source, begun, region)
                entry, begun = (None if text == _FORMAT else {}), number
                continue
            key, equals, value = text.partition("=")
            if not equals:
                yield Refusal(source, number, NOT_A_LINE)
            elif entry is not None and value.strip():
                entry[key.strip().lower()] = value.strip()
    if entry is not None:
        yield _draft(entry, source, begun, region)


def _draft(entry: dict[str, str], source: str, line: int, region: str | None) -> ContactDraft | Refusal:
    draft = ContactDraft(source=source, line=line)
    draft.emails = [Email(value) for value in _items(entry.pop("email", ""))]
    split = split_name(entry.pop("name", ""))
    for part in ("name", "prefix", "given", "additional", "family", "suffix", "salutation"):
        setattr(draft, part, getattr(split, part))
    draft.name = draft.name or (draft.emails[0].value if draft.emails else "")
    if not draft.name:
        return Refusal(source, line, NO_NAME)
    for key, label in _PHONES.items():
        draft.phones += [Phone(value, phone_e164(value, region), label) for value in _items(entry.pop(key, ""))]
    parts = {part: entry.pop(key) for key, part in _ADDRESS.items() if key in entry}
    if parts:
        draft.addresses = [Address().changed(**parts)]
    draft.links = [Link(value) for value in _items(entry.pop("url", ""))]
    draft.tags = _items(entry.pop("groups", ""))
    for key, field in _SINGLE.items():
        setattr(draft, field, entry.pop(key, None))
    draft.custom = dict(entry)
    return draft


def _items(text: str) -> list[str]:
    return [item.strip() for item in text.split(",") if item.strip()]


def write(drafts: Iterable[ContactDraft]) -> Iterator[bytes]:
    """Yield the file: its head, then a section for each contact."""
    yield _HEADER.encode()
    for number, draft in enumerate(drafts):
        lines = [f"[{number}]", *(f"{key}={value}" for key, value in _fields(draft) if value)]
        yield ("\n".join(lines) + "\n\n").encode("utf-8", "replace")


def _fields(draft: ContactDraft) -> Iterator[tuple[str, str]]:
    yield "name", _line(draft.name)
    yield "email", _joined(email.value for email in draft.emails)
    address = draft.addresses[0] if draft.addresses else Address()
    for key, part in _ADDRESS.items():
        yield key, _line(getattr(address, part))
    left = list(draft.phones)
    for key, label in _PHONES.items():
        own = [phone for phone in left if _kind(phone) == label]
        yield key, _joined(phone.value for phone in own)
    for key, field in _SINGLE.items():
        yield key, _line(getattr(draft, field))
    yield "url", _joined(link.value for link in draft.links if link.kind == "url")
    yield "groups", _joined(draft.tags)
    for key in ("custom1", "custom2", "custom3", "custom4", "custom5"):
        yield key, _line(draft.custom.get(key))


def _kind(phone: Phone) -> str:
    """Return which of abook's four kinds a number goes under."""
    words = (phone.label or "").split()
    for label in ("fax", "mobile", "home"):
        if label in words:
            return label
    return "work"


def _line(value: object) -> str:
    return " ".join(str(value).split()) if value else ""


def _joined(values: Iterable[str]) -> str:
    return ",".join(_line(value.replace(",", " ")) for value in values)
