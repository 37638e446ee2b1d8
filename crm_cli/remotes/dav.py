"""One collection of a CardDAV or CalDAV server: what changed, fetch, put, delete (RFC 6352, RFC 4791, RFC 6578)."""

from __future__ import annotations

from contextlib import nullcontext
from threading import Lock
from urllib.parse import quote, unquote, urljoin, urlsplit

from crm_cli.errors import RemoteError
from crm_cli.remotes import dav_xml as xml
from crm_cli.remotes.http import TooLarge
from crm_cli.remotes.remote import CONTACTS, Changed, Changes, Refused

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from crm_cli.remotes.http import Response, Session

BATCH = 500
PAGES = 10_000
# How many requests a server is sent at the same time.
LANES = 4
_CTAG = "ctag "
_GONE = frozenset((404, 410))
_BARE = "!$&'()*+,;=:@"
_XML = {"Content-Type": "application/xml; charset=utf-8"}
_REPORTS = {
    "contact": ("card:addressbook-multiget", "card:address-data", "text/vcard; charset=utf-8"),
    "event": ("cal:calendar-multiget", "cal:calendar-data", "text/calendar; charset=utf-8"),
}


class Collection:
    """An address book or a calendar at `url`, reached through a session; `kind` is `contact` or `event`.

    An href is a path, percent-encoded; the state of `changes` is a sync token (RFC 6578), or a CTag behind a word.
    """

    def __init__(self, session: Session, url: str, kind: str) -> None:
        self.session = session
        self.url = url if url.endswith("/") else url + "/"
        self.kind = kind
        self.path = _path(self.url)
        self.components: frozenset[str] | None = None
        self.lanes = LANES
        self._alone = Lock()

    def __enter__(self) -> Collection:
        return self

    def __exit__(self, *_: object) -> None:
        self.session.close()

    def changes(self, state: str | None) -> Changes:
        """Return what changed since a token; without a valid one the etags of all resources.

        A CTag spares the listing on servers that have no tokens: the same one means nothing changed.
        """
        capable, token, ctag = self._abilities()
        if capable:
            found = self._report(state) if state and not state.startswith(_CTAG) else None
            found = found or self._report(None)
            if found is not None:
                return found
            return Changes(self._listing(), set(), whole=True, state=token)
        now = _CTAG + ctag if ctag else None
        if now and now == state:
            return Changes({}, set(), whole=False, state=now)
        return Changes(self._listing(), set(), whole=True, state=now)

    def _abilities(self) -> tuple[bool, str | None, str | None]:
        """Return whether the collection has sync-collection, its token and its CTag; raises RemoteError without it."""
        asked = ("d:resourcetype", "d:supported-report-set", "d:sync-token", "cs:getctag", xml.COMPONENTS)
        response = self._propfind(asked, depth=0)
        if response.status in _GONE:
            raise RemoteError("{url} is no longer there.", url=self.url, hint="crm sync remove, then crm sync add")
        own = [item for item in self._multistatus(response).resources if item.status == 200]
        if not own:
            raise self._unexpected(response)
        self.components = own[0].components()
        reports = own[0].names("d:supported-report-set")
        return xml.expanded("d:sync-collection") in reports, own[0].text("d:sync-token"), own[0].text("cs:getctag")

    def _report(self, token: str | None) -> Changes | None:
        """Read a sync-collection with all its pages; None where the server does not (or no longer) take the token."""
        etags: dict[str, str] = {}
        gone: set[str] = set()
        whole = token is None
        for _ in range(PAGES):
            response = self._ask("REPORT", self.url, xml.sync_collection(token), {**_XML, "Depth": "0"})
            if response.status in (400, 403, 404, 405, 409, 410, 412, 415, 501, 507):
                return None
            status = self._multistatus(response)
            more = self._take(status, etags, gone)
            if status.token is None or (more and status.token == token):
                return None
            token = status.token
            if not more:
                return Changes(etags, set() if whole else gone, whole=whole, state=token)
        raise RemoteError("{url} gives page after page without end.", url=self.url)

    def _take(self, status: xml.MultiStatus, etags: dict[str, str], gone: set[str]) -> bool:
        """Note the resources of one page; return whether there are more (RFC 6578, 3.6: 507 on the collection)."""
        more = False
        for resource in status.resources:
            href = self.href(resource.href)
            if href.rstrip("/") == self.path.rstrip("/"):
                more |= resource.status == 507
            elif resource.status in _GONE:
                gone.add(href)
                etags.pop(href, None)
            elif not href.endswith("/"):
                gone.discard(href)
                etags[href] = resource.text("d:getetag") or ""
        return more

    def _listing(self) -> dict[str, str]:
        response = self._propfind(("d:getetag", "d:resourcetype"), depth=1)
        found = {}
        for resource in self._multistatus(response).resources:
            href = self.href(resource.href)
            is_folder = xml.expanded("d:collection") in resource.names("d:resourcetype")
            if resource.status == 200 and not is_folder and href.rstrip("/") != self.path.rstrip("/"):
                found[href] = resource.text("d:getetag") or ""
        return found

    def fetch(self, hrefs: Iterable[str]) -> Iterator[tuple[str, str, str]]:
        """Yield (href, etag, body) of those that exist, up to 500 at a time; others are left out."""
        waiting = list(hrefs)
        report, data, _ = _REPORTS[self.kind]
        for start in range(0, len(waiting), BATCH):
            batch = waiting[start : start + BATCH]
            asked = xml.multiget(report, data, batch)
            try:
                response = self._ask("REPORT", self.url, asked, {**_XML, "Depth": "0"})
            except TooLarge:
                if len(batch) == 1:
                    raise
                half = len(batch) // 2
                yield from self.fetch(batch[:half])
                yield from self.fetch(batch[half:])
                continue
            if response.status in (400, 403, 405, 415, 501):
                yield from self._fetch_singly(batch)
                continue
            wanted = set(batch)
            for resource in self._multistatus(response).resources:
                href, body = self.href(resource.href), resource.properties.get(xml.expanded(data))
                if href in wanted and resource.status == 200 and body is not None:
                    wanted.discard(href)
                    yield href, resource.text("d:getetag") or "", "".join(body.itertext())

    def _fetch_singly(self, hrefs: Sequence[str]) -> Iterator[tuple[str, str, str]]:
        for href in hrefs:
            response = self._ask("GET", self.address(href))
            if response.status == 200:
                yield href, response.headers.get("etag", ""), response.body.decode("utf-8", "replace")
            elif response.status not in _GONE:
                raise self._unexpected(response)

    def put(self, href: str, body: bytes, *, etag: str | None) -> str | None:
        """Write a resource, a new one with `etag=None`; return its new etag, None where the server changed the body.

        Raises Changed where it is not (or, being new, already is) what the etag says, Refused where it isn't taken.
        """
        headers = {"Content-Type": _REPORTS[self.kind][2]} | self._condition(href, etag)
        response = self._write("PUT", href, body, headers)
        if response.status in (404, 410, 412) or (response.status == 409 and etag is None):
            raise Changed
        if response.status not in (200, 201, 204):
            raise self._judged(response)
        return response.headers.get("etag")

    def delete(self, href: str, *, etag: str) -> None:
        """Delete a resource; one that is gone already is fine. Raises Changed, Refused."""
        response = self._write("DELETE", href, b"", self._condition(href, etag))
        if response.status == 412:
            raise Changed
        if response.status not in (200, 202, 204, *_GONE):
            raise self._judged(response)

    def _write(self, method: str, href: str, body: bytes, headers: dict[str, str]) -> Response:
        """Send a write; a server that can't take two at a time (423) gets one after the other from then on."""
        for _ in range(LANES):
            with self._alone if self.lanes == 1 else nullcontext():
                response = self._ask(method, self.address(href), body, headers)
            if response.status != 423:
                break
            self.lanes = 1
        return response

    def _condition(self, href: str, etag: str | None) -> dict[str, str]:
        """Return the header that makes a write safe; a weak etag can't (RFC 9110, 13.1.1), so we look just before."""
        if etag is None:
            return {"If-None-Match": "*"}
        if etag and not etag.startswith("W/"):
            return {"If-Match": etag}
        present = [found for _, found, _ in self.fetch([href])]
        if present != [etag]:
            raise Changed
        return {}

    def tidy(self) -> None:
        """Leave all as it is: a server takes a resource whole or not at all."""

    def new_href(self, name: str) -> str:
        """Return the href of a new resource; the name is made safe for a path."""
        safe = "".join(sign if (sign.isalnum() and sign.isascii()) or sign in "-_" else "-" for sign in name)[:100]
        return self.path + (safe.strip("-") or "item") + (".vcf" if self.kind == CONTACTS else ".ics")

    def href(self, text: str) -> str:
        """Return an address of the server as the path we know it by; raises RemoteError for one elsewhere."""
        url = urljoin(self.url, text)
        if urlsplit(url).netloc.lower() != urlsplit(self.url).netloc.lower():
            raise RemoteError("{url} names a resource on another server: {href}.", url=self.url, href=text)
        return _path(url)

    def address(self, href: str) -> str:
        """Return the full address of an href."""
        return urljoin(self.url, href)

    def _propfind(self, names: Iterable[str], *, depth: int) -> Response:
        return self._ask("PROPFIND", self.url, xml.propfind(names), {**_XML, "Depth": str(depth)})

    def _ask(self, method: str, url: str, body: bytes = b"", headers: dict[str, str] | None = None) -> Response:
        # A PUT or DELETE that is repeated after a lost answer meets its own 412 and is looked at again.
        return self.session.request(method, url, body=body, headers=headers)

    def _multistatus(self, response: Response) -> xml.MultiStatus:
        if response.status != 207:
            raise self._unexpected(response)
        return xml.multistatus(response.body)

    def _judged(self, response: Response) -> Exception:
        """Tell what is wrong with one item (4xx) from what is wrong with the server (5xx)."""
        refused = 400 <= response.status < 500 and response.status != 429
        return Refused(response.status) if refused else self._unexpected(response)

    def _unexpected(self, response: Response) -> RemoteError:
        return RemoteError("{url} answered {status}.", url=response.url, status=response.status)


def _path(url: str) -> str:
    """Return the path of an address, every part escaped in one way, whichever the server chose this time."""
    return "/".join(quote(unquote(part), safe=_BARE) for part in urlsplit(url).path.split("/")) or "/"
