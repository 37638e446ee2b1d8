"""The text a draft keeps of its card: which version it is, which lines are its own, which are nested."""

from __future__ import annotations

import re

_INLINE = re.compile(r"(?:[\w-]*\.)?AGENT(?:;[^:]*)?:[ \t]*BEGIN:[ \t]*VCARD\Z", re.IGNORECASE | re.ASCII)
VERSIONS = ("2.1", "3.0", "4.0")


def card_version(lines: list[str]) -> str:
    """Name the version of a card; without VERSION, bare words in a head mean 2.1, else it is 3.0."""
    second = lines[1] if len(lines) > 1 else ""
    if second[:8] == "VERSION:" and second[8:] in VERSIONS:
        return second[8:]
    for line in lines:
        head, _, value = line.partition(":")
        if head[-7:].upper() == "VERSION" and is_version(line):
            value = value.strip()
            return value if value in VERSIONS else "3.0"
    heads = (line.partition(":")[0] for line in lines)
    return "2.1" if any("=" not in piece for head in heads for piece in head.split(";")[1:]) else "3.0"


def is_version(line: str) -> bool:
    """Tell whether a line is VERSION, with or without a group."""
    return line.partition(":")[0].rpartition(".")[2].strip().upper() == "VERSION"


def is_edge(line: str) -> bool:
    """Tell whether a line inside a card is the BEGIN or END of one nested in AGENT."""
    return line[-5:].upper() == "VCARD" and line.upper().replace(" ", "") in ("BEGIN:VCARD", "END:VCARD")


def opens_inline(line: str) -> bool:
    """Tell whether a line is `AGENT:BEGIN:VCARD`, after which the nested card follows line by line."""
    return line[-5:].upper() == "VCARD" and _INLINE.match(line) is not None


def depths(lines: list[str]) -> list[int]:
    """Give how deep each line between BEGIN and END is nested: 0 is the card's own."""
    found = []
    depth = 0
    for line in lines:
        edge = is_edge(line)
        depth += edge and line[:1] in "Bb"
        found.append(depth)
        depth -= edge and line[:1] in "Ee"
        depth += not edge and opens_inline(line)
    return found


def has_nested(raw: str) -> bool:
    """Tell quickly whether there may be more than one VCARD in the text of a card."""
    return raw.upper().count("VCARD") > 2


def own_lines(lines: list[str], raw: str) -> list[str]:
    """Give the lines between BEGIN and END without those of cards nested in AGENT."""
    inner = lines[1:-1]
    if not has_nested(raw):
        return inner
    return [line for line, depth in zip(inner, depths(inner), strict=True) if depth == 0]
