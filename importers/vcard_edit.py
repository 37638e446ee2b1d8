"""Edits of a kept card: a field that changed touches its property and REV, every other line stays as it came."""

from __future__ import annotations

from importers import vcard_build as build
from importers import vcard_convert as convert
from importers.contentlines import escape_text, join_head, split_escaped, unescape_text
from importers.vcard_body import card_version, depths
from importers.vcard_fields import SOURCES
from importers.vcard_items import edit_items
from importers.vcard_read import CardReader, read_card
from importers.vcard_values import NAME_PARTS, iso_date, text_list, vcard_date

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Sequence
    from typing import Any

    from crm_cli.domain.draft import ContactDraft

SINGLES = ("name", "nickname", "title", "role", "notes", "uid", "salutation", "birthday", "anniversary")
_OF_DATES = ("VALUE", "X-APPLE-OMIT-YEAR", "CALSCALE")


def patch(raw: str, before: ContactDraft | None, after: ContactDraft, *, rev: str | None = None) -> str:
    """Give the card's text with what differs between two drafts; None for `before` reads it from the card.

    `rev` is the new REV (RFC 6350, 6.7.4, `20261122T101500Z`), written only if something changed.
    """
    read = read_card(raw, region=None)
    edit = CardEdit(raw, read)
    before = before or read
    for field in SINGLES:
        if getattr(before, field) != getattr(after, field):
            edit.single(field, getattr(after, field))
    if any(getattr(before, part) != getattr(after, part) for part in NAME_PARTS):
        edit.name_parts(before, after)
    if (before.company, before.department) != (after.company, after.department):
        edit.organisation(before, after)
    if before.kind != after.kind:
        edit.kind(after.kind)
    for field in build.ITEMS:
        if getattr(before, field) != getattr(after, field):
            edit_items(edit, field, getattr(after, field))
    if set(before.tags) != set(after.tags):
        edit.tags(before.tags, after.tags)
    if set(before.members) != set(after.members):
        edit.members(before.members, after.members)
    if before.custom != after.custom:
        edit.custom(before.custom, after.custom)
    if rev and edit.text() != raw:
        edit.single("rev", rev)
    return edit.text()


