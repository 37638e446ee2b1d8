"""`python -m bench.kill`: kill -9 at random points of `crm log` and of `crm import`, and look at what is left.

    python -m bench.kill [log] [import] [--count 200] [--cards 3000] [--seed 1]

After every kill: each entry that was acknowledged (its id came out of the pipe) is there, none is half, the journal
is closed and knows every row, the search index agrees. After a killed import: the cards that are in are whole, a
second run adds the rest, and undo leads back to none. The seed is printed, so that a failing run can be run again.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bench.people import people, vcard

# Runs `crm` over and over in one process, so that most of the time is inside a command and not in starting Python.
_LOGGER = """
import itertools, os
from crm_cli.app import main
for number in itertools.count():
    main(["--json", "log", f"besuch @kill.me nr {os.getpid()}-{number} gesehen +messe wv:fr Angebot senden"])
"""
_CRM = "import sys; from crm_cli.app import main; sys.exit(main())"
# From the first acknowledgement to the kill, and from the start for those that die before one.
_LOG_SECONDS = 0.06
_START_SECONDS = 0.4
_HALF = """SELECT count(*) FROM interaction AS i WHERE
    (SELECT count(*) FROM interaction_contact WHERE interaction_id = i.id) <> 1
    OR (SELECT count(*) FROM tag WHERE interaction_id = i.id) <> 1
    OR (SELECT count(*) FROM task WHERE interaction_id = i.id) <> 1"""
_CARDS = """SELECT name, (SELECT group_concat(value) FROM (SELECT value FROM email WHERE contact_id = c.id ORDER BY 1)),
    (SELECT group_concat(value) FROM (SELECT value FROM phone WHERE contact_id = c.id ORDER BY 1)),
    (SELECT count(*) FROM card WHERE contact_id = c.id),
    (SELECT count(*) FROM employment WHERE contact_id = c.id) FROM contact AS c"""


class Broken(AssertionError):
    """What was acknowledged is lost, or something is half."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.kill", description=__doc__)
    parser.add_argument("what", nargs="?", choices=("log", "import"), help="both unless told")
    parser.add_argument("--count", type=int, default=200, help="kills of each")
    parser.add_argument("--cards", type=int, default=3000, help="cards of the import")
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    options = parser.parse_args()
    print(f"seed {options.seed}")
    for what in (options.what,) if options.what else ("log", "import"):
        with tempfile.TemporaryDirectory() as folder:
            if what == "log":
                kept = kill_log(Path(folder), count=options.count, seed=options.seed)
                print(f"log: {options.count} kills, {kept} entries acknowledged, 0 lost, 0 half")
            else:
                parts = kill_import(Path(folder), count=options.count, cards=options.cards, seed=options.seed)
                print(f"import: {options.count} kills, {parts} of them in the middle, 0 cards half")


def kill_log(home: Path, *, count: int, seed: int) -> int:
    """Kill a program that logs `count` times; return how many entries were acknowledged. Raises Broken."""
    dice = random.Random(seed)
    _crm(home, "contact", "add", "Kill Me")
    acknowledged: set[str] = set()
    for number in range(count):
        with _started(home, [sys.executable, "-c", _LOGGER]) as process:
            assert process.stdout is not None
            lines = b""
            if number % 5:
                lines = process.stdout.readline()
                time.sleep(dice.uniform(0, _LOG_SECONDS))
            else:
                time.sleep(dice.uniform(0, _START_SECONDS))
            process.kill()
            lines += process.stdout.read()
        acknowledged |= {json.loads(line)["id"] for line in lines.split(b"\n")[:-1]}
        _look_at_log(home, acknowledged)
    _crm(home, "check")
    return len(acknowledged)


def _look_at_log(home: Path, acknowledged: set[str]) -> None:
    with closing(sqlite3.connect(home / "crm.db")) as connection:
        present = {row[0] for row in connection.execute("SELECT uid FROM interaction")}
        lost = acknowledged - present
        half = connection.execute(_HALF).fetchone()[0]
        if lost or half:
            raise Broken(f"{len(lost)} acknowledged entries lost, {half} half")
        _look_at_journal(connection, "interaction", len(present))


def _look_at_journal(connection: sqlite3.Connection, table: str, rows: int) -> None:
    """The journal knows as many rows as there are, is closed, and the index has read all of it."""
    counts = dict(connection.execute("SELECT operation, count(*) FROM change WHERE entity = ? GROUP BY 1", (table,)))
    if counts.get("insert", 0) - counts.get("delete", 0) != rows:
        raise Broken(f"the journal counts {counts}, the store {rows}")
    if connection.execute("SELECT count(*) FROM journal_context").fetchone()[0]:
        raise Broken("the journal is open")
    behind = "SELECT last_change_id <> (SELECT coalesce(max(id), 0) FROM change) FROM search_state"
    if connection.execute(behind).fetchone()[0]:
        raise Broken("the search index is behind")


def kill_import(folder: Path, *, count: int, cards: int, seed: int) -> int:
    """Kill an import of `cards` cards `count` times; return how often some but not all were in. Raises Broken."""
    dice = random.Random(seed)
    file = folder / "cards.vcf"
    with open(file, "w", encoding="utf-8", newline="") as stream:
        stream.writelines(vcard(person) for person in people(cards))
    started = time.monotonic()
    _crm(folder / "whole", "import", str(file))
    seconds = time.monotonic() - started
    whole = _cards(folder / "whole")
    middle = 0
    for number in range(count):
        home = folder / "killed"
        shutil.rmtree(home, ignore_errors=True)
        with _started(home, [sys.executable, "-c", _CRM, "import", str(file)]) as process:
            time.sleep(dice.uniform(0, seconds * 1.1))
            process.kill()
        found = _cards(home)
        if not set(found) <= set(whole):
            raise Broken(f"half a card: {sorted(set(found) - set(whole), key=str)[0]}")
        middle += 0 < len(found) < len(whole)
        if found:
            _crm(home, "check")
        if number % 2:
            _crm(home, "import", str(file))
            if sorted(_cards(home), key=str) != sorted(whole, key=str):
                raise Broken("a second run does not complete the first")
        _crm(home, "undo", "5")
        if _cards(home):
            raise Broken("undo leaves cards behind")
    return middle


def _cards(home: Path) -> list[tuple[object, ...]]:
    path = home / "crm.db"
    if not path.exists():
        return []
    with closing(sqlite3.connect(path)) as connection:
        if connection.execute("PRAGMA user_version").fetchone()[0] == 0:  # killed before there was a schema
            return []
        found = connection.execute(_CARDS).fetchall()
        _look_at_journal(connection, "contact", len(found))
        return found


def _crm(home: Path, *words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _CRM, *words], env=_environment(home), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Broken(f"crm {' '.join(words)} ended with {done.returncode}: {done.stderr}")


@contextmanager
def _started(home: Path, argv: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(argv, env=_environment(home), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


def _environment(home: Path) -> dict[str, str]:
    return {**os.environ, "CRM_HOME": str(home), "PYTHONPATH": os.pathsep.join(sys.path)}


if __name__ == "__main__":
    main()
