"""The way through every screen and dialog: a new one joins the goldens, the snapshots and the hostile tour by one line.

It begins on Today of a store with the demonstration data. Each stop says what is pressed to get there from the stop
before, the English text by which one knows to be there (put into the language in use), and what is pressed to leave.
"""

from __future__ import annotations

from collections.abc import Sequence

from crm_cli.i18n import t
from crm_cli.tui import actions

KEYS = {
    "enter": "Enter", "escape": "Escape", "tab": "Tab", "down": "Down", "up": "Up", "left": "Left", "right": "Right",
    "space": "Space", "end": "End", "home": "Home",
}  # fmt: skip


class Stop:
    """A screen or dialog. `keys` are names of `KEYS` or texts to type; without a `name` it is only passed through.

    `sign` is an English text that is seen there and not before; `tab` stands for the name of a screen in brackets.
    `svg` asks for a snapshot in colours too.
    """

    __slots__ = ("_sign", "keys", "leave", "name", "svg", "tab")

    def __init__(
        self, name: str, *keys: str, sign: str = "", tab: str = "", leave: Sequence[str] = (), svg: bool = False
    ) -> None:
        self.name = name
        self.keys = keys
        self.tab = tab
        self.leave = leave
        self.svg = svg
        self._sign = sign

    @property
    def sign(self) -> str:
        """The text by which the stop is known, in the language in use."""
        if self.tab:
            action = actions.ACTIONS[f"go.{self.tab}"]
            return f"[{action.keys} {t(action.label)}]"
        return t(self._sign)


def screen(name: str) -> Stop:
    """Return the stop of a screen that has a digit."""
    return Stop(name, actions.ACTIONS[f"go.{name}"].keys, tab=name, svg=True)


TOUR = (
    screen("today"),
    Stop("task-form", "E", sign="Priority", leave=["escape"]),
    Stop("put-off", "w", sign="fri · +3d · 3.12. · next monday · tomorrow 9:00", leave=["escape"]),
    Stop("quick-log", "i", sign="Enter log  Tab complete  Shift+Tab chips  Esc keep as draft", leave=["escape"]),
    screen("contacts"),
    Stop("contact-form", "e", sign="Department", leave=["escape"]),
    Stop("follow-up", "w", sign="When, then what: fri call back · +2w send the quote · 3.12. 9:00 visit",
         leave=["escape"]),
    Stop("tag", "+", sign="A letter first, then letters, digits, - and _", leave=["escape"]),
    Stop("merge", "space", "space", "D", sign="goes into it", leave=["escape", "*", "*"]),
    Stop("account", "home", "enter", sign="Still open", svg=True),
    Stop("entry", "enter", sign="Esc closes", leave=["escape"]),
    screen("companies"),
    screen("week"),
    screen("reports"),
    Stop("", ":", sign="Search and commands"),
    Stop("", ":duplic", sign="crm dupes"),
    Stop("duplicates", "enter", sign="Other record", svg=True),
    screen("pipeline"),
    Stop("deal-form", "e", sign="Expected", leave=["escape"]),
    Stop("help", "?", sign="This screen", leave=["escape"]),
    Stop("palette", ":", sign="Search and commands"),
    Stop("search", "muller", sign="Müller", leave=["escape"]),
    Stop("", ":", sign="Search and commands"),
    Stop("commands", ":import", sign="crm import FILE"),
    Stop("import", "enter", sign="A file or a folder: vCard, CSV, calendar …", leave=["escape"]),
)  # fmt: skip
