"""Quoted-printable as vCard 2.1 uses it: soft line ends, a charset per property."""

from __future__ import annotations

import binascii
import re

from importers.encodings import decode_bytes, decode_declared

QUOTED_HEAD = re.compile(rb"[^:]*[;=]\s*QUOTED-PRINTABLE", re.IGNORECASE)

# One UTF-8 character, or one octet of another charset, in its written form: a soft line end may follow it.
_UNIT = re.compile(r"=[C-F][0-9A-F](?:=[89AB][0-9A-F])+|=[0-9A-F]{2}|.", re.IGNORECASE | re.DOTALL)


def decode_quoted(value: str, charset: str | None) -> str:
    """Decode a value whose soft line ends are already joined; damaged escapes stay as they are.

    Octets that are no UTF-8 where UTF-8 is declared become U+FFFD: phones cut values in the middle of a character.
    """
    octets = binascii.a2b_qp(value.encode("utf-8", "surrogatepass"))
    if charset and charset.upper() in ("UTF-8", "UTF8"):
        return octets.decode("utf-8", "replace")
    declared = decode_declared(octets, charset) if charset else None
    return declared if declared is not None else decode_bytes(octets)[0]


def encode_quoted(text: str) -> str:
    """Encode a text in UTF-8; line ends become CRLF (RFC 2045, 6.7), spaces before them stay readable."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "=0D=0A".join(_encode_line(line) for line in lines)


def _encode_line(line: str) -> str:
    octets = line.encode("utf-8", "surrogatepass")
    written = [chr(octet) if 32 <= octet <= 126 and octet != 61 else f"={octet:02X}" for octet in octets]
    if written and written[-1] == " ":
        written[-1] = "=20"
    return "".join(written)


def fold_quoted(head: str, value: str) -> str:
    """Break an encoded value by soft line ends at 75 octets, not inside a character."""
    pieces: list[str] = []
    current, room = [head + ":"], 74 - len(head.encode()) - 1
    for unit in _UNIT.findall(value):
        if len(unit) > room:
            pieces.append("".join(current))
            # A continuation that begins with white space would read as a fold.
            unit = f"={ord(unit):02X}" if unit in (" ", "\t") else unit
            current, room = [], 74
        current.append(unit)
        room -= len(unit)
    pieces.append("".join(current))
    return "=\r\n".join(pieces)
