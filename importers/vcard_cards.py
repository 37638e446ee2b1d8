"""Find the cards in a file: BEGIN and END as the world writes them, one bad card never hiding the next.

A card comes out as its content lines, unfolded and decoded, between bare
`BEGIN:VCARD` and `END:VCARD`; its values are still as written. That text is
what a draft keeps as `raw`.
"""

from __future__ import annotations

import re

from crm_cli.domain.draft import Refusal
from importers.encodings import OVERLONG, decode_bytes, line_blocks
from importers.quoted_printable import QUOTED_HEAD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

CARD_LIMIT = 16 << 20
DEPTH_LIMIT = 8

_EDGE = re.compile(
    rb"(?P<indent>[ \t]*)(?:\xef\xbb\xbf)?(?:[\w-]*\.)?[ \t]*(?P<edge>BEGIN|END)[ \t]*:[ \t]*VCARD[ \t]*\Z",
    re.IGNORECASE,
)
_AGENT = re.compile(rb"(?:[\w-]*\.)?AGENT(?:;[^:]*)?:[ \t]*(?P<inline>BEGIN:[ \t]*VCARD)?[ \t]*\Z", re.IGNORECASE)
_CHARSET = re.compile(rb";CHARSET=\"?([^;:\"]*)", re.IGNORECASE)
_CHARSET_TEXT = re.compile(r";CHARSET=[^;:]*", re.IGNORECASE)
# A file without BEGIN is read as a card only if it holds a property that says who it is.
_TELLING = re.compile(rb"(?:[\w-]*\.)?(?:VERSION|N|FN|EMAIL|TEL|ORG|UID|ADR)(?:;[^:]*)?:", re.IGNORECASE)

# The patterns above meet only short lines: on a megabyte of blanks they would be slow.
_SHORT = 512
_EDGES = (b"BEGIN:VCARD", b"END:VCARD")
_AGENT_ENDS = b":dD \t"

NO_BEGIN = "BEGIN:VCARD was missing."
NO_END = "END:VCARD was missing."
NOT_UTF8 = "The text was not UTF-8; it was decoded by its declared or likely encoding."
TOO_LARGE = "The card is larger than 16 MB."
TOO_LONG = "A line of the card is longer than 12 MB."
TOO_DEEP = "Cards are nested more than 8 deep."
EMPTY = "The card is empty."
NO_CARD = "These lines belong to no card."


class Card:
    """One card: its lines with BEGIN and END, where it began (from 1), what had to be repaired."""

    __slots__ = ("line", "lines", "repairs")

    def __init__(self, lines: list[str], line: int, repairs: list[str]) -> None:
        self.lines = lines
        self.line = line
        self.repairs = repairs


