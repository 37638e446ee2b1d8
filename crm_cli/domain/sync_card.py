"""A person or firm as facts that can be compared and merged, from a record and from a card, and back into a draft."""

from __future__ import annotations

from dataclasses import replace

from crm_cli.domain.contact import Address, Email, Link, Phone, email_key
from crm_cli.domain.merging import address_key
from crm_cli.domain.phone import phone_e164

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from crm_cli.domain.company import Company
    from crm_cli.domain.contact import Contact
    from crm_cli.domain.draft import ContactDraft
    from crm_cli.domain.three_way import Facts, Item

NAME_PARTS = ("given", "family", "additional", "prefix", "suffix")
SINGLE = ("name", *NAME_PARTS, "nickname", "salutation", "company", "title", "department", "birthday", "notes")
OF_COMPANY = ("name", "notes")
_LISTS: dict[str, Any] = {"emails": Email, "phones": Phone, "addresses": Address, "links": Link}
_ADDRESS = ("street", "extended", "po_box", "postcode", "city", "region", "country")
_ATTRIBUTES: dict[str, tuple[str, ...]] = {
    "emails": ("value", "label", "preferred"),
    "phones": ("value", "label", "preferred"),
    "addresses": (*_ADDRESS, "label", "preferred"),
    "links": ("value", "kind", "label"),
}
# How an item is spelt; two spellings of the same one need no decision.
SPELLING = frozenset(("value", *_ADDRESS))
CUSTOM = "custom."


def facts_of(party: Contact | Company | ContactDraft, kind: str) -> Facts:
    """Return the facts of a record or a draft; `kind` is `contact` or `company`."""
    facts: Facts = {}
    for name in SINGLE if kind == "contact" else OF_COMPANY:
        value = getattr(party, name)
        value = getattr(value, "name", value) if name == "company" else value
        if value not in (None, ""):
            facts[name] = value
    for name, attributes in _ATTRIBUTES.items():
        items = [_item(item, attributes) for item in getattr(party, name)]
        if items:
            facts[name] = items
    if party.tags:
        facts["tags"] = [{"value": tag} for tag in party.tags]
    for name, value in party.custom.items():
        if value is not None:
            facts[CUSTOM + custom_key(name)] = str(value)
    return facts


def _item(item: Any, attributes: tuple[str, ...]) -> Item:
    values = {name: getattr(item, name) for name in attributes}
    return {name: value for name, value in values.items() if value not in (None, "", False)}


def custom_key(name: str) -> str:
    """Return a custom field's name as it comes back from a card, where it is ASCII without case."""
    return "".join(sign if sign.isalnum() and sign.isascii() else "-" for sign in name).lower()


def identity(name: str, item: Item) -> object:
    """Return what makes an item of a list itself, whatever its label."""
    value = item.get("value", "")
    if name == "emails":
        return email_key(value)
    if name == "phones":
        return phone_e164(value) or value.strip()
    if name == "addresses":
        return address_key(_object("addresses", item))
    if name == "tags":
        return value.casefold()
    return (item.get("kind"), value)


def _object(name: str, item: Item) -> Any:
    return _LISTS[name](**item)


def items(name: str, found: list[Item] | None, *, region: str | None = None) -> list[Any]:
    """Return the items of a fact as the dataclasses of a record; tags as texts."""
    if name == "tags":
        return [item["value"] for item in found or ()]
    made = [_object(name, item) for item in found or ()]
    return [item.changed(e164=phone_e164(item.value, region)) for item in made] if name == "phones" else made


def drafted(draft: ContactDraft, before: Facts, after: Facts, *, region: str | None = None) -> ContactDraft:
    """Return a copy of a draft in which what differs between two facts is as in the second."""
    made = replace(draft, custom=dict(draft.custom))
    for name in {**before, **after}:
        if before.get(name) == after.get(name):
            continue
        value = after.get(name)
        if name.startswith(CUSTOM):
            _set_custom(made, name.removeprefix(CUSTOM), value)
        elif name in _LISTS or name == "tags":
            setattr(made, name, items(name, value, region=region))
        else:
            setattr(made, name, value)
    return made


def _set_custom(draft: ContactDraft, key: str, value: str | None) -> None:
    known = next((name for name in draft.custom if custom_key(name) == key), key)
    if value is None:
        draft.custom.pop(known, None)
    else:
        draft.custom[known] = value


def first_meeting(mine: Facts, theirs: Facts) -> tuple[Facts, Facts]:
    """Return the bases for two versions that never met: what both have and what only one has is no conflict.

    Of an e-mail or number both have, the version with a label wins, mine if both; two different texts are a conflict.
    """
    base_mine: Facts = {}
    base_theirs: Facts = {}
    for name, value in theirs.items():
        if not isinstance(value, list):
            continue
        known = {identity(name, item): item for item in mine.get(name) or ()}
        for item in value:
            own = known.get(identity(name, item))
            if own is not None and (own.get("label") or not item.get("label")):
                base_theirs.setdefault(name, []).append(item)
            elif own is not None:
                base_mine.setdefault(name, []).append(own)
    return base_mine, base_theirs
