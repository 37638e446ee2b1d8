"""What a sync must come to, item by item: a second, simpler telling of the rules, to hold the program against.

Facts are values by property, a set where there may be several. A property whose name begins with `occurrence` is an
item of a list with one value: there an edit beats a deletion.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Facts = dict[str, object]


@dataclass(frozen=True)
class Bond:
    """What both ends are taken to agree on: `base` None where they never met, a conflict and its answer."""

    base: Facts | None = None
    conflict: str | None = None
    answer: str | None = None

    def __hash__(self) -> int:
        return hash((str(self.base), self.conflict, self.answer))


@dataclass(frozen=True)
class Outcome:
    """What an item is on both ends after a sync."""

    here: Facts | None
    there: Facts | None
    bond: Bond


@dataclass
class Item:
    """One item. After a sync that failed it may be in step or not, so there may be several bonds."""

    here: Facts | None = None
    there: Facts | None = None
    bonds: list[Bond] = field(default_factory=lambda: [Bond()])
    used: bool = False

    def outcomes(self) -> list[Outcome]:
        """Return what a sync may make of it."""
        found = []
        for bond in self.bonds:
            found += _outcomes(self.here, self.there, bond, self.used)
        return found


def _outcomes(here: Facts | None, there: Facts | None, bond: Bond, used: bool) -> list[Outcome]:
    if bond.conflict and not bond.answer:
        return [Outcome(here, there, bond)]
    if bond.answer:
        return [_answered(here, there, bond)]
    if bond.base is None:
        if here is not None and there is not None:
            return [_merged(here, there, {}, None)]
        if here is not None and not here.get("done"):
            return [_agreed(here)]
        return [_agreed(there) if there is not None else Outcome(here, None, bond)]
    if here is not None and there is not None:
        return [_merged(here, there, bond.base, None)]
    if here is None and there is None:
        return [Outcome(None, None, Bond())]
    left = here if here is not None else there
    conflict = Outcome(here, there, Bond(bond.base, "gone_here" if here is None else "gone_there"))
    if left != bond.base or (used and there is None):
        return [conflict]
    # An edit that was taken back has left its trace in a resource.
    return [Outcome(None, None, Bond()), *([conflict] if here is None else [])]


def _answered(here: Facts | None, there: Facts | None, bond: Bond) -> Outcome:
    assert bond.answer is not None
    if here is not None and there is not None:
        return _merged(here, there, bond.base or {}, bond.answer)
    kept = here if bond.answer == "mine" else there
    return _agreed(kept) if kept is not None else Outcome(None, None, Bond())


def _agreed(facts: Facts) -> Outcome:
    return Outcome(facts, facts, Bond(facts))


def _merged(here: Facts, there: Facts, base: Facts, prefer: str | None) -> Outcome:
    both: Facts = {}
    for name in {*here, *there, *base}:
        values = (base.get(name), here.get(name), there.get(name))
        if any(isinstance(value, frozenset) for value in values):
            value, clash = _merged_sets(*(value or frozenset() for value in values)), False
        else:
            value, clash = _merged_values(*values, lenient=name.startswith("occurrence"), prefer=prefer)
        if clash:
            return Outcome(here, there, Bond(base, "changed"))
        if value:
            both[name] = value
    return _agreed(both)


def _merged_sets(base: frozenset[str], here: frozenset[str], there: frozenset[str]) -> frozenset[str]:
    return (here | there) - (base - here) - (base - there)


def _merged_values(base: object, here: object, there: object, *, lenient: bool, prefer: str | None):
    if here == there or there == base:
        return here, False
    if here == base:
        return there, False
    if prefer:
        return (here if prefer == "mine" else there), False
    if lenient and (here is None or there is None):
        return here or there, False
    return None, True
