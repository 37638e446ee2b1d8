"""The last tiers of `crm find`: blanks in the wrong place, misspelled texts, names hardly alike."""

from __future__ import annotations

from crm_cli.domain.text import distance, edits_allowed
from crm_cli.services.search_names import choices_of, edits_thinkable
from crm_cli.store import search
from crm_cli.store.search import EMPLOYER, OWN, any_of, within
from crm_cli.store.search_words import known_words, near_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from crm_cli.services.search_names import Query

    Card = tuple[int, str, str, str, str]

_SHORTEST_PIECE = 2
_MOST_LETTERS = 40  # of a query whose blanks are moved
_PARTLY_ALIKE = 0.6
_PARTIAL = 1_000  # cards that share all words but one, to be ranked
_RANKED = 50  # words that might be meant


def rejoined(query: Query, *, errors: bool) -> None:
    """Find names whose words were joined, split or parted in the wrong place: `hansmüller`, `mül ler`.

    Without `errors` the words must be known as they are then; with them, one may have a typing error besides.
    """
    for spelling in dict.fromkeys((tuple(query.strong), tuple(query.weak))):
        if len("".join(spelling)) > _MOST_LETTERS:
            return
        parts = list(dict.fromkeys(_parted(spelling)))
        known = known_words(query.connection, {word for words in parts for word in words})
        for words in parts:
            unknown = [word for word in words if word not in known]
            if len(unknown) != errors or len(unknown) == len(words) > 1:
                continue
            choices = [
                choices_of(query.connection, (word,), more=0).expression()
                if word in unknown
                else any_of((word,), prefix=False)
                for word in words
            ]
            for columns in (OWN, (*OWN, *EMPLOYER)):
                cards = query.cards(" AND ".join(within(columns, choice) for choice in choices))
                query.add_all(cards, 0.75 if errors else 0.8, "name")
                if cards:
                    break


def _parted(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the words with one blank taken out, put in, or moved by a letter."""
    for index in range(len(words) - 1):
        joined = words[index] + words[index + 1]
        yield (*words[:index], joined, *words[index + 2 :])
        for cut in (len(words[index]) - 1, len(words[index]) + 1):
            if 0 < cut < len(joined):
                yield (*words[:index], joined[:cut], joined[cut:], *words[index + 2 :])
    for index, word in enumerate(words):
        for cut in range(_SHORTEST_PIECE, len(word) - _SHORTEST_PIECE + 1):
            yield (*words[:index], word[:cut], word[cut:], *words[index + 1 :])
            # The blank may have been hit as another letter: `hansxmüller`.
            yield (*words[:index], word[:cut], word[cut + 1 :], *words[index + 1 :])


def misspelled_texts(query: Query) -> None:
    """Find what was written with words a typing error away from the query's; the first two letters must be right."""
    choices = []
    for words in query.spelled():
        begun = any_of(words, prefix=True)
        if search.texts(query.connection, begun, query.written, 1):
            choices.append(begun)
            continue
        near = {
            other
            for word in words
            if edits_allowed(word)
            for other in search.text_words(query.connection, word[:2])
            if abs(len(other) - len(word)) <= 2 and distance(word, other, edits_allowed(word)) <= edits_allowed(word)
        }
        if not near:
            return
        choices.append(any_of(sorted(near), prefix=False))
    for document in search.texts(query.connection, " AND ".join(choices), query.written, query.found.limit):
        query.found.add(document, 0.4, "text")


def alike(query: Query) -> None:
    """Find names that lack one word of the query, ranked by likeness; else names with a word somehow like one."""
    if not query.kinds:
        return
    cards = _partial(query)
    if not any(query.likeness(card) >= _PARTLY_ALIKE for card in cards):
        cards += _nearest(query)
    query.add_alike({card[0]: card for card in cards}.values(), 0.7, "name")


def _partial(query: Query) -> list[Card]:
    """Return the cards that hold all words of the query but one."""
    choices = [
        within((*OWN, *EMPLOYER), choices_of(query.connection, words, more=0).expression()) for words in query.spelled()
    ]
    if len(choices) < 2:
        return []
    rest = " OR ".join(
        "(" + " AND ".join(choices[:index] + choices[index + 1 :]) + ")" for index in range(len(choices))
    )
    return search.cards(query.connection, rest, query.kinds, _PARTIAL)


def _nearest(query: Query) -> list[Card]:
    """Return cards whose own names hold a word that might still be one of the query, however many others differ."""
    near: dict[str, int] = {}
    for words in query.spelled():
        for word in words:
            for other, away in near_words(query.connection, word, edits_thinkable(word)).items():
                near[other] = min(away, near.get(other, away))
    if not near:
        return []
    nearest = sorted(near, key=lambda word: (near[word], word))[:_RANKED]
    return search.cards(query.connection, within(OWN, any_of(nearest, prefix=False)), query.kinds, _PARTIAL)
