"""The Typer door: help texts, and the judgement on lines the thin front door could not read.

Built from the same declarations as the front door. Typer's own German is missing, so its few headings are translated
in the finished text; what it finds wrong becomes one of our errors.
"""

from __future__ import annotations

import inspect
import re
import textwrap
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from crm_cli.commands import GROUPS, all_commands, commands_of
from crm_cli.commands._options import GLOBALS, VERSION
from crm_cli.errors import UsageError
from crm_cli.front import GLOBAL_FLAGS, Call, flags_of, option_width
from crm_cli.i18n import language, t

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from crm_cli.commands._spec import Command, Param
    from crm_cli.front import Located

_GLOBAL = "global_"
_TYPES: dict[str, type] = {"str": str, "int": int, "float": float}
_WIDTH = 80
_SHORT = 64  # characters for a command in a list of them
# Typer's own words, as they stand in a help text.
_GERMAN = (
    (re.compile(r"^Usage:", re.M), "Aufruf:"),
    (re.compile(r"^Arguments:$", re.M), "Angaben:"),
    (re.compile(r"^Options:$", re.M), "Optionen:"),
    (re.compile(r"^Commands:$", re.M), "Befehle:"),
    (re.compile(r"\[OPTIONS\]"), "[OPTIONEN]"),
    (re.compile(r"COMMAND \[ARGS\]\.\.\."), "BEFEHL …"),
    (re.compile(r"\[default: "), "[Vorgabe: "),
    (re.compile(r"\[required\]"), "[nötig]"),
    (re.compile(r"; required\]"), "; nötig]"),
    (re.compile(r"Show this message and exit\."), "Diesen Text zeigen."),
)


def parse(command: Command, words: list[str]) -> Call:
    """Read a line through Typer; raises UsageError in our words for what is wrong with it."""
    found = _run(_single(command), command.name, words, command)
    values = {name: value for name, value in found.items() if not name.startswith(_GLOBAL)}
    given = {name.removeprefix(_GLOBAL): value for name, value in found.items() if name.startswith(_GLOBAL)}
    for param in command.params:
        if values.get(param.name) is None:
            values[param.name] = param.absent()
    return Call(values, {name: value for name, value in given.items() if value not in (None, False)})


def _run(app: typer.Typer, name: str, words: list[str], command: Command) -> dict[str, Any]:
    click_command = typer.main.get_command(app)
    try:
        found: dict[str, Any] = click_command.main(args=words, prog_name=f"crm {name}", standalone_mode=False)
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        raise _usage_error(error, command, words) from error
    return found


def _usage_error(error: Any, command: Command, words: list[str]) -> UsageError:
    """Say in our words what Typer found wrong. Its exception classes are private, their attributes are not."""
    example = command.example[0]
    option = getattr(error, "option_name", None)
    if option is not None and hasattr(error, "possibilities"):
        near = get_close_matches(str(option), flags_of(command), n=1)
        hint = "Did you mean “{near}”?" if near else "For example: {example}"
        return UsageError(
            "There is no option {option}.", option=option, hint=hint, near=near[0] if near else "", example=example
        )
    if option is not None:
        if any(word.startswith(f"{option}=") for word in words):
            return UsageError("{option} takes no value.", option=option, hint="For example: {example}", example=example)
        return UsageError("{option} needs a value.", option=option, hint="For example: {example}", example=example)
    param = _param_of(error, command)
    if param is not None:
        return _param_error(error, param, example)
    extra = re.search(r"unexpected extra argument(?:s|\(s\))? \((.*)\)", error.format_message(), re.S)
    if extra:
        return UsageError("This is too much: {words}", words=extra[1], hint="For example: {example}", example=example)
    return UsageError("{reason}", reason=error.format_message(), hint="For example: {example}", example=example)


def _param_of(error: Any, command: Command) -> Param | None:
    name = getattr(getattr(error, "param", None), "name", None)
    if not isinstance(name, str):
        return None
    declared = GLOBALS if name.startswith(_GLOBAL) else command.params
    return next((param for param in declared if param.name == name.removeprefix(_GLOBAL)), None)


