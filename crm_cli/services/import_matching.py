"""Which stored record an imported item is: by content, then UID, e-mail, phone and name.

Only what the store held before the import began is matched, and nothing twice: two items of one file are always two
records. The surest match of the whole file comes first, so all items are seen before any is settled; where the store
was empty there is nothing to see.
"""

from __future__ import annotations

from crm_cli.domain.contact import email_key
from crm_cli.domain.transfer import company_key
from crm_cli.services.import_content import kind_of
from crm_cli.store import import_lookup, search

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from crm_cli.domain.draft import ContactDraft
    from crm_cli.store.cards import NewCard
    from crm_cli.store.import_lookup import Found, Limits

    Item = tuple[ContactDraft, NewCard]

CONTENT, UID, EMAIL_NAME, EMAIL, PHONE_NAME, NAME = range(6)


class Match:
    """The record an item is: `card` the row id of the card that says so, `level` how it was found."""

    __slots__ = ("card", "kind", "level", "row")

    def __init__(self, kind: str, row: int, level: int, card: int | None) -> None:
        self.kind = kind
        self.row = row
        self.level = level
        self.card = card


class Matching:
    """Gathers what the items of a file may be (`look`), settles who is who (`settle`), and tells (`take`)."""

    def __init__(self, connection: sqlite3.Connection, limits: Limits) -> None:
        self.connection = connection
        self.limits = limits
        self.count = 0
        self._candidates: list[tuple[int, int, str, Match]] = []
        self._settled: dict[str, list[Match]] = {}

    def look(self, items: Sequence[Item]) -> None:
        """Find the candidates of a batch of items, a statement for each question."""
        left = list(enumerate(items, self.count))
        self.count += len(items)
        for step in (self._by_content, self._by_uid, self._by_email, self._by_phone, self._by_name):
            if not left:
                return
            found = step([item for _, item in left])
            unknown = []
            for (number, item), matches in zip(left, found, strict=True):
                fitting = [match for match in matches if match.kind == kind_of(item[0])]
                self._candidates += [(match.level, number, item[1].content_hash, match) for match in fitting]
                if not fitting:
                    unknown.append((number, item))
            left = unknown

    def settle(self) -> bool:
        """Give each item its record, the surest first; return whether every item is one that is there unchanged."""
        self._candidates.sort(key=lambda candidate: candidate[:2])
        items: set[int] = set()
        cards: set[int] = set()
        records: set[tuple[str, int]] = set()
        unchanged = 0
        for level, number, content, match in self._candidates:
            record = (match.kind, match.row)
            # Merged records keep the cards of both: each card may be met once, the record by any number of its cards.
            taken = match.card in cards if match.card is not None else record in records
            if number in items or taken:
                continue
            items.add(number)
            records.add(record)
            if match.card is not None:
                cards.add(match.card)
            unchanged += level == CONTENT
            self._settled.setdefault(content, []).append(match)
        self._candidates.clear()
        for matches in self._settled.values():
            matches.reverse()
        return unchanged == self.count

    def take(self, content_hash: str) -> Match | None:
        """Return the record of the next item with this content, or None for a new one."""
        matches = self._settled.get(content_hash)
        return matches.pop() if matches else None

    def _by_content(self, items: Sequence[Item]) -> Iterator[list[Match]]:
        wanted = {card.content_hash for _, card in items}
        found = self._grouped(import_lookup.by_content(self.connection, wanted), CONTENT)
        return (found.get(card.content_hash, []) for _, card in items)

    def _by_uid(self, items: Sequence[Item]) -> Iterator[list[Match]]:
        found = self._grouped(import_lookup.by_uid(self.connection, {c.uid for _, c in items if c.uid}), UID)
        return (found.get(card.uid or "", []) for _, card in items)

    def _by_email(self, items: Sequence[Item]) -> Iterator[list[Match]]:
        keys = [[email_key(email.value) for email in draft.emails] for draft, _ in items]
        found = self._grouped(import_lookup.by_email(self.connection, _all(keys)), EMAIL)
        names = self._names(found.values())
        for (draft, _), own in zip(items, keys, strict=True):
            matches = _together(draft, own, found)
            named = _named(draft, matches, names)
            if named:
                yield [Match(match.kind, match.row, EMAIL_NAME, None) for match in named]
            else:
                # A mailbox several people share says nothing about who of them it is.
                yield matches if len(matches) == 1 else []

    def _by_phone(self, items: Sequence[Item]) -> Iterator[list[Match]]:
        keys = [[phone.e164 for phone in draft.phones if phone.e164] for draft, _ in items]
        found = self._grouped(import_lookup.by_phone(self.connection, _all(keys)), PHONE_NAME)
        names = self._names(found.values())
        for (draft, _), own in zip(items, keys, strict=True):
            yield _named(draft, _together(draft, own, found), names)

    def _by_name(self, items: Sequence[Item]) -> Iterator[list[Match]]:
        """Find firms: their name alone is enough, of people it is not."""
        for draft, _ in items:
            rows = search.rows_named(self.connection, "company", draft.name) if draft.kind == "org" else []
            yield [Match("company", row, NAME, None) for row in sorted(rows) if self.limits.allow("company", row)]

    def _grouped(self, found: Iterable[Found], level: int) -> dict[str, list[Match]]:
        groups: dict[str, list[Match]] = {}
        for value, kind, row, card in found:
            if self.limits.allow(kind, row):
                groups.setdefault(value, []).append(Match(kind, row, level, card))
        return groups

    def _names(self, groups: Iterable[list[Match]]) -> dict[tuple[str, int], str]:
        """Return the keys of the names of all these records."""
        rows: dict[str, set[int]] = {}
        for matches in groups:
            for match in matches:
                rows.setdefault(match.kind, set()).add(match.row)
        return {
            (kind, row): company_key(name)
            for kind, wanted in rows.items()
            for row, name in import_lookup.names(self.connection, kind, wanted).items()
        }


def _all(keys: Iterable[Iterable[str]]) -> Collection[str]:
    return {key for own in keys for key in own}


def _together(draft: ContactDraft, keys: Iterable[str], found: dict[str, list[Match]]) -> list[Match]:
    kind = kind_of(draft)
    return list({match.row: match for key in keys for match in found.get(key, ()) if match.kind == kind}.values())


def _named(draft: ContactDraft, matches: Sequence[Match], names: dict[tuple[str, int], str]) -> list[Match]:
    key = company_key(draft.name) if matches else ""
    return [match for match in matches if names.get((match.kind, match.row)) == key]
