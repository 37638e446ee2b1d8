"""A small WebDAV server with bad manners on demand, for what the real ones do not do when asked."""

from __future__ import annotations

import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote
from xml.sax.saxutils import escape

BOOK = "/u/book/"
_REPORTS = (
    "<D:supported-report-set><D:supported-report><D:report><D:sync-collection/></D:report></D:supported-report>"
    "</D:supported-report-set>"
)


class FakeServer:
    """An address book in memory at `url` + `BOOK`. The attributes of `__init__` are its manners."""

    def __init__(self) -> None:
        self.cards: dict[str, tuple[int, str]] = {}
        self.log: dict[str, int] = {}
        self.version = 0
        self.oldest = 0
        self.lock = threading.Lock()
        self.requests: list[tuple[str, str, dict[str, str]]] = []
        self.sync = True  # sync-collection is offered
        self.ctag = False  # the CTag is told
        self.page = 0  # how many members a page of sync-collection holds, 0 for all
        self.put_etag = True  # PUT answers an ETag
        self.weak = False  # etags are weak
        self.etags = True  # etags are told at all
        self.rewrite = None  # what becomes of a body that is put
        self.before_put = None  # called with (server, href) before a PUT is looked at
        self.failures: list[int] = []  # statuses of the next answers, whatever is asked
        self.drop_after = -1  # after how many PUTs the connection breaks
        self.redirect = ""  # where everything is sent to
        self.answer = b""  # the body of every PROPFIND
        self.refuse = ""  # a text in a body that is not taken
        handler = type("Handler", (_Handler,), {"fake": self})
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_port}"
        self.user, self.path = "alice", BOOK
        self.thread = threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.thread.start()

    def stop(self) -> None:
        """End the server."""
        self.http.shutdown()
        self.http.server_close()
        self.thread.join()

    def put(self, name: str, text: str) -> None:
        """Write a card as another device would."""
        with self.lock:
            self.version += 1
            self.cards[BOOK + name] = (self.version, text)
            self.log[BOOK + name] = self.version

    def get(self, name: str) -> str:
        """Return a card, its lines unfolded and ended by LF."""
        return re.sub(r"\r?\n[ \t]", "", self.cards[BOOK + name][1]).replace("\r\n", "\n")

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace a piece of a card."""
        text = self.get(name)
        assert old in text, text
        self.put(name, text.replace(old, new))

    def delete(self, name: str) -> None:
        """Delete a card as another device would."""
        with self.lock:
            self.version += 1
            del self.cards[BOOK + name]
            self.log[BOOK + name] = self.version

    def names(self) -> list[str]:
        """List the cards."""
        return sorted(href.removeprefix(BOOK) for href in self.cards)

    def failure(self) -> int:
        """Take the status that the next answer has whatever is asked; 0 for an honest one."""
        with self.lock:
            return self.failures.pop(0) if self.failures else 0

    def drops(self) -> bool:
        """Count a PUT; tell whether the connection breaks instead. Several may come at the same moment."""
        with self.lock:
            if self.drop_after > 0:
                self.drop_after -= 1
                return False
            return self.drop_after == 0

    def etag(self, href: str) -> str:
        """Return the etag of a card as it is told."""
        return ("W/" if self.weak else "") + f'"{self.cards[href][0]}"'


class _Handler(BaseHTTPRequestHandler):
    fake: FakeServer
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def _serve(self) -> None:
        fake = self.fake
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        path = unquote(self.path)
        fake.requests.append((self.command, path, {name.lower(): value for name, value in self.headers.items()}))
        if fake.redirect:
            self._reply(301, headers={"Location": fake.redirect + self.path})
        elif status := fake.failure():
            self._reply(status, headers={"Retry-After": "0"})
        elif self.command == "PUT" and fake.drops():
            self.close_connection = True
            self.connection.close()
        else:
            if self.command == "PUT" and fake.before_put:
                fake.before_put(fake, path)
            with fake.lock:
                getattr(self, f"_{self.command.lower()}")(path, body)

    do_PROPFIND = do_REPORT = do_PUT = do_DELETE = do_GET = _serve

    def _reply(self, status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _multistatus(self, responses: list[str], token: str = "") -> None:
        text = "".join(responses) + (f"<D:sync-token>{token}</D:sync-token>" if token else "")
        spaces = 'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav" xmlns:S="http://calendarserver.org/ns/"'
        self._reply(207, f'<?xml version="1.0"?><D:multistatus {spaces}>{text}</D:multistatus>'.encode())

    def _response(self, href: str, properties: str) -> str:
        found = f"<D:propstat><D:prop>{properties}</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>"
        return f"<D:response><D:href>{escape(href)}</D:href>{found}</D:response>"

    def _etag(self, href: str) -> str:
        return f"<D:getetag>{escape(self.fake.etag(href))}</D:getetag>" if self.fake.etags else ""

    def _data(self, href: str) -> str:
        return f"<C:address-data>{escape(self.fake.cards[href][1])}</C:address-data>"

    def _propfind(self, _: str, __: str) -> None:
        fake = self.fake
        if fake.answer:
            self._reply(207, fake.answer)
            return
        own = "<D:resourcetype><D:collection/><C:addressbook/></D:resourcetype>"
        own += _REPORTS + f"<D:sync-token>t{fake.version}</D:sync-token>" if fake.sync else ""
        own += f"<S:getctag>c{fake.version}</S:getctag>" if fake.ctag else ""
        responses = [self._response(BOOK, own)]
        if self.headers.get("Depth") == "1":
            responses += [self._response(href, self._etag(href)) for href in fake.cards]
        self._multistatus(responses)

    def _report(self, _: str, body: str) -> None:
        if "sync-collection" not in body:
            hrefs = [unquote(href) for href in re.findall(r"<d:href>([^<]*)</d:href>", body)]
            found = [href for href in hrefs if href in self.fake.cards]
            data = "{}<C:address-data>{}</C:address-data>"
            self._multistatus(
                [
                    self._response(href, data.format(self._etag(href), escape(self.fake.cards[href][1])))
                    for href in found
                ]
            )
            return
        token = re.search(r"<d:sync-token>t?(\d*)</d:sync-token>", body)
        since = int(token[1]) if token and token[1] else 0
        if not self.fake.sync or (since and since < self.fake.oldest):
            self._reply(403, b"<error xmlns='DAV:'><valid-sync-token/></error>")
            return
        self._changes(since)

    def _changes(self, since: int) -> None:
        fake = self.fake
        changed = sorted((version, href) for href, version in fake.log.items() if version > since)
        if not since:
            changed = [(version, href) for version, href in changed if href in fake.cards]
        page = changed[: fake.page] if fake.page else changed
        gone = "<D:response><D:href>{}</D:href><D:status>HTTP/1.1 404 Not Found</D:status></D:response>"
        responses = [
            self._response(href, self._etag(href)) if href in fake.cards else gone.format(escape(href))
            for _, href in page
        ]
        more = len(page) < len(changed)
        if more:
            full = "<D:response><D:href>{}</D:href><D:status>HTTP/1.1 507 Insufficient Storage</D:status></D:response>"
            responses.append(full.format(BOOK))
        self._multistatus(responses, f"t{page[-1][0] if more else fake.version}")

    def _refused(self, href: str) -> bool:
        wanted = self.headers.get("If-Match")
        if wanted is not None and (href not in self.fake.cards or wanted != self.fake.etag(href)):
            return True
        return self.headers.get("If-None-Match") == "*" and href in self.fake.cards

    def _put(self, href: str, body: str) -> None:
        fake = self.fake
        if fake.refuse and fake.refuse in body:
            self._reply(403)
        elif self._refused(href):
            self._reply(412)
        else:
            fake.version += 1
            fake.cards[href] = (fake.version, fake.rewrite(body) if fake.rewrite else body)
            fake.log[href] = fake.version
            self._reply(201, headers={"ETag": fake.etag(href)} if fake.put_etag and fake.etags else {})

    def _delete(self, href: str, _: str) -> None:
        fake = self.fake
        if self._refused(href) or href not in fake.cards:
            self._reply(412 if href in fake.cards else 404)
            return
        fake.version += 1
        del fake.cards[href]
        fake.log[href] = fake.version
        self._reply(204)

    def _get(self, href: str, _: str) -> None:
        if href not in self.fake.cards:
            self._reply(404)
            return
        self._reply(200, self.fake.cards[href][1].encode(), {"ETag": self.fake.etag(href)})
