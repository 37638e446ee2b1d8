"""Find records that are one, make one of them, or note that they are not."""

from __future__ import annotations

from crm_cli.domain import firm_matching, matching
from crm_cli.domain.blocking import COLLEAGUES, FIRMS, PEOPLE, candidates
from crm_cli.domain.contact import RecordRef
from crm_cli.domain.dupes import (
    CONTRADICTIONS,
    MERGED_FROM,
    OFFERED_FROM,
    Duplicate,
    Evidence,
    Merged,
    Rejection,
    probability,
)
from crm_cli.domain.who import TIER_EXACT, Match
from crm_cli.errors import NotFound, UsageError
from crm_cli.services import dupe_records, merging, resolve
from crm_cli.services.collecting import without_collector
from crm_cli.store import dupes, parties
from crm_cli.store.store import utc_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from typing import Any

    from crm_cli.domain.matching import Observation
    from crm_cli.store.store import Store

_FIELDS = ("emails", "phones", "mobiles", "places", "links", "firms")


class _Search:
    """All records of a kind and the pairs of them that may be one, best first: (odds, position, position, why)."""

    def __init__(self, store: Store, kind: str, threshold: float) -> None:
        self.kind = kind
        self.rejected = set(dupes.rejected(store.connection))
        self.records: Sequence[Any]
        if kind == "contact":
            self.records, people = dupe_records.people(store)
            self._compare: Callable[[Any, Any], tuple[float, list[Observation]]]
            self._compare = lambda a, b: matching.compare(a, b, people)
            near = candidates(self.records, PEOPLE, circles=COLLEAGUES)
        else:
            self.records, firms = dupe_records.firms(store)
            self._compare = lambda a, b: firm_matching.compare(a, b, firms)
            near = candidates(self.records, FIRMS)
        self.pairs: list[tuple[float, int, int, list[Observation]]] = []
        for first, second in near:
            odds, why = self._compare(self.records[first], self.records[second])
            if probability(odds) >= threshold and not self.is_rejected(first, second):
                self.pairs.append((odds, first, second, why))
        self.pairs.sort(key=lambda pair: (-pair[0], pair[1], pair[2]))

    def is_rejected(self, first: int, second: int) -> bool:
        """Tell whether somebody said that two records are not one."""
        pair = sorted((self.records[first].uid, self.records[second].uid))
        return bool(self.rejected) and tuple(pair) in self.rejected

    def contradict(self, first: int, second: int) -> bool:
        """Tell whether two records are two, whatever they share with a third; they need not be a candidate pair."""
        why = self._compare(self.records[first], self.records[second])[1]
        return self.is_rejected(first, second) or any(kind in CONTRADICTIONS for kind, *_ in why)

    def richest_first(self, positions: Sequence[int]) -> list[int]:
        """Order records so that the one to keep comes first: the fullest, then the oldest."""
        return sorted(positions, key=lambda position: (-self._values(position), position))

    def _values(self, position: int) -> int:
        record = self.records[position]
        count = sum(len(getattr(record, name, ())) for name in _FIELDS)
        return count + sum(getattr(record, name, None) is not None for name in ("given", "family", "birthday"))


def find(store: Store, *, kind: str = "contact", threshold: float = OFFERED_FROM) -> list[Duplicate]:
    """Return the pairs that score at least `threshold` (0 to 1), best first; a rejected pair is never among them.

    `a` is the record that would be kept.
    """
    _check(threshold)
    with without_collector():
        search = _Search(store, kind, threshold)
        found = []
        for odds, first, second, why in search.pairs:
            a, b = (search.records[position] for position in search.richest_first((first, second)))
            evidence = [
                Evidence(name, round(bits, 2), value, other)
                for name, bits, value, other in sorted(why, key=lambda item: -abs(item[1]))
            ]
            score = round(probability(odds), 4)
            found.append(Duplicate(RecordRef(a.uid, a.name), RecordRef(b.uid, b.name), score, tuple(evidence)))
    return found


def _check(threshold: float) -> None:
    if not 0.0 <= threshold <= 1.0:
        raise UsageError("--threshold is a score from 0 to 1.")


class Group:
    """Records that are to become one, the one to keep first."""

    __slots__ = ("matches", "score")

    def __init__(self, matches: Sequence[Match], score: float | None = None) -> None:
        self.matches = list(matches)
        self.score = score


def plan(store: Store, *, kind: str = "contact", threshold: float) -> list[Group]:
    """Return what would become one at a threshold.

    A chain is not enough: two groups come together only where no two of them contradict each other.
    """
    _check(threshold)
    with without_collector():
        search = _Search(store, kind, threshold)
        group_of: dict[int, list[int]] = {}
        weakest: dict[int, float] = {}
        for odds, first, second, _ in search.pairs:
            mine, theirs = group_of.get(first, [first]), group_of.get(second, [second])
            if mine is theirs or not _belong(search, mine, theirs, first, second):
                continue
            together = [*mine, *theirs]
            lowest = min(odds, *(weakest.get(position, odds) for position in together))
            group_of.update(dict.fromkeys(together, together))
            weakest.update(dict.fromkeys(together, lowest))
        groups = {id(group): group for group in group_of.values()}
        return [_planned(search, group, weakest[group[0]]) for group in groups.values()]


