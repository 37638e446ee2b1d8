"""What is attached in the kept text of a card or a component of a calendar: PHOTO, LOGO, SOUND, KEY, ATTACH, IMAGE.

Listing reads heads only. A content of megabytes is looked at by its length and its two ends and decoded, a piece at a
time, when it is opened (RFC 6350, 6.2.4; RFC 5545, 3.8.1.1; RFC 7986, 5.10; RFC 2397).
"""

from __future__ import annotations

import binascii
import re

from crm_cli.domain.attachment import Attachment, Source, file_name, image_type
from crm_cli.errors import BadInput
from importers.contentlines import Head, parse_head, split_line, unescape_text
from importers.quoted_printable import decode_quoted
from importers.vcard_values import text as card_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

WHOLE = 65_536
"""Characters of BASE64 that are read whole to list them: the size is exact and damage is seen."""
PIECE = 1 << 18
LINK_LENGTH = 8192

_HEAD_LENGTH = 4096
_ENDS = 64
_CARD = re.compile(r"(?:[\w-]*\.)?(?P<name>PHOTO|LOGO|SOUND|KEY|X-MS-CARDPICTURE)\s*[;:]", re.IGNORECASE | re.ASCII)
_COMPONENT = re.compile(
    r"(?:[\w-]*\.)?(?:(?P<name>ATTACH|IMAGE)\s*[;:]|(?P<edge>BEGIN|END)\s*:\s*VALARM\b)", re.IGNORECASE | re.ASCII
)
_KINDS = {
    "PHOTO": "photo", "LOGO": "logo", "SOUND": "sound", "KEY": "key", "X-MS-CARDPICTURE": "image",
    "ATTACH": "file", "IMAGE": "image",
}  # fmt: skip
_FILE_NAMES = ("FILENAME", "X-FILENAME", "X-APPLE-FILENAME", "X-ORACLE-FILENAME")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_DATA = re.compile(r"\s*data:(?P<type>[^,;\\]*)(?P<rest>[^,]{0,900}),", re.IGNORECASE)
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9.+_-]*/[a-z0-9][a-z0-9.+_-]*\Z")
_BASE64 = re.compile(r"[A-Za-z0-9+/\s]*={0,2}\s*\Z", re.ASCII)
_MORE = re.compile(r"[A-Za-z0-9+/= \t\r]+\Z", re.ASCII)
_ESCAPED = {"%2B": "+", "%2F": "/", "%3D": "=", "%0D": "", "%0A": "", "%20": ""}
_OLD_WORDS = {
    "photo": ("image", "JPEG JPG GIF PNG TIFF BMP WEBP"),
    "logo": ("image", "JPEG JPG GIF PNG TIFF BMP WEBP"),
    "image": ("image", "JPEG JPG GIF PNG TIFF BMP WEBP"),
    "sound": ("audio", "BASIC WAVE WAV AIFF OGG MPEG MP3"),
}
_SPELLINGS = {"image/jpg": "image/jpeg", "audio/mp3": "audio/mpeg"}
_KEY_WORDS = {"PGP": "application/pgp-keys", "X509": "application/pkix-cert"}


def listed(text: str) -> list[Attachment]:
    """List what is attached in the text of one card or component, in its order; it never fails.

    A SOUND that is no sound but how to say a name (vCard 2.1, and X-IRMC-N of Japanese phones) is none.
    """
    pattern = _CARD if text[:12].upper() == "BEGIN:VCARD\n" else _COMPONENT
    found: list[Attachment] = []
    start, alarm = 0, False
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        match = pattern.match(text, start, end)
        if match is not None and match["name"] is None:
            alarm = match["edge"].upper() == "BEGIN"
        elif match is not None:
            name = match["name"].upper()
            one = _attachment(text, start, end, "alarm" if alarm else _KINDS[name], len(found) + 1)
            found += [] if one is None else [one]
        start = end + 1
    return found


def _attachment(text: str, start: int, end: int, kind: str, number: int) -> Attachment | None:
    split = split_line(text[start : min(end, start + _HEAD_LENGTH)])
    if split is None:
        return None
    head = parse_head(split[0]) or Head(split[0], "", "", ())
    at = start + len(split[0]) + 1
    media_type = _media_type(head, kind)
    data = _DATA.match(text, at, end)
    if data is not None:
        media_type = _clean_type(data["type"]) or media_type
        encoded = data["rest"].rstrip(" \\").lower().endswith(";base64")
        source: Source | None = Source(text, data.end(), end, "base64" if encoded else "percent")
    else:
        source = _inline(text, at, end, head, kind)
    if source is None:
        return _linked(text[at:end], head, kind, number)
    size, damaged, beginning = _measured(source)
    media_type = media_type or image_type(beginning)
    name = file_name(_given_name(head), kind, media_type)
    return Attachment(number, kind, name, media_type, size, damaged=damaged, source=source)


def _inline(text: str, at: int, end: int, head: Head, kind: str) -> Source | None:
    """Return where the content of a property stands, or None where it is a link or nothing."""
    start = text[at : min(end, at + _ENDS)].lstrip()
    encodings = {value.upper() for value in head.values("ENCODING")}
    encodings |= {word.strip().upper() for key, word in head.params if not key}
    kinds = {value.upper() for value in head.values("VALUE")}
    if "QUOTED-PRINTABLE" in encodings and kind != "sound":
        return Source(text, at, end, "quoted", head.value("CHARSET"))
    if _SCHEME.match(start):
        return None
    picture = kind in ("photo", "logo") and image_type(_decoded(start)) is not None
    if picture or encodings & {"B", "BASE64"} or "BINARY" in kinds:
        return Source(text, at, _with_loose_lines(text, end), "base64")
    if start and (kind == "key" or ("TEXT" in kinds and kind != "sound")):
        return Source(text, at, end, "text")
    return None


