"""Fold names and words so that what is typed meets what is stored.

One folding serves the index, the resolver and the date words. It comes in two
strengths: strong reads `ä` as `ae`, weak as `a`; in both `ß` is `ss` and every
other Latin letter is its base, also those that Unicode does not decompose
(`ł ø đ æ þ`). Composed and decomposed text fold alike.
"""

from __future__ import annotations

_DIAERESIS = "\u0308"
# Letters without a decomposition whose name does not end in "WITH …".
_LETTERS = {"ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ŋ": "n", "ə": "e", "ĸ": "k", "ȷ": "j", "ƿ": "w"}
# Modifier letters that are typed as an apostrophe; Unicode calls them letters.
_APOSTROPHES = "ʹʻʼʽˈ"
# Worked out by hand, so that German text needs no `unicodedata`: letter, strong, weak.
_USUAL = (
    *(("ä", "ae", "a"), ("ö", "oe", "o"), ("ü", "ue", "u"), ("Ä", "ae", "a"), ("Ö", "oe", "o"), ("Ü", "ue", "u")),
    *(("ß", "ss", "ss"), ("é", "e", "e"), ("è", "e", "e")),
)
_USUAL_SIGNS = "“”„‘’‚–—…€§\u00a0"
_MARKS = ((0x0300, 0x036F), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE20, 0xFE2F))


class _Folding(dict[int, str]):
    """A table for `str.translate` that works out a character when it is first met."""

    __slots__ = ("split", "umlaut")

    def __init__(self, *, umlaut: bool, split: bool) -> None:
        self.umlaut = umlaut
        self.split = split
        for code in range(128):
            sign = chr(code).lower()
            self[code] = sign if sign.isalnum() or not split else " "
        for letter, strong, weak in _USUAL:
            self[ord(letter)] = strong if umlaut else weak
        for sign in _USUAL_SIGNS if split else "":
            self[ord(sign)] = " "

    def __missing__(self, code: int) -> str:
        from unicodedata import category, normalize

        letter = chr(code)
        if "\ud800" <= letter <= "\udfff":
            folded = "\ufffd"
        else:
            folded = self._base(normalize("NFKD", normalize("NFKD", letter.casefold()).casefold()))
        if self.split:
            folded = "".join(_word_part(sign, category(sign)) for sign in folded)
        self[code] = folded
        return folded

    def _base(self, decomposed: str) -> str:
        result = ""
        for sign in decomposed:
            if any(first <= ord(sign) <= last for first, last in _MARKS):
                if sign == _DIAERESIS and self.umlaut and result[-1:] in ("a", "o", "u"):
                    result += "e"
            else:
                result += _LETTERS.get(sign) or _stroked(sign)
        return result


def _stroked(sign: str) -> str:
    if sign.isascii():
        return sign
    from unicodedata import name

    base, stroke, _ = name(sign, "").removeprefix("LATIN SMALL LETTER ").partition(" WITH ")
    return base.lower() if stroke and len(base) == 1 else sign


def _word_part(sign: str, category: str) -> str:
    if category == "Cf":  # soft hyphens and joiners stand inside a word
        return ""
    return " " if category[0] in "PSZC" or sign in _APOSTROPHES else sign


_GERMAN = tuple((letter, strong) for letter, strong, _ in _USUAL[:7])
_GERMAN_WEAK = tuple((letter, weak) for letter, _, weak in _USUAL[:7])
_ASCII_WORDS = "".join(chr(code).lower() if chr(code).isalnum() else " " for code in range(128))
_STRONG = _Folding(umlaut=True, split=False)
_WEAK = _Folding(umlaut=False, split=False)
_STRONG_WORDS = _Folding(umlaut=True, split=True)
_WEAK_WORDS = _Folding(umlaut=False, split=True)


def _composed(text: str) -> str:
    if _DIAERESIS not in text:
        return text
    from unicodedata import normalize

    return normalize("NFC", text)


def _respelled(text: str, spellings: tuple[tuple[str, str], ...]) -> str:
    """Replace German letters: mostly ASCII is left, and that takes a third of the time of the table."""
    for letter, spelling in spellings:
        text = text.replace(letter, spelling)
    return text


