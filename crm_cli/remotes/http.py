"""One careful HTTP session: it talks to one origin only, bounds time and size, and repeats what may be repeated.

A redirect keeps method and body (RFC 9110, 15.4, allows a client to change them, WebDAV breaks when it does) and is
followed only within scheme, host and port, so that the password never reaches anybody else.
"""

from __future__ import annotations

import time
from urllib.parse import urljoin, urlsplit

from crm_cli.errors import RemoteError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

BODY_LIMIT = 64 << 20
# A server may need a minute for the first listing of ten thousand cards.
CONNECT_SECONDS, READ_SECONDS, TOTAL_SECONDS = 10, 120, 300
REDIRECTS = 3
ATTEMPTS = 4
PAUSE_SECONDS, LONGEST_PAUSE = 0.5, 30
_LATER = frozenset((429, 502, 503, 504))
_MOVED = frozenset((301, 302, 307, 308))
_LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))


class Response:
    """An answer: status, headers (names in lower case), body, and the address it came from."""

    __slots__ = ("body", "headers", "status", "url")

    def __init__(self, status: int, headers: dict[str, str], body: bytes, url: str) -> None:
        self.status = status
        self.headers = headers
        self.body = body
        self.url = url


class Unreachable(RemoteError):
    """The server did not answer, or the connection broke; what was asked may or may not have happened."""


class TooLarge(RemoteError):
    """The answer is larger than anything that is held in memory; less has to be asked for."""


def origin(url: str) -> tuple[str, str, int]:
    """Return scheme, host and port of an address; raises RemoteError for one that is none."""
    try:
        parts = urlsplit(url)
        port = parts.port or {"https": 443, "http": 80}[parts.scheme.lower()]
        host = (parts.hostname or "").lower()
    except (ValueError, KeyError) as error:
        raise RemoteError("“{url}” is no address of a server.", url=url, hint="https://dav.example.org/") from error
    if not host:
        raise RemoteError("“{url}” is no address of a server.", url=url, hint="https://dav.example.org/")
    return parts.scheme.lower(), host, port


def is_safe(url: str) -> bool:
    """Tell whether a password may travel to this address: TLS, or this very machine."""
    scheme, host, _ = origin(url)
    return scheme == "https" or host in _LOOPBACK


class Session:
    """Requests to the origin of one address, with its user and password. Close it, or use it as a context manager."""

    def __init__(
        self, url: str, *, user: str | None, password: str | None, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self.origin = origin(url)
        if password is not None and not is_safe(url):
            raise RemoteError("The password would go to {url} unencrypted.", url=url, hint="Use an https:// address.")
        self._sleep = sleep
        self._user = user
        self._password = password
        self._client = _client(user, password)

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def request(
        self, method: str, url: str, *, body: bytes = b"", headers: dict[str, str] | None = None, repeat: bool = True
    ) -> Response:
        """Send a request and return the answer, whatever its status.

        `repeat` says that sending it twice does no harm: then a broken connection and an overloaded server are tried
        again with growing pauses. Raises Unreachable, or RemoteError for a refused login (401), a body beyond 64 MB,
        a redirect to another origin.
        """
        for attempt in range(1, ATTEMPTS + 1):
            last = attempt == ATTEMPTS
            try:
                response = self._follow(method, url, body, headers or {})
            except Unreachable:
                if last or not repeat:
                    raise
                self._sleep(PAUSE_SECONDS * 2**attempt / 2)
                continue
            if response.status not in _LATER or last:
                return response
            self._sleep(_pause(response, attempt))
        raise AssertionError

    def _follow(self, method: str, url: str, body: bytes, headers: dict[str, str]) -> Response:
        for _ in range(REDIRECTS + 1):
            self._check_origin(url)
            response = self._send(method, url, body, headers)
            if response.status == 401 and self._switched_to_digest(response):
                response = self._send(method, url, body, headers)
            if response.status == 401:
                raise RemoteError(
                    "{host} refused the login of {user}.",
                    host=self.origin[1],
                    user=self._user or "-",
                    hint="The password comes from CRM_<NAME>_PASSWORD, --password-command or the keyring.",
                )
            if response.status not in _MOVED or "location" not in response.headers:
                return response
            url = urljoin(response.url, response.headers["location"])
        raise RemoteError("{host} sends from one address to the next without end.", host=self.origin[1])

    def _check_origin(self, url: str) -> None:
        if origin(url) != self.origin:
            raise RemoteError(
                "{host} leads to another server, {url}; nothing was sent there.",
                host=self.origin[1],
                url=url,
                hint="If you trust it, give its address to crm sync add.",
            )

    def _switched_to_digest(self, response: Response) -> bool:
        """Turn to digest authentication (RFC 7616) where the server asks for it and basic was tried."""
        import httpx

        wanted = response.headers.get("www-authenticate", "").lower()
        if not wanted.startswith("digest") or not isinstance(self._client.auth, httpx.BasicAuth):
            return False
        self._client.auth = httpx.DigestAuth(self._user or "", self._password or "")
        return True

    def _send(self, method: str, url: str, body: bytes, headers: dict[str, str]) -> Response:
        import httpx

        deadline = time.monotonic() + TOTAL_SECONDS
        try:
            with self._client.stream(method, url, content=body, headers=headers) as answer:
                found = bytearray()
                for piece in answer.iter_bytes():
                    found += piece
                    if len(found) > BODY_LIMIT:
                        raise TooLarge("The answer of {host} is larger than 64 MB.", host=self.origin[1])
                    if time.monotonic() > deadline:
                        raise Unreachable("{host} answers too slowly.", host=self.origin[1])
                names = {name.lower(): value for name, value in answer.headers.items()}
                return Response(answer.status_code, names, bytes(found), url)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise Unreachable(
                "{host} cannot be reached: {reason}.", host=self.origin[1], reason=str(error) or type(error).__name__
            ) from error


def _client(user: str | None, password: str | None) -> httpx.Client:
    try:
        import httpx
    except ModuleNotFoundError as error:
        raise RemoteError("Synchronising needs the extra “sync”.", hint='pip install "crm-cli[sync]"') from error
    import ssl

    from crm_cli import __version__

    return httpx.Client(
        auth=None if password is None else httpx.BasicAuth(user or "", password),
        follow_redirects=False,
        timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
        verify=ssl.create_default_context(),
        headers={"User-Agent": f"crm/{__version__}"},
    )


def _pause(response: Response, attempt: int) -> float:
    """Return how long to wait: what the server says in seconds, else twice as long each time."""
    said = response.headers.get("retry-after", "")
    seconds = float(said) if said.isascii() and said.isdecimal() and len(said) < 6 else PAUSE_SECONDS * 2**attempt / 2
    return min(seconds, LONGEST_PAUSE)
