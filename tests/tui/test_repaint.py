"""Only what differs is written to a terminal, and what it shows is all of it."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path

import pytest
from rich.console import Console
from rich.segment import Segment
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region, Size
from textual.strip import Strip

from crm_cli.tui.repaint import Shown
from tests.tui import demo
from tests.tui.terminal import Terminal

_WALK = (
    ("2", "j", "j", "PageDown", "k"), ("End", "k", "Home", "j"), ("/", "m"), ("BSpace", "u"),
    ("Escape", "1", "Tab", "j"), (":", "m", "Down", "Down"), ("Escape", "4", "l", "j", "h"), ("5", "l", "v", "j"),
    ("v", "]"), ("3", "j", "Enter"), ("Tab", "j", "j"), ("?",), ("Escape", "i", "t"), ("Escape", "7", "l", "v"),
    ("h", "v"), ("2", "G", "k"),
)  # fmt: skip
_SIZES = {4: (84, 30), 7: (140, 44), 10: (70, 14), 13: (120, 40)}
_QUIET = 0.3
_NOTICE = re.compile("▌ {20}")  # the edge of one, and its empty line


@pytest.fixture
def screen(context_of, home, terminal) -> Terminal:
    """A terminal with the program on a filled store."""
    with context_of() as ctx:
        demo.fill(ctx)
    return terminal(120, 40)


def started(screen: Terminal, *, record: Path | None = None, words: str = "tui") -> None:
    screen.run(words, record=record)
    screen.wait_for("? Help")
    screen.settled(_QUIET)


SIZE = Size(20, 2)


def piece(x: int, text: str, y: int = 0) -> ChopsUpdate:
    """Return Textual's update of one piece of a line."""
    lines: list[dict[int, Strip | None]] = [{}, {}]
    ends: list[list[int]] = [[], []]
    lines[y][x] = Strip([Segment(text)])
    ends[y].append(x + len(text))
    return ChopsUpdate(lines, [(y, x, x + len(text))], ends)


def written(shown: Shown, update: object, size: Size = SIZE) -> str:
    return str(shown.less(update, size).render_segments(Console()))


def test_a_piece_that_stands_there_is_not_written_again_and_one_that_was_painted_over_is() -> None:
    shown = Shown()
    assert written(shown, piece(0, "Müller AG")) == "\x1b[1;1HMüller AG"
    assert written(shown, piece(0, "Müller AG")) == ""
    assert written(shown, piece(0, "Müller AG", y=1)) == "\x1b[2;1HMüller AG"
    assert written(shown, piece(4, "menu")) == "\x1b[1;5Hmenu"
    assert written(shown, piece(0, "Müller AG")) == "\x1b[1;1HMüller AG"
    assert written(shown, piece(4, "menu")) == "\x1b[1;5Hmenu"


def test_a_whole_screen_is_written_and_remembered_until_the_size_changes_or_somebody_else_writes() -> None:
    shown = Shown()
    whole = LayoutUpdate([[Strip([Segment("Müller ")]), Strip([Segment("AG")])]], Region(0, 0, 20, 1))
    assert "Müller AG" in written(shown, whole)
    assert written(shown, piece(7, "AG")) == ""
    assert written(shown, piece(7, "AG"), Size(30, 2)) != ""
    assert written(shown, piece(7, "AG"), Size(30, 2)) == ""
    shown.forget()
    assert written(shown, piece(7, "AG"), Size(30, 2)) != ""


def test_what_stands_behind_a_changed_piece_is_written_again() -> None:
    def line(text: str) -> ChopsUpdate:
        return ChopsUpdate([{0: Strip([Segment(text)]), 4: Strip([Segment("next")])}], [(0, 0, 8)], [[4, 8]])

    shown = Shown()
    written(shown, line("abcd"))
    assert written(shown, line("abcd")) == ""
    assert "next" in written(shown, line("a👨‍👩b"[:4]))


@pytest.mark.long
def test_a_screen_painted_in_pieces_is_the_screen_painted_anew(screen) -> None:
    started(screen)
    for number, keys in enumerate(_WALK):
        before = screen.screen(styles=True)
        screen.press(*keys)
        assert screen.wait_until(lambda shown, before=before: shown != before, styles=True) != before, keys
        if number in _SIZES:
            screen.resize(*_SIZES[number])
        assert not _NOTICE.search(screen.wait_until(lambda shown: not _NOTICE.search(shown))), "it goes by itself"
        screen.settled(_QUIET)
        pieces = screen.screen(styles=True)
        screen.press("C-l")
        screen.settled(_QUIET)
        # The cursor of a field blinks: it has to come back to what it was.
        anew = screen.wait_until(lambda shown, pieces=pieces: shown == pieces, styles=True)
        assert anew == pieces, keys


def test_a_cursor_key_writes_a_part_of_what_a_screen_takes(screen, tmp_path: Path) -> None:
    sent = tmp_path / "bytes"
    started(screen, record=sent, words="tui contacts")

    def sends(*keys: str) -> int:
        before = sent.stat().st_size
        screen.press(*keys)
        screen.settled(_QUIET)
        return sent.stat().st_size - before

    sends("j")
    whole = sends("C-l")
    assert whole > 4000
    selected = {line for line in screen.screen().split("\n") if line.startswith(">")}
    there = [sends("j") for _ in range(4)]
    assert not selected & {line for line in screen.screen().split("\n") if line.startswith(">")}
    assert 0 < max(there) < whole / 3, (there, whole)
    assert sends("3") > sends("2") / 3 > 0


def test_a_program_that_waited_in_the_background_is_whole_again(screen) -> None:
    started(screen)
    screen.press("2")
    screen.wait_for("[2 Contacts]")
    before = screen.settled(_QUIET)
    child = screen.child()
    screen.press("C-z")
    screen.wait_until(lambda _: screen.modes() == "0 1 0")
    assert screen.modes() == "0 1 0"
    os.kill(child, signal.SIGCONT)
    assert screen.wait_until(lambda shown: shown == before) == before
    assert screen.modes() == "1 0 1"


def test_the_screen_is_whole_again_after_an_editor_wrote_over_it(screen, tmp_path: Path, monkeypatch) -> None:
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nprintf '\\033[2J\\033[Hnothing of ours'; read line\n")
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    started(screen, words="tui contacts")
    before = screen.screen()
    screen.press("F4")
    screen.wait_for("nothing of ours")
    screen.press("Enter")
    assert (
        screen.wait_until(lambda shown: shown.split("\n")[:20] == before.split("\n")[:20]).split("\n")[:20]
        == (before.split("\n")[:20])
    )
