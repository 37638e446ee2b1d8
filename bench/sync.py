"""`python -m bench.sync`: a first and an empty sync with a real Radicale, beside vdirsyncer on the same server.

    python -m bench.sync [--contacts 1000,10000] [--push 10000] [--walk 500 --kind contacts --seed 1]

The servers come by pip into an environment of their own. `--walk` does that many random operations on both sides of
a sync instead, with failures in between, and fails where the ends differ or something was lost.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import itertools
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.measure import once
from bench.people import people, vcard
from crm_cli.app import main as main_of_crm
from crm_cli.remotes import http
from tests.remotes import servers
from tests.remotes.ends import KINDS
from tests.remotes.ends_base import Ends
from tests.remotes.machine import Proxied
from tests.remotes.machine import walk as take_steps
from tests.remotes.proxy import Proxy
from tests.remotes.servers import Device, Server

PACKAGES = ("radicale", "vdirsyncer")
CRM = [sys.executable, "-c", "import sys; from crm_cli.app import main; sys.exit(main())"]
_EVERYTHING = (
    b'<sync-collection xmlns="DAV:"><sync-token/><sync-level>1</sync-level><prop><getetag/></prop></sync-collection>'
)
_BODIES = (
    b'<C:addressbook-query xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav"><prop><C:address-data/></prop>'
    b"<C:filter/></C:addressbook-query>"
)
_VDIRSYNCER = """[general]
status_path = "{folder}/status-{name}"
[pair book]
a = "here"
b = "there"
collections = [["book", "book", "{name}"]]
[storage here]
type = "filesystem"
path = "{folder}/vdir"
fileext = ".vcf"
[storage there]
type = "carddav"
url = "{url}"
username = "{user}"
password = "{password}"
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.sync", description=__doc__)
    parser.add_argument("--contacts", default="1000,10000", help="sizes, comma-separated")
    parser.add_argument("--push", type=int, default=1000, help="up to this size everything goes there, too")
    parser.add_argument("--walk", type=int, default=0, help="random operations instead of figures")
    parser.add_argument("--kind", choices=list(KINDS), default="contacts", help="on what")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cache", default=os.path.join(tempfile.gettempdir(), "crm-bench-sync"))
    options = parser.parse_args()
    python = servers.environment(Path(options.cache), PACKAGES)
    if python is None:
        raise SystemExit("Radicale and vdirsyncer cannot be installed here by pip.")
    with tempfile.TemporaryDirectory() as name, servers.in_memory() as memory:
        server = Server("radicale", python, memory)
        server.start()
        try:
            if options.walk:
                walk(server, Path(name), options.kind, options.walk, options.seed)
                return
            for size in map(int, options.contacts.split(",")):
                figures(server, Path(name) / str(size), size, with_push=size <= options.push)
        finally:
            server.stop()


def walk(server: Server, folder: Path, kind: str, operations: int, seed: int) -> None:
    """Do random operations on both sides, each walk with a new collection, and compare the ends."""
    os.environ.update({"CRM_NOW": "2025-11-19T10:00:00+01:00", "TZ": "Europe/Berlin", "LC_ALL": "C.UTF-8"})
    os.environ["CRM_PHONE_PASSWORD"] = servers.PASSWORD
    http.PAUSE_SECONDS = 0.01
    numbers = itertools.count()

    def start() -> tuple[Ends, Proxy]:
        name = f"walk{next(numbers)}"
        os.environ["CRM_HOME"] = str(folder / name)
        device = server.book(name) if kind == "contacts" else server.calendar(name)
        proxied = Proxied(device)
        words = ["sync", "add", proxied.url + proxied.path, "--name", "phone", "--user", servers.USER]
        assert _crm(*words, *(["--tasks"] if kind == "tasks" else [])).code == 0
        return KINDS[kind](_crm, device), proxied.proxy

    done = 0
    for number in itertools.count(seed):
        done += take_steps(start, examples=5, steps=100, number=number)
        print(f"{kind}, seed {number}: {done} operations, both ends equal, nothing lost", flush=True)
        if done >= operations:
            return


def _crm(*words: str) -> _Result:
    out, err = io.BytesIO(), io.BytesIO()
    streams = io.TextIOWrapper(out, encoding="utf-8"), io.TextIOWrapper(err, encoding="utf-8")
    with contextlib.redirect_stdout(streams[0]), contextlib.redirect_stderr(streams[1]):
        code = main_of_crm(list(words))
    for stream in streams:
        stream.flush()
    return _Result(code, out.getvalue(), err.getvalue())


