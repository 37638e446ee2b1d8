"""The layouts: a pane beside the list, below it, or the list alone; never a wall that says the window is too small."""

from __future__ import annotations

import pytest

from crm_cli.tui import actions
from crm_cli.tui.app import CrmApp
from tests.tui import demo
from tests.tui.conftest import calm, played, screen_text

SCREENS = [action.id.removeprefix("go.") for action in actions.ACTIONS.values() if action.id.startswith("go.")]


def regions(app: CrmApp) -> tuple:
    """Return where the list and the pane beside it are."""
    return app.screen.query_one("#list").region, app.screen.query_one("#look").region


@pytest.mark.parametrize("place", ["today", "contacts", "companies"])
def test_the_pane_is_beside_the_list_then_below_then_gone(shown, place: str) -> None:
    app = CrmApp(shown, start=place)

    async def play() -> None:
        async with app.run_test(size=(120, 40), notifications=True) as pilot:
            await calm(pilot)
            records, look = regions(app)
            assert look.x == records.right
            assert look.y == records.y
            await pilot.resize_terminal(80, 24)
            await calm(pilot)
            records, look = regions(app)
            assert look.y == records.bottom
            assert look.width == records.width == 80
            await pilot.resize_terminal(60, 24)
            await calm(pilot)
            records, look = regions(app)
            assert not look.area
            assert records.height >= 18

    played(play)


@pytest.mark.parametrize("place", SCREENS)
@pytest.mark.parametrize("size", [(40, 10), (60, 12)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_small_window_shows_the_records_and_the_way_to_help(shown, place: str, size: tuple[int, int]) -> None:
    app = CrmApp(shown)

    async def play() -> None:
        async with app.run_test(size=size, notifications=True) as pilot:
            app.act(f"go.{place}")
            await calm(pilot)
            rows = screen_text(app).splitlines()
            assert rows[-1].rstrip().endswith("? Help")
            assert sum(bool(row.strip(" ─│┌┐└┘")) for row in rows[1:-1]) >= 3, rows
            assert "too small" not in screen_text(app)

    played(play)


@pytest.mark.parametrize("place", SCREENS)
def test_the_selection_is_the_same_after_a_window_was_tiny(shown, place: str) -> None:
    app = CrmApp(shown)

    async def play() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            app.act(f"go.{place}")
            await calm(pilot)
            await pilot.press("down")
            await calm(pilot)
            before = app.page.selected()
            for size in ((1, 1), (300, 100), (20, 5), (80, 24)):
                await pilot.resize_terminal(*size)
                await calm(pilot)
            after = app.page.selected()
            assert (before and before.id) == (after and after.id)

    played(play)


def test_the_mouse_is_the_terminals_own_when_it_is_off(context_of, terminal) -> None:
    with context_of() as ctx:
        demo.fill(ctx)
    screen = terminal(80, 24)
    screen.run("tui --no-mouse")
    screen.wait_for("? Help")
    assert screen.modes() == "1 0 0"
    screen.press("q")
    assert screen.ended() == 0
