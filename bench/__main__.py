"""`python -m bench`: what the daily commands cost on address books of several sizes, as ratios in one run.

    python -m bench [start-up] [find] [log] [list] [import] [export] [search] [tui] [dupes]
                    [--contacts 1000,10000] [--runs 9]

Each figure is a median of whole processes, beside a bare Python, the `sqlite3` shell on the same
file and, where they are installed, khard and abook on the same cards.
"""

from __future__ import annotations

import argparse
import importlib

TOPICS = ("start-up", "find", "log", "list", "import", "export", "search", "tui", "dupes")
# Topics that are modules of their own.
_APART = ("search", "tui", "dupes")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("topics", nargs="*", metavar="TOPIC", help=", ".join(TOPICS))
    parser.add_argument("--contacts", default="1000,10000,100000", help="sizes, comma-separated")
    parser.add_argument("--runs", type=int, default=9, help="counted runs of each command")
    options = parser.parse_args()
    unknown = set(options.topics) - set(TOPICS)
    if unknown:
        parser.error(f"unknown topic: {', '.join(sorted(unknown))}")
    sizes = [int(size) for size in options.contacts.split(",")]
    commands = [topic for topic in options.topics or TOPICS if topic not in _APART]
    if commands:
        from bench import commands as whole

        whole.run(commands, sizes, options.runs)
    for topic in options.topics or TOPICS:
        if topic in _APART:
            apart = importlib.import_module(f"bench.{topic}")
            apart.run(sizes, options.runs) if topic == "tui" else apart.run(sizes)


main()