def _belong(search: _Search, mine: Sequence[int], theirs: Sequence[int], first: int, second: int) -> bool:
    pairs = ((one, other) for one in mine for other in theirs)
    return not any(search.contradict(*pair) for pair in pairs if pair != (first, second))


def _planned(search: _Search, group: Sequence[int], odds: float) -> Group:
    records = [search.records[position] for position in search.richest_first(group)]
    matches = [Match(search.kind, record.row, record.uid, record.name, tier=TIER_EXACT) for record in records]
    return Group(matches, round(probability(odds), 4))


def merge(store: Store, *, groups: Sequence[Group], now: datetime) -> list[Merged]:
    """Make one record of each group, all in one change set; raises NotFound where one is gone meanwhile."""
    done = []
    with store.transaction(now):
        for group in groups:
            kept, *lost = group.matches
            known = dupes.named(store.connection, [match.id for match in group.matches])
            gone = next((match for match in group.matches if match.id not in known), None)
            if gone is not None:
                raise NotFound("{name} ({id}) is not there any more; nothing was merged.", name=gone.name, id=gone.id)
            record = merging.merge(store, keep=kept, lose=lost, now=now)
            others = tuple(RecordRef(match.id, match.name) for match in lost)
            done.append(Merged(RecordRef(record.id, record.name), others, group.score))
    return done


def groups_of(found: Sequence[Sequence[Match]]) -> list[Group]:
    """Bring lists of records together that have one in common; the record named first is kept."""
    group_of: dict[str, list[Match]] = {}
    for matches in found:
        joined: list[Match] = []
        for match in matches:
            for member in group_of.get(match.id, [match]):
                if member.id not in {known.id for known in joined}:
                    joined.append(member)
        group_of.update({member.id: joined for member in joined})
    return [Group(group) for group in {id(group): group for group in group_of.values()}.values()]


def matches_of(store: Store, refs: Sequence[str], *, region: str) -> list[Match]:
    """Return the records several references mean, which must be two or more of one kind; a near miss is not taken.

    Raises NotFound, Ambiguous and UsageError.
    """
    found = {}
    for ref in refs:
        match = resolve.surely(store, ref, region=region)
        found[match.id] = match
    if len(found) < 2:
        raise UsageError("It takes two records to be one.")
    if len({match.kind for match in found.values()}) > 1:
        raise UsageError("A person and a company cannot be one.")
    return list(found.values())


def standing(store: Store, *, kind: str, pairs: Sequence[Duplicate]) -> list[Duplicate]:
    """Return the pairs found earlier that are still to be decided: both records are there, and nobody rejected them."""
    uids = {ref.id for pair in pairs for ref in (pair.a, pair.b) if ref.id is not None}
    there = dupes.present(store.connection, kind, sorted(uids))
    decided = {frozenset(pair) for pair in dupes.rejected(store.connection)}
    return [
        pair
        for pair in pairs
        if pair.a.id in there and pair.b.id in there and frozenset((pair.a.id, pair.b.id)) not in decided
    ]


def certain(store: Store, *, kind: str, pairs: Sequence[Duplicate], threshold: float = MERGED_FROM) -> list[Group]:
    """Return the groups of pairs found earlier in which every record is surely every other one.

    Stricter than `plan`, which looks at the whole book again: where one pair of a chain was not found, none is taken.
    """
    sure = [pair for pair in standing(store, kind=kind, pairs=pairs) if pair.score >= threshold]
    refs = {ref.id: ref for pair in sure for ref in (pair.a, pair.b) if ref.id is not None}
    rows = dupes.present(store.connection, kind, list(refs))
    match_of = {uid: Match(kind, rows[uid], uid, ref.name, tier=TIER_EXACT) for uid, ref in refs.items()}
    together = {frozenset((pair.a.id, pair.b.id)): pair.score for pair in sure}
    found = []
    for group in groups_of([(match_of[str(pair.a.id)], match_of[str(pair.b.id)]) for pair in sure]):
        uids = [match.id for match in group.matches]
        ties = [frozenset((a, b)) for place, a in enumerate(uids) for b in uids[place + 1 :]]
        if all(tie in together for tie in ties):
            found.append(Group(group.matches, min(together[tie] for tie in ties)))
    return found


def reject(store: Store, *, lists: Sequence[Sequence[Match]], undo: bool = False, now: datetime) -> list[Rejection]:
    """Note that no two records of a list are one, or with `undo` forget it; return the pairs for which that is new."""
    change = dupes.unreject if undo else dupes.reject
    pairs = [(a, b) for matches in lists for place, a in enumerate(matches) for b in matches[place + 1 :]]
    with store.transaction(now):
        changed = [(a, b) for a, b in pairs if change(store.connection, a.id, b.id)]
        for kind in parties.KINDS:
            rows = {match.row for pair in changed for match in pair if match.kind == kind}
            parties.stamp(store.connection, kind, sorted(rows), utc_text(now))
    return [Rejection(RecordRef(a.id, a.name), RecordRef(b.id, b.name)) for a, b in changed]


def rejected(store: Store) -> list[Rejection]:
    """Return the pairs that are not offered again, oldest decision first; a deleted record has no name."""
    pairs = dupes.rejected(store.connection)
    known = dupes.named(store.connection, [uid for pair in pairs for uid in pair])
    names = {uid: name for uid, (_, _, name) in known.items()}
    return [Rejection(*(RecordRef(uid, names.get(uid, "")) for uid in pair)) for pair in pairs]
