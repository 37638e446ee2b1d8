"""Typing into the key help finds keys by what they do and by what they are called, on this screen and on others."""

from __future__ import annotations

import pytest

from crm_cli import i18n
from crm_cli.tui.app import CrmApp
from crm_cli.tui.dialogs.key_help import KeyHelp
from tests.tui.conftest import calm, played, pressed, screen_text


def found(shown, *keys: str, start: str = "today", size: tuple[int, int] = (110, 60)) -> str:
    """Return what is painted after `?` and these keys."""
    app = CrmApp(shown, start=start)
    painted = ""

    async def play() -> None:
        nonlocal painted
        async with app.run_test(size=size) as pilot:
            await calm(pilot)
            painted = await pressed(pilot, "question_mark", *keys)
            assert isinstance(app.screen, KeyHelp)

    played(play)
    return painted


def test_words_leave_the_actions_that_fit_and_those_of_other_screens(shown) -> None:
    painted = found(shown, '"merge')
    assert "Records that may be one, to compare and merge" in painted
    assert "Finish the follow-up" not in painted
    below = painted.partition("Duplicates\n")[2]
    assert "Merge every pair that is certain" in painted
    assert "crm company merge KEEP LOSE" in painted.partition("Companies")[2]
    assert "crm company merge" not in below.partition("Companies")[0]


@pytest.mark.parametrize(
    ("typed", "here", "gone"),
    [
        ('"U', "Do again what was taken back", "Log a call"),
        ('"ctrl', "One page down", "Finish the follow-up"),
        ('"enter open', "Open the record", "Log a call"),
        ('"snooze', "Put the follow-up off", "Log a call"),
        ('"f1', "The keys of this screen", "Log a call"),
    ],
)
def test_a_key_is_found_by_its_name_and_by_its_command(shown, typed: str, here: str, gone: str) -> None:
    painted = found(shown, typed)
    assert here in painted
    assert gone not in painted


def test_what_no_key_does_is_said(shown) -> None:
    assert "No key does this." in found(shown, '"xylophone')


def test_german_words_fold_and_english_ones_are_found_too(shown) -> None:
    i18n.use("de")
    assert "Den Datensatz öffnen" in found(shown, '"offnen')
    assert "Den Datensatz öffnen" in found(shown, '"open')
    painted = found(shown, '"previous')
    assert "Der vorige Datensatz der Liste" in painted.partition("Akte")[2]


def test_escape_takes_the_words_back_then_closes_and_the_key_that_opens_closes_too(shown) -> None:
    app = CrmApp(shown)

    async def play() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await calm(pilot)
            await pressed(pilot, "question_mark", '"qub')  # letters, none of which leaves
            assert isinstance(app.screen, KeyHelp)
            painted = await pressed(pilot, "escape")
            assert isinstance(app.screen, KeyHelp)
            assert "Finish the follow-up" in painted
            await pressed(pilot, "question_mark")
            assert app.screen is app.page
            await pressed(pilot, "f1", "f1")
            assert app.screen is app.page
            await pressed(pilot, "question_mark", '"what?')
            assert isinstance(app.screen, KeyHelp)
            await pressed(pilot, "escape", "escape")
            assert app.screen is app.page
            await pressed(pilot, "question_mark", '"merge', "enter")
            assert app.screen is app.page

    played(play)


def test_a_long_list_is_scrolled_and_starts_anew_with_other_words(shown) -> None:
    app = CrmApp(shown, start="week")

    async def play() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await calm(pilot)
            first = await pressed(pilot, "question_mark")
            assert "Leave the screen; on Today" not in first
            last = await pressed(pilot, *["pagedown"] * 4)
            assert "Leave the screen; on Today" in last
            assert await pressed(pilot, "up") != last
            assert "This screen" in await pressed(pilot, '"week')
            assert screen_text(app) == await pressed(pilot, "up")

    played(play)


def test_keys_of_the_configuration_are_found_and_close(shown) -> None:
    shown.config.keys.update({"help.open": "F2, H", "history.undo": "Ctrl+T"})
    app = CrmApp(shown)

    async def play() -> None:
        async with app.run_test(size=(110, 60)) as pilot:
            await calm(pilot)
            painted = await pressed(pilot, "H", '"ctrl+t')
            assert "Take the newest change back" in painted
            assert "Finish the follow-up" not in painted
            await pressed(pilot, "escape", "H")
            assert app.screen is app.page

    played(play)
