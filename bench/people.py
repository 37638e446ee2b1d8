"""A seeded address book of any size, for measuring: German names, firms, mails and numbers, written as vCard 3.0."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

GIVEN = (
    "Anna Hans Petra Jürgen Sabine Peter Ute Karl-Heinz Monika Wolfgang Renate Günther Ursula Klaus Helga Dieter Jana "
    "Stefan Katrin Thomas Claudia Andreas Birgit Michael Susanne Frank Martina Bernd Heike Uwe Silke Jörg Anke Sven "
    "Nicole Torsten Melanie Björn Sandra Lars Yasemin Mehmet Ayşe Łukasz Zoë André Çiğdem Ole Hauke Lena Jonas Marie "
    "Felix Emma Paul Mia Leon Hannah Lukas Sophie Maximilian Charlotte Friedrich Käthe Gisela Öznur Renée Søren"
).split()
FAMILY = (
    "Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf "
    "Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt Werner Schmitz Krause Meier "
    "Lehmann Schmid Schulze Maier Köhler Herrmann König Walter Mayer Huber Kaiser Fuchs Peters Lang Scholz Möller "
    "Weiß Jung Hahn Schubert Vogel Friedrich Keller Günther Frank Berger Winkler Roth Beck Lorenz Baumann Franke "
    "Albrecht Schuster Simon Ludwig Böhm Winter Kraus Martin Schumacher Krämer Vogt Stein Jäger Otto Sommer Groß "
    "Seidel Heinrich Brandt Haas Schreiber Graf Dietrich Ziegler Kuhn Kühn Pohl Engel Horn Busch Bergmann Thomas "
    "Voigt Sauer Arnold Wolff Pfeiffer Yıldız Nowak Petersen Jensen Øster"
).split()
_FRONT = (
    "Ober Unter Nieder Hinter Vorder Klein Groß Alt Neu Lang Kurz Stein Holz Wald Feld Berg Tal Bach Brunn Hoch Schön "
    "Weiß Schwarz Rot Grün Gold Silber Eisen Kupfer Linden Eichen Buchen Tannen Birken Apfel Kirsch Nuss Dorn Rosen "
    "Winter Sommer Sonnen Mond Stern Wolfs Bären Hirsch Adler Falken Raben"
).split()
_BACK = (
    "berger hofer müller meier bauer mann huber maier schmid wirth kamp feld thal dorfer stätter bacher brunner egger "
    "reuter bäcker gärtner körner schläger häuser stein wald hardt loh brink horst"
).split()
_TRADE = (
    "Prüftechnik Maschinenbau Fördertechnik Automation Logistik Kunststoffe Gießerei Medizintechnik Elektronik "
    "Werkzeugbau Anlagenbau Verpackung Messtechnik Lackiererei Spedition Druckerei Metallbau Optik Chemie Textil"
).split()
_FORM = ("GmbH", "GmbH & Co. KG", "AG", "KG", "e.K.", "OHG", "SE", "GmbH")
_CITY = (
    ("86153", "Augsburg"), ("60327", "Frankfurt am Main"), ("50825", "Köln"), ("73033", "Göppingen"),
    ("04103", "Leipzig"), ("22763", "Hamburg"), ("87435", "Kempten"), ("66333", "Völklingen"), ("89231", "Neu-Ulm"),
    ("88662", "Überlingen"), ("71088", "Holzgerlingen"), ("96450", "Coburg"), ("27568", "Bremerhaven"),
    ("10117", "Berlin"), ("78120", "Furtwangen"), ("1010", "Wien"), ("8001", "Zürich"),
)  # fmt: skip
_PLAIN = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "ø": "oe",
        "ı": "i",
        "ł": "l",
        "ş": "s",
        "ç": "c",
        "ğ": "g",
        "é": "e",
        "ë": "e",
    }
)


@dataclass(frozen=True, slots=True)
class Person:
    """One generated contact; `phone` is in E.164."""

    uid: str
    given: str
    family: str
    company: str
    title: str
    email: str
    phone: str
    mobile: str
    street: str
    postcode: str
    city: str


def people(count: int, seed: int = 1) -> Iterator[Person]:
    """Yield `count` people of about `count / 4` firms; the same seed gives the same people."""
    chance = random.Random(seed)
    families = (*FAMILY, *(front + back for front in _FRONT for back in _BACK))
    # Names are as uneven as in life: a few are very common, most are rare.
    weights = [1 / (rank + 8) for rank in range(len(families))]
    drawn = chance.choices(families, weights, k=count)
    firms = [_firm(chance, families) for _ in range(max(1, count // 4))]
    titles = ("Einkauf", "Leiter Qualität", "Geschäftsführung", "Konstruktion", "Vertrieb", "Instandhaltung", "")
    for number, family in enumerate(drawn):
        given = chance.choice(GIVEN)
        firm = number % len(firms)
        postcode, city = _CITY[firm % len(_CITY)]
        domain = f"firma{firm}.example"
        yield Person(
            uid=f"bench-{seed}-{number}",
            given=given,
            family=family,
            company=firms[firm],
            title=chance.choice(titles),
            email=f"{_plain(given)}.{_plain(family)}{number}@{domain}",
            phone=f"+49821{firm:06d}{number % 97:02d}",
            mobile=f"+49171{number:08d}" if chance.random() < 0.6 else "",
            street=f"{chance.choice(_FRONT)}straße {chance.randint(1, 120)}",
            postcode=postcode,
            city=city,
        )


def vcard(person: Person) -> str:
    """Return the person as one vCard 3.0 with CRLF line ends."""
    lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"UID:{person.uid}",
        f"FN:{person.given} {person.family}",
        f"N:{person.family};{person.given};;;",
        f"ORG:{person.company}",
        f"EMAIL;TYPE=WORK:{person.email}",
        f"TEL;TYPE=WORK,VOICE:{person.phone}",
        f"ADR;TYPE=WORK:;;{person.street};{person.city};;{person.postcode};Germany",
    ]
    if person.mobile:
        lines.append(f"TEL;TYPE=CELL:{person.mobile}")
    if person.title:
        lines.append(f"TITLE:{person.title}")
    return "\r\n".join([*lines, "END:VCARD", ""])


def _firm(chance: random.Random, families: tuple[str, ...]) -> str:
    return f"{chance.choice(families)} {chance.choice(_TRADE)} {chance.choice(_FORM)}"


def _plain(name: str) -> str:
    return name.lower().translate(_PLAIN).encode("ascii", "ignore").decode()
