"""Every action of the terminal interface, once: key, words, help and the command that does the same.

Bindings, the palette, the key help and the hint line are read from here. Keys can be given anew by the action's id in
the configuration's `keys`. No single key destroys anything: what takes away has no key and can be undone.
"""

from __future__ import annotations

from collections.abc import Mapping

from textual.binding import Binding, BindingType

from crm_cli.errors import UsageError

EVERYWHERE = "everywhere"
LIST = "list"
LISTS = ("today", "contacts", "companies")
PARTIES = ("contacts", "companies")


class Action:
    """One thing that can be done.

    `label` (two words at most, for the hint line) and `help` are English texts. `command` is the form for the shell;
    actions that only move about the screen have none. `places` are screens, `everywhere`, or `list` for the moves.
    `hint` ranks it in the hint line, lower first; None leaves it out.
    """

    __slots__ = ("command", "help", "hint", "id", "keys", "label", "places", "writes")

    def __init__(
        self,
        id: str,
        keys: str,
        label: str,
        help: str,
        *places: str,
        command: str | None = None,
        writes: bool = False,
        hint: int | None = None,
    ) -> None:
        self.id = id
        self.keys = keys
        self.label = label
        self.help = help
        self.places = places
        self.command = command
        self.writes = writes
        self.hint = hint

    @property
    def handler(self) -> str:
        """The name of the method that does it, on a screen or the app."""
        return "do_" + self.id.replace(".", "_")


_ALL = (
    Action("move.down", "down,j", "Down", "One line down", LIST),
    Action("move.up", "up,k", "Up", "One line up", LIST),
    Action("move.page_down", "pagedown,ctrl+d", "Page down", "One page down", LIST),
    Action("move.page_up", "pageup,ctrl+u", "Page up", "One page up", LIST),
    Action("move.first", "home", "First", "To the first line (also g g)", LIST),
    Action("move.last", "end,G", "Last", "To the last line", LIST),
    Action("record.open", "enter", "Open", "Open the record", *LISTS, "account", "pipeline",
           command="crm show REF", hint=2),
    Action("task.done", "e", "Done", "Finish the follow-up", "today", "account",
           command="crm task done REF", writes=True, hint=3),
    Action("task.move", "w", "Put off", "Put the follow-up off, or set one", "today",
           command="crm task snooze REF WHEN", writes=True, hint=4),
    Action("record.followup", "w", "Follow-up", "Set a follow-up", *PARTIES, "account", "pipeline",
           command="crm task add TEXT --due WHEN --contact REF", writes=True, hint=5),
    Action("task.edit", "E", "Edit", "Change the fields of the follow-up", "today",
           command="crm task edit REF", writes=True, hint=6),
    Action("record.edit", "e", "Edit", "Change the fields", *PARTIES, "pipeline",
           command="crm contact edit REF", writes=True, hint=6),
    Action("account.edit", "E", "Edit", "Change the fields of the record shown", "account",
           command="crm contact edit REF", writes=True, hint=6),
    Action("record.new", "n", "New", "Add a new one", *PARTIES, "pipeline",
           command="crm contact add NAME", writes=True, hint=7),
    Action("record.tag", "plus", "Tag", "Put a tag on the record, or on all that are marked", *PARTIES, "account",
           command="crm tag add REF TAG", writes=True, hint=10),
    Action("list.filter", "slash", "Filter", "Filter by a query as in crm contact list", *PARTIES,
           command="crm contact list QUERY", hint=3),
    Action("list.segment", "f", "Segment", "Show the next saved segment", *PARTIES,
           command="crm contact list segment:NAME", hint=9),
    Action("list.mark", "space", "Mark", "Mark or unmark the record", *PARTIES,
           command="crm contact list QUERY --format ids", hint=8),
    Action("list.mark_all", "asterisk", "Mark all", "Mark all that are listed, or none", *PARTIES,
           command="crm contact list QUERY --format ids"),
    Action("record.merge", "D", "Merge", "Compare the marked records and make one of them", *PARTIES,
           command="crm contact merge KEEP LOSE", writes=True),
    Action("record.delete", "", "Delete", "Delete the record, or all that are marked; undo brings them back", *PARTIES,
           command="crm contact delete REF", writes=True),
    Action("record.copy", "y", "Copy", "Copy the name, number and mail", *PARTIES, "account",
           command="crm show REF --format md"),
    Action("account.previous", "left_square_bracket", "Previous", "The record before it in the list", "account",
           hint=9),
    Action("account.next", "right_square_bracket", "Next", "The record after it in the list", "account", hint=9),
    Action("deal.left", "left,h", "Left", "To the stage on the left", "pipeline"),
    Action("deal.right", "right,l", "Right", "To the stage on the right", "pipeline"),
    Action("deal.up", "up,k", "Up", "One deal up", "pipeline"),
    Action("deal.down", "down,j", "Down", "One deal down", "pipeline"),
    Action("deal.back", "H", "Stage back", "Move the deal one stage back", "pipeline",
           command="crm deal move REF STAGE", writes=True, hint=4),
    Action("deal.on", "L", "Stage on", "Move the deal one stage on", "pipeline",
           command="crm deal move REF STAGE", writes=True, hint=3),
    Action("deal.won", "W", "Won", "Close the deal as won", "pipeline", "deal",
           command="crm deal won REF", writes=True, hint=6),
    Action("deal.lost", "X", "Lost", "Close the deal as lost, with the reason", "pipeline", "deal",
           command="crm deal lost REF --reason TEXT", writes=True, hint=7),
    Action("screen.back", "escape,b", "Back", "Back; on a list first clear the filter", *LISTS, "account", "pipeline"),
    Action("screen.panes", "tab", "Next pane", "To the next pane", *LISTS, "account", "pipeline"),
    Action("log.open", "i", "Log", "Log a call, visit or note about the record", EVERYWHERE,
           command="crm log LINE", writes=True, hint=1),
    Action("go.today", "1", "Today", "What the day asks for", EVERYWHERE, command="crm today"),
    Action("go.contacts", "2", "Contacts", "People", EVERYWHERE, command="crm contact list"),
    Action("go.companies", "3", "Companies", "Firms", EVERYWHERE, command="crm company list"),
    Action("go.pipeline", "4", "Pipeline", "Open deals by stage", EVERYWHERE, command="crm deal list"),
    Action("palette.open", "colon,ctrl+p", "Search", "Search everything, and every command", EVERYWHERE,
           command="crm find TEXT", hint=11),
    Action("history.undo", "u", "Undo", "Take the newest change back, whoever made it: screen or shell", EVERYWHERE,
           command="crm undo", writes=True, hint=8),
    Action("history.redo", "U", "Redo", "Do again what was taken back", EVERYWHERE, command="crm redo", writes=True,
           hint=12),
    Action("file.import", "", "Import", "Bring in an address book or table from a file, tried out first", EVERYWHERE,
           command="crm import FILE", writes=True),
    Action("view.theme", "", "Theme", "Another set of colours", EVERYWHERE),
    Action("screen.leave", "q", "Leave", "Leave the screen; on Today leave the program", EVERYWHERE),
    Action("help.open", "question_mark,f1", "Help", "The keys of this screen", EVERYWHERE, command="crm tui --help",
           hint=0),
)  # fmt: skip

