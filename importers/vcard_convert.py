"""One content line in the syntax of another vCard version.

The rule of an export: every line of the card comes out. Where two versions
have a form each, the syntax changes; a line the target version has no form
for is given back as it came, unless the caller asks for `strict`.
"""

from __future__ import annotations

import binascii
import re

from importers.contentlines import (
    Head,
    escape_bare,
    escape_text,
    is_control,
    join_head,
    param_values,
    parse_head,
    split_line,
)
from importers.quoted_printable import decode_quoted, encode_quoted
from importers.vcard_labels import is_quoted
from importers.vcard_values import is_date, iso_date, text, vcard_date

SINGLE_TEXTS = frozenset("FN TITLE ROLE NOTE LABEL SORT-STRING MAILER NAME X-ABLABEL X-ABADR".split())
STRUCTURED = frozenset(("N", "ADR", "ORG"))
_DATES = frozenset(("BDAY", "ANNIVERSARY", "DEATHDATE"))
_BINARY = frozenset(("PHOTO", "LOGO", "SOUND", "KEY"))
_MEDIA = {"PHOTO": "image", "LOGO": "image", "SOUND": "audio", "KEY": "application"}
_MEDIA_TYPES = {"JPG": "jpeg", "X509": "x-x509-user-cert", "PGP": "pgp-keys", "WAVE": "wav"}
_ENCODING_WORDS = frozenset(("QUOTED-PRINTABLE", "Q", "BASE64", "B"))
_LONG_HEAD = 32
UNREADABLE = "X-UNREADABLE-LINE"

_DATA_URI = re.compile(r"data:(?P<media>[\w.+-]+/[\w.+-]+)?(?:;[\w-]+=[^;,]*)*;base64,", re.IGNORECASE)


class Line:
    """A content line taken apart for rewriting: its head, its value, whether it came from vCard 2.1."""

    __slots__ = ("head", "old", "value")

    def __init__(self, head: Head, value: str, old: bool) -> None:
        self.head = head
        self.value = value
        self.old = old

    def encoding(self) -> str:
        """Name the old encoding of the value: `quoted`, `base64` or none."""
        if is_quoted(self.head):
            return "quoted"
        for key, word in self.head.params:
            if key in ("", "ENCODING", "TYPE") and word.strip().upper() in ("BASE64", "B"):
                return "base64"
        return ""

    def kept_params(self) -> list[tuple[str, str]]:
        """List the parameters that are not about encoding, each as `(KEY, text)`."""
        return [
            (key, word)
            for key, word in self.head.params
            if key not in ("ENCODING", "CHARSET")
            and not (key in ("", "TYPE") and word.strip().upper() in _ENCODING_WORDS)
        ]

    def decoded(self) -> str:
        """Give the value with old encodings resolved and text escaped as vCard 3.0 and 4.0 have it."""
        value = self.value
        if is_quoted(self.head):
            value = decode_quoted(value, self.head.value("CHARSET"))
            value = value.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
        if self.old and self.head.name in SINGLE_TEXTS:
            return escape_bare(value, semicolons=True)
        if self.old and self.head.name in STRUCTURED:
            return escape_bare(value, semicolons=False)
        return value


def read_line(line: str, old: bool) -> Line | None:
    """Take a line apart; None where it is no content line."""
    split = split_line(line)
    head = parse_head(split[0]) if split else None
    return Line(head, split[1], old) if split and head else None


def is_base64(value: str) -> bool:
    """Tell whether a value can be decoded; servers refuse a card whose photo says so and is not."""
    try:
        binascii.a2b_base64("".join(value.split()).encode("ascii"), strict_mode=True)
    except (binascii.Error, UnicodeEncodeError):
        return False
    return True


