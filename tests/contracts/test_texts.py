"""Every text a person can meet has a German one, and its places fit."""

from __future__ import annotations

import ast
import importlib
import re
import string
from pathlib import Path

import pytest

from crm_cli import errors
from crm_cli.commands import GROUPS, all_commands
from crm_cli.commands._options import GLOBALS, VERSION
from crm_cli.config import settings

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "crm_cli").rglob("*.py")) + sorted((ROOT / "importers").rglob("*.py"))
ERRORS = {name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, Exception)}
# Calls whose first argument is a template.
SPEAKING = ERRORS | {"t", "Note", "confirm", "yes_no", "choose", "progress"}
# A hint that is nothing but a command is the same in every language.
COMMAND_LINE = re.compile(r"(crm( [a-z]+| --?[a-z-]+| \"[^\"]+\")+)?")


def german() -> dict[str, str]:
    """Return all German texts."""
    texts: dict[str, str] = {}
    for path in sorted((ROOT / "crm_cli" / "i18n_de").glob("*.py")):
        if path.stem != "__init__":
            texts.update(importlib.import_module(f"crm_cli.i18n_de.{path.stem}").TEXTS)
    return texts


def constants(node: ast.expr) -> list[str]:
    """Return the texts an argument may be; a conditional has two."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, ast.IfExp):
        return constants(node.body) + constants(node.orelse)
    return []


def spoken(path: Path) -> tuple[list[str], list[int]]:
    """Return the templates of a module, and the lines where an f-string stands in a template's place."""
    templates: list[str] = []
    built: list[int] = []
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name not in SPEAKING:
            continue
        arguments = [*node.args[:1], *(keyword.value for keyword in node.keywords if keyword.arg == "hint")]
        for argument in arguments:
            templates += constants(argument)
            if isinstance(argument, ast.JoinedStr):
                built.append(node.lineno)
    return templates, built


def places(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("path", [pytest.param(path, id=str(path.relative_to(ROOT))) for path in SOURCES])
def test_every_template_has_a_german_text(path: Path) -> None:
    templates, built = spoken(path)
    assert not built, f"f-strings cannot be translated: lines {built}"
    known = german()
    assert not [template for template in templates if template not in known and not COMMAND_LINE.fullmatch(template)]


def test_every_declared_text_has_a_german_one() -> None:
    known = german()
    declared = [VERSION.help, *(param.help for param in GLOBALS), *GROUPS.values()]
    declared += [setting.doc for setting in settings().values()]
    for command in all_commands():
        if not command.hidden:
            declared += [command.help, *(param.help for param in command.params if not param.hidden)]
    assert not [text for text in declared if text not in known]


def test_every_heading_has_a_german_one() -> None:
    known = german()
    for path in sorted((ROOT / "crm_cli" / "fields").glob("*.py")):
        module = importlib.import_module(f"crm_cli.fields.{path.stem}")
        for fields in getattr(module, "FIELDS", {}).values():
            assert not [field.heading for field in fields if field.heading not in known], path.stem


def test_german_texts_have_the_places_of_the_english_ones() -> None:
    for english, text in german().items():
        assert places(text) <= places(english), english


def test_no_area_contradicts_another() -> None:
    texts: dict[str, str] = {}
    for path in sorted((ROOT / "crm_cli" / "i18n_de").glob("*.py")):
        if path.stem != "__init__":
            for english, text in importlib.import_module(f"crm_cli.i18n_de.{path.stem}").TEXTS.items():
                assert texts.setdefault(english, text) == text, english


def test_a_count_takes_its_noun() -> None:
    template = "{count:line waits|lines wait}, {other}"
    assert errors.fill(template, {"count": 1, "other": 3}) == "1 line waits, 3"
    assert errors.fill(template, {"count": 0, "other": "{x|y}"}) == "0 lines wait, {x|y}"
    assert errors.fill("{count:05d}|", {"count": 7}) == "00007|"
    assert errors.fill("{count:day|days}", {"count": "1.204"}) == "1.204 days"
