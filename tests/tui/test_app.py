"""The screens: what keys do to the store, and what is seen."""

from __future__ import annotations

import os
import random
import subprocess
import sys

import pytest

from crm_cli import i18n
from crm_cli.services import journal
from crm_cli.store import check
from crm_cli.store.store import Store
from crm_cli.tui.app import CrmApp
from crm_cli.tui.screens.account import AccountScreen
from crm_cli.tui.widgets.line_input import LineInput
from crm_cli.tui.widgets.record_list import Column, Line, RecordList
from tests.dump import dump_of
from tests.services import book
from tests.tui.conftest import calm, keys_of, played, screen_text

# More of both by hand: CRM_TEST_SEEDS=50 CRM_TEST_KEYS=1000.
_SEEDS = int(os.environ.get("CRM_TEST_SEEDS", "1"))
_KEYS = int(os.environ.get("CRM_TEST_KEYS", "80"))


def rows(ctx, sql: str) -> list:
    return ctx.store.connection.execute(sql).fetchall()


def test_a_follow_up_is_finished_and_taken_back(shown) -> None:
    app = CrmApp(shown)

    async def play() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await calm(pilot)
            first = screen_text(app).splitlines()[2]
            assert first.startswith("> ! Mon 17 Nov")
            assert "Angebot nachfassen" in first
            await pilot.press("e")
            await calm(pilot)
            assert rows(shown, "SELECT text FROM task WHERE done_at IS NOT NULL") == [("Angebot nachfassen",)]
            assert "u takes it back" in screen_text(app)
            assert "Vertrag senden" in screen_text(app).splitlines()[2]
            await pilot.press("u")
            await calm(pilot)
            assert rows(shown, "SELECT text FROM task WHERE done_at IS NOT NULL") == []
            assert "Angebot nachfassen" in screen_text(app).splitlines()[2]
            await pilot.press("U")
            await calm(pilot)
            assert len(rows(shown, "SELECT 1 FROM task WHERE done_at IS NOT NULL")) == 1

    played(play)


def test_a_follow_up_is_put_off(shown) -> None:
    app = CrmApp(shown)

    async def play() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await calm(pilot)
            await pilot.press("w", *keys_of("xyz"), "enter")
            await calm(pilot)
            assert "is no day or time" in screen_text(app)
            await pilot.press("w", *keys_of("fr 9:00"), "enter")
            await calm(pilot)
            due = rows(shown, "SELECT due FROM task WHERE text = 'Angebot nachfassen'")
            assert due == [("2025-11-21T09:00:00+01:00",)]

    played(play)


@pytest.mark.parametrize("typed", ["mül", "muel", "MÜLL", "mu\u0308l"])
def test_the_filter_finds_a_name_in_any_spelling(shown, typed: str) -> None:
    app = CrmApp(shown, start="contacts")

    async def play() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await calm(pilot)
            await pilot.press("slash", *keys_of(typed))
            await calm(pilot)
            names = [line[2:22].strip() for line in screen_text(app).splitlines()[4:8]]
            assert "Hans Müller" in names
            assert "Anna Schmidt" not in names

    played(play)


def test_the_filter_speaks_the_query_language_and_says_what_it_cannot_read(shown) -> None:
    app = CrmApp(shown, start="contacts")

    async def play() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await calm(pilot)
            field = app.screen.query_one("#filter", LineInput)
            field.put("company:kettenbaum")
            await calm(pilot)
            assert len(app.screen.query_one("#list", RecordList).keys) == 1
            field.put("colour:red")
            await calm(pilot)
            assert "There is no field “colour” for contact." in screen_text(app)
            await pilot.press("escape")
            await calm(pilot)
            assert len(app.screen.query_one("#list", RecordList).keys) == 8

    played(play)


def test_marked_people_get_a_tag_in_one_change_set(shown) -> None:
    app = CrmApp(shown, start="contacts")
    before = len(journal.recent(shown.store))

    async def play() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await calm(pilot)
            await pilot.press("space", "space", "plus", *keys_of("messe26"), "enter")
            await calm(pilot)
            assert rows(shown, "SELECT count(*) FROM tag WHERE name = 'messe26'") == [(2,)]
            assert len(journal.recent(shown.store)) == before + 1
            await pilot.press("u")
            await calm(pilot)
            assert rows(shown, "SELECT count(*) FROM tag WHERE name = 'messe26'") == [(0,)]

    played(play)


