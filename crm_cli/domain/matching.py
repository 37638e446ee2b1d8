"""How likely two people of an address book are one: pure scoring, observation by observation.

The frame is Fellegi and Sunter's (A Theory for Record Linkage, 1969): every agreement and every contradiction has a
weight in bits, the sum gives the odds. What counts most is how many *could* agree by chance: of a name, how many bear
it among those who share the firm, the number or the house with the other record.
"""

from __future__ import annotations

from math import log2

from crm_cli.domain.contact_points import are_of_two, is_role, names_one_of, nearly_same
from crm_cli.domain.name_parts import FAMILY, GIVEN, Census

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from crm_cli.domain.name_parts import Part, Verdict

# The share of records that are in the book twice, against the namesakes there are by chance.
_TWICE = 0.1
_FLOOR = 0.004
# A value more people than this have says only that they belong together.
_PERSONAL = 3
# Weights in bits.
_MOBILE, _PHONE, _NUMBER_NEAR, _MOBILE_DIFFERS = 6.0, 3.0, 1.5, -1.5
# In a small firm a number of two people is the firm's, in a larger one it is a desk's.
_AT_WORK, _FEW = 1.0, 6
_EMAIL, _EMAIL_NEAR, _EMAIL_OTHER = 7.0, 2.0, -4.0
_BIRTHDAY, _BIRTHDAY_PART, _BIRTHDAY_NEAR, _BIRTHDAY_DIFFERS = 7.0, 5.0, 1.0, -9.0
_ADDRESS, _TOWN_DIFFERS = 2.5, -2.5
_LINK, _UID = 5.0, 9.0
# Who has something of their own in common may have moved; namesakes have not.
_FIRM_DIFFERS, _MOVED = -5.0, -2.0
_SWAPPED = -0.5
# Whoever loses one umlaut loses the other too.
_BOTH_UMLAUTS = 1.0
_SUFFIX_DIFFERS = -20.0
# Both have ways to be reached, and none in common.
_NOTHING_SHARED = -1.5
# Those who share only a firm, or a house, have numbers of their own.
_MOBILE_DIFFERS_AT_WORK, _AT_HOME = -2.5, -5.0
_LINE_DIFFERS = -1.5

# Without something of their own two records may be father and son, or colleagues of one name.
_OWN = frozenset(("email", "email_near", "mobile", "birthday", "link", "uid"))
_NOTHING_OWN_MOST = 6.0

# (kind of evidence, bits, what the first has, what the second has where it differs)
Observation = tuple[str, float, str, str]


class Person:
    """A contact prepared for comparison; `row` and `uid` name it, all else is folded.

    `firms` are keys of employers past and present, `domains` those of mail addresses that belong to a firm, `places`
    postcode and street, `towns` postcodes. Set them before the book counts.
    """

    __slots__ = (
        "birthday", "domains", "emails", "family", "firms", "given", "links", "mobiles", "name", "nickname", "phones",
        "places", "row", "suffix", "towns", "uid", "uids",
    )  # fmt: skip

    def __init__(
        self,
        row: int,
        uid: str,
        name: str,
        *,
        given: Part | None = None,
        family: Part | None = None,
        nickname: Part | None = None,
        suffix: str | None = None,
        birthday: str | None = None,
    ) -> None:
        self.row = row
        self.uid = uid
        self.name = name
        self.given = given
        self.family = family
        self.nickname = nickname
        self.suffix = suffix
        self.birthday = birthday
        self.emails: Sequence[str] = ()
        self.domains: Sequence[str] = ()
        self.phones: Sequence[str] = ()
        self.mobiles: Sequence[str] = ()
        self.places: Sequence[str] = ()
        self.towns: Sequence[str] = ()
        self.firms: Sequence[str] = ()
        self.links: Sequence[str] = ()
        self.uids: Sequence[str] = ()


