"""Every action of the terminal interface, once: key, words, help and the command that does the same.

Bindings, the palette, the key help and the hint line are read from here; `keys.py` says which keys a run has. No
single key destroys anything: what takes away has no key and can be undone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.binding import BindingType

EVERYWHERE = "everywhere"
LIST = "list"
LISTS = ("today", "contacts", "companies")
PARTIES = ("contacts", "companies")
# The screens whose cursor is moved by the keys of `list`.
WITH_LIST = (*LISTS, "account", "duplicates")


class Action:
    """One thing that can be done.

    `keys` are alternatives parted by commas in Textual's spelling, a chord such as `g g` with a blank between.
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

    def command_at(self, place: str) -> str | None:
        """Return the form for the shell as it is on a screen: a deal is not changed as a person is."""
        return _OTHERWISE.get((self.id, place), self.command)


_ALL = (
    Action("move.down", "down,j", "Down", "One line down", LIST),
    Action("move.up", "up,k", "Up", "One line up", LIST),
    Action("move.page_down", "pagedown,ctrl+d", "Page down", "One page down", LIST),
    Action("move.page_up", "pageup,ctrl+u", "Page up", "One page up", LIST),
    Action("move.first", "home,g g", "First", "To the first line", LIST),
    Action("move.last", "end,G", "Last", "To the last line", LIST),
    Action("record.open", "enter", "Open", "Open the record", *LISTS, "account", "pipeline",
           "week", "reports", command="crm show REF", hint=2),
    Action("task.done", "e", "Done", "Finish the follow-up", "today", "account",
           command="crm task done REF", writes=True, hint=3),
    Action("task.move", "w", "Put off", "Put the follow-up off, or set one", "today",
           command="crm task snooze REF WHEN", writes=True, hint=4),
    Action("record.followup", "w", "Follow-up", "Set a follow-up", *PARTIES, "account", "pipeline",
           command="crm task add TEXT --due WHEN --contact REF", writes=True, hint=5),
    Action("task.edit", "E", "Edit", "Change the fields of the follow-up or appointment", "today",
           command="crm task edit REF", writes=True, hint=6),
    Action("record.edit", "e", "Edit", "Change the fields", *PARTIES, "pipeline",
           command="crm contact edit REF", writes=True, hint=6),
    Action("account.edit", "E", "Edit", "Change the fields of the record, or of the open line chosen", "account",
           command="crm contact edit REF", writes=True, hint=6),
    Action("record.new", "n", "New", "Add a new one", *PARTIES, "pipeline",
           command="crm contact add NAME", writes=True, hint=7),
    Action("record.tag", "plus", "Tag", "Put a tag on the record, or on all that are marked", *PARTIES, "account",
           command="crm tag add REF TAG", writes=True, hint=10),
    Action("list.filter", "slash", "Filter", "Filter by a query as in crm contact list", *PARTIES,
           command="crm contact list QUERY", hint=3),
    Action("list.segment", "f", "Segment", "Show the next saved segment", *PARTIES,
           command="crm contact list segment:NAME", hint=9),
    Action("list.sort", "s", "Sort", "Another order of the list, kept for the next time", *PARTIES,
           command="crm contact list --sort FIELD", hint=13),
    Action("list.columns", "c", "Columns", "Choose the columns of the list, kept for the next time", *PARTIES,
           command="crm contact list --columns A,B", hint=14),
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
    Action("text.edit", "f4", "Notes", "Change the notes in your editor", *PARTIES, "account", "pipeline", "week",
           command="crm contact edit REF", writes=True),
    Action("record.links", "o", "Open link", "Open a link, mail address, number or attachment, after showing it",
           *LISTS, "account", "week", command="crm files REF --open N"),
    Action("record.call", "p", "Call", "Call the number, after showing it", *LISTS, "account", command="crm show REF"),
    Action("record.mail", "m", "Write", "Write to the mail address, after showing it", *LISTS, "account",
           command="crm email QUERY"),
    Action("deal.new", "N", "New deal", "Add a deal with the record", *PARTIES, "account",
           command="crm deal add TITLE --contact REF", writes=True),
    Action("list.export", "x", "Export", "Write what is listed, or marked, into a file", *PARTIES,
           command="crm export contact QUERY -o FILE"),
    Action("account.previous", "left_square_bracket,ö", "Previous", "The record before it in the list", "account",
           hint=9),
    Action("account.next", "right_square_bracket,ä", "Next", "The record after it in the list", "account", hint=9),
    Action("account.kind", "f", "One kind", "Only the next kind of entry in the timeline, then all again", "account"),
    Action("dupes.merge", "m", "Merge", "Make one record of the two", "duplicates",
           command="crm contact merge KEEP LOSE", writes=True, hint=2),
    Action("dupes.reject", "n", "Not the same", "Never offer these two again", "duplicates",
           command="crm dupes reject REF REF", writes=True, hint=3),
    Action("dupes.skip", "enter", "Skip", "Leave the pair for later", "duplicates", hint=4),
    Action("dupes.keep", "left,right,h,l", "Keep other", "Keep the other record of the two", "duplicates", hint=5),
    Action("dupes.merge_certain", "A", "All certain", "Merge every pair that is certain, after a question",
           "duplicates", command="crm dupes merge", writes=True, hint=6),
    Action("dupes.kind", "v", "Firms", "Show firms, or people again", "duplicates",
           command="crm dupes --kind company", hint=7),
    Action("dupes.again", "r", "Again", "Search the book again", "duplicates", command="crm dupes", hint=13),
    Action("dupes.open", "o", "Open", "Open the record that would be kept", "duplicates", command="crm show REF"),
    Action("deal.left", "left,h", "Left", "To the stage on the left", "pipeline"),
    Action("deal.right", "right,l", "Right", "To the stage on the right", "pipeline"),
    Action("deal.up", "up,k", "Up", "One deal up", "pipeline"),
    Action("deal.down", "down,j", "Down", "One deal down", "pipeline"),
    Action("deal.back", "H", "Stage back", "Move the deal one stage back", "pipeline",
           command="crm deal move REF STAGE", writes=True, hint=4),
    Action("deal.on", "L", "Stage on", "Move the deal one stage on", "pipeline",
           command="crm deal move REF STAGE", writes=True, hint=3),
    Action("deal.won", "W", "Won", "Close the deal as won", "pipeline",
           command="crm deal won REF", writes=True, hint=6),
    Action("deal.lost", "X", "Lost", "Close the deal as lost, with the reason", "pipeline",
           command="crm deal lost REF --reason TEXT", writes=True, hint=7),
    Action("week.day_back", "left,h", "Day back", "To the day before", "week"),
    Action("week.day_on", "right,l", "Day on", "To the next day", "week"),
    Action("week.up", "up,k", "Up", "To the appointment before", "week"),
    Action("week.down", "down,j", "Down", "To the next appointment", "week"),
    Action("week.previous", "left_square_bracket,ö", "Week back", "To the week before", "week",
           command="crm agenda RANGE", hint=9),
    Action("week.next", "right_square_bracket,ä", "Week on", "To the next week", "week",
           command="crm agenda RANGE", hint=9),
    Action("week.today", "T", "Today", "To today", "week", command="crm agenda today", hint=6),
    Action("week.view", "v", "View", "The hours side by side, or a list", "week", command="crm agenda", hint=10),
    Action("event.new", "n", "New", "Add an appointment in one line", "week",
           command="crm event add LINE", writes=True, hint=3),
    Action("event.edit", "e", "Edit", "Change the fields of the appointment", "week",
           command="crm event edit REF", writes=True, hint=4),
    Action("event.move", "w", "Reschedule", "Move the appointment to another day or time", "week",
           command="crm event edit REF --start WHEN", writes=True, hint=5),
    Action("event.earlier", "H", "Day earlier", "Move the appointment one day back", "week",
           command="crm event edit REF --start WHEN", writes=True, hint=10),
    Action("event.later", "L", "Day later", "Move the appointment one day on", "week",
           command="crm event edit REF --start WHEN", writes=True, hint=10),
    Action("task.finish", "space", "Done", "Finish the follow-up", "week",
           command="crm task done REF", writes=True, hint=11),
    Action("event.delete", "", "Delete", "Delete the appointment; undo brings it back", "week",
           command="crm event delete REF", writes=True),
    Action("report.table", "v", "Table", "The table behind the plot, or the plot", "reports",
           command="crm report pipeline", hint=3),
    Action("report.earlier", "left,h,left_square_bracket", "Earlier", "The period before", "reports",
           command="crm report closed --period PERIOD", hint=4),
    Action("report.later", "right,l,right_square_bracket", "Later", "The next period", "reports",
           command="crm report closed --period PERIOD", hint=5),
    Action("report.period", "w", "Period", "Another period, in words", "reports",
           command="crm report closed --period PERIOD", hint=6),
    Action("report.filter", "slash", "Filter", "Figures of what a query finds", "reports",
           command="crm report pipeline QUERY", hint=7),
    Action("report.export", "x", "Export", "Write the table into a file as CSV", "reports",
           command="crm report pipeline --format csv", hint=9),
    Action("screen.back", "escape,b", "Back", "Back; on a list first clear the filter", *LISTS, "account", "pipeline",
           "week", "reports", "duplicates"),
    Action("screen.panes", "tab", "Next pane", "To the next pane", *LISTS, "account", "pipeline"),
    Action("log.open", "i", "Log", "Log a call, visit or note about the record", EVERYWHERE,
           command="crm log LINE", writes=True, hint=1),
    Action("go.today", "1", "Today", "What the day asks for", EVERYWHERE, command="crm today"),
    Action("go.contacts", "2", "Contacts", "People", EVERYWHERE, command="crm contact list"),
    Action("go.companies", "3", "Companies", "Firms", EVERYWHERE, command="crm company list"),
    Action("go.pipeline", "4", "Pipeline", "Open deals by stage", EVERYWHERE, command="crm deal list"),
    Action("go.reports", "7", "Reports", "Figures of sales and of the work done", EVERYWHERE,
           command="crm report pipeline"),
    Action("go.week", "5", "Week", "Appointments and what is due, by days", EVERYWHERE, command="crm agenda"),
    Action("go.duplicates", "", "Duplicates", "Records that may be one, to compare and merge", EVERYWHERE,
           command="crm dupes"),
    Action("palette.open", "colon,ctrl+p", "Search", "Search everything, and every command", EVERYWHERE,
           command="crm find TEXT", hint=11),
    Action("history.undo", "u", "Undo", "Take the newest change back, whoever made it: screen or shell", EVERYWHERE,
           command="crm undo", writes=True, hint=8),
    Action("history.redo", "U", "Redo", "Do again what was taken back", EVERYWHERE, command="crm redo", writes=True),
    Action("file.import", "", "Import", "Bring in an address book or table from a file, tried out first", EVERYWHERE,
           command="crm import FILE", writes=True),
    Action("view.theme", "", "Theme", "Another set of colours", EVERYWHERE),
    Action("view.redraw", "ctrl+l", "Redraw", "Paint the screen anew, where something else wrote on it", EVERYWHERE),
    Action("program.suspend", "ctrl+z", "To the shell", "Leave the program waiting; fg in the shell comes back",
           EVERYWHERE),
    Action("screen.leave", "q", "Leave", "Leave the screen; on Today leave the program", EVERYWHERE),
    Action("help.open", "question_mark,f1", "Help", "The keys of this screen", EVERYWHERE,
           command="crm tui keys --plain", hint=0),
)  # fmt: skip

