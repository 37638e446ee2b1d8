"""After random operations on both sides, with failures in between, both ends are equal and nothing was lost.

`python -m bench.sync --walk 500` walks as far as one likes.
"""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests.remotes.ends import KINDS
from tests.remotes.fake_server import FakeServer
from tests.remotes.machine import Proxied, walk
from tests.remotes.test_sync_servers import ONE

MANNERS = [
    {"page": 3, "put_etag": False},
    {"weak": True},
    {"sync": False, "ctag": True},
    {"sync": False, "etags": False},
    {"rewrite": lambda body: body.replace("END:VCARD", "X-SERVER:1\r\nEND:VCARD"), "put_etag": False},
]


@pytest.fixture
def started(crm, synced, monkeypatch, tmp_path):
    """Make a home, and a collection as it is reached through a proxy: `started(kind, device)`."""

    def start(kind: str, device, **options: bool):
        monkeypatch.setenv("CRM_HOME", str(tmp_path / uuid4().hex))
        proxied = Proxied(device, **options)
        synced(proxied, *(["--tasks"] if kind == "tasks" else []))
        return KINDS[kind](crm, device), proxied.proxy

    return start


@pytest.mark.long
@ONE
@pytest.mark.parametrize("kind", list(KINDS))
def test_both_ends_are_equal_and_nothing_is_lost_on_a_real_server(shared_server, started, kind: str) -> None:
    make = shared_server.book if kind == "contacts" else shared_server.calendar
    assert walk(lambda: started(kind, make(uuid4().hex[:12])), examples=4, steps=25, number=1) > 15


@pytest.mark.parametrize("manners", [pytest.param(item, id=" ".join(item)) for item in MANNERS])
def test_both_ends_are_equal_and_nothing_is_lost_on_a_server_with_bad_manners(started, manners) -> None:
    servers = []

    def start():
        server = FakeServer()
        servers.append(server)
        for name, value in manners.items():
            setattr(server, name, value)
        return started("contacts", server, conditional=server.etags and not server.weak)

    try:
        assert walk(start, examples=2, steps=20, number=2) > 5
    finally:
        for server in servers:
            server.stop()
