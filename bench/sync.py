"""`python -m bench.sync`: a first and an empty sync with a real Radicale, beside vdirsyncer on the same server.

    python -m bench.sync [--contacts 1000,10000] [--walk 500 --seed 1]

The servers come by pip into an environment of their own. `--walk` takes that many random steps on both sides of a
sync instead, and fails where the ends differ or something was lost.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.measure import once
from bench.people import people, vcard
from tests.remotes import servers
from tests.remotes.servers import Device, Server
from tests.remotes.walk import Walk

PUSHED = 1000
CRM = [sys.executable, "-c", "import sys; from crm_cli.app import main; sys.exit(main())"]
_EVERYTHING = (
    b'<sync-collection xmlns="DAV:"><sync-token/><sync-level>1</sync-level><prop><getetag/></prop></sync-collection>'
)
_VDIRSYNCER = """[general]
status_path = "{folder}/status"
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
    parser.add_argument("--walk", type=int, default=0, help="random steps instead of figures")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cache", default=os.path.join(tempfile.gettempdir(), "crm-bench-servers"))
    options = parser.parse_args()
    servers.PACKAGES = ("radicale", "vdirsyncer")
    python = servers.environment(Path(options.cache))
    if python is None:
        raise SystemExit("Radicale and vdirsyncer cannot be installed here by pip.")
    with tempfile.TemporaryDirectory() as name:
        server = Server("radicale", python, Path(name) / "server")
        server.start()
        try:
            if options.walk:
                walk(server, Path(name), options.walk, options.seed)
                return
            for size in map(int, options.contacts.split(",")):
                figures(server, Path(name) / str(size), size)
        finally:
            server.stop()


def walk(server: Server, folder: Path, steps: int, seed: int) -> None:
    """Take random steps on both sides and compare the ends."""
    environment = _environment(folder / "home")
    book = server.book("walk")
    _add(book, environment, "phone")

    def crm(*words: str) -> _Result:
        done = subprocess.run([*CRM, *words], env=environment, capture_output=True, check=False)
        return _Result(done)

    going = Walk(crm, book, seed)
    going.run(steps)
    going.check()
    print(f"{steps} steps, seed {seed}: both ends equal, {len(going.people)} people made, nothing lost")


class _Result:
    def __init__(self, done: subprocess.CompletedProcess[bytes]) -> None:
        self.code = done.returncode
        self.out = done.stdout
        self.err = done.stderr

    def __repr__(self) -> str:
        return f"{self.code} {self.out!r} {self.err!r}"

    @property
    def json(self) -> object:
        return json.loads(self.out)


def figures(server: Server, folder: Path, size: int) -> None:
    """Print what first and empty syncs cost in each direction."""
    print(f"\n{size:,} contacts, Radicale on this machine")
    folder.mkdir()
    full = server.book(f"full{size}")
    _fill(server, full, size)
    # Radicale reads every card once, and writes its history once, before it is quick; nobody is to pay for that.
    full.ask("REPORT", full.path, _EVERYTHING, {"Content-Type": "application/xml", "Depth": "0"})
    environment = _environment(folder / "pull")
    _add(full, environment, "full")
    _measure("crm sync, first, everything comes here", [*CRM, "sync", "full"], environment)
    _measure("crm sync, empty", [*CRM, "sync", "full"], environment)
    _vdirsyncer(server, full, folder, environment)
    if size > PUSHED:
        return  # Radicale flushes every card to the disk: the figure would be the disk's
    empty = server.book(f"empty{size}")
    _add(empty, environment, "empty")
    _measure("crm sync, first, everything goes there", [*CRM, "sync", "empty"], environment)
    _measure("crm sync, empty", [*CRM, "sync", "empty"], environment)


def _vdirsyncer(server: Server, book: Device, folder: Path, environment: dict[str, str]) -> None:
    name = book.path.strip("/").rpartition("/")[2]
    config = folder / "vdirsyncer"
    (folder / "vdir" / "book").mkdir(parents=True)
    config.write_text(
        _VDIRSYNCER.format(
            folder=folder, name=name, url=f"{server.url}/{servers.USER}/", user=servers.USER, password=servers.PASSWORD
        )
    )
    words = [str(server.python.parent / "vdirsyncer"), "-c", str(config)]
    subprocess.run([*words, "discover"], input=b"y\n" * 5, capture_output=True, check=False, env=environment)
    _measure("vdirsyncer sync, first, everything comes here", [*words, "sync"], environment)
    _measure("vdirsyncer sync, empty", [*words, "sync"], environment)


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


def _measure(label: str, words: list[str], environment: dict[str, str]) -> None:
    start = time.monotonic()
    figure = once(words, environment)
    wall = time.monotonic() - start
    failed = f"  exit {figure.code}" if figure.code else ""
    print(
        f"{label:<46} {wall:8.2f} s, CPU of the client {figure.cpu:7.2f} s, {figure.memory:6.0f} MiB{failed}",
        flush=True,
    )


if __name__ == "__main__":
    main()
