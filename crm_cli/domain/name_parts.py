"""How near two given names, or two family names, are to being one person's.

A part of a name is prepared once and compared often; the census counts who bears it, because two people called
Schmidt are chance and two called Krolinmarson are not.
"""

from __future__ import annotations

from crm_cli.domain import family_names, given_names
from crm_cli.domain.family_names import without_umlauts
from crm_cli.domain.phonetics import cologne
from crm_cli.domain.text import words, words_weak

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

GIVEN = "given"
FAMILY = "family"
# In bits, against the same name.
_UMLAUT = -1.5
_TYPO = -2.0
_SHORT_TYPO = -3.0
_FURTHER = -0.4
_SHORT_FORM = -1.0
_INITIAL = -2.0
_DOUBLE = -2.0
_UNLIKE = {GIVEN: -12.0, FAMILY: -5.5}
# How many bear one usual name, and one that is not, where the address book is too small to say.
_USUAL_SHARE = {GIVEN: 0.006, FAMILY: 0.003}
_RARE_SHARE = {GIVEN: 0.0008, FAMILY: 0.0001}
_INITIAL_SHARE = 0.06
_TRUST = 400
# From so many bearers a name is no misspelling, unless another is this many times as frequent.
_ESTABLISHED = 4
_ESTABLISHED_SHARE = 0.0002
_MISSPELT_RATIO = 25


class Part:
    """A given or family name: `words` and `weak` in both foldings, `joined` as one word, `bare` without umlauts.

    `code` is how all of it sounds, `codes` how its words of more than a letter do.
    `count` is how many bear it, `number` tells parts apart.
    """

    __slots__ = ("alike", "bare", "both", "code", "codes", "count", "joined", "number", "usual", "weak", "words")

    def __init__(self, kind: str, strong: tuple[str, ...], weak: tuple[str, ...], number: int) -> None:
        self.words = strong
        self.both = (strong, weak)
        self.joined = "".join(strong)
        self.weak = "".join(weak)
        self.bare = without_umlauts(self.joined)
        self.number = number
        self.count = 0
        self.code = cologne(self.joined)
        self.codes = tuple({cologne(word) for word in strong if len(word) > 1} | {self.code})
        if kind == GIVEN:
            self.usual = given_names.is_usual(self.joined) or given_names.is_usual(strong[0])
            self.alike = given_names.alike(strong[0]) | given_names.alike(self.joined)
        else:
            self.usual = family_names.is_usual(self.joined)
            self.alike = frozenset()


class Verdict:
    """What the comparison of two parts gave: the kind of evidence, its bits, and how usual the agreement is.

    `agrees` tells whether the two may be one person's.
    """

    __slots__ = ("agrees", "bits", "kind", "share")

    def __init__(self, kind: str, bits: float, share: float) -> None:
        self.kind = kind
        self.bits = bits
        self.share = share
        self.agrees = not kind.endswith("_differs")


