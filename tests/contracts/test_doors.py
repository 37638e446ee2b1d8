"""Every declared command means the same through the thin front door and through Typer."""

from __future__ import annotations

import shlex

import pytest

from crm_cli import front
from crm_cli.commands import all_commands
from crm_cli.commands._options import GLOBALS
from crm_cli.commands._spec import Command, Param
from crm_cli.commands._typer import parse as typer_parse

COMMANDS = list(all_commands())


def by_name(commands: list[Command]) -> list:
    return [pytest.param(command, id=command.name) for command in commands]


def sample(param: Param, number: int = 1) -> str:
    if param.type == "choice":
        return param.choices[-number % len(param.choices)]
    return str(number) if param.type in ("int", "float") else f"word {number}"


def lines_of(command: Command) -> list[list[str]]:
    """Return the shortest line, one with every parameter, and one with every global option before and after."""
    required: list[str] = []
    full: list[str] = []
    for param in command.params:
        values = [sample(param, number) for number in ((1, 2) if param.many else (1,))]
        if param.type == "flag":
            full.append(param.flags[0])
        elif param.flags:
            full += [word for value in values for word in (param.flags[0], value)]
            if len(param.flags[-1]) > 2:
                full.append(f"{param.flags[-1]}={values[0]}")
        else:
            full += values
        if param.required:
            required += [param.flags[0], values[0]] if param.flags else [values[0]]
    own = {flag for param in command.params for flag in param.flags}
    extra = [param for param in GLOBALS if param.flags[0] not in own]
    options = [param.flags[0] if param.type == "flag" else f"{param.flags[0]}={sample(param)}" for param in extra]
    return [required, full, options + required, required + options]


@pytest.mark.parametrize("command", by_name(COMMANDS))
def test_both_doors_read_every_form_alike(command: Command) -> None:
    for line in lines_of(command):
        words = front.arguments_for(command, line)
        call = front.parse(command, words)
        assert call is not None, words
        other = typer_parse(command, words)
        assert (call.values, call.given) == (other.values, other.given)


@pytest.mark.parametrize("command", by_name(COMMANDS))
def test_every_example_is_a_line_the_front_door_reads(command: Command) -> None:
    for example in command.example:
        lexer = shlex.shlex(example.replace("$(", " ").removesuffix(")"), posix=True, punctuation_chars="|<>;&")
        lexer.whitespace_split = True
        words = list(lexer)
        words = words[len(words) - 1 - words[::-1].index("crm") :]
        words = words[: next((index for index, word in enumerate(words) if word[0] in "|<>;&"), None)]
        located = front.locate(words[1:])
        assert located.command is command
        assert front.parse(command, front.arguments_for(command, located.arguments)) is not None, example


@pytest.mark.parametrize("command", by_name(COMMANDS))
def test_every_declaration_is_sound(command: Command) -> None:
    names = [param.name for param in command.params]
    flags = [flag for param in command.params for flag in param.flags]
    assert len(names) == len(set(names))
    assert len(flags) == len(set(flags))
    assert all(param.help for param in command.params if not param.hidden)
    assert all((param.type == "choice") == bool(param.choices) for param in command.params)
    assert sum(param.many for param in command.params if not param.flags) <= 1
    if command.text:
        assert [param.many for param in command.params if not param.flags] == [False]


def test_no_command_is_declared_twice() -> None:
    names = [command.name for command in COMMANDS]
    assert len(names) == len(set(names))
