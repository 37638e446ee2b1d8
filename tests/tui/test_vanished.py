"""What another process takes away between two looks is told or left out; no screen closes for it."""

from __future__ import annotations

from collections.abc import Callable

from crm_cli.tui.app import CrmApp
from crm_cli.tui.dialogs.line_prompt import LinePrompt
from crm_cli.tui.dialogs.palette import Palette
from crm_cli.tui.screens.account import AccountScreen
from crm_cli.tui.widgets.line_input import LineInput
from crm_cli.tui.widgets.record_list import RecordList
from tests.tui.conftest import calm, keys_of, played, rows, screen_text


def before_the_next_card(app: CrmApp, take_away: Callable[[], object]) -> None:
    """Have a record taken away when it has been found, before its page is read."""
    read = app.session._shown

    def late(match, limit):
        app.session._shown = read
        take_away()
        return read(match, limit)

    app.session._shown = late


def bob_goes(crm) -> None:
    """Delete somebody as another process does."""
    assert crm("contact", "delete", "Bob Miller", "--yes").code == 0


def test_the_pane_beside_a_list_is_empty_where_its_record_went_away(shown, crm) -> None:
    app = CrmApp(shown, start="contacts")

    async def play() -> None:
        async with app.run_test(size=(120, 40), notifications=True) as pilot:
            await calm(pilot)
            before_the_next_card(app, lambda: bob_goes(crm))
            await pilot.press("down")
            await calm(pilot)
            app.reload()
            await calm(pilot)
            assert "Bob Miller" not in screen_text(app)

    played(play)


def test_the_page_of_a_record_that_goes_away_while_it_is_read_is_left(shown, crm) -> None:
    app = CrmApp(shown, start="contacts")

    async def play() -> None:
        async with app.run_test(size=(120, 40), notifications=True) as pilot:
            await calm(pilot)
            await pilot.press("down", "enter")
            await calm(pilot)
            assert isinstance(app.screen, AccountScreen)
            before_the_next_card(app, lambda: bob_goes(crm))
            app.reload()
            await calm(pilot)
            assert not isinstance(app.screen, AccountScreen)
            assert "Bob Miller was deleted." in screen_text(app)

    played(play)


def test_what_the_palette_found_and_somebody_deleted_is_told(shown, crm) -> None:
    app = CrmApp(shown)

    async def play() -> None:
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await calm(pilot)
            await pilot.press("colon")
            await calm(pilot)
            assert isinstance(app.screen, Palette)
            app.screen.query_one("#line", LineInput).put("bob miller")
            await calm(pilot)
            app.screen._search = lambda: None  # what Enter would read again is what it has
            bob_goes(crm)
            await pilot.press("enter")
            await calm(pilot)
            assert "Nothing matches" in screen_text(app)

    played(play)


def test_a_move_is_of_the_appointment_it_was_asked_for(full, crm) -> None:
    app = CrmApp(full, start="week")

    async def play() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await calm(pilot)
            agenda = app.page.query_one(RecordList)
            agenda.cursor = next(at for at, key in enumerate(agenda.keys) if str(key).startswith("event "))
            await calm(pilot)
            chosen = app.page.entry()
            before = rows(full, f"SELECT uid, start_at FROM event WHERE uid <> '{chosen.id}'")
            await pilot.press("w")
            await calm(pilot)
            assert isinstance(app.screen, LinePrompt)
            assert crm("event", "delete", chosen.id, "--yes").code == 0
            app.reload()
            await calm(pilot)
            await pilot.press(*keys_of("+3d"), "enter")
            await calm(pilot)
            assert "Nothing matches" in screen_text(app)
            assert rows(full, "SELECT uid, start_at FROM event") == before

    played(play)
