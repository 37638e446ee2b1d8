"""Hostile texts everywhere, in a real terminal: not one byte of them is a sequence, and nothing they name is done."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from crm_cli import i18n
from tests.contracts.hostile import FORBIDDEN, HOSTILE, controls
from tests.dump import dump_of
from tests.tui import hostile_store
from tests.tui.terminal import Terminal
from tests.tui.tour import TOUR, Stop

_SIZE = (200, 100)
_PAGES = 60
# Screens that list every text, and the last of them by its number.
_LISTS = ("today", "contacts", "companies")
_LAST = f"{len(HOSTILE) - 1:03} "
# What the interface itself sends: a jump within the screen, a style in true colours, modes, the pointer's shape.
_JUMP = re.compile(r"\x1b\[(\d+);(\d+)H")
_STYLE = re.compile(r"\x1b\[(?:0|(?:[1-9];)*[34]8;2;\d+;\d+;\d+(?:;48;2;\d+;\d+;\d+)?|[1-9](?:;[1-9])*)m")
_MODE = re.compile(r"\x1b\[\?(?:25|1000|1003|1004|1006|1015|1049|2004|2026|2048|7)[hl]")
_OTHER = re.compile(r"\x1b\[\?(?:2026|2048)\$p|\x1b\[>\d+u|\x1b\[<u|\x1b\]22;(?:default|pointer|text)\x07|\r\n")
# What the shell asks the terminal when the program has ended, and its prompt.
_BEHIND_THE_END = re.compile(r"\x1b\[5n[^\x1b]*\Z")
_CONTROL = re.compile("[" + re.escape("".join(sorted(FORBIDDEN))) + "\n]")


@pytest.fixture
def hostile(context_of, home, monkeypatch):
    """A context on a hostile store."""
    monkeypatch.setenv("CRM_NOW", "2026-11-18T08:40:00+01:00")
    monkeypatch.setenv("COLORTERM", "truecolor")
    with context_of() as ctx:
        hostile_store.fill(ctx)
        yield ctx


@pytest.mark.long
def test_no_byte_of_a_hostile_text_drives_the_terminal(hostile, terminal, tmp_path: Path) -> None:
    before = dump_of(hostile.store.connection)
    screen: Terminal = terminal(*_SIZE)
    i18n.use("en")
    screen.run("tui", record=tmp_path / "bytes")
    screen.wait_for(TOUR[0].sign)
    title = screen.title()
    seen = {}
    for stop in screen.visit(TOUR):
        if stop.svg:
            last = _LAST if stop.name in _LISTS else ""
            seen[stop.name] = set(pages(screen, until=last, click=stop.name != "account"))
    for name in _LISTS:
        assert len(seen[name]) > 0.9 * len(HOSTILE), name
    see_the_hub(screen)
    see_files(screen, hostile_store.files(tmp_path))
    assert screen.title() == title
    assert screen.clipboard() == []
    screen.press("1")
    screen.wait_for("[1 Today]")
    screen.press("q")
    assert screen.ended() == 0
    assert dump_of(hostile.store.connection) == before
    sent = tmp_path / "bytes"
    screen.wait_until(lambda _: b"\x1b[5n" in sent.read_bytes()[-100:])  # tmux copies it by and by
    assert foreign(_BEHIND_THE_END.sub("", sent.read_bytes().decode())) == []


def pages(screen: Terminal, *, until: str = "", click: bool = True) -> Iterator[str]:
    """Page through what is shown, as far as a text if that is known, click into it, and yield every row seen."""
    for _ in range(_PAGES):
        shown = screen.settled(0.1)
        yield from shown.split("\n")
        if until and until in shown:
            break
        screen.press("PageDown")
        patience = 10 if until else 0.5
        if screen.wait_until(lambda text, shown=shown: text != shown, patience=patience) == shown:  # type: ignore[misc]
            break
    if click:
        screen.click(20, 8)
        screen.click(60, 20)
    screen.press("Home")


def see_the_hub(screen: Terminal) -> None:
    """Open the person everything is about, all of the timeline, and the entry of megabytes."""
    find = Stop("", ":", sign="Search and commands")
    found = Stop("", hostile_store.HUB, sign="contact")
    hub = Stop("", "enter", sign="Timeline")
    for _ in screen.visit([find, found, hub]):
        pass
    assert len(set(pages(screen, until=" added ", click=False))) > 0.9 * len(HOSTILE)
    for _ in screen.visit([Stop("", "home", "enter", sign="Esc closes", leave=["escape"])]):
        list(pages(screen))
    screen.press("Tab")
    list(pages(screen))
    see_attachments(screen)


def see_attachments(screen: Terminal) -> None:
    """Go through what is attached to the person, to the end and round to the middle."""
    for _ in screen.visit([Stop("", "o", sign="image/jpeg", leave=["escape"])]):
        for keys in (["Up"], ["Down"] * 12, ["Down"] * 12, ["Down"] * 12):
            screen.press(*keys)
            assert "x.example" in screen.settled(0.2) or "image/jpeg" in screen.settled(0.2)


def see_files(screen: Terminal, folders: list[Path]) -> None:
    """Try out the import of files with hostile names."""
    for folder in folders:
        stops = [
            Stop("", ":", sign="Search and commands"),
            Stop("", ":import", sign="crm import FILE"),
            Stop("", "enter", sign="A file or a folder: vCard, CSV, calendar …"),
            Stop("", str(folder), "enter", sign="refused", leave=["escape"]),
        ]
        for stop in screen.visit(stops):
            if stop.leave:
                list(pages(screen))


def foreign(sent: str) -> list[str]:
    """Return what was sent to the terminal and is neither text nor a sequence of the interface."""
    found = []
    for row, column in _JUMP.findall(sent):
        if not (1 <= int(column) <= _SIZE[0] and 1 <= int(row) <= _SIZE[1]):
            found.append(f"jump to {row};{column}")
    found += [style for style in _STYLE.findall(sent) if "2;1;2;3" in style]
    switched = Counter(_MODE.findall(sent))
    found += [f"{mode!r} {count} times" for mode, count in switched.items() if count > 2 and "2026" not in mode]
    for ours in (_JUMP, _STYLE, _MODE, _OTHER):
        sent = ours.sub("", sent)
    return found + [repr(sent[sign.start() : sign.start() + 20]) for sign in _CONTROL.finditer(sent)]


# Of these one more would not be noticed by itself: the interface sends them too.
_LIKE_OURS = ("\x1b[0m", "\x1b[?1049h", "\x1b[?25l", "\x1b[?1000h")


@pytest.mark.parametrize(
    "text", [text for text in HOSTILE if controls(text) and not any(own in text for own in _LIKE_OURS)]
)
def test_the_look_at_the_bytes_finds_what_is_looked_for(text: str) -> None:
    assert foreign(f"\x1b[1;1H\x1b[1;38;2;224;224;224;48;2;12;48;76mname {text}\x1b[0m") != []
