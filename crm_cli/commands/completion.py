"""`crm completion SHELL` prints a script; the script asks `crm _complete`, which never loads Typer.

What is offered comes from the same declarations as the command line, values from the configuration and the store.
A value holding a control character is never offered: no quoting makes it safe to see.
"""

from __future__ import annotations

import os

from crm_cli import front
from crm_cli.commands import MODULES
from crm_cli.commands._options import GLOBALS
from crm_cli.commands._spec import Command, Param, Stream
from crm_cli.errors import CrmError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crm_cli.context import AppContext

_LIMIT = 50
_SHELLS = ("bash", "zsh", "fish")
_FILES = ":files"
# Inside double quotes bash leaves everything alone but these.
_SPECIAL_IN_DOUBLE = '\\"$`'
_SPECIAL = "\\\"'$` \t&;|<>()[]{}*?!#~^"

Choice = tuple[str, str]


def script(_: AppContext, *, shell: str) -> object:
    """Return the script for one shell."""
    from crm_cli.commands.completion_scripts import SCRIPTS

    return Stream([SCRIPTS[shell]])


def complete(ctx: AppContext, *, shell: str, words: list[str]) -> object:
    """Return the lines a shell asks for. `words` is the line so far, the last one being completed.

    bash gives two: the last word as bash splits it, and the whole line. A failure offers nothing.
    """
    quote, cut = "", 0
    if shell == "bash":
        fragment, line = words if len(words) == 2 else ("", "")
        words, quote = split_line(line)
        words = words[_command_index(words) + 1 :]
        cut = _cut(fragment, words[-1] if words else "", quote)
    try:
        found = list(_offered(ctx, words or [""]))
    except CrmError:
        return Stream([])
    return Stream(_lines(found, shell, quote, cut))


def _command_index(words: list[str]) -> int:
    """Return where the command stands: after the assignments (`LANG=de crm …`)."""
    return next((index for index, word in enumerate(words) if "=" not in word), 0)


def _cut(fragment: str, word: str, quote: str) -> int:
    """Return how much of a value bash has already, because it splits words at `:`, `@` and `=`."""
    if quote:
        return 0
    if fragment and not fragment.strip(":=@"):
        return len(word)
    return len(word) - len(fragment) if word.endswith(fragment) else 0


def split_line(line: str) -> tuple[list[str], str]:
    """Split a bash line typed so far into words; also returns the quote still open (`'`, `"` or none)."""
    words, word, quote, started, escaped = [], "", "", False, False
    for char in line:
        if escaped:
            word, escaped = word + char, False
        elif char == "\\" and quote != "'":
            started = escaped = True
        elif quote:
            if char == quote:
                quote = ""
            else:
                word += char
        elif char in "\"'":
            quote, started = char, True
        elif char in " \t":
            if started:
                words.append(word)
            word, started = "", False
        else:
            word, started = word + char, True
    return [*words, word], quote


def _lines(found: Iterable[Choice], shell: str, quote: str, cut: int) -> Iterator[str]:
    for value, text in found:
        if not value.isprintable():
            continue
        if value == _FILES:
            yield value + "\n"
        elif shell == "bash":
            if quote == "'" and "'" in value:
                continue
            yield quoted(value[cut:], quote) + "\n"
        else:
            description = text if text.isprintable() else ""
            yield f"{value}\t{description}\n"


def quoted(value: str, quote: str) -> str:
    """Return a value as it must stand in a bash line where `quote` is open."""
    if quote == "'":
        return value
    special = _SPECIAL_IN_DOUBLE if quote else _SPECIAL
    return "".join("\\" + char if char in special else char for char in value)


def _offered(ctx: AppContext, words: list[str]) -> Iterator[Choice]:
    """Yield (value, description) for the last word."""
    before, word = words[:-1], words[-1]
    _take_store(ctx, before)
    located = front.locate(before)
    command = located.command
    if command is None or (command.text and len(located.path) == 1 and not located.arguments and not word):
        yield from _next_words(located.path, located.arguments, word)
        return
    flags = {flag: entry[0] for flag, entry in front.flags_of(command).items()}
    arguments = located.arguments
    if "--" not in arguments:
        open_option = _open_option(arguments, flags)
        if open_option is not None:
            yield from _values(ctx, open_option, word)
            return
        name, equals, value = word.partition("=")
        if equals and name in flags and flags[name].type != "flag":
            yield from ((f"{name}={found}", text) for found, text in _values(ctx, flags[name], value))
            return
        if word.startswith("-"):
            yield from _starting(((flag, param.help) for flag, param in flags.items() if not param.hidden), word)
            return
    if command.text:
        yield from _in_text(ctx, word)
        return
    place = _place(command, arguments, flags)
    if place is not None:
        yield from _values(ctx, place, word)


