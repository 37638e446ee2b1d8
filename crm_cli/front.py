"""The thin front door: reads well-formed command lines from the declarations, without Typer.

Typer costs more than a whole `crm log`. This parser understands the plain forms (`--flag value`, `--flag=value`,
repeated options, `--`, positionals) of every declared command and answers None to all else: help texts and messages
about what is wrong are Typer's business (`commands/_typer.py`). Both doors return the same `Call`.
"""

from __future__ import annotations

from crm_cli.commands import commands_of
from crm_cli.commands._options import GLOBALS, VERSION, Options
from crm_cli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from crm_cli.commands._spec import Command, Param

HELP_WORDS = ("--help", "-h")
VERSION_WORD = VERSION.flags[0]
GLOBAL_FLAGS = {flag: param for param in GLOBALS for flag in param.flags}
PLAIN_WORD = "--plain"
_INVALID = object()


class Call:
    """What a command line asks for: the command's own parameters and the global options given."""

    __slots__ = ("given", "values")

    def __init__(self, values: dict[str, object], given: dict[str, object]) -> None:
        self.values = values
        self.given = given


class Located:
    """Where a command line leads: the words of the command, the command (None for a group), what follows."""

    __slots__ = ("arguments", "command", "path")

    def __init__(self, path: list[str], command: Command | None, arguments: list[str]) -> None:
        self.path = path
        self.command = command
        self.arguments = arguments


def locate(words: Sequence[str]) -> Located:
    """Find the command; global options that stand before or between its words go in front of its arguments.

    The longest declared name wins (`tag add` over `tag`). `help` as the first word is `--help`.
    """
    moved: list[str] = []
    path: list[str] = []
    names: dict[str, Command] = {}
    index = 0
    wants_help = False
    while index < len(words):
        word = words[index]
        width = option_width(words, index, GLOBAL_FLAGS)
        if width:
            moved += words[index : index + width]
            index += width
            continue
        if not path and word == "help" and not wants_help:
            wants_help = True
        elif not path:
            names = commands_of(word)
            if not names:
                break
            path.append(word)
        else:
            longer = " ".join([*path, word])
            if longer not in names and not _is_group(longer, names):
                break
            path.append(word)
        index += 1
        name = " ".join(path)
        if name in names and not _is_group(name, names):
            break
    rest = [*moved, *words[index:], *(["--help"] if wants_help else [])]
    return Located(path, names.get(" ".join(path)), rest)


def locate_whole(words: Sequence[str]) -> Located:
    """Find the command of a line that is complete: `--plain` alone is the day in lines."""
    if PLAIN_WORD in words and all_options(words, 0, GLOBAL_FLAGS):
        return locate(["tui", *words])
    return locate(words)


def _is_group(name: str, names: dict[str, Command]) -> bool:
    return any(other.startswith(name + " ") for other in names)


def option_width(words: Sequence[str], index: int, flags: dict[str, Param]) -> int:
    """Return how many words the known option at `index` takes, 0 if there is none."""
    word = words[index]
    if word[:1] != "-":
        return 0
    name, equals, _ = word.partition("=")
    param = flags.get(name)
    if param is None:
        return 0
    if param.type == "flag":
        return 0 if equals else 1
    if equals:
        return 1
    return 2 if index + 1 < len(words) else 0


def flags_of(command: Command) -> dict[str, tuple[Param, bool]]:
    """Return flag -> (parameter, is global); a command's own flag hides the global one of that name."""
    table: dict[str, tuple[Param, bool]] = {flag: (param, True) for flag, param in GLOBAL_FLAGS.items()}
    for param in command.params:
        for flag in param.flags:
            table[flag] = (param, False)
    return table


def arguments_for(command: Command, words: list[str]) -> list[str]:
    """Return `words` in the form both doors parse: text joined to one word, `-field:value` as `not field:value`."""
    if command.text:
        options, text = split_text(command, words)
        return options if text is None else [*options, "--", text]
    words = _with_stdin(command, words)
    if any(param.complete == "query" and not param.flags for param in command.params):
        end = words.index("--") if "--" in words else len(words)
        return [_negation(word) for word in words[:end]] + words[end:]
    return words


def _with_stdin(command: Command, words: list[str]) -> list[str]:
    """Let `-0` alone stand for `-`, too: references from stdin, ended by NULs."""
    if "-0" in words and "-" not in words and any("-0" in param.flags for param in command.params):
        place = words.index("-0")
        return [*words[:place], "-0", "-", *words[place + 1 :]]
    return words


def _negation(word: str) -> str:
    """Turn `-tag:fair`, which looks like an option, into `not tag:fair`."""
    if word[:1] != "-" or not word[1:2].isalpha():
        return word
    name = word[1:].replace("_", "").replace(".", "").split(":", 1)[0]
    return f"not {word[1:]}" if ":" in word and name.isalnum() else word


def split_text(command: Command, words: list[str]) -> tuple[list[str], str | None]:
    """Split the argv of a text command such as `crm log`: (option words, the text or None).

    Known options stand before the first or after the last word of the text; between them, and anywhere after a lone
    `--`, every word is text, unknown `--words` too.
    """
    flags = {flag: entry[0] for flag, entry in flags_of(command).items()}
    start = 0
    while start < len(words):
        width = 1 if words[start] in (*HELP_WORDS, VERSION_WORD) else option_width(words, start, flags)
        if not width:
            break
        start += width
    end = len(words)
    if "--" not in words[start:]:
        for candidate in range(start + 1, len(words)):
            if all_options(words, candidate, flags):
                end = candidate
                break
    text = " ".join(words[start:end]) if start < end else None
    return [*words[:start], *words[end:]], text