def test_delete_is_found_by_its_words_and_undone(shown) -> None:
    app = CrmApp(shown, start="contacts")
    before = dump_of(shown.store.connection)

    async def play() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await calm(pilot)
            await pilot.press("end", "colon", *keys_of(":delete"))
            await calm(pilot)
            await pilot.press("enter")
            await calm(pilot)
            assert rows(shown, "SELECT count(*) FROM contact") == [(7,)]
            await pilot.press("u")
            await calm(pilot)

    played(play)
    assert dump_of(shown.store.connection) == before


def test_the_cursor_stays_on_its_record_when_another_process_writes(shown) -> None:
    app = CrmApp(shown, start="contacts")

    async def play() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await calm(pilot)
            await pilot.press("down", "down")
            before = app.page.selected()
            with Store.open(shown.db_path) as other, other.transaction(book.NOW):
                book.contact(other, "Aaron Aal", "Aal AG")
            for _ in range(40):
                await pilot.pause(0.1)
                if "Aaron Aal" in screen_text(app):
                    break
            assert "Aaron Aal" in screen_text(app)
            assert app.page.selected().id == before.id

    played(play)


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


def test_a_deal_moves_by_one_key_and_back_by_another(shown) -> None:
    app = CrmApp(shown, start="pipeline")

    async def play() -> None:
        async with app.run_test(size=(120, 40), notifications=True) as pilot:
            await calm(pilot)
            board = app.screen.query_one("#board")
            board.choose(rows(shown, "SELECT uid FROM deal WHERE title = 'Prüfstand Getriebe'")[0][0])
            await pilot.press("L")
            await calm(pilot)
            moved = "SELECT stage, probability FROM deal WHERE title = 'Prüfstand Getriebe'"
            assert rows(shown, moved) == [("Verhandlung", 75)]
            assert board.deal.title == "Prüfstand Getriebe"
            assert "Verhandlung 2 · 60.5 k" in screen_text(app)
            await pilot.press("u")
            await calm(pilot)
            assert rows(shown, moved) == [("Angebot", 50)]
            assert board.deal.title == "Prüfstand Getriebe"
            await pilot.press("X", *keys_of("Preis"), "enter")
            await calm(pilot)
            assert rows(shown, "SELECT status, lost_reason FROM deal WHERE lost_reason IS NOT NULL") == [
                ("lost", "Preis")
            ]

    played(play)


def test_fields_are_changed_in_a_form_that_keeps_on_leaving(shown) -> None:
    app = CrmApp(shown, start="contacts")

    async def play() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await calm(pilot)
            await pilot.press("e", "down", "down", *keys_of("Einkauf"), "escape")
            await calm(pilot)
            await pilot.press("n", *keys_of("Ada Lovelace"), "down", *keys_of("Acme Inc."), "enter")
            await calm(pilot)

    played(play)
    assert rows(shown, "SELECT title FROM contact WHERE name = 'Anna Schmidt'") == [("Einkauf",)]
    assert rows(
        shown,
        "SELECT p.name, c.name FROM contact AS p JOIN employment AS e ON e.contact_id = p.id"
        " JOIN company AS c ON c.id = e.company_id WHERE p.name LIKE 'Ada%'",
    ) == [("Ada Lovelace", "Acme Inc.")]


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


def test_a_list_of_any_length_asks_only_for_what_is_seen() -> None:
    from crm_cli.tui.text_guard import GuardedApp

    asked: list[int] = []

    def load(keys):
        asked.append(len(keys))
        return [(key, Line([f"line {key}"])) for key in keys]

    class Sample(GuardedApp[None]):
        def compose(self):
            yield RecordList((Column("Name", share=1),), load, id="list")

    app = Sample()

    async def play() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            records = app.query_one("#list", RecordList)
            records.show(range(1_000_000))
            await pilot.pause()
            assert "line 0" in screen_text(app)
            await pilot.press("G")
            await pilot.pause()
            assert "line 999999" in screen_text(app).splitlines()[-1]
            await pilot.press("k", "g", "g")
            await pilot.pause()
            assert records.cursor == 0
            assert max(asked) <= 30
            assert len(asked) <= 6

    played(play)


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


