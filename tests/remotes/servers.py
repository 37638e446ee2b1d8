"""Real CardDAV and CalDAV servers as processes of their own, and a plain client that plays the other device."""

from __future__ import annotations

import base64
import os
import random
import re
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
import venv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

PACKAGES = ("radicale", "xandikos")
USER, PASSWORD = "alice", "secret"
_PORTS = (15_000, 30_000)
_PATIENCE = 120  # seconds until a server answers
_BOOK = (
    '<?xml version="1.0"?><mkcol xmlns="DAV:" xmlns:CR="urn:ietf:params:xml:ns:carddav"><set><prop><resourcetype>'
    "<collection/><CR:addressbook/></resourcetype><displayname>{name}</displayname></prop></set></mkcol>"
)
_CALENDAR = (
    '<?xml version="1.0"?><C:mkcalendar xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><set><prop>'
    "<C:supported-calendar-component-set>{components}</C:supported-calendar-component-set></prop></set></C:mkcalendar>"
)
_RADICALE = """[server]
hosts = 127.0.0.1:{port}
[auth]
type = htpasswd
htpasswd_filename = {folder}/users
htpasswd_encryption = plain
delay = 0
[storage]
filesystem_folder = {folder}/collections
[web]
type = none
[logging]
level = error
"""


def environment(folder: Path, packages: Sequence[str] = PACKAGES) -> Path | None:
    """Return the Python of an environment with these packages, made once in `folder`; None where pip can't."""
    python = folder / "env" / "bin" / "python"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        import fcntl

        fcntl.flock(lock, fcntl.LOCK_EX)
        if (folder / "whole").exists():
            return python
        shutil.rmtree(folder / "env", ignore_errors=True)
        venv.create(folder / "env", with_pip=True)
        install = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", *packages]
        if subprocess.run(install, capture_output=True, check=False).returncode:
            return None
        (folder / "whole").touch()
    return python


@contextmanager
def in_memory() -> Iterator[Path]:
    """Give a folder for a server, in memory where there is such: Radicale flushes every file it writes to the disk."""
    shared = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=shared if os.access(shared, os.W_OK) else None) as name:
        yield Path(name)


def free_port() -> int:
    """Return a port nobody listens on, of those that no outgoing connection is given meanwhile."""
    while True:
        port = random.SystemRandom().randrange(*_PORTS)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


class Server:
    """A server process with a folder of its own. `kind` is `radicale` or `xandikos`."""

    def __init__(self, kind: str, python: Path, folder: Path) -> None:
        self.kind = kind
        self.python = python
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.user = USER if kind == "radicale" else None
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the process and wait until it answers."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.kind == "radicale":
            (self.folder / "users").write_text(f"{USER}:{PASSWORD}\n")
            (self.folder / "config").write_text(_RADICALE.format(port=self.port, folder=self.folder))
            words = ["-m", "radicale", "--config", str(self.folder / "config")]
        else:
            words = ["-m", "xandikos", "serve", "--defaults", "-d", str(self.folder / "data")]
            words += ["-l", "127.0.0.1", "-p", str(self.port)]
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("CRM_", "PYTHON"))}
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [str(self.python), *words], stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=clean
            )
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                Device(self.url, self.user).ask("OPTIONS", "/")
                return
            except urllib.error.HTTPError:
                return
            except OSError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    self.stop()
                    raise
                time.sleep(0.05)

    def stop(self) -> None:
        """End the process."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def book(self, name: str) -> Device:
        """Make an address book and return a device that looks at it."""
        home = f"/{USER}/" if self.kind == "radicale" else "/user/contacts/"
        device = Device(self.url, self.user, f"{home}{name}/")
        device.ask("MKCOL", device.path, _BOOK.format(name=name).encode(), {"Content-Type": "application/xml"})
        return device

    def calendar(self, name: str, *components: str) -> Device:
        """Make a calendar, for all components or some, and return a device that looks at it."""
        home = f"/{USER}/" if self.kind == "radicale" else "/user/calendars/"
        device = Device(self.url, self.user, f"{home}{name}/")
        taken = "".join(f'<C:comp name="{component}"/>' for component in components)
        body = _CALENDAR.format(components=taken).encode() if components else None
        device.ask("MKCALENDAR", device.path, body, {"Content-Type": "application/xml"} if body else None)
        return device


class Device:
    """The other device: puts, gets and deletes cards without any cleverness."""

    def __init__(self, url: str, user: str | None, path: str = "/") -> None:
        self.url = url
        self.user = user
        self.path = path

    def ask(self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> bytes:
        """Send a request and return the body; raises HTTPError."""
        request = urllib.request.Request(self.url + path, data=body, method=method, headers=headers or {})
        if self.user:
            token = base64.b64encode(f"{self.user}:{PASSWORD}".encode()).decode()
            request.add_header("Authorization", f"Basic {token}")
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=300) as answer:
            return answer.read()

    def names(self) -> list[str]:
        """List the resources."""
        body = b'<propfind xmlns="DAV:"><prop><getetag/></prop></propfind>'
        text = self.ask("PROPFIND", self.path, body, {"Depth": "1", "Content-Type": "application/xml"}).decode()
        found = re.findall(r"<[^<>]*href[^<>]*>([^<]+)</", text)
        return sorted({name.rpartition("/")[2] for name in found} - {""})

    def get(self, name: str) -> str:
        """Return a card, its lines unfolded and ended by LF."""
        text = self.ask("GET", self.path + name).decode()
        return re.sub(r"\r?\n[ \t]", "", text).replace("\r\n", "\n")

    def put(self, name: str, text: str) -> None:
        """Write a card."""
        body = text.strip().replace("\r\n", "\n").replace("\n", "\r\n") + "\r\n"
        kind = "text/calendar" if name.endswith(".ics") else "text/vcard"
        self.ask("PUT", self.path + name, body.encode(), {"Content-Type": f"{kind}; charset=utf-8"})

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace a piece of a card."""
        text = self.get(name)
        assert old in text, text
        self.put(name, text.replace(old, new))

    def delete(self, name: str) -> None:
        """Delete a card."""
        self.ask("DELETE", self.path + name)

    def cards(self) -> dict[str, str]:
        """Return every card by its name."""
        return {name: self.get(name) for name in self.names()}


def card(uid: str, name: str, *lines: str) -> str:
    """Return a card as a phone writes it."""
    given, _, family = name.partition(" ")
    head = ["BEGIN:VCARD", "VERSION:3.0", f"UID:{uid}", f"FN:{name}", f"N:{family};{given};;;"]
    return "\n".join([*head, *lines, "END:VCARD"])


def event(uid: str, title: str, *lines: str, start: str = "20251203T090000Z", end: str = "20251203T100000Z") -> str:
    """Return a calendar with one event as a phone writes it."""
    times = [f"DTSTART:{start}", f"DTEND:{end}"]
    return calendar([f"UID:{uid}", "DTSTAMP:20251101T000000Z", *times, f"SUMMARY:{title}", *lines])


def calendar(*components: list[str], kind: str = "VEVENT") -> str:
    """Return a calendar with these components."""
    inner = [line for component in components for line in (f"BEGIN:{kind}", *component, f"END:{kind}")]
    return "\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//phone//", *inner, "END:VCALENDAR"])
