"""A gateway in front of a real server that fails on demand: what no server does when asked, at a chosen request."""

from __future__ import annotations

import http.client
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

WRITES = ("PUT", "DELETE")
_OWN = frozenset(("connection", "keep-alive", "transfer-encoding", "content-length"))


class Proxy:
    """Passes requests on to `upstream`. The attributes of `heal` are what goes wrong; numbers count requests down.

    `conditional` says that the server has strong etags: without them who is quicker in the very moment wins.
    """

    def __init__(self, upstream: str, *, conditional: bool = True) -> None:
        self.conditional = conditional
        self.upstream = urlsplit(upstream)
        self.lock = threading.Lock()
        self.acting = threading.Lock()
        self.heal()
        handler = type("Handler", (_Handler,), {"proxy": self})
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_port}"
        self.thread = threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.thread.start()

    def heal(self) -> None:
        """Let everything work again."""
        self.cut = -1  # after so many requests nobody is reached any more
        self.lose = -1  # after so many requests one answer gets lost, what was asked being done
        self.busy = 0  # so many requests are answered 503
        self.storm = 0  # so many writes are answered 412
        self.forget = False  # sync tokens have expired
        self.before_write = None  # called with (method, path) before a write is passed on, for one write at a time

    def stop(self) -> None:
        """End the gateway."""
        self.http.shutdown()
        self.http.server_close()
        self.thread.join()

    def act(self, method: str, path: str) -> None:
        """Do what is to be done before a write; several may come at the same moment."""
        with self.acting:
            if self.before_write:
                self.before_write(method, path)

    def verdict(self, method: str, body: bytes) -> int | str | None:
        """Return what becomes of a request: a status, `cut`, `lose`, or None to pass it on."""
        with self.lock:
            if self.cut == 0:
                return "cut"
            self.cut -= self.cut > 0
            if self.busy:
                self.busy -= 1
                return 503
            if self.storm and method in WRITES:
                self.storm -= 1
                return 412
            if self.forget and b"sync-collection" in body and b"<d:sync-token></" not in body:
                return 403
            if self.lose >= 0:
                self.lose -= 1
                return "lose" if self.lose == -1 else None
            return None


class _Handler(BaseHTTPRequestHandler):
    proxy: Proxy
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *_: object) -> None:
        pass

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        verdict = self.proxy.verdict(self.command, body)
        if isinstance(verdict, int):
            self._reply(verdict, {"Retry-After": "0"}, b"")
        elif verdict == "cut":
            self._hang_up()
        else:
            if self.command in WRITES:
                self.proxy.act(self.command, self.path)
            try:
                answer = self._passed_on(body)
            except OSError:  # the server was ended meanwhile
                answer = None
            if verdict == "lose" or answer is None:
                self._hang_up()
            else:
                self._reply(*answer)

    do_OPTIONS = do_PROPFIND = do_REPORT = do_GET = do_PUT = do_DELETE = _serve

    def _hang_up(self) -> None:
        self.close_connection = True
        self.connection.close()

    def _passed_on(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
        host = self.proxy.upstream
        connection = http.client.HTTPConnection(host.hostname or "", host.port or 80, timeout=60)
        headers = {name: value for name, value in self.headers.items() if name.lower() not in _OWN}
        connection.request(self.command, self.path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        kept = {name: value for name, value in answer.getheaders() if name.lower() not in _OWN}
        return answer.status, kept, content

    def _reply(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