class _Splitter:
    """State between two physical lines: the open card, if any, and how deep its AGENT cards are nested."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.number = 0
        self.lines: list[bytes] | None = None
        self.start = 0
        self.size = 0
        self.depth = 0
        self.begun = True
        self.indent = b""
        self.agent = b""
        self.reason: str | None = None

    def feed(self, line: bytes) -> Card | Refusal | None:
        """Take one line that may be an edge or follows an AGENT; give back the card it ends."""
        after_agent, self.agent = self.agent, b""
        if after_agent and not line:
            self.agent = after_agent
            return None
        edge = self._edge(line)
        if edge == b"BEGIN":
            if self.lines is None:
                self._open(line)
                return None
            if not after_agent:
                card = self.close(ended=False)
                self._open(line)
                return card
            self._nest()
        elif edge == b"END":
            if self.lines is None:
                return None
            if self.depth == 0:
                return self.close(ended=True)
            self.depth -= 1
        elif after_agent and _inline(after_agent) and line[:1] not in (b" ", b"\t"):
            self._nest()
        self.add(line)
        return None

    def add(self, line: bytes) -> None:
        """Take a line of the open card, or open one for lines that have no BEGIN."""
        if self.lines is None:
            if not line or line.isspace():
                return
            self._open(line, begun=False)
        assert self.lines is not None
        if line and line[-1] in _AGENT_ENDS and len(line) < _SHORT and _AGENT.match(line):
            self.agent = line
        if self.reason:
            return
        if self.indent and line.startswith(self.indent):
            line = line[len(self.indent) :]
        self.size += len(line)
        if line is OVERLONG:
            self.reason = TOO_LONG
        elif self.size > CARD_LIMIT:
            self.reason = TOO_LARGE
        else:
            self.lines.append(line)
            return
        self.lines = []

    def close(self, *, ended: bool) -> Card | Refusal | None:
        """End the open card: the card, why it is refused, or None where none is open."""
        lines, self.lines = self.lines, None
        if lines is None:
            return None
        if self.reason:
            return Refusal(self.source, self.start, self.reason)
        if not self.begun and not any(map(_TELLING.match, lines)):
            return Refusal(self.source, self.start, NO_CARD)
        repairs = [] if self.begun else [NO_BEGIN]
        if not ended:
            repairs.append(NO_END)
        lines += [b"END:VCARD"] * self.depth
        decoded = _decode(b"\n".join(lines), repairs)
        if not decoded:
            return Refusal(self.source, self.start, EMPTY)
        return Card(["BEGIN:VCARD", *decoded, "END:VCARD"], self.start, repairs)

    def _edge(self, line: bytes) -> bytes | None:
        match = _EDGE.match(line) if len(line) < _SHORT else None
        if match is None:
            return None
        if self.lines is not None and match["indent"] != self.indent:
            return None  # a fold, of an AGENT card for instance
        return match["edge"].upper()

    def _open(self, line: bytes, *, begun: bool = True) -> None:
        self.lines = []
        self.start = self.number
        self.size = self.depth = 0
        self.begun = begun
        self.reason = None
        self.indent = line[: len(line) - len(line.lstrip(b" \t"))] if begun else b""

    def _nest(self) -> None:
        self.depth += 1
        if self.depth > DEPTH_LIMIT:
            self.reason = TOO_DEEP


def split_cards(stream: BinaryIO, source: str) -> Iterator[Card | Refusal]:
    """Yield every card of a file, and a refusal for each stretch that is none.

    Memory is bounded by one card of 16 MB. Lines are numbered from 1.
    """
    splitter = _Splitter(source)
    for block in line_blocks(stream):
        yield from _split_block(splitter, block)
    last = splitter.close(ended=False)
    if last is not None:
        yield last


def _split_block(splitter: _Splitter, block: list[bytes]) -> Iterator[Card | Refusal]:
    """Take plain cards whole and everything else line by line."""
    before = splitter.number
    at, slow_until, size = 0, 0, len(block)
    while at < size:
        line = block[at]
        if line == b"BEGIN:VCARD" and splitter.lines is None and at >= slow_until:
            end = _index_of_end(block, at + 1)
            text = b"\n".join(block[at + 1 : end])
            if end < size and len(text) <= CARD_LIMIT and b"VCARD" not in text.upper() and OVERLONG not in text:
                repairs: list[str] = []
                lines = _decode(text, repairs)
                if lines:
                    yield Card(["BEGIN:VCARD", *lines, "END:VCARD"], before + at + 1, repairs)
                else:
                    yield Refusal(splitter.source, before + at + 1, EMPTY)
                at = end + 1
                continue
            slow_until = end
        splitter.number = before + at + 1
        if line and len(line) < len(_EDGES[0]) and _begins_edge(line):
            line, at = _unfolded_edge(block, at)
        at += 1
        # Only a line that ends in VCARD can be an edge: the cheap test for all the others.
        if line[-5:].upper() == b"VCARD" or splitter.agent or line[-1:] in (b" ", b"\t"):
            item = splitter.feed(line)
            if item is not None:
                yield item
        else:
            splitter.add(line)
    splitter.number = before + size


def _begins_edge(line: bytes) -> bool:
    upper = line.upper()
    return any(edge.startswith(upper) for edge in _EDGES)


def _unfolded_edge(block: list[bytes], at: int) -> tuple[bytes, int]:
    """Put together a BEGIN or END that was folded itself; give it and the index of its last line."""
    line, end = block[at], at
    while end + 1 < len(block) and block[end + 1][:1] in (b" ", b"\t") and len(line) < len(_EDGES[0]):
        end += 1
        line += block[end][1:]
    return (line, end) if line.upper() in _EDGES else (block[at], at)


def _index_of_end(block: list[bytes], start: int) -> int:
    try:
        return block.index(b"END:VCARD", start)
    except ValueError:
        return len(block)


def _inline(agent: bytes) -> bool:
    match = _AGENT.match(agent)
    return bool(match and match["inline"])


def _decode(block: bytes, repairs: list[str]) -> list[str]:
    """Unfold and decode; one strict decoding of the whole card where it is plain UTF-8. Blank lines go."""
    if b"=\n" in block:
        block = _join_soft_breaks(block)
    if b"\n " in block:
        block = block.replace(b"\n ", b"")
    if b"\n\t" in block:
        block = block.replace(b"\n\t", b"")
    if b"CHARSET=" in block.upper() and not block.isascii():
        return _decode_lines(block, repairs)
    try:
        return [line for line in block.decode().split("\n") if line and not line.isspace()]
    except UnicodeDecodeError:
        return _decode_lines(block, repairs)


def _decode_lines(block: bytes, repairs: list[str]) -> list[str]:
    decoded = []
    foreign = False
    for line in block.split(b"\n"):
        match = None if line.isascii() else _CHARSET.search(line.partition(b":")[0])
        text, encoding = decode_bytes(line, match[1].decode("latin-1").strip() if match else None)
        foreign = foreign or encoding is not None
        if match:
            # The text is UTF-8 from here on, and says so.
            text = _CHARSET_TEXT.sub(";CHARSET=UTF-8", text, count=1)
        if text and not text.isspace():
            decoded.append(text)
    if foreign:
        repairs.append(NOT_UTF8)
    return decoded


def _join_soft_breaks(block: bytes) -> bytes:
    """Join the lines of quoted-printable values; the white space a continuation begins with is text."""
    joined: list[bytes] = []
    lines = iter(block.split(b"\n"))
    for line in lines:
        if line.endswith(b"=") and QUOTED_HEAD.match(line):
            parts = [line[:-1]]
            for more in lines:
                parts.append(more[:-1] if more.endswith(b"=") else more)
                if not more.endswith(b"="):
                    break
            line = b"".join(parts)
        joined.append(line)
    return b"\n".join(joined)
