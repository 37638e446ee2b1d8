"""How likely two firms of an address book are one: the name without its legal form, the form, domain, number, house.

`Ehrler GmbH` and `Ehrler GmbH & Co. KG` are two firms as often as one; `Ehrler` may be either.
"""

from __future__ import annotations

from math import log2

from crm_cli.domain import family_names
from crm_cli.domain.names import name_words, name_words_weak, without_legal_form
from crm_cli.domain.phonetics import cologne

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crm_cli.domain.matching import Observation

# Weights in bits.
_NAME, _FAMILY_NAME = 4.0, 1.5
_UMLAUT, _TYPO, _ORDER, _MORE_WORDS, _OTHER_NAME = -1.0, -2.0, -1.0, -3.0, -9.0
_SAME_FORM, _OTHER_FORM = 0.5, -3.5
_DOMAIN, _OTHER_DOMAIN = 4.0, -2.0
_PHONE, _ADDRESS, _OTHER_TOWN, _LINK, _UID = 3.0, 2.5, -3.0, 4.0, 9.0
_PERSONAL = 3
# Spellings of one legal form, without blanks.
_FORMS = {
    "gesmbh": "gmbh",
    "mbh": "gmbh",
    "incorporated": "inc",
    "corporation": "corp",
    "limited": "ltd",
    "ekfm": "ek",
    "ekfr": "ek",
}
_DISTINCT_LENGTH = 5


class Firm:
    """A company prepared for comparison: `words` is the folded name without its legal form, which is `form`."""

    __slots__ = (
        "code", "domains", "form", "joined", "links", "name", "phones", "places", "row", "towns", "uid", "uids", "weak",
        "words",
    )  # fmt: skip

    def __init__(self, row: int, uid: str, name: str) -> None:
        self.row = row
        self.uid = uid
        self.name = name
        every = name_words(name) or [name.lower()]
        self.words = tuple(without_legal_form(every))
        self.form = _form(every[len(self.words) :])
        self.joined = "".join(self.words)
        self.weak = "".join(name_words_weak(name)[: len(self.words)])
        self.code = cologne(self.joined)
        self.domains: Sequence[str] = ()
        self.phones: Sequence[str] = ()
        self.places: Sequence[str] = ()
        self.towns: Sequence[str] = ()
        self.links: Sequence[str] = ()
        self.uids: Sequence[str] = ()


def _form(words: Sequence[str]) -> str:
    """Return a legal form in one spelling and without blanks: `Ges. m. b. H. & Co KG` is `gmbhcokg`."""
    joined = "".join(word for word in words if word != "und")
    other = next((spelled for spelled in _FORMS if joined.startswith(spelled)), "")
    return _FORMS.get(other, "") + joined.removeprefix(other)


class FirmBook:
    """What is known of all firms: how many bear a name, and how many share a value."""

    def __init__(self, firms: Sequence[Firm]) -> None:
        from rapidfuzz.distance import OSA

        self.distance: Callable[..., int] = OSA.distance
        self.names: dict[str, int] = {}
        self.bearers: dict[str, dict[str, int]] = {"domains": {}, "phones": {}, "places": {}, "links": {}, "uids": {}}
        for firm in firms:
            self.names[firm.joined] = self.names.get(firm.joined, 0) + 1
            for kind, counts in self.bearers.items():
                for value in getattr(firm, kind):
                    counts[value] = counts.get(value, 0) + 1


def compare(a: Firm, b: Firm, book: FirmBook) -> tuple[float, list[Observation]]:
    """Return the odds in bits that two firms are one, and the observations that add up to them."""
    kind, bits = _name(a, b, book)
    same_uid = next((uid for uid in a.uids if uid in b.uids), None)
    if kind == "name_differs" and same_uid is None:
        return bits, [(kind, bits, "", "")]
    found: list[Observation] = [(kind, bits, "", "")]
    if same_uid is not None:
        found.append(("uid", _UID, same_uid, ""))
    if a.form and b.form:
        same = a.form == b.form
        found.append(
            ("legal_form_same", _SAME_FORM, a.form, "") if same else ("legal_form", _OTHER_FORM, a.form, b.form)
        )
    for evidence, field, weight in (
        ("domain", "domains", _DOMAIN),
        ("phone", "phones", _PHONE),
        ("address", "places", _ADDRESS),
        ("link", "links", _LINK),
    ):
        common = next((value for value in getattr(a, field) if value in getattr(b, field)), None)
        if common is not None:
            found.append((evidence, weight if book.bearers[field][common] <= _PERSONAL else 0.0, common, ""))
    kinds = {observation[0] for observation in found}
    if a.domains and b.domains and "domain" not in kinds:
        found.append(("domain_differs", _OTHER_DOMAIN, a.domains[0], b.domains[0]))
    if a.towns and b.towns and set(a.towns).isdisjoint(b.towns):
        found.append(("address_differs", _OTHER_TOWN, a.towns[0], b.towns[0]))
    return sum(observation[1] for observation in found), found


def _name(a: Firm, b: Firm, book: FirmBook) -> tuple[str, float]:
    """Compare the names; a bare family name says little, one that many firms bear nothing."""
    bare = any(len(firm.words) == 1 and family_names.is_usual(firm.joined) for firm in (a, b))
    bearers = max(book.names[a.joined], book.names[b.joined])
    bits = (_FAMILY_NAME if bare else _NAME) - log2(max(1, bearers - 1))
    if a.joined == b.joined:
        return "name", bits
    if a.weak == b.joined or b.weak == a.joined:
        return "name_umlaut", bits + _UMLAUT
    if sorted(a.words) == sorted(b.words):
        return "name_order", bits + _ORDER
    few, many = sorted((a.words, b.words), key=len)
    if len(few) < len(many):
        if many[: len(few)] == few and len("".join(few)) >= _DISTINCT_LENGTH:
            return "name_more", bits + _MORE_WORDS
    elif not bare and all(_is_near(word, other, book) for word, other in zip(few, many, strict=True)):
        return "name_typo", bits + _TYPO
    return "name_differs", _OTHER_NAME


def _is_near(word: str, other: str, book: FirmBook) -> bool:
    # A number or a short word tells firms apart: `Werk 1` and `Werk 2`, `Nord` and `Süd`.
    if word == other:
        return True
    if word.isdigit() or other.isdigit() or (family_names.is_usual(word) and family_names.is_usual(other)):
        return False
    limit = min(len(word), len(other)) // 5
    return limit > 0 and book.distance(word, other, score_cutoff=limit) <= limit
