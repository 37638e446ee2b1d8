"""Where a column goes: the little language of `--map "Header=field"`, and a column mapping as a value.

A target is written `field`, `field:label`, `field#2` (the second group of a
numbered set) or `field.aspect`: `family`, `phone:mobile`, `city:work`,
`email#2.label`, `street.2:home`, `custom:VAT id`, `skip`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from crm_cli.errors import UsageError
from importers.csv_words import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

NAME_PARTS = ("given", "family", "additional", "prefix", "suffix", "nickname", "salutation")
SINGLE = (
    *("name", *NAME_PARTS, "company", "department", "title", "role"),
    *("birthday", "anniversary", "notes", "owner", "uid", "kind"),
)
REACH = ("email", "phone", "url", "im", "social")
POSTAL = ("street", "extended", "po_box", "postcode", "city", "region", "country", "formatted", "place")
LOOSE = ("relation", "event", "custom")
FIELDS = frozenset((*SINGLE, *REACH, *POSTAL, *LOOSE, "tags", "address", "skip"))

_ASPECTS = {
    "birthday": frozenset({"year", "month", "day"}),
    "email": frozenset({"label", "preferred", "display"}),
    "phone": frozenset({"label"}),
    "url": frozenset({"label"}),
    "im": frozenset({"label", "service"}),
    "social": frozenset({"label"}),
    "address": frozenset({"label"}),
    "street": frozenset({"2", "3", "number"}),
    "relation": frozenset({"label"}),
    "event": frozenset({"label"}),
    "custom": frozenset({"label"}),
}
_SHAPE = re.compile(r"([a-z_]+)(?:#(\d{1,3}))?(?:\.([a-z0-9]+))?(?::(.+))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Target:
    """One column's place: `field`, its group (0 = none), its aspect and its label (empty = none)."""

    field: str
    group: int = 0
    aspect: str = ""
    label: str = ""

    def __str__(self) -> str:
        group = f"#{self.group}" if self.group else ""
        aspect = f".{self.aspect}" if self.aspect else ""
        return self.field + group + aspect + (f":{self.label}" if self.label else "")


@lru_cache(maxsize=2048)
def parse_target(text: str) -> Target:
    """Read a target as it is written; raises UsageError naming the nearest fields."""
    written = text.strip()
    match = _SHAPE.fullmatch("skip" if written in {"", "-"} else written)
    if match is None or match[1] not in FIELDS:
        near = get_close_matches(written.lower().partition(":")[0], sorted(FIELDS), n=3, cutoff=0.5)
        raise UsageError(
            "Unknown field “{field}” for a column.",
            hint="Fields: {fields}.",
            field=written,
            fields=", ".join(near or sorted(FIELDS - {"place", "formatted"})),
        )
    field, group, aspect, label = match[1], int(match[2] or 0), match[3] or "", (match[4] or "").strip()
    if aspect and aspect not in _ASPECTS.get(field, ()):
        raise UsageError("The field “{field}” has no part “{aspect}”.", field=field, aspect=aspect)
    return Target(field, group, aspect, label)


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which column goes where: `columns` holds (header, target) in the order of the file.

    `has_header` is False for a file that starts with data; its columns are called `1`, `2`, ….
    A header that occurs twice is told apart by its number: `Email`, `Email 2`.
    """

    name: str
    columns: tuple[tuple[str, str], ...]
    has_header: bool = True

    @classmethod
    def by_position(cls, targets: Sequence[str], *, name: str = "") -> Mapping:
        """Map a file without a header: one target a column, `-` to leave one out (kept as custom by `custom`)."""
        columns = tuple((str(number), str(parse_target(target))) for number, target in enumerate(targets, 1))
        return cls(name, columns, has_header=False)

    def apply_overrides(self, pairs: Iterable[str]) -> Mapping:
        """Return the mapping with `Header=field` pairs put over it; an unknown header is a UsageError."""
        columns = list(self.columns)
        places = {_key(header): place for place, (header, _) in reversed(list(enumerate(columns)))}
        for pair in pairs:
            header, equals, target = pair.rpartition("=")
            if not equals:
                raise UsageError("“{pair}” is not of the form Header=field.", pair=pair)
            place = places.get(_key(header))
            if place is None:
                near = get_close_matches(header, [name for name, _ in columns], n=3, cutoff=0.4)
                raise UsageError(
                    "The file has no column “{header}”.",
                    hint="Columns: {columns}.",
                    header=header,
                    columns=", ".join(near or [name for name, _ in columns]),
                )
            columns[place] = (columns[place][0], str(parse_target(target)))
        return Mapping(self.name, tuple(columns), self.has_header)

    def fit(self, found: Mapping) -> Mapping:
        """Lay a saved mapping over the columns found in a file; columns it does not name stay as found.

        A mapping by position counts columns; what lies behind its last one is kept as custom.
        """
        if not self.has_header:
            targets = [target for _, target in self.columns]
            targets += ["custom"] * (len(found.columns) - len(targets))
            headers = [header for header, _ in found.columns]
            headers += [header for header, _ in self.columns[len(headers) :]]
            return Mapping(self.name, tuple(zip(headers, targets, strict=True)), found.has_header)
        known = {_key(header): target for header, target in self.columns}
        columns = tuple((header, known.get(_key(header), target)) for header, target in found.columns)
        return Mapping(self.name, columns, found.has_header)

    def to_dict(self) -> dict[str, Any]:
        """Give the mapping as plain data, ready for JSON."""
        return {"name": self.name, "has_header": self.has_header, "columns": [list(pair) for pair in self.columns]}

    @classmethod
    def from_dict(cls, data: Any) -> Mapping:
        """Read what `to_dict` gave; raises UsageError when it is damaged."""
        try:
            columns = tuple((str(header), str(parse_target(str(target)))) for header, target in data["columns"])
            return cls(str(data.get("name", "")), columns, bool(data.get("has_header", True)))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise UsageError("The saved column mapping is damaged.") from error


def _key(header: str) -> str:
    """Fold a header so that blanks, case and signs don't matter."""
    return re.sub(r"[\W_]+", " ", fold(header)).strip() or header.strip()
