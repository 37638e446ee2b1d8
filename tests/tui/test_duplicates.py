"""The review of duplicates: pairs with their evidence, side by side, and every answer can be taken back."""

from __future__ import annotations

import pytest

from crm_cli.services import dupes
from crm_cli.tui.app import CrmApp
from crm_cli.tui.screens.duplicates import DuplicatesScreen
from tests.dump import dump_of
from tests.services import book
from tests.tui.conftest import calm, played, screen_text, until
from tests.tui.test_text_guard import HOSTILE


@pytest.fixture
def doubled(context):
    """The specification's book with two pairs of one person, one of them certain, and a pair of firms."""
    store = context.store
    with store.transaction(book.NOW):
        mail = "eva.krolin@ehrler.example"
        book.contact(store, "Eva Krolin", "Ehrler GmbH", email=mail, phone="0171 1234567", birthday="1980-04-12")
        book.contact(store, "Eva Krolin", "Ehrler GmbH", email=mail, phone="0171 1234567", birthday="1980-04-12")
        book.contact(store, "Ulf Zander", "Zander KG", email="ulf@zander.example")
        book.contact(store, "U. Zander", "Zander KG", phone="0821 555123")
        book.company(store, "Nordlicht Energie GmbH", "0431 5551")
        book.company(store, "Nordlicht Energie", "0431 5551")
    return context


async def searched(pilot) -> DuplicatesScreen:
    """Wait for the search's end and return the screen."""
    await until(pilot, lambda: _is_through(pilot.app.page))
    screen = pilot.app.page
    assert isinstance(screen, DuplicatesScreen)
    await calm(pilot)
    return screen


def _is_through(page) -> bool:
    return isinstance(page, DuplicatesScreen) and page.kind in page._found and not page.searching


async def settled(pilot, holds) -> None:
    """Wait until something holds and nothing goes on any more."""
    await calm(pilot)
    await until(pilot, holds)
    await calm(pilot)


def names(ctx, where: str) -> list[str]:
    return [row[0] for row in ctx.store.connection.execute(f"SELECT name FROM contact WHERE {where} ORDER BY name")]


def test_a_pair_is_merged_rejected_and_brought_back(doubled) -> None:
    before = dump_of(doubled.store.connection)
    app = CrmApp(doubled, start="duplicates")

    async def play() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await searched(pilot)
            painted = screen_text(app)
            assert "People · 2 possible duplicates" in painted
            for text in ("100 %", "+ the same e-mail (eva.krolin@ehrler.example)", "kept", "goes into it"):
                assert text in painted
            await pilot.press("m")
            await settled(pilot, lambda: "1 possible duplicate" in screen_text(app))
            assert len(names(doubled, "name = 'Eva Krolin'")) == 1
            await pilot.press("n")
            await settled(pilot, lambda: "0 possible duplicates" in screen_text(app))
            assert len(dupes.rejected(doubled.store)) == 1
            await pilot.press("u", "u")
            await settled(pilot, lambda: "2 possible duplicates" in screen_text(app))

    played(play)
    assert dump_of(doubled.store.connection) == before


def test_the_other_record_is_kept_after_a_key_and_enter_only_goes_on(doubled) -> None:
    app = CrmApp(doubled, start="duplicates")

    async def play() -> None:
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            screen = await searched(pilot)
            await pilot.press("enter")
            await calm(pilot)
            pair = screen._chosen_pair()
            assert pair.a.name == "Ulf Zander"
            await pilot.press("right")
            assert screen.selected().name == pair.b.name
            await pilot.press("m")
            await calm(pilot)

    played(play)
    assert names(doubled, "name LIKE '%Zander'") == ["U. Zander"]


