"""Foreign formats: which there are, and which one a file is in.

A codec is a module with `read(stream, *, source, region)`, which yields drafts
and refusals, or `write(items, …)`, which yields bytes, or both. It is imported
when it is used. Other packages add codecs through the entry-point group
`crm_cli.importers`: a module of that form under the name of the format, with
`sniff(start: bytes, name: str) -> bool` if its files can be told.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

SNIFF_SIZE = 4096
"""How many bytes of a file's start `sniff` wants."""

READERS = {
    "vcard": "importers.vcard",
    "ical": "importers.ical",
    "jcal": "importers.jcal",
    "jsonl": "importers.jsonl",
    "json": "importers.jsonl",
    "csv": "importers.csv_file",
    "xlsx": "importers.xlsx",
    "abook": "importers.abook",
}
WRITERS = {
    "vcard": "importers.vcard",
    "jcard": "importers.jcard",
    "jscontact": "importers.jscontact",
    "ical": "importers.ical",
    "jcal": "importers.jcal",
    "csv": "importers.csv_file",
    "xlsx": "importers.xlsx",
    "abook": "importers.abook",
}
ENTRY_POINTS = "crm_cli.importers"

_VCARD = re.compile(r"^[^\S\n]*(?:[\w-]*\.)?[^\S\n]*BEGIN[^\S\n]*:[^\S\n]*VCARD\b", re.IGNORECASE | re.MULTILINE)
_CALENDAR = re.compile(
    r"^[^\S\n]*BEGIN[^\S\n]*:[^\S\n]*V(?:CALENDAR|EVENT|TODO|JOURNAL|FREEBUSY|AVAILABILITY)\b",
    re.IGNORECASE | re.MULTILINE,
)
_JCAL = re.compile(r"\[\s*(?:\[\s*)?\"vcalendar\"", re.IGNORECASE)
_OTHER = re.compile(r"^[^\S\n]*BEGIN[^\S\n]*:[^\S\n]*V(?!CARD)", re.IGNORECASE | re.MULTILINE)
_PROPERTY = re.compile(r"^(?:[\w-]*\.)?(?:VERSION|N|FN|EMAIL|TEL|ORG)(?:;[^:\n]*)?:", re.IGNORECASE | re.MULTILINE)
_ENDINGS = {
    ".vcf": "vcard",
    ".vcard": "vcard",
    **dict.fromkeys((".ics", ".ical", ".icalendar", ".ifb", ".vcs"), "ical"),
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
}


def sniff(start: bytes, name: str = "") -> str | None:
    """Tell the format of a file by its first bytes, then by its name; None where neither says.

    `start` may be in any encoding. The content wins: a `.txt` may hold cards.
    """
    if start.startswith(b"PK\x03\x04"):
        return "xlsx"
    text = _text(start)
    card, calendar = _VCARD.search(text), _CALENDAR.search(text)
    if card and not (calendar and calendar.start() < card.start()):
        return "vcard"
    if calendar:
        return "ical"
    stripped = text.lstrip()
    if _JCAL.match(stripped):
        return "jcal"
    if stripped[:1] == "{" or (stripped[:1] == "[" and stripped[1:].lstrip()[:1] in ("{", "]")):
        return "jsonl" if stripped[0] == "{" else "json"
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    if ending in _ENDINGS:
        return _ENDINGS[ending]
    if _PROPERTY.search(text) and not _OTHER.search(text):
        return "vcard"
    if _is_abook(start, name):
        return "abook"
    return _foreign(start, name) or ("csv" if _is_csv(start, name) else None)


def reader(kind: str) -> ModuleType | None:
    """Import the codec that reads a format; None where there is none."""
    return _codec(READERS, kind, "read")


def writer(kind: str) -> ModuleType | None:
    """Import the codec that writes a format; None where there is none."""
    return _codec(WRITERS, kind, "write")


def _codec(built_in: dict[str, str], kind: str, function: str) -> ModuleType | None:
    import importlib

    if kind in built_in:
        return importlib.import_module(built_in[kind])
    for name, module in _entry_points():
        if name == kind and hasattr(module, function):
            return module
    return None


def _foreign(start: bytes, name: str) -> str | None:
    for kind, module in _entry_points():
        if hasattr(module, "sniff") and module.sniff(start, name):
            return kind
    return None


def _entry_points() -> Iterator[tuple[str, ModuleType]]:
    from importlib.metadata import entry_points

    for point in sorted(entry_points(group=ENTRY_POINTS), key=lambda point: point.name):
        yield point.name, point.load()


def _is_abook(start: bytes, name: str) -> bool:
    if b"program" not in start:
        return False
    from importers import abook

    return abook.sniff(start, name)


def _is_csv(start: bytes, name: str) -> bool:
    from importers import csv_file

    return csv_file.sniff(start, name)


def _text(start: bytes) -> str:
    from importers.encodings import detect_utf16

    text = start.decode(detect_utf16(start) or "utf-8", "replace").lstrip("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n")
