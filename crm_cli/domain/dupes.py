"""Why two records may be one: single observations with their weight, as data and as words.

A weight is in bits: +1 doubles the odds that the two are one, -1 halves them. The sum gives the score.
"""

from __future__ import annotations

import math

from crm_cli.domain.record import Record
from crm_cli.errors import fill

TYPE_CHECKING = False
if TYPE_CHECKING:
    from crm_cli.domain.contact import RecordRef

OFFERED_FROM = 0.8
"""The score from which a pair is offered as a possible duplicate."""

MERGED_FROM = 0.995
"""The score from which a pair may be merged without looking at it."""

CONTRADICTIONS = frozenset(
    """name_differs given_differs family_differs suffix_differs birthday_differs email_differs legal_form""".split()
)
"""Evidence that keeps two records apart even where each is one with a third."""

# Kind -> what it says; `value` is what both have, `other` the second record's where they differ.
TEXTS = {
    "name": "the same name",
    "name_swapped": "the same name, given and family name swapped",
    "name_further": "the same name but for a further given name",
    "name_initial": "a name that fits an initial",
    "name_short": "a short form of the given name",
    "name_umlaut": "names that differ by an umlaut",
    "name_typo": "names that differ by a typing error",
    "name_part": "a part of a double name",
    "name_family": "only one part of the name to compare",
    "family_differs": "the same given name, another family name",
    "given_differs": "another given name",
    "name_differs": "different names",
    "name_more": "one name has more words",
    "suffix_differs": "one is the elder, one the younger",
    "firm": "the same company ({value})",
    "firm_differs": "different companies ({value}, {other})",
    "mobile": "the same mobile number ({value})",
    "phone": "the same number ({value})",
    "phone_shared": "a number of several people ({value})",
    "phone_near": "numbers that differ by one digit ({value}, {other})",
    "phone_differs": "different mobile numbers ({value}, {other})",
    "line_differs": "different direct numbers ({value}, {other})",
    "email": "the same e-mail ({value})",
    "email_shared": "an e-mail of several people ({value})",
    "email_near": "nearly the same e-mail ({value}, {other})",
    "email_differs": "e-mails of two people ({value}, {other})",
    "domain": "the same domain ({value})",
    "domain_differs": "different domains ({value}, {other})",
    "birthday": "the same birthday ({value})",
    "birthday_near": "birthdays that differ by one digit ({value}, {other})",
    "birthday_differs": "different birthdays ({value}, {other})",
    "address": "the same address ({value})",
    "address_differs": "different towns ({value}, {other})",
    "nothing_shared": "nothing else in common",
    "link": "the same web page ({value})",
    "uid": "the same foreign id ({value})",
    "name_order": "the same words in another order",
    "legal_form_same": "the same legal form ({value})",
    "legal_form": "different legal forms ({value}, {other})",
}


class Evidence(Record):
    """One observation: its kind (a key of `TEXTS`), its weight in bits, and what both records have."""

    kind: str
    weight: float
    value: str = ""
    other: str = ""

    @property
    def template(self) -> str:
        """The English text with its places."""
        return TEXTS[self.kind]

    def as_json(self) -> dict[str, object]:
        """Return kind, weight, the values compared and the English text."""
        found: dict[str, object] = {"kind": self.kind, "weight": self.weight}
        found |= {name: text for name, text in (("value", self.value), ("other", self.other)) if text}
        return found | {"text": fill(self.template, {"value": self.value, "other": self.other})}


class Duplicate(Record):
    """Two records that may be one; `score` is a probability, `evidence` the heaviest observation first."""

    a: RecordRef
    b: RecordRef
    score: float
    evidence: tuple[Evidence, ...]


def probability(bits: float) -> float:
    """Return the probability of odds given in bits."""
    return 1.0 / (1.0 + math.exp2(-max(-60.0, min(60.0, bits))))


class Merged(Record):
    """Records that became one: the one that is kept and those that went into it. `score` is the weakest tie's."""

    kept: RecordRef
    merged: tuple[RecordRef, ...]
    score: float | None = None


class Rejection(Record):
    """A pair somebody said is not one; it is not offered again."""

    a: RecordRef
    b: RecordRef
