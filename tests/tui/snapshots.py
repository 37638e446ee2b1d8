"""What every screen looks like in its colours, as pictures kept in `golden/svg/`.

python -m tests.tui.snapshots            take them anew; look at each (rsvg-convert, a browser) before you keep it
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from pathlib import Path

from crm_cli import front, i18n
from crm_cli.context import AppContext
from crm_cli.tui.app import CrmApp
from scripts.screenshots import calm, picture
from tests.tui import goldens
from tests.tui.conftest import keys_of, screen_text
from tests.tui.tour import KEYS, TOUR, Stop

FOLDER = goldens.FOLDER / "svg"
_SIZE = (80, 24)
_TRIES = 1000


async def taken(app: CrmApp) -> dict[str, str]:
    """Walk the tour with keys; return the picture of each screen by its name."""
    pictures = {}
    async with app.run_test(size=_SIZE, notifications=True) as pilot:
        for stop in TOUR:
            await _press(pilot, *stop.keys)
            await _until(pilot, stop, there=True)
            if stop.svg:
                await calm(pilot)
                pictures[stop.name] = picture(app, stop.name)
            await _press(pilot, *stop.leave[:1])
            if stop.leave:
                await _until(pilot, stop, there=False)
            await _press(pilot, *stop.leave[1:])
    return pictures


async def _press(pilot, *keys: str) -> None:
    for key in keys:
        await pilot.press(*([key] if key in KEYS else keys_of(key)))


async def _until(pilot, stop: Stop, *, there: bool) -> None:
    for _ in range(_TRIES):
        if (stop.sign in screen_text(pilot.app)) is there:
            return
        await pilot.pause(0.05)
    raise AssertionError(f"{stop.name}: {stop.sign!r}\n{screen_text(pilot.app)}")


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(goldens.ENVIRONMENT, CRM_HOME=home)
        time.tzset()
        goldens.fill()
        with AppContext(front.rough_options([])) as ctx:
            ctx.writes = True
            i18n.use("en")
            pictures = asyncio.run(taken(CrmApp(ctx)))
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, svg in pictures.items():
        path_of(name).write_text(svg, encoding="utf-8")


def path_of(name: str) -> Path:
    """Return where the picture of a screen is."""
    return FOLDER / f"{name}.svg"


if __name__ == "__main__":
    main()
