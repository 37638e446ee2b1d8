"""Servers for the tests: real ones from an environment of their own, started and stopped here."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from tests.remotes import clients
from tests.remotes.clients import Clients
from tests.remotes.fake_server import FakeServer
from tests.remotes.folders import Folders
from tests.remotes.servers import Server, environment, in_memory


@pytest.fixture(scope="session")
def server_python(pytestconfig: pytest.Config) -> Path:
    """The Python of the environment with the servers, kept between runs in pytest's cache."""
    pytest.importorskip("httpx", reason="httpx (the extra “sync”) is not installed")
    found = environment(Path(pytestconfig.cache.mkdir("servers")))
    if found is None:
        pytest.skip("Radicale and Xandikos cannot be installed here by pip")
    return found


@pytest.fixture(scope="session")
def client_programs(pytestconfig: pytest.Config) -> Path:
    """The folder with khal, khard, todo and vdirsyncer, kept between runs in pytest's cache."""
    found = environment(Path(pytestconfig.cache.mkdir("clients")), clients.PACKAGES)
    if found is None:
        pytest.skip("khal, khard, todoman and vdirsyncer cannot be installed here by pip")
    return found.parent


@pytest.fixture
def programs(client_programs: Path, tmp_path: Path, home: Path) -> Clients:
    """The terminal clients, set up to work with two folders of the test's own."""
    return Clients(client_programs, tmp_path / "clients")


@pytest.fixture(scope="session", params=["radicale", "xandikos", "vdir"])
def shared_server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    """A running server for many tests, or folders in its place; each uses an address book of its own."""
    if request.param == "vdir":
        yield Folders(tmp_path_factory.mktemp(request.param))
        return
    with in_memory() as folder:
        server = Server(request.param, request.getfixturevalue("server_python"), folder)
        server.start()
        yield server
        server.stop()


@pytest.fixture
def book(shared_server: Server):
    """An empty address book on a shared server."""
    return shared_server.book(f"book{uuid4().hex[:10]}")


@pytest.fixture
def own_server(server_python: Path):
    """A Radicale of the test's own, which it may stop, empty and start again."""
    with in_memory() as folder:
        server = Server("radicale", server_python, folder)
        server.start()
        yield server
        server.stop()


@pytest.fixture
def synced(crm, monkeypatch: pytest.MonkeyPatch):
    """Add an address book to the program: `synced(book)`, `synced(book, "--filter", "tag:vip", name="vip")`."""
    for variable in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr("crm_cli.remotes.http.PAUSE_SECONDS", 0.01)

    def add(device, *options: str, name: str = "phone"):
        monkeypatch.setenv(f"CRM_{name.upper()}_PASSWORD", "secret")
        user = ("--user", device.user) if device.user else ()
        words = (*user, *getattr(device, "options", ()), *options)
        result = crm("sync", "add", device.url + device.path, "--name", name, *words, "--json")
        assert result.code == 0, result
        return result.json

    return add


@pytest.fixture
def fake():
    """A server in memory whose manners a test chooses."""
    pytest.importorskip("httpx", reason="httpx (the extra “sync”) is not installed")
    server = FakeServer()
    yield server
    server.stop()


@pytest.fixture
def cal(shared_server: Server):
    """An empty calendar on a shared server."""
    return shared_server.calendar(f"cal{uuid4().hex[:10]}")
