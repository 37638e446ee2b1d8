"""Values of vCard properties: text, partial dates, names and addresses in parts."""

from __future__ import annotations

import re

from crm_cli.domain.contact import Address, Email, Link, Phone
from importers.contentlines import split_escaped, unescape_text

_OLD_ESCAPE = re.compile(r"\\([;,:\\])")
_DATE = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ].*)?\Z", re.DOTALL)
_YEAR_MONTH = re.compile(r"\d{4}(?:-\d\d)?\Z")
_MONTH_DAY = re.compile(r"--(\d\d)-?(\d\d)(?:T.*)?\Z", re.DOTALL)
_EXTENSION = re.compile(r";ext=", re.IGNORECASE)
NAME_PARTS = ("family", "given", "additional", "prefix", "suffix")
ADDRESS_PARTS = ("po_box", "extended", "street", "city", "region", "postcode", "country")
# Positions in the ADR of RFC 9554: where in the house, from the building down to the room.
_STREET_NUMBER, _STREET_NAME, _INSIDE = 10, 11, (12, 9, 8, 7)


def text(value: str, old: bool) -> str:
    r"""Resolve escapes; vCard 2.1 has only those of separators, so `C:\new` stays as it is."""
    if "\\" in value:
        value = _OLD_ESCAPE.sub(r"\1", value) if old else unescape_text(value)
    return value.replace("\r\n", "\n").replace("\r", "\n") if "\r" in value else value


def parts(value: str, old: bool) -> list[str]:
    """Split a structured value at `;`; a list inside a part becomes one text joined by a blank."""
    if "\\" not in value and "\r" not in value:
        pieces = value.split(";")
        return [piece.strip() if old or "," not in piece else _join(piece.split(",")) for piece in pieces]
    split = split_escaped(value, ";")
    if old:
        return [text(piece, old).strip() for piece in split]
    return [_join([text(item, old) for item in split_escaped(piece, ",")]) for piece in split]


def _join(items: list[str]) -> str:
    return " ".join(item.strip() for item in items if item and not item.isspace())


def text_list(value: str, old: bool) -> list[str]:
    """Split a list at commas; empty items go."""
    items = (text(item, old).strip() for item in split_escaped(value, ","))
    return [item for item in items if item]


def iso_date(value: str, omit_year: str | None = None) -> str:
    """Write a date as ISO 8601, partial as in RFC 6350 (`--04-12`, `1985-04`); other text as it came.

    `omit_year` is Apple's placeholder (1604) for a birthday whose year is not known.
    """
    match = _DATE.match(value)
    if match:
        year, month, day = match.groups()
        if "01" <= month <= "12" and "01" <= day <= "31":
            return f"--{month}-{day}" if year == omit_year else f"{year}-{month}-{day}"
        return value
    match = _MONTH_DAY.match(value)
    if match and "01" <= match[1] <= "12" and "01" <= match[2] <= "31":
        return f"--{match[1]}-{match[2]}"
    return value


def vcard_date(value: str, version: str) -> str:
    """Write an ISO date as a version has it: 4.0 wants the basic form `19850412`, `--0412`."""
    if version != "4.0":
        return value
    if _DATE.match(value) and len(value) == 10:
        return value.replace("-", "")
    match = _MONTH_DAY.match(value)
    return f"--{match[1]}{match[2]}" if match else value


def is_date(value: str) -> bool:
    """Tell whether a value is a date or partial date, and not free text such as “circa 1800”."""
    return any(pattern.match(value) for pattern in (_DATE, _MONTH_DAY, _YEAR_MONTH))


def phone_text(value: str) -> str:
    """Show a number as people write it: without `tel:`, its extension as a word."""
    if value[:4].lower() == "tel:":
        value = _EXTENSION.sub(" ext. ", value[4:], count=1)
    return value


def address(value: str, old: bool, label: str | None, preferred: bool) -> Address | None:
    """Read ADR with 7 parts or with the 18 of RFC 9554; None where every part is empty.

    The single parts of RFC 9554 count only where the first seven, which repeat them for old readers, are empty.
    """
    split = parts(value, old)
    if not any(split):
        return None
    split += [""] * (18 - len(split))
    street = split[2] or " ".join(part for part in (split[_STREET_NAME], split[_STREET_NUMBER]) if part)
    extended = split[1] or ", ".join(split[index] for index in _INSIDE if split[index])
    return Address(
        po_box=split[0] or None,
        extended=extended or None,
        street=street or None,
        city=split[3] or None,
        region=split[4] or None,
        postcode=split[5] or None,
        country=split[6] or None,
        label=label,
        preferred=preferred,
    )


def with_label(item: Email | Phone | Address | Link, label: str) -> Email | Phone | Address | Link:
    """Give the same item another label."""
    return item.changed(label=label)
