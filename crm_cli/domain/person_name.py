"""Split a person's name as it is written in German and English into the parts of a vCard's N."""

from __future__ import annotations

import re

from crm_cli.domain.record import Record

_SALUTATIONS = {"herr": "Herr", "herrn": "Herr", "hr": "Herr", "frau": "Frau", "fr": "Frau"}
_SALUTATIONS |= {word: word.capitalize() for word in ("mr", "mrs", "ms", "miss", "mx")}
# Heads stand for themselves; the other title words count only behind a head (`Dr. rer. nat.`, `Prof. h. c.`).
_TITLE_HEADS = frozenset("dr dres prof professor dipl mag ing univ lic dkfm magister".split())
_TITLE_WORDS = _TITLE_HEADS | frozenset(
    """kfm kffr kauffrau kaufmann inf inform phys chem math volksw vw betriebsw bw psych päd paed med dent vet jur iur
    rer nat pol oec phil theol agr techn sc hum h c hc e eh habil mult fh tu psychol biol geogr""".split()
)
_DOTLESS_TITLES = frozenset(("dr", "prof", "professor"))
_PARTICLES = frozenset(
    """von vom van den der de del della delle di da das do dos du des la le lo el al zu zum zur ten ter te tho
    af av bin ibn und""".split()
)
_NOBLE = frozenset(
    "freiherr freifrau freiin graf gräfin baron baronin ritter edler fürst fürstin prinz prinzessin".split()
)
_GENERATIONS = frozenset(("jr", "sr", "jun", "sen"))
_DEGREES = frozenset(("MBA", "MSc", "BSc", "PhD", "LLM", "MdB", "MdL", "II", "III", "IV", "BA", "MA", "EMBA"))
_DEGREE_TOKENS = frozenset("m b sc a eng ph d ll phd mba msc bsc ba ma".split())
_NOT_A_LETTER = re.compile(r"[.\-]+")


class PersonName(Record):
    """A name in parts; `name` is how it is shown, without the salutation, which stands apart."""

    name: str
    prefix: str | None = None
    given: str | None = None
    additional: str | None = None
    family: str | None = None
    suffix: str | None = None
    salutation: str | None = None


def split_name(text: str, *, given: str | None = None, family: str | None = None) -> PersonName:
    """Split a name as typed: `Prof. Dr. Hans Peter von der Müller jun.`, `Müller, Hans`, `Frau Schmidt`.

    A single word stays a bare name, for it may be either. `given` and `family` override what was read and
    decide where the name parts. A form with several commas that is not understood is kept whole.
    """
    words = text.split()
    chunks = [chunk.split() for chunk in text.split(",") if chunk.strip()]
    behind: list[str] = []
    while len(chunks) > 1 and all(_is_suffix(word, strict=False) for word in chunks[-1]):
        behind = chunks.pop() + behind
    if len(chunks) == 2:
        split = _inverted(chunks[0], chunks[1], behind)
    elif len(chunks) == 1:
        split = _straight(chunks[0], behind)
    else:
        split = PersonName(" ".join(words))
    if given is None and family is None:
        return split
    return _overridden(split, given, family)


def composed(
    prefix: str | None, given: str | None, additional: str | None, family: str | None, suffix: str | None
) -> str:
    """Return the parts as one name, in the order they are spoken."""
    return " ".join(part for part in (prefix, given, additional, family, suffix) if part)


def _straight(words: list[str], behind: list[str]) -> PersonName:
    salutation, prefix, rest = _before(words)
    suffix = list(behind)
    while len(rest) > 2 and _is_suffix(rest[-1], strict=True):
        suffix.insert(0, rest.pop())
    given = additional = family = None
    if len(rest) > 1:
        start = _family_start(rest)
        family = " ".join(rest[start:])
        given = rest[0] if start else None
        additional = " ".join(rest[1:start]) or None
    elif salutation or prefix:
        family = rest[0]
    name = " ".join([*prefix, *rest, *suffix])
    return PersonName(name, _joined(prefix), given, additional, family, _joined(suffix), salutation)


def _inverted(front: list[str], back: list[str], behind: list[str]) -> PersonName:
    """Read `Müller, Dr. Hans`; a particle at the end (`Goethe, Johann von`) belongs to the family name."""
    salutation, prefix, family = _before(front)
    other, titles, rest = _before(back, keep=0)
    prefix += titles
    particles: list[str] = []
    while len(rest) > 1 and rest[-1] in _PARTICLES:
        particles.insert(0, rest.pop())
    family = particles + family
    parts = (_joined(prefix), rest[0] if rest else None, _joined(rest[1:]), " ".join(family), _joined(behind))
    return PersonName(composed(*parts), *parts, salutation or other)


def _before(words: list[str], keep: int = 1) -> tuple[str | None, list[str], list[str]]:
    """Take salutation and titles off the front, leaving at least `keep` words: (salutation, titles, rest)."""
    rest = list(words)
    salutation = None
    titles: list[str] = []
    while len(rest) > keep:
        known = _SALUTATIONS.get(rest[0].rstrip(".").lower())
        if known is not None and salutation is None and not titles:
            salutation = known
        elif _is_title(rest[0], after_title=bool(titles)):
            titles.append(rest[0])
        else:
            break
        rest.pop(0)
    return salutation, titles, rest


def _is_title(word: str, *, after_title: bool) -> bool:
    tokens = [token for token in _NOT_A_LETTER.split(word.lower()) if token]
    if not tokens or not all(token in _TITLE_WORDS for token in tokens):
        return False
    if word.lower() in _DOTLESS_TITLES:
        return True
    marked = "." in word or "-" in word
    return marked and (after_title or tokens[0] in _TITLE_HEADS)


def _is_suffix(word: str, *, strict: bool) -> bool:
    """Tell whether a word stands behind a name; `strict` where no comma has said so (`Ma` is also a family name)."""
    bare = word.rstrip(".")
    if bare.lower() in _GENERATIONS or bare in _DEGREES or ("." in word and word.replace(".", "") in _DEGREES):
        return True
    tokens = [token for token in _NOT_A_LETTER.split(word.lower()) if token]
    if "." in word and len(tokens) > 1 and all(token in _DEGREE_TOKENS for token in tokens):
        return True
    return not strict and (_is_title(word, after_title=True) or bare.lower() in ("junior", "senior"))


def _family_start(words: list[str]) -> int:
    """Return where the family name begins in two or more words."""
    if words[0] in _PARTICLES and words[0].islower():
        return 0
    for index in range(1, len(words) - 1):
        word = words[index].lower()
        if word in _NOBLE or (word in _PARTICLES and word != "und"):
            return index
    return len(words) - 1


def _overridden(split: PersonName, given: str | None, family: str | None) -> PersonName:
    middle = [part for part in (split.given, split.additional, split.family) if part] or split.name.split()
    words = " ".join(middle).split()
    if given is not None and words[: len(given.split())] == given.split():
        words = words[len(given.split()) :]
    elif given is not None:
        words = [word for word in words if word != split.given]
    if family is not None and words[len(words) - len(family.split()) :] == family.split():
        words = words[: len(words) - len(family.split())]
    elif family is not None and split.family:
        words = " ".join(words).removesuffix(split.family).split()
    additional = None
    if family is None:
        family = " ".join(words) or None
    elif given is None:
        given, additional = (words[0] if words else None), _joined(words[1:])
    else:
        additional = _joined(words)
    return PersonName(split.name, split.prefix, given, additional, family, split.suffix, split.salutation)


def _joined(words: list[str]) -> str | None:
    return " ".join(words) or None
