"""Records as they leave in a foreign format: the card they came in with what was edited since, or one made of them."""

from __future__ import annotations

from crm_cli.domain import sync_card
from crm_cli.domain.draft import ContactDraft
from crm_cli.domain.transfer import aligned
from crm_cli.store import cards, companies, contacts
from crm_cli.store.parties import blocks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from typing import Any

    from crm_cli.store.cards import Card
    from crm_cli.store.store import Store
    from importers.vcard_read import CardReader

_PLAIN = "given family additional prefix suffix nickname salutation title department birthday notes owner".split()
# Kept as custom fields where a record came from a table or JSON: they have no column.
_FROM_CUSTOM = ("anniversary", "role")


def cards_of(
    store: Store, kind: str, rows: Sequence[int], *, now: datetime, region: str
) -> Iterator[ContactDraft | str]:
    """Yield people or firms as cards, in the order of their rows: a text where nobody touched it since it came."""
    for block in blocks(rows):
        whole = cards.as_they_came(store.connection, kind, block)
        edited = drafts(store, kind, [row for row in block if row not in whole], now=now, region=region)
        came = cards.of_records(store.connection, kind, [row for row in block if row in whole])
        for row in block:
            if row in whole:
                card = next(came)
                known = "\nUID:" in card.body
                yield card.body if known else ContactDraft(raw=card.body, raw_format=card.form, uid=card.uid)
            else:
                yield next(edited)


def drafts(store: Store, kind: str, rows: Sequence[int], *, now: datetime, region: str) -> Iterator[ContactDraft]:
    """Yield people or firms as drafts, in the order of their rows; `raw` is the card they came in, edited as they were.

    Only the properties whose field was changed since the import differ from that card, and REV; of a record merged
    from several, what the other cards hold and a record does not keep is in it, too. The rows must exist.
    """
    from importers.vcard_read import CardReader

    connection = store.connection
    reader = CardReader(region)
    rev = now.astimezone(_utc()).strftime("%Y%m%dT%H%M%SZ")
    for block in blocks(rows):
        known = cards.of_records(connection, kind, block)
        further = cards.further_texts(connection, kind, block)
        card = next(known, None)
        kinds = cards.kinds_of(connection, block) if kind == "contact" else {}
        roles = cards.roles_of(connection, block) if kind == "contact" else {}
        records: Iterator[Any] = (contacts if kind == "contact" else companies).list_rows(connection, block)
        for row, record in zip(block, records, strict=True):
            own = card if card is not None and card.row == row else None
            if own is not None:
                card = next(known, None)
            if own is not None and own.form.startswith("vcard"):
                yield _edited(record, kind, own, further.get(row, []), reader, rev=rev)
                continue
            draft = draft_of(record, kind, uid=own.uid if own else None)
            draft.kind = "org" if kind == "company" else kinds.get(row, draft.kind)
            draft.role = roles.get(row, draft.role)
            yield draft


def _utc() -> Any:
    from datetime import UTC

    return UTC


def _edited(record: Any, kind: str, card: Card, further: list[str], reader: CardReader, *, rev: str) -> ContactDraft:
    """Return the card a record came in, with what differs from it and what its further cards hold put in."""
    from importers import vcard
    from importers.vcard_cards import Card as Text

    body = card.body
    if further:
        from importers.vcard_join import joined

        body = joined(body, further, rev=rev)
    before = reader.read(Text(body.split("\n"), 0, []), None)
    facts = sync_card.facts_of(before, kind)
    mine = aligned(facts, sync_card.facts_of(record, kind))
    after = before
    if mine != facts:
        after = sync_card.drafted(before, facts, mine, region=reader.region)
        after.raw = vcard.patch(body, before, after, rev=rev)
    after.uid = after.uid or card.uid
    after.owner = record.owner
    return after


def draft_of(record: Any, kind: str, *, uid: str | None = None) -> ContactDraft:
    """Return a person or firm as a draft; without a foreign UID the public id is the UID."""
    draft = ContactDraft(name=record.name, kind="org" if kind == "company" else "individual", uid=uid or record.id)
    for name in _PLAIN:
        setattr(draft, name, getattr(record, name, None))
    for name in ("emails", "phones", "addresses", "links", "tags"):
        setattr(draft, name, list(getattr(record, name)))
    draft.company = record.company.name if record.company else None
    draft.custom = dict(record.custom)
    for name in _FROM_CUSTOM:
        if isinstance(draft.custom.get(name), str):
            setattr(draft, name, draft.custom.pop(name))
    return draft