def fold(text: str) -> str:
    """Return the strong folding: `Jürgen Groß` -> `juergen gross`. Punctuation and blanks stay."""
    if text.isascii():
        return text.lower()
    plain = _respelled(text, _GERMAN)
    return plain.lower() if plain.isascii() else _composed(text).translate(_STRONG)


def fold_weak(text: str) -> str:
    """Return the weak folding: `Jürgen Groß` -> `jurgen gross`. Punctuation and blanks stay."""
    if text.isascii():
        return text.lower()
    plain = _respelled(text, _GERMAN_WEAK)
    return plain.lower() if plain.isascii() else _composed(text).translate(_WEAK)


def _in_words(text: str, spellings: tuple[tuple[str, str], ...], folding: _Folding) -> str:
    plain = _respelled(text, spellings)
    return plain.translate(_ASCII_WORDS) if plain.isascii() else _composed(text).translate(folding)


def words(text: str) -> list[str]:
    """Return the words of the strong folding; every sign that is no letter or digit parts words."""
    return (text.translate(_ASCII_WORDS) if text.isascii() else _in_words(text, _GERMAN, _STRONG_WORDS)).split()


def words_weak(text: str) -> list[str]:
    """Return the words of the weak folding, as many and in the same order as `words`."""
    return (text.translate(_ASCII_WORDS) if text.isascii() else _in_words(text, _GERMAN_WEAK, _WEAK_WORDS)).split()


def spread(text: str) -> str:
    """Return the words of both foldings with blanks between, for an index; the weak ones only where they differ."""
    if text.isascii():
        return text.translate(_ASCII_WORDS)
    strong, weak = _in_words(text, _GERMAN, _STRONG_WORDS), _in_words(text, _GERMAN_WEAK, _WEAK_WORDS)
    return strong if strong == weak else f"{strong} {weak}"


def digits(text: str) -> str:
    """Return the decimal digits of the text as ASCII."""
    if text.isascii():
        return "".join(filter(str.isdigit, text))
    return "".join(str(int(sign)) for sign in text if sign.isdecimal())


def edits_allowed(word: str) -> int:
    """Return how many typing errors a folded word may hold: 0 under 4 letters, 1 under 8, else 2."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


def distance(first: str, second: str, limit: int) -> int:
    """Return the optimal string alignment distance, or `limit + 1` when it is beyond the limit.

    Insertion, deletion, replacement and the transposition of two neighbours count 1 each.
    """
    if first == second:
        return 0
    start, end_first, end_second = 0, len(first), len(second)
    if end_first > end_second:
        first, second, end_first, end_second = second, first, end_second, end_first
    if end_second - end_first > limit:
        return limit + 1
    while start < end_first and first[start] == second[start]:
        start += 1
    while end_first > start and first[end_first - 1] == second[end_second - 1]:
        end_first -= 1
        end_second -= 1
    if start == end_first:
        return end_second - start
    if limit < 2 or end_second - start < 2:
        # What is left begins and ends differently: one edit makes it equal only as a replacement or a transposition.
        one = end_second - start == 1 or (
            end_second - start == 2 == end_first - start
            and first[start] == second[start + 1]
            and first[start + 1] == second[start]
        )
        return 1 if one and limit else limit + 1
    return _aligned(first[start:end_first], second[start:end_second], limit)


def _aligned(first: str, second: str, limit: int) -> int:
    """Return the bounded distance of two words without common ends, the first not the longer one."""
    width = len(first) + 1
    older: list[int] = []
    previous = list(range(width))
    last = ""
    for row, letter in enumerate(second, 1):
        current = [row]
        best = row
        for column in range(1, width):
            cost = previous[column - 1]
            if first[column - 1] != letter:
                cost = min(cost, previous[column], current[column - 1]) + 1
                if row > 1 and column > 1 and first[column - 1] == last and first[column - 2] == letter:
                    cost = min(cost, older[column - 2] + 1)
            current.append(cost)
            if cost < best:
                best = cost
        # A transposition may still reach back to the row before.
        if best > limit and min(previous) >= limit:
            return limit + 1
        older, previous, last = previous, current, letter
    return min(previous[-1], limit + 1)
