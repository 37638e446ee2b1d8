"""Drafts and kept cards as vCard files: UTF-8 without BOM, CRLF, folded at 75 octets.

A card that was read is given back from its own text, so that properties
nobody here understands leave as they came.
"""

from __future__ import annotations

import re

from crm_cli.errors import UsageError
from importers import vcard_body as body_of
from importers import vcard_convert as convert
from importers.contentlines import FOLD, escape_text, fold, parse_head
from importers.quoted_printable import fold_quoted
from importers.vcard_build import card_text
from importers.vcard_labels import is_quoted
from importers.vcard_read import read_card

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from crm_cli.domain.draft import ContactDraft

_CONVERTERS: dict[str, Callable[[convert.Line], str]] = {
    "2.1": convert.to_v21,
    "3.0": convert.to_v3,
    "4.0": convert.to_v4,
}
_BASE64_LINE = re.compile(r"[A-Za-z0-9+/=]+\Z")
# A card of version 3.0 none of whose lines is folded, nor has a head that might be spelled otherwise.
_AS_IT_IS = re.compile(
    rb"BEGIN:VCARD\nVERSION:3\.0\n"
    rb"(?:(?=[^\n]{1,75}\n)[A-Za-z0-9.-]++(?:;TYPE=[A-Za-z,-]++)*+:[^\n]*+\n)*+END:VCARD"
)
CACHE_LIMIT = 4096


def write(cards: Iterable[ContactDraft | str], *, version: str = "3.0", strict: bool = False) -> Iterator[bytes]:
    """Yield each card as bytes; a text is what a draft keeps as `raw`.

    `version` is `3.0`, `4.0`, `2.1` or `keep`, which gives a card back in its
    own. Every line comes out, also one that is no property. `strict` is for
    servers: such a line becomes the text of `X-UNREADABLE-LINE`, a second N
    `X-ALTERNATIVE-N`, a nested card the text of AGENT.
    """
    writer = CardWriter(version, strict=strict)
    for card in cards:
        yield writer.write(text_of(card), uid=None if isinstance(card, str) else card.uid)


def text_of(card: ContactDraft | str) -> str:
    """Give a card's own text, or one made of its fields where it never was a card."""
    if isinstance(card, str):
        return card
    if card.raw is not None and (card.raw_format or "").startswith("vcard"):
        return card.raw
    return card_text(card)


def stable_uid(raw: str) -> str:
    """Derive the UID of a card that has none from its text, the same each time (UUID version 5, RFC 4122)."""
    import uuid

    return str(uuid.uuid5(uuid.NAMESPACE_OID, raw))


class CardWriter:
    """Writes cards one after the other in one version, remembering which heads need no change."""

    def __init__(self, version: str = "3.0", *, strict: bool = False) -> None:
        if version != "keep" and version not in body_of.VERSIONS:
            raise UsageError(
                "There is no vCard version “{version}”.",
                version=version,
                hint="The versions are keep, 3.0, 4.0 and 2.1.",
            )
        self.version = version
        self.strict = strict
        self.plain: dict[str, bool] = {}

    def write(self, raw: str, *, uid: str | None = None) -> bytes:
        """Write one card from the text a draft keeps; `uid` is for a card that has none."""
        if not self.strict and self.version in ("3.0", "keep"):
            octets = raw.encode("utf-8", "replace")
            if _AS_IT_IS.fullmatch(octets) and _is_complete(octets):
                return octets.replace(b"\n", b"\r\n") + b"\r\n"
        lines = raw.split("\n")
        own = body_of.card_version(lines)
        target = own if self.version == "keep" else self.version
        version_line, body = self._without_version(lines[1:-1], raw, target)
        if self.version != "keep" and (own != target or target == "3.0"):
            plain = self.plain if own != "2.1" and target == "3.0" else {}
            body = [line if plain.get(line.partition(":")[0]) else self._converted(line, own, target) for line in body]
        if self.version != "keep" or self.strict:
            body = _required(raw, target, uid) + body
        if self.strict:
            body = list(_strict_lines(body, raw))
        card = ["BEGIN:VCARD", version_line, *body, "END:VCARD"]
        if target == "2.1":
            card = [_folded_old(line) for line in card]
        text = "\r\n".join(card)
        if target != "2.1" and not (text.isascii() and max(map(len, card)) <= FOLD):
            text = "\r\n".join([line if len(line) * 4 <= FOLD else fold(line) for line in card])
        return (text + "\r\n").encode("utf-8", "replace")

    def _without_version(self, body: list[str], raw: str, target: str) -> tuple[str, list[str]]:
        """Give the VERSION line, which stands first, and the rest; a group before VERSION stays."""
        if body and body[0][:8] == "VERSION:" and raw.upper().count("VERSION:") == 1:
            return "VERSION:" + target, body[1:]
        depths = body_of.depths(body)
        own = [line for line, depth in zip(body, depths, strict=True) if depth == 0 and body_of.is_version(line)]
        rest = [line for line, depth in zip(body, depths, strict=True) if depth or not body_of.is_version(line)]
        head = own[0].partition(":")[0] if own and not self.strict else "VERSION"
        return f"{head}:{target}", rest

    def _converted(self, line: str, own: str, target: str) -> str:
        head = line.partition(":")[0]
        if target == "3.0" and own != "2.1" and self._is_plain(head):
            return line
        if body_of.is_edge(line) or body_of.opens_inline(line):
            return line
        taken = convert.read_line(line, own == "2.1")
        return _CONVERTERS[target](taken) if taken else line

    def _is_plain(self, head: str) -> bool:
        """Tell whether a head has nothing that vCard 3.0 spells otherwise."""
        known = self.plain.get(head)
        if known is not None:
            return known
        if len(self.plain) > CACHE_LIMIT:
            self.plain.clear()
        parsed = parse_head(head)
        keys = {key for key, _ in parsed.params} if parsed else set()
        plain = not keys & {"", "ENCODING", "CHARSET"} and "BASE64" not in head.upper()
        self.plain[head] = plain
        return plain


