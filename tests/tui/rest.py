"""When an interface has come to rest: known from its event loop, not guessed from the time that went by.

Textual's Pilot takes an app for idle when its process used little processor time for 20 ms. On a machine that has no
time for it that comes too early, and on one that has it comes twice too late with every key.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from typing import Any

from textual._context import active_app
from textual.app import App
from textual.timer import Timer
from textual.worker import WorkerCancelled

_PATIENCE = 60.0  # seconds; nothing that is waited for takes long, only machines do
_LOOK_EVERY = 0.002
_SOON = 0.1  # seconds; what is done once and so soon waits for the end of typing


async def painted(*_: object, **__: object) -> None:
    """Wait until the app in use has handled every message and painted what came of it.

    It takes the place of Textual's `wait_for_idle`, and therefore anything that is given to that.
    """
    await _until_nothing(active_app.get(), _unpainted)


async def at_rest(app: App[Any]) -> None:
    """Wait until no search is under way or waits for the end of typing either."""
    while True:
        await _until_nothing(app, _delayed)
        if all(worker.is_finished for worker in app.workers):
            return
        try:
            await app.workers.wait_for_complete()
        except WorkerCancelled:  # a newer search took its place
            pass


async def _until_nothing(app: App[Any], pending: Callable[[App[Any]], Iterator[str]]) -> None:
    """Wait until no task of the event loop can go on, and nothing is pending."""
    ready = asyncio.get_running_loop()._ready  # type: ignore[attr-defined]
    deadline = time.monotonic() + _PATIENCE
    while app.is_running:
        await asyncio.sleep(0)  # everything that was ready before us has had its turn now
        what = "messages" if ready else next(pending(app), None)
        if what is None:
            return
        assert time.monotonic() < deadline, f"the interface never came to rest: {what}"
        if not ready:
            await asyncio.sleep(_LOOK_EVERY)


def _unpainted(app: App[Any]) -> Iterator[str]:
    for screen in app.screen_stack:
        for timer in screen._timers:
            if timer.name == "screen_update" and _runs(timer) and timer._active.is_set():
                yield f"{screen} is to be painted"
    shown = app.screen
    if shown._dirty_widgets or shown._layout_required or shown._scroll_required or shown._repaint_required:
        yield f"{shown} has changed"


def _delayed(app: App[Any]) -> Iterator[str]:
    yield from _unpainted(app)
    for node in (app, *app._registry):
        for timer in node._timers:
            if timer._repeat == 0 and timer._interval <= _SOON and _runs(timer):
                yield f"{timer.name} of {node}"


def _runs(timer: Timer) -> bool:
    return timer._task is not None and not timer._task.done()
