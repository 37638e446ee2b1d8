"""From a header to its target: whole words first, then its pieces, then a typing mistake.

Nothing here knows a program; what one program means by a word that means
something else elsewhere is in `csv_presets`. A header that is not understood
completely is not understood at all: its column becomes a custom field.
"""

from __future__ import annotations

import re
from functools import lru_cache

from crm_cli.domain.text import distance, edits_allowed, fold_weak
from importers.csv_target import Target, parse_target
from importers.csv_words import FIRM_ONLY, KNOWN, LETTERS, MESSENGERS, PARTS, SPELLINGS, SUBJECTS, WHOLE, fold

_HUMP = re.compile(r"(?<=[a-zäöüß0-9])(?=[A-ZÄÖÜ])|(?<=[A-ZÄÖÜ])(?=[A-ZÄÖÜ][a-zäöüß]{2})")
_PO_BOX = re.compile(r"\bp\.?\s*o\.?[\s_]*box\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+|\d+")
_WORK_OF_TINE = {"one": "@work", "two": "@home"}
# In the order of precedence: a fax number is a fax.
_REACH = {
    "EMAIL": "email",
    "FAX": "phone",
    "PAGER": "phone",
    "MOBILE": "phone",
    "PHONE": "phone",
    "IM": "im",
    "SOCIAL": "social",
    "URL": "url",
}
_PLACES = ("POSTCODE", "POBOX", "CITY", "COUNTRY", "REGION", "EXTENDED", "HOUSE", "STREET", "ADDRESS")
_PART_OF = {
    "POSTCODE": "postcode",
    "POBOX": "po_box",
    "CITY": "city",
    "COUNTRY": "country",
    "REGION": "region",
    "EXTENDED": "extended",
}
_FIRST_ORGANIZATION = {("1", "name"), ("1", "title"), ("1", "department")}
_LOOSE = {"RELATION": "relation", "EVENT": "event", "CUSTOMFIELD": "custom"}


@lru_cache(maxsize=4096)
def tokens(header: str) -> tuple[str, ...]:
    """Split a header into folded words and numbers (`MailingZip2` -> mailing, zip, 2)."""
    return tuple(map(fold, _spelt(header)))


def _spelt(header: str) -> tuple[str, ...]:
    text = _PO_BOX.sub(" pobox ", header.strip())
    if not text.isupper():
        text = _HUMP.sub(" ", text)
    return tuple(_WORD.findall(fold_weak(text)))


def compact(header: str) -> str:
    """Give a header's folded letters and digits without anything between them."""
    return "".join(tokens(header))


@lru_cache(maxsize=4096)
def lookup(header: str) -> Target | None:
    """Give the target a header names, `custom` for a known header without a field, None if it is not understood."""
    words = tokens(header)
    if not words:
        return None
    return _exact(words) or _own(header) or _organization(words) or _composed(words) or _without_subject(words)


@lru_cache(maxsize=4096)
def lookup_typo(header: str) -> Target | None:
    """Give the target of a header with a typing mistake; None where two readings are equally near."""
    words = _spelt(header)
    if not words or lookup(header) is not None:
        return None
    repaired = tuple(word if word in _VOCABULARY or len(word) < 4 else _nearest(word) or "" for word in words)
    if "" in repaired or repaired == words:
        return None
    folded = tuple(map(fold, repaired))
    return _exact(folded) or _composed(folded)


def _exact(words: tuple[str, ...]) -> Target | None:
    key = "".join(words)
    if key in KNOWN or key in FIRM_ONLY:
        return Target("custom")
    if key in WHOLE:
        return parse_target(WHOLE[key])
    # “Company/Organization”: two words for one thing.
    meanings = {WHOLE.get(word) for word in words}
    return parse_target(meanings.pop() or "") if len(meanings) == 1 and None not in meanings else None


def _without_subject(words: tuple[str, ...]) -> Target | None:
    rest = words
    while len(rest) > 1 and rest[0] in SUBJECTS:
        rest = rest[1:]
        if found := _exact(rest) or _composed(rest):
            return found
    return None


def _own(header: str) -> Target | None:
    """Read the headers of our own plain export that hold a name of the user's: `custom:VAT id`."""
    return parse_target(header) if header.startswith("custom:") and len(header) > 7 else None


def _composed(words: tuple[str, ...]) -> Target | None:
    pieces = _pieces(words)
    if pieces is None:
        return None
    kinds = {piece for piece in pieces if piece.isupper()}
    places = [piece[1:] for piece in pieces if piece.startswith("@") and len(piece) > 1]
    aspect = next((piece[1:] for piece in pieces if piece.startswith("+") and piece not in {"+value", "+line"}), "")
    number = next((int(piece) for piece in pieces if piece.isdigit() and len(piece) < 4), 0)
    services = [piece[1:] for piece in pieces if piece.startswith("~")]
    if services:
        return Target("im", label=" ".join(services)) if kinds <= {"IM"} and not aspect else None
    kinds.discard("ORGANIZATION")
    return (
        _reach(kinds, places, aspect, number) or _postal(kinds, places, aspect, number) or _loose(kinds, aspect, number)
    )


