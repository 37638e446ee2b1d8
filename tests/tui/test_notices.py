"""A notice that ends while it is being shown does not stop the program."""

from __future__ import annotations

import itertools
import signal
import time
from types import FrameType

import pytest
from textual import notifications

from crm_cli.tui import notices
from crm_cli.tui.notices import Notice
from crm_cli.tui.text_guard import GuardedApp
from tests.tui.conftest import played

_PATIENCE = 10  # seconds; a timer with a negative interval turns for ever


@pytest.fixture
def clock(monkeypatch):
    """A wall clock that goes on by a second with every look at it."""
    ticks = itertools.count(int(time.time()))  # a notice takes its start from the real one
    monkeypatch.setattr(notices, "time", lambda: float(next(ticks)))
    monkeypatch.setattr(notifications, "time", lambda: float(next(ticks)))


def test_the_end_between_two_looks_at_the_clock_stops_nothing(clock) -> None:
    app = GuardedApp[None]()

    async def play() -> None:
        async with app.run_test(notifications=True) as pilot:
            for seconds in range(12):  # one of them ends between the look that mounts it and the one for its timer
                app.notify(f"{seconds} s", timeout=seconds + 1.5)
                await pilot.pause()

    stood: list[str] = []

    def interrupt(_: int, frame: FrameType | None) -> None:
        stood.append(str(frame))  # what is raised ends the timer's task only, and nobody hears of it
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, _PATIENCE, 0.2)
    try:
        played(play)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert not stood


def test_a_notice_is_over_when_its_time_is_and_its_timer_waits_at_least_a_moment(monkeypatch) -> None:
    notice = Notice("Saved", timeout=4, raised_at=100.0)
    for now, left, over in ((100.0, 4.0, False), (103.5, 0.5, False), (104.0, 0.05, True), (999.0, 0.05, True)):
        monkeypatch.setattr(notices, "time", lambda now=now: now)
        assert (notice.time_left, notice.has_expired) == (left, over)


def test_a_notice_is_never_markup() -> None:
    app = GuardedApp[None]()

    async def play() -> None:
        async with app.run_test(notifications=True) as pilot:
            app.notify("[@click=app.exit]Max[/]", markup=True)
            await pilot.pause()
            (notice,) = app._notifications
            assert not notice.markup

    played(play)
