"""The registry of actions: nothing is reachable by key only, nothing is without words."""

from __future__ import annotations

import re

import pytest

from crm_cli import front, i18n
from crm_cli.i18n_de.tui import TEXTS
from crm_cli.tui import actions
from crm_cli.tui.app import CrmApp
from crm_cli.tui.dialogs.key_help import KeyHelp
from crm_cli.tui.dialogs.palette import Palette
from crm_cli.tui.widgets.record_list import RecordList
from tests.tui.conftest import calm, played, screen_text

PLACES = ("today", "contacts", "companies", "pipeline")


@pytest.mark.parametrize("action", actions.ACTIONS.values(), ids=lambda action: action.id)
def test_an_action_has_german_words(action) -> None:
    i18n.use("de")
    for text in (action.label, action.help):
        assert text in TEXTS or i18n.t(text) != text


@pytest.mark.parametrize("action", actions.ACTIONS.values(), ids=lambda action: action.id)
def test_an_action_that_writes_has_a_command_of_the_shell(action) -> None:
    assert action.command or not action.writes
    for place in action.places:
        command = action.command_at(place)
        if command is not None:
            _, *words = command.split()
            found = front.locate(words).command
            assert found is not None, command
            flags = front.flags_of(found)
            assert [word for word in words if word.startswith("--") and word not in flags] == [], command


@pytest.mark.parametrize("place", [*PLACES, "account"])
def test_no_key_of_a_screen_means_two_things(place: str) -> None:
    keys = [key for action in actions.at(place) for key in action.keys.split(",") if key]
    assert len(keys) == len(set(keys))


def test_nothing_is_deleted_by_a_key() -> None:
    assert actions.ACTIONS["record.delete"].keys == ""
    used = {key for action in actions.ACTIONS.values() for key in action.keys.split(",")}
    assert not used & {"delete", "backspace", "ctrl+k", "ctrl+x", "d"}


def test_every_action_is_done_where_it_is_offered(shown) -> None:
    app = CrmApp(shown)

    async def play() -> None:
        async with app.run_test(size=(100, 30)) as pilot:
            for place in PLACES:
                app.act(f"go.{place}")
                await calm(pilot)
                for action in actions.at(place):
                    assert hasattr(app.page, action.handler) or hasattr(app, action.handler), action.id
            app.act("go.contacts")
            await calm(pilot)
            app.act("record.open")
            await calm(pilot)
            for action in actions.at("account"):
                assert hasattr(app.page, action.handler) or hasattr(app, action.handler), action.id

    played(play)


@pytest.mark.parametrize("place", PLACES)
def test_help_and_palette_show_every_action_of_a_screen(shown, place: str) -> None:
    app = CrmApp(shown, start=place)

    async def play() -> None:
        async with app.run_test(size=(110, 70)) as pilot:
            await calm(pilot)
            await pilot.press("question_mark")
            await calm(pilot)
            assert isinstance(app.screen, KeyHelp)
            painted = screen_text(app)
            assert [action.id for action in actions.at(place) if action.help not in painted] == []
            await pilot.press("escape", "colon")
            await calm(pilot)
            assert isinstance(app.screen, Palette)
            await pilot.press("colon")
            await calm(pilot)
            listed = app.screen.query_one(RecordList).keys
            assert {f"action {action.id}" for action in actions.at(place)} == {
                key for key in listed if key.startswith("action ")
            }

    played(play)


def test_the_pages_of_records_find_all_they_draw_with(shown) -> None:
    from pathlib import Path

    import crm_cli.fields
    from crm_cli.tui.session import Session

    folder = Path(crm_cli.fields.__file__).parent
    used = {name for path in folder.glob("*.py") for name in re.findall(r"\bpage\.(\w+)", path.read_text())}
    of_the_module = {"heading", "names", "pairs", "section", "short"}
    page = Session(shown).page
    assert [name for name in used - of_the_module if not hasattr(page, name)] == []
