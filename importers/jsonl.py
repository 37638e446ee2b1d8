"""Contacts and companies as JSON: one object a line, one array, or pretty-printed objects.

The keys are those `crm contact list --json` gives, and a script may write less:
`{"name": "Ada Lovelace", "email": "ada@example.org", "company": "Analytical Engines"}`.
"""

from __future__ import annotations

import json
import re

from crm_cli.domain.contact import Address, Email, Link, Phone
from crm_cli.domain.draft import ContactDraft, Refusal
from crm_cli.domain.phone import phone_e164
from importers.encodings import LINE_LIMIT, OVERLONG, decode_bytes, line_blocks
from importers.vcard_build import KIND

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, BinaryIO

NO_JSON = "The line is no JSON object."
TOO_LONG = "The object is larger than 12 MB."
NO_NAME = "The object has no name, e-mail or phone."
WRONG_TYPE = "A field holds a value of the wrong type."
UNKNOWN_KEY = "Fields nobody here knows were kept in the object's text only."

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_TEXTS = (
    "given family additional prefix suffix nickname salutation department title role"
    " birthday anniversary notes owner uid"
).split()
_SEVERAL: dict[str, tuple[str, type[Any], str]] = {
    "emails": ("email", Email, "value"),
    "phones": ("phone", Phone, "value"),
    "addresses": ("address", Address, "street"),
    "links": ("url", Link, "value"),
}
_SINGLES = [single for single, _, _ in _SEVERAL.values()]
_KNOWN = frozenset((*_TEXTS, *_SEVERAL, *_SINGLES, "name", "kind", "company", "tags", "tag", "custom"))
# What other exports of ours call firms and people.
_KINDS = {"company": "org", "contact": "individual"}
# What our own objects carry beside the record itself.
_OWN = frozenset("id created_at updated_at last_contact_at members".split())


def read(stream: BinaryIO, *, source: str, region: str | None = "DE") -> Iterator[ContactDraft | Refusal]:
    """Read objects one by one; a broken line is refused and the next one read.

    `id` becomes the draft's `uid` unless there is a `uid`.
    """
    for line, text, problem in _objects(stream):
        value: Any = None
        if problem is None:
            try:
                value = json.loads(text)
            except (ValueError, RecursionError):
                problem = NO_JSON
        if not problem and not isinstance(value, dict):
            problem = NO_JSON
        yield Refusal(source, line, problem) if problem else _draft(value, text, source, line, region)


def _objects(stream: BinaryIO) -> Iterator[tuple[int, str, str | None]]:
    """Yield `(line, text, problem)` for each object of a file."""
    gatherer = _Gatherer()
    number = 0
    for block in line_blocks(stream):
        for line in block:
            number += 1
            if line is OVERLONG:
                yield from gatherer.give_up(TOO_LONG, number)
            else:
                yield from gatherer.feed(decode_bytes(line)[0], number)
    yield from gatherer.give_up(NO_JSON)


