"""The app as a whole: the palette, read-only, an empty store, every size, and what is not loaded."""

from __future__ import annotations

import random
import subprocess
import sys

import pytest
from textual import events
from textual.geometry import Size

from crm_cli import i18n
from crm_cli.services import parties, resolve
from crm_cli.store.store import Store
from crm_cli.tui.app import CrmApp
from crm_cli.tui.screens.account import AccountScreen
from crm_cli.tui.screens.page import Page
from crm_cli.tui.screens.parties import ContactsScreen
from tests.dump import dump_of
from tests.tui.conftest import calm, keys_of, played, pressed, rows, screen_text


def test_the_palette_finds_a_record_in_spite_of_a_typing_error(shown) -> None:
    app = CrmApp(shown)

    async def play() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await calm(pilot)
            await pilot.press("ctrl+p", *keys_of("ketenbaum"))
            await calm(pilot)
            await pilot.press("enter")
            await calm(pilot)
            assert isinstance(app.screen, AccountScreen)
            assert "Kettenbaum AG" in screen_text(app)

    played(play)


def test_a_dialog_is_answered_once_however_often_enter_comes(shown) -> None:
    app = CrmApp(shown, start="pipeline")
    typed = "SELECT count(*) FROM deal WHERE title = 'Neu'"
    logged = "SELECT count(*) FROM interaction WHERE text = 'einmal'"

    async def play() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await calm(pilot)
            for key, text in (("n", "Neu"), ("i", "note: einmal")):
                await pilot.press(key, *keys_of(text))
                await calm(pilot)
                for _ in range(3):  # faster than a pilot, as a key that bounces
                    app.post_message(events.Key("enter", "\r"))
                await calm(pilot)
                assert isinstance(app.screen, Page)
                app.act("go.pipeline")
                await calm(pilot)
            assert rows(shown, typed) == rows(shown, logged) == [(1,)]

    played(play)


def test_a_record_deleted_elsewhere_closes_its_page(shown) -> None:
    app = CrmApp(shown, start="contacts")

    async def play() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await calm(pilot)
            await pilot.press("end", "enter")
            await calm(pilot)
            assert isinstance(app.screen, AccountScreen)
            uid, name = app.screen.selected().id, app.screen.selected().name
            with Store.open(shown.db_path) as other:
                match = resolve.one(other, uid, kinds=("contact",))
                parties.delete(other, match=match, confirmed=True, now=shown.now())
            app.reload()
            app.reload()
            await calm(pilot)
            assert isinstance(app.screen, ContactsScreen)
            assert f"{name} was deleted." in screen_text(app)

    played(play)


def test_a_read_only_app_changes_nothing(shown) -> None:
    before = dump_of(shown.store.connection)
    app = CrmApp(shown, read_only=True)

    async def play() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await calm(pilot)
            await pilot.press("e", "w", "i", "u", "4", "L", "W", "X", "2", "plus", "n", "e")
            await calm(pilot)
            assert "nothing is changed" in screen_text(app)

    played(play)
    assert dump_of(shown.store.connection) == before


def test_the_program_survives_every_size(shown) -> None:
    i18n.use("de")
    chance = random.Random(5)
    app = CrmApp(shown)

    async def play() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            for screen in ("1", "2", "4"):
                await pilot.press(screen)
                await calm(pilot)
                if screen == "2":
                    await pilot.press("down", "down", "enter")
                    await calm(pilot)
                for _ in range(5):
                    await pilot.resize_terminal(chance.randint(1, 300), chance.randint(1, 100))
                    await pilot.pause()
                await pilot.resize_terminal(80, 24)
                await pilot.press("escape")
            assert app.is_running

    played(play)


def test_a_size_the_window_no_longer_has_is_left_out(shown) -> None:
    app = CrmApp(shown, start="companies")

    async def play() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await calm(pilot)
            app.screen.post_message(events.Resize(Size(18, 4), Size(18, 4)))
            await calm(pilot)
            assert app.screen.size == app.size
            await pilot.resize_terminal(120, 40)
            await calm(pilot)
            assert app.screen.size == Size(120, 40)

    played(play)


@pytest.mark.parametrize("read_only", [False, True])
def test_an_empty_store_says_on_every_screen_what_to_do(context_of, read_only: bool) -> None:
    with context_of() as ctx:
        ctx.writes = not read_only
        app = CrmApp(ctx, read_only=read_only)

        async def play() -> None:
            async with app.run_test(size=(80, 24), notifications=True) as pilot:
                for screen, text in (
                    ("1", "i logs"),
                    ("2", "n adds somebody"),
                    ("3", "n adds one"),
                    ("4", "There is no open"),
                ):
                    await pilot.press(screen)
                    await calm(pilot)
                    assert text in screen_text(app)
                    await pilot.press("j", "k", "G", "enter", "e", "space", "y", "D", "H", "L", "tab", "escape")
                    await calm(pilot)
                    await pilot.press("escape", "escape")
                assert app.is_running

        played(play)


def test_an_empty_list_is_explained_whole_and_one_that_is_filtered_otherwise(context_of) -> None:
    with context_of() as ctx:
        app = CrmApp(ctx)

        async def play() -> None:
            async with app.run_test(size=(60, 24), notifications=True) as pilot:
                painted = " ".join((await pressed(pilot, "2")).split())
                assert "n adds somebody; :import brings an address book, crm import FILE in the shell." in painted
                painted = await pressed(pilot, "slash", '"nobody')
                assert "Nothing is found. Esc clears the filter." in painted
                assert "n adds somebody" in " ".join((await pressed(pilot, "escape", "escape")).split())
                assert "crm segment save NAME QUERY" in " ".join((await pressed(pilot, "f")).split())

        played(play)


def test_without_a_terminal_the_command_names_the_lines_that_say_the_same(crm) -> None:
    result = crm("tui")
    assert result.code == 2
    assert "crm today" in result.err


def test_nothing_of_the_command_line_is_loaded() -> None:
    program = "import sys, crm_cli.tui.app; print(*sorted(name for name in sys.modules if name.startswith('crm_cli.')))"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert "crm_cli.commands" not in loaded


@pytest.mark.parametrize("screen", ["today", "contacts", "pipeline", "week"])
def test_what_another_process_writes_in_the_moment_the_app_ends_breaks_nothing(shown, monkeypatch, screen: str) -> None:
    app = CrmApp(shown, start=screen)
    close_all, seen = app._close_all, []

    async def closing() -> None:
        if app.screen_stack:
            await app.screen.query("*").remove()
            app._version = -1
            app._look_around()
            seen.append(app._version)
        await close_all()

    async def play() -> None:
        async with app.run_test(size=(100, 30)) as pilot:
            await calm(pilot)
            monkeypatch.setattr(app, "_close_all", closing)

    played(play)
    assert seen
    assert -1 not in seen
