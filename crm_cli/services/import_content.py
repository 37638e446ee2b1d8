"""What an item of an import says, in a form that can be kept, compared and read again."""

from __future__ import annotations

from hashlib import sha256

from crm_cli.domain import sync_card
from crm_cli.domain.draft import ContactDraft
from crm_cli.errors import BadInput
from crm_cli.store.cards import NewCard

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from crm_cli.domain.three_way import Facts
    from crm_cli.store.cards import Card

NOT_UNICODE = "The text holds characters that are not valid Unicode."
# Lines that say when and by what a card was written, not what it says.
_SILENT = ("REV:", "REV;", "PRODID:", "PRODID;", "VERSION:", "X-PRODID:")

# What is in a card and has no column, but must not be lost where there is no card to be given back in.
_WITHOUT_COLUMN = ("anniversary", "role")
# A JSON object may hold one value where ours hold a list.
_SINGULAR = {"emails": "email", "phones": "phone", "addresses": "address", "links": "url", "tags": "tag"}


def kind_of(draft: ContactDraft) -> str:
    """Return whether a draft is a `company` or a `contact` (groups and places are contacts of their kind)."""
    return "company" if draft.kind == "org" else "contact"


def content_of(draft: ContactDraft, form: str) -> NewCard:
    """Return an item as it is kept; `form` is the format of items that are no vCard (`json`, `csv-…`).

    A vCard without UID gets one derived from its text (RFC 4122, version 5), the one an export writes, so that a
    later import finds the record. Raises BadInput for text that no file can hold.
    """
    try:
        if draft.raw is not None and (draft.raw_format or "").startswith("vcard"):
            body = draft.raw
            content = _hash("\n".join(_lines(body)))
            uid = draft.uid or derived_uid(body)
            return NewCard(uid, draft.raw_format or "vcard", body, _hash(body), content)
        _keep_without_column(draft)
        facts = sync_card.facts_of(draft, kind_of(draft))
        body = draft.raw if form == "json" and draft.raw is not None else _text(facts)
        silent = _emptied(body) if form == "json" else []
        content = _hash(form[:4] + _text({**facts, "uid": draft.uid, "kind": draft.kind, "emptied": silent}))
        return NewCard(draft.uid, form, body, _hash(body), content)
    except UnicodeEncodeError as error:
        raise BadInput(NOT_UNICODE) from error


def _emptied(body: str) -> list[str]:
    """List the keys of a JSON object that say there is nothing: that is more than not to name them."""
    import json

    return sorted(key for key, value in json.loads(body).items() if value in (None, "", [], {}))


def derived_uid(body: str) -> str:
    """Return the UID a vCard without one gets: from what it says, whatever the version it says it in."""
    from importers.vcard import stable_uid

    return stable_uid("\n".join(_telling(body if "\nVERSION:3.0\n" in body else _written(body, "3.0"))))


def _lines(body: str) -> list[str]:
    return sorted(line for line in body.split("\n") if not line.startswith(_SILENT))


def _telling(body: str) -> list[str]:
    return [line for line in _lines(body) if not line.startswith("UID:")]


def _written(body: str, version: str) -> str:
    """Return a card as it is kept once it was exported in a version and came in again."""
    from io import BytesIO

    from importers import vcard

    written = b"".join(vcard.write([body], version=version))
    drafts = [item for item in vcard.read(BytesIO(written), source="") if isinstance(item, ContactDraft)]
    return "\n".join(draft.raw or "" for draft in drafts)


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _text(value: dict[str, Any]) -> str:
    import json

    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def _keep_without_column(draft: ContactDraft) -> None:
    for name in _WITHOUT_COLUMN:
        value = getattr(draft, name)
        if value and (name != "role" or not draft.company):
            draft.custom.setdefault(name, value)


def facts_of_card(card: Card, kind: str, *, region: str) -> Facts:
    """Return the facts a kept card holds; of a format nobody reads any more there are none."""
    import json

    if card.form.startswith("vcard"):
        from importers.vcard import read_card

        return sync_card.facts_of(read_card(card.body, region=region), kind)
    if card.form == "json":
        from io import BytesIO

        from importers import jsonl

        found = next(iter(jsonl.read(BytesIO(card.body.encode()), source="", region=region)), None)
        return sync_card.facts_of(found, kind) if isinstance(found, ContactDraft) else {}
    try:
        facts: Facts = json.loads(card.body)
    except ValueError:
        return {}
    return facts


def told(card: NewCard, base: Facts, new: Facts) -> Facts:
    """Return what a newer item says; a JSON object that leaves a key out says nothing about it."""
    if card.form != "json":
        return new
    import json

    keys = set(json.loads(card.body))
    silent = {name for name in base if not {name, _SINGULAR.get(name), name.partition(".")[0]} & keys}
    return {**{name: base[name] for name in silent}, **new}


def joined(old: Card, new: NewCard) -> NewCard:
    """Return a newer item as it is kept in place of an older one: of JSON with the keys it said nothing about."""
    if new.form != "json" or old.form != "json":
        return new
    import json

    fresh: dict[str, Any] = json.loads(new.body)
    said = {key for pair in _SINGULAR.items() if set(pair) & fresh.keys() for key in pair} | fresh.keys()
    kept = {key: value for key, value in json.loads(old.body).items() if key not in said}
    body = _text({**kept, **fresh})
    return NewCard(new.uid or old.uid, new.form, body, _hash(body), new.content_hash)


def same_when_exported(mine: str, theirs: str) -> bool:
    """Tell whether two vCards of one record say the same once both are written in the version of the second."""
    from importers.vcard_body import card_version

    version = card_version(theirs.split("\n"))
    return _telling(_written(mine, version)) == _telling(_written(theirs, version))
