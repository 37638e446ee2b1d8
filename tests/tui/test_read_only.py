"""Read-only: every action that writes is refused on every screen it is offered on, and says so."""

from __future__ import annotations

import pytest

from crm_cli.tui import actions
from crm_cli.tui.app import CrmApp
from crm_cli.tui.screens.page import Page
from tests.dump import dump_of
from tests.tui.conftest import calm, played, screen_text

PLACES = [action.id.removeprefix("go.") for action in actions.ACTIONS.values() if action.id.startswith("go.")]
_REFUSED = "nothing is changed"


@pytest.mark.parametrize("place", PLACES)
def test_every_writing_action_is_refused(shown, place: str) -> None:
    before = dump_of(shown.store.connection)
    app = CrmApp(shown, read_only=True)

    async def play() -> None:
        async with app.run_test(size=(110, 30), notifications=True) as pilot:
            app.act(f"go.{place}")
            await calm(pilot)
            await refused_everywhere(app, pilot, place)
            if place in actions.PARTIES:
                await pilot.press("enter")
                await calm(pilot)
                await refused_everywhere(app, pilot, "account")

    played(play)
    assert dump_of(shown.store.connection) == before


async def refused_everywhere(app: CrmApp, pilot, place: str) -> None:
    """Ask for each writing action of a screen, by its key where it has one."""
    writing = [action for action in actions.at(place) if action.writes]
    assert writing
    for action in writing:
        app.clear_notifications()
        await calm(pilot)
        assert _REFUSED not in screen_text(app)
        key = actions.single_keys(action.keys).split(",")[0]
        if action.keys and " " not in action.keys:
            await pilot.press(key)
        else:
            app.act(action.id)
        await calm(pilot)
        assert isinstance(app.screen, Page), f"{action.id} opened {app.screen}"
        assert _REFUSED in screen_text(app), action.id
