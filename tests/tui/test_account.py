"""The 360° card: its neighbours, its timeline, and entries of any length."""

from __future__ import annotations

from crm_cli.tui.app import CrmApp
from crm_cli.tui.screens.account import AccountScreen
from crm_cli.tui.widgets.line_input import LineInput
from crm_cli.tui.widgets.record_list import RecordList
from tests.services import book
from tests.tui.conftest import calm, keys_of, played, pressed, rows, screen_text


def test_a_record_opens_and_its_neighbours_follow(shown) -> None:
    app = CrmApp(shown, start="contacts")

    async def play() -> None:
        async with app.run_test(size=(120, 40), notifications=True) as pilot:
            await calm(pilot)
            await pilot.press("down", "down", "enter")
            await calm(pilot)
            assert isinstance(app.screen, AccountScreen)
            painted = screen_text(app)
            for text in ("Hans Müller · Ehrler", "Prüfstand Getriebe", "Angebot nachfassen", "Prüfstand gesehen"):
                assert text in painted
            await pilot.press("right_square_bracket")
            await calm(pilot)
            assert "Jana Schmidt" in screen_text(app).splitlines()[1]
            await pilot.press("left_square_bracket", "left_square_bracket")
            await calm(pilot)
            assert "Bob Miller" in screen_text(app).splitlines()[1]
            await pilot.press("escape")
            await calm(pilot)
            assert app.page.selected().name == "Bob Miller"

    played(play)


def test_an_entry_logged_on_a_record_is_in_its_timeline(shown) -> None:
    app = CrmApp(shown, start="contacts")

    async def play() -> None:
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await calm(pilot)
            await pilot.press("enter", "i")
            await calm(pilot)
            assert app.screen.query_one("#line", LineInput).value == "@Anna_Schmidt "
            await pilot.press(*keys_of("45m Abnahme besprochen wv:fr Protokoll"), "enter")
            await calm(pilot)
            painted = screen_text(app)
            assert "Abnahme besprochen" in painted
            assert "Protokoll" in painted

    played(play)
    assert rows(shown, "SELECT text, duration_min FROM interaction ORDER BY id DESC LIMIT 1") == [
        ("Abnahme besprochen", 45)
    ]


def test_an_entry_of_megabytes_is_one_line_and_opens(shown) -> None:
    with shown.store.transaction(book.NOW):
        row = rows(shown, "SELECT id FROM contact WHERE name = 'Anna Schmidt'")[0][0]
        entry = book.insert(shown.store, "interaction", kind="note", at="2025-11-18", all_day=1, text="lang " * 600_000)
        book.insert(shown.store, "interaction_contact", interaction_id=entry, contact_id=row)
    app = CrmApp(shown, start="contacts")

    async def play() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await calm(pilot)
            await pilot.press("enter")
            await calm(pilot)
            assert sum("lang lang" in line for line in screen_text(app).splitlines()) == 1
            app.screen.query_one("#timeline", RecordList).cursor = 1
            await pilot.press("enter")
            await calm(pilot)
            await pilot.press("end")
            await calm(pilot)
            assert "3000000 characters in all" in screen_text(app)

    played(play)


def test_the_cursor_stays_on_its_entry_when_a_newer_one_comes_in(shown) -> None:
    app = CrmApp(shown, start="contacts")

    def add(text: str) -> None:
        with shown.store.transaction(book.NOW):
            row = rows(shown, "SELECT id FROM contact WHERE name = 'Hans Müller'")[0][0]
            entry = book.insert(shown.store, "interaction", kind="note", at="2025-11-19", all_day=1, text=text)
            book.insert(shown.store, "interaction_contact", interaction_id=entry, contact_id=row)

    async def play() -> None:
        async with app.run_test(size=(120, 40), notifications=True) as pilot:
            await calm(pilot)
            await pilot.press("down", "down", "enter")
            await calm(pilot)
            timeline = app.screen.query_one("#timeline", RecordList)
            timeline.cursor = 1
            chosen = app.screen._happened[timeline.key]
            add("Von nebenan")
            app.reload()
            await calm(pilot)
            assert "Von nebenan" in screen_text(app)
            now = app.screen._happened[timeline.key]
            assert (now.at, now.type, now.text) == (chosen.at, chosen.type, chosen.text)
            await pilot.press("right_square_bracket")
            await calm(pilot)
            assert timeline.cursor == 0

    played(play)


def test_a_key_shows_one_kind_of_entry_after_the_other_and_escape_all_again(shown) -> None:
    app = CrmApp(shown, start="contacts")

    async def play() -> None:
        async with app.run_test(size=(120, 40), notifications=True) as pilot:
            await pressed(pilot, "slash", '"hans', "enter", "enter")
            timeline = app.page.query_one("#timeline", RecordList)
            every = list(timeline.keys)
            shown_kinds = [line.cells[1] for _, line in timeline.load(every)]
            assert len(set(shown_kinds)) > 1
            seen = []
            for kind in dict.fromkeys(shown_kinds):
                painted = await pressed(pilot, "f")
                kinds = [line.cells[1] for _, line in timeline.load(timeline.keys)]
                assert kinds == [kind] * shown_kinds.count(kind)
                assert f"{kind} · {len(kinds)} entr" in painted
                seen += timeline.keys
            assert sorted(map(str, seen)) == sorted(map(str, every))
            await pressed(pilot, "f")
            assert list(timeline.keys) == every
            await pressed(pilot, "f", "escape")
            assert list(timeline.keys) == every
            await pressed(pilot, "escape")
            assert app.page.place == "contacts"

    played(play)