class _Result:
    def __init__(self, code: int, out: bytes, err: bytes) -> None:
        self.code = code
        self.out = out
        self.err = err

    def __repr__(self) -> str:
        return f"{self.code} {self.out!r} {self.err!r}"

    @property
    def json(self) -> object:
        return json.loads(self.out)


def figures(server: Server, folder: Path, size: int, *, with_push: bool) -> None:
    """Print what first and empty syncs cost in each direction, each beside vdirsyncer's."""
    print(f"\n{size:,} contacts, Radicale on this machine")
    folder.mkdir()
    full, empty, other = (server.book(f"{name}{size}") for name in ("full", "empty", "other"))
    _fill(server, full, size)
    # Radicale reads every card, and writes its history, before it is quick; neither client is to pay for that.
    for depth, body in (("0", _EVERYTHING), ("1", _BODIES)):
        full.ask("REPORT", full.path, body, {"Content-Type": "application/xml", "Depth": depth})
    environment = _environment(folder / "home")
    _add(full, environment, "full")
    _add(empty, environment, "empty")
    once(_vdirsyncer(server, full, folder / "before", environment), environment)
    pull = _vdirsyncer(server, full, folder, environment)
    push = _vdirsyncer(server, other, folder, environment)
    runs = [("first, everything comes here", "full", pull), ("then, with nothing new", "full", pull)]
    if with_push:
        runs += [("first, everything goes there", "empty", push), ("then, with nothing new", "empty", push)]
    for label, ours, theirs in runs:
        own = _measure(f"crm sync, {label}", [*CRM, "sync", ours], environment)
        other_time = _measure(f"vdirsyncer, {label}", theirs, environment)
        print(f"{'':<44} {own[0] / other_time[0]:8.2f} × the time, {own[1] / other_time[1]:.2f} × the CPU", flush=True)


def _vdirsyncer(server: Server, book: Device, folder: Path, environment: dict[str, str]) -> list[str]:
    """Prepare vdirsyncer for one folder and this address book; return its words."""
    name = book.path.strip("/").rpartition("/")[2]
    config = folder / f"vdirsyncer-{name}"
    (folder / "vdir" / "book").mkdir(parents=True, exist_ok=True)
    config.write_text(
        _VDIRSYNCER.format(
            folder=folder,
            name=name,
            url=f"{server.url}/{servers.USER}/",
            user=servers.USER,
            password=servers.PASSWORD,
        )
    )
    words = [str(server.python.parent / "vdirsyncer"), "-c", str(config)]
    subprocess.run([*words, "discover"], input=b"y\n" * 5, capture_output=True, check=False, env=environment)
    return [*words, "sync"]


def _fill(server: Server, book: Device, size: int) -> None:
    """Write cards into Radicale's folder, as no client could so quickly."""
    target = server.folder / "collections" / "collection-root" / book.path.strip("/")
    for number, person in enumerate(people(size)):
        text = vcard(person)
        if "\nUID:" not in text:
            text = text.replace("END:VCARD", f"UID:bench-{number}\r\nEND:VCARD")
        (target / f"{number}.vcf").write_text(text, encoding="utf-8", newline="")


def _environment(home: Path) -> dict[str, str]:
    passwords = {f"CRM_{name}_PASSWORD": servers.PASSWORD for name in ("FULL", "EMPTY", "PHONE")}
    return {**os.environ, "CRM_HOME": str(home), "LC_ALL": "C.UTF-8", **passwords}


def _add(book: Device, environment: dict[str, str], name: str) -> None:
    words = [*CRM, "sync", "add", book.url + book.path, "--name", name, "--user", servers.USER]
    subprocess.run(words, env=environment, check=True, capture_output=True)


def _measure(label: str, words: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Run a command and print its figures; return seconds and CPU seconds."""
    start = time.monotonic()
    figure = once(words, environment)
    wall = time.monotonic() - start
    failed = f"  exit {figure.code}" if figure.code else ""
    print(
        f"{label:<44} {wall:8.2f} s, CPU of the client {figure.cpu:7.2f} s, {figure.memory:6.0f} MiB{failed}",
        flush=True,
    )
    return wall, figure.cpu


if __name__ == "__main__":
    main()
