"""People and firms: the filter, marks, tags, merging, and the cursor that stays on its record."""

from __future__ import annotations

import pytest

from crm_cli.services import journal
from crm_cli.store.store import Store
from crm_cli.tui.app import CrmApp
from crm_cli.tui.widgets.line_input import LineInput
from crm_cli.tui.widgets.record_list import Column, Line, RecordList
from tests.dump import dump_of
from tests.services import book
from tests.tui.conftest import calm, keys_of, played, pressed, rows, screen_text, until


@pytest.mark.parametrize("typed", ["mül", "muel", "MÜLL", "mu\u0308l"])
def test_the_filter_finds_a_name_in_any_spelling(shown, typed: str) -> None:
    app = CrmApp(shown, start="contacts")

    async def play() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await calm(pilot)
            await pilot.press("slash", *keys_of(typed))
            await calm(pilot)
            names = [line[2:22].strip() for line in screen_text(app).splitlines()[3:7]]
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
            await until(pilot, lambda: "Aaron Aal" in screen_text(app))
            assert app.page.selected().id == before.id

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
            await pilot.press("k", "home")
            await pilot.pause()
            assert records.cursor == 0
            assert max(asked) <= 30
            assert len(asked) <= 6

    played(play)


@pytest.mark.parametrize(("key", "link", "none"), [("p", "tel:", "has no number"), ("m", "mailto:", "has no mail")])
def test_a_number_and_an_address_are_shown_before_they_are_opened(shown, key: str, link: str, none: str) -> None:
    app = CrmApp(shown)

    async def play() -> None:
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            with shown.store.transaction(book.NOW):
                book.contact(shown.store, "Rita Laut", email="rita@laut.example", phone="+49 821 4711")
            await pressed(pilot, "2", "slash", '"rita', "enter")
            painted = await pressed(pilot, key)
            assert link in painted
            assert ("tel:" in painted) is not ("mailto:" in painted)
            await pressed(pilot, "escape")
            with shown.store.transaction(book.NOW):
                book.contact(shown.store, "Nemo Stumm")
            painted = await pressed(pilot, "escape", "slash", '"nemo', "enter", key)
            assert none in painted

    played(play)


def test_a_deal_is_added_with_the_person_or_the_firm_and_taken_back(shown) -> None:
    app = CrmApp(shown)

    async def play() -> None:
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await pressed(pilot, "2", "slash", '"hans', "enter", "N", '"Waage 7', "enter")
            await pressed(pilot, "3", "slash", '"invitek', "enter", "enter", "N", '"Waage 8', "enter")
            found = rows(shown, "SELECT d.title, c.name FROM deal d JOIN company c ON c.id = d.company_id")
            people = rows(shown, "SELECT d.title, c.name FROM deal_contact l, deal d, contact c "
                          "WHERE d.id = l.deal_id AND c.id = l.contact_id AND d.title LIKE 'Waage%'")  # fmt: skip
            assert ("Waage 8", "Invitek GmbH") in found
            assert people == [("Waage 7", "Hans Müller")]
            await pressed(pilot, "u", "u")
            assert rows(shown, "SELECT 1 FROM deal WHERE title LIKE 'Waage%'") == []

    played(play)


def test_what_is_listed_or_marked_is_written_into_a_new_file(shown, tmp_path) -> None:
    app = CrmApp(shown)

    async def exported(pilot, name: str) -> str:
        await pressed(pilot, "x")
        app.screen.query_one(LineInput).put(str(tmp_path / name))
        await pressed(pilot, "enter")
        await until(pilot, lambda: "Running" not in screen_text(app))
        painted = screen_text(app)
        await pressed(pilot, "escape")
        return painted

    async def play() -> None:
        async with app.run_test(size=(110, 30), notifications=True) as pilot:
            await pressed(pilot, "2", "slash", '"müller', "enter")
            listed = [line.cells[0] for _, line in app.page.records.load(app.page.records.keys)]
            await exported(pilot, "listed.csv")
            assert all(name.split()[-1] in (tmp_path / "listed.csv").read_text() for name in listed)
            await pressed(pilot, "escape", "space", "space", "space")
            await exported(pilot, "marked.jsonl")
            assert len((tmp_path / "marked.jsonl").read_text().splitlines()) == 3
            before = (tmp_path / "marked.jsonl").read_bytes()
            assert "is there already" in await exported(pilot, "marked.jsonl")
            assert (tmp_path / "marked.jsonl").read_bytes() == before

    played(play)
