"""Bring what a newer card says into the record it was matched with: property by property, local edits stay."""

from __future__ import annotations

from crm_cli.domain import sync_card
from crm_cli.domain.draft import ContactDraft
from crm_cli.domain.three_way import MINE, merge
from crm_cli.domain.transfer import aligned
from crm_cli.services.import_content import derived_uid, facts_of_card, joined, kind_of, same_when_exported, told
from crm_cli.store import cards, companies, contacts, employments, parties
from crm_cli.store.contacts import custom_text
from crm_cli.store.store import utc_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from typing import Any

    from crm_cli.domain.three_way import Facts
    from crm_cli.services.import_matching import Match
    from crm_cli.store.cards import Card, NewCard
    from crm_cli.store.store import Store

_TABLES = {"emails": "email", "phones": "phone", "addresses": "address", "links": "link", "tags": "tag"}


class Update:
    """What a newer card would change in a record: the facts before and after, and the card it takes the place of.

    `theirs` is all the newer card says; `news` names the properties in which it says other than the card it replaces.
    `level` is how the record was found.
    """

    __slots__ = ("after", "before", "card", "content", "kind", "level", "news", "number", "row", "theirs")

    def __init__(self, match: Match, content: NewCard, before: Facts, after: Facts) -> None:
        self.kind = match.kind
        self.row = match.row
        self.level = match.level
        self.content = content
        self.before = before
        self.after = after
        self.theirs = after
        self.news: frozenset[str] = frozenset()
        self.number: int | None = None
        self.card: Card | None = None

    @property
    def changes_record(self) -> bool:
        """Whether a person would see a difference."""
        return self.before != self.after


def plan_update(store: Store, match: Match, draft: ContactDraft, content: NewCard, *, region: str) -> Update:
    """Work out what a matched item changes; raises NotFound where its record is gone.

    Against the card the record came in, what the newer one has otherwise is applied, and what was edited here stays.
    Where no card of this kind was seen before, nobody knows which is newer: only gaps are filled.
    """
    connection, kind = store.connection, match.kind
    record: Any = (contacts if kind == "contact" else companies).get(connection, match.row)
    mine = sync_card.facts_of(record, kind)
    number, card = _base(cards.of_record(connection, kind, match.row), match, content)
    theirs = sync_card.facts_of(draft, kind_of(draft))
    if card is None:
        base_mine, base_theirs = sync_card.first_meeting(mine, theirs)
        theirs = {**theirs, **_same_firm(mine, theirs)}
        before = mine
    else:
        base_mine = base_theirs = facts_of_card(card, kind, region=region)
        theirs = told(content, base_theirs, theirs)
        before = aligned(base_mine, mine)
    merged = merge(base_mine, before, base_theirs, theirs, identity=sync_card.identity, prefer=MINE)
    update = Update(match, content, before, merged.mine)
    update.theirs, update.number, update.card = theirs, number, card
    said = {} if card is None else base_theirs
    update.news = frozenset(name for name in {**said, **theirs} if said.get(name) != theirs.get(name))
    return update


def _base(known: list[tuple[int, Card]], match: Match, content: NewCard) -> tuple[int | None, Card | None]:
    """Return the card a newer one is compared with: the one it was found by, else one of the same origin."""
    family = content.form.partition("-")[0] if content.form.startswith("vcard") else content.form
    for number, card in known:
        if number == match.card and card.form.startswith(family):
            return number, card
    if content.form.startswith("vcard") and content.uid != derived_uid(content.body):
        return None, None
    for number, card in known:
        if card.form.startswith(family) and _without_uid(card):
            return number, card
    return None, None


def _without_uid(card: Card) -> bool:
    return card.uid is None or (card.form.startswith("vcard") and card.uid == derived_uid(card.body))


def _same_firm(mine: Facts, theirs: Facts) -> Facts:
    """Return the firm as it is called here where the card only spells it otherwise."""
    return {"company": aligned(mine, theirs).get("company")} if mine.get("company") and theirs.get("company") else {}


def is_newer(update: Update, exported: Callable[[], str]) -> bool:
    """Tell whether a card says anything new: nothing where it is what an export of the record gives."""
    if update.changes_record:
        return True
    if update.card is None or not update.content.form.startswith("vcard"):
        return False
    return not same_when_exported(exported(), update.content.body)


