"""What goes in and out of the store in foreign formats: the report of an import, and a record beside its card."""

from __future__ import annotations

from crm_cli.domain.names import name_key, name_words
from crm_cli.domain.record import Record
from crm_cli.domain.sync_card import identity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from crm_cli.domain.three_way import Facts, Item

UPDATE, SKIP, ASK, ADD = "update", "skip", "ask", "add"
ON_DUPLICATE = (UPDATE, SKIP, ASK)
_LISTS = ("emails", "phones", "addresses", "links", "tags")


class ImportReport:
    """What an import did; `refused` holds `file`, `line` (from 1; 0 = the file) and `reason`, `undo` a command.

    `same` counts the items that changed nothing, `possible_duplicates` pairs of ids (None for a record a dry run made).
    """

    __slots__ = ("changed", "new", "possible_duplicates", "refused", "same", "undo")

    def __init__(
        self,
        *,
        new: int,
        changed: int,
        same: int,
        refused: Sequence[dict[str, Any]],
        possible_duplicates: Sequence[tuple[str | None, str | None]],
        undo: str | None,
    ) -> None:
        self.new = new
        self.changed = changed
        self.same = same
        self.refused = refused
        self.possible_duplicates = possible_duplicates
        self.undo = undo

    def as_json(self) -> dict[str, Any]:
        """Return the keys scripts rely on."""
        names = ("new", "changed", "same", "refused", "possible_duplicates", "undo")
        return {name: getattr(self, name) for name in names}


class ColumnPreview(Record):
    """How one column of a table would be read: where it goes, and what the first rows hold."""

    column: str
    field: str
    sample: str


class Preview(Record):
    """The report of a trial import, and how each column of the table was read; as JSON it is the report."""

    report: ImportReport
    columns: tuple[ColumnPreview, ...]

    def as_json(self) -> ImportReport:
        """Return what scripts read: the same as of an import."""
        return self.report


class Written(Record):
    """What an export wrote: the file or folder, how many records, and how many files were as they should be."""

    path: str
    records: int
    unchanged: int = 0


def company_key(name: str) -> str:
    """Return the key that spellings of one firm's name share: case, umlauts, signs and the way to write `& Co.`."""
    return name_key(name_words(name), name)


def aligned(card: Facts, record: Facts) -> Facts:
    """Return the facts of a record as they would stand on a card, so that only what was edited differs.

    The store keeps the same thing in a form of its own: the firm in the spelling of its record, a tag in the one
    already in use, items with the preferred one first; and it prefers the first item where a card prefers none.
    """
    if record == card:
        return record
    made = dict(record)
    ours, theirs = record.get("company"), card.get("company")
    if ours and theirs and company_key(ours) == company_key(theirs):
        made["company"] = theirs
    for name in _LISTS:
        if name in made and name in card and made[name] != card[name]:
            made[name] = _as_on_card(name, card[name], made[name])
    return made


def _as_on_card(name: str, card: list[Item], record: list[Item]) -> list[Item]:
    left: dict[object, list[Item]] = {}
    for item in _without_implied(name, card, record):
        left.setdefault(identity(name, item), []).append(item)
    found = []
    for item in card:
        key = identity(name, item)
        twins = left.get(key)
        if twins:
            exact = next((twin for twin in twins if twin == item), twins[0])
            twins.remove(exact)
            found.append(item if name == "tags" else exact)
        elif name == "tags" and key in left:  # kept once, however often a card repeats it in other spellings
            found.append(item)
    return found + [item for items in left.values() for item in items]


def _without_implied(name: str, card: list[Item], record: list[Item]) -> list[Item]:
    """Take the preference away that the store gave to the first item of a card without any."""
    if any(item.get("preferred") for item in card):
        return record
    there = {identity(name, item) for item in record}
    first = next((key for key in (identity(name, item) for item in card) if key in there), None)
    return [
        {key: value for key, value in item.items() if key != "preferred"} if identity(name, item) == first else item
        for item in record
    ]