def _is_complete(octets: bytes) -> bool:
    """Tell whether a card has all that is required, and no second VERSION."""
    required = b"\nFN:" in octets and b"\nN:" in octets and b"\nUID:" in octets
    return required and octets.upper().count(b"VERSION:") == 1


def _required(raw: str, target: str, uid: str | None) -> list[str]:
    """Give what a version or a server requires and the card has not: FN, N (RFC 2426, 3.1; RFC 6350, 6.2.1), UID."""
    if "\nFN:" in raw and "\nN:" in raw and "\nUID:" in raw:
        return []
    lines = body_of.own_lines(raw.split("\n"), raw)
    names = {line.partition(":")[0].partition(";")[0].rpartition(".")[2].upper() for line in lines}
    missing = []
    if "FN" not in names and target != "2.1":
        missing.append("FN:" + escape_text(read_card(raw, region=None).name))
    if "N" not in names and target != "4.0":
        missing.append("N:;;;;")
    if "UID" not in names:
        missing.append("UID:" + (uid or stable_uid(raw)))
    return missing


def _strict_lines(body: list[str], raw: str) -> Iterator[str]:
    """Make every line one that a strict reader takes."""
    names = 0
    for line in _photos_joined(_nested_as_text(body) if body_of.has_nested(raw) else body):
        taken = convert.read_line(line.lstrip("."), False)
        if taken is None or not taken.head.is_legal():
            yield convert.unreadable(line)
            continue
        written = convert.strict(taken)
        names += taken.head.name == "N"
        if taken.head.name == "PROFILE":
            written = _renamed(written, "X-PROFILE")  # it says what BEGIN says, and readers refuse both
        elif taken.head.name == "N" and names > 1:
            written = _renamed(written, "X-ALTERNATIVE-N")
        yield written


def _renamed(line: str, name: str) -> str:
    """Give a line another property name; group, parameters and value stay."""
    head = line.partition(":")[0].partition(";")[0]
    group, dot, _ = head.rpartition(".")
    return f"{group}{dot}{name}{line[len(head) :]}"


def _nested_as_text(body: list[str]) -> Iterator[str]:
    """Put a card nested line by line into the text of its AGENT (RFC 2426, 3.5.4)."""
    agent: str | None = None
    nested: list[str] = []
    for line, depth in zip(body, body_of.depths(body), strict=True):
        if depth:
            nested.append(line)
            continue
        if agent is not None:
            yield _agent_line(agent, nested)
        agent, nested = line, []
    if agent is not None:
        yield _agent_line(agent, nested)


def _agent_line(agent: str, nested: list[str]) -> str:
    if not nested:
        return agent
    head, _, value = agent.partition(":")
    return f"{head}:" + escape_text("\n".join([value, *nested] if value.strip() else nested))


def _photos_joined(body: Iterable[str]) -> Iterator[str]:
    """Put a photo together whose lines were broken without the white space that marks a fold."""
    photo: list[str] = []
    for line in body:
        if photo and _BASE64_LINE.match(line):
            photo.append(line)
            continue
        if photo:
            yield "".join(photo)
        taken = convert.read_line(line, False) if "ENCODING" in line[:200].upper() else None
        photo = [line] if taken and taken.encoding() == "base64" else []
        if not photo:
            yield line
    if photo:
        yield "".join(photo)


def _folded_old(line: str) -> str:
    """Fold as vCard 2.1 does: soft line ends in quoted-printable, an empty line after BASE64."""
    short = len(line) <= 60
    taken = None if short and "BASE64" not in line.upper() else convert.read_line(line, True)
    if taken is None:
        return fold(line)
    if is_quoted(taken.head):
        return fold_quoted(taken.head.text, taken.value)
    return fold(line) + "\r\n" if taken.encoding() == "base64" else fold(line)
