"""The name tiers of the resolver: exact, every word a prefix, fuzzy; strong folding before weak.

Whose name is it? A person or firm found by its own name goes before people found through their employer's name,
and so does a firm found by its own first word. Everything else that fits equally is returned together, because
only the user knows: `sommer` may be Tom Sommer or his Sommer GmbH.
"""

from __future__ import annotations

from crm_cli.domain.names import (
    FIRM_WORDS,
    PERSON_WORDS,
    TITLES,
    is_legal_form,
    name_key,
    name_words,
    name_words_weak,
)
from crm_cli.domain.text import edits_allowed
from crm_cli.domain.who import TIER_EXACT, TIER_FUZZY, TIER_PREFIX, Match
from crm_cli.store import search
from crm_cli.store.search import EMPLOYER, OWN, Record
from crm_cli.store.search_schema import KEY_NAME, KEY_NAME_WEAK, KEY_SHORT, KEY_SHORT_WEAK, key_token

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

# Where more match, which of them is asked for cannot be told anyway.
_LIMIT = 400
_STRONG = (("name",), ("company",))
_WEAK = (OWN, EMPLOYER)


class _Word:
    """What one word of a phrase may stand for: words that begin with `begins`, and whole words with their edits."""

    __slots__ = ("begins", "near")

    def __init__(self, begins: Sequence[str], near: dict[str, int]) -> None:
        self.begins = tuple(dict.fromkeys(begins))
        self.near = near

    def expression(self) -> str:
        """Return the FTS5 expression for any of them."""
        begins = search.any_of(self.begins, prefix=True)
        return f"({begins} OR {search.any_of(self.near, prefix=False)})" if self.near else begins

    def cost(self, words: Sequence[str]) -> int | None:
        """Return the fewest edits that find this word among `words`, None if it is not there."""
        if any(word.startswith(self.begins) for word in words):
            return 0
        return min((self.near[word] for word in words if word in self.near), default=None)


class _Phrase:
    """The words of a phrase in both foldings, and the kinds they may name."""

    __slots__ = ("connection", "kinds", "people_only", "text", "weak", "words")

    def __init__(self, connection: sqlite3.Connection, text: str, kinds: Sequence[str]) -> None:
        self.connection = connection
        self.text = text
        self.kinds = tuple(kinds)
        self.words = name_words(text)
        self.weak = name_words_weak(text)
        self.people_only = False

    def drop_salutation(self) -> bool:
        """Take `Frau`, `Firma` and titles off and restrict the kinds; tell whether anything was taken."""
        count = len(self.words)
        firms_only = False
        while len(self.words) > 1 and (
            self.words[0] in PERSON_WORDS or self.words[0] in FIRM_WORDS or self.words[0] in TITLES
        ):
            self.people_only |= self.words[0] in PERSON_WORDS
            firms_only |= self.words[0] in FIRM_WORDS
            self._keep(range(1, len(self.words)))
        kept = [index for index, word in enumerate(self.words) if word not in TITLES]
        if kept:
            self._keep(kept)
        if self.people_only or firms_only:
            self.kinds = tuple(
                kind
                for kind in self.kinds
                if (kind == "contact" and self.people_only) or (kind == "company" and firms_only)
            )
        return len(self.words) < count

    def drop_legal_form(self) -> None:
        """Take legal forms off where something is left: `Acme Ltd` may be a typing error for `Acme Inc`."""
        kept = [index for index, word in enumerate(self.words) if not is_legal_form(word)]
        if kept:
            self._keep(kept)

    def _keep(self, indexes: Sequence[int]) -> None:
        self.words = [self.words[index] for index in indexes]
        self.weak = [self.weak[index] for index in indexes]

    def spelled(self, *, weak: bool) -> list[_Word]:
        """Return what each word stands for without any error."""
        if weak:
            return [_Word(pair, {}) for pair in zip(self.words, self.weak, strict=True)]
        return [_Word((word,), {}) for word in self.words]

    def misspelled(self) -> list[_Word]:
        """Return what each word stands for with the errors its length allows."""
        from crm_cli.store.search_words import near_words

        found = []
        for strong, weak in zip(self.words, self.weak, strict=True):
            near: dict[str, int] = {}
            for word in dict.fromkeys((strong, weak)):
                for other, edits in near_words(self.connection, word, edits_allowed(word)).items():
                    near[other] = min(edits, near.get(other, edits))
            found.append(_Word((strong, weak), near))
        return found


def match(record: Record, tier: int, *, own: bool = True) -> Match:
    """Return a record as a match of a tier."""
    return Match(record.kind, record.row, record.id, record.name, record.company, record.company_row, tier, own)


def candidates(connection: sqlite3.Connection, text: str, kinds: Sequence[str]) -> list[Match]:
    """Return the people, firms and deals a phrase of names means: those of its best tier."""
    firm, slash, name = text.partition("/")
    if slash and not name.strip():
        return candidates(connection, firm, tuple(kind for kind in kinds if kind == "company"))
    phrase = _Phrase(connection, text, kinds)
    found = _exact(phrase)
    if found:
        return found
    if slash and firm.strip():
        return _of_firm(connection, firm, name, kinds)
    if phrase.drop_salutation():
        found = _exact(phrase)
    if found or not phrase.words or not phrase.kinds:
        return found
    found = _ranked(phrase, phrase.spelled(weak=False), _STRONG, TIER_PREFIX)
    # A name that is exact but for its umlaut dots is as good a reading as the beginning of a name that has none.
    also = _exact(phrase, weak=True)
    if found or also:
        known = {(other.kind, other.row) for other in also}
        return also + [other for other in found if (other.kind, other.row) not in known]
    found = _ranked(phrase, phrase.spelled(weak=True), _WEAK, TIER_PREFIX)
    if not found:
        phrase.drop_legal_form()
        found = _ranked(phrase, phrase.misspelled(), _WEAK, TIER_FUZZY)
    return found