def all_options(words: Sequence[str], index: int, flags: dict[str, Param]) -> bool:
    """Tell whether everything from `index` on is known options with values that fit."""
    while index < len(words):
        if words[index] in ("--help", VERSION_WORD):
            index += 1
            continue
        width = option_width(words, index, flags)
        if not width:
            return False
        name, equals, value = words[index].partition("=")
        if not equals and width == 2:
            value = words[index + 1]
            if value.startswith("--"):
                return False
        if (width == 2 or equals) and _converted(flags[name], value) is _INVALID:
            return False
        index += width
    return True


def wants(command: Command | None, words: Sequence[str]) -> str | None:
    """Return "help" or "version" if that is asked for in an option's place, else None."""
    flags = flags_of(command) if command else {flag: (param, True) for flag, param in GLOBAL_FLAGS.items()}
    known = {flag: entry[0] for flag, entry in flags.items()}
    index = 0
    while index < len(words) and words[index] != "--":
        word = words[index]
        if word in HELP_WORDS and word not in known:
            return "help"
        if word == VERSION_WORD and word not in known:
            return "version"
        index += option_width(words, index, known) or 1
    return None


def parse(command: Command, words: Sequence[str]) -> Call | None:
    """Read a well-formed line (already through `arguments_for`); None for anything that needs Typer's judgement."""
    flags = flags_of(command)
    values: dict[str, object] = {}
    given: dict[str, object] = {}
    positionals: list[str] = []
    index = 0
    while index < len(words):
        word = words[index]
        index += 1
        if word == "--":
            positionals += words[index:]
            break
        if word[:1] != "-" or word == "-":
            positionals.append(word)
            continue
        name, equals, text = word.partition("=")
        entry = flags.get(name)
        if entry is None or (equals and word[:2] != "--"):
            return None
        param, is_global = entry
        target = given if is_global else values
        if param.type == "flag":
            if equals:
                return None
            target[param.name] = True
            continue
        if not equals:
            if index >= len(words):
                return None
            text = words[index]
            index += 1
        if not _store(target, param, text):
            return None
    return _complete(command, values, given, positionals)


def _complete(
    command: Command, values: dict[str, object], given: dict[str, object], positionals: list[str]
) -> Call | None:
    """Deal the positionals out, fill what is absent, and refuse a line that lacks something required."""
    places = [param for param in command.params if not param.flags]
    many = next((place for place, param in enumerate(places) if param.many), None)
    if many is None:
        if len(positionals) > len(places):
            return None
        pairs = list(zip(places, positionals, strict=False))
    else:
        behind = len(places) - many - 1
        stop = max(len(positionals) - behind, many)
        pairs = list(zip(places[:many], positionals[:many], strict=False))
        pairs += [(places[many], word) for word in positionals[many:stop]]
        pairs += list(zip(places[many + 1 :], positionals[stop:], strict=False))
    for param, word in pairs:
        if not _store(values, param, word):
            return None
    for param in command.params:
        if param.name not in values:
            if param.required:
                return None
            values[param.name] = param.absent()
    return Call(values, given)


def _store(target: dict[str, object], param: Param, text: str) -> bool:
    value = _converted(param, text)
    if value is _INVALID:
        return False
    if param.many:
        collected = target.setdefault(param.name, [])
        assert isinstance(collected, list)
        collected.append(value)
    else:
        target[param.name] = value
    return True


def _converted(param: Param, text: str) -> object:
    """Return the typed value, or `_INVALID`."""
    if param.type == "choice":
        return text if text in param.choices else _INVALID
    if param.type in ("int", "float"):
        try:
            return int(text) if param.type == "int" else float(text)
        except ValueError:
            return _INVALID
    return text


def options_of(command: Command, given: dict[str, object]) -> Options:
    """Build the global options; raises UsageError where `--json` and `--format` contradict each other."""
    values: Any = dict(given)
    if values.pop("json", False) and values.setdefault("format", "json") != "json":
        raise UsageError(
            "--json and --format {format} contradict each other.", format=values["format"], hint="Give one of them."
        )
    if values.get("limit") is None and command.limit is not None:
        values["limit"] = command.limit
    options = Options(**values)
    if options.limit is not None and options.limit < 0:
        raise UsageError("--limit cannot be {limit}.", limit=options.limit, hint="A whole number from 0 on is needed.")
    return options


def rough_options(words: Sequence[str]) -> Options:
    """Guess the options that decide how an error is shown, for a line that has not been read or can't be."""
    options = Options()
    for index, word in enumerate(words):
        if word == "--":
            break
        name, equals, value = word.partition("=")
        if not equals:
            value = words[index + 1] if index + 1 < len(words) else ""
        if word == "--json":
            options.format = "json"
        elif name == "--format" and value in ("json", "jsonl"):
            options.format = value
        elif name == "--lang" and value in ("de", "en"):
            options.lang = value
        elif word == "--debug":
            options.debug = True
    return options


def check_text(command: Command, call: Call) -> None:
    """Refuse words that are no valid text in the locale's encoding; the store could not keep them. Paths may be."""
    for param in command.params:
        if param.complete == "file":
            continue
        value = call.values[param.name]
        for item in value if isinstance(value, list) else (value,):
            if isinstance(item, str) and not item.isascii():
                try:
                    item.encode()
                except UnicodeEncodeError:
                    raise UsageError(
                        "“{text}” is not valid UTF-8.", text=item, hint="Set the terminal to UTF-8 and type it again."
                    ) from None
