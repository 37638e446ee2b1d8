"""From bytes to text: which encoding a table is in, and its lines with bounded memory.

A byte order mark decides; else valid UTF-8; else the zero bytes of UTF-16;
else the one legacy code page in which the file reads like words: letters
inside words, capitals at their beginning, no signs between letters.
"""

from __future__ import annotations

import codecs
import io
import re
import unicodedata
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile

from crm_cli.errors import BadInput, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import IO, BinaryIO

CHUNK = 1 << 18
IN_MEMORY = 8 << 20
SAMPLE = 1 << 17

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# In the order of trust: a later one must read clearly better.
_CODE_PAGES = ("cp1252", "cp932", "mac_roman", "mac_latin2", "cp850", "cp1250", "cp1251")
_GERMAN = frozenset("äöüßÄÖÜ")
_COMMON = frozenset("éèêàáâçñóôíúãõîûëïåøæœÉÀÁÅØÇÑłńśźżćęąšžčřěůőű")
_SIGNS = frozenset("€„“”‚‘’–—…•«»°§©®™\xa0¿¡²³´`·£")
_HIGH = re.compile(rb"[\x80-\xff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A table as text: `stream` gives lines with their line ends; `owned` is a stream that was opened here."""

    stream: io.TextIOWrapper
    encoding: str
    owned: bool

    def release(self) -> None:
        """Close what was opened here, and leave the caller's stream open."""
        if self.owned:
            self.stream.close()
        else:
            self.stream.detach()


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Read a byte that is not UTF-8, or that Windows-1252 leaves open, as Windows would show it."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    text = "".join(
        bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in error.object[error.start : error.end]
    )
    return text, error.end


codecs.register_error("crm-windows", _as_windows)


def decode(data: bytes | BinaryIO, *, encoding: str | None = None) -> Decoded:
    """Open bytes as text, in the given encoding or the one found; an unknown encoding name is a UsageError."""
    binary = _seekable(data)
    head = binary.read(CHUNK)
    name = _named(encoding) if encoding else _found(head, binary)
    binary.seek(0)
    if name == "utf-8" and head.startswith(codecs.BOM_UTF8):
        name = "utf-8-sig"
    stream = io.TextIOWrapper(binary, encoding=name, errors="crm-windows" if _single(name) else "replace", newline="")
    return Decoded(stream, name, owned=binary is not data)


def decode_head(head: bytes) -> str:
    """Decode the beginning of a file; a character cut at its end is dropped."""
    try:
        return decode(head[: head.rfind(b"\n") + 1] or head).stream.read()
    except (UnicodeError, BadInput):
        return ""


def _single(name: str) -> bool:
    return name in {"utf-8", "utf-8-sig", "cp1252"}


def _named(encoding: str) -> str:
    try:
        codec = codecs.lookup(encoding)
        b"".decode(codec.name)
        return codec.name
    except (LookupError, ValueError) as error:
        raise UsageError("Unknown encoding “{encoding}”.", encoding=encoding) from error


def _seekable(data: bytes | BinaryIO) -> IO[bytes]:
    if isinstance(data, bytes):
        return io.BytesIO(data)
    if data.seekable():
        data.seek(0)
        return data
    # A pipe is read twice: once for its encoding and dates, once for its rows.
    spool = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 the text stream closes it
    while chunk := data.read(CHUNK):
        spool.write(chunk)
    spool.seek(0)
    return spool


def _found(head: bytes, binary: IO[bytes]) -> str:
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    if wide := _wide(head):
        return wide
    binary.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    good = b""
    try:
        while chunk := binary.read(CHUNK):
            decoder.decode(chunk)
            good = good or (chunk if _HIGH.search(chunk) else b"")
        decoder.decode(b"", final=True)
        return "utf-8"
    except UnicodeDecodeError:
        binary.seek(0)
        return _legacy(_high_lines(binary))


def _wide(head: bytes) -> str | None:
    """Tell UTF-16 without a mark by the zero bytes of its ASCII letters."""
    sample = head[:4096]
    if len(sample) < 4 or b"\0" not in sample:
        return None
    even, odd = sample[0::2].count(0) * 2 / len(sample), sample[1::2].count(0) * 2 / len(sample)
    if odd > 0.1 and even < 0.02:
        return "utf-16-le"
    return "utf-16-be" if even > 0.1 and odd < 0.02 else None


def _high_lines(binary: Iterable[bytes]) -> bytes:
    """Collect lines that are not ASCII, up to `SAMPLE` bytes: only they tell code pages apart."""
    found = bytearray()
    for line in binary:
        if _HIGH.search(line):
            found += line[:4096]
            if len(found) > SAMPLE:
                break
    return bytes(found)


def _legacy(sample: bytes) -> str:
    text = sample.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    if sum(sign > "\x7f" for sign in text) - damaged > 4 * damaged:
        # UTF-8 with a few foreign bytes: those are read as Windows-1252, the rest stays right.
        return "utf-8"
    best, best_score = "cp1252", _likeness(sample, "cp1252") + 0.5
    for name in _CODE_PAGES[1:]:
        score = _likeness(sample, name)
        if score > best_score:
            best, best_score = name, score
    return best


def _likeness(sample: bytes, name: str) -> float:
    """Say how much a sample reads like words in an encoding, per character beyond ASCII: 2 at best."""
    try:
        text = sample.decode(name, "crm-windows" if name == "cp1252" else "strict")
    except UnicodeDecodeError:
        return -9.0
    total, count = 0.0, 0
    for place, sign in enumerate(text):
        if sign > "\x7f":
            before = text[place - 1] if place else " "
            after = text[place + 1] if place + 1 < len(text) else " "
            total += _fitness(before, sign, after)
            count += 1
    return total / count if count else 0.0


def _fitness(before: str, sign: str, after: str) -> float:
    """Say how well a sign sits between its neighbours: 2 for a common letter in a word, below 0 for noise."""
    if not sign.isalpha():
        if unicodedata.category(sign)[0] == "C":
            return -5.0
        if before.isalpha() and after.isalpha() and sign not in "’\xa0–·":
            return -3.0
        closing = after.isalpha() and sign in "…™®°"
        return 1.8 if sign in _SIGNS and not closing else -1.0
    if _is_east_asian(sign):
        half = "\uff66" <= sign <= "\uff9f" and not (_is_east_asian(before) or _is_east_asian(after))
        return -3.0 if half or _is_ascii_letter(before) or _is_ascii_letter(after) else 2.0
    if "\u0400" <= sign <= "\u04ff":
        alone = before.isascii() and after.isascii()
        return -3.0 if alone or _is_ascii_letter(before) or _is_ascii_letter(after) else 1.0
    if sign.isupper() and before.isalpha() and (before.islower() or after.islower()):
        return -3.0
    if not before.isalpha() and not after.isalpha():
        return 0.0
    if not (before.isascii() or after.isascii()):
        return -1.0
    return 2.0 if sign in _GERMAN else 1.8 if sign in _COMMON else 0.5


def _is_east_asian(sign: str) -> bool:
    return "\u3040" <= sign <= "\u9fff" or "\uff66" <= sign <= "\uff9f"


def _is_ascii_letter(sign: str) -> bool:
    return sign.isascii() and sign.isalpha()