class _Gatherer:
    """Puts the lines of a pretty-printed object together; an object on one line passes through."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.start = self.depth = self.size = 0

    def feed(self, line: str, number: int) -> Iterator[tuple[int, str, str | None]]:
        if self.lines and line[:1] == "{":
            # An object that begins in the first column ends one that was never closed.
            yield from self.give_up(NO_JSON)
        text = line.strip()
        if not self.lines:
            text = _inside_array(text)
            if text[:1] != "{" or text[-1:] == "}":
                for item in _items(text):
                    yield number, item, None
                return
            self.start = number
        self.lines.append(text)
        self.size += len(text)
        self.depth += _depth(text)
        if self.depth <= 0:
            yield self.start, "\n".join(self.lines).rstrip(" ,]"), None
            self._clear()
        elif self.size > LINE_LIMIT:
            yield from self.give_up(TOO_LONG)

    def give_up(self, reason: str, number: int = 0) -> Iterator[tuple[int, str, str | None]]:
        """Refuse what is open, or the line given."""
        if self.lines or number:
            yield (self.start if self.lines else number), "", reason
        self._clear()

    def _clear(self) -> None:
        self.lines, self.depth, self.size = [], 0, 0


def _inside_array(line: str) -> str:
    """Take off the brackets and commas that hold the lines of an array together."""
    line = line.lstrip(" ,")
    if line[:1] == "[" and line[-1:] != "]":
        line = line[1:].lstrip()
    closed = line.rstrip(" ,]")
    return closed if line[:1] != "[" and (not closed or closed[-1] == "}") else line


def _items(line: str) -> Iterator[str]:
    """Give the objects of a line: one, or those of an array."""
    items = None
    if line[:1] == "[":
        try:
            items = json.loads(line)
        except (ValueError, RecursionError):
            pass
    if isinstance(items, list):
        for item in items:
            yield json.dumps(item, ensure_ascii=False)
    elif line:
        yield line


def _depth(line: str) -> int:
    """Count the braces a line leaves open, those in strings left out."""
    plain = _STRING.sub("", line)
    return plain.count("{") - plain.count("}")


def _draft(value: dict[str, Any], text: str, source: str, line: int, region: str | None) -> ContactDraft | Refusal:
    draft = ContactDraft(source=source, line=line, raw=text, raw_format="json")
    try:
        _fill(draft, value, region)
    except (TypeError, ValueError):
        return Refusal(source, line, WRONG_TYPE)
    if not draft.name:
        parts = (draft.prefix, draft.given, draft.additional, draft.family, draft.suffix)
        ways = [*(email.value for email in draft.emails), *(phone.value for phone in draft.phones)]
        draft.name = next((text for text in (" ".join(part for part in parts if part), *ways) if text), "")
    if not draft.name:
        return Refusal(source, line, NO_NAME)
    if set(value) - _KNOWN - _OWN:
        draft.repairs.append(UNKNOWN_KEY)
    return draft


def _fill(draft: ContactDraft, value: dict[str, Any], region: str | None) -> None:
    draft.name = _text(value.get("name")) or ""
    draft.kind = _kind(value.get("kind"))
    for field in _TEXTS:
        setattr(draft, field, _text(value.get(field)))
    draft.uid = draft.uid or _text(value.get("id"))
    company = value.get("company")
    draft.company = _text(company.get("name")) if isinstance(company, dict) else _text(company)
    for field, (single, make, key) in _SEVERAL.items():
        items = [*_list(value.get(field)), *_list(value.get(single))]
        setattr(draft, field, [_item(item, make, key) for item in items if item])
    draft.phones = [
        Phone(phone.value, phone.e164 or phone_e164(phone.value, region), phone.label, phone.preferred)
        for phone in draft.phones
    ]
    tags = [_text(tag) for tag in (*_list(value.get("tags")), *_list(value.get("tag")))]
    draft.tags = list(dict.fromkeys(tag for tag in tags if tag))
    custom = value.get("custom") or {}
    if not isinstance(custom, dict):
        raise TypeError
    draft.custom = dict(custom)


def _kind(value: object) -> str:
    """Give vCard's KIND; what cannot be one (`people#person`) is somebody else's key of that name."""
    word = value.lower() if isinstance(value, str) else ""
    return _KINDS.get(word, word) if KIND.fullmatch(word) else "individual"


def _text(value: object) -> str | None:
    """Give a JSON value as text; objects and lists are none."""
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise TypeError
    return str(value)


def _list(value: object) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _item(item: object, make: Callable[..., Any], key: str) -> Any:
    if not isinstance(item, dict):
        return make(**{key: _text(item)})
    fields = {name: _text(part) for name, part in item.items() if name in make.__annotations__ and name != "preferred"}
    if key == "value" and not fields.get("value"):
        raise ValueError
    if "preferred" in item:
        if not isinstance(item["preferred"], bool):
            raise TypeError
        return make(**fields, preferred=item["preferred"])
    return make(**fields)