ACTIONS: Mapping[str, Action] = {action.id: action for action in _ALL}


def bindings(place: str) -> list[BindingType]:
    """Return the key bindings of a screen, of the app (`everywhere`) or of a list."""
    return [
        Binding(action.keys, f"act('{action.id}')", action.label, show=False, id=action.id)
        for action in _ALL
        if place in action.places and action.keys
    ]


def at(place: str) -> list[Action]:
    """Return the actions of a screen, those of everywhere behind its own."""
    return [action for where in (place, EVERYWHERE) for action in _ALL if where in action.places]


def hints(place: str) -> list[Action]:
    """Return the actions of the hint line: help, then the most needed first."""
    ranked = [(action.hint, action) for action in at(place) if action.hint is not None]
    return [action for _, action in sorted(ranked, key=lambda pair: pair[0])]


def keymap(configured: Mapping[str, str]) -> dict[str, str]:
    """Return the keys the configuration gives by action id; raises UsageError for an id that does not exist."""
    for action_id in configured:
        if action_id not in ACTIONS:
            from difflib import get_close_matches

            near = get_close_matches(action_id, ACTIONS, n=1, cutoff=0.0)
            raise UsageError(
                "There is no action “{id}” to give a key.",
                id=action_id,
                hint="Did you mean “{near}”?",
                near=near[0] if near else "",
            )
    return dict(configured)


_NAMES = {
    "question_mark": "?",
    "colon": ":",
    "slash": "/",
    "plus": "+",
    "asterisk": "*",
    "space": "Space",
    "enter": "Enter",
    "escape": "Esc",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "tab": "Tab",
}


def key_name(keys: str, *, first: bool = False) -> str:
    """Return keys as people know them: `Enter`, `↓ j`, `Ctrl+P`."""
    parts = [_NAMES.get(key, key) for key in keys.split(",") if key]
    parts = [part.replace("ctrl+", "Ctrl+").replace("f1", "F1") for part in parts]
    parts = [part[:5] + part[5:].upper() if part.startswith("Ctrl+") else part for part in parts]
    return parts[0] if first and parts else " ".join(parts)
