"""How surely an item of a file is the record it was matched with, and why: as the search for duplicates weighs it."""

from __future__ import annotations

from crm_cli.domain import firm_matching, matching
from crm_cli.domain.dupes import Evidence, probability
from crm_cli.services import dupe_records
from crm_cli.services.import_matching import UID
from crm_cli.store import companies, contacts, dupes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

    from crm_cli.services.import_review import Case
    from crm_cli.store.store import Store

_STORES = {"contact": contacts, "company": companies}
# What two records have in common, by the field it stands in.
_SHARED = (("emails", "email"), ("phones", "phone"))


def weigh(store: Store, cases: Iterable[Case]) -> None:
    """Give each case its score (0 to 1) and the evidence, the heaviest first; the book is read once for each kind."""
    waiting = [case for case in cases if case.score is None]
    for kind in ("contact", "company"):
        own = [case for case in waiting if case.kind == kind]
        if own:
            _weigh(store, kind, own)


def _weigh(store: Store, kind: str, cases: Sequence[Case]) -> None:
    drafts = [case.draft for case in cases]
    found: Sequence[Any]
    compare: Any
    if kind == "contact":
        found, people = dupe_records.people(store, drafts)
        compare = lambda a, b: matching.compare(a, b, people)  # noqa: E731 - one of two
    else:
        found, firms = dupe_records.firms(store, drafts)
        compare = lambda a, b: firm_matching.compare(a, b, firms)  # noqa: E731
    known = len(found) - len(drafts)
    records = {record.row: record for record in found[:known]}
    for case, item in zip(cases, found[known:], strict=True):
        record = records.get(case.row)
        if record is not None:  # else somebody deleted it this moment
            _take(case, *compare(record, item))


def _take(case: Case, bits: float, why: Sequence[matching.Observation]) -> None:
    evidence = [Evidence(name, round(weight, 2), value, other) for name, weight, value, other in why]
    evidence.sort(key=lambda item: -abs(item.weight))
    case.score = round(probability(bits), 4)
    if case.level <= UID:
        # A newer version of a card that is here already, whatever else it says by now.
        case.score = 1.0
        evidence = [Evidence("uid", 1.0, case.draft.uid or ""), *(item for item in evidence if item.kind != "uid")]
    case.evidence = tuple(evidence)


class Alike:
    """Two records of which one came with the file: the names, and what both have."""

    __slots__ = ("evidence", "name", "other_name")

    def __init__(self, name: str, other_name: str, evidence: Sequence[Evidence]) -> None:
        self.name = name
        self.other_name = other_name
        self.evidence = evidence


def alike(store: Store, pairs: Iterable[tuple[str, str]]) -> list[Alike]:
    """Return pairs of public ids with what makes them alike; for a trial, whose records are gone after it."""
    found = []
    for pair in pairs:
        named = dupes.named(store.connection, pair)
        if len(named) == len(pair):
            one, other = (named[uid] for uid in pair)
            records = [_STORES[kind].get(store.connection, row) for kind, row, _ in (one, other)]
            found.append(Alike(one[2], other[2], list(_in_common(*records))))
    return found


def _in_common(one: Any, other: Any) -> Iterator[Evidence]:
    for field, kind in _SHARED:
        for value in _keys(one, field):
            if value in _keys(other, field):
                yield Evidence(kind, 1.0, value)
    if one.name == other.name:
        yield Evidence("name", 1.0)


def _keys(record: Any, field: str) -> list[str]:
    """Return numbers and addresses as they are compared."""
    items = getattr(record, field, ())
    return [getattr(item, "e164", None) or item.value.lower() for item in items]