def apply(
    store: Store,
    update: Update,
    employer: Callable[[str], int],
    *,
    region: str,
    now: datetime,
    typed: Callable[[str, dict[str, Any]], dict[str, Any]],
) -> None:
    """Write what an update changes, and keep the newer card; inside the caller's transaction.

    `typed` gives custom fields the types they are declared with.
    """
    content = update.content
    if update.changes_record:
        change_record(store, update, employer=employer, region=region, now=now, typed=typed)
    elif update.card is None:  # the stamp tells that the record is not only what this card says
        parties.stamp(store.connection, update.kind, [update.row], utc_text(now))
    if update.kind == "company" and content.form.startswith("vcard"):
        companies.update(store.connection, update.row, stamp=utc_text(now), own_card=1)
    if update.number is None or update.card is None:
        cards.add_many(store.connection, update.kind, [update.row], [content])
        return
    if content.form.startswith("vcard") and content.uid == derived_uid(content.body):
        content.uid = update.card.uid
    cards.replace(store.connection, update.number, joined(update.card, content))


def change_record(
    store: Store,
    update: Update,
    *,
    employer: Callable[[str], int],
    region: str,
    now: datetime,
    typed: Callable[[str, dict[str, Any]], dict[str, Any]],
) -> None:
    """Change a record from one state to the other; `employer` gives the row of the firm of a name."""
    kind, row, before, after = update.kind, update.row, update.before, update.after
    changed = {name for name in {**before, **after} if before.get(name) != after.get(name)}
    columns = {name: after.get(name) for name in changed if name in sync_card.SINGLE and name != "company"}
    if "name" in columns and not columns["name"]:
        del columns["name"]
    if any(name.startswith(sync_card.CUSTOM) for name in changed):
        columns["custom"] = custom_text(typed(kind, _custom(store, update)))
    for name in sorted(changed & set(_TABLES)):
        _change_items(store, kind, row, name, before.get(name) or [], after.get(name) or [], region)
    if "company" in changed and kind == "contact":
        _change_employer(store, row, after.get("company"), employer, now)
    (contacts if kind == "contact" else companies).update(store.connection, row, stamp=utc_text(now), **columns)


def _custom(store: Store, update: Update) -> dict[str, Any]:
    record: Any = (contacts if update.kind == "contact" else companies).get(store.connection, update.row)
    known = {name: value for name, value in update.before.items() if name.startswith(sync_card.CUSTOM)}
    wanted = {name: value for name, value in update.after.items() if name.startswith(sync_card.CUSTOM)}
    return sync_card.drafted(ContactDraft(custom=dict(record.custom)), known, wanted).custom


def _change_items(
    store: Store, kind: str, row: int, name: str, before: list[Any], after: list[Any], region: str
) -> None:
    """Take away the items that are no longer the same and add those that are new; equal ones keep their rows."""
    connection, table = store.connection, _TABLES[name]
    gone = [_key(item) for item in sync_card.items(name, [item for item in before if item not in after])]
    kept = [item for item in after if item in before]
    # Rows are found by their text: what shares it with one that goes is written anew.
    kept = [item for item in kept if _key(sync_card.items(name, [item])[0]) not in gone]
    known = parties.owned_rows(connection, table, kind, row)
    parties.delete_owned(connection, table, [number for number, value in known if value in gone])
    draft = ContactDraft()
    setattr(draft, name, sync_card.items(name, [item for item in after if item not in kept], region=region))
    parties.add_owned(connection, kind, [row], [draft])


def _key(item: Any) -> object:
    """Return an item as `owned_rows` gives it: an address without label and preference, else its text."""
    if isinstance(item, str):
        return item
    return item.changed(label=None, preferred=False) if hasattr(item, "street") else item.value


def _change_employer(store: Store, row: int, name: str | None, employer: Callable[[str], int], now: datetime) -> None:
    """Let the present job end today and another one begin."""
    job = employments.current(store.connection, row)
    firm = employer(name) if name else None
    if job is not None and job[1] == firm:
        return
    if job is not None:
        employments.end(store.connection, job[0], day=now.date().isoformat())
    if firm is not None:
        employments.add(store.connection, row, firm)
