"""Prompts, notes, progress and colour, on a real pseudo-terminal where one is needed."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from crm_cli import i18n, output
from crm_cli.app import _show
from crm_cli.commands._options import Options
from crm_cli.commands._spec import Note, Outcome
from crm_cli.context import AppContext
from crm_cli.terminal import Progress, Prompt

PROGRAM = "import sys; from crm_cli.app import main; sys.exit(main(sys.argv[1:]))"


@pytest.fixture
def seated(home: Path, monkeypatch: pytest.MonkeyPatch):
    """Put the program on a terminal inside a `with`; yields the side of the person sitting there."""

    @contextmanager
    def sit() -> Iterator[int]:
        person, program = pty.openpty()
        modes = termios.tcgetattr(program)
        # Without the echo of what is typed, the output is in one piece.
        modes[3] &= ~termios.ECHO
        termios.tcsetattr(program, termios.TCSANOW, modes)
        with (
            open(os.dup(program)) as stdin,
            open(os.dup(program), "w") as stderr,
            open(program, "w") as stdout,
            monkeypatch.context() as patch,
        ):
            patch.setattr(sys, "stdin", stdin)
            patch.setattr(sys, "stderr", stderr)
            patch.setattr(sys, "stdout", stdout)
            i18n.use("en")
            yield person
        os.close(person)

    return sit


def seen(person: int, until: str) -> str:
    """Return what the person sees, up to and with `until` (or all there is, when that does not come)."""
    shown = b""
    while until.encode() not in shown and select.select([person], [], [], 5)[0]:
        shown += os.read(person, 65536)
    return shown.decode()


@pytest.mark.parametrize(
    ("options", "may"),
    [
        ({}, True),
        ({"no_input": True}, False),
        ({"yes": True}, False),
        ({"format": "json"}, False),
        ({"format": "jsonl"}, False),
        ({"format": "csv"}, True),
    ],
)
def test_a_question_is_asked_only_on_a_terminal_that_may_be_asked(seated, options: dict, may: bool) -> None:
    with seated():
        assert AppContext(Options(**options)).can_prompt is may


def test_nobody_is_asked_where_stdin_is_no_terminal(home: Path, monkeypatch) -> None:
    with open(os.devnull) as nothing:
        monkeypatch.setattr(sys, "stdin", nothing)
        assert not AppContext(Options()).can_prompt
        assert AppContext(Options()).confirm("Sure?") is False
        assert AppContext(Options(yes=True)).confirm("Sure?") is True


@pytest.mark.parametrize(
    ("typed", "yes"), [("y\n", True), ("Ja\n", True), ("n\n", False), ("\n", False), ("x\n", False)]
)
def test_only_a_clear_yes_is_yes(seated, typed: str, yes: bool) -> None:
    with seated() as person:
        os.write(person, typed.encode())
        assert AppContext(Options()).confirm("Delete “{name}”?", name="a\x1b[31m") is yes
        assert "Delete “a\ufffd[31m”? [y/N]" in seen(person, "[y/N]")


def test_the_end_of_input_changes_nothing(seated) -> None:
    with seated() as person:
        os.write(person, b"\x04")
        assert Prompt().yes_no("Sure?") is False


@pytest.mark.parametrize(
    ("typed", "choice"), [("2\n", 1), ("9\n1\n", 0), ("\n", None), ("N\n", "n"), ("x\n\n", None), ("\x04", None)]
)
def test_one_of_several_is_picked_by_number_or_letter(seated, typed: str, choice: object) -> None:
    with seated() as person:
        os.write(person, typed.encode())
        assert Prompt().choose("Who is it?", ["Ada\x9b", "Bob"], extra={"n": "a new one"}) == choice
        shown = seen(person, "stops):")
    assert "  1  Ada\ufffd\r\n  2  Bob\r\n  n  a new one" in shown


def test_colour_follows_the_option_then_the_terminal(seated, monkeypatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    with seated():
        assert output.Page(AppContext(Options())).color
        assert not output.Page(AppContext(Options(color="never"))).color
        monkeypatch.setenv("NO_COLOR", "1")
        assert not output.Page(AppContext(Options())).color
        assert output.Page(AppContext(Options(color="always"))).color


def test_no_colour_in_a_pipe_unless_asked_for(crm) -> None:
    assert "\x1b" not in crm("config", "show").out
    assert crm("config", "show", "--color", "always").out.startswith("\x1b[1mSetting")
    assert "\x1b" not in crm("config", "show", "--color", "always", "--json").out


def test_progress_is_silent_before_half_a_second_and_when_told(seated) -> None:
    with seated() as person:
        with AppContext(Options()).progress("Importing", total=10) as progress:
            progress.advance(5)
        with AppContext(Options(quiet=True)).progress("Importing") as progress:
            progress.advance()
        os.write(sys.stderr.fileno(), b".")
        assert seen(person, ".") == "."


def test_progress_shows_count_and_rate_and_takes_its_line_away(seated) -> None:
    with seated() as person:
        with Progress("Importing", 1000, shown=True) as progress:
            # As if two seconds had gone by.
            progress._started -= 2
            progress._next -= 2
            progress.advance(500)
            line = seen(person, " left")
            assert line.startswith("\rImporting  500/1000  ")
            assert line.endswith(" s left")
        os.write(sys.stderr.fileno(), b".")
        assert seen(person, ".").strip(" \r") == "."


@pytest.mark.parametrize(
    ("quiet", "lines"), [(False, ["Two added.", "“x\ufffd” is odd."]), (True, ["“x\ufffd” is odd."])]
)
def test_notes_go_to_stderr_and_quiet_keeps_the_warnings(home, capsys, quiet: bool, lines: list[str]) -> None:
    notes = [Note("{count} added.", count="Two"), Note("“{text}” is odd.", warning=True, text="x\x07")]
    code = _show(Outcome([{"id": "a"}], notes=notes, exit_code=3), AppContext(Options(quiet=quiet, format="ids")))
    out, err = capsys.readouterr()
    assert (code, out, err.splitlines()) == (3, "a\n", lines)


def test_a_closed_stdout_or_stderr_is_no_traceback(home: Path) -> None:
    for shell in ("exec >&-", "exec 2>&-", "exec >&- 2>&-"):
        line = f"{shell}; exec {sys.executable} -c '{PROGRAM}' config show"
        run = subprocess.run(["sh", "-c", line], capture_output=True, check=False)
        assert run.returncode == 0
        assert b"Traceback" not in run.stderr
