"""How the user likes the screens: colours, columns, order. Kept beside the store as state, never needed, never data."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence

from crm_cli import places
from crm_cli.tui import state_file

_NAME = "tui.json"


class ViewState:
    """What was chosen in earlier runs; a file that cannot be read or written is as if there were none."""

    def __init__(self) -> None:
        self._path = os.path.join(places.folder("state"), _NAME)
        self._values = state_file.read(self._path)

    def theme(self, known: Collection[str], standard: str) -> str:
        """Return the chosen theme, or the standard one."""
        return self._one("theme", known, standard)

    def keep_theme(self, name: str) -> None:
        """Remember a theme."""
        self._keep("theme", name)

    def sort(self, place: str, known: Sequence[str]) -> str:
        """Return the chosen order of a screen, or the first one."""
        return self._one(f"{place}.sort", known, known[0])

    def keep_sort(self, place: str, sort: str) -> None:
        """Remember the order of a screen."""
        self._keep(f"{place}.sort", sort)

    def columns(self, place: str, known: Collection[str], standard: Sequence[str]) -> Sequence[str]:
        """Return the chosen columns of a screen, or the standard ones."""
        found = self._values.get(f"{place}.columns")
        if isinstance(found, list) and all(isinstance(name, str) and name in known for name in found):
            return found
        return standard

    def keep_columns(self, place: str, chosen: Sequence[str]) -> None:
        """Remember the columns of a screen."""
        self._keep(f"{place}.columns", list(chosen))

    def _one(self, key: str, known: Collection[str], standard: str) -> str:
        found = self._values.get(key)
        return found if isinstance(found, str) and found in known else standard

    def _keep(self, key: str, value: object) -> None:
        self._values[key] = value
        state_file.keep(self._path, self._values)
