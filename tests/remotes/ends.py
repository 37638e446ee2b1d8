"""The ends of a sync by kind: people here, appointments and follow-ups in `ends_calendar`."""

from __future__ import annotations

from typing import ClassVar

from tests.remotes.ends_base import Ends, escaped, lines_of, plain, tags_of, without, without_tag
from tests.remotes.ends_calendar import Events, Tasks
from tests.remotes.model import Facts
from tests.remotes.servers import card


class Contacts(Ends):
    """People in an address book."""

    noun, suffix, last = "contact", ".vcf", "END:VCARD"
    singles = ("title", "nickname", "notes", "birthday")
    sets = ("email", "phone", "tag")
    _LINES: ClassVar = {"title": "TITLE", "nickname": "NICKNAME", "notes": "NOTE", "birthday": "BDAY"}
    _ITEMS: ClassVar = {"email": "EMAIL", "phone": "TEL"}

    def value(self, name: str, number: int) -> str:
        """Return a value nobody had before."""
        day = f"19{number % 90 + 10}-{number % 12 + 1:02}-{number % 28 + 1:02}"
        special = f"Nr. {number}: Größe; Maß, \\n wörtlich \N{ROCKET}\nzweite Zeile " + "lang " * 20 + "Ende"
        other = {"notes": special, "birthday": day, "email": f"m{number}@example.org", "phone": f"+49821{number:06}"}
        return other.get(name, f"{name} {number}")

    def create_here(self, key: str) -> Facts:
        self.crm("contact", "add", key, "--email", self.shared(key))
        return {"email": frozenset({self.shared(key)})}

    def shared(self, key: str) -> str:
        """Return an address both ends give a person, so that it is met."""
        return key.lower().replace(" ", ".") + "@example.org"

    def new_text(self, key: str, *lines: str) -> str:
        return card(f"uid-{key.replace(' ', '-')}", key, f"EMAIL:{self.shared(key)}", *lines)

    def change_here(self, key: str, name: str, old: object, new: object) -> None:
        """Change one property of a record; a set by one value."""
        words = ["contact", "edit", self.ids[key]]
        if name in self.sets:
            for value in (old or frozenset()) - (new or frozenset()):
                words += ["--remove", f"{name}={value}"]
            for value in (new or frozenset()) - (old or frozenset()):
                words += [f"--{name}", str(value)]
        else:
            words += ["--clear", name] if new is None else [f"--{name}", str(new)]
        self.crm(*words)

    def read_here(self) -> dict[str, Facts]:
        found = {}
        people = self.crm("contact", "list")
        for person in people:
            facts = {name: person[name] for name in self.singles if person[name]}
            for name, values in (("email", person["emails"]), ("phone", person["phones"])):
                facts |= {name: frozenset(item["value"] for item in values)} if values else {}
            facts |= {"tag": frozenset(person["tags"])} if person["tags"] else {}
            found[person["name"]] = facts
            self.ids[person["name"]] = person["id"]
        assert len(found) == len(people), people
        return found

    def key_of(self, text: str) -> str:
        return lines_of(text, "FN")[0]

    def facts_of(self, text: str) -> Facts:
        facts: Facts = {}
        for name, line in self._LINES.items():
            values = [plain(value) for value in lines_of(text, line)]
            assert len(values) < 2, text
            facts |= {name: values[0]} if values else {}
        for name, line in self._ITEMS.items():
            values = lines_of(text, line)
            assert len(values) == len(set(values)), text
            facts |= {name: frozenset(values)} if values else {}
        return facts | ({"tag": frozenset(tags_of(text))} if tags_of(text) else {})

    def with_value(self, text: str, name: str, value: object) -> str:
        line = self._LINES[name]
        new = "" if value is None else f"{line}:{escaped(str(value))}\n"
        return without(text, line).replace(self.last, new + self.last)

    def with_item(self, text: str, name: str, value: str) -> str:
        line = f"CATEGORIES:{value}" if name == "tag" else f"{self._ITEMS[name]};TYPE=HOME:{value}"
        return text.replace(self.last, f"{line}\n{self.last}")

    def without_item(self, text: str, name: str, value: str) -> str:
        return without_tag(text, value, self.last) if name == "tag" else without(text, self._ITEMS[name], value)


KINDS = {"contacts": Contacts, "events": Events, "tasks": Tasks}
