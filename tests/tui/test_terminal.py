"""The program in a real terminal: both sizes, both languages, and the terminal as it was when it ends."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from crm_cli.tui.lost_terminal import UntilGone
from tests.tui import demo
from tests.tui.terminal import Terminal

TEXTS = {
    "en": {
        "1": ["[1 Today] 2 Contacts  3 Companies  4 Pipeline", "! Mon 17 Nov", "Angebot nachfassen", "? Help"],
        "2": ["[2 Contacts]", "8 listed", "> Anna Schmidt", "/ Filter"],
        "3": ["[3 Companies]", "> Acme Inc.", "Kettenbaum AG"],
        "4": ["[4 Pipeline]", "Angebot 1 · 48 k", ">Prüfstand Getriebe", "L Stage on"],
    },
    "de": {
        "1": ["[1 Heute] 2 Kontakte  3 Firmen  4 Pipeline", "! Mo 17.11.", "Angebot nachfassen", "? Hilfe"],
        "2": ["[2 Kontakte]", "8 gelistet", "> Anna Schmidt", "/ Filtern"],
        "3": ["[3 Firmen]", "> Acme Inc.", "Kettenbaum AG"],
        "4": ["[4 Pipeline]", "Angebot 1 · 48 k", ">Prüfstand Getriebe", "L Phase weiter"],
    },
}


@pytest.fixture
def filled(context_of, home):
    """A filled store on the disk; returns the path."""
    with context_of() as ctx:
        demo.fill(ctx)
        return ctx.db_path


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("language", ["en", "de"])
def test_every_screen_is_painted(filled, terminal, monkeypatch, language: str, size: tuple[int, int]) -> None:
    monkeypatch.setenv("CRM_LANG", language)
    if language == "de":
        monkeypatch.setenv("NO_COLOR", "1")
    screen: Terminal = terminal(*size)
    screen.run("tui")
    for key, texts in TEXTS[language].items():
        screen.press(key)
        for text in texts:
            painted = screen.wait_for(text)
        assert all(len(line) <= size[0] for line in painted.splitlines())
    screen.press("1")
    screen.wait_for(TEXTS[language]["1"][0])
    screen.press("q")
    assert screen.ended() == 0
    assert screen.modes() == "0 1 0"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT], ids=lambda number: number.name)
def test_a_signal_gives_the_terminal_back(filled, terminal, number: signal.Signals) -> None:
    screen = terminal(80, 24)
    screen.run("tui")
    screen.wait_for("? Help")
    assert screen.modes() == "1 0 1"
    os.kill(screen.child(), number)
    assert screen.ended() == (130 if number == signal.SIGINT else 128 + number)
    assert screen.modes() == "0 1 0"


def test_a_program_whose_window_was_closed_ends(filled, terminal) -> None:
    screen = terminal(80, 24)
    screen.run("tui")
    screen.wait_for("? Help")
    child = screen.child()
    # Much is still to be painted when the window goes.
    screen.type("2134" * 60)
    screen.close()
    deadline = time.monotonic() + 60
    while Path(f"/proc/{child}").exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def begun(words: str, *, controlling: bool) -> tuple[subprocess.Popen[bytes], int]:
    """Start `crm WORDS` in a pseudo-terminal; return the process and the terminal's other side.

    Only the terminal that controls a session tells its processes of its end.
    """
    side, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    take = "import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); " if controlling else ""
    code = f"{take}import sys; from crm_cli.app import main; sys.exit(main({words.split()!r}))"
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdin=terminal, stdout=terminal, stderr=terminal, start_new_session=True,
        env={**os.environ, "TERM": "xterm-256color", "CRM_LANG": "en"},
    )  # fmt: skip
    os.close(terminal)
    return process, side


def read_until(side: int, text: str) -> None:
    """Read what a program paints until a text comes."""
    seen, deadline = b"", time.monotonic() + 60
    while text.encode() not in seen:
        assert time.monotonic() < deadline, seen
        if select.select([side], [], [], 1)[0]:
            seen += os.read(side, 65_536)


@pytest.mark.parametrize("controlling", [True, False], ids=["told", "untold"])
@pytest.mark.parametrize("words", ["log", "tui"])
def test_a_terminal_that_vanishes_ends_the_program_and_a_draft_stays(
    filled, crm, home, words: str, controlling: bool
) -> None:
    process, side = begun(words, controlling=controlling)
    try:
        if words == "tui":
            read_until(side, "Help")
            os.write(side, b"i")
        read_until(side, "Esc keep")
        os.write(side, "besuch hans müller: Entwurf bleibt".encode())
        read_until(side, "bleibt")
        os.close(side)
        assert process.wait(timeout=60) == 128 + signal.SIGHUP
    finally:
        process.kill()
    (draft,) = crm("log", "--drafts", "--json").json
    assert "besuch hans müller: Entwurf bleibt" in draft["text"]
    assert not list(home.rglob("crashes/*"))
    assert crm("check").code == 0


def test_a_screen_that_nothing_is_typed_into_notices_that_its_terminal_is_gone(filled) -> None:
    process, side = begun("tui", controlling=False)
    try:
        read_until(side, "Help")
        while select.select([side], [], [], 0.7)[0]:  # what is still painted would notice it by itself
            os.read(side, 65_536)
        os.close(side)
        assert process.wait(timeout=60) == 128 + signal.SIGHUP
    finally:
        process.kill()


def test_what_is_written_to_a_terminal_that_is_gone_goes_nowhere_and_is_told_once() -> None:
    master, slave = os.openpty()
    told: list[str] = []
    stream = os.fdopen(slave, "w")
    file = UntilGone(stream, lambda: told.append("gone"))
    assert file.write("painted") == 7
    file.flush()
    assert os.read(master, 100) == b"painted"
    assert not told
    os.close(master)
    for _ in range(3):
        assert file.write("painted") == 7
        file.flush()
    assert told == ["gone"]
    assert file.fileno() == slave
    with pytest.raises(OSError, match="Errno 5"):  # of what is still in the buffer
        stream.close()


def test_a_visit_is_logged_by_keys_alone(filled, terminal, crm) -> None:
    screen = terminal(80, 24)
    screen.run("tui")
    screen.wait_for("? Help")
    screen.press("i")
    screen.wait_for("Esc keep as draft")
    screen.type(" 45m Abnahme besprochen wv:fr Protokoll")
    screen.wait_for("Protokoll]")
    screen.press("Enter")
    screen.wait_for("Logged  u takes it back")
    screen.press("q")
    assert screen.ended() == 0
    (entry,) = crm("sql", "SELECT text, duration_min FROM interaction WHERE duration_min = 45", "--json").json
    assert entry == {"text": "Abnahme besprochen", "duration_min": 45}


def test_a_dumb_terminal_is_refused(filled, terminal, monkeypatch) -> None:
    screen = terminal(80, 24)
    screen.run("tui 2>&1 </dev/null")
    assert screen.ended() == 2
    assert "This needs a terminal." in screen.screen()