def _exact(phrase: _Phrase, *, weak: bool = False) -> list[Match]:
    """Return the records with exactly this name, or this name without its legal form."""
    if not phrase.kinds:
        return []
    key = name_key(phrase.weak if weak else phrase.words, phrase.text)
    classes = (KEY_NAME, KEY_NAME_WEAK, KEY_SHORT, KEY_SHORT_WEAK) if weak else (KEY_NAME, KEY_SHORT)
    tokens = [key_token(key_class, key) for key_class in classes]
    found = search.keyed(phrase.connection, tokens, phrase.kinds, _LIMIT)
    if found and "contact" in phrase.kinds and not any(search.kind_of(document) == "contact" for document in found):
        # A firm of that name, and a person with that word in their own: nobody but the user knows.
        words = phrase.weak if weak else phrase.words
        columns = OWN if weak else ("name",)
        expression = " AND ".join(search.within(columns, search.any_of((word,), prefix=False)) for word in words)
        if expression:
            found += [card[0] for card in search.cards(phrase.connection, expression, ("contact",), _LIMIT)]
    return _in_order([match(record, TIER_EXACT) for record in search.records(phrase.connection, found)], phrase.words)


def _in_order(found: list[Match], words: list[str]) -> list[Match]:
    """Drop `Hans Peter` where `Peter Hans` was asked for and exists."""
    orders = [name_words(other.name) for other in found]
    if len(found) < 2 or words not in orders:
        return found
    return [
        other
        for other, order in zip(found, orders, strict=True)
        if order == words or "," in other.name or sorted(order) != sorted(words)
    ]


def _of_firm(connection: sqlite3.Connection, firm: str, name: str, kinds: Sequence[str]) -> list[Match]:
    """Return whom `firm/name` means."""
    if "contact" not in kinds:
        return []
    at = _Phrase(connection, firm, ("company",))
    at.drop_salutation()
    who = _Phrase(connection, name, ("contact",))
    who.drop_salutation()
    if not at.words or not who.words:
        return []
    levels = (
        (who.spelled(weak=False), at.spelled(weak=False), _STRONG, TIER_PREFIX),
        (who.spelled(weak=True), at.spelled(weak=True), _WEAK, TIER_PREFIX),
    )
    for whole, firms, (own, employer), tier in levels:
        expression = " AND ".join((_all(own, whole), _all(employer, firms)))
        found = [card[0] for card in search.cards(connection, expression, who.kinds, _LIMIT)]
        if found:
            return [match(record, tier) for record in search.records(connection, found)]
    at.drop_legal_form()
    whole, firms = who.misspelled(), at.misspelled()
    expression = " AND ".join((_all(OWN, whole), _all(EMPLOYER, firms)))
    cards = search.cards(connection, expression, who.kinds, _LIMIT)
    costs = {card[0]: _cost(whole, card[1:3]) + _cost(firms, card[3:5]) for card in cards}
    return _cheapest(connection, costs)


def _cheapest(connection: sqlite3.Connection, costs: dict[int, int]) -> list[Match]:
    least = min(costs.values(), default=0)
    found = [document for document, cost in costs.items() if cost == least]
    return [match(record, TIER_FUZZY) for record in search.records(connection, found)]


def _all(columns: Sequence[str], words: Sequence[_Word]) -> str:
    return " AND ".join(search.within(columns, word.expression()) for word in words)


def _cost(words: Sequence[_Word], columns: Sequence[str]) -> int:
    """Return how many edits a phrase needs to fit these columns; a word that is not there costs more than any."""
    held = " ".join(columns).split()
    return sum(3 if cost is None else cost for cost in (word.cost(held) for word in words))


def _ranked(
    phrase: _Phrase, words: list[_Word], columns: tuple[Sequence[str], Sequence[str]], tier: int
) -> list[Match]:
    """Return the records whose names every word fits, own names first, of those the ones with the fewest edits."""
    own, employer = columns
    everywhere = (*own, *employer)
    cards = search.cards(phrase.connection, _all(own, words), phrase.kinds, _LIMIT)
    if len(words) > 1:
        # `müller ehrler`: at least one word in the person's own name, the others in the employer's.
        some = " OR ".join(search.within(own, word.expression()) for word in words)
        cards += search.cards(phrase.connection, f"({some}) AND {_all(everywhere, words)}", phrase.kinds, _LIMIT)
    costs = {card[0]: _cost(words, card[1:]) for card in cards}
    least = min(costs.values(), default=0)
    found = search.records(phrase.connection, [document for document, cost in costs.items() if cost == least])
    if any(record.kind != "company" or _begins_with(record.name, words) for record in found):
        return [match(record, tier) for record in found]
    if phrase.people_only:
        return []
    cards = search.cards(phrase.connection, _all(employer, words), phrase.kinds, _LIMIT)
    costs = {card[0]: _cost(words, card[3:]) for card in cards}
    if found:
        costs = {document: cost for document, cost in costs.items() if cost <= least}
    nearest = min(costs.values(), default=0)
    others = search.records(phrase.connection, [document for document, cost in costs.items() if cost == nearest])
    return [match(record, tier) for record in found] + [match(record, tier, own=False) for record in others]


def _begins_with(name: str, words: Sequence[_Word]) -> bool:
    """Tell whether a firm's own first word is one of those asked for."""
    for parts in (name_words(name), name_words_weak(name)):
        first = next((part for part in parts if part not in TITLES and part not in FIRM_WORDS), None)
        if first is not None and any(word.cost((first,)) is not None for word in words):
            return True
    return False