def to_v3(line: Line) -> str:
    """Write a line in RFC 2426: TYPE=…, UTF-8, `ENCODING=b`; parameters of 4.0 stay."""
    kept = line.kept_params()
    bare = [word for key, word in kept if not key]
    params = [param for param in kept if param[0]]
    if bare:
        params.insert(0, ("TYPE", ",".join(bare)))
    value = line.decoded()
    if line.encoding() == "base64":
        value = "".join(value.split())
        if is_base64(value):
            params.append(("ENCODING", "b"))
    return f"{join_head(_name(line), params, line.head.group)}:{value}"


def to_v4(line: Line) -> str:
    """Write a line in RFC 6350: PREF instead of TYPE=pref, `data:` URIs, basic dates."""
    params: list[tuple[str, str]] = []
    words: list[str] = []
    for key, word in line.kept_params():
        if key in ("", "TYPE"):
            words += [item for item in word.replace('"', "").split(",") if item.strip()]
        else:
            params.append((key, word))
    name = line.head.name
    value = line.decoded()
    if any(word.strip().upper() == "PREF" for word in words):
        words = [word for word in words if word.strip().upper() != "PREF"]
        if not any(key == "PREF" for key, _ in params):
            params.append(("PREF", "1"))
    if line.encoding() == "base64" and name in _BINARY and is_base64(value):
        media = next((word for word in words if word.strip()), "octet-stream").strip()
        words = []
        value = f"data:{_MEDIA[name]}/{_MEDIA_TYPES.get(media.upper(), media.lower())};base64,{''.join(value.split())}"
    elif name in _DATES and is_date(value):
        value = vcard_date(iso_date(value), "4.0") if "T" not in value else value
    if words:
        params.insert(0, ("TYPE", ",".join(words)))
    return f"{join_head(_name(line), params, line.head.group)}:{value}"


def to_v21(line: Line) -> str:
    """Write a line in versit's vCard 2.1: bare types, quoted-printable where ASCII does not do, BASE64."""
    params: list[tuple[str, str]] = []
    for key, word in line.kept_params():
        if key == "TYPE":
            params += [("", item.strip().upper()) for item in param_values(word.replace('"', "")) if item.strip()]
        elif key == "PREF":
            params.append(("", "PREF"))
        else:
            params.append((key, word))
    name, value = line.head.name, line.value
    uri = _DATA_URI.match(value) if name in _BINARY else None
    if uri:
        value = value[uri.end() :]
        params.append(("TYPE", (uri["media"] or "/jpeg").rpartition("/")[2].upper()))
    if uri or line.encoding() == "base64":
        value = "".join(value.split())
        params += [("ENCODING", "BASE64")] if is_base64(value) else []
        return f"{join_head(_name(line), params, line.head.group)}:{value}"
    value = line.decoded()
    head = join_head(_name(line), params, line.head.group)
    if len(head) > _LONG_HEAD:
        return f"{head}:{value}"  # quoted-printable could not be folded behind it
    if name in SINGLE_TEXTS:
        value = text(value, False).replace(";", "\\;")
    elif name in STRUCTURED:
        value = value.replace("\\,", ",").replace("\\n", "\n").replace("\\N", "\n")
    if "\n" in value or not value.isascii():
        head += ";CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE"
        value = encode_quoted(value)
    return f"{head}:{value}"


def strict(line: Line) -> str:
    """Make a line fit the grammar for a server: no control characters, single texts with their commas escaped."""
    value = line.value
    if line.head.name in SINGLE_TEXTS and not is_quoted(line.head):
        value = escape_bare(value, semicolons=False)
    if not value.isprintable():
        value = value.replace("\r\n", "\\n").replace("\r", "\\n")
        value = "".join(character for character in value if character == "\t" or not is_control(character))
    return f"{line.head.text}:{value}"


def unreadable(line: str) -> str:
    """Keep a line no server takes as the text of an own property."""
    return f"{UNREADABLE}:{escape_text(line)}"


def _name(line: Line) -> str:
    """Give the name as it was written, without its group."""
    return line.head.text.partition(";")[0].strip().rpartition(".")[2]
