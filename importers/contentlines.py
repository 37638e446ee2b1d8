"""Content lines: what vCard (RFC 6350, 2426, versit 2.1) and iCalendar (RFC 5545) are made of.

A line is `[group.]NAME[;param…]:value`. Nothing here knows what a property
means; reading is lenient, writing is strict. All functions are linear in the
length of their input, because the input comes from strangers.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

PARAM_LIMIT = 64
FOLD = 75

_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_BARE_COMMA = re.compile(r"\\.|,", re.DOTALL)
_BARE_SEPARATOR = re.compile(r"\\.|[,;]", re.DOTALL)
_CARET = re.compile(r"\^([n'^])")
_NAME = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)?\Z")
_PARAM = re.compile(r"[A-Za-z0-9-]+(?:=.*)?\Z", re.DOTALL)
_CARET_TEXT = {"n": "\n", "'": '"', "^": "^"}


class Head:
    """All of a content line before its value.

    `name` is in capitals, without its group. `params` are `(KEY, text)` in
    their order, `text` as written; a bare vCard 2.1 word has the key "".
    """

    __slots__ = ("group", "name", "params", "text")

    def __init__(self, text: str, group: str, name: str, params: tuple[tuple[str, str], ...]) -> None:
        self.text = text
        self.group = group
        self.name = name
        self.params = params

    def values(self, key: str) -> list[str]:
        """List the decoded values of a parameter: lists split, quotes and RFC 6868 carets resolved."""
        return [value for name, text in self.params if name == key for value in param_values(text)]

    def value(self, key: str) -> str | None:
        """Give the first value of a parameter, or None."""
        values = self.values(key)
        return values[0] if values else None

    def words(self) -> list[str]:
        """List what says the type, in capitals: bare words, and TYPE as list or repeated."""
        # Quotes around a list are common (`TYPE="voice,home"`, RFC 6350, 5.6) and mean the list all the same.
        texts = (text.replace('"', "") for key, text in self.params if key in ("", "TYPE"))
        return [word.strip().upper() for text in texts for word in text.split(",")]

    def is_legal(self) -> bool:
        """Tell whether group, name and parameter names keep to the grammar of RFC 6350, 3.3."""
        pieces = _split_outside_quotes(self.text, ";")
        return bool(_NAME.match(pieces[0])) and all(_PARAM.match(piece) for piece in pieces[1:])


def split_line(line: str) -> tuple[str, str] | None:
    """Split at the first colon outside quotes; None for a line that has none.

    An unclosed quote is taken for a character, so that the value is not lost.
    """
    head, colon, value = line.partition(":")
    if not colon:
        return None
    if head.count('"') % 2:
        at = len(head)
        quoted = True
        for index in range(at, len(line)):
            character = line[index]
            if character == '"':
                quoted = not quoted
            elif character == ":" and not quoted:
                return line[:index], line[index + 1 :]
    return head, value


def parse_head(text: str) -> Head | None:
    """Read what stands before the value; None where there are more than 64 parameters."""
    pieces = _split_outside_quotes(text, ";")
    if len(pieces) > PARAM_LIMIT + 1:
        return None
    group, _, name = pieces[0].strip().rpartition(".")
    params = []
    for piece in pieces[1:]:
        key, equals, value = piece.partition("=")
        params.append((key.strip().upper(), value) if equals else ("", piece))
    return Head(text, group, name.upper(), tuple(params))


def join_head(name: str, params: list[tuple[str, str]], group: str = "") -> str:
    """Write group, name and parameters; the inverse of `parse_head`."""
    parts = [f"{group}.{name}" if group else name]
    parts += [f"{key}={text}" if key else text for key, text in params]
    return ";".join(parts)


def param_values(text: str) -> list[str]:
    """Split a parameter's text into its values; quotes are taken off, carets decoded (RFC 6868)."""
    if '"' not in text and "^" not in text:
        return text.split(",")
    values = []
    for value in _split_outside_quotes(text, ","):
        value = value.strip()
        if len(value) > 1 and value[0] == '"' == value[-1]:
            value = value[1:-1]
        values.append(_CARET.sub(lambda match: _CARET_TEXT[match[1]], value))
    return values


def param_text(value: str) -> str:
    """Write a parameter value: carets encoded (RFC 6868), quoted where needed, no control character."""
    value = value.replace("^", "^^").replace('"', "^'").replace("\r\n", "\n").replace("\r", "\n").replace("\n", "^n")
    value = "".join(character for character in value if character == "\t" or (character >= " " and character != "\x7f"))
    return f'"{value}"' if any(sign in value for sign in ",;:") else value


def unescape_text(value: str) -> str:
    r"""Resolve `\n`, `\,`, `\;`, `\:` and `\\`; a backslash before anything else is dropped (RFC 6350, 3.4)."""
    if "\\" not in value:
        return value
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)


def escape_text(value: str) -> str:
    """Write a text value; every kind of line end becomes an escaped newline, other control characters go."""
    value = value.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    if not value.isprintable():
        value = "".join(character for character in value if character in "\t\n" or not is_control(character))
    return value.replace("\n", "\\n")


def escape_bare(value: str, *, semicolons: bool) -> str:
    """Put a backslash before commas (and semicolons) that have none; what is escaped stays."""
    pattern = _BARE_SEPARATOR if semicolons else _BARE_COMMA
    return pattern.sub(lambda match: match[0] if match[0][0] == "\\" else "\\" + match[0], value)


def split_escaped(value: str, separator: str) -> list[str]:
    """Split at separators that have no backslash before them; the parts stay escaped."""
    if "\\" not in value:
        return value.split(separator)
    parts = []
    start = 0
    for match in re.finditer(r"\\.|" + re.escape(separator), value, re.DOTALL):
        if match[0] == separator:
            parts.append(value[start : match.start()])
            start = match.end()
    parts.append(value[start:])
    return parts


def fold(line: str) -> str:
    """Break a line after at most 75 octets, never inside a character (RFC 6350, 3.2)."""
    if len(line) <= FOLD and line.isascii():
        return line
    octets = line.encode("utf-8", "surrogatepass")
    if len(octets) <= FOLD:
        return line
    return "\r\n ".join(_pieces(octets))


def _pieces(octets: bytes) -> Iterator[str]:
    start, room = 0, FOLD
    while len(octets) - start > room:
        end = start + room
        while octets[end] & 0xC0 == 0x80:
            end -= 1
        yield octets[start:end].decode("utf-8", "surrogatepass")
        start, room = end, FOLD - 1
    yield octets[start:].decode("utf-8", "surrogatepass")


def _split_outside_quotes(text: str, separator: str) -> list[str]:
    if '"' not in text:
        return text.split(separator)
    parts = []
    start, quoted = 0, False
    for index, character in enumerate(text):
        if character == '"':
            quoted = not quoted
        elif character == separator and not quoted:
            parts.append(text[start:index])
            start = index + 1
    parts.append(text[start:])
    return parts


def is_control(character: str) -> bool:
    """Tell whether a character is a C0 or C1 control."""
    return character < " " or "\x7f" <= character <= "\x9f"
