"""What every screen and dialog looks like in a real terminal, as text kept in `golden/`.

    python -m tests.tui.goldens --write [NAME …]     take them anew; look at each before you keep it
    python -m tests.tui.goldens                      say what differs

They show the demonstration data on a Wednesday morning; ids come from a seed, the clock stands still.
"""

from __future__ import annotations

import argparse
import difflib
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from crm_cli import front, i18n
from crm_cli.context import AppContext
from crm_cli.domain.party_input import PartyInput
from crm_cli.readings import reading
from crm_cli.services import contacts, demo
from tests.tui.terminal import Terminal
from tests.tui.tour import TOUR, Stop

FOLDER = Path(__file__).parent / "golden"
SIZES = ((80, 24), (120, 40))
LANGUAGES = ("de", "en")
ENVIRONMENT = {"CRM_NOW": "2026-11-18T08:40:00+01:00", "TZ": "Europe/Berlin", "LANG": "C.UTF-8"}
_SETTLED = 0.7  # seconds without a change before a golden is written


def fill() -> None:
    """Write the demonstration data into the store below `CRM_HOME`, with the same ids every time."""
    i18n.use("de")
    time.tzset()  # the diary is told in the zone of the environment, whatever was in force before
    with mock.patch("os.urandom", random.Random(1).randbytes), AppContext(front.rough_options([])) as ctx:
        ctx.writes = True
        demo.seed(ctx.store, reading=reading(ctx))
        # Somebody who is there already, for the review of duplicates.
        typed = PartyInput(name="Hans Mueller", company="Ehrler Prüftechnik GmbH", phone=("089 99998-111",))
        contacts.add(ctx.store, typed=typed, force=True, region="DE", now=ctx.now())


def path_of(stop: Stop, language: str, size: tuple[int, int]) -> Path:
    """Return where the golden text of a stop is."""
    return FOLDER / f"{language}-{size[0]}x{size[1]}" / f"{stop.name}.txt"


def read(path: Path) -> str:
    """Return a golden text, or nothing where there is none yet."""
    return path.read_text(encoding="utf-8") if path.exists() else ""


def tidy(screen: str) -> str:
    """Return a screen without blanks at the ends of its lines."""
    return "\n".join(line.rstrip() for line in screen.rstrip("\n").split("\n")) + "\n"


def walk(terminal: Terminal, language: str) -> Iterator[Stop]:
    """Start the interface and go from stop to stop; the caller looks at the terminal at each."""
    i18n.use(language)
    terminal.run("tui")
    terminal.wait_for(TOUR[0].sign)
    yield from terminal.visit(TOUR)


def difference(expected: str, shown: str, name: str) -> str:
    """Return what differs, line by line."""
    lines = difflib.unified_diff(expected.split("\n"), shown.split("\n"), f"{name} (golden)", "shown", lineterm="")
    return "\n".join(lines)


def take(language: str, size: tuple[int, int], names: list[str], *, write: bool) -> int:
    """Walk the tour once; return how many goldens differ from what is shown."""
    differing = 0
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(ENVIRONMENT, CRM_HOME=folder, CRM_LANG=language)
        fill()
        terminal = Terminal(Path(folder), *size)
        try:
            for stop in walk(terminal, language):
                if not stop.name or (names and stop.name not in names):
                    continue
                path, shown = path_of(stop, language, size), tidy(terminal.settled(_SETTLED))
                if read(path) == shown:
                    continue
                differing += 1
                print(difference(read(path), shown, f"{path.parent.name}/{stop.name}"))
                if write:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_text(shown, encoding="utf-8")
        finally:
            terminal.close()
    return differing


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.tui.goldens", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="stops of the tour; all unless told")
    parser.add_argument("--write", action="store_true", help="keep what is shown as golden")
    options = parser.parse_args()
    differing = sum(
        take(language, size, options.names, write=options.write) for language in LANGUAGES for size in SIZES
    )
    print(f"{differing} {'written' if options.write else 'differ'}", file=sys.stderr)
    return int(differing > 0 and not options.write)


if __name__ == "__main__":
    raise SystemExit(main())