def _param_error(error: Any, param: Param, example: str) -> UsageError:
    shown = param.flags[0] if param.flags else _metavar(param)
    if "Missing" in type(error).__name__:
        return UsageError("{what} is missing.", what=shown, hint="For example: {example}", example=example)
    match = re.match(r"'(.*?)' is not ", str(error.message), re.S)
    value = match[1] if match else ""
    if param.type == "choice":
        return UsageError(
            "{what} cannot be “{value}”.", what=shown, value=value, hint="It is one of: {choices}.",
            choices=", ".join(param.choices),
        )  # fmt: skip
    hint = "A whole number is needed." if param.type == "int" else "A number is needed."
    return UsageError("{what} cannot be “{value}”.", what=shown, value=value, hint=hint)


def refuse(located: Located) -> str:
    """Raise the UsageError for a line that leads to no command."""
    known = _next_words(located.path)
    word = _first_unknown(located.arguments)
    message, candidates = "There is no command “{word}”.", known
    if word is None:
        message, word, candidates = "A command is missing after {word}.", " ".join(["crm", *located.path]), []
    elif word.startswith("-"):
        message, candidates = "There is no option {word}.", [flag for param in GLOBALS for flag in param.flags]
    near = get_close_matches(word, candidates, n=1)
    hint = "Did you mean “{near}”?" if near else "There are: {known}."
    raise UsageError(message, word=word, hint=hint, near=near[0] if near else "", known=", ".join(known))


def _first_unknown(words: Sequence[str]) -> str | None:
    """Return the first word that is no global option."""
    index = 0
    while index < len(words):
        width = option_width(words, index, GLOBAL_FLAGS)
        if not width:
            return words[index]
        index += width
    return None


def _next_words(path: Sequence[str]) -> list[str]:
    """Return the words that may follow `path`."""
    found: dict[str, None] = {}
    commands = commands_of(path[0]).values() if path else all_commands()
    for command in commands:
        words = command.name.split(" ")
        if words[: len(path)] == list(path) and len(words) > len(path) and not command.hidden:
            found[words[len(path)]] = None
    return list(found)


def help_text(path: Sequence[str], command: Command | None) -> str:
    """Return the help of the program, of a group of commands or of one command, in the language in use."""
    if command is not None:
        text = _plain_help(_single(command), command.name)
        return _localized(text + _below(command)) + _section("Examples", command.example) + _global_section(command)
    commands = [each for each in (commands_of(path[0]).values() if path else all_commands()) if not each.hidden]
    commands = [each for each in commands if each.name.split(" ")[: len(path)] == list(path)]
    text = _plain_help(_group(path, commands), " ".join(path))
    examples: dict[str, str] = {}
    for each in commands:
        examples.setdefault(each.name.split(" ")[0] if not path else each.name, each.example[0])
    return _localized(text) + _section("Examples", examples.values())


def _below(command: Command) -> str:
    """Return the list of the commands whose names go on where this one ends (`sync`, `sync add`)."""
    found = [each for each in all_commands() if each.name.startswith(command.name + " ") and not each.hidden]
    if not found:
        return ""
    room = max(len(each.name) for each in found)
    return "\nCommands:\n" + "".join(f"  {each.name:{room}}  {_beginning(t(each.help))}\n" for each in found)


def _plain_help(app: typer.Typer, name: str) -> str:
    click_command = typer.main.get_command(app)
    context = click_command.make_context(f"crm {name}".strip(), [], resilient_parsing=True)
    return str(click_command.get_help(context)).rstrip() + "\n"


def _localized(text: str) -> str:
    """Take away Typer's braces around what is required, and put its own words into German."""
    usage, newline, rest = text.partition("\n\n")
    text = re.sub(r"\{([^{}]+)\}", r"\1", usage) + newline + rest
    if language() == "de":
        for pattern, german in _GERMAN:
            text = pattern.sub(german, text)
    return text


