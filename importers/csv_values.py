"""What a cell holds: dates, phone and mail shapes, several values in one cell.

A date is read only where it can mean one thing; everything else stays text.
"""

from __future__ import annotations

import re
from datetime import date

from crm_cli.domain.text import fold_weak

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janner janvier enero gennaio",
            "feb february februar feber fevrier febrero febbraio",
            "mar march marz mrz mars marzo maerz",
            "apr april avril abril aprile",
            "may mai mayo maggio",
            "jun june juni juin junio giugno",
            "jul july juli juillet julio luglio",
            "aug august aout agosto",
            "sep sept september septembre septiembre settembre",
            "oct october okt oktober octobre octubre ottobre",
            "nov november novembre noviembre",
            "dec december dez dezember decembre diciembre dicembre",
        ),
        1,
    )
    for name in names.split()
}
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:Z|[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]\d\d:?\d\d)?)?")
_PLAIN = re.compile(r"(\d{4})(\d\d)(\d\d)")
_NO_YEAR = re.compile(r"--(\d\d)-?(\d\d)|(\d{1,2})\.\s?(\d{1,2})\.")
_PARTED = re.compile(r"(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4}|\d\d)(?: 0?0:00(?::00)?)?")
_WORDED = re.compile(r"(\d{1,2})(?:\.|st|nd|rd|th)?[ \-]+([^\W\d_]{3,10})\.?,?[ \-]+(\d{4})")
_WORDED_FIRST = re.compile(r"([^\W\d_]{3,10})\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})")
_NO_DATE = re.compile(r"[0/.\- :T]+")
_DATE_LIMIT = 64

_MAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+")
_NAMED_MAIL = re.compile(r"[^<>@]*<([^\s@<>]+@[^\s@<>]+)>")
_PHONE = re.compile(r"[+(\d][\d\s().\-–/+x*#]{4,38}")
_PHONE_SEPARATOR = re.compile(r"\s*(?::::|[;\n|]|,)\s*")
_MAIL_SEPARATOR = re.compile(r"\s*(?::::|[;,\n|])\s*|\s+")
_NOTHING = frozenset(
    ("n/a", "na", "none", "null", "nil", "nan", "#n/a", "#nv", "k.a.", "k. a.", "keine", "unbekannt", "unknown")
)


def is_mail(text: str) -> bool:
    """Say whether the text is one e-mail address by its shape."""
    return len(text) < 320 and _MAIL.fullmatch(text) is not None


def is_phone(text: str) -> bool:
    """Say whether the text is one phone number by its shape (five digits or more, no letters)."""
    return 5 <= sum(map(str.isdigit, text[:40])) <= 20 and _PHONE.fullmatch(text) is not None and not is_date(text)


def is_date(text: str) -> bool:
    """Say whether the text begins like a date in figures."""
    return bool(_ISO.match(text) or _PARTED.fullmatch(text))


def is_link(text: str) -> bool:
    """Say whether the text is a web address by its beginning."""
    return text[:8].lower().startswith(("http://", "https://", "www.")) and not any(map(str.isspace, text))


def is_data(text: str) -> bool:
    """Say whether the cell can't be a header: a mail or web address, a number, a date."""
    return is_mail(text) or is_link(text) or is_phone(text) or is_date(text) or text.replace(".", "").isdigit()


def is_nothing(text: str) -> bool:
    """Say whether a reach cell holds only a word for “none” (`n/a`, `-`, `unbekannt`)."""
    return not any(map(str.isalnum, text)) or text.lower() in _NOTHING


def split_mails(text: str) -> list[str]:
    """Split a cell of addresses; a text that is not only addresses stays whole."""
    if named := _NAMED_MAIL.fullmatch(text):
        return [named[1]]
    parts = [part for part in _MAIL_SEPARATOR.split(text) if part]
    if len(parts) > 1 and all(map(is_mail, parts)):
        return parts
    groups = [part for part in text.split(" ::: ") if part.strip()]
    return [part.strip() for part in groups] or [text]


def split_phones(text: str) -> list[str]:
    """Split a cell of numbers; a text that is not only numbers stays whole (but for Google's ` ::: `)."""
    parts = [part for part in _PHONE_SEPARATOR.split(text) if part]
    if len(parts) > 1 and all(map(is_phone, parts)):
        return parts
    groups = [part.strip() for part in text.split(" ::: ") if part.strip()]
    return groups or [text]


def split_tags(text: str) -> list[str]:
    """Split a cell of tags at ` ::: `, else `;`, else `,`; Google's system groups are no tags."""
    separator = next((mark for mark in (":::", ";", ",", "\n") if mark in text), None)
    parts = text.split(separator) if separator else [text]
    found: list[str] = []
    for part in parts:
        tag = part.strip()
        system = tag.startswith("* ")
        tag = tag[2:].strip() if system else tag
        if tag == "myContacts" or (system and tag == "My Contacts"):
            continue
        if tag and tag not in found:
            found.append(tag)
    return found


def day_first(values: Iterable[str]) -> bool | None:
    """Tell the order of a column's dates in figures: True for day first, False for month first, None if open.

    One value with 13 or more in a place settles it; values that contradict each other leave it open.
    """
    seen = set()
    for value in values:
        match = _PARTED.fullmatch(value)
        if match and match[2] != ".":
            if int(match[1]) > 12 >= int(match[3]):
                seen.add(True)
            elif int(match[3]) > 12 >= int(match[1]):
                seen.add(False)
    return seen.pop() if len(seen) == 1 else None


def read_date(text: str, *, order: bool | None = None) -> str | None:
    """Give an ISO date (`--04-12` without a year), the text itself where it is not certain, None for “no date”.

    `order` is what `day_first` said of the column. Dots mean day first; a year of two digits is read as
    19… from 30 on, below that it could be either century and the text stays.
    """
    value = text.strip()
    if not value or _NO_DATE.fullmatch(value) or len(value) > _DATE_LIMIT:
        return value if len(value) > _DATE_LIMIT else None
    for shape in (_ISO, _PLAIN):
        if match := shape.fullmatch(value):
            return _iso(match[1], match[2], match[3]) or value
    if match := _NO_YEAR.fullmatch(value):
        month, day = (match[1], match[2]) if match[1] else (match[4], match[3])
        return date_of("", month, day) or value
    if match := _PARTED.fullmatch(value):
        return _parted(match, order) or value
    if match := _WORDED.fullmatch(value):
        return _iso(match[3], _MONTHS.get(fold_weak(match[2]), 0), match[1]) or value
    if match := _WORDED_FIRST.fullmatch(value):
        return _iso(match[3], _MONTHS.get(fold_weak(match[1]), 0), match[2]) or value
    return value


def date_of(year: str, month: str, day: str) -> str | None:
    """Put a date together from its parts; the year may be empty. None if that is no date."""
    known = _iso(year or "2000", month, day)
    return known if year or known is None else f"-{known[4:]}"


def _parted(match: re.Match[str], order: bool | None) -> str | None:
    first, second, year = int(match[1]), int(match[3]), match[4]
    if len(year) == 2:
        if int(year) < 30:
            return None
        year = f"19{year}"
    if match[2] == "." or first > 12 or order is True or first == second:
        return _iso(year, second, first)
    if second > 12 or order is False:
        return _iso(year, first, second)
    return None


def _iso(year: str, month: str | int, day: str | int) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
