"""The tiers of `crm find` that compare words."""

from __future__ import annotations

from crm_cli.domain.names import is_legal_form, name_key, name_words, name_words_weak, without_legal_form
from crm_cli.domain.text import distance, edits_allowed
from crm_cli.store import search
from crm_cli.store.search import EMPLOYER, OWN, any_of, within
from crm_cli.store.search_schema import KEY_NAME, KEY_NAME_WEAK, KEY_SHORT, KEY_SHORT_WEAK, key_token
from crm_cli.store.search_words import known_words, near_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Sequence

    from crm_cli.services.search import Found
    from crm_cli.store.store import Store

    Card = tuple[int, str, str, str, str]

_RERANKED = 200
_EVERYWHERE = (*OWN, *EMPLOYER, "reach", "facts")
# Below this likeness a name is hardly what was meant, and the search goes on.
ALIKE = 0.75
# Below this one it is noise.
_LEAST_ALIKE = 0.4


class Query:
    """The words of one search in both foldings, the kinds it may find and what it found so far."""

    __slots__ = ("_pairs", "connection", "found", "kinds", "strong", "text", "weak", "written")

    def __init__(self, connection: sqlite3.Connection, text: str, kinds: Sequence[str], found: Found) -> None:
        self.connection = connection
        self.text = text
        self.found = found
        self.kinds = tuple(kind for kind in kinds if kind in search.NAMED_KINDS)
        self.written = tuple(kinds)
        self._pairs: dict[tuple[str, str], float] = {}
        self.restore()

    def restore(self) -> None:
        """Take every word of the text again."""
        self.strong = name_words(self.text)
        self.weak = name_words_weak(self.text)

    def spelled(self) -> list[list[str]]:
        """Return each word in both foldings; `and`, which is `und` in a name, may also be the beginning of Andreas."""
        pairs = [list(dict.fromkeys(pair)) for pair in zip(self.strong, self.weak, strict=True)]
        return [["und", "and"] if words == ["und"] else words for words in pairs]

    def drop_words(self, telling: Callable[[str], bool]) -> None:
        """Keep only telling words, where there are any."""
        kept = [index for index, word in enumerate(self.strong) if telling(word)]
        if kept:
            self.strong = [self.strong[index] for index in kept]
            self.weak = [self.weak[index] for index in kept]

    def drop_legal_form(self) -> None:
        """Take the legal form off: half of all firms share it, and it is often left out or wrong."""
        end = len(without_legal_form(self.strong))
        self.strong, self.weak = self.strong[:end], self.weak[:end]
        self.drop_words(lambda word: not is_legal_form(word))

    def cards(self, expression: str) -> list[Card]:
        """Return the people, firms and deals an expression finds, as many as are worth ranking."""
        return search.cards(self.connection, expression, self.kinds, _RERANKED) if self.kinds else []

    def add_alike(self, cards: Iterable[Card], top: float, match: str) -> float:
        """Add cards by likeness to the query, best first; return the likeness of the best."""
        ranked = sorted((-self.likeness(card), card[0]) for card in cards)
        for unlikeness, document in ranked:
            if -unlikeness < _LEAST_ALIKE:
                break
            self.found.add(document, top * -unlikeness, match)
        return -ranked[0][0] if ranked else 0.0

    def add_all(self, cards: Iterable[Card], score: float, match: str) -> None:
        """Add cards as they come."""
        for card in cards:
            self.found.add(card[0], score, match)

    def likeness(self, card: Sequence[object]) -> float:
        """Return how much of the query's words a card's names hold, 0 to 1, a little less for words beyond them."""
        name = f"{card[1]} {card[2]}".split()
        held = name + f"{card[3]} {card[4]}".split()
        letters = total = 0.0
        for choices in self.spelled():
            length = len(choices[0])
            best = 0.0
            for word in choices:
                if word in held:
                    best = 1.0
                    break
                best = max(best, max((self._pair(word, other) for other in held), default=0.0))
            letters += best * length
            total += length
        beyond = max(0, len(str(card[1]).split()) - len(self.strong))
        return letters / total * (1 - 0.01 * min(beyond, 9)) if total else 0.0

    def _pair(self, word: str, other: str) -> float:
        pair = (word, other)
        if pair not in self._pairs:
            self._pairs[pair] = _word_likeness(word, other)
        return self._pairs[pair]


def edits_thinkable(word: str) -> int:
    """Return how many typing errors a word has at most: with more it is another one."""
    return 1 if len(word) < 4 else 2 if len(word) < 6 else 3


def _word_likeness(word: str, other: str) -> float:
    """Return how alike two folded words are, 0 to 1; 0 where more letters differ than a typing error explains."""
    if other.startswith(word):
        return 0.95
    limit = edits_thinkable(word)
    away = distance(word, other, limit)
    return 0.0 if away > limit else 1 - away / max(len(word), len(other))


