"""Which module holds a command, by the first word a user types.

Only the module of the typed word is imported. A word whose module or declaration does not exist is no command: it
appears neither in the help nor in completion.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from crm_cli.commands._spec import Command

MODULES: dict[str, str] = {
    "log": "interactions",
    "find": "search",
    "show": "records",
    "today": "today",
    "due": "today",
    "brief": "records",
    "files": "attachments",
    "whois": "search",
    "undo": "journal",
    "redo": "journal",
    "history": "journal",
    "contact": "contacts",
    "company": "companies",
    "tag": "tags",
    "field": "fields",
    "segment": "segments",
    "dupes": "cleansing",
    "clean": "cleansing",
    "task": "tasks",
    "cadence": "cadences",
    "event": "events",
    "agenda": "agenda",
    "free": "agenda",
    "report": "reports",
    "remind": "reminders",
    "deal": "deals",
    "pipeline": "reports",
    "forecast": "reports",
    "import": "transfer",
    "export": "transfer",
    "email": "mail",
    "mail": "mail",
    "sync": "sync",
    "sql": "sql",
    "changes": "journal",
    "backup": "upkeep",
    "restore": "upkeep",
    "check": "upkeep",
    "demo": "demo",
    "config": "config",
    "tui": "tui",
    "completion": "completion",
    "_complete": "completion",
}

# What a first word that only opens a group is about, for the help.
GROUPS: dict[str, str] = {
    "contact": "People: add, find, change, merge.",
    "company": "Firms: add, find, change, merge.",
    "tag": "Tags on people and firms.",
    "field": "Fields of your own.",
    "segment": "Saved queries.",
    "task": "Follow-ups: add, do, move.",
    "cadence": "How often to be in touch.",
    "event": "Appointments: add, find, change.",
    "report": "Reports: figures, and the visit report of a day.",
    "deal": "Deals: add, move, win, lose.",
    "sync": "Contacts and calendars on servers and phones: add, bring in step.",
    "config": "Settings: show and change.",
    "mail": "Contacts out of e-mails.",
}


def module_commands(module: str) -> tuple[Command, ...]:
    """Import one command module and return what it declares; `()` where it does not exist."""
    name = f"{__name__}.{module}"
    try:
        __import__(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        return ()
    declared: tuple[Command, ...] = sys.modules[name].COMMANDS
    return declared


def commands_of(word: str) -> dict[str, Command]:
    """Return the commands that begin with `word`, by their full name; `{}` for an unknown word."""
    module = MODULES.get(word)
    if module is None:
        return {}
    return {command.name: command for command in module_commands(module) if command.name.split(" ", 1)[0] == word}


def all_commands() -> Iterator[Command]:
    """Yield every command of the program in the order of the help. Imports every command module."""
    for word in MODULES:
        yield from commands_of(word).values()