class Census:
    """All given, or all family, names of an address book; comparisons are remembered."""

    def __init__(self, kind: str) -> None:
        from rapidfuzz.distance import OSA

        self.kind = kind
        self.total = 0
        self._parts: dict[str, Part | None] = {}
        self._by_words: dict[tuple[tuple[str, ...], tuple[str, ...]], Part] = {}
        self._verdicts: dict[tuple[int, int], Verdict] = {}
        self._distance: Callable[..., int] = OSA.distance
        self._unlike = Verdict(f"{kind}_differs", _UNLIKE[kind], 1.0)
        self._nothing = Verdict("name_family", 0.0, 1.0)

    def part(self, text: str | None) -> Part | None:
        """Return the part of a name, counted as borne once more; None where there is none."""
        if not text:
            return None
        part = self._parts.get(text)
        if part is None:
            if text in self._parts:
                return None
            part = self._parts[text] = self._made(text)
            if part is None:
                return None
        part.count += 1
        self.total += 1
        return part

    def _made(self, text: str) -> Part | None:
        strong = tuple(words(text))
        if not strong:
            return None
        weak = tuple(words_weak(text))
        part = self._by_words.get((strong, weak))
        if part is None:
            part = Part(self.kind, strong, weak, len(self._by_words))
            self._by_words[strong, weak] = part
        return part

    def compare(self, first: Part | None, second: Part | None) -> Verdict:
        """Compare two parts; where one is missing there is nothing to say."""
        if first is None or second is None:
            return self._nothing
        key = (first.number, second.number) if first.number < second.number else (second.number, first.number)
        verdict = self._verdicts.get(key)
        if verdict is None:
            verdict = self._verdicts[key] = self._compared(first, second)
        return verdict

    def like(self, part: Part) -> Part:
        """Return a part of the other census as one of this, as if the two were swapped."""
        found = self._by_words.get(part.both)
        if found is None:
            found = self._by_words[part.both] = Part(self.kind, *part.both, len(self._by_words))
        return found

    def share(self, part: Part) -> float:
        """Return the share of people that bear a name, one of them not counted."""
        guess = (_USUAL_SHARE if part.usual else _RARE_SHARE)[self.kind]
        return (max(part.count - 1, 0) + _TRUST * guess) / (self.total + _TRUST)

    def _compared(self, first: Part, second: Part) -> Verdict:
        share = max(self.share(first), self.share(second))
        if first.joined == second.joined:
            return Verdict("name", 0.0, share)
        if second.joined in (first.weak, first.bare) or first.joined in (second.weak, second.bare):
            return Verdict("name_umlaut", _UMLAUT, share)
        if self.kind == GIVEN:
            found = self._given(first, second, share)
        else:
            found = self._family(first, second, share)
        return found or self._misspelt(first, second) or self._unlike

    def _given(self, first: Part, second: Part, share: float) -> Verdict | None:
        few, many = sorted((first.words, second.words), key=len)
        if len(few[0]) == 1 or len(many[0]) == 1:
            pairs = zip(few, many, strict=False)
            if all(mine[0] == theirs[0] and 1 in (len(mine), len(theirs)) for mine, theirs in pairs):
                return Verdict("name_initial", _INITIAL, _INITIAL_SHARE)
            return None
        if many[: len(few)] == few:
            return Verdict("name_further", _FURTHER * (1 if len(few[0]) > 1 else 4), share)
        if first.alike & second.alike:
            return Verdict("name_short", _SHORT_FORM, share)
        if len(many) > len(few) == 1 and self._near(few[0], many[0]):
            return Verdict("name_typo", _TYPO + _FURTHER, share)
        return None

    def _family(self, first: Part, second: Part, share: float) -> Verdict | None:
        few, many = sorted((first.words, second.words), key=len)
        if len(many) > len(few) and (many[: len(few)] == few or many[-len(few) :] == few):
            return Verdict("name_part", _DOUBLE, share)
        return None

    def _misspelt(self, first: Part, second: Part) -> Verdict | None:
        """Return a typing error where one name is near the other and not a name in its own right."""
        if not self._near(first.joined, second.joined):
            return None
        rare, usual = sorted((first, second), key=lambda part: part.count)
        if self._is_established(rare) and usual.count < _MISSPELT_RATIO * rare.count:
            return None
        if rare.usual and usual.usual:
            return None
        short = min(len(first.joined), len(second.joined)) < 5
        # How usual the right name is says nothing: it is the wrong one that would have to be somebody's by chance.
        return Verdict("name_typo", _SHORT_TYPO if short else _TYPO, self.share(rare))

    def _is_established(self, part: Part) -> bool:
        return part.usual or part.count >= max(_ESTABLISHED, _ESTABLISHED_SHARE * self.total)

    def _near(self, first: str, second: str) -> bool:
        shorter = min(len(first), len(second))
        limit = 0 if shorter < 3 else 1 if shorter < 7 else 2
        return limit > 0 and self._distance(first, second, score_cutoff=limit) <= limit
