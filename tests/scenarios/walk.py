"""Random command lines that a busy week could hold; what they name is taken from the store itself."""

from __future__ import annotations

import random

_GIVEN = ("Hans", "Petra", "Jürgen", "Ada", "Zoë", "Marta", "Ole", "İpek", "Łukasz", "Anna")
_FAMILY = ("Müller", "Freitag", "März", "Schmidt", "Sommer", "O'Neill", "von der Heide", "Groß", "Petersen", "Çelik")
_FIRMS = ("Ehrler Prüftechnik GmbH", "Kettenbaum AG", "Invitek GmbH", "Frenkel KG", "Sommer GmbH", "Acme Inc.")
_TAGS = ("messe", "vip", "Kunde", "kunde", "lead")
_TEXTS = ("lief gut", "will Angebot, Rabatt 5%", "Lieferung 24/7 beschädigt", "Ref: http://x.de/a:b", "“quoted” 'text'")
_KINDS = ("besuch", "anruf", "mail", "ne", "visit", "call")
_DAYS = ("", " gestern", " vorgestern", " 3.11.", " am Freitag 14:30 45m")
_FOLLOW = ("", " wv:fr Angebot senden", " fu:+2w call back", " wv:+3at Vertrag wv:kw49 nachfassen")
_EXTRA = ("", " +messe", " bedarf:wartung", " auftrag:angebot", " km:31", " wert:12,5k", " :: details\tof it")


class Walk:
    """Makes one command line after the other; `ids` tells the ids of a kind that exist now."""

    def __init__(self, seed: int, ids) -> None:
        self.dice = random.Random(seed)
        self.ids = ids

    def command(self) -> list[str]:
        """Return the next command line; it may well be refused."""
        return self.dice.choice(_COMMANDS)(self)

    def one(self, *words: str) -> str:
        return self.dice.choice(words)

    def ref(self, kind: str) -> str:
        known = self.ids(kind)
        return self.dice.choice(known) if known else "nobody"

    def number(self) -> str:
        return str(self.dice.randrange(1, 1000))


def _contact_add(walk: Walk) -> list[str]:
    words = ["contact", "add", f"{walk.one(*_GIVEN)} {walk.one(*_FAMILY)}"]
    if walk.dice.random() < 0.6:
        words += ["--email", f"p{walk.number()}@example.org", "--email", f"work=q{walk.number()}@example.org"]
    if walk.dice.random() < 0.5:
        words += ["--phone", f"mobile=0171/{walk.number()}55", "--company", walk.one(*_FIRMS)]
    if walk.dice.random() < 0.3:
        words += ["--address", "Hauptstr. 1, 86150 Augsburg", "--birthday", "1990-04-12", "--link", "https://x.example"]
    return [*words, "--tag", walk.one(*_TAGS)]


def _contact_edit(walk: Walk) -> list[str]:
    flags = walk.one("--title", "--department", "--notes", "--phone", "--tag", "--company", "--name", "--set")
    value = f"nr={walk.number()}" if flags == "--set" else walk.one(*_TEXTS, *_FIRMS, "0821 99" + walk.number())
    return ["contact", "edit", walk.ref("contact"), flags, value]


def _log(walk: Walk) -> list[str]:
    text = walk.one(*_TEXTS) + walk.one(*_FOLLOW) + walk.one(*_EXTRA)
    return ["log", f"{walk.one(*_KINDS)} {walk.ref('contact')}{walk.one(*_DAYS)}: {text}"]


def _two(*words: str):
    kind = words[0]
    return lambda walk: [*words, walk.ref(kind), walk.ref(kind)]


def _on(kind: str, *words: str, after: tuple[str, ...] = ()):
    return lambda walk: [*words, walk.ref(kind), *after]


_COMMANDS = (
    *[_contact_add] * 4,
    *[_contact_edit] * 4,
    *[_log] * 8,
    _on("contact", "contact", "delete", after=("--yes",)),
    _two("contact", "merge"),
    _two("company", "merge"),
    lambda walk: ["contact", "relate", walk.ref("contact"), walk.one("knows", "reports_to"), walk.ref("contact")],
    lambda walk: ["contact", "relate", walk.ref("contact"), "employee_of", walk.ref("company"), "--title", "CTO"],
    lambda walk: ["company", "add", f"{walk.one(*_FIRMS)} {walk.number()}", "--phone", "0821/1234-0"],
    lambda walk: ["company", "edit", walk.ref("company"), "--address", f"Weg {walk.number()}, 86156 Augsburg"],
    _on("company", "company", "delete", after=("--yes",)),
    lambda walk: ["tag", "add", walk.ref("contact"), walk.one(*_TAGS)],
    lambda walk: ["tag", "remove", walk.ref("contact"), walk.one(*_TAGS)],
    lambda walk: ["tag", "rename", walk.one(*_TAGS), walk.one(*_TAGS)],
    lambda walk: ["field", "add", "contact", "nr", walk.one("number", "text")],
    lambda walk: ["field", "remove", "contact", "nr"],
    lambda walk: ["segment", "save", walk.one(*_TAGS), f"tag:{walk.one(*_TAGS)}"],
    lambda walk: ["segment", "delete", walk.one(*_TAGS)],
    lambda walk: ["task", "add", walk.one(*_TEXTS), "--due", walk.one("fri", "+3d"), "--contact", walk.ref("contact")],
    lambda walk: ["task", "add", "Weekly report", "--due", "mon", "--repeat", "weekly"],
    _on("task", "task", "done"),
    _on("task", "task", "done", after=("--log", "call: wants a second offer")),
    _on("task", "task", "edit", after=("--priority", "high", "--tag", "vip")),
    _on("task", "task", "snooze", after=("+3d",)),
    _on("task", "task", "delete", after=("--yes",)),
    _on("contact", "cadence", "set", after=("30d",)),
    _on("contact", "cadence", "clear"),
    lambda walk: ["deal", "add", f"Bench {walk.number()}", "--contact", walk.ref("contact"), "--value", walk.number()],
    _on("deal", "deal", "edit", after=("--value", "15k", "--expected", "eom")),
    lambda walk: ["deal", "move", walk.ref("deal"), walk.one("Angebot", "negotiation", "Kontakt")],
    _on("deal", "deal", "won"),
    _on("deal", "deal", "lost", after=("--reason", "too expensive")),
    _on("deal", "deal", "delete", after=("--yes",)),
)
