"""What tests of the terminal interface share: a context on a real store, a screen as text, and a real terminal."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from crm_cli import front, i18n
from crm_cli.context import AppContext
from tests.services import book
from tests.tui import demo, rest, week
from tests.tui.terminal import Terminal

_PATIENCE = 60  # seconds


@pytest.fixture(autouse=True)
def exact_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Textual's Pilot wait after a key until the app has done what the key asks for, no shorter and no longer."""
    monkeypatch.setattr("textual.app.wait_for_idle", rest.painted)
    monkeypatch.setattr("textual.pilot.wait_for_idle", rest.painted)


@pytest.fixture
def context_of(home: Path):
    """Make a context that writes; English."""

    def make() -> AppContext:
        i18n.use("en")
        ctx = AppContext(front.rough_options([]), arguments=["tui"])
        ctx.writes = True
        return ctx

    return make


@pytest.fixture
def context(context_of):
    """A context whose store holds the specification's address book."""
    with context_of() as ctx:
        book.specified(ctx.store)
        yield ctx


@pytest.fixture
def shown(context_of):
    """A context whose store has something on every screen."""
    with context_of() as ctx:
        demo.fill(ctx)
        yield ctx


@pytest.fixture
def full(context):
    """A context with appointments and follow-ups in the week."""
    week.fill(context)
    return context


@pytest.fixture
def known(context, tmp_path):
    """A store with a Hanna who differs from the one in the file; returns (context, path)."""
    from tests.tui import importing  # which is written with what stands here

    with context.store.transaction(book.NOW):
        book.contact(
            context.store, "Hanna Krolin", "Ehrler GmbH", email="hanna@ehrler.example", phone="+49 821 1234",
            title="Einkauf", notes="zahlt 30 Tage",
        )  # fmt: skip
    path = tmp_path / "book.vcf"
    path.write_text(importing.CARD.replace("\n", "\r\n"), encoding="utf-8")
    return context, path


def played(play: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run one test's coroutine."""
    asyncio.run(play())


def screen_text(app) -> str:
    """Return what is painted, a line a row."""
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips)


@pytest.fixture
def terminal(tmp_path: Path):
    """Make real terminals: `terminal(80, 24)`."""
    made: list[Terminal] = []

    def make(width: int, height: int) -> Terminal:
        made.append(Terminal(tmp_path, width, height))
        return made[-1]

    yield make
    for each in made:
        each.close()


async def calm(pilot) -> None:
    """Wait until searches are done and painted."""
    await rest.at_rest(pilot.app)


async def until(pilot, holds: Callable[[], object]) -> None:
    """Wait until something holds that another thread, another program or the clock brings about."""
    deadline = time.monotonic() + _PATIENCE
    while not holds():
        assert time.monotonic() < deadline, screen_text(pilot.app)
        await pilot.pause(0.02)


def rows(ctx: AppContext, sql: str) -> list[Any]:
    """Return what a query finds in the store."""
    return ctx.store.connection.execute(sql).fetchall()


def keys_of(text: str) -> list[str]:
    """Return the keys that type a text."""
    return ["space" if sign == " " else sign for sign in text]


async def pressed(pilot, *keys: str) -> str:
    """Press keys one by one, as people do, and return the screen; `"text` is typed."""
    for key in keys:
        await pilot.press(*(keys_of(key[1:]) if key[0] == '"' else [key]))
        await calm(pilot)
    return screen_text(pilot.app)
