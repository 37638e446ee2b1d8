"""What the head of a line says: work or home, preferred, which service, which old encoding.

A label is one or two plain words (`work`, `home fax`, `mobile`) or the user's
own text. vCard spells it as TYPE words or, since Apple, as a group's X-ABLabel.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from importers.contentlines import Head
    from importers.vcard_fields import Field

PLACES = {"WORK": "work", "HOME": "home", "BUSINESS": "work", "PERSONAL": "home"}
DEVICES = {
    "CELL": "mobile",
    "MOBILE": "mobile",
    "IPHONE": "mobile",
    "FAX": "fax",
    "PAGER": "pager",
    "CAR": "car",
    "MAIN": "main",
    "OTHER": "other",
    "VIDEO": "video",
    "ASSISTANT": "assistant",
}
_WRITTEN = {
    "work": "WORK",
    "home": "HOME",
    "mobile": "CELL",
    "fax": "FAX",
    "pager": "PAGER",
    "car": "CAR",
    "main": "MAIN",
    "other": "OTHER",
    "video": "VIDEO",
    "assistant": "X-ASSISTANT",
}
# Words that say nothing a person would call a label.
_SILENT = frozenset(
    "PREF VOICE INTERNET MSG TEXT TEXTPHONE POSTAL PARCEL DOM INTL ISDN MODEM BBS PCS X400 TLX QUOTED-PRINTABLE"
    " BASE64 B 7BIT 8BIT URL URI INLINE CID CONTENT-ID UTF-8 JPEG PNG GIF".split()
)
_ENCODINGS = frozenset(("QUOTED-PRINTABLE", "Q"))


class HeadMeaning:
    """What a head means, worked out once: field, label, preference, quoted-printable, charset, ALTID.

    `plain` heads need nothing but their field called with the value.
    """

    __slots__ = ("alternative", "charset", "field", "head", "label", "name", "plain", "preferred", "quoted")

    def __init__(self, head: Head, field: Field | None) -> None:
        words = head.words()
        self.head = head
        self.name = head.name
        self.label = label_of(words, head)
        self.preferred = "PREF" in words or head.value("PREF") == "1"
        self.quoted = is_quoted(head)
        self.charset = head.value("CHARSET")
        self.alternative = head.value("ALTID")
        self.field = field
        self.plain = not self.quoted and self.alternative is None and not head.name.startswith("X-CRM-")


def is_quoted(head: Head) -> bool:
    """Tell whether the value is quoted-printable: named as ENCODING or, in vCard 2.1, as a bare word."""
    return any(text.strip().upper() in _ENCODINGS for key, text in head.params if key in ("", "ENCODING", "TYPE"))


def label_of(words: list[str], head: Head) -> str | None:
    """Make a label of type words: place, then device; else the service or the first word of one's own."""
    place = next((PLACES[word] for word in words if word in PLACES), None)
    device = next((DEVICES[word] for word in words if word in DEVICES), None)
    if place or device:
        return f"{place} {device}" if place and device else place or device
    service = head.value("SERVICE-TYPE") or head.value("X-SERVICE-TYPE")
    if service:
        return service.lower()
    own = next((word for word in words if word and word not in _SILENT), None)
    return own.removeprefix("X-").lower() if own else None


def ab_label(text: str) -> str | None:
    """Read an X-ABLabel; Apple's own words come as `_$!<HomePage>!$_`."""
    text = text.strip()
    start, end = text.find("$!<"), text.rfind(">!$")
    if 0 <= start < end:
        text = text[start + 3 : end]
        return PLACES.get(text.upper()) or DEVICES.get(text.upper()) or text.lower()
    return text or None


def type_words(label: str | None) -> list[str] | None:
    """Give the TYPE words of a label; None for one's own text, which needs an X-ABLabel."""
    if not label:
        return []
    words = [_WRITTEN.get(word) for word in label.split(" ")]
    return [word for word in words if word] if all(words) else None


def is_label_word(word: str) -> bool:
    """Tell whether a TYPE word takes part in the label, so that a new label replaces it."""
    word = word.strip().upper()
    return bool(word) and word not in _SILENT