def by_words(store: Store, text: str, kinds: Sequence[str], found: Found) -> None:
    """Add what the words of a text find, tier by tier, until the page is full."""
    query = Query(store.connection, text, kinds, found)
    tiers: tuple[Callable[[Query], None], ...] = (_exact, _own_words, _beginnings, _misspelled, _written)
    if not query.strong:
        tiers = (_exact,)
    for tier in tiers:
        tier(query)
        if found.full:
            return
    if query.strong and not len(found):
        from crm_cli.services.search_alike import alike, misspelled_texts

        misspelled_texts(query)
        if not len(found):
            query.drop_legal_form()
            alike(query)


def _exact(query: Query) -> None:
    """Find names that are the query, word for word in any order."""
    for words, classes, score in (
        (query.strong, (KEY_NAME, KEY_SHORT), 1.0),
        (query.weak, (KEY_NAME, KEY_NAME_WEAK, KEY_SHORT, KEY_SHORT_WEAK), 0.98),
    ):
        tokens = [key_token(key_class, name_key(words, query.text)) for key_class in classes]
        if query.kinds:
            for document in search.keyed(query.connection, tokens, query.kinds, query.found.limit):
                query.found.add(document, score, "name")
    query.drop_legal_form()


def _own_words(query: Query) -> None:
    """Find names that hold every word, whole words first, then beginnings."""
    whole = " AND ".join(within(("name",), any_of((word,), prefix=False)) for word in query.strong)
    query.add_alike(query.cards(whole), 0.95, "name")
    if not query.found.full:
        begun = " AND ".join(within(OWN, any_of(words, prefix=True)) for words in query.spelled())
        query.add_alike(query.cards(begun), 0.9, "name")


def _beginnings(query: Query) -> None:
    """Find people, firms and deals that hold every word somewhere: name, employer, mail, title, place, tag."""
    words = query.spelled()
    names = " AND ".join(within((*OWN, *EMPLOYER), any_of(choices, prefix=True)) for choices in words)
    query.add_alike(query.cards(names), 0.85, "company")
    if not query.found.full:
        anywhere = " AND ".join(within(_EVERYWHERE, any_of(choices, prefix=True)) for choices in words)
        query.add_all(query.cards(anywhere), 0.7, "details")


def _misspelled(query: Query) -> None:
    """Find names a typing error away, asking only as much of the vocabulary as is needed."""
    query.drop_words(lambda word: len(word) > 2)
    known = known_words(query.connection, {word for choices in query.spelled() for word in choices})
    unknown = [not known.intersection(choices) for choices in query.spelled()]
    if any(unknown):
        from crm_cli.services.search_alike import rejoined

        rejoined(query, errors=False)
        if query.found.full:
            return
    plans = [(unknown, 0)] if any(unknown) and not all(unknown) else []
    for wanted, more in (*plans, ([True] * len(unknown), 0), ([True] * len(unknown), 1)):
        choices = [
            choices_of(query.connection, words, more=more) if near else Choices(words, {})
            for words, near in zip(query.spelled(), wanted, strict=True)
        ]
        for columns, score, match in ((OWN, 0.85, "name"), ((*OWN, *EMPLOYER), 0.8, "company")):
            cards = query.cards(" AND ".join(within(columns, choice.expression()) for choice in choices))
            if cards and query.add_alike(cards, score, match) >= ALIKE:
                return
    if any(unknown):
        rejoined(query, errors=True)


class Choices:
    """The words one word of a query may stand for: beginnings of `begins`, and whole words near it."""

    __slots__ = ("begins", "near")

    def __init__(self, begins: Sequence[str], near: Iterable[str]) -> None:
        self.begins = begins
        self.near = list(near)

    def expression(self) -> str:
        """Return the FTS5 expression for any of them."""
        begins = any_of(self.begins, prefix=True)
        return f"({begins} OR {any_of(self.near, prefix=False)})" if self.near else begins


def choices_of(connection: sqlite3.Connection, words: Sequence[str], *, more: int) -> Choices:
    """Return a word's choices; `more` allows so many edits beyond those its length allows."""
    near: dict[str, int] = {}
    for word in words:
        edits = edits_allowed(word)
        near.update(near_words(connection, word, min(2, edits + more) if len(word) > 2 else 0))
    return Choices(words, near)


def _written(query: Query) -> None:
    """Find log entries, tasks and notes with every word, newest first."""
    query.restore()
    query.drop_words(lambda word: len(word) > 1 and not is_legal_form(word))
    expression = " AND ".join(any_of(words, prefix=True) for words in query.spelled())
    for document in search.texts(query.connection, expression, query.written, query.found.limit):
        query.found.add(document, 0.5, "text")
