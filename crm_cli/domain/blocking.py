"""Which pairs of people are worth comparing: those that have something rare in common.

Comparing everybody with everybody is out of the question from a few thousand on. Each pass groups people by one kind
of key; a group that is too large is no hint by itself and is left to the finer keys of another pass.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

    from crm_cli.domain.matching import Person

# The largest groups of which every pair is compared.
_SMALL = 6
_LARGE = 16


def candidates(people: Sequence[Person]) -> Iterator[tuple[int, int]]:
    """Yield pairs of positions in `people`, each once, the smaller first."""
    total = len(people)
    seen: set[int] = set()
    for limit, keys in _PASSES:
        groups: dict[Hashable, int | list[int]] = {}
        for index, person in enumerate(people):
            for key in keys(person):
                # Most keys are met once: a list for each would cost more memory than all the rest.
                first = groups.setdefault(key, index)
                if first.__class__ is list:
                    first.append(index)  # type: ignore[union-attr]
                elif first != index:
                    groups[key] = [first, index]  # type: ignore[list-item]
        for group in groups.values():
            if group.__class__ is list and len(group) <= limit:  # type: ignore[arg-type]
                _pairs(group, total, seen)  # type: ignore[arg-type]
    for code in seen:
        yield divmod(code, total)


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


def _colleagues(person: Person) -> Iterator[Hashable]:
    """One name as it sounds, or both initials, within a firm or at a shared number."""
    parts = [part for part in (person.given, person.family) if part is not None]
    letters = "".join(sorted(part.joined[0] for part in parts))
    for circle in (*person.firms, *person.domains, *person.mobiles, *person.phones, *person.places):
        if len(letters) == 2:
            yield circle, letters
        for part in parts:
            for code in part.codes:
                yield circle, code
            for group in part.alike:
                yield circle, group


def _birthdays(person: Person) -> Iterator[Hashable]:
    if person.birthday is not None:
        yield person.birthday
        if person.family is not None:
            yield person.birthday[-5:], person.family.code
        if person.given is not None:
            yield person.birthday[-5:], person.given.code


def _houses(person: Person) -> Iterator[Hashable]:
    yield from person.places


def _marks(person: Person) -> Iterator[Hashable]:
    yield from person.links
    yield from person.uids


_PASSES: tuple[tuple[int, Callable[[Person], Iterator[Hashable]]], ...] = (
    (_LARGE, _numbers),
    (_LARGE, _mails),
    (_SMALL, _boxes),
    (_LARGE, _names),
    (_LARGE, _names_and_place),
    (_LARGE, _colleagues),
    (_LARGE, _birthdays),
    (_SMALL, _houses),
    (_LARGE, _marks),
)
