"""The address book of the specification, with a resolver small enough to read: the log line is tested against it.

The real resolver asks the store's index; its own tests hold it to the same rules.
"""

from __future__ import annotations

from crm_cli.domain.names import FIRM_WORDS, PERSON_WORDS, TITLES, without_legal_form
from crm_cli.domain.text import distance, edits_allowed, words, words_weak
from crm_cli.domain.who import TIER_EXACT, TIER_FUZZY, TIER_PREFIX, Match

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Fold = Callable[[str], list[str]]

BOOK = (
    ("Hans Müller", "Ehrler Prüftechnik GmbH"),
    ("Sabine Freitag", "Kettenbaum AG"),
    ("Petra März", "Invitek GmbH"),
    ("Jürgen Muller", "Frenkel KG"),
    ("Jana Schmidt", "Rathgeber SE"),
    ("Anna Schmidt", "Ehrler Prüftechnik GmbH"),
    ("Tom Sommer", "Sommer GmbH"),
    ("Bob Miller", "Acme Inc"),
)


class AddressBook:
    """Calls like the resolver: a phrase in, the records of the best tier out. `asked` keeps the phrases."""

    def __init__(self, people: tuple[tuple[str, str | None], ...] = BOOK, firms: tuple[str, ...] = ()) -> None:
        names = [*dict.fromkeys([firm for _, firm in people if firm] + list(firms))]
        self.firms = [Match(kind="company", row=row, id=f"f{row}", name=name) for row, name in enumerate(names, 1)]
        rows = {match.name: match.row for match in self.firms}
        self.people = [
            Match(kind="contact", row=row, id=f"p{row}", name=name, company=firm, company_row=rows.get(firm or ""))
            for row, (name, firm) in enumerate(people, 1)
        ]
        self.asked: list[str] = []

    def __call__(self, phrase: str) -> list[Match]:
        self.asked.append(phrase)
        firm_part, slash, person_part = phrase.partition("/")
        if slash and not person_part.strip():
            return [match for match in self._match(firm_part) if match.kind == "company"]
        return self._match(f"{person_part} {firm_part}" if slash else phrase)

    def _match(self, phrase: str) -> list[Match]:
        asked = words(phrase)
        records = [*self.people, *self.firms]
        if PERSON_WORDS & set(asked):
            records = self.people
        if FIRM_WORDS & set(asked):
            records = self.firms
        dropped = PERSON_WORDS | FIRM_WORDS | TITLES
        strong = [word for word in asked if word not in dropped]
        weak = [word for word in words_weak(phrase) if word not in dropped]
        if not strong:
            return []
        for tier in (TIER_EXACT, TIER_PREFIX, TIER_FUZZY):
            for typed, fold in ((strong, words), (weak, words_weak)):
                found = [match for match in records if _fits(match, typed, fold, tier)]
                if found:
                    own = [match for match in found if _fits_own(match, typed, fold, tier)]
                    best = own or found
                    if all(match.kind == "company" for match in best):
                        # A person and their own firm are of equal rank: `sommer`.
                        best = [*(match for match in records if _is_namesake(match, typed, fold)), *best]
                    return [_at_tier(match, tier, match in own) for match in best]
        return []


def _at_tier(match: Match, tier: int, own: bool) -> Match:
    return Match(match.kind, match.row, match.id, match.name, match.company, match.company_row, tier, own)


def _fits(match: Match, typed: list[str], fold: Fold, tier: int) -> bool:
    return _words_fit(typed, fold(match.name) + fold(match.company or ""), tier, fold(match.name))


def _fits_own(match: Match, typed: list[str], fold: Fold, tier: int) -> bool:
    return _words_fit(typed, fold(match.name), tier, fold(match.name))


def _is_namesake(match: Match, typed: list[str], fold: Fold) -> bool:
    return match.kind == "contact" and set(typed) <= set(fold(match.name))


def _words_fit(typed: list[str], known: list[str], tier: int, name: list[str]) -> bool:
    if tier == TIER_EXACT:
        return sorted(typed) in (sorted(name), sorted(without_legal_form(name)))
    if tier == TIER_PREFIX:
        return all(any(word.startswith(part) for word in known) for part in typed)
    return all(
        any(distance(part, word, edits_allowed(part)) <= edits_allowed(part) for word in known) for part in typed
    )
