"""What is part of a name and what is only beside it: legal forms, titles, salutations, `&`."""

from __future__ import annotations

from crm_cli.domain.text import fold, words, words_weak

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

# Only so much of a name is compared; a longer one is no name.
NAME_LIMIT = 256

_AND = "und"
TITLES = frozenset(("dr", "prof"))
PERSON_WORDS = frozenset(("herr", "herrn", "hr", "hrn", "frau", "fr", "mr", "mrs", "ms"))
FIRM_WORDS = frozenset(("firma", "fa"))

# Folded and without dots and blanks: `e. K.` is `ek`, `Ges.m.b.H.` is `gesmbh`.
_LEGAL_FORMS = (
    " ab ag aps as bv bvba cie co company corp corporation cv doo eg ek ekfm ekfr eu ev gbr gesmbh ggmbh gmbh"
    " haftungsbeschraenkt haftungsbeschrankt inc incorporated kft kg kgaa kk lda limited llc llp lp ltd mbb mbh nv oeg"
    " og ohg oy oyj partg partgmbb partnerschaft plc pte pty sa sagl sarl sas se sl slu snc spa spol spzoo srl sro"
    " ug vof zrt "
)
_LONGEST_FORM = 4  # words, as in `Ges. m. b. H.`
# `Karl-Heinz` is also typed `Karlheinz`; `Müller-Lüdenscheid` never is.
_JOINED_LENGTH = 12


def _joined_and(text: str) -> str:
    text = text[:NAME_LIMIT]
    if "&" in text or " + " in text:
        text = text.replace("&", f" {_AND} ").replace(" + ", f" {_AND} ")
    return text


def _one_and(parts: list[str]) -> list[str]:
    return [_AND if part == "and" else part for part in parts] if "and" in parts else parts


def name_words(name: str) -> list[str]:
    """Return the words of a name in the strong folding; `&`, `+`, `and` and `und` are one word."""
    return _one_and(words(_joined_and(name)))


def name_words_weak(name: str) -> list[str]:
    """Return the words of a name in the weak folding, as many as `name_words`."""
    return _one_and(words_weak(_joined_and(name)))


def spellings(name: str) -> list[str]:
    """Return every word a name is found by, in both foldings."""
    strong, weak = spellings_by_folding(name)
    return strong + weak


def spellings_by_folding(name: str, parts: list[str] | None = None) -> tuple[list[str], list[str]]:
    """Return the words a name is found by: in the strong folding, and those that the weak one adds.

    `Karl-Heinz` and `O'Brien` are found as one word too. `parts` are the name's words, where they are known.
    """
    strong = name_words(name) if parts is None else parts
    joined = len(strong) > name.count(" ") + 1
    weak = [] if name.isascii() else name_words_weak(name)
    if joined:
        strong = strong + _joined_chunks(name, words)
        if weak:
            weak += _joined_chunks(name, words_weak)
    return strong, [word for word in weak if word not in strong]


def _joined_chunks(name: str, split: Callable[[str], list[str]]) -> list[str]:
    joined = []
    for chunk in name[:NAME_LIMIT].split():
        parts = split(chunk)
        word = "".join(parts)
        if len(parts) > 1 and len(word) <= _JOINED_LENGTH:
            joined.append(word)
    return joined


def name_key(parts: list[str], name: str = "") -> str:
    """Return the key two equal names share: their words without titles, sorted, one blank between.

    A name without a word (`☕`) is its own key.
    """
    kept = [part for part in parts if part not in TITLES] or parts
    return " ".join(sorted(kept)) if kept else fold(name[:NAME_LIMIT]).strip()


def without_legal_form(parts: list[str]) -> list[str]:
    """Return the words of a firm's name less the legal form at its end; never empties a name."""
    end = len(parts)
    while end > 1:
        for length in range(min(_LONGEST_FORM, end - 1), 0, -1):
            tail = parts[end - length : end]
            if f" {''.join(tail)} " in _LEGAL_FORMS and (length == 1 or max(map(len, tail)) <= 3):
                end -= length
                break
        else:
            break
        if end > 1 and parts[end - 1] == _AND:
            end -= 1
    return parts[:end]


def is_legal_form(word: str) -> bool:
    """Return whether a folded word is (part of) a legal form."""
    return f" {word} " in _LEGAL_FORMS