def _reach(kinds: set[str], places: list[str], aspect: str, number: int) -> Target | None:
    kind = next(
        (kind for kind in ("EMAIL", "FAX", "PAGER", "MOBILE", "PHONE", "IM", "SOCIAL", "URL") if kind in kinds), None
    )
    allowed = {"EMAIL": {"EMAIL", "ADDRESS"}, "URL": {"URL", "ADDRESS"}}
    if kind is None or not kinds <= allowed.get(kind, {kind, "PHONE"}) or len(set(places)) > 2:
        return None
    field = _REACH[kind]
    if aspect in {"label", "service"}:
        return Target(field, number or 1, aspect) if aspect == "label" or field == "im" else None
    main = "main" in places
    label = " ".join(dict.fromkeys(place for place in places if place != "main"))
    if kind in {"FAX", "PAGER", "MOBILE"}:
        label = f"{label} {kind.lower()}".strip()
    elif kind == "PHONE" and main and not label:
        label = "main"
    return Target(field, number, "preferred" if kind == "EMAIL" and main else "", label)


def _postal(kinds: set[str], places: list[str], aspect: str, number: int) -> Target | None:
    found = [kind for kind in _PLACES if kind in kinds]
    if not found or kinds - set(_PLACES) or len(set(places) - {"main"}) > 1:
        return None
    label = next((place for place in places if place != "main"), "")
    if aspect == "label":
        return Target("address", number or 1, "label") if found == ["ADDRESS"] else None
    if aspect == "formatted":
        return Target("formatted", number, "", label) if found == ["ADDRESS"] else None
    rest = [kind for kind in found if kind != "ADDRESS"]
    if rest in (["POSTCODE", "CITY"], ["POSTCODE", "POBOX"]):
        return Target("place", 0, "", label) if rest[1] == "CITY" else None
    if rest in (["COUNTRY", "REGION"], ["CITY", "REGION"]):
        rest = rest[:1]
    if rest in ([], ["STREET"], ["HOUSE", "STREET"]):
        # The number of a street counts its lines or the addresses: that is decided with all columns in view.
        return Target("street", number, "", label)
    if rest == ["HOUSE"]:
        return Target("street", 0, "number", label)
    return Target(_PART_OF[rest[0]], number, "", label) if len(rest) == 1 else None


def places_only(header: str) -> str | None:
    """Give the label of a header that says only where (`Work`, `Contact no.`), None for any other."""
    pieces = _pieces(tokens(header))
    if not tokens(header) or pieces is None or not all(piece[0] == "@" or piece.isdigit() for piece in pieces):
        return None
    return " ".join(dict.fromkeys(piece[1:] for piece in pieces if piece[0] == "@" and len(piece) > 1))


def _organization(words: tuple[str, ...]) -> Target | None:
    """Read Google's `Organization 1 - Title`; a second organisation has no field."""
    if len(words) < 3 or words[0] not in {"organization", "organisation"} or not words[1].isdigit():
        return None
    return Target({"name": "company"}.get(words[2], words[2])) if words[1:] in _FIRST_ORGANIZATION else Target("custom")


def _loose(kinds: set[str], aspect: str, number: int) -> Target | None:
    if len(kinds) != 1 or (kind := next(iter(kinds))) not in _LOOSE or not number:
        return None
    return Target(_LOOSE[kind], number, "label" if aspect == "label" else "")


def _pieces(words: tuple[str, ...]) -> list[str] | None:
    """Give what each piece of a header contributes, longest pieces first; None if one is unknown."""
    found: list[str] = []
    position = 0
    while position < len(words):
        for length in (3, 2, 1):
            chunk = "".join(words[position : position + length])
            meanings = _meanings(chunk, single=length == 1)
            if meanings is not None and position + length <= len(words):
                found += meanings
                position += length
                break
        else:
            return None
    return found


@lru_cache(maxsize=4096)
def _meanings(chunk: str, *, single: bool) -> list[str] | None:
    if chunk.isdigit():
        return [chunk] if single else None
    if chunk in PARTS:
        return [PARTS[chunk]] if PARTS[chunk] != "-" else []
    if chunk in MESSENGERS:
        return [f"~{chunk}"]
    if not single:
        return None
    if chunk in LETTERS:
        return [LETTERS[chunk]]
    if chunk in _WORK_OF_TINE:
        return [_WORK_OF_TINE[chunk]]
    return _segment(chunk)


def _segment(word: str) -> list[str] | None:
    """Cut a compound (`arbeitsadresse`, `mailingpostalcode`) into known pieces, as few as possible."""
    if len(word) > 40:
        return None
    best: list[list[str] | None] = [[], *[None] * len(word)]
    for end in range(3, len(word) + 1):
        for start in range(end - 2):
            before, piece = best[start], word[start:end]
            if before is not None and piece in PARTS:
                current = best[end]
                if current is None or len(before) + 1 < len(current):
                    best[end] = [*before, piece]
    cut = best[-1]
    return None if cut is None else [PARTS[piece] for piece in cut if PARTS[piece] != "-"]


_VOCABULARY = frozenset(word for word in {*SPELLINGS, *KNOWN} if len(word) > 2)


@lru_cache(maxsize=4096)
def _nearest(word: str) -> str | None:
    """Find the one word a slip away; None where words of different meaning are equally near."""
    if not 4 <= len(word) <= 30:
        return None
    found: dict[int, set[str]] = {}
    for known in _VOCABULARY:
        if known[0] == word[0] and (edits := _slips(word, known)):
            found.setdefault(edits, set()).add(known)
    for edits in sorted(found):
        meanings = {str(_exact((fold(known),)) or _composed((fold(known),))) for known in found[edits]}
        return min(found[edits]) if len(meanings) == 1 else None
    return None


def _slips(word: str, known: str) -> int:
    """Count the slips between two words, 0 for too many; a wrong letter counts only in words of six and more."""
    limit = edits_allowed(known)
    edits = distance(word, known, limit)
    replaced = len(word) == len(known) and sorted(word) != sorted(known)
    return 0 if edits > limit or (replaced and len(word) < 6) else edits
