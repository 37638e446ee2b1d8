"""The commands of the shell inside the interface: found by their words, completed by hand, run, their output shown."""

from __future__ import annotations

import os
import shlex
import subprocess
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from crm_cli.domain.text import fold_weak
from crm_cli.errors import UsageError
from crm_cli.i18n import language, t
from crm_cli.tui import own_process

if TYPE_CHECKING:
    from crm_cli.context import AppContext

_NOT_HERE = ("tui", "completion")  # this is the one, and the other is for a shell


class ShellCommand:
    """A command: its words, its help in the language in use, whether it writes, and what was typed behind it."""

    __slots__ = ("help", "name", "typed", "writes")

    def __init__(self, name: str, help: str, *, writes: bool, typed: str = "") -> None:
        self.name = name
        self.help = help
        self.writes = writes
        self.typed = typed

    @property
    def line(self) -> str:
        """The line as it would be typed into a shell."""
        return f"crm {self.name} {self.typed}".rstrip()


class ShellCommands:
    """All commands of the program, read when they are first looked for."""

    def __init__(self, ctx: AppContext) -> None:
        self._ctx = ctx
        self._all: list[ShellCommand] | None = None

    def all(self) -> list[ShellCommand]:
        """Return every command in the order of the help."""
        if self._all is None:
            self._all = [
                ShellCommand(command.name, t(command.help), writes=command.writes)
                for command in self._ctx.commands()
                if not command.hidden and command.name.split()[0] not in _NOT_HERE
            ]
        return self._all

    def found(self, text: str) -> list[ShellCommand]:
        """Return the commands all words of a text fit; one that is typed out comes first, with the rest of the line."""
        words = text.removeprefix("crm ").split()
        if not words:
            return self.all()
        typed = [self._typed_out(command, words) for command in self.all()]
        begun = sorted((command for command in typed if command is not None), key=lambda found: -len(found.name))
        folded = fold_weak(" ".join(words)).split()
        fitting = [command for command in self.all() if _fits(command, folded)]
        return [*begun[:1], *(command for command in fitting if not begun or command.name != begun[0].name)]

    def _typed_out(self, command: ShellCommand, words: Sequence[str]) -> ShellCommand | None:
        own = command.name.split()
        if list(words[: len(own)]) != own:
            return None
        return ShellCommand(command.name, command.help, writes=command.writes, typed=" ".join(words[len(own) :]))


def _fits(command: ShellCommand, words: Sequence[str]) -> bool:
    said = fold_weak(f"crm {command.name} {command.help}").split()
    return all(any(part.startswith(word) for part in said) for word in words)


class Run:
    """One run of a line such as `crm task add Call --due fri`, which can ask nothing; UsageError for an open quote."""

    def __init__(self, line: str, store_path: str) -> None:
        try:
            words = shlex.split(line)
        except ValueError as error:
            raise UsageError("A quotation mark is not closed.") from error
        self._words = words[1:] if words[:1] == ["crm"] else words
        self._store = store_path
        self._process: subprocess.Popen[bytes] | None = None
        self._starting = threading.Lock()
        self._stopped = False

    def stop(self) -> None:
        """End it, from any thread."""
        with self._starting:
            self._stopped = True
            if self._process is not None:
                self._process.kill()

    def output(self) -> tuple[int, str]:
        """Return the exit code and what was printed, the data first."""
        environ = {**os.environ, "CRM_DB": self._store, "CRM_LANG": language(), "NO_COLOR": "1"}
        pipe = subprocess.PIPE
        with self._starting:
            if self._stopped:
                return 130, ""
            self._process = subprocess.Popen(
                own_process.arguments(self._words), stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe, env=environ
            )
        with self._process as process:
            out, err = process.communicate()
        texts = (part.decode("utf-8", "replace").strip("\n") for part in (out, err))
        return process.returncode, "\n\n".join(text for text in texts if text)
