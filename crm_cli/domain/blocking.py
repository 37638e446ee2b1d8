"""Which pairs of records are worth comparing: those that have something rare in common.

Comparing each with each is out of the question from a few thousand on. Each pass groups the records by one kind
of key; a group that is too large is no hint by itself and is left to the finer keys of another pass.
"""

from __future__ import annotations

from functools import lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
    from typing import Any

    from crm_cli.domain.firm_matching import Firm
    from crm_cli.domain.matching import Person

    # The largest group of which every pair is compared, and what gives the keys of a record.
    Passes = Sequence[tuple[int, Callable[[Any], Iterator[Hashable]]]]
    # What gives the circles a record belongs to, and the marks it has in each of them.
    Circles = tuple[Callable[[Any], Iterable[str]], Callable[[Any], Iterable[Hashable]]]

_SMALL = 8
_LARGE = 16


def candidates(records: Sequence[Any], passes: Passes, *, circles: Circles | None = None) -> Iterator[tuple[int, int]]:
    """Yield pairs of positions in `records`, each once, the smaller first.

    `circles` groups in two steps: those who share a firm, a number or a house, and among them those who share a mark.
    """
    total = len(records)
    seen: set[int] = set()
    for limit, keys in passes:
        for group in _groups(range(total), records, keys):
            if len(group) <= limit:
                _pairs(group, total, seen)
    if circles is not None:
        of_circle, marks_of = circles
        marked = lru_cache(maxsize=None)(lambda record: tuple(marks_of(record)))
        for circle in _groups(range(total), records, of_circle):
            for group in _groups(circle, records, marked):
                if len(group) <= _LARGE:
                    _pairs(group, total, seen)
    for code in seen:
        yield divmod(code, total)


def _groups(
    positions: Iterable[int], records: Sequence[Any], keys: Callable[[Any], Iterable[Hashable]]
) -> Iterable[list[int]]:
    """Return the positions of the records that share a key, for each key that several have."""
    # Most keys are met once: a list for each would cost more memory than all the rest.
    firsts: dict[Hashable, int] = {}
    groups: dict[Hashable, list[int]] = {}
    for position in positions:
        for key in keys(records[position]):
            first = firsts.setdefault(key, position)
            if first != position:
                groups.setdefault(key, [first]).append(position)
    return groups.values()


def _pairs(group: list[int], total: int, seen: set[int]) -> None:
    members = sorted(set(group))
    for place, first in enumerate(members):
        base = first * total
        seen.update(base + second for second in members[place + 1 :])


def _numbers(person: Person) -> Iterator[Hashable]:
    yield from person.mobiles
    yield from person.phones


def _mails(person: Person) -> Iterator[Hashable]:
    yield from person.emails


def _boxes(person: Person) -> Iterator[Hashable]:
    """The part before the @ where it is long enough to be somebody's."""
    for email in person.emails:
        local = email.partition("@")[0]
        if len(local) > 7:
            yield local


def _names(person: Person) -> Iterator[Hashable]:
    """Both names in any order, as they sound; of double names each part."""
    if person.given is None or person.family is None:
        return
    codes = {person.given.code, *person.given.codes}
    for family in {person.family.code, *person.family.codes}:
        for given in codes:
            yield (given, family) if given < family else (family, given)
    for group in person.given.alike:
        yield group, person.family.code


def _names_and_place(person: Person) -> Iterator[Hashable]:
    """The whole name with a birthday or a postcode, for names many have."""
    if person.given is None or person.family is None:
        return
    name = person.given.joined + " " + person.family.joined
    if person.birthday is not None:
        yield name, person.birthday[-5:]
    for town in person.towns:
        yield name, town


def _circles(person: Person) -> set[str]:
    return {*person.firms, *person.domains, *person.mobiles, *person.phones, *person.places}


def _marks(person: Person) -> set[Hashable]:
    """One name as it sounds and the other's first letter, in either order."""
    given, family = person.given, person.family
    if given is None or family is None:
        part = given or family
        return {(code, "") for code in part.codes} if part else set()
    marks: set[Hashable] = {(code, family.joined[0]) for code in given.codes}
    marks.update((code, given.joined[0]) for code in family.codes)
    marks.update((group, family.joined[0]) for group in given.alike)
    return marks


def _birthdays(person: Person) -> Iterator[Hashable]:
    if person.birthday is not None:
        yield person.birthday
        if person.family is not None:
            yield person.birthday[-5:], person.family.code
        if person.given is not None:
            yield person.birthday[-5:], person.given.code


def _houses(person: Person) -> Iterator[Hashable]:
    yield from person.places


def _signs(person: Person) -> Iterator[Hashable]:
    yield from person.links
    yield from person.uids


PEOPLE: Passes = (
    (_LARGE, _numbers),
    (_LARGE, _mails),
    (_SMALL, _boxes),
    (_SMALL, _names),
    (_LARGE, _names_and_place),
    (_LARGE, _birthdays),
    (_SMALL, _houses),
    (_LARGE, _signs),
)
COLLEAGUES: Circles = (_circles, _marks)


def _firm_names(firm: Firm) -> Iterator[Hashable]:
    """The name as it sounds, as one word, its words in any order, its first word."""
    yield firm.code
    yield firm.joined
    yield " ".join(sorted(firm.words))
    yield "", firm.words[0]


def _firm_reach(firm: Firm) -> Iterator[Hashable]:
    yield from firm.domains
    yield from firm.phones
    yield from firm.places
    yield from firm.links
    yield from firm.uids


FIRMS: Passes = ((_LARGE, _firm_names), (_LARGE, _firm_reach))
