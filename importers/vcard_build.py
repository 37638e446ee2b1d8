"""Content lines from fields: for records that never were a card, and for edits of one.

Everything is written in vCard 3.0 syntax; `vcard_convert` makes the other versions of it.
"""

from __future__ import annotations

import re

from crm_cli.domain.contact import Address, Link
from importers.contentlines import escape_text, join_head, param_text
from importers.vcard_labels import type_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from crm_cli.domain.contact import Email, Phone
    from crm_cli.domain.draft import ContactDraft

_PROPERTIES = {"emails": "EMAIL", "phones": "TEL", "addresses": "ADR"}
_LINKS = {"url": "URL", "im": "IMPP", "social": "X-SOCIALPROFILE"}
SINGLE = {
    "nickname": "NICKNAME",
    "title": "TITLE",
    "role": "ROLE",
    "notes": "NOTE",
    "uid": "UID",
    "salutation": "X-SALUTATION",
    "birthday": "BDAY",
    "anniversary": "X-ANNIVERSARY",
    "rev": "REV",
}
ITEMS = ("emails", "phones", "addresses", "links")
# What vCard's KIND may be, in small letters (RFC 6350, 6.1.4); a word from elsewhere may be none.
KIND = re.compile(r"[a-z][a-z0-9-]*")


def card_text(draft: ContactDraft) -> str:
    """Write a draft as the text of a vCard 3.0 card, lines unfolded and ended by LF."""
    lines = ["BEGIN:VCARD", "VERSION:3.0"]
    lines.append("FN:" + escape_text(draft.name))
    lines.append(name_line(draft))
    if draft.kind == "org":
        lines.append("X-ABShowAs:COMPANY")
    elif draft.kind != "individual" and KIND.fullmatch(draft.kind):
        lines.append(f"X-ADDRESSBOOKSERVER-KIND:{draft.kind}")
    organisation = organisation_line(draft)
    if organisation:
        lines.append(organisation)
    for field, name in SINGLE.items():
        value = getattr(draft, field)
        if value:
            lines.append(f"{name}:{single_value(field, value)}")
    group = 0
    for field in ITEMS:
        for item in getattr(draft, field):
            made = list(item_lines(field, item, f"item{group + 1}"))
            group += len(made) > 1
            lines += made
    if draft.tags:
        lines.append("CATEGORIES:" + ",".join(map(escape_text, draft.tags)))
    lines += [f"X-ADDRESSBOOKSERVER-MEMBER:{escape_text(member)}" for member in draft.members]
    lines += [custom_line(field, value) for field, value in draft.custom.items() if value is not None]
    lines.append("END:VCARD")
    return "\n".join(lines)


def single_value(field: str, value: str) -> str:
    """Write the value of a property that occurs once; UID and REV are not text and keep to one line."""
    if field in ("uid", "rev"):
        return "".join(character for character in value if character.isprintable())
    return escape_text(value)


def name_line(draft: ContactDraft) -> str:
    """Write N; its parts may all be empty, as for a firm."""
    parts = (draft.family, draft.given, draft.additional, draft.prefix, draft.suffix)
    return "N:" + ";".join(escape_text(part or "") for part in parts)


def organisation_line(draft: ContactDraft) -> str | None:
    """Write ORG: of a firm its own name, of a person the employer and the department."""
    company = draft.name if draft.kind == "org" else draft.company
    if not company and not draft.department:
        return None
    parts = [company or "", draft.department] if draft.department else [company or ""]
    return "ORG:" + ";".join(map(escape_text, parts))


def item_lines(field: str, item: Email | Phone | Address | Link, group: str) -> Iterator[str]:
    """Write one e-mail, phone, address or link; a label of one's own takes a second line in the group."""
    name = item_property(field, item)
    params, needs_group = label_params(field, item)
    yield f"{join_head(name, params, group if needs_group else '')}:{item_value(item)}"
    if needs_group:
        yield f"{group}.X-ABLabel:{escape_text(item.label or '')}"


def item_property(field: str, item: Email | Phone | Address | Link) -> str:
    """Name the property of an item."""
    return _PROPERTIES.get(field) or _LINKS.get(getattr(item, "kind", "url"), "URL")


def label_params(field: str, item: Email | Phone | Address | Link) -> tuple[list[tuple[str, str]], bool]:
    """Give the TYPE of an item's label and preference, and whether the label needs an X-ABLabel."""
    if field == "links" and item.label and getattr(item, "kind", "url") != "url":
        words = type_words(item.label)
        return ([("TYPE", ",".join(words))] if words else [("X-SERVICE-TYPE", param_text(item.label))]), False
    words = type_words(item.label)
    types = list(words or [])
    if getattr(item, "preferred", False):
        types.append("PREF")
    return ([("TYPE", ",".join(types))] if types else []), words is None


def item_value(item: Email | Phone | Address | Link) -> str:
    """Write the value of an item."""
    if isinstance(item, Address):
        parts = ("po_box", "extended", "street", "city", "region", "postcode", "country")
        return ";".join(escape_text(getattr(item, part) or "") for part in parts)
    if isinstance(item, Link):
        # A URI is not text (RFC 2426, 3.6.8): its commas and semicolons stay bare, and it keeps to one line.
        return "".join(character for character in item.value if character.isprintable()).replace("\\", "\\\\")
    return escape_text(item.value)


def custom_line(field: str, value: object) -> str:
    """Write a field declared by the user."""
    name = "".join(character if character.isalnum() and character.isascii() else "-" for character in field)
    return f"X-CRM-{name.upper()}:{escape_text(str(value))}"
