"""How records look as rows: one file for each module that defines record types.

The fields of a type defined in `….contact` (any package) stand in `crm_cli/fields/contact.py`:

    FIELDS = {"Contact": (Field("id", "Id", kind="id"), Field("name", "Name"), …)}
    CARDS = {"Contact": card}       # optional: card(record, page) -> lines, the table form of one record

so that a command loads only what it prints. A type without a file is shown with all its attributes.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


class Field:
    """One column. `name` is the JSON key and the word for `--columns` and `--sort`; `heading` is an English text.

    `kind` says how a cell is shown to people: `text`, `id` (never shortened), `number` (right-aligned), `money`,
    `when` (an ISO date or date-time), `month` (`2025-12`), `percent`, `size` (bytes) or `word` (one of ours, in the
    language in use).
    `get` reads the value where it is not the attribute `name`. `listed` puts the column into the default table; CSV
    and TSV have all columns.
    """

    __slots__ = ("get", "heading", "kind", "listed", "name")

    def __init__(
        self,
        name: str,
        heading: str,
        *,
        kind: str = "text",
        get: Callable[[Any], object] | None = None,
        listed: bool = True,
    ) -> None:
        self.name = name
        self.heading = heading
        self.kind = kind
        self.get = get
        self.listed = listed

    def value(self, record: Any) -> object:
        """Return the field's value in one record (an object or a dict)."""
        if self.get is not None:
            return self.get(record)
        if isinstance(record, dict):
            return record.get(self.name)
        return getattr(record, self.name, None)


_KINDS = {
    "id": "id",
    "due": "when",
    "at": "when",
    "birthday": "when",
    "probability": "percent",
    "score": "number",
}


def fields_of(record: object) -> tuple[Field, ...]:
    """Return the columns of a record: declared ones, else its keys or attributes."""
    if isinstance(record, dict):
        return tuple(_plain_field(key) for key in record)
    declared = _declared(type(record), "FIELDS")
    if declared is not None:
        found: tuple[Field, ...] = declared
        return found
    return tuple(_plain_field(name) for name in attribute_names(type(record)))


def card_of(record: object) -> Callable[[Any, Any], Any] | None:
    """Return the function that shows one record of this type as a page, or None."""
    card: Callable[[Any, Any], Any] | None = _declared(type(record), "CARDS")
    return card


def _declared(kind: type, table: str) -> Any:
    for base in kind.__mro__[:-1]:
        name = f"crm_cli.fields.{base.__module__.rpartition('.')[2]}"
        try:
            __import__(name)
        except ModuleNotFoundError as error:
            if error.name != name:
                raise
            continue
        found = getattr(sys.modules[name], table, {}).get(base.__name__)
        if found is not None:
            return found
    return None


def _plain_field(name: str) -> Field:
    kind = _KINDS.get(name, "when" if name.endswith("_at") else "text")
    return Field(name, name, kind=kind)


def attribute_names(kind: type) -> tuple[str, ...]:
    """Return the public attributes of a slotted class in the order of their definition."""
    declared = getattr(kind, "__match_args__", None)
    if declared is not None:
        return tuple(declared)
    names: list[str] = []
    for base in reversed(kind.__mro__):
        slots = base.__dict__.get("__slots__", ())
        names += [slots] if isinstance(slots, str) else list(slots)
    return tuple(name for name in names if not name.startswith("_"))
