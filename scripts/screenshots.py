"""Paint the README's pictures of the terminal interface from the demonstration data.

    python scripts/screenshots.py            write docs/screenshots/*.svg

The clock stands still on a Wednesday morning. The pictures name no font to be fetched and no place of this machine.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unittest import mock

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "screenshots"
_SIZE = (110, 32)
# Name of the picture, the screen it begins on, and the keys that lead on from there.
_PICTURES: tuple[tuple[str, str, Sequence[str]], ...] = (
    ("today", "today", ()),
    ("account", "contacts", ("slash", *"hans", "space", *"müller", "enter", "enter")),
    ("pipeline", "pipeline", ()),
)
_ENVIRONMENT = {"CRM_NOW": "2026-11-18T08:40:00+01:00", "TZ": "Europe/Berlin", "CRM_LANG": "en"}
_FONT_FACE = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
_COMMENT = re.compile(r"\s*<!--.*?-->", re.DOTALL)
_ID = re.compile(r"terminal-\d+")
_BLANK = re.compile(r"[ \t]+$", re.MULTILINE)


def picture(app: Any, title: str) -> str:
    """Return what an app shows as SVG that is the same every time and fetches nothing."""
    svg = _FONT_FACE.sub("", app.export_screenshot(title=title))
    # Without it some programs drop the blanks a line begins with.
    svg = svg.replace("<svg ", '<svg xml:space="preserve" ', 1)
    svg = _BLANK.sub("", _ID.sub("screen", _COMMENT.sub("", svg)))
    return svg.replace("Fira Code, monospace", "ui-monospace, Menlo, Consolas, monospace").rstrip() + "\n"


async def calm(pilot: Any) -> None:
    """Wait until what is searched and read for a screen is there and painted."""
    for _ in range(3):
        await pilot.pause(0.1)
        for _ in range(500):
            if not pilot.app.workers:
                break
            await pilot.pause(0.01)
    await pilot.pause()


async def _paint(ctx: Any, start: str, keys: Sequence[str]) -> str:
    from crm_cli.tui.app import CrmApp

    app = CrmApp(ctx, start=start, read_only=True)
    async with app.run_test(size=_SIZE, notifications=True) as pilot:
        await calm(pilot)
        for key in keys:
            await pilot.press(key)
            await calm(pilot)
        return picture(app, "crm tui")


def main() -> int:
    sys.path.insert(0, str(ROOT))
    from crm_cli import front, i18n
    from crm_cli.context import AppContext
    from crm_cli.readings import reading
    from crm_cli.services import demo

    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ.pop("NO_COLOR", None)
        os.environ.update(_ENVIRONMENT, CRM_HOME=home)
        time.tzset()
        with AppContext(front.rough_options([])) as ctx:
            ctx.writes = True
            i18n.use("en")
            with mock.patch("os.urandom", random.Random(1).randbytes):  # the same ids every time
                demo.seed(ctx.store, reading=reading(ctx))
            for name, start, keys in _PICTURES:
                (FOLDER / f"{name}.svg").write_text(asyncio.run(_paint(ctx, start, keys)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
