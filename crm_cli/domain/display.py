"""Text as it may reach a screen: free of control characters, measured in terminal cells.

Names and notes come from outside. A terminal obeys escape sequences in them, and bidirectional controls make a text
read as another. What is replaced: C0, C1 and DEL, the bidi marks, embeddings, overrides and isolates, the line
separators of Unicode, and lone surrogates.
"""

from __future__ import annotations

REPLACEMENT = "\ufffd"

_BIDI = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_SEPARATORS = (0x2028, 0x2029)
_CONTROLS = (*range(0x20), *range(0x7F, 0xA0), *_BIDI, *_SEPARATORS)
_BLANKS = dict.fromkeys((0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, *_SEPARATORS), " ")
_TO_LINE = {**dict.fromkeys(_CONTROLS, REPLACEMENT), **_BLANKS}
_SURROGATES = (0xD800, 0xDFFF)
# Unicode's signs for the controls of ASCII; breaks and tabs are part of any text.
_PICTURES = {code: 0x2400 + code for code in range(0x20) if code not in _BLANKS} | {0x7F: 0x2421}


def clean_line(text: str) -> str:
    """Return `text` as one harmless line: breaks and tabs become blanks, controls U+FFFD."""
    if text.isprintable():
        return text
    text = text.replace("\r\n", " ").translate(_TO_LINE)
    return _without_surrogates(text)


def control_pictures(text: str) -> str:
    """Return text with the controls of ASCII as their signs (`␛` for ESC), for those who want to see what is there."""
    return text.translate(_PICTURES)


def count_controls(text: str) -> int:
    """Return how many characters of a text are controls; breaks and tabs are none."""
    return 0 if text.isprintable() else sum(ord(sign) in _TO_LINE and ord(sign) not in _BLANKS for sign in text)


def clean_lines(text: str) -> list[str]:
    """Return the harmless lines of a text of several lines."""
    return [clean_line(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]


def _without_surrogates(text: str) -> str:
    low, high = _SURROGATES
    if any(low <= ord(character) <= high for character in text):
        return "".join(REPLACEMENT if low <= ord(character) <= high else character for character in text)
    return text


def escape_controls(text: str) -> str:
    r"""Return JSON text with every control character inside it as `\uXXXX` (C0 is escaped already by the encoder)."""
    if text.isascii() and "\x7f" not in text:
        return text
    return "".join(map(_escaped, text)) if not _harmless(text) else text


def _harmless(text: str) -> bool:
    return all(line.isprintable() for line in text.split("\n"))


def _escaped(character: str) -> str:
    code = ord(character)
    if (code in _TO_LINE and code >= 0x7F) or _SURROGATES[0] <= code <= _SURROGATES[1]:
        return f"\\u{code:04x}"
    return character


def cell_width(text: str) -> int:
    """Return how many terminal cells a clean line takes: wide glyphs two, combining marks none."""
    # Up to the first combining mark every printable character takes one cell.
    if text.isascii() or max(text) < "\u0300":
        return len(text)
    return sum(map(_character_width, text))


def _character_width(character: str) -> int:
    code = ord(character)
    if code < 0x300:
        return 1
    import unicodedata

    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def shorten(text: str, width: int) -> str:
    """Return a clean line in at most `width` cells, its end replaced by `…` if it is longer."""
    if cell_width(text) <= width:
        return text
    taken = 0
    for index, character in enumerate(text):
        taken += _character_width(character)
        if taken > width - 1:
            return text[:index].rstrip() + "…" if width > 0 else ""
    return text


def folded(text: str, width: int) -> list[str]:
    """Return a clean line as lines of at most `width` cells, broken at blanks; a longer word is cut."""
    lines = [""]
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if cell_width(joined) <= width:
            lines[-1] = joined
            continue
        if lines[-1]:
            lines.append("")
        taken = 0
        for character in word:
            taken += _character_width(character)
            if taken > width:
                lines.append("")
                taken = _character_width(character)
            lines[-1] += character
    return lines


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Return a clean line filled with blanks to `width` cells; `right` aligns it to the right."""
    missing = width - cell_width(text)
    if missing <= 0:
        return text
    return " " * missing + text if right else text + " " * missing
