"""Every screen and dialog in a real terminal is, letter by letter, what somebody looked at and found good."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.tui import goldens
from tests.tui.goldens import WALKS, Walk

_COLOUR = re.compile(r"[34]8;2;(\d+;\d+;\d+)|[34]8;5;(\d+)|(?<![\d;])([349]\d)(?=[;m])|(?<![\d;])(10\d)(?=[;m])")
_GREYS = {"30", "37", "40", "47", "90", "97", "100", "107", "39", "49"}
_PATIENCE = 5.0  # seconds a screen may still change after its sign is seen
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
