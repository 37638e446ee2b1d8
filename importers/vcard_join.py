"""One card of several that are the same person: all that the further ones hold beside what a record keeps.

What a record has one of (names, firm, notes, birthday) comes from the record; lines nobody here reads, and the lines
of its e-mails, numbers, addresses and links with all their parameters, come from the cards.
"""

from __future__ import annotations

from crm_cli.domain import sync_card
from importers import vcard_convert as convert
from importers.vcard_body import depths
from importers.vcard_build import ITEMS
from importers.vcard_edit import CardEdit
from importers.vcard_fields import FIELDS, SOURCES
from importers.vcard_read import read_card

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from importers.vcard_convert import Line

# What is about one card itself, not about whom it describes.
_OF_A_CARD = frozenset("BEGIN END VERSION UID REV PRODID PROFILE CLIENTPIDMAP".split())
# What a card may say once (RFC 6350, 6.2.7; RFC 6474; RFC 2426): the first one does.
_ONCE = frozenset("GENDER BIRTHPLACE DEATHPLACE DEATHDATE MAILER CLASS SORT-STRING NAME AGENT".split())
# What a record has no place for, although it is read.
_SINGLES_OF_CARDS = ("role", "anniversary")
_COMPANIONS = ("X-ABLABEL", "X-ABADR")


def joined(raw: str, others: Sequence[str], *, rev: str) -> str:
    """Return a card with what others hold and it does not, each line in its version and once.

    `rev` is the new REV (RFC 6350, 6.7.4), written only if something was added.
    """
    whole = raw
    for other in others:
        whole = _Join(whole, other).text()
    if whole == raw:
        return raw
    edit = CardEdit(whole, read_card(whole, region=None))
    edit.single("rev", rev)
    return edit.text()


class _Join:
    """One card being put into another."""

    def __init__(self, raw: str, other: str) -> None:
        self.base = CardEdit(raw, read_card(raw, region=None))
        self.other = CardEdit(other, read_card(other, region=None))
        self.known = {self._key(self.base, index) for index, line in enumerate(self.base.parsed) if line is not None}
        self.names = {line.head.name for line in self.base.parsed if line is not None}
        self.groups: dict[str, str] = {}

    def text(self) -> str:
        """Give the first card with what was not in it."""
        wanted = sorted({*self._items(), *self._singles(), *self._members(), *self._unread()})
        for index in wanted:
            self._take(index)
        return self.base.text()

    def _items(self) -> Iterator[int]:
        """Find the lines of e-mails, numbers, addresses and links that the first card has not."""
        kinds = ["company" if edit.read.kind == "org" else "contact" for edit in (self.base, self.other)]
        mine, theirs = (
            sync_card.facts_of(edit.read, kind) for edit, kind in zip((self.base, self.other), kinds, strict=True)
        )
        for field in ITEMS:
            there = {sync_card.identity(field, item) for item in mine.get(field, ())}
            for item, index in zip(theirs.get(field, ()), self.other.item_lines(field), strict=True):
                if sync_card.identity(field, item) not in there:
                    yield index

    def _singles(self) -> Iterator[int]:
        for field in _SINGLES_OF_CARDS:
            if getattr(self.base.read, field) is None and getattr(self.other.read, field) is not None:
                yield from self.other.find(SOURCES[field])[:1]

    def _members(self) -> Iterator[int]:
        for index in self.other.find(SOURCES["members"]):
            line = self.other.parsed[index]
            if line is not None and line.value.strip() not in self.base.read.members:
                yield index

    def _unread(self) -> Iterator[int]:
        """Find the lines no field is read from, also those that are no property; nested cards go with their AGENT."""
        nested = [1, *depths(self.other.lines_as_they_came[1:-1]), 1]
        for index, line in enumerate(self.other.parsed):
            if nested[index]:
                continue
            if line is None:
                if self.other.lines_as_they_came[index].strip():
                    yield index
            elif not self._is_read(line) and not self._is_there(index, line.head.name):
                yield index

    def _is_there(self, index: int, name: str) -> bool:
        return (name in _ONCE and name in self.names) or self._key(self.other, index) in self.known

    def _is_read(self, line: Line) -> bool:
        name = line.head.name
        if name == "X-ABDATE":
            return "anniversary" in self._label(self.other, line).lower()
        return name in FIELDS or name in _OF_A_CARD or name in _COMPANIONS or name.startswith("X-CRM-")

    def _take(self, index: int) -> None:
        """Put a line of the other card into the first, with the label of its group and the card nested in it."""
        line = self.other.parsed[index]
        came = self.other.lines_as_they_came
        if line is None:
            if came[index] not in self.base.lines_as_they_came:
                self.base.put(came[index])
            return
        group = line.head.group.upper()
        if group and group not in self.groups:
            self.groups[group] = self.base.free_group()
            for companion in self.other.groups.get(group, ()):
                if self.other.name(companion) in _COMPANIONS:
                    self.base.put(self._written(companion))
        self.base.put(self._written(index))
        nested = [1, *depths(came[1:-1]), 1]
        for inner in range(index + 1, len(came) - 1):
            if not nested[inner]:
                break
            self.base.put(came[inner])

    def _written(self, index: int) -> str:
        """Return a line of the other card in the version of the first, in a group of its own there."""
        line = self.other.parsed[index]
        assert line is not None
        text = self.base.in_version(line)
        if not line.head.group:
            return text
        return f"{self.groups[line.head.group.upper()]}.{text.partition('.')[2]}"

    def _key(self, edit: CardEdit, index: int) -> object:
        """Return what makes two lines the same: name, parameters and value, and their label.

        Lines are compared as they stand in the first card (what its version has no word for is lost there), spelt as
        in version 4.0, which has one form for each photo.
        """
        line = edit.parsed[index]
        assert line is not None
        there = line if edit is self.base else convert.read_line(self.base.in_version(line), self.base.old)
        assert there is not None
        taken = convert.read_line(convert.to_v4(there), False)
        assert taken is not None
        params = frozenset((key, text.casefold()) for key, text in taken.head.params)
        return taken.head.name, params, taken.value.strip(), self._label(edit, line)

    @staticmethod
    def _label(edit: CardEdit, line: Line) -> str:
        """Return the label of the group a line is in, or nothing."""
        for index in edit.groups.get(line.head.group.upper(), ()) if line.head.group else ():
            other = edit.parsed[index]
            if other is not None and other is not line and other.head.name == "X-ABLABEL":
                return other.value.strip()
        return ""
