"""The terminal clients that share a folder with the program, as processes of their own."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.remotes.folders import FolderDevice
from tests.remotes.servers import PASSWORD

PACKAGES = ("khal", "khard", "todoman", "vdirsyncer")
DOCS = Path(__file__).parents[2] / "docs" / "calendars.md"
_BLOCK = re.compile(r"^`~/\.config/(\S+)`:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PASSWORD = re.compile(r"^password\.fetch = .*$", re.MULTILINE)


def configurations() -> list[tuple[str, str]]:
    """Return the configuration files of the documentation: their place below ~/.config, and their text."""
    return _BLOCK.findall(DOCS.read_text())


class Clients:
    """khal, khard, todoman and vdirsyncer with a folder `people` and a folder `work`."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.programs = programs
        self.folder = folder
        self.people = FolderDevice(folder / ".contacts" / "people", "contact")
        self.work = FolderDevice(folder / ".calendars" / "work", "event")
        for name in ("khal/config", "khard/khard.conf", "todoman/config.py"):
            self.configure(name)

    def configure(self, name: str, changes: Mapping[str, str] | None = None) -> None:
        """Write a configuration as the documentation has it, the one that holds all places that are to be changed."""
        changes = changes or {}
        (text,) = (text for known, text in configurations() if known == name and all(old in text for old in changes))
        for old, new in changes.items():
            text = text.replace(old, new)
        file = self.folder / ".config" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_PASSWORD.sub(f'password = "{PASSWORD}"', text))

    def run(self, *words: str, stdin: str = "") -> str:
        """Run a client and return what it says; it must succeed."""
        foreign = ("CRM_", "PYTHON", "XDG_")
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
        done = subprocess.run(
            [str(self.programs / words[0]), *words[1:]],
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            env={**inherited, "HOME": str(self.folder), "LC_ALL": "C.UTF-8", "TZ": "Europe/Berlin"},
        )
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        return done.stdout

    def khal(self, *words: str) -> str:
        """Run khal."""
        return self.run("khal", *words)

    def khard(self, *words: str, stdin: str = "") -> str:
        """Run khard."""
        return self.run("khard", *words, stdin=stdin)

    def todo(self, *words: str) -> str:
        """Run todoman."""
        return self.run("todo", *words)

    def vdirsyncer(self, *words: str) -> str:
        """Run vdirsyncer; it is told yes."""
        return self.run("vdirsyncer", *words, stdin="y\n" * 20)

    def tasks(self) -> dict[str, int]:
        """Return the open tasks todoman shows, with its number for each."""
        return {task["summary"]: task["id"] for task in json.loads(self.todo("--porcelain", "list"))}
