"""Every screen and dialog in a real terminal is, letter by letter, what somebody looked at and found good."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.segment import Segment
from textual.color import Color

from crm_cli import front, i18n
from crm_cli.context import AppContext
from crm_cli.tui.app import CrmApp
from crm_cli.tui.ascii_signs import AsciiSigns
from tests.tui import goldens
from tests.tui.conftest import played, screen_text
from tests.tui.goldens import EVERYTHING, WALKS, Walk
from tests.tui.tour import KEYS, MAIN

_COLOUR = re.compile(r"[34]8;2;(\d+;\d+;\d+)|[34]8;5;(\d+)|(?<![\d;])([349]\d)(?=[;m])|(?<![\d;])(10\d)(?=[;m])")
_GREYS = {"30", "37", "40", "47", "90", "97", "100", "107", "39", "49"}
_PATIENCE = 20.0  # seconds a screen may still change after its sign is seen
_ADVICE = "look at it; if it is meant: python -m tests.tui.goldens --write {name}"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the demonstration data, made once."""
    folder = tmp_path_factory.mktemp("golden") / "home"
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**goldens.ENVIRONMENT, "CRM_HOME": str(folder)}.items():
            patch.setenv(name, value)
        goldens.fill()
    return folder


@pytest.mark.long
@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.name)
def test_every_screen_is_as_its_golden(filled: Path, home: Path, terminal, monkeypatch, walk: Walk) -> None:
    shutil.copytree(filled, home)
    for name, value in walk.environment.items():
        monkeypatch.setenv(name, value)
    monochrome = "NO_COLOR" in walk.environment
    screen = terminal(*walk.size)
    wrong, patience = [], _PATIENCE
    for stop in walk.go(screen):
        if not stop.name:
            continue
        golden = goldens.read(walk.path_of(stop))
        shown = goldens.tidy(
            screen.wait_until(lambda text, golden=golden: goldens.tidy(text) == golden, patience=patience)
        )  # type: ignore[misc]
        if shown != golden:
            # One that differs is waited for in vain; the others get less time.
            patience = 1.0
            wrong.append(goldens.difference(golden, shown, stop.name) + "\n" + _ADVICE.format(name=stop.name))
        assert has_colours(screen.screen(styles=True)) is not monochrome, stop.name
    assert not wrong, "\n\n".join(wrong)


@pytest.mark.parametrize("walk", [walk for walk in WALKS if walk.stops is EVERYTHING], ids=lambda walk: walk.name)
def test_every_screen_is_as_its_golden_in_ascii_and_without_colours(
    filled: Path, home: Path, monkeypatch, walk: Walk
) -> None:
    shutil.copytree(filled, home)
    for name, value in {**walk.environment, "NO_COLOR": "1", "CRM_ASCII": "1"}.items():
        monkeypatch.setenv(name, value)
    i18n.use(walk.language)
    wrong: list[str] = []

    async def play() -> None:
        with AppContext(front.rough_options([]), arguments=["tui"]) as ctx:
            ctx.writes = True
            app = CrmApp(ctx)
            async with app.run_test(size=walk.size, notifications=True) as pilot:
                for stop in MAIN:
                    await pilot.press(*(key for word in stop.keys for key in ([word] if word in KEYS else word)))
                    await _shows(pilot, lambda text, stop=stop: drawn(stop.sign) in text)
                    if stop.name:
                        golden = drawn(goldens.read(walk.path_of(stop)))
                        shown = await _shows(pilot, lambda text, golden=golden: text == golden)
                        if shown != golden:
                            wrong.append(goldens.difference(golden, shown, stop.name))
                        assert not (colours := _colours(app)), (stop.name, colours)
                    for key in stop.leave:
                        await pilot.press(key)

    played(play)
    assert not wrong, "\n\n".join(wrong)


def drawn(text: str) -> str:
    """Return a text as it is drawn where lines, arrows and dots are ASCII."""
    return "".join(segment.text for segment in AsciiSigns(letters=False).apply([Segment(text)], Color(0, 0, 0)))


async def _shows(pilot, fits: Callable[[str], bool]) -> str:
    """Return what is painted as soon as it fits, or what it is when patience ends."""
    deadline = time.monotonic() + _PATIENCE
    while not fits(shown := goldens.tidy(screen_text(pilot.app))) and time.monotonic() < deadline:
        await pilot.pause(0.02)
    return shown


def _colours(app: CrmApp) -> set[str]:
    """Return the colours of what is painted that are no greys."""
    styles = {segment.style for strip in app.screen._compositor.render_strips() for segment in strip if segment.style}
    found = {colour.triplet for style in styles for colour in (style.color, style.bgcolor) if colour and colour.triplet}
    return {triplet.hex for triplet in found if len({triplet.red, triplet.green, triplet.blue}) > 1}


def has_colours(screen: str) -> bool:
    """Tell whether a captured screen has anything but black, white and grey."""
    for rgb, indexed, plain, bright in _COLOUR.findall(screen):
        if rgb and len(set(rgb.split(";"))) > 1:
            return True
        if indexed and not (232 <= int(indexed) <= 255 or indexed in ("0", "7", "8", "15", "16", "59", "102", "231")):
            return True
        if (plain or bright) and (plain or bright) not in _GREYS:
            return True
    return False


def test_there_is_no_golden_of_a_screen_that_is_gone() -> None:
    kept = {path.relative_to(goldens.FOLDER) for path in goldens.FOLDER.rglob("*.txt")}
    known = {walk.path_of(stop).relative_to(goldens.FOLDER) for walk in WALKS for stop in walk.stops if stop.name}
    assert kept == known