def _with_loose_lines(text: str, end: int) -> int:
    """Return the end of a value some of whose lines were folded without the blank that says so."""
    while end < len(text):
        after = text.find("\n", end + 1)
        after = len(text) if after < 0 else after
        if not _MORE.match(text, end + 1, after):
            break
        end = after
    return end


def _linked(value: str, head: Head, kind: str, number: int) -> Attachment | None:
    """Return what only has an address; None where there is nothing, or how a name is said."""
    link = card_text(value[: LINK_LENGTH + 1].strip(), old=True)
    if not link or (kind == "sound" and not _SCHEME.match(link)):
        return None
    media_type = _media_type(head, kind)
    size = head.value("SIZE") or ""
    name = file_name(_given_name(head) or _name_in(link), kind, media_type)
    return Attachment(
        number, kind, name, media_type, int(size) if size.isascii() and size[:15].isdecimal() else None,
        link=link[:LINK_LENGTH], damaged=len(link) > LINK_LENGTH,
    )  # fmt: skip


def _given_name(head: Head) -> str:
    return next((value for key in _FILE_NAMES if (value := head.value(key))), "")


def _name_in(link: str) -> str:
    """Return the last part of the path of a web address."""
    from urllib.parse import unquote

    path = link.partition("?")[0].partition("#")[0]
    scheme, slashes, rest = path.partition("//")
    return unquote(rest.rpartition("/")[2]) if slashes and scheme and "/" in rest else ""


def _media_type(head: Head, kind: str) -> str | None:
    """Return the media type a head names: FMTTYPE, MEDIATYPE, or the words of vCard 2.1 and 3.0."""
    for key in ("FMTTYPE", "MEDIATYPE"):
        found = _clean_type(head.value(key) or "")
        if found:
            return found
    main, known = _OLD_WORDS.get(kind, ("", ""))
    for word in head.words():
        if word in known.split():
            return _clean_type(f"{main}/{word}")
        found = _KEY_WORDS.get(word) if kind == "key" else _clean_type(word)
        if found:
            return found
    return None


def _clean_type(text: str) -> str | None:
    text = text.strip().lower()
    return _SPELLINGS.get(text, text) if len(text) < 128 and _MEDIA_TYPE.match(text) else None


def _measured(source: Source) -> tuple[int | None, bool, bytes]:
    """Return (size in bytes, whether it is damaged, the first bytes) of a content, without decoding a large one."""
    text, start, end = source.body, source.start, source.end
    if source.encoding != "base64" or end - start <= WHOLE:
        if end - start > WHOLE:
            return None, False, b""
        try:
            whole = b"".join(pieces(source))
        except ValueError:
            return None, True, b""
        return len(whole), source.encoding == "base64" and not whole, whole[:_ENDS]
    first, last = text[start : start + _ENDS], text[end - _ENDS : end]
    blanks = sum(text.count(blank, start, end) for blank in " \t\n\r")
    signs = end - start - blanks - last.count("=")
    damaged = signs % 4 == 1 or not _BASE64.match(first + last) or "%" in last
    return signs * 3 // 4, damaged, b"" if damaged else _decoded("".join(first.split())[:32])


def _decoded(text: str) -> bytes:
    try:
        return binascii.a2b_base64(text[: len(text) // 4 * 4], strict_mode=True)
    except (binascii.Error, ValueError):
        return b""


def content(attachment: Attachment) -> Iterator[bytes]:
    """Yield the bytes of an attachment a piece at a time; raises BadInput where it is damaged.

    What was yielded before a damaged place is not to be kept.
    """
    assert attachment.source is not None
    try:
        yield from pieces(attachment.source)
    except ValueError as error:
        raise BadInput("“{name}” is damaged: its content cannot be read.", name=attachment.name) from error


def pieces(source: Source) -> Iterator[bytes]:
    """Yield the decoded content of a source; raises ValueError where it is damaged."""
    text = source.body[source.start : source.end]
    if source.encoding == "base64":
        yield from _base64(text)
    elif source.encoding == "quoted":
        yield decode_quoted(text, source.charset).encode("utf-8", "replace")
    elif source.encoding == "percent":
        from urllib.parse import unquote_to_bytes

        yield unquote_to_bytes(card_text(text, old=True).encode("utf-8", "replace"))
    else:
        yield unescape_text(text).encode("utf-8", "replace")


def _base64(text: str) -> Iterator[bytes]:
    """Decode BASE64 in any line lengths; padding may be missing, anything else that is no BASE64 is an error."""
    if "%" in text:
        for escaped, sign in _ESCAPED.items():
            text = text.replace(escaped, sign).replace(escaped.lower(), sign)
    text = "".join(text.split())
    bare = text.rstrip("=")
    if len(text) - len(bare) > 2 or not text.isascii():
        raise ValueError("no BASE64")
    for start in range(0, len(bare), PIECE):
        piece = bare[start : start + PIECE]
        if "=" in piece:
            raise ValueError("padding inside")
        # The last piece may be short of its padding; four signs make three bytes.
        yield binascii.a2b_base64(piece + "=" * (-len(piece) % 4), strict_mode=True)
