"""The content lines of a calendar file of unknown origin: decoded, unfolded, each with the number it began on.

Line ends of three systems, UTF-16, Windows code pages and vCalendar 1.0's quoted-printable are mended here, line
by line: what is wrong with one costs no other.
"""

from __future__ import annotations

import re

from importers.encodings import OVERLONG, decode_bytes, line_blocks
from importers.quoted_printable import QUOTED_HEAD, decode_quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

NOT_UTF8 = "The text was not UTF-8; it was decoded by its declared or likely encoding."
TOO_LONG = "A line longer than 12 MB was left out."

# A carriage return inside a line ends it where a property or a fold follows.
_BARE_CR = re.compile(rb"\r(?=[A-Za-z][A-Za-z0-9-]*[;:]|[ \t])")
_CHARSET = re.compile(rb";CHARSET=\"?([^;:\"]*)", re.IGNORECASE)
_CHARSET_PARAM = re.compile(r";CHARSET=[^;:]*", re.IGNORECASE)
_ENCODING_PARAM = re.compile(r";(?:ENCODING=)?QUOTED-PRINTABLE", re.IGNORECASE)


def content_lines(stream: BinaryIO, repairs: list[str]) -> Iterator[tuple[int, str]]:
    """Yield the content lines of a file with the number of their first physical line; blank ones are left out.

    What was mended is appended to `repairs`, each kind once.
    """
    for number, line in _unfolded(stream):
        if line is OVERLONG:
            _note(repairs, TOO_LONG)
            continue
        text = _decode(line, repairs).replace("\r", "\\n")
        if text and not text.isspace():
            yield number, text


def _unfolded(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Join folds before anything is decoded: one may stand inside a character (RFC 5545, 3.1)."""
    pending: list[bytes] = []
    start, soft = 0, False
    for number, line in _physical(stream):
        if pending and soft:
            pending[-1] = pending[-1][:-1]
            pending.append(line if line[:1] == b"=" else line.lstrip(b" "))
            soft = line.endswith(b"=")
        elif pending and line[:1] in (b" ", b"\t") and line is not OVERLONG:
            pending.append(line[1:])
            soft = line.endswith(b"=") and QUOTED_HEAD.match(b"".join(pending)) is not None
        else:
            if pending:
                yield start, pending[0] if len(pending) == 1 else b"".join(pending)
            pending, start = [line], number
            soft = line.endswith(b"=") and QUOTED_HEAD.match(line) is not None
    if pending:
        yield start, pending[0] if len(pending) == 1 else b"".join(pending)


def _physical(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    number = 0
    for block in line_blocks(stream):
        for line in block:
            number += 1
            if b"\r" in line:
                for piece in _BARE_CR.split(line):
                    yield number, piece
            elif line:
                yield number, line


def _decode(line: bytes, repairs: list[str]) -> str:
    quoted = QUOTED_HEAD.match(line) is not None
    if line.isascii() and not quoted:
        return line.decode()
    found = _CHARSET.search(line.partition(b":")[0])
    charset = found[1].decode("latin-1").strip() if found else None
    text, encoding = decode_bytes(line, charset)
    if encoding is not None:
        _note(repairs, NOT_UTF8)
    if not quoted:
        return _CHARSET_PARAM.sub("", text, count=1) if found else text
    head, _, value = text.partition(":")
    head = _ENCODING_PARAM.sub("", _CHARSET_PARAM.sub("", head))
    value = decode_quoted(value, charset).replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return f"{head}:{value}"


def _note(repairs: list[str], text: str) -> None:
    if text not in repairs:
        repairs.append(text)
