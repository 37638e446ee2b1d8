"""Real programs on the other side: what we export, Radicale takes and khard reads."""

from __future__ import annotations

import base64
import fcntl
import http.client
import os
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.importers.corpus import FILES, drafts, measure, needs_corpus
from tests.remotes.servers import free_port

_PACKAGES = ("radicale>=3.3,<4", "khard>=0.19,<1")
_ADDRESS_BOOK = """<create xmlns="DAV:" xmlns:CR="urn:ietf:params:xml:ns:carddav"><set><prop><resourcetype><collection/>
<CR:addressbook/></resourcetype></prop></set></create>"""
_CONFIG = """[server]
hosts = 127.0.0.1:{port}
[auth]
type = none
[storage]
filesystem_folder = {folder}/collections
[web]
type = none
"""
# vobject, through which Radicale passes a card, cuts some values at a comma and has its own idea of others.
_READ_BACK_OTHERWISE = 16


@pytest.fixture(scope="session")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with Radicale and khard, installed once for all workers and apart from our own environment."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if os.environ.get("PYTEST_XDIST_WORKER") else shared
    folder = shared / "neighbours"
    with open(shared / "neighbours.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            run = subprocess.run(
                [*command, "--target", str(folder), *_PACKAGES], capture_output=True, text=True, check=False
            )
            folder.mkdir(exist_ok=True)
            if run.returncode:
                (folder / "failed").write_text(run.stderr)
    if (folder / "failed").exists():
        pytest.skip("Radicale and khard cannot be installed: " + (folder / "failed").read_text()[-300:])
    return folder


class Server:
    """A Radicale on loopback; `put` and `get` return (status, body)."""

    def __init__(self, port: int) -> None:
        self.port = port

    def request(self, method: str, path: str, body: bytes | None = None, kind: str = "text/vcard") -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        login = base64.b64encode(b"alice:").decode()
        connection.request(
            method, path, body, {"Authorization": f"Basic {login}", "Content-Type": f"{kind}; charset=utf-8"}
        )
        answer = connection.getresponse()
        found = answer.status, answer.read()
        connection.close()
        return found

    def make_book(self, name: str) -> str:
        path = f"/alice/{name}/"
        assert self.request("MKCOL", path, _ADDRESS_BOOK.encode(), "application/xml")[0] == 201
        return path


@pytest.fixture
def server(programs: Path, tmp_path: Path) -> Iterator[Server]:
    port = free_port()
    config = tmp_path / "radicale.conf"
    config.write_text(_CONFIG.format(port=port, folder=tmp_path))
    with open(tmp_path / "radicale.log", "w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "radicale", "--config", str(config)],
            env={**os.environ, "PYTHONPATH": str(programs)},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(process, port, tmp_path / "radicale.log")
            yield Server(port)
        finally:
            process.terminate()
            process.wait(timeout=60)


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Return when the server answers: there is no other sign of it."""
    deadline = time.monotonic() + 60
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)


@pytest.fixture
def folder(crm, tmp_path: Path) -> Path:
    """Every card of the corpus, imported and exported again, and somebody who never was a card."""
    assert crm("import", str(FILES[0].parent)).code == 0
    crm("contact", "add", "Zacharias Anders", "--email", "work=zacharias@example.org", "--phone", "0821 123456")
    folder = tmp_path / "vdir"
    written = crm("export", "contact", "--format", "vdir", "-o", str(folder), "--json").json
    assert written["records"] == len(list(folder.iterdir())) == 112
    return folder


@pytest.mark.long
@needs_corpus
def test_a_server_takes_every_card_we_export_and_gives_it_back(server: Server, folder: Path) -> None:
    tool = measure()
    otherwise = []
    books: list[str] = []
    copies: Counter[str | None] = Counter()
    for number, path in enumerate(sorted(folder.iterdir())):
        body = path.read_bytes()
        (ours,) = drafts(body)
        # Two cards of one UID in a book are refused, and rightly.
        copies[ours.uid] += 1
        if copies[ours.uid] > len(books):
            books.append(server.make_book(f"book{number}"))
        place = f"{books[copies[ours.uid] - 1]}{number}.vcf"
        assert server.request("PUT", place, body)[0] == 201, body
        status, back = server.request("GET", place)
        assert status == 200
        otherwise += [path.name] if tool.tolerant(body.decode()) != tool.tolerant(back.decode()) else []
        (theirs,) = drafts(back)
        for field in ("name", "uid", "family", "given", "emails", "phones", "company", "title", "birthday"):
            assert getattr(ours, field) == getattr(theirs, field), (path.name, field)
    assert len(otherwise) <= _READ_BACK_OTHERWISE, otherwise


@needs_corpus
def test_khard_reads_our_folder(programs: Path, folder: Path, crm, tmp_path: Path) -> None:
    config = tmp_path / "khard.conf"
    config.write_text(f"[addressbooks]\n[[crm]]\npath = {folder}\n[general]\ndebug = no\n")

    def khard(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "khard", "-c", str(config), *words],
            env={**os.environ, "PYTHONPATH": str(programs), "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
            check=False,
        )

    listed = khard("list", "--parsable")
    assert listed.returncode == 0, listed.stderr
    uids = {draft.uid for path in folder.iterdir() for draft in drafts(path.read_bytes())}
    assert len(listed.stdout.splitlines()) == len(uids)
    found = khard("email", "--parsable", "--remove-first-line", "zacharias")
    assert found.stdout.split("\t")[:2] == ["zacharias@example.org", "Zacharias Anders"]
    assert crm("import", str(folder), "--json").json["new"] == 0
