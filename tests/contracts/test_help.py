"""Help: an example for each command, every flag, both languages, nothing that does not exist."""

from __future__ import annotations

import pytest

from crm_cli.commands import GROUPS, MODULES, all_commands
from crm_cli.commands._options import GLOBALS
from crm_cli.commands._spec import Command

VISIBLE = [command for command in all_commands() if not command.hidden]
NAMES = [command.name for command in VISIBLE]
EACH = pytest.mark.parametrize("command", [pytest.param(command, id=command.name) for command in VISIBLE])


@EACH
def test_help_shows_an_example_and_every_flag(crm, command: Command) -> None:
    result = crm(*command.name.split(), "--help")
    assert (result.code, result.err) == (0, "")
    assert all(f"  {example}\n" in result.out for example in command.example)
    for param in (*command.params, *GLOBALS):
        if not param.hidden:
            assert all(flag in result.out for flag in param.flags), param.name
    assert max(map(len, result.out.splitlines())) <= 100


@EACH
def test_help_speaks_german(crm, command: Command) -> None:
    text = crm(*command.name.split(), "--help", "--lang", "de").out
    assert text.startswith("Aufruf: crm ")
    assert "Beispiele:" in text
    for english in ("Usage", "Options:", "Arguments", "Show this message", "[required]"):
        assert english not in text


def test_the_first_page_lists_every_word_with_an_example(crm) -> None:
    text = crm("--help").out
    assert crm().out == text
    words = {command.name.split()[0] for command in VISIBLE}
    for word in words:
        assert f"\n  {word}" in text
        assert any(line.strip().startswith(f"crm {word}") for line in text.splitlines())
    assert "_complete" not in text
    assert "--version" in text


def test_a_word_without_its_module_is_no_command(crm) -> None:
    missing = set(MODULES) - {command.name.split()[0] for command in all_commands()}
    listed = {line.split()[0] for line in crm("--help").out.splitlines() if line.strip()}
    for word in missing:
        assert word not in listed
        assert crm(word, "--json").error["code"] == "usage"


def test_a_group_shows_its_commands(crm) -> None:
    assert crm("config", "--help").out == crm("config").out
    assert crm("help", "config", "set").out == crm("config", "set", "--help").out


@pytest.mark.parametrize("lang", ["en", "de"])
@pytest.mark.parametrize("group", [(), *((word,) for word in GROUPS if word not in NAMES)], ids=" ".join)
def test_a_list_of_commands_is_one_whole_line_each(crm, group: tuple[str, ...], lang: str) -> None:
    text = crm(*group, "--help", "--lang", lang).out
    heading = "\nBefehle:\n" if lang == "de" else "\nCommands:\n"
    lines = text.partition(heading)[2].partition("\n\n")[0].splitlines()
    assert lines
    assert all(len(line.split(maxsplit=1)) == 2 and not line.endswith(("…", "...", " ")) for line in lines), lines
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("word", [name for name in NAMES if any(each.startswith(f"{name} ") for each in NAMES)])
def test_a_command_names_those_below_it(crm, word: str) -> None:
    below = [name for name in NAMES if name.startswith(f"{word} ")]
    for lang, heading in (("en", "Commands:"), ("de", "Befehle:")):
        lines = crm(*word.split(), "--help", "--lang", lang).out.splitlines()
        assert heading in lines
        for name in below:
            (line,) = [line for line in lines if line.startswith(f"  {name} ")]
            assert not line.endswith("…")
