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
    `svg` asks for a snapshot in colours too. `plain` are the words of the shell that give it as lines; what is filled
    in has commands instead.
    """

    __slots__ = ("_sign", "keys", "leave", "name", "plain", "svg", "tab")

    def __init__(
        self,
        name: str,
        *keys: str,
        sign: str = "",
        tab: str = "",
        leave: Sequence[str] = (),
        svg: bool = False,
        plain: str = "",
    ) -> None:
        self.name = name
        self.keys = keys
        self.tab = tab
        self.leave = leave
        self.svg = svg
        self.plain = plain
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
    return Stop(name, actions.ACTIONS[f"go.{name}"].keys, tab=name, svg=True, plain=f"tui {name} --plain")


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
    Stop("account", "home", "enter", sign="Still open", svg=True, plain="tui account sabine freitag --plain"),
    Stop("entry", "enter", sign="Esc closes", leave=["escape"], plain="show nachtrag lastenheft --plain"),
    screen("companies"),
    screen("week"),
    screen("reports"),
    Stop("", ":", sign="Search and commands"),
    Stop("", ":duplic", sign="crm dupes"),
    Stop("duplicates", "enter", sign="Other record", svg=True, plain="tui duplicates --plain"),
    screen("pipeline"),
    Stop("deal-form", "e", sign="Expected", leave=["escape"]),
    Stop("help", "?", sign="This screen", leave=["escape"], plain="tui keys --plain"),
    Stop("palette", ":", sign="Search and commands", plain="tui search --plain"),
    Stop("search", "muller", sign="Müller", leave=["escape"], plain="tui search muller --plain"),
    Stop("", ":", sign="Search and commands"),
    Stop("commands", ":import", sign="crm import FILE", plain="tui search :import --plain"),
    Stop("import", "enter", sign="A file or a folder: vCard, CSV, calendar …", leave=["escape"],
         plain="tui import FILE --plain"),
)  # fmt: skip

# The screens without their dialogs, for what is looked at in every way a terminal can be.
_MAIN = (
    "", "today", "quick-log", "contacts", "account", "companies", "week", "reports", "duplicates", "pipeline", "help",
    "palette", "search",
)  # fmt: skip
MAIN = tuple(stop for stop in TOUR if stop.name in _MAIN)

# Of the demonstration data alone: in other stores the cursor may be on anything, and nobody of the file is known.
DEMONSTRATION = (
    Stop("", "5", tab="week"),
    Stop("event-new", "n", sign="New appointment", leave=["escape"]),
    Stop("event-scope", "down", "e", sign="the whole series", leave=["escape"]),
    Stop("event-form", "down", "e", sign="Takes time", leave=["escape"]),
    Stop("event-days", "]", "left", "e", sign="Last day", leave=["escape"]),
    Stop("", "3", tab="companies"),
    Stop("columns", "c", sign="[x]", leave=["escape"]),
    Stop("", "2", tab="contacts"),
    Stop("links", "home", "o", sign="mailto:", leave=["escape"]),
    Stop("", ":", sign="Search and commands"),
    Stop("", ":import", sign="crm import FILE"),
    Stop("", "enter", sign="A file or a folder: vCard, CSV, calendar …"),
    Stop("import-review", "tests/tui/review.vcf", "enter", sign="Becomes", leave=["escape"]),
)
# One list is left of a screen in a small window; lines and signs are others where a terminal has no others.
SMALL = (TOUR[0], screen("contacts"), Stop("account", "enter", sign="Still open"))
