"""jCard, the JSON form of vCard 4.0 (RFC 7095): every line of a card as `[name, parameters, type, value…]`."""

from __future__ import annotations

import re

from importers import vcard_convert as convert
from importers.contentlines import param_values, split_escaped, unescape_text
from importers.vcard_body import card_version, own_lines
from importers.vcard_write import text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from crm_cli.domain.draft import ContactDraft

_TYPES = {
    **dict.fromkeys(("BDAY", "ANNIVERSARY", "DEATHDATE"), "date-and-or-time"),
    **dict.fromkeys(("REV", "CREATED"), "timestamp"),
    **dict.fromkeys(
        "UID SOURCE PHOTO IMPP GEO LOGO MEMBER RELATED SOUND URL KEY FBURL CALADRURI CALURI SOCIALPROFILE"
        " ORG-DIRECTORY CONTACT-URI".split(),
        "uri",
    ),
    "LANG": "language-tag",
    "LANGUAGE": "language-tag",
}
_TEXTS = frozenset(
    "FN N NICKNAME GENDER ADR TEL EMAIL TZ TITLE ROLE ORG CATEGORIES NOTE PRODID CLIENTPIDMAP KIND XML"
    " BIRTHPLACE DEATHPLACE EXPERTISE HOBBY INTEREST GRAMGENDER PRONOUNS".split()
)
_STRUCTURED = frozenset(("N", "ADR", "ORG", "GENDER", "CLIENTPIDMAP"))
_LISTS = frozenset(("NICKNAME", "CATEGORIES"))
_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)(T.*)?\Z")
_MONTH_DAY = re.compile(r"--(\d\d)(\d\d)\Z")
_TIME = re.compile(r"T(\d\d)(\d\d)(\d\d)")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def jcard(card: ContactDraft | str) -> list[Any]:
    """Give a card as `["vcard", [property, …]]`, version 4.0; lines that are no property come as text."""
    raw = text_of(card)
    lines = raw.split("\n")
    old = card_version(lines) == "2.1"
    properties: list[list[Any]] = [["version", {}, "text", "4.0"]]
    for line in own_lines(lines, raw):
        taken = convert.read_line(line, old)
        if taken is None:
            properties.append([convert.UNREADABLE.lower(), {}, "text", line])
        elif taken.head.name != "VERSION":
            properties.append(_property(taken))
    return ["vcard", properties]


def write(cards: Iterable[ContactDraft | str]) -> Iterator[bytes]:
    """Yield a JSON array of jCards, one to a line."""
    import json

    start = "[\n"
    for card in cards:
        yield (start + json.dumps(jcard(card), ensure_ascii=False)).encode("utf-8", "replace")
        start = ",\n"
    yield b"[]\n" if start == "[\n" else b"\n]\n"


def _property(line: convert.Line) -> list[Any]:
    taken = convert.read_line(convert.to_v4(line), False) or line
    name = taken.head.name
    params: dict[str, Any] = {"group": taken.head.group} if taken.head.group else {}
    kind = None
    for key, text in taken.head.params:
        values = param_values(text.replace('"', "") if key == "TYPE" else text)
        if key == "VALUE":
            kind = values[0].lower()
        elif key:
            known = params.get(key.lower(), [])
            values = [*(known if isinstance(known, list) else [known]), *values]
            params[key.lower()] = values[0] if len(values) == 1 else values
    kind = kind or _default_type(name, taken.value)
    return [name.lower(), params, kind, *_values(name, kind, taken.value)]


def _default_type(name: str, value: str) -> str:
    kind = _TYPES.get(name) or ("text" if name in _TEXTS else "unknown")
    return "text" if kind == "uri" and not _URI.match(value) else kind


def _values(name: str, kind: str, value: str) -> list[Any]:
    if name in _STRUCTURED:
        return [[_component(part) for part in split_escaped(value, ";")]]
    if name in _LISTS:
        return [unescape_text(item) for item in split_escaped(value, ",")]
    if kind in ("uri", "unknown"):
        return [value]
    if kind in ("date-and-or-time", "timestamp", "date", "date-time"):
        return [extended_date(value)]
    return [unescape_text(value)]


def _component(part: str) -> str | list[str]:
    items = [unescape_text(item) for item in split_escaped(part, ",")]
    return items[0] if len(items) == 1 else items


def extended_date(value: str) -> str:
    """Write a date or timestamp in ISO 8601's extended form, as RFC 7095, 3.5 wants it."""
    match = _DATE.match(value)
    if match:
        date = f"{match[1]}-{match[2]}-{match[3]}"
        return date + _TIME.sub(r"T\1:\2:\3", match[4] or "")
    return _MONTH_DAY.sub(r"--\1-\2", value)
