"""Folders of one-item files in the place of a server, and the other program that writes into them."""

from __future__ import annotations

import os
import re
from pathlib import Path

from tests.remotes.servers import Device


class Folders:
    """Looks to a test like `Server`: makes folders for cards and for appointments."""

    kind = "vdir"
    url = ""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def book(self, name: str) -> FolderDevice:
        """Make a folder for cards."""
        return FolderDevice(self.folder / name, "contact")

    def calendar(self, name: str) -> FolderDevice:
        """Make a folder for appointments and follow-ups."""
        return FolderDevice(self.folder / name, "event")


class FolderDevice(Device):
    """Another program that works with the same folder; it writes beside the place and renames, as they all do."""

    def __init__(self, folder: Path, kind: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        super().__init__("", None, str(folder))
        self.folder = folder
        self.ending = ".vcf" if kind == "contact" else ".ics"
        self.options = ("--kind", kind)

    def names(self) -> list[str]:
        """List the items."""
        return sorted(file.name for file in self.folder.iterdir() if file.suffix == self.ending)

    def get(self, name: str) -> str:
        """Return an item, its lines unfolded and ended by LF."""
        text = (self.folder / name).read_bytes().decode()
        return re.sub(r"\r?\n[ \t]", "", text).replace("\r\n", "\n")

    def put(self, name: str, text: str) -> None:
        """Write an item."""
        made = self.folder / f"{name}.tmp"
        made.write_bytes((text.strip().replace("\r\n", "\n").replace("\n", "\r\n") + "\r\n").encode())
        os.replace(made, self.folder / name)

    def rename(self, name: str, other: str) -> None:
        """Give an item another name."""
        os.rename(self.folder / name, self.folder / other)

    def delete(self, name: str) -> None:
        """Delete an item."""
        (self.folder / name).unlink()