def _section(heading: str, lines: Iterable[str]) -> str:
    return "\n" + t(heading) + ":\n" + "".join(f"  {line}\n" for line in lines)


def _global_section(command: Command) -> str:
    own = {flag for param in command.params for flag in param.flags}
    flags = [flag for param in GLOBALS for flag in param.flags if flag not in own]
    lines = textwrap.wrap(" ".join(flags), _WIDTH - 2, break_on_hyphens=False)
    return _section("Global options (see crm --help)", lines)


def _app() -> typer.Typer:
    return typer.Typer(
        add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, no_args_is_help=False
    )


def _single(command: Command) -> typer.Typer:
    """Return an app that is just this command."""
    app = _app()
    app.command(help=t(command.help))(_function(command))
    return app


def _group(path: Sequence[str], commands: Sequence[Command]) -> typer.Typer:
    """Return an app with these commands below `path`; deeper ones are shown as one group."""
    app = _app()
    seen: set[str] = set()
    for command in commands:
        word = command.name.split(" ")[len(path)] if len(command.name.split(" ")) > len(path) else ""
        if not word or word in seen:
            continue
        seen.add(word)
        prefix = " ".join([*path, word])
        below = [each for each in commands if each.name.startswith(prefix + " ")]
        text = command.help if command.name == prefix else GROUPS.get(prefix, ", ".join(each.name for each in below))
        app.command(word, help=t(text), short_help=_beginning(t(text)))(_nothing)
    about = GROUPS.get(" ".join(path), "") if path else "The CRM for people who live in the terminal."
    app.callback(help=t(about))(_nothing if path else _function(None))
    return app


def _beginning(text: str) -> str:
    """Return as much of a help text as a list has room for, whole clauses where there are any."""
    if len(text) > _SHORT:
        ends = [at for at, sign in enumerate(text[: _SHORT + 1]) if sign in ";:"]
        text = text[: ends[-1]] if ends else textwrap.shorten(text, _SHORT, placeholder=" …")
    return text.rstrip(".")


def _nothing() -> None:
    """Stand in for a command in a listing."""


# Typer asks for it twice for each command listed.
_nothing.__signature__ = inspect.Signature()  # type: ignore[attr-defined]


def _function(command: Command | None) -> Callable[..., dict[str, Any]]:
    """Return a function with the signature Typer reads; called, it gives back its arguments."""

    def collect(**values: Any) -> dict[str, Any]:
        return values

    own = command.params if command else ()
    taken = {flag for param in own for flag in param.flags}
    parameters = [_parameter(param, param.name, hidden=param.hidden) for param in own]
    parameters += [
        _parameter(param, _GLOBAL + param.name, hidden=command is not None)
        for param in (GLOBALS if command else (*GLOBALS, VERSION))
        if not taken.intersection(param.flags)
    ]
    collect.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    collect.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return collect


def _parameter(param: Param, name: str, *, hidden: bool) -> inspect.Parameter:
    info: Any
    if param.flags:
        shown = _option_metavar(param)
        info = typer.Option(*param.flags, help=t(param.help), metavar=shown, hidden=hidden, show_default=False)
    else:
        info = typer.Argument(help=t(param.help), metavar=_metavar(param), hidden=hidden, show_default=False)
    default = inspect.Parameter.empty if param.required else (False if param.type == "flag" else None)
    return inspect.Parameter(
        name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[_annotation(param), info]
    )


def _annotation(param: Param) -> Any:
    if param.type == "flag":
        return bool
    base: Any = Literal[param.choices] if param.type == "choice" else _TYPES[param.type]
    return list[base] if param.many else base


def _option_metavar(param: Param) -> str | None:
    if param.type == "flag":
        return None
    if param.metavar is None and param.type == "choice":
        return "|".join(param.choices)
    return _metavar(param)


def _metavar(param: Param) -> str:
    return param.metavar or param.name.upper().replace("_", "-")
