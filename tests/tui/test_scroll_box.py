"""A box of automatic height looks the same however it came there: a scrollbar that is not needed goes again."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Static

from crm_cli.tui.widgets.scroll_box import ScrollBox
from tests.tui.conftest import calm, played

WIDTH = 40
FULL_LINE = "x " * (WIDTH // 2 - 1) + "xx"  # as wide as the box: with a scrollbar its last word wraps


class Boxed(App[None]):
    CSS = f"ScrollBox {{ width: {WIDTH}; height: auto; max-height: 90%; }}"

    def compose(self) -> ComposeResult:
        with ScrollBox():
            yield Static("\n".join([FULL_LINE] * 3), markup=False)


@pytest.mark.parametrize("low", [1, 2])
def test_a_scrollbar_that_stood_for_a_moment_goes_again(low: int) -> None:
    app = Boxed()

    async def play() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await calm(pilot)
            box = app.query_one(ScrollBox)
            assert (box.size.height, box.show_vertical_scrollbar) == (3, False)
            box.styles.max_height = low
            await calm(pilot)
            assert box.show_vertical_scrollbar
            box.styles.max_height = "90%"
            await calm(pilot)
            assert (box.size.height, box.show_vertical_scrollbar) == (3, False)

    played(play)


def test_a_scrollbar_that_is_needed_stays() -> None:
    app = Boxed()

    async def play() -> None:
        async with app.run_test(size=(80, 2)) as pilot:
            await calm(pilot)
            box = app.query_one(ScrollBox)
            assert box.show_vertical_scrollbar
            assert box.max_scroll_y == 6 - box.size.height

    played(play)
