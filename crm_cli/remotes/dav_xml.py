"""The XML of WebDAV: the bodies that are asked with, and multistatus answers (RFC 4918, 13) read without trust.

A document type is refused whatever its encoding, so that entities neither grow nor fetch anything.
"""

from __future__ import annotations

from crm_cli.errors import RemoteError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from xml.etree.ElementTree import Element

DAV = "DAV:"
CARDDAV = "urn:ietf:params:xml:ns:carddav"
CALDAV = "urn:ietf:params:xml:ns:caldav"
SERVER = "http://calendarserver.org/ns/"
_PREFIXES = {"d": DAV, "card": CARDDAV, "cal": CALDAV, "cs": SERVER}
_SPACES = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in _PREFIXES.items())
DEPTH_LIMIT = 64
COMPONENTS = "cal:supported-calendar-component-set"


class Resource:
    """One response of a multistatus: `status` of the whole (200 unless the server says so), properties found."""

    __slots__ = ("href", "properties", "status")

    def __init__(self, href: str, status: int, properties: dict[str, Element]) -> None:
        self.href = href
        self.status = status
        self.properties = properties

    def text(self, name: str) -> str | None:
        """Return the text of a property (`d:getetag`), None where it is missing or empty."""
        element = self.properties.get(expanded(name))
        text = None if element is None else "".join(element.itertext()).strip()
        return text or None

    def hrefs(self, name: str) -> list[str]:
        """Return the addresses inside a property."""
        element = self.properties.get(expanded(name))
        found = [] if element is None else element.iter(expanded("d:href"))
        return [text for text in ((child.text or "").strip() for child in found) if text]

    def names(self, name: str) -> set[str]:
        """Return the expanded names of everything inside a property."""
        element = self.properties.get(expanded(name))
        return set() if element is None else {child.tag for child in element.iter()}

    def components(self) -> frozenset[str] | None:
        """Return which components a calendar takes (RFC 4791, 5.2.3), None where it takes all or does not say."""
        element = self.properties.get(expanded(COMPONENTS))
        found = [] if element is None else element.iter(expanded("cal:comp"))
        return frozenset(child.get("name", "").upper() for child in found) or None


class MultiStatus:
    """A whole answer: its resources and, of a sync-collection, the next token."""

    __slots__ = ("resources", "token")

    def __init__(self, resources: list[Resource], token: str | None) -> None:
        self.resources = resources
        self.token = token


def expanded(name: str) -> str:
    """Return `{DAV:}getetag` for `d:getetag`."""
    prefix, _, local = name.partition(":")
    return f"{{{_PREFIXES[prefix]}}}{local}"


def propfind(names: Iterable[str]) -> bytes:
    """Write a PROPFIND for some properties."""
    return _document("d:propfind", _prop(names))


def sync_collection(token: str | None) -> bytes:
    """Write the report of what changed since a token (RFC 6578, 3.2)."""
    inner = f"<d:sync-token>{escaped(token or '')}</d:sync-token><d:sync-level>1</d:sync-level>"
    return _document("d:sync-collection", inner + _prop(["d:getetag"]))


def multiget(report: str, data: str, hrefs: Iterable[str]) -> bytes:
    """Write a report that fetches several resources (`card:addressbook-multiget`, `card:address-data`)."""
    asked = "".join(f"<d:href>{escaped(href)}</d:href>" for href in hrefs)
    return _document(report, _prop(["d:getetag", data]) + asked)


def escaped(text: str) -> str:
    """Write a text into XML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _prop(names: Iterable[str]) -> str:
    return "<d:prop>" + "".join(f"<{name}/>" for name in names) + "</d:prop>"


def _document(root: str, inner: str) -> bytes:
    return f'<?xml version="1.0" encoding="utf-8"?>\n<{root} {_SPACES}>{inner}</{root}>'.encode()


def parse(body: bytes) -> Element:
    """Read XML; raises RemoteError for what is none, nests too deep or declares a document type."""
    from xml.etree.ElementTree import TreeBuilder
    from xml.parsers import expat

    builder = TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEPTH_LIMIT:
            raise RemoteError("The server's answer is nested too deep.")
        builder.start("{" + name if "}" in name else name, attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end("{" + name if "}" in name else name)

    def refuse(*_: object) -> None:
        raise RemoteError("The server's answer declares a document type; it was refused.")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(body, True)
        return builder.close()
    except (expat.ExpatError, AssertionError, ValueError, LookupError) as error:
        raise RemoteError("The server's answer is no XML: {reason}.", reason=str(error)) from error


def multistatus(body: bytes) -> MultiStatus:
    """Read a 207; a property counts only under a propstat of 200. Raises RemoteError."""
    root = parse(body)
    if root.tag != expanded("d:multistatus"):
        raise RemoteError("The server's answer is no multistatus.")
    token = root.findtext(expanded("d:sync-token"))
    found = [_resource(element) for element in root.findall(expanded("d:response"))]
    return MultiStatus([item for group in found for item in group], (token or "").strip() or None)


def _resource(element: Element) -> list[Resource]:
    """Read a response; one without properties may name several addresses (RFC 4918, 14.24)."""
    hrefs = [(child.text or "").strip() for child in element.findall(expanded("d:href"))]
    status = _status(element.findtext(expanded("d:status")))
    properties: dict[str, Element] = {}
    for part in element.findall(expanded("d:propstat")):
        if _status(part.findtext(expanded("d:status"))) == 200:
            properties |= {child.tag: child for holder in part.findall(expanded("d:prop")) for child in holder}
    return [Resource(href, status, properties) for href in hrefs if href]


def _status(line: str | None) -> int:
    """Return the number in `HTTP/1.1 200 OK`, 200 where nothing is said."""
    words = (line or "").split()
    return int(words[1]) if len(words) > 1 and words[1].isdecimal() and len(words[1]) == 3 else 200
