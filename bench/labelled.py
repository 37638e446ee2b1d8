"""An address book in which it is known who is who twice, made to be hard: for measuring the search for duplicates.

People of firms share switchboards, mailboxes and addresses, families share landlines; some bear the same name at
another firm, at the same firm or in the same house. A duplicate is written by another hand: typing errors, umlauts
written otherwise or lost, names swapped, shortened or changed by marriage, another employer, half of the values
missing, several of these at once. Names are drawn from tables of their own, not from those of the program.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

from bench.people import _CITY, _FRONT, FAMILY, GIVEN, _firm, _plain

_MORE_GIVEN = (
    "Anne Hanna Anja Christian Christiane Christina Christine Stephan Steffen Martin Mario Marion Maria Andrea "
    "Michaela Dirk Jens Jan Jörn Katharina Karin Karina Alexander Alexandra Daniel Daniela Markus Marcus Ralf "
    "Ralph Horst Heinz Hans-Peter Eva-Maria Manfred Matthias Mathias Robert Norbert Herbert Johannes Johann "
    "Elisabeth Barbara Brigitte Gabriele Angelika Franziska Julia Juliane Laura Lisa Elisa Simon Simone Tobias "
    "Thorsten Philipp Philip Oliver Olivia Fatma Emre Murat Agnieszka Piotr Giovanni Luca Svetlana Olga Dmitri "
    "Nguyen William Elizabeth Robert Margaret James Katherine Joseph Edward Richard Susan Pamela Gerd Gerda Rolf "
    "Rudolf Roland Ronald Ludwig Ludger Lothar Volker Henrik Hendrik Holger Ingo Ingrid Inge Irene Irmgard Iris "
    "Doris Boris Marta Martha Magdalena Maximiliane Nina Nils Niels Uta"
).split()
_ALIKE_FAMILY = (
    "Meier Maier Mayer Meyer Müller Möller Miller Schmidt Schmitt Schmid Schmitz Hofmann Hoffmann Weber Baur "
    "Bauer Huber Hubert Krämer Kramer Cremer Krüger Kröger Krieger Peters Petersen Peter Jansen Janssen Jensen "
    "Schulz Schulze Schultz Scholz Kaiser Kayser Fischer Vischer Lang Lange Langer Wolf Wolff Vogt Voigt Fuchs "
    "Fux"
).split()
_SYLLABLES = (
    "ba be bo ka ko ku ma me mo ra re ri ro sa se so ta te to va vi wa we zi dra kro sta tre lin mar nov ber".split()
)
_ENDINGS = "ski sen son ic mann ak ov ini ert ling ner wald eck au er ert as is ou an".split()
_SHORT = {
    "Johannes": ("Hans", "Hannes"), "Hans": ("Johannes", "Hansi"), "Robert": ("Bob", "Rob"),
    "William": ("Bill", "Will"),
    "Elisabeth": ("Lisa", "Sissi", "Elli"), "Elizabeth": ("Liz", "Beth"), "Katharina": ("Kathi", "Käthe"),
    "Alexander": ("Alex", "Sascha"), "Alexandra": ("Alex", "Sandra"), "Michael": ("Michi", "Mike"),
    "Sebastian": ("Basti",), "Matthias": ("Matze", "Hias"), "Stefan": ("Steff",), "Stephanie": ("Steffi",),
    "Ursula": ("Uschi", "Ulla"), "Wolfgang": ("Wolf", "Wolle"), "Christian": ("Chris",), "Christina": ("Tina",),
    "Maximilian": ("Max",), "Friedrich": ("Fritz",), "Joseph": ("Joe", "Jo"), "Margaret": ("Peggy", "Maggie"),
    "Edward": ("Ted", "Eddie"), "Richard": ("Dick", "Rick"), "Gabriele": ("Gabi",), "Barbara": ("Babsi",),
    "Brigitte": ("Gitti",), "Susanne": ("Susi", "Sanne"), "Andreas": ("Andi",), "Thomas": ("Tom",), "James": ("Jim",),
    "Manfred": ("Manni",), "Günther": ("Günni",), "Jürgen": ("Jogi",), "Karl-Heinz": ("Kalle", "Karlheinz"),
    "Katherine": ("Kate", "Kathy"), "Angelika": ("Geli",), "Tobias": ("Tobi",), "Philipp": ("Phil",),
    "Daniel": ("Dani",),
}  # fmt: skip
_AREAS = ("821", "69", "221", "7161", "341", "40", "831", "6898", "731", "7551", "30", "89", "711", "911", "2841")
_FREE = ("gmx.de", "web.de", "gmail.com", "t-online.de", "outlook.com", "freenet.de", "icloud.com")
_LONG_NAME = 4


@dataclass(slots=True)
class Record:
    """One entry; those with the same `entity` are the same person. `home` is a private address."""

    entity: int
    given: str
    family: str
    firm: Firm | None
    company: str | None = None
    additional: str | None = None
    prefix: str | None = None
    suffix: str | None = None
    work_mails: list[str] = field(default_factory=list)
    private_mails: list[str] = field(default_factory=list)
    work_phones: list[str] = field(default_factory=list)
    mobiles: list[str] = field(default_factory=list)
    home_phones: list[str] = field(default_factory=list)
    birthday: str | None = None
    work_address: tuple[str, str, str] | None = None
    home: tuple[str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class Firm:
    """An employer: the stem of its numbers, how it makes mail addresses, and how likely somebody works there."""

    name: str
    domain: str
    stem: str
    pattern: str
    address: tuple[str, str, str]
    weight: float


class Book:
    """`count` entries, `count / 10` of them duplicates; the same seed gives the same book."""

    def __init__(self, count: int, seed: int) -> None:
        self.chance = random.Random(seed)
        self.records: list[Record] = []
        self._taken: set[str] = set()
        self._draw_names()
        self.firms = [self._new_firm(number) for number in range(max(3, count // 14))]
        self._firm_weights = [firm.weight for firm in self.firms]
        people = count - count // 10
        while len(self.records) < people:
            self._add_person()
        originals = list(self.records)
        while len(self.records) < count:
            self._add_duplicate(originals)
        self.chance.shuffle(self.records)

    def _draw_names(self) -> None:
        chance = self.chance
        self._givens = list(dict.fromkeys((*GIVEN, *_MORE_GIVEN)))
        chance.shuffle(self._givens)
        made = {
            "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 3))) + chance.choice(_ENDINGS) for _ in range(4000)
        }
        rare = [name.capitalize() for name in sorted(made)]
        chance.shuffle(rare)
        self._families = list(dict.fromkeys((*FAMILY, *_ALIKE_FAMILY, *rare)))
        self._given_weights = [1 / (rank + 6) for rank in range(len(self._givens))]
        self._family_weights = [1 / (rank + 8) for rank in range(len(self._families))]

    def _new_given(self) -> str:
        return self.chance.choices(self._givens, self._given_weights)[0]

    def _new_family(self) -> str:
        chance = self.chance
        family = chance.choices(self._families, self._family_weights)[0]
        if chance.random() < 0.03:
            family += "-" + chance.choices(self._families, self._family_weights)[0]
        elif chance.random() < 0.01:
            family = "von " + family
        return family

    def _new_firm(self, number: int) -> Firm:
        chance = self.chance
        name = _firm(chance, tuple(self._families))
        word = _plain(name.split()[0])
        return Firm(
            name,
            f"{word}{number if chance.random() < 0.5 else '-' + _plain(name.split()[1])[:6]}.example",
            f"+49{chance.choice(_AREAS)}{chance.randint(1000, 99999)}",
            chance.choice(("{g}.{f}", "{g}.{f}", "{i}.{f}", "{f}", "{i}{f}", "{f}.{g}")),
            self._new_address(),
            chance.paretovariate(1.1),
        )

    def _new_address(self) -> tuple[str, str, str]:
        chance = self.chance
        street = f"{chance.choice(_FRONT)}{chance.choice(('straße', 'weg', 'gasse', 'allee'))} {chance.randint(1, 140)}"
        postcode, city = chance.choice(_CITY)
        return street, f"{int(postcode) + chance.randint(0, 9):0{len(postcode)}d}", city

    def _new_birthday(self) -> str:
        chance = self.chance
        return f"{chance.randint(1950, 2002)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"

    def _new_mobile(self) -> str:
        chance = self.chance
        return f"+491{chance.choice('567')}{chance.choice('0123579')}{chance.randint(1000000, 9999999)}"

    def _mail(self, pattern: str, given: str, family: str, domain: str) -> str:
        g, f = _plain(given.replace(" ", "")), _plain(family.replace(" ", ""))
        local = pattern.format(g=g, f=f, i=g[:1])
        address, number = f"{local}@{domain}", 2
        while address in self._taken:
            address, number = f"{local}{number}@{domain}", number + 1
        self._taken.add(address)
        return address

    def _add_person(self) -> None:
        chance, draw = self.chance, self.chance.random()
        entity = len(self.records)
        if self.records and draw < 0.045:
            other = chance.choice(self.records)
            person = self._employee(entity, other.given, other.family)
        elif self.records and draw < 0.05:
            other = chance.choice(self.records)
            person = self._employee(entity, other.given, other.family, other.firm)
        elif self.records and draw < 0.07:
            person = self._nearly(entity, chance.choice(self.records))
        elif draw < 0.17:
            self._add_household()
            return
        else:
            person = self._employee(entity, self._new_given(), self._new_family())
        self.records.append(person)

    def _nearly(self, entity: int, other: Record) -> Record:
        """Return a colleague whose name is near: another given name with the same beginning, or Meier and Maier."""
        alike = [given for given in self._givens if given != other.given and given[:2] == other.given[:2]]
        if other.family in _ALIKE_FAMILY and self.chance.random() < 0.7:
            near = [family for family in _ALIKE_FAMILY if family != other.family and family[0] == other.family[0]]
            return self._employee(entity, other.given, self.chance.choice(near or [other.family]), other.firm)
        return self._employee(entity, self.chance.choice(alike or self._givens), other.family, other.firm)

    def _employee(self, entity: int, given: str, family: str, firm: Firm | None = None) -> Record:
        chance = self.chance
        firm = firm or chance.choices(self.firms, self._firm_weights)[0]
        person = Record(entity, given, family, firm, firm.name)
        if chance.random() < 0.8:
            person.work_mails.append(self._mail(firm.pattern, given, family, firm.domain))
        elif chance.random() < 0.5:
            person.work_mails.append(f"info@{firm.domain}")
        if chance.random() < 0.08:
            person.private_mails.append(self._mail("{g}.{f}", given, family, chance.choice(_FREE)))
        if chance.random() < 0.45:
            person.work_phones.append(firm.stem + "0")
        if chance.random() < 0.35:
            person.work_phones.append(f"{firm.stem}{chance.randint(10, 999)}")
        if chance.random() < 0.55:
            person.mobiles.append(self._new_mobile())
        if chance.random() < 0.2:
            person.birthday = self._new_birthday()
        if chance.random() < 0.08:
            person.prefix = chance.choice(("Dr.", "Prof. Dr.", "Dipl.-Ing."))
        if chance.random() < 0.5:
            person.work_address = firm.address
        if chance.random() < 0.05:
            person.home = self._new_address()
        return person

    def _add_household(self) -> None:
        chance = self.chance
        family, home = self._new_family(), self._new_address()
        landline = f"+49{chance.choice(_AREAS)}{chance.randint(100000, 9999999)}" if chance.random() < 0.6 else None
        shared = f"familie.{_plain(family.replace(' ', ''))}{chance.randint(1, 999)}@{chance.choice(_FREE)}"
        shares = chance.random() < 0.1
        first = self._new_given()
        for position in range(chance.choice((1, 1, 2, 2, 3))):
            junior = position == 1 and chance.random() < 0.06
            given = first if position == 0 or junior else self._new_given()
            if position and not junior and given == first:
                continue
            person = Record(len(self.records), given, family, None)
            if chance.random() < 0.8:
                person.home = home
            if landline and chance.random() < 0.8:
                person.home_phones.append(landline)
            if chance.random() < 0.6:
                person.mobiles.append(self._new_mobile())
            if shares:
                person.private_mails.append(shared)
            elif chance.random() < 0.6:
                person.private_mails.append(self._mail("{g}.{f}", given, family, chance.choice(_FREE)))
            if junior and chance.random() < 0.5:
                person.suffix = "jun."
            if chance.random() < 0.35 or (junior and person.suffix is None):
                person.birthday = self._new_birthday()
            self.records.append(person)

    def _add_duplicate(self, originals: list[Record]) -> None:
        chance = self.chance
        source = chance.choice(originals)
        private = bool(source.mobiles or source.private_mails or source.birthday or source.home)
        copy = replace(
            source,
            work_mails=list(source.work_mails),
            private_mails=list(source.private_mails),
            work_phones=list(source.work_phones),
            mobiles=list(source.mobiles),
            home_phones=list(source.home_phones),
        )
        if source.firm and chance.random() < 0.2 and (private or chance.random() < 0.04):
            self._move(copy)
        else:
            self._forget(copy, source)
        self._respell(copy)
        self.records.append(copy)

    def _move(self, copy: Record) -> None:
        """Give the person another employer; something of their own stays."""
        chance = self.chance
        new = self._employee(copy.entity, copy.given, copy.family)
        copy.firm, copy.company = new.firm, new.company
        copy.work_mails, copy.work_phones, copy.work_address = new.work_mails, new.work_phones, new.work_address
        kept = [name for name in ("mobiles", "private_mails", "birthday", "home") if getattr(copy, name)]
        sure = chance.choice(kept) if kept else None
        for name in kept:
            if name != sure and chance.random() < 0.25:
                setattr(copy, name, None if name in ("birthday", "home") else [])
        if "mobiles" not in kept:
            copy.mobiles = new.mobiles

    def _forget(self, copy: Record, source: Record) -> None:
        """Leave out about half of the values, but not all that identify somebody (or, of 50, once)."""
        chance = self.chance
        for name in ("work_mails", "private_mails", "work_phones", "mobiles", "home_phones"):
            setattr(copy, name, [value for value in getattr(copy, name) if chance.random() < 0.6])
        if chance.random() < 0.3:
            copy.birthday = None
        for name in ("work_address", "home"):
            if chance.random() < 0.5:
                setattr(copy, name, None)
        if chance.random() < 0.2:
            copy.company = None
        shared = copy.company or copy.work_mails or copy.private_mails or copy.mobiles or copy.home or copy.home_phones
        if not shared and chance.random() > 0.02:
            copy.company, copy.work_mails = source.company, list(source.work_mails)
            copy.private_mails, copy.mobiles, copy.home = list(source.private_mails), list(source.mobiles), source.home
        if not copy.mobiles and chance.random() < 0.15:
            copy.mobiles = [self._new_mobile()]
        if copy.company and not copy.work_mails and copy.firm and chance.random() < 0.2:
            other = chance.choice(("{i}.{f}", "{g}{f}", "{f}.{i}"))
            names = {"g": _plain(copy.given), "f": _plain(copy.family), "i": _plain(copy.given)[:1]}
            address = f"{other.format(**names)}@{copy.firm.domain}"
            copy.work_mails = [] if address in self._taken else [address]

    def _respell(self, copy: Record) -> None:
        chance = self.chance
        changes = [
            self._typo, self._typo, self._umlaut, self._umlaut, self._swap, self._shorten, self._initial, self._title,
            self._middle, self._case, self._marry, self._half,
        ]  # fmt: skip
        for change in chance.sample(changes, chance.choices((0, 1, 2, 3), (10, 40, 35, 15))[0]):
            change(copy)
        if copy.company and chance.random() < 0.4:
            copy.company = chance.choice((_bare, _transcribed, str.upper, self._mistyped))(copy.company)

    def _typo(self, copy: Record) -> None:
        name = self.chance.choice(("family", "family", "given"))
        setattr(copy, name, self._mistyped(getattr(copy, name)))

    def _mistyped(self, word: str) -> str:
        chance = self.chance
        if len(word) < _LONG_NAME:
            return word
        at = chance.randint(0 if chance.random() < 0.1 else 1, len(word) - 2)
        kind = chance.randint(0, 3)
        if kind == 0:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        if kind == 1:
            return word[:at] + word[at + 1 :]
        if kind == 2:
            return word[:at] + word[at] + word[at:]
        return word[:at] + chance.choice("aeiounrstlmdkh") + word[at + 1 :]

    def _umlaut(self, copy: Record) -> None:
        written = _transcribed if self.chance.random() < 0.65 else _stripped
        copy.given, copy.family = written(copy.given), written(copy.family)

    def _swap(self, copy: Record) -> None:
        copy.given, copy.family = copy.family, copy.given

    def _shorten(self, copy: Record) -> None:
        if copy.given in _SHORT:
            copy.given = self.chance.choice(_SHORT[copy.given])

    def _initial(self, copy: Record) -> None:
        if self.chance.random() < 0.5:
            copy.given = copy.given[0] + "."

    def _title(self, copy: Record) -> None:
        copy.prefix = None if copy.prefix else "Dr."

    def _middle(self, copy: Record) -> None:
        copy.additional = self._new_given() if self.chance.random() < 0.5 else self._new_given()[0] + "."

    def _case(self, copy: Record) -> None:
        written = self.chance.choice((str.upper, str.lower))
        copy.given, copy.family = written(copy.given), written(copy.family)

    def _marry(self, copy: Record) -> None:
        if self.chance.random() < 0.4 and (copy.mobiles or copy.private_mails or copy.birthday):
            copy.family = self._new_family()
        elif self.chance.random() < 0.3:
            copy.family = f"{copy.family}-{self._new_family()}"

    def _half(self, copy: Record) -> None:
        copy.family = copy.family.split("-")[0]


def _bare(firm: str) -> str:
    return " ".join(firm.split()[:2])


def _transcribed(text: str) -> str:
    for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("Ö", "Oe"), ("Ü", "Ue")):
        text = text.replace(umlaut, letters)
    return text


def _stripped(text: str) -> str:
    for umlaut, letter in (("ä", "a"), ("ö", "o"), ("ü", "u"), ("ß", "s"), ("Ö", "O"), ("Ü", "U")):
        text = text.replace(umlaut, letter)
    return text