@pytest.mark.parametrize("seed", range(1, 1 + _SEEDS))
def test_random_keys_break_nothing_and_all_is_undone(shown, seed: int) -> None:
    problems = [str(finding.as_json()) for finding in check.check(shown.store)]
    chance = random.Random(seed)
    keys = [*"1234ijkhlHLGgwenpfyxWXuU+*/[]beq:?am ", "enter", "escape", "tab", "up", "down", "space", "backspace"]
    app = CrmApp(shown)

    async def play() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            for _ in range(_KEYS):
                key = chance.choice(keys)
                if key == "q" or not app.is_running:
                    continue
                await pilot.press({" ": "space", "+": "plus", "*": "asterisk", "/": "slash", ":": "colon",
                                   "?": "question_mark", "[": "left_square_bracket",
                                   "]": "right_square_bracket"}.get(key, key))  # fmt: skip
            await calm(pilot)
            assert app.is_running

    played(play)
    assert [str(finding.as_json()) for finding in check.check(shown.store)] == problems
    while journal.undo(shown.store, now=shown.now()):
        pass
    assert not any(dump_of(shown.store.connection).values())


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


def test_without_a_terminal_the_command_names_the_lines_that_say_the_same(crm) -> None:
    result = crm("tui")
    assert result.code == 2
    assert "crm today" in result.err


def test_nothing_of_the_command_line_is_loaded() -> None:
    program = "import sys, crm_cli.tui.app; print(*sorted(name for name in sys.modules if name.startswith('crm_cli.')))"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert "crm_cli.commands" not in loaded
    assert "crm_cli.output" not in loaded


def test_a_refused_form_comes_back_with_what_was_typed(shown) -> None:
    app = CrmApp(shown, start="pipeline")

    async def play() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await calm(pilot)
            app.screen.query_one("#board").choose(rows(shown, "SELECT uid FROM deal WHERE value_minor = 4800000")[0][0])
            await pilot.press("e")
            await calm(pilot)
            app.screen.query_one("#field-value", LineInput).put("12,5k")
            app.screen.query_one("#field-expected", LineInput).put("irgendwann")
            await pilot.press("enter")
            await calm(pilot)
            assert "irgendwann" in screen_text(app)
            assert rows(shown, "SELECT count(*) FROM deal WHERE value_minor = 4800000") == [(1,)]
            app.screen.query_one("#field-expected", LineInput).put("15.12.")
            await pilot.press("enter")
            await calm(pilot)

    played(play)
    assert rows(shown, "SELECT value_minor, expected_on FROM deal WHERE expected_on IS NOT NULL") == [
        (1_250_000, "2025-12-15")
    ]


def test_a_follow_up_is_changed_in_its_form(shown) -> None:
    app = CrmApp(shown)

    async def play() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await calm(pilot)
            await pilot.press("E")
            await calm(pilot)
            app.screen.query_one("#field-due", LineInput).put("+3d")
            app.screen.query_one("#field-priority", LineInput).put("hoch")
            await pilot.press("escape")
            await calm(pilot)

    played(play)
    assert rows(shown, "SELECT due FROM task WHERE priority = 'high'") == [("2025-11-22",)]


def test_two_marked_people_are_compared_and_made_one(shown) -> None:
    app = CrmApp(shown, start="contacts")
    before = dump_of(shown.store.connection)

    async def play() -> None:
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await calm(pilot)
            await pilot.press("D")
            await calm(pilot)
            assert "mark two or more" in screen_text(app)
            await pilot.press("space", "down", "space", "D")
            await calm(pilot)
            painted = screen_text(app)
            for text in ("kept", "goes into it", "Anna Schmidt", "Hans Müller"):
                assert text in painted
            await pilot.press("right", "M")
            await calm(pilot)
            assert rows(shown, "SELECT name FROM contact WHERE name IN ('Anna Schmidt', 'Hans Müller')") == [
                ("Hans Müller",)
            ]
            await pilot.press("u")
            await calm(pilot)

    played(play)
    assert dump_of(shown.store.connection) == before
