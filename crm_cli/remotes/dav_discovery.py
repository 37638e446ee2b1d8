"""From the address a person knows to the collections on that server (RFC 6764, 6; RFC 5397; RFC 6352, 7.1.1)."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from crm_cli.errors import RemoteError, UsageError
from crm_cli.remotes import dav_xml as xml
from crm_cli.remotes.http import is_safe
from crm_cli.remotes.remote import CONTACTS, EVENTS, Found

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from crm_cli.remotes.http import Session

_COLLECTION_TYPES = {f"{{{xml.CARDDAV}}}addressbook": CONTACTS, f"{{{xml.CALDAV}}}calendar": EVENTS}
_HOMES = {CONTACTS: "card:addressbook-home-set", EVENTS: "cal:calendar-home-set"}
_WELL_KNOWN = {CONTACTS: "/.well-known/carddav", EVENTS: "/.well-known/caldav"}
_ASKED = ("d:resourcetype", "d:displayname", "d:current-user-principal", xml.COMPONENTS, *_HOMES.values())


def checked_url(text: str) -> str:
    """Return the address of a server a person typed, `https://` unless it says otherwise.

    Raises UsageError for one with a password in it, RemoteError for what is none.
    """
    url = text.strip() if "://" in text else f"https://{text.strip()}"
    is_safe(url)
    if urlsplit(url).username or urlsplit(url).password:
        raise UsageError("A user or password does not belong into the address.", hint="--user, --password-command")
    return url


def host_name(url: str) -> str:
    """Return the host of an address, to call something by."""
    return (urlsplit(url).hostname or "server").removeprefix("www.")


def discover(session: Session, url: str, kinds: tuple[str, ...] = (CONTACTS, EVENTS)) -> list[Found]:
    """Return the collections an address leads to: itself, or those in the homes of the user's principal.

    Raises RemoteError where the server is no WebDAV server or knows no such collection.
    """
    answered = False
    for start in _starts(url, kinds):
        resources = _ask(session, start, depth=0)
        if resources is None:
            continue
        answered = True
        itself = [found for found in _collections(start, resources) if found.kind in kinds]
        if itself:
            return itself
        homes = _homes(session, start, resources, kinds)
        found = {item.url: item for home in homes for item in _in_home(session, home, kinds)}
        if found:
            return list(found.values())
    if not answered:
        raise RemoteError("{url} is no address of a contacts or calendar server.", url=url)
    raise RemoteError("No address book or calendar was found at {url}.", url=url, hint="Give the address of one.")


def _starts(url: str, kinds: tuple[str, ...]) -> Iterator[str]:
    yield url
    yield from (urljoin(url, _WELL_KNOWN[kind]) for kind in kinds)
    yield urljoin(url, "/")


def _ask(session: Session, url: str, *, depth: int) -> list[xml.Resource] | None:
    headers = {"Depth": str(depth), "Content-Type": "application/xml; charset=utf-8"}
    response = session.request("PROPFIND", url, body=xml.propfind(_ASKED), headers=headers)
    if response.status != 207:
        return None
    found = xml.multistatus(response.body).resources
    for resource in found:
        resource.href = urljoin(response.url, resource.href)
    return found


def _collections(base: str, resources: list[xml.Resource]) -> Iterator[Found]:
    for resource in resources:
        kinds = [_COLLECTION_TYPES[name] for name in resource.names("d:resourcetype") if name in _COLLECTION_TYPES]
        if kinds:
            title = resource.text("d:displayname")
            yield Found(urljoin(base, resource.href), kinds[0], title, resource.components())


def _homes(session: Session, start: str, resources: list[xml.Resource], kinds: tuple[str, ...]) -> list[str]:
    """Return where the collections of a user are, asking the principal where the start does not say."""
    homes = _named_homes(start, resources, kinds)
    principals = [urljoin(start, href) for item in resources for href in item.hrefs("d:current-user-principal")]
    for principal in principals[:1] if not homes else ():
        homes = _named_homes(principal, _ask(session, principal, depth=0) or [], kinds)
    return homes or [urljoin(start, resource.href) for resource in resources[:1]]


def _named_homes(base: str, resources: list[xml.Resource], kinds: tuple[str, ...]) -> list[str]:
    hrefs = [href for resource in resources for kind in kinds for href in resource.hrefs(_HOMES[kind])]
    return list(dict.fromkeys(urljoin(base, href) for href in hrefs))


def _in_home(session: Session, home: str, kinds: tuple[str, ...]) -> list[Found]:
    resources = _ask(session, home, depth=1) or []
    return [found for found in _collections(home, resources) if found.kind in kinds]
