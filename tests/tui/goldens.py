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
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from unittest import mock

from crm_cli import front, i18n
from crm_cli.context import AppContext
from crm_cli.domain.party_input import PartyInput
from crm_cli.readings import reading
from crm_cli.services import contacts, demo
from tests.tui.terminal import Terminal
from tests.tui.tour import DEMONSTRATION, SMALL, TOUR, Stop

FOLDER = Path(__file__).parent / "golden"
ENVIRONMENT = {"CRM_NOW": "2026-11-18T08:40:00+01:00", "TZ": "Europe/Berlin", "LANG": "C.UTF-8"}
_SETTLED = 0.7  # seconds without a change before a golden is written


class Walk:
    """One way through the interface in a terminal of its own; `name` is its folder of goldens."""

    __slots__ = ("environment", "language", "name", "size", "stops")

    def __init__(
        self, name: str, language: str, size: tuple[int, int], stops: Sequence[Stop], environment: Mapping[str, str]
    ) -> None:
        self.name = name
        self.language = language
        self.size = size
        self.stops = stops
        self.environment = {**ENVIRONMENT, **environment, "CRM_LANG": language}

    def path_of(self, stop: Stop) -> Path:
        """Return where the golden text of a stop is."""
        return FOLDER / self.name / f"{stop.name}.txt"

    def go(self, terminal: Terminal) -> Iterator[Stop]:
        """Start the interface and go from stop to stop; the caller looks at the terminal at each."""
        i18n.use(self.language)
        terminal.run("tui")
        terminal.wait_for(self.stops[0].sign)
        yield from terminal.visit(self.stops)


EVERYTHING = (*TOUR, *DEMONSTRATION)
_MONOCHROME = {"NO_COLOR": "1"}
# Without colours nothing may be missing: half of the walks go without them.
WALKS = (
    Walk("de-80x24", "de", (80, 24), EVERYTHING, {}),
    Walk("de-120x40", "de", (120, 40), EVERYTHING, _MONOCHROME),
    Walk("en-80x24", "en", (80, 24), EVERYTHING, _MONOCHROME),
    Walk("en-120x40", "en", (120, 40), EVERYTHING, {}),
    Walk("de-40x10", "de", (40, 10), SMALL, {}),
    Walk("en-80x24-ascii", "en", (80, 24), SMALL, {"CRM_ASCII": "1"}),
)


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


def read(path: Path) -> str:
    """Return a golden text, or nothing where there is none yet."""
    return path.read_text(encoding="utf-8") if path.exists() else ""


def tidy(screen: str) -> str:
    """Return a screen without blanks at the ends of its lines."""
    return "\n".join(line.rstrip() for line in screen.rstrip("\n").split("\n")) + "\n"


def difference(expected: str, shown: str, name: str) -> str:
    """Return what differs, line by line."""
    lines = difflib.unified_diff(expected.split("\n"), shown.split("\n"), f"{name} (golden)", "shown", lineterm="")
    return "\n".join(lines)


def take(walk: Walk, names: list[str], *, write: bool) -> int:
    """Go one way; return how many goldens differ from what is shown."""
    differing = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in ("NO_COLOR", "CRM_ASCII"):
            os.environ.pop(name, None)
        os.environ.update(walk.environment, CRM_HOME=folder)
        fill()
        terminal = Terminal(Path(folder), *walk.size)
        try:
            for stop in walk.go(terminal):
                if not stop.name or (names and stop.name not in names):
                    continue
                path, shown = walk.path_of(stop), tidy(terminal.settled(_SETTLED))
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
    differing = sum(take(walk, options.names, write=options.write) for walk in WALKS)
    print(f"{differing} {'written' if options.write else 'differ'}", file=sys.stderr)
    return int(differing > 0 and not options.write)


if __name__ == "__main__":
    raise SystemExit(main())
