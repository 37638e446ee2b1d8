"""A random walk on both sides of a sync, with a model of what must be there in the end."""

from __future__ import annotations

import re
from random import Random

from tests.remotes.servers import card


class Person:
    """What the model knows of one person: mails and title on each side (None: not there), and when last in step."""

    def __init__(self) -> None:
        self.here: dict[str, object] | None = None
        self.there: dict[str, object] | None = None
        self.base: dict[str, object] | None = None


class Walk:
    """Random operations on the program and on another device; `device` offers names, get, put, edit, delete."""

    def __init__(self, crm, device, seed: int) -> None:
        self.crm = crm
        self.device = device
        self.random = Random(seed)
        self.people: dict[str, Person] = {}
        self.resources: dict[str, str] = {}
        self.count = 0

    def run(self, steps: int) -> None:
        """Walk, a sync about every tenth step."""
        acts = [self.add_here, self.add_there, self.mail_here, self.mail_there, self.title_here, self.title_there]
        for _ in range(steps):
            act = self.random.choice([*acts, *acts, self.delete_here, self.delete_there, self.sync])
            act()
        self.sync()

    def _new(self) -> tuple[str, str]:
        self.count += 1
        return f"Person Number{self.count}", f"mail{self.count}@example.org"

    def _pick(self, side: str) -> str | None:
        known = [name for name, person in self.people.items() if getattr(person, side) is not None]
        return self.random.choice(known) if known else None

    def _crm(self, *words: str):
        result = self.crm(*words, "--json")
        assert result.code == 0, result
        return result.json

    def add_here(self) -> None:
        name, mail = self._new()
        self._crm("contact", "add", name, "--email", mail)
        self.people[name] = Person()
        self.people[name].here = {"mails": {mail}, "title": None}

    def add_there(self) -> None:
        name, mail = self._new()
        resource = f"r{self.count}.vcf"
        self.device.put(resource, card(f"remote-{self.count}", name, f"EMAIL:{mail}", f"X-OWN:{self.count}"))
        self.resources[name] = resource
        self.people[name] = Person()
        self.people[name].there = {"mails": {mail}, "title": None}

    def mail_here(self) -> None:
        name = self._pick("here")
        if name:
            _, mail = self._new()
            self._crm("contact", "edit", name, "--email", mail)
            self.people[name].here["mails"] |= {mail}

    def mail_there(self) -> None:
        name = self._pick("there")
        if name:
            _, mail = self._new()
            self.device.edit(self.resources[name], "END:VCARD", f"EMAIL;TYPE=HOME:{mail}\nEND:VCARD")
            self.people[name].there["mails"] |= {mail}

    def title_here(self) -> None:
        name = self._pick("here")
        if name:
            title = f"Mine {self._new()[1]}"
            self._crm("contact", "edit", name, "--title", title)
            self.people[name].here["title"] = title

    def title_there(self) -> None:
        name = self._pick("there")
        if name:
            title = f"Theirs {self._new()[1]}"
            text = re.sub(r"\nTITLE:[^\n]*", "", self.device.get(self.resources[name]))
            self.device.put(self.resources[name], text.replace("END:VCARD", f"TITLE:{title}\nEND:VCARD"))
            self.people[name].there["title"] = title

    def delete_here(self) -> None:
        name = self._pick("here")
        if name:
            self._crm("contact", "delete", name, "--yes")
            self.people[name].here = None

    def delete_there(self) -> None:
        name = self._pick("there")
        if name:
            self.device.delete(self.resources.pop(name))
            self.people[name].there = None

    def sync(self) -> None:
        """Synchronise; an edit beats a deletion, of two titles either may win."""
        self._crm("sync", "--yes")
        for conflict in self._crm("sync", "conflicts"):
            side = {"gone_here": "theirs", "gone_there": "mine"}.get(conflict["kind"])
            side = side or self.random.choice(["mine", "theirs"])
            self._crm("sync", "conflicts", str(conflict["id"]), "--keep", side)
        self._crm("sync", "--yes")
        self._agree()
        self._find_resources()

    def _agree(self) -> None:
        for person in self.people.values():
            here, there, base = person.here, person.there, person.base
            if here is not None and there is not None:
                mails = here["mails"] | there["mails"]
                kept = {"mails": mails, "title": None}
            elif base is None:
                kept = here if here is not None else there
            else:
                left = here if here is not None else there
                kept = None if left is None or left == base else left
            person.here, person.there, person.base = _copy(kept), _copy(kept), _copy(kept)

    def _find_resources(self) -> None:
        known = set(self.resources.values())
        for resource in self.device.names():
            if resource not in known:
                self.resources[_name(self.device.get(resource))] = resource
        texts = {name: self.device.get(resource) for name, resource in self.resources.items() if self._is_there(name)}
        for name, text in texts.items():
            title = re.search(r"\nTITLE:([^\n]*)", text)
            for side in ("here", "there", "base"):
                getattr(self.people[name], side)["title"] = title[1] if title else None

    def _is_there(self, name: str) -> bool:
        return self.people[name].there is not None

    def check(self) -> None:
        """Look whether both sides are equal, and hold everything that was not deleted."""
        report = self._crm("sync")[0]
        assert not any(value for key, value in report.items() if key not in ("name", "same")), report
        expected = {name: person.base["mails"] for name, person in self.people.items() if person.base is not None}
        contacts = self._crm("contact", "list")
        here = {contact["name"]: {mail["value"] for mail in contact["emails"]} for contact in contacts}
        titles_here = {contact["name"]: contact["title"] for contact in contacts}
        assert here == expected
        assert len(contacts) == len(here)
        texts = [self.device.get(resource) for resource in self.device.names()]
        there = {_name(text): set(re.findall(r"\n(?:item\d+\.)?EMAIL[^:\n]*:([^\n]*)", text)) for text in texts}
        assert there == expected
        assert len(texts) == len(there)
        titles = {_name(text): (re.findall(r"\nTITLE:([^\n]*)", text) or [None])[0] for text in texts}
        assert titles == titles_here
        for text in texts:
            number = re.search(r"\nUID:remote-(\d+)\n", text)
            assert number is None or f"\nX-OWN:{number[1]}\n" in text


def _copy(side: dict[str, object] | None) -> dict[str, object] | None:
    return None if side is None else {"mails": set(side["mails"]), "title": side["title"]}


def _name(text: str) -> str:
    return re.search(r"\nFN:([^\n]*)", text)[1]