def test_the_certain_ones_are_merged_at_once_after_a_question_in_one_change(doubled) -> None:
    app = CrmApp(doubled, start="duplicates")

    async def play() -> None:
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await searched(pilot)
            await pilot.press("A")
            await settled(pilot, lambda: "Merge 1 records into 1 others?" in screen_text(app))
            await pilot.press("enter")
            await settled(pilot, lambda: app.screen is app.page)
            assert len(names(doubled, "name = 'Eva Krolin'")) == 2
            await pilot.press("A")
            await settled(pilot, lambda: "Merge 1 records" in screen_text(app))
            await pilot.press("2")
            await settled(pilot, lambda: len(names(doubled, "name = 'Eva Krolin'")) == 1)
            assert len(names(doubled, "name LIKE '%Zander'")) == 2
            await settled(pilot, lambda: "1 possible duplicate" in screen_text(app))
            await pilot.press("u")
            await settled(pilot, lambda: "2 possible duplicates" in screen_text(app))
            assert len(names(doubled, "name = 'Eva Krolin'")) == 2

    played(play)


def test_firms_are_compared_too_and_the_screen_can_be_left_during_the_search(doubled) -> None:
    app = CrmApp(doubled)

    async def play() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await calm(pilot)
            app.act("go.duplicates")
            await pilot.press("1")
            await pilot.pause()
            assert app.current_mode == "today"
            app.act("go.duplicates")
            await searched(pilot)
            await pilot.press("v")
            await searched(pilot)
            painted = screen_text(app)
            assert "Firms · 1 possible duplicate" in painted
            assert "Nordlicht Energie GmbH" in painted
            await pilot.press("escape")
            await calm(pilot)
            assert app.current_mode == "companies"

    played(play)


def test_a_search_that_fails_says_so_and_an_end_of_the_program_ends_it(doubled, monkeypatch) -> None:
    from crm_cli.tui import own_process

    monkeypatch.setattr(own_process, "_PROGRAM", "import sys; sys.exit('no more memory')")
    app = CrmApp(doubled, start="duplicates")

    async def play() -> None:
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await searched(pilot)
            assert "The search for duplicates stopped: no more memory" in screen_text(app)

    played(play)
    monkeypatch.setattr(own_process, "_PROGRAM", "import time; time.sleep(600)")
    waiting = CrmApp(doubled, start="duplicates")

    async def leave() -> None:
        async with waiting.run_test(size=(100, 30)) as pilot:
            await until(pilot, lambda: waiting.page.searching)

    played(leave)


def test_hostile_names_are_compared_like_any_other(context) -> None:
    with context.store.transaction(book.NOW):
        for text in HOSTILE:
            for _ in range(2):
                book.contact(context.store, f"A {text}", f"B {text}", email=f"{len(text)}@x.example", notes=text)
    app = CrmApp(context, start="duplicates")

    async def play() -> None:
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            screen = await searched(pilot)
            assert len(screen._pairs) >= len(HOSTILE) - 2
            for _ in range(len(screen._pairs)):
                await pilot.press("enter")
                await pilot.pause()
                assert all(line.isprintable() for line in screen_text(app).split("\n"))
            await pilot.press("home", "m")
            await calm(pilot)
            assert all(line.isprintable() for line in screen_text(app).split("\n"))

    played(play)


def test_an_empty_store_says_that_nothing_is_doubled(context_of) -> None:
    with context_of() as ctx:
        ctx.writes = False
        app = CrmApp(ctx, start="duplicates", read_only=True)

        async def play() -> None:
            async with app.run_test(size=(80, 24)) as pilot:
                await calm(pilot)
                assert "Nothing looks like a duplicate." in screen_text(app)
                await pilot.press("m", "n", "A", "enter", "right", "o")
                assert app.is_running

        played(play)


def test_only_groups_in_which_all_are_surely_one_are_certain(doubled) -> None:
    store = doubled.store
    found = dupes.find(store)
    sure = dupes.certain(store, kind="contact", pairs=found)
    assert [[match.name for match in group.matches] for group in sure] == [["Eva Krolin", "Eva Krolin"]]
    chain = [pair.changed(score=1.0) for pair in found]
    third = chain[1].changed(a=chain[0].b)
    assert len(dupes.certain(store, kind="contact", pairs=[chain[0], third])) == 0