class CardEdit:
    """The lines of one card under edit; indexes stay valid because removed lines leave a gap."""

    def __init__(self, raw: str, read: ContactDraft) -> None:
        lines = raw.split("\n")
        self.lines_as_they_came = lines
        self.read = read
        self.version = card_version(lines)
        self.old = self.version == "2.1"
        self.lines: list[str | None] = list(lines)
        self.behind: dict[int, list[str]] = {}
        nested = [1, *depths(lines[1:-1]), 1]
        self.groups: dict[str, list[int]] = {}
        self.group_number = 1
        self.parsed = [
            None if deep else convert.read_line(line, self.old) for line, deep in zip(lines, nested, strict=True)
        ]

        for index, parsed in enumerate(self.parsed):
            if parsed and parsed.head.group:
                self.groups.setdefault(parsed.head.group.upper(), []).append(index)

    def text(self) -> str:
        """Give the card as it is now."""
        made: list[str] = []
        for index, line in enumerate(self.lines):
            if line is not None:
                made.append(line)
            made += self.behind.get(index, ())
        return "\n".join(made)

    def find(self, names: Container[str]) -> list[int]:
        """List the card's own lines with one of these properties."""
        return [
            index
            for index, line in enumerate(self.parsed)
            if line is not None and self.lines[index] is not None and line.head.name in names
        ]

    def name(self, index: int) -> str:
        """Give the property name of a line, empty for one that is none."""
        line = self.parsed[index]
        return line.head.name if line else ""

    def add(self, line: str, after: int | None = None) -> None:
        """Add a line in 3.0 syntax, in the card's version, behind another one or before END."""
        taken = convert.read_line(line, False)
        assert taken is not None
        self.behind.setdefault(len(self.lines) - 2 if after is None else after, []).append(self.in_version(taken))

    def put(self, line: str) -> None:
        """Add a line as it is, before END."""
        self.behind.setdefault(len(self.lines) - 2, []).append(line)

    def in_version(self, line: convert.Line) -> str:
        """Write a line in the syntax of the card."""
        return {"2.1": convert.to_v21, "3.0": convert.to_v3, "4.0": convert.to_v4}[self.version](line)

    def set_value(self, index: int, value: str, *, without: Sequence[str] = ()) -> None:
        """Give a line another value (escaped as in 3.0); its parameters stay, but for encodings and `without`."""
        line = self.parsed[index]
        assert line is not None
        self.set_line(index, [param for param in line.kept_params() if param[0] not in without], value)

    def set_line(self, index: int, params: list[tuple[str, str]], value: str, group: str | None = None) -> None:
        """Write a line again with its own name."""
        line = self.parsed[index]
        assert line is not None
        name = line.head.text.partition(";")[0].strip().rpartition(".")[2]
        head = join_head(name, params, line.head.group if group is None else group)
        taken = convert.read_line(f"{head}:{value}", False)
        assert taken is not None
        self.lines[index] = convert.to_v21(taken) if self.old else f"{head}:{value}"

    def single(self, field: str, value: str | None) -> None:
        """Set, add or remove a property that the draft has once."""
        found = self.find(SOURCES.get(field, (build.SINGLE.get(field, ""),)))
        if field == "anniversary" and not found:
            found = self._group_date()
        if not value or field == "salutation":
            for index in found:
                self.lines[index] = None
            if value:
                self.add("X-SALUTATION:" + escape_text(value))
            return
        written = self._written(field, value)
        if not found:
            self.add(f"{'FN' if field == 'name' else build.SINGLE[field]}:{written}")
            return
        self.set_value(
            found[0], written, without=("VALUE", "X-APPLE-OMIT-YEAR") if field in ("birthday", "anniversary") else ()
        )
        if field == "notes":
            for index in found[1:]:
                self.lines[index] = None
        if field == "name" and self.read.kind == "org":
            self._rename_firm(value)

    def name_parts(self, before: ContactDraft, after: ContactDraft) -> None:
        """Set the parts of N that changed; further parts of RFC 9554 stay."""
        found = self.find(("N",))
        if not found:
            self.add(build.name_line(after))
            return
        parts = self._parts(found[0], 5)
        for index, part in enumerate(NAME_PARTS):
            if getattr(before, part) != getattr(after, part):
                parts[index] = escape_text(getattr(after, part) or "")
        self.set_value(found[0], ";".join(parts))

    def organisation(self, before: ContactDraft, after: ContactDraft) -> None:
        """Set employer and department in ORG."""
        found = self.find(("ORG",))
        line = build.organisation_line(after)
        if not found:
            if line:
                self.add(line)
            return
        if line is None:
            self.lines[found[0]] = None
            return
        parts = self._parts(found[0], 1)
        if before.company != after.company:
            parts[0] = escape_text(after.company or "")
        if before.department != after.department:
            parts[1:] = [escape_text(after.department)] if after.department else []
        self.set_value(found[0], ";".join(parts))

    def kind(self, kind: str) -> None:
        """Say whether the card is a person, a firm or a group, in the words of its version."""
        for index in self.find(SOURCES["kind"]):
            self.lines[index] = None
        if self.version == "4.0":
            self.add("KIND:" + escape_text(kind))
        elif kind == "org":
            self.add("X-ABShowAs:COMPANY")
        elif kind != "individual":
            self.add("X-ADDRESSBOOKSERVER-KIND:" + escape_text(kind))

    def tags(self, before: list[str], after: list[str]) -> None:
        """Take tags out of the lines they stand in, put new ones in the first."""
        gone = set(before) - set(after)
        known = set(before)
        new = [tag for tag in after if tag not in known]
        for index in self.find(("CATEGORIES",)):
            line = self.parsed[index]
            assert line is not None
            tags = text_list(line.decoded(), self.old)
            kept = [tag for tag in tags if tag not in gone] + new
            if kept != tags:
                self.lines[index] = None
                if kept:
                    self.set_value(index, ",".join(map(escape_text, kept)))
            new = []
        if new:
            self.add("CATEGORIES:" + ",".join(map(escape_text, new)))

    def members(self, before: list[str], after: list[str]) -> None:
        """Add and remove the members of a group."""
        gone, known = set(before) - set(after), set(before)
        for index in self.find(SOURCES["members"]):
            line = self.parsed[index]
            if line and line.value.strip() in gone:
                self.lines[index] = None
        name = "MEMBER" if self.version == "4.0" else "X-ADDRESSBOOKSERVER-MEMBER"
        for member in after:
            if member not in known:
                self.add(f"{name}:{build.single_value('uid', member)}")

    def custom(self, before: dict[str, Any], after: dict[str, Any]) -> None:
        """Set the fields the user declared."""
        for field in {**before, **after}:
            if before.get(field) == after.get(field):
                continue
            line = build.custom_line(field, after.get(field))
            found = self.find((line.partition(":")[0],))
            if after.get(field) is None:
                for index in found:
                    self.lines[index] = None
            elif found:
                self.set_value(found[0], line.partition(":")[2])
            else:
                self.add(line)

    def item_lines(self, field: str) -> list[int]:
        """Give for each item of a list, as the card was read, the index of its line."""
        reader = CardReader(None)
        reader.begin(type(self.read)(), old=self.old)
        found = []
        for index, line in enumerate(self.parsed):
            if line is None:
                continue
            before = len(getattr(reader.draft, field))
            reader.take(f"{line.head.text}:{line.value}")
            if len(getattr(reader.draft, field)) > before:
                found.append(index)
        return found

    def free_group(self) -> str:
        """Name a group no line is in yet."""
        while f"ITEM{self.group_number}" in self.groups:
            self.group_number += 1
        name = f"item{self.group_number}"
        self.groups[name.upper()] = []
        return name

    def _parts(self, index: int, least: int) -> list[str]:
        line = self.parsed[index]
        assert line is not None
        parts = split_escaped(line.decoded(), ";")
        return parts + [""] * (least - len(parts))

    def _written(self, field: str, value: str) -> str:
        if field in ("birthday", "anniversary"):
            return escape_text(vcard_date(iso_date(value), self.version))
        if field == "nickname":
            return ",".join(escape_text(name.strip()) for name in value.split(","))
        return build.single_value(field, value)

    def _rename_firm(self, name: str) -> None:
        for index in self.find(("ORG",)):
            parts = self._parts(index, 1)
            line = self.parsed[index]
            assert line is not None
            if unescape_text(parts[0]) == self.read.name:
                parts[0] = escape_text(name)
                self.set_value(index, ";".join(parts))

    def _group_date(self) -> list[int]:
        groups = set()
        for index in self.find(("X-ABLABEL",)):
            line = self.parsed[index]
            if line and "anniversary" in line.value.lower():
                groups.add(line.head.group.upper())
        dates = [(index, self.parsed[index]) for index in self.find(("X-ABDATE",))]
        return [index for index, line in dates if line and line.head.group.upper() in groups]