ACTIONS: Mapping[str, Action] = {action.id: action for action in _ALL}

# Where an action that several screens have is another command than the one declared.
_OTHERWISE: Mapping[tuple[str, str], str] = {
    ("record.followup", "companies"): "crm task add TEXT --due WHEN --company REF",
    ("record.followup", "pipeline"): "crm task add TEXT --due WHEN --deal REF",
    ("record.edit", "companies"): "crm company edit REF",
    ("record.edit", "pipeline"): "crm deal edit REF",
    ("record.new", "companies"): "crm company add NAME",
    ("record.new", "pipeline"): "crm deal add TITLE --stage STAGE",
    ("record.merge", "companies"): "crm company merge KEEP LOSE",
    ("record.delete", "companies"): "crm company delete REF",
    ("list.filter", "companies"): "crm company list QUERY",
    ("list.segment", "companies"): "crm company list segment:NAME",
    ("list.sort", "companies"): "crm company list --sort FIELD",
    ("list.columns", "companies"): "crm company list --columns A,B",
    ("deal.new", "companies"): "crm deal add TITLE --company REF",
    ("list.export", "companies"): "crm export company QUERY -o FILE",
    ("list.mark", "companies"): "crm company list QUERY --format ids",
    ("list.mark_all", "companies"): "crm company list QUERY --format ids",
    ("text.edit", "contacts"): "crm contact edit REF --notes TEXT",
    ("text.edit", "companies"): "crm company edit REF --notes TEXT",
    ("text.edit", "pipeline"): "crm deal edit REF --notes TEXT",
    ("text.edit", "week"): "crm event edit REF --description TEXT",
}