class Book:
    """What is known of the whole address book: who bears which name, and how many share a value."""

    def __init__(self) -> None:
        from rapidfuzz.distance import OSA

        self.given = Census(GIVEN)
        self.family = Census(FAMILY)
        self.total = 0
        self.bearers: dict[str, dict[str, int]] = {}
        self.distance: Callable[..., int] = OSA.distance
        self._near_firms: dict[tuple[str, str], bool] = {}

    def count(self, people: Sequence[Person]) -> None:
        """Count how many share each value; the names were counted as they were made."""
        self.total = len(people)
        for kind in ("emails", "domains", "phones", "mobiles", "places", "firms"):
            counts = self.bearers[kind] = {}
            for person in people:
                for value in getattr(person, kind):
                    counts[value] = counts.get(value, 0) + 1
        days = self.bearers["birthday"] = {}
        for person in people:
            if person.birthday is not None:
                days[person.birthday] = days.get(person.birthday, 0) + 1

    def chance(self, share: float, among: int) -> float:
        """Return the bits that speak for one person where `share` of `among` people bear the name."""
        return log2(_TWICE / (among * share + _FLOOR))

    def are_near(self, firm: str, other: str) -> bool:
        """Tell whether two keys of firms may be one firm: a typing error, or one name within the other."""
        pair = (firm, other) if firm < other else (other, firm)
        near = self._near_firms.get(pair)
        if near is None:
            near = self._near_firms[pair] = self._is_near(*sorted((firm.split(), other.split()), key=len))
        return near

    def _is_near(self, words: list[str], more: list[str]) -> bool:
        if len(words) < len(more):
            return more[: len(words)] == words or "".join(words) == "".join(more)
        return all(
            self.distance(word, other, score_cutoff=limit) <= limit
            for word, other in zip(words, more, strict=True)
            for limit in (min(len(word), len(other)) // 5,)
        )


def compare(a: Person, b: Person, book: Book) -> tuple[float, list[Observation]]:
    """Return the odds in bits that two people are one, and the observations that add up to them.

    Nothing is looked at further where the names rule it out: two given names in one house are two people, and a
    family name changes only for somebody who is known by something else.
    """
    given, family, swapped = _names(a, b, book)
    if not (given.agrees and family.agrees) and not _may_be_renamed(a, b, given):
        return given.bits + family.bits, [("name_differs", given.bits + family.bits, "", "")]
    found: list[Observation] = []
    among, nearest = _shared(a, b, book, found)
    _apart(a, b, book, found)
    share = given.share * family.share if not swapped else _swapped_share(a, b, book)
    bits = book.chance(share, book.total)
    differing = given.bits + family.bits + swapped
    if given.kind == family.kind == "name_umlaut":
        differing += _BOTH_UMLAUTS
    found.append((_kind(given, family, swapped), bits + differing, "", ""))
    if nearest >= 0:
        kind, weight, value, other = found[nearest]
        found[nearest] = (kind, weight + book.chance(share, among) - bits, value, other)
    odds = sum(observation[1] for observation in found)
    if odds > _NOTHING_OWN_MOST and not any(observation[0] in _OWN for observation in found):
        kind, weight, value, other = found[nearest]
        found[nearest] = (kind, weight + _NOTHING_OWN_MOST - odds, value, other)
        odds = _NOTHING_OWN_MOST
    return odds, found


def _may_be_renamed(a: Person, b: Person, given: Verdict) -> bool:
    if a.uids and not set(a.uids).isdisjoint(b.uids):
        return True
    if not given.agrees:
        return False
    same_day = a.birthday is not None and a.birthday == b.birthday
    return (
        (same_day and not {*a.firms, *a.domains, *a.places}.isdisjoint((*b.firms, *b.domains, *b.places)))
        or (bool(a.mobiles) and any(value in b.mobiles for value in a.mobiles))
        or any(value in b.emails for value in a.emails)
        or any(value in b.links for value in a.links)
    )


def _names(a: Person, b: Person, book: Book) -> tuple[Verdict, Verdict, float]:
    """Compare the names; return the verdicts of the reading that fits best, and the bits swapping costs.

    Where the given names are two people's nobody asks for the family name.
    """
    given, family = book.given.compare(a.given, b.given), book.family.compare(None, None)
    if not given.agrees:
        for nickname, other in ((a.nickname, b.given), (b.nickname, a.given)):
            if nickname is not None and (known := book.given.compare(nickname, other)).agrees:
                given = known
    if given.agrees:
        family = book.family.compare(a.family, b.family)
        if family.agrees:
            return given, family, 0.0
    for right, wrong in ((a, b), (b, a)):
        crossed = _crossed(right, wrong, book)
        if crossed is not None:
            return crossed
    return given, family, 0.0


def _crossed(right: Person, wrong: Person, book: Book) -> tuple[Verdict, Verdict, float] | None:
    """Compare two names of which the second stands the wrong way round, or has one part only, which may be either."""
    given = family = book.given.compare(None, None)
    if right.given and wrong.family and right.given.joined[0] == wrong.family.joined[0]:
        given = book.given.compare(right.given, book.given.like(wrong.family))
    elif right.given and wrong.family:
        return None
    if right.family and wrong.given and right.family.joined[0] == wrong.given.joined[0]:
        family = book.family.compare(right.family, book.family.like(wrong.given))
    elif right.family and wrong.given:
        return None
    if not (given.agrees and family.agrees):
        return None
    return given, family, _SWAPPED if wrong.given and wrong.family and right.given and right.family else 0.0


def _swapped_share(a: Person, b: Person, book: Book) -> float:
    """Return how usual a name is that stands the wrong way round in one of two records: the more usual way is right."""
    return max(
        book.given.share(person.given) * book.family.share(person.family)
        for person in (a, b)
        if person.given and person.family
    )


def _kind(given: Verdict, family: Verdict, swapped: float) -> str:
    if not given.agrees:
        return given.kind
    if not family.agrees:
        return family.kind
    if swapped:
        return "name_swapped"
    return min((given, family), key=lambda verdict: verdict.bits if verdict.kind != "name_family" else -0.1).kind


def _shared(a: Person, b: Person, book: Book, found: list[Observation]) -> tuple[int, int]:
    """Observe what two people share; return the fewest people who share one of it, and its place in `found`."""
    among, nearest = book.total, -1
    for kind, bits, value, count in _in_common(a, b, book):
        if count < among:
            among, nearest = count, len(found)
        found.append((kind, bits, value, ""))
    return among, nearest


def _in_common(a: Person, b: Person, book: Book) -> Iterator[tuple[str, float, str, int]]:
    """Yield kind, bits and value of everything two people share, and how many people do."""
    bearers = book.bearers
    firm = _common_firm(a, b, book) if a.firms and b.firms else None
    for value in a.mobiles:
        if value in b.mobiles:
            yield _number("mobile", _MOBILE, value, bearers["mobiles"][value])
    for value in a.phones:
        if value in b.phones:
            bits = _AT_WORK if firm and bearers["firms"][firm] <= _FEW else _PHONE
            yield _number("phone", bits, value, bearers["phones"][value])
    for value in a.emails:
        if value in b.emails:
            yield _email(value, a, b, bearers["emails"][value])
    for value in a.places:
        if value in b.places:
            count = bearers["places"][value]
            yield "address", 0.0 if firm or count > _PERSONAL else _ADDRESS, value, count
    if firm is not None:
        yield "firm", 0.0, firm, bearers["firms"][firm]
    for value in a.domains:
        if value in b.domains:
            yield "domain", 0.0, value, bearers["domains"][value]
            break
    if a.birthday is not None and a.birthday == b.birthday:
        bits = _BIRTHDAY if len(a.birthday) == len("1980-04-12") else _BIRTHDAY_PART
        yield "birthday", bits, a.birthday, bearers["birthday"][a.birthday]
    for kind, bits, mine, theirs in (("link", _LINK, a.links, b.links), ("uid", _UID, a.uids, b.uids)):
        common = next((value for value in mine if value in theirs), None)
        if common is not None:
            yield kind, bits, common, 2


def _number(kind: str, bits: float, value: str, count: int) -> tuple[str, float, str, int]:
    return (kind, bits, value, count) if count <= _PERSONAL else ("phone_shared", 0.0, value, count)


def _email(value: str, a: Person, b: Person, count: int) -> tuple[str, float, str, int]:
    own = not is_role(value) and (count <= _PERSONAL or names_one_of(value, (a.family, b.family)))
    return ("email", _EMAIL, value, count) if own else ("email_shared", 0.0, value, count)


def _common_firm(a: Person, b: Person, book: Book) -> str | None:
    """Return the key of a firm of both; of two spellings the one with more people."""
    common = next((value for value in a.firms if value in b.firms), None)
    if common is not None:
        return common
    pairs = ((mine, other) for mine in a.firms for other in b.firms if book.are_near(mine, other))
    return next((max(pair, key=book.bearers["firms"].__getitem__) for pair in pairs), None)


def _apart(a: Person, b: Person, book: Book, found: list[Observation]) -> None:
    """Observe what speaks against two people being one."""
    kinds = {observation[0] for observation in found}
    if not kinds and _is_reachable(a) and _is_reachable(b):
        found.append(("nothing_shared", _NOTHING_SHARED, "", ""))
    if a.firms and b.firms and not kinds & {"firm", "domain"}:
        found.append(("firm_differs", _MOVED if kinds & _OWN else _FIRM_DIFFERS, a.firms[-1], b.firms[-1]))
    if a.birthday is not None and b.birthday is not None and a.birthday != b.birthday:
        found.append(_birthdays(a.birthday, b.birthday, book))
    if a.mobiles and b.mobiles and "mobile" not in kinds:
        near_numbers = book.distance(a.mobiles[0], b.mobiles[0], score_cutoff=1) <= 1
        kind = "phone_near" if near_numbers else "phone_differs"
        bits = _MOBILE_DIFFERS if kinds & _OWN else _MOBILE_DIFFERS_AT_WORK if a.firms or b.firms else _AT_HOME
        found.append((kind, _NUMBER_NEAR if near_numbers else bits, a.mobiles[0], b.mobiles[0]))
    if a.phones and b.phones and kinds & {"firm", "domain"} and not kinds & {"phone", *_OWN}:
        mine, theirs = (
            next((value for value in person.phones if book.bearers["phones"][value] <= _PERSONAL), None)
            for person in (a, b)
        )
        if mine and theirs:
            found.append(("line_differs", _LINE_DIFFERS, mine, theirs))
    if a.emails and b.emails and not kinds & {"email", "email_shared"}:
        observation = _emails(a, b, book)
        if observation is not None:
            found.append(observation)
    if a.suffix != b.suffix and (a.suffix or b.suffix):
        found.append(("suffix_differs", _SUFFIX_DIFFERS, a.suffix or "", b.suffix or ""))
    if a.towns and b.towns and not (a.firms or b.firms) and not set(a.towns) & set(b.towns):
        found.append(("address_differs", _TOWN_DIFFERS, a.towns[0], b.towns[0]))


def _is_reachable(person: Person) -> bool:
    return bool(person.emails or person.mobiles or person.phones or person.places or person.firms)


def _birthdays(first: str, second: str, book: Book) -> Observation:
    if "--" in (first[:2], second[:2]) and first[-6:] == second[-6:]:
        return ("birthday", _BIRTHDAY_PART, first, "")
    near = book.distance(first, second, score_cutoff=1) <= 1 or (
        first[:4] == second[:4] and first[5:] == second[-2:] + "-" + second[-5:-3]
    )
    return (
        ("birthday_near", _BIRTHDAY_NEAR, first, second)
        if near
        else ("birthday_differs", _BIRTHDAY_DIFFERS, first, second)
    )


def _emails(a: Person, b: Person, book: Book) -> Observation | None:
    for mine in a.emails:
        for theirs in b.emails:
            if is_role(mine) or is_role(theirs):
                continue
            if are_of_two(mine, theirs, ((a.given, b.given), (a.family, b.family))):
                return ("email_differs", _EMAIL_OTHER, mine, theirs)
            if nearly_same(mine, theirs, book.distance):
                return ("email_near", _EMAIL_NEAR, mine, theirs)
    return None
