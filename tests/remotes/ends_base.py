"""Both ends of a sync in the terms of `model`: the program by its commands, the server by a device that edits lines."""

from __future__ import annotations

import re

from tests.remotes.model import Facts


def escaped(text: str) -> str:
    """Write a text into a content line."""
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def plain(text: str) -> str:
    """Read a text out of a content line."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text)


def lines_of(text: str, name: str) -> list[str]:
    """Return the values of a property, whatever its group and parameters."""
    return re.findall(rf"(?m)^(?:[\w-]+\.)?{name}(?:;[^:\n]*)?:(.*)$", text)


def without(text: str, name: str, value: str | None = None) -> str:
    """Take the lines of a property away, all or those with a value."""
    wanted = r".*" if value is None else re.escape(value)
    return re.sub(rf"(?m)^(?:[\w-]+\.)?{name}(?:;[^:\n]*)?:{wanted}\n", "", text)


def tags_of(text: str) -> list[str]:
    """Return the tags of a resource."""
    return [tag for line in lines_of(text, "CATEGORIES") for tag in line.split(",")]


def without_tag(text: str, tag: str, last: str) -> str:
    """Take one tag away."""
    left = [other for other in tags_of(text) if other != tag]
    new = f"CATEGORIES:{','.join(left)}\n" if left else ""
    return without(text, "CATEGORIES").replace(last, new + last, 1)


class Ends:
    """What is the same for all kinds. `singles` and `sets` name the properties that are tried."""

    noun = ""
    suffix = ""
    last = ""
    singles: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()

    def __init__(self, crm, device) -> None:
        self.run = crm
        self.device = device
        self.ids: dict[str, str] = {}
        self.resources: dict[str, str] = {}

    def crm(self, *words: str):
        """Run a command that must succeed."""
        result = self.run(*words, "--json")
        assert result.code == 0, result
        return result.json

    def shared(self, key: str) -> str:
        """Return the value an item is recognised by, which it keeps."""
        del key
        return ""

    def tag_words(self, old: object, new: object) -> list[str]:
        """Return the options that change the tags of a record."""
        before, after = (frozenset(value or ()) for value in (old, new))
        gone = [word for tag in before - after for word in ("--remove", f"tag={tag}")]
        return [*gone, *(word for tag in after - before for word in ("--tag", tag))]

    def may_change(self, key: str, name: str, side: str, old: object) -> bool:
        """Tell whether there is a way to change a property that is `old` now."""
        del key, name, side, old
        return True

    def read_here(self) -> dict[str, Facts]:
        """Return the facts of all records."""
        raise NotImplementedError

    def read_there(self) -> dict[str, Facts]:
        """Return the facts of all resources; none may be there twice."""
        found = {}
        for name in self.device.names():
            text = self.device.get(name)
            key = self.key_of(text)
            assert key not in found, text
            found[key] = self.facts_of(text)
            self.resources[key] = name
        return found

    def key_of(self, text: str) -> str:
        """Return which item a resource is."""
        raise NotImplementedError

    def facts_of(self, text: str) -> Facts:
        """Return the facts of a resource."""
        raise NotImplementedError

    def create_there(self, key: str) -> Facts:
        """Write a new resource with a line of its own that must never be lost."""
        name = f"{key.replace(' ', '-')}{self.suffix}"
        self.device.put(name, self.new_text(key, f"X-OWN:{key}"))
        self.resources[key] = name
        return self.facts_of(self.device.get(name))

    def new_text(self, key: str, *lines: str) -> str:
        """Return a resource as a device writes it."""
        raise NotImplementedError

    def change_there(self, key: str, name: str, old: object, new: object) -> None:
        """Change one property of a resource; a set by one value."""
        text = self.device.get(self.resources[key])
        if isinstance(old, frozenset) or isinstance(new, frozenset):
            assert isinstance(old or frozenset(), frozenset)
            for value in (old or frozenset()) - (new or frozenset()):
                text = self.without_item(text, name, value)
            for value in (new or frozenset()) - (old or frozenset()):
                text = self.with_item(text, name, value)
        else:
            text = self.with_value(text, name, new)
        self.device.put(self.resources[key], text)

    def with_value(self, text: str, name: str, value: object) -> str:
        """Return a resource with another value of a property."""
        raise NotImplementedError

    def with_item(self, text: str, name: str, value: str) -> str:
        """Return a resource with one more of several values."""
        raise NotImplementedError

    def without_item(self, text: str, name: str, value: str) -> str:
        """Return a resource without one of several values."""
        raise NotImplementedError

    def own_line_kept(self, key: str) -> bool:
        """Tell whether the line a device wrote into its new resource is still there."""
        return f"\nX-OWN:{key}\n" in self.device.get(self.resources[key])

    def delete_there(self, key: str) -> None:
        """Delete a resource."""
        self.device.delete(self.resources.pop(key))

    def delete_here(self, key: str) -> None:
        """Delete a record."""
        self.crm(self.noun, "delete", self.ids[key], "--yes")