def _take_store(ctx: AppContext, before: list[str]) -> None:
    """Ask the store that the line names with --db."""
    for index, word in enumerate(before):
        if word == "--db" and index + 1 < len(before):
            ctx.options.db = before[index + 1]
        elif word.startswith("--db="):
            ctx.options.db = word.removeprefix("--db=")


def _next_words(path: list[str], arguments: list[str], word: str) -> Iterator[Choice]:
    """Yield the words that may follow, or the global options."""
    flags = {flag: param for param in GLOBALS for flag in param.flags}
    if arguments and arguments[-1] in flags and flags[arguments[-1]].type != "flag":
        param = flags[arguments[-1]]
        yield from _starting(((choice, "") for choice in param.choices), word)
        if param.complete == "file":
            yield _FILES, ""
    elif word.startswith("-"):
        yield from _starting(((flag, param.help) for flag, param in flags.items()), word)
    elif _has_unknown_word(arguments, flags):
        return
    elif not path:
        present = {name[:-3] for name in os.listdir(os.path.dirname(__file__)) if name.endswith(".py")}
        known = (name for name, module in MODULES.items() if module in present and not name.startswith("_"))
        yield from _starting(((name, "") for name in known), word)
    else:
        from crm_cli.commands import commands_of

        depth = len(path)
        seen: dict[str, str] = {}
        for command in commands_of(path[0]).values():
            names = command.name.split(" ")
            if names[:depth] == path and len(names) > depth and not command.hidden:
                seen.setdefault(names[depth], command.help)
        yield from _starting(seen.items(), word)


def _has_unknown_word(arguments: list[str], flags: dict[str, Param]) -> bool:
    index = 0
    while index < len(arguments):
        width = front.option_width(arguments, index, flags)
        if not width:
            return True
        index += width
    return False


def _open_option(arguments: list[str], flags: dict[str, Param]) -> Param | None:
    """Return the option whose value is being typed."""
    if not arguments:
        return None
    param = flags.get(arguments[-1])
    return param if param is not None and param.type != "flag" else None


def _place(command: Command, arguments: list[str], flags: dict[str, Param]) -> Param | None:
    """Return the positional parameter being typed."""
    count, index = 0, 0
    while index < len(arguments):
        param = flags.get(arguments[index].partition("=")[0])
        if param is None:
            count += 1
        elif param.type != "flag" and "=" not in arguments[index]:
            index += 1
        index += 1
    places = [param for param in command.params if not param.flags]
    if count < len(places):
        return places[count]
    return places[-1] if places and places[-1].many else None


def _starting(pairs: Iterable[Choice], word: str) -> Iterator[Choice]:
    folded = word.casefold()
    return (pair for pair in pairs if pair[0].casefold().startswith(folded))


def _values(ctx: AppContext, param: Param, word: str) -> Iterator[Choice]:
    """Yield what may stand for a parameter."""
    if param.type == "choice":
        yield from _starting(((choice, "") for choice in param.choices), word)
    elif param.complete == "file":
        yield _FILES, ""
    elif param.complete == "stage":
        yield from _starting(((stage["name"], "") for stage in ctx.config.deal_stages), word)
    elif param.complete == "setting":
        from crm_cli.config import settings

        yield from _starting(((key, setting.doc) for key, setting in settings().items()), word)
    elif param.complete is not None:
        yield from _stored(ctx, param.complete, word)


def _in_text(ctx: AppContext, word: str) -> Iterator[Choice]:
    """Yield names and tags inside a log line: `@hans.müller`, `+fair`, else a name as it is."""
    if word.startswith("@"):
        spoken = word[1:].replace(".", " ").replace("_", " ")
        yield from (("@" + name.replace(" ", "."), text) for name, text in _stored(ctx, "record", spoken))
    elif word.startswith("+"):
        yield from (("+" + name, text) for name, text in _stored(ctx, "tag", word[1:]))
    elif word:
        yield from _stored(ctx, "record", word)


def _stored(ctx: AppContext, kind: str, word: str) -> Iterator[Choice]:
    """Yield names from the store."""
    if not os.path.exists(ctx.db_path):
        return
    from crm_cli.store import search

    for name, text in search.complete(ctx.store.connection, word, kind, _LIMIT):
        # `:` begins our own answers to the scripts.
        if not name.startswith(":"):
            yield name, text


_SHELL = Param("shell", type="choice", choices=_SHELLS, required=True, help="The shell.")

COMMANDS = (
    Command(
        "completion", script, [_SHELL], help="Print the completion script of a shell.", example="crm completion bash"
    ),
    Command(
        "_complete",
        complete,
        [_SHELL, Param("words", many=True, help="The line so far.")],
        help="Answer a completion script.",
        example="crm _complete zsh -- con",
        hidden=True,
        hot=True,
    ),
)
