"""`crm find` and `crm whois`: typo-tolerant search over everything, best first.

The search goes in tiers and stops where a page is full: ids, mails and numbers; names word for word, then by the
beginnings of words; the employer, mail and other facts; names a typing error away; what was written; and, when
there is still nothing, names that share some words, then names with a word hardly alike. So records found by their own
name come before those found in text, and the costly tiers run only for what is misspelled.
"""

from __future__ import annotations

from crm_cli.domain.reference import is_id, is_number
from crm_cli.store import search

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from crm_cli.store.store import Store

# Longer texts are cut: a search is a few words.
_TEXT_LIMIT = 200
_NAME_SHOWN = 120
_NUMBER_HITS = 50


class Hit:
    """A record a search found. `score` is 1 for what was asked for exactly, less for what is only near.

    `match` says where: `id`, `email`, `phone`, `name`, `company`, `details` (title, place, tag, part of an address)
    or `text`. `company` is a contact's or deal's firm.
    """

    __slots__ = ("company", "id", "kind", "match", "name", "score")

    def __init__(self, id: str, kind: str, name: str, score: float, match: str, company: str | None = None) -> None:
        self.id = id
        self.kind = kind
        self.name = name
        self.score = score
        self.match = match
        self.company = company

    def as_json(self) -> dict[str, object]:
        """Return the keys scripts rely on."""
        return {"id": self.id, "kind": self.kind, "name": self.name, "score": self.score, "match": self.match}


class Found:
    """Documents in the order they were found, each with its score and where; never more than a page."""

    __slots__ = ("_hits", "limit")

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._hits: dict[int, tuple[float, str]] = {}

    def add(self, document: int, score: float, match: str) -> None:
        """Add a document unless it is there already or the page is full."""
        if not self.full:
            self._hits.setdefault(document, (score, match))

    @property
    def full(self) -> bool:
        """Tell whether the page is full."""
        return len(self._hits) >= self.limit

    def __len__(self) -> int:
        return len(self._hits)

    def hits(self, store: Store) -> list[Hit]:
        """Return the hits as records."""
        shown = []
        for record in search.records(store.connection, list(self._hits)):
            score, match = self._hits[record.document]
            name = " ".join(record.name.split()) if record.kind in search.WRITTEN_KINDS else record.name
            if len(name) > _NAME_SHOWN and record.kind in search.WRITTEN_KINDS:
                name = name[: _NAME_SHOWN - 1] + "…"
            shown.append(Hit(record.id, record.kind, name, round(score, 3), match, record.company))
        return shown


def find(
    store: Store, *, text: str, limit: int | None = 10, kinds: Sequence[str] = search.KINDS, region: str = "DE"
) -> list[Hit]:
    """Return the records of these kinds that fit a text best, best first, at most `limit` (None: 1,000)."""
    text = text.strip()[:_TEXT_LIMIT]
    limit = 1000 if limit is None else limit
    if not text or limit < 1:
        return []
    search.ready(store.connection)
    found = Found(limit)
    _by_reference(store, text, kinds, region, found)
    if not found.full:
        from crm_cli.services.search_names import by_words

        by_words(store, text, kinds, found)
    return found.hits(store)


def whois(store: Store, *, number: str, region: str = "DE") -> list[Hit]:
    """Return who has a telephone number, or the company it belongs to; raises NotFound."""
    from crm_cli.errors import NotFound
    from crm_cli.services.numbers import whose

    search.ready(store.connection)
    found = Found(_NUMBER_HITS)
    for document in whose(store, number, region=region):
        found.add(document, 1.0, "phone")
    if not len(found):
        raise NotFound("Nobody has the number {number}.", number=number)
    return found.hits(store)


def _by_reference(store: Store, text: str, kinds: Sequence[str], region: str, found: Found) -> None:
    """Find what a text can only mean as an id, a mail address or a number."""
    connection = store.connection
    if is_id(text):
        for document in search.by_id(connection, text, kinds, found.limit):
            found.add(document, 1.0, "id")
    if "@" in text:
        for document in search.by_mail(connection, text):
            if search.kind_of(document) in kinds:
                found.add(document, 1.0, "email")
    if is_number(text, fewest=3):
        from crm_cli.services.numbers import holding, whose

        for score, documents in ((1.0, whose(store, text, region=region)), (0.9, holding(store, text, found.limit))):
            for document in documents:
                if search.kind_of(document) in kinds:
                    found.add(document, score, "phone")
