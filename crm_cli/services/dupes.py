"""Find records that are one, make one of them, or note that they are not."""

from __future__ import annotations

from crm_cli.domain.contact import RecordRef
from crm_cli.domain.dupes import Duplicate, Evidence, probability
from crm_cli.domain.matching import compare
from crm_cli.store import dupes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from crm_cli.store.store import Store


def find(store: Store, *, kind: str = "contact", threshold: float) -> list[Duplicate]:
    """Return the pairs that score at least `threshold`, best first; a rejected pair is never among them."""
    from crm_cli.domain.blocking import candidates
    from crm_cli.services.dupe_people import people

    everybody, book = people(store)
    rejected = set(dupes.rejected(store.connection))
    found = []
    for first, second in candidates(everybody):
        a, b = everybody[first], everybody[second]
        odds, observations = compare(a, b, book)
        score = probability(odds)
        if score >= threshold and (min(a.uid, b.uid), max(a.uid, b.uid)) not in rejected:
            found.append((odds, a, b, observations))
    found.sort(key=lambda pair: (-pair[0], pair[1].row, pair[2].row))
    return [_duplicate(*pair) for pair in found]


def _duplicate(odds, a, b, observations) -> Duplicate:
    evidence = tuple(
        Evidence(kind, round(bits, 2), value, other)
        for kind, bits, value, other in sorted(observations, key=lambda item: -abs(item[1]))
    )
    return Duplicate(RecordRef(a.uid, a.name), RecordRef(b.uid, b.name), round(probability(odds), 4), evidence)
