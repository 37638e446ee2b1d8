"""Run the commands of the README's recorded session and put what they print in place.

    python scripts/record.py            rewrite README.md
    python scripts/record.py --check    exit 1 where it would change (ids aside, which change with the order of things)

The session runs on the demonstration data with a clock that stands still, and with ids from a seed: one time in a
hundred two of them begin alike, and a table has more room for them.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
README = os.path.join(ROOT, "README.md")
BLOCK = re.compile(r"(<!-- session -->\n```console\n)(.*?)(```\n<!-- end -->)", re.DOTALL)
_PROGRAM = """
import os, random, sys
os.urandom = random.Random(sys.argv[1]).randbytes
from crm_cli.app import main
raise SystemExit(main(sys.argv[2:]))
"""
_ID = re.compile(r"\b[a-z][2-7](?:[a-z2-7]{2}|[a-z2-7]{14})\b")


def rendered(readme: str) -> str:
    """Return the README with the output of its session as of now."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "CRM_HOME": folder,
            "CRM_NOW": "2026-11-18T17:40:00",
            "TZ": "Europe/Berlin",
            "LC_ALL": "C.UTF-8",
            "PYTHONPATH": ROOT,
        }
        path, said = _run("crm demo", environment)
        if not path:
            raise SystemExit(said)
        environment["CRM_DB"] = path.strip()

        def play(block: re.Match[str]) -> str:
            commands = [line[2:] for line in block[2].split("\n") if line.startswith("$ ")]
            return block[1] + "\n".join(_played(command, environment) for command in commands) + block[3]

        return BLOCK.sub(play, readme)


def _played(command: str, environment: dict[str, str]) -> str:
    out, err = _run(command, environment)
    return f"$ {command}\n{out}{err}"


def _run(command: str, environment: dict[str, str]) -> tuple[str, str]:
    words = shlex.split(command)
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, command, *words[1:]],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout, done.stderr


def without_ids(text: str) -> str:
    """Return a text with its random ids masked, for comparing."""
    return _ID.sub("····", text)


def main() -> int:
    with open(README, encoding="utf-8") as file:
        before = file.read()
    after = rendered(before)
    if "--check" in sys.argv:
        return int(without_ids(after) != without_ids(before))
    with open(README, "w", encoding="utf-8") as file:
        file.write(after)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
