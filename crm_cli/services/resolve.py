"""What a reference means: one resolver for every command, by the rules of the log line's who.

id > mail > number > exact name > every word a prefix of the name or the company > fuzzy; the records of the first
of these that has any are the answer. The tiers of names are in `resolve_names.py`, numbers in `numbers.py`.
"""

from __future__ import annotations

from crm_cli.domain.names import NAME_LIMIT, name_words, name_words_weak
from crm_cli.domain.reference import is_id, is_number
from crm_cli.domain.who import TIER_FUZZY, TIER_ID, TIER_MAIL, TIER_NUMBER, TIER_PREFIX, Match
from crm_cli.errors import Ambiguous, NotFound
from crm_cli.services import resolve_names
from crm_cli.store import search

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from typing import Any

    from crm_cli.store.store import Store

PARTIES = ("contact", "company")
KINDS = search.KINDS
# Nobody picks from a longer list.
SHOWN = 10


def candidates(store: Store, phrase: str, *, kinds: Sequence[str] = PARTIES, region: str = "DE") -> list[Match]:
    """Return the records a phrase means: one is clear, several are ambiguous, none is unknown.

    A phrase may hold a salutation (`Frau`, `Firma`), titles, dots and underscores for blanks, `firm/name`,
    `firm/`, an id or its beginning, a mail address or a number in any spelling (`region` reads national ones).
    """
    connection = store.connection
    search.ready(connection)
    phrase = phrase.strip()[:NAME_LIMIT]
    if is_id(phrase):
        found = search.by_id(connection, phrase, kinds, SHOWN + 1)
        if found:
            return matches(connection, found, TIER_ID)
    if "@" in phrase and " " not in phrase:
        return matches(connection, _of_kinds(search.by_mail(connection, phrase), kinds), TIER_MAIL)
    if is_number(phrase):
        from crm_cli.services.numbers import whose

        found = _of_kinds(whose(store, phrase, region=region), kinds)
        if found:
            return matches(connection, found, TIER_NUMBER)
    named = tuple(kind for kind in kinds if kind in search.NAMED_KINDS)
    return resolve_names.candidates(connection, phrase, named) if named and phrase else []


def one(store: Store, ref: str, *, kinds: Sequence[str] = PARTIES, region: str = "DE") -> Match:
    """Return the one record a reference means; raises NotFound or Ambiguous, both with candidates.

    A task, a log entry or an appointment is also found by words of its text, where `kinds` allows it and no name fits.
    """
    found = candidates(store, ref, kinds=kinds, region=region) or written(store.connection, ref, kinds)
    if not found:
        raise not_found(store, ref, kinds=kinds)
    if len(found) > 1:
        raise ambiguous(ref, found)
    return found[0]


def surely(store: Store, ref: str, *, kinds: Sequence[str] = PARTIES, region: str = "DE") -> Match:
    """Return the record a reference means where nobody may guess: a near miss is offered (NotFound), not taken."""
    match = one(store, ref, kinds=kinds, region=region)
    if match.tier == TIER_FUZZY:
        raise NotFound(
            "Nothing matches “{ref}”.",
            ref=ref,
            hint="Did you mean {name}?",
            name=match.name,
            candidates=[candidate(match)],
        )
    return match


def record(store: Store, ref: str, kinds: Sequence[str] = KINDS, *, region: str = "DE") -> Match:
    """Return the one record of any kind: a person or firm, a deal by its title, the others by their text."""
    return one(store, ref, kinds=kinds, region=region)


def not_found(store: Store, ref: str, *, kinds: Sequence[str] = PARTIES) -> NotFound:
    """Return the error for a reference that matches nothing, with the nearest names."""
    from crm_cli.services.search import find

    near = find(store, text=ref, kinds=kinds, limit=5)
    return NotFound(
        "Nothing matches “{ref}”.",
        ref=ref,
        candidates=[{"id": hit.id, "kind": hit.kind, "name": hit.name, "company": hit.company} for hit in near],
    )


def ambiguous(ref: str, found: Sequence[Match]) -> Ambiguous:
    """Return the error for a reference that matches several records."""
    return Ambiguous(
        "“{ref}” matches several records.",
        ref=ref,
        hint="Say more of the name, add the company, or use the id.",
        candidates=[candidate(match) for match in found[:SHOWN]],
    )


def candidate(match: Match) -> dict[str, Any]:
    """Return a match as the dict that errors and prompts show."""
    return {"id": match.id, "kind": match.kind, "name": match.name, "company": match.company}


def matches(connection: sqlite3.Connection, documents: Sequence[int], tier: int) -> list[Match]:
    """Return documents of the index as matches of a tier."""
    return [resolve_names.match(record, tier) for record in search.records(connection, documents)]


def _of_kinds(documents: Sequence[int], kinds: Sequence[str]) -> list[int]:
    return [document for document in documents if search.kind_of(document) in kinds]


def written(connection: sqlite3.Connection, ref: str, kinds: Sequence[str], *, limit: int = SHOWN + 1) -> list[Match]:
    """Return the tasks, entries and appointments whose text has every word of the reference; `firm/` names none."""
    texts = tuple(kind for kind in kinds if kind in search.WRITTEN_KINDS)
    words = list(zip(name_words(ref), name_words_weak(ref), strict=True))
    if not words or not texts or ref.rstrip().endswith("/"):
        return []
    expression = " AND ".join(search.any_of(dict.fromkeys(pair), prefix=True) for pair in words)
    return matches(connection, search.texts(connection, expression, texts, limit), TIER_PREFIX)
