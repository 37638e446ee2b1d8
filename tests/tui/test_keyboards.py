"""Every key can be typed on a German keyboard without AltGr, and does what it does on an English one."""

from __future__ import annotations

import pytest

from crm_cli.tui import actions
from crm_cli.tui.app import CrmApp
from tests.tui.conftest import calm, played, screen_text

# With AltGr on a German keyboard, by the names of Textual.
_ALT_GR = {
    "left_square_bracket", "right_square_bracket", "left_curly_bracket", "right_curly_bracket", "backslash",
    "vertical_line", "at", "tilde",
}  # fmt: skip


@pytest.mark.parametrize("action", [action for action in actions.ACTIONS.values() if action.keys], ids=lambda a: a.id)
def test_an_action_has_a_key_without_alt_gr(action) -> None:
    assert set(actions.single_keys(action.keys).split(",")) - _ALT_GR


def test_neighbours_are_reached_by_keys_of_a_german_keyboard(shown) -> None:
    app = CrmApp(shown, start="contacts")

    async def play() -> None:
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await calm(pilot)
            await pilot.press("enter")
            await calm(pilot)
            first = screen_text(app).splitlines()[1]
            await pilot.press("ä")
            await calm(pilot)
            assert screen_text(app).splitlines()[1] != first
            await pilot.press("ö")
            await calm(pilot)
            assert screen_text(app).splitlines()[1] == first

    played(play)


@pytest.mark.parametrize("typed", ["ü", "ß", "Ä", "ö", "'"])
def test_letters_of_a_german_keyboard_are_text_in_a_field(shown, typed: str) -> None:
    from crm_cli.tui.widgets.line_input import LineInput

    app = CrmApp(shown, start="contacts")

    async def play() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await calm(pilot)
            await pilot.press("slash", typed)
            await calm(pilot)
            assert app.screen.query_one("#filter", LineInput).value == typed

    played(play)
