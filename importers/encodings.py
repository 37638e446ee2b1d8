"""Bytes of unknown origin as lines of UTF-8, in bounded memory.

Address books come in UTF-8 with and without a byte order mark, in UTF-16, in
the code page of an old Windows, and with the line ends of three systems. Lines
stay bytes here because a fold may stand inside a UTF-8 character (RFC 6350,
3.2): unfolding comes before decoding.
"""

from __future__ import annotations

import codecs
import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

CHUNK = 1 << 18
LINE_LIMIT = 12 << 20
"""Bytes of one physical line; a photo of 8 MiB is 11 MiB of base64. A longer line is given as OVERLONG."""
OVERLONG = b"\x00 a line that was too long"

# Python knows more names than there are charsets; `idna` and `unicode_escape` are not for strangers to call.
_CHARSET = re.compile(
    r"(utf-?8|utf_?8|iso|latin|windows|cp|koi|mac|gb|big5|shift|sjis|euc|hz|tis|ks_c|johab|us-?ascii|ascii|ms_?kanji)[\w.:-]*\Z",
    re.IGNORECASE,
)
# A text in one of these can be valid UTF-8 by accident, so the declared name is tried first.
_MULTIBYTE = ("gb", "big5", "shift", "sjis", "euc", "iso-2022", "iso2022", "hz", "cp93", "ks_c", "ms93", "johab")


def detect_utf16(start: bytes) -> str | None:
    """Name the UTF-16 codec of a file by its first bytes, with or without a byte order mark."""
    if start[:2] == b"\xff\xfe":
        return "utf-16-le"
    if start[:2] == b"\xfe\xff":
        return "utf-16-be"
    if len(start) > 3 and start[0] and not start[1] and start[2] and not start[3]:
        return "utf-16-le"
    if len(start) > 3 and not start[0] and start[1] and not start[2] and start[3]:
        return "utf-16-be"
    return None


def line_blocks(stream: BinaryIO) -> Iterator[list[bytes]]:
    """Yield the physical lines of a file in blocks, without line ends.

    LF and CRLF end a line; CR does only in a file that has no LF in its first
    256 KiB, elsewhere it belongs to the line. UTF-16 becomes UTF-8.
    """
    rest: list[bytes] = []
    size = 0
    bare_cr: bool | None = None
    for chunk in _utf8_chunks(stream):
        if bare_cr is None and (b"\n" in chunk or b"\r" in chunk):
            bare_cr = b"\n" not in chunk
        if bare_cr:
            chunk = chunk.replace(b"\r", b"\n")
        lines = chunk.split(b"\n")
        if len(lines) > 1:
            lines[0] = b"".join(rest) + lines[0] if size + len(lines[0]) <= LINE_LIMIT else OVERLONG
            tail = lines.pop()
            yield [line.rstrip(b"\r") if line.endswith(b"\r") else line for line in lines]
            rest, size = [tail], len(tail)
            continue
        size += len(chunk)
        rest = [*rest, chunk] if size <= LINE_LIMIT else []
    if size > LINE_LIMIT:
        yield [OVERLONG]
    elif size:
        yield [b"".join(rest).rstrip(b"\r")]


def _utf8_chunks(stream: BinaryIO) -> Iterator[bytes]:
    """Yield chunks that never end between CR and LF, UTF-16 turned into UTF-8, without a leading mark."""
    chunk = stream.read(CHUNK)
    name = detect_utf16(chunk)
    decoder = codecs.getincrementaldecoder(name)("replace") if name else None
    first = True
    while chunk:
        if decoder:
            chunk = decoder.decode(chunk).encode("utf-8", "replace")
        if chunk.endswith(b"\r"):
            more = stream.read(2 if decoder else 1)
            chunk += decoder.decode(more).encode("utf-8", "replace") if decoder else more
        yield chunk.removeprefix(codecs.BOM_UTF8) if first else chunk
        first = False
        chunk = stream.read(CHUNK)
    if decoder and (last := decoder.decode(b"", final=True)):
        yield last.encode("utf-8", "replace")


def decode_bytes(text: bytes, charset: str | None = None) -> tuple[str, str | None]:
    """Decode one line; the second value names the encoding if it was not UTF-8.

    Order: a declared multibyte charset, UTF-8, the declared charset, and UTF-8
    with Windows-1252 for the octets that do not fit: nothing is replaced.
    """
    if charset and charset.lower().startswith(_MULTIBYTE):
        decoded = decode_declared(text, charset)
        if decoded is not None:
            return decoded, charset
    try:
        return text.decode(), None
    except UnicodeDecodeError:
        pass
    decoded = decode_declared(text, charset) if charset else None
    if decoded is not None:
        return decoded, charset
    return text.decode("utf-8", "crm_windows"), "windows-1252"


def decode_declared(text: bytes, charset: str) -> str | None:
    """Decode by the name a file gives; None where the name is no charset of a text or does not fit."""
    if not _CHARSET.match(charset):
        return None
    try:
        return text.decode(charset)
    except (LookupError, UnicodeError):
        return None


def _windows(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    octets = error.object[error.start : error.end]
    try:
        return octets.decode("cp1252"), error.end
    except UnicodeDecodeError:
        return octets.decode("latin-1"), error.end


codecs.register_error("crm_windows", _windows)
