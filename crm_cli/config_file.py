"""Changing one setting in `config.toml` while every other line, comments included, stays as it was."""

from __future__ import annotations

import os
import tomllib

from crm_cli import config
from crm_cli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from crm_cli.config import Setting

_AS_TYPED = ("text", "choice", "region", "currency", "hours")


def changed(text: str, setting: Setting, value: str, path: str) -> tuple[Any, str]:
    """Return (the accepted value, the file's new text). Raises UsageError; a broken file is never rewritten."""
    config.parse(text, path)
    accepted = config.check(setting, _typed(setting, value))
    literal = _quoted(accepted) if setting.kind in _AS_TYPED else value.strip()
    new_text = _with_line(text, setting.key, literal)
    config.parse(new_text, path)
    return accepted, new_text


def changed_entry(text: str, setting: Setting, entry: str, value: str, path: str) -> tuple[str, str]:
    """Return (the value, the file's new text) with one line of a table changed; raises UsageError as `changed`."""
    config.parse(text, path)
    key, literal = f"{setting.key}.{entry}", _quoted(value)
    lines = text.split("\n")
    found = _find(lines, key)
    if found is not None:
        start, end, left = found
        lines[start:end] = [f"{left} = {literal}{_comment(lines[start:end])}"]
        new_text = "\n".join(lines)
        config.parse(new_text, path)
        return value, new_text
    line = f"{_quoted(entry)} = {literal}"
    places = [index for index, line in enumerate(lines) if line.split("#")[0].strip() == f"[{setting.key}]"]
    if places:
        lines.insert(places[0] + 1, line)
        candidates = ["\n".join(lines)]
    else:
        body = text.rstrip("\n")
        candidates = [(body + "\n" if body else "") + f"[{setting.key}]\n{line}\n", f"{setting.key}.{line}\n{text}"]
    for new_text in candidates:
        try:
            config.parse(new_text, path)
        except UsageError:
            continue
        return value, new_text
    raise UsageError("{key} cannot be put into the file.", key=key, hint="Use crm config edit.")


def line_of(path: str, key: str) -> int | None:
    """Return the line of the file (from 1) that gives a setting or a line of a table; None where it does not."""
    if not os.path.exists(path):
        return None
    lines = config.read_text(path).split("\n")
    while key:
        try:
            found = _find(lines, key)
        except UsageError:  # the table itself
            found = next(((at, at, "") for at, line in enumerate(lines) if line.split("#")[0].strip() == f"[{key}]"))
        if found is not None:
            return found[0] + 1
        key = key.rpartition(".")[0]
    return None


def _typed(setting: Setting, value: str) -> Any:
    """Return what the user typed as a TOML value; plain settings need no quotes."""
    if setting.kind in _AS_TYPED:
        return value
    try:
        return tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError as error:
        raise UsageError(
            "The setting {key} cannot be {value!r}.", key=setting.key, value=value, hint=config.expected(setting)
        ) from error


def _quoted(value: str) -> str:
    """Return a TOML basic string."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char.isprintable() else f"\\U{ord(char):08x}" for char in escaped) + '"'


def _with_line(text: str, key: str, literal: str) -> str:
    """Replace the setting's lines, or add one where it belongs."""
    lines = text.split("\n")
    table, _, name = key.rpartition(".")
    found = _find(lines, key)
    if found is not None:
        start, end, left = found
        lines[start:end] = [f"{left} = {literal}{_comment(lines[start:end])}"]
        return "\n".join(lines)
    header = f"[{table}]"
    places = [index for index, line in enumerate(lines) if line.split("#")[0].strip() == header] if table else []
    if places:
        lines.insert(places[0] + 1, f"{name} = {literal}")
        return "\n".join(lines)
    # A dotted key at the top, before the first table, is valid wherever the table itself is not opened.
    first_table = next((index for index, line in enumerate(lines) if line.lstrip().startswith("[")), None)
    if first_table is None:
        body = text.rstrip("\n")
        return (body + "\n" if body else "") + f"{key} = {literal}\n"
    lines.insert(first_table, f"{key} = {literal}")
    return "\n".join(lines)


def _find(lines: list[str], key: str) -> tuple[int, int, str] | None:
    """Return (first line, line after the last, what stands left of `=`) of a setting, or None."""
    table = ""
    index = 0
    while index < len(lines):
        line = lines[index].strip()
        if line.startswith("["):
            table = line.split("#")[0].strip().strip("[]").strip().replace('"', "")
            if table == key:
                raise UsageError("{key} is a table in the file.", key=key, hint="Use crm config edit.")
            index += 1
            continue
        left, equals, _ = line.partition("=")
        if not equals or line.startswith("#"):
            index += 1
            continue
        end = _end_of_value(lines, index)
        name = left.strip().replace('"', "").replace(" ", "")
        if (f"{table}.{name}" if table else name) == key:
            return index, end, left.strip()
        index = end
    return None


def _end_of_value(lines: list[str], start: int) -> int:
    """Return the line after a value that may span several: the first end at which the lines are valid TOML."""
    for end in range(start + 1, len(lines) + 1):
        try:
            tomllib.loads("\n".join(lines[start:end]))
        except tomllib.TOMLDecodeError:
            continue
        return end
    return start + 1


def _comment(lines: list[str]) -> str:
    """Return the comment behind a value of one line, with the blanks before it."""
    if len(lines) != 1:
        return ""
    line = lines[0]
    value = tomllib.loads(line)
    for index, char in enumerate(line):
        if char == "#":
            try:
                if tomllib.loads(line[:index]) == value:
                    return "  " + line[index:].rstrip("\r")
            except tomllib.TOMLDecodeError:
                continue
    return ""


def write(path: str, text: str) -> None:
    """Replace the file in one step; a link stays a link."""
    target = os.path.realpath(path)
    os.makedirs(os.path.dirname(target), mode=0o700, exist_ok=True)
    temporary = f"{target}.{os.getpid()}.new"
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
    except OSError as error:
        if os.path.exists(temporary):
            os.unlink(temporary)
        raise UsageError("{path} cannot be written: {reason}.", path=path, reason=str(error.strerror)) from error
