"""Fields that users declare for themselves, and the check of every value that is set."""

from __future__ import annotations

import re

from crm_cli.domain.record import Record
from crm_cli.domain.text import distance, fold
from crm_cli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

ENTITIES = ("contact", "company", "deal")
TYPES = ("text", "number", "date", "bool", "choice", "ref")

_ENTITY_WORDS = {
    "contacts": "contact",
    "kontakt": "contact",
    "kontakte": "contact",
    "person": "contact",
    "companies": "company",
    "firma": "company",
    "firmen": "company",
    "deals": "deal",
}
# The words a query gives a meaning of its own.
_RESERVED = frozenset(
    """id uid kind name given family additional prefix suffix nickname salutation email emails mail phone phones
    address addresses street city postcode region country link links company companies contact contacts title
    department birthday tag tags custom owner notes created updated created_at updated_at last_contact
    last_contact_at cadence task deal segment stage status value currency probability expected closed reason
    has no not or and""".split()
)
_NAME = re.compile(r"[^\W\d_][\w-]{0,39}")
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([.,' ])\d{3})(?:\1\d{3})*(?:[.,]\d+)?")
_TRUE = frozenset(("yes", "y", "true", "on", "1", "ja", "j", "wahr"))
_FALSE = frozenset(("no", "n", "false", "off", "0", "nein", "falsch"))


class CustomField(Record):
    """A declared field; `choices` are the values a `choice` may have. A `ref` holds the id of a contact or company."""

    entity: str
    name: str
    type: str
    choices: tuple[str, ...] = ()


def read_entity(text: str) -> str:
    """Return the entity a word stands for (`contact`, `Kontakt`); raises UsageError."""
    word = text.strip().lower()
    entity = _ENTITY_WORDS.get(word, word)
    if entity not in ENTITIES:
        raise UsageError("“{text}” has no fields of its own.", text=text, hint="contact, company or deal")
    return entity


def declared(entity: str, name: str, type: str, choices: Iterable[str] = ()) -> CustomField:
    """Return a checked declaration; raises UsageError for a bad name, type or list of choices."""
    name = name.strip()
    if not _NAME.fullmatch(name):
        raise UsageError(
            "“{name}” cannot be the name of a field.", name=name, hint="A letter, then letters, digits, - or _."
        )
    if fold(name).replace("-", "_") in _RESERVED:
        raise UsageError("“{name}” is a field already.", name=name, hint="crm contact add --help lists its options.")
    if type not in TYPES:
        raise UsageError("“{type}” is not a type of field.", type=type, hint="text, number, date, bool, choice or ref")
    kept = tuple(dict.fromkeys(choice.strip() for choice in choices if choice.strip()))
    if type == "choice" and not kept:
        raise UsageError(
            "The choice “{name}” has nothing to choose from.", name=name, hint="Give --choice once for each value."
        )
    if type != "choice" and kept:
        raise UsageError("--choice belongs to the type choice.")
    return CustomField(entity, name, type, kept)


def split_pair(text: str) -> tuple[str, str]:
    """Split `NAME=VALUE`; raises UsageError where either is missing."""
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise UsageError("“{text}” is not NAME=VALUE.", text=text)
    if not value.strip():
        raise UsageError("“{name}” has no value.", name=name.strip(), hint="--clear {name} takes a value away.")
    return name.strip(), value.strip()


def named(fields: Iterable[CustomField], name: str) -> CustomField | None:
    """Return the declared field of this name, whatever its case."""
    key = fold(name)
    return next((field for field in fields if fold(field.name) == key), None)


def undeclared(fields: Iterable[CustomField], entity: str, name: str) -> UsageError:
    """Return the failure for a field nobody declared: the nearest name and the command that declares it."""
    key = fold(name)
    near = sorted((distance(key, fold(field.name), 2), field.name) for field in fields)
    if near and near[0][0] <= 2:
        return UsageError(
            "{entity} has no field “{name}”; did you mean “{nearest}”?",
            entity=entity,
            name=name,
            nearest=near[0][1],
            hint="To declare it: crm field add {entity} {name} text",
        )
    return UsageError(
        "{entity} has no field “{name}”.",
        entity=entity,
        name=name,
        hint="To declare it: crm field add {entity} {name} text",
    )


def read_value(field: CustomField, text: str) -> str | int | float | bool:
    """Return the value a typed text has in this field; raises UsageError.

    A `ref` is returned as typed: which record it means is for the resolver. Dates become ISO 8601.
    """
    if field.type == "number":
        return _number(field, text)
    if field.type == "date":
        from crm_cli.domain.day import read_day

        return read_day(text)
    if field.type == "bool":
        return _bool(field, text)
    if field.type == "choice":
        key = fold(text)
        for choice in field.choices:
            if fold(choice) == key:
                return choice
        raise UsageError(
            "“{text}” is not one of the values of {name}: {choices}.",
            text=text,
            name=field.name,
            choices=", ".join(field.choices),
        )
    return text


def _number(field: CustomField, text: str) -> int | float:
    """Read a German or English number; `12.500` could be either and is refused."""
    typed = text.strip().replace("\u00a0", " ").replace("\u202f", " ").replace("−", "-")
    mark = typed.replace(",", ".").find(".")
    if _PLAIN_NUMBER.fullmatch(typed):
        if mark >= 0 and len(typed) - mark == 4 and 1 <= len(typed[:mark].lstrip("+-")) <= 3 and typed[0] != "0":
            raise UsageError(
                "“{text}” can be read two ways.",
                text=text,
                hint="Write it without separators, or with another number of decimals.",
            )
        return float(typed.replace(",", ".")) if mark >= 0 else int(typed)
    match = _GROUPED.fullmatch(typed)
    if match is None:
        raise UsageError("“{text}” is not a number for {name}.", text=text, name=field.name)
    digits = typed.replace(match[1], "")
    decimal = digits.replace(",", ".")
    if decimal.count(".") > 1:
        raise UsageError("“{text}” is not a number for {name}.", text=text, name=field.name)
    return float(decimal) if "." in decimal else int(decimal)


def _bool(field: CustomField, text: str) -> bool:
    word = text.strip().lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise UsageError("“{text}” is neither yes nor no, as {name} needs.", text=text, name=field.name)