# What acts below a dialog and while a text is typed too.
_IN_DIALOGS = ("view.redraw", "program.suspend")

# No keyboard has it: what is bound to it waits for a key from the configuration.
_NO_KEY = "f24"


def bindings(place: str) -> list[BindingType]:
    """Return the key bindings of a screen, of the app (`everywhere`) or of a list; chords are the screen's to read."""
    from textual.binding import Binding

    return [
        Binding(
            single_keys(action.keys),
            f"act('{action.id}')",
            action.label,
            show=False,
            id=action.id,
            priority=action.id in _IN_DIALOGS,
        )
        for action in _ALL
        if place in action.places
    ]


def single_keys(keys: str) -> str:
    """Return keys without their chords, as Textual binds them."""
    return ",".join(key for key in keys.split(",") if key and " " not in key) or _NO_KEY


def places() -> list[str]:
    """Return the names of all screens."""
    found = dict.fromkeys(place for action in _ALL for place in action.places)
    return [place for place in found if place not in (EVERYWHERE, LIST)]


def moves() -> Sequence[Action]:
    """Return the moves of a list."""
    return [action for action in _ALL if LIST in action.places]


def at(place: str) -> list[Action]:
    """Return the actions of a screen, those of everywhere behind its own."""
    return [action for where in (place, EVERYWHERE) for action in _ALL if where in action.places]


def hints(place: str) -> list[Action]:
    """Return the actions of the hint line: help, then the most needed first."""
    ranked = [(action.hint, action) for action in at(place) if action.hint is not None]
    return [action for _, action in sorted(ranked, key=lambda pair: pair[0])]
