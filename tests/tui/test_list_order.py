"""The lists of people and firms in the order and with the columns the user likes, this time and the next."""

from __future__ import annotations

import json
import stat

import pytest

from crm_cli import i18n
from crm_cli.store import party_order
from crm_cli.tui import party_columns, themes
from crm_cli.tui.app import CrmApp
from crm_cli.tui.widgets.record_list import RecordList
from tests.tui.conftest import calm, played, screen_text


def names(app) -> list[str]:
    """Return the first cells of the list."""
    records = app.page.query_one("#list", RecordList)
    return [line.cells[0] for _, line in records.load(records.keys)]


def test_people_are_ordered_by_the_last_contact_and_stay_so(shown, home) -> None:
    async def play() -> None:
        async with CrmApp(shown, start="contacts").run_test(size=(130, 24)) as pilot:
            await calm(pilot)
            by_name = names(pilot.app)
            assert by_name == sorted(by_name)
            kept = pilot.app.page.selected()
            await pilot.press("s", "2")
            await calm(pilot)
            found = names(pilot.app)
            assert found[:3] == ["Sabine Freitag", "Petra März", "Hans Müller"]
            assert found[3:] == [name for name in by_name if name not in found[:3]]
            assert pilot.app.page.selected() == kept
            assert "last contact, newest first" in screen_text(pilot.app).splitlines()[0]
            await pilot.press("slash", "m", "ä", "r", "z")
            await calm(pilot)
            assert names(pilot.app)[0] == "Petra März"

    played(play)
    state = home / "state" / "tui.json"
    assert json.loads(state.read_text()) == {"contacts.sort": "last_contact"}
    assert stat.S_IMODE(state.stat().st_mode) == 0o600

    async def again() -> None:
        async with CrmApp(shown, start="contacts").run_test(size=(80, 24)) as pilot:
            await calm(pilot)
            assert names(pilot.app)[0] == "Sabine Freitag"
            await pilot.press("3")
            await calm(pilot)
            assert names(pilot.app) == sorted(names(pilot.app))

    played(again)


@pytest.mark.parametrize("kind", ["contact", "company"])
def test_every_order_holds_every_record_once_and_has_words(shown, monkeypatch, kind: str) -> None:
    connection = shown.store.connection
    rows = [row for (row,) in connection.execute(f"SELECT id FROM {kind} ORDER BY name")]
    for sort in party_order.SORTS[kind]:
        assert party_columns.SORTS[sort]
        if sort != party_order.NAME:
            few = party_order.sorted_by(connection, kind, rows, sort)
            assert sorted(few) == sorted(rows)
            with monkeypatch.context() as patch:
                patch.setattr(party_order, "_FEW", 0)
                assert party_order.sorted_by(connection, kind, rows, sort) == few


def test_people_without_an_address_are_ordered_by_the_town_of_their_firm(shown) -> None:
    connection = shown.store.connection
    people = dict(connection.execute("SELECT name, id FROM contact"))
    jobs = dict(connection.execute("SELECT contact_id, company_id FROM employment WHERE end_on IS NULL"))
    hans, petra, sabine = (people[name] for name in ("Hans Müller", "Petra März", "Sabine Freitag"))
    insert = "INSERT INTO address (company_id, contact_id, city, preferred) VALUES (?, ?, ?, ?)"
    connection.execute(insert, (jobs[hans], None, "Ulm", 0))
    connection.execute(insert, (jobs[hans], None, "Bonn", 1))
    connection.execute(insert, (jobs[petra], None, "Aachen", 0))
    connection.execute(insert, (None, petra, "Celle", 0))
    connection.execute(insert, (None, sabine, "Aalen", 0))
    found = party_order.sorted_by(connection, "contact", [hans, petra, sabine], "city")
    assert found == [sabine, hans, petra]


def test_firms_are_ordered_by_town_those_without_last(shown) -> None:
    connection = shown.store.connection
    for name, city in (("Acme Inc.", "Ulm"), ("Frenkel KG", "Ärzen"), ("Kettenbaum AG", "Bonn")):
        connection.execute(
            "INSERT INTO address (company_id, city) SELECT id, ? FROM company WHERE name = ?", (city, name)
        )
    rows = [row for (row,) in connection.execute("SELECT id FROM company ORDER BY name")]
    found = party_order.sorted_by(connection, "company", rows, "city")
    named = dict(connection.execute("SELECT id, name FROM company"))
    assert [named[row] for row in found[:3]] == ["Frenkel KG", "Kettenbaum AG", "Acme Inc."]
    assert found[3:] == [row for row in rows if row not in found[:3]]


def test_columns_are_chosen_and_stay_so(shown, home) -> None:
    async def play() -> None:
        async with CrmApp(shown, start="contacts").run_test(size=(120, 30)) as pilot:
            await calm(pilot)
            await pilot.press("c", "space", "down", "down", "down", "down", "space", "enter")
            await calm(pilot)
            heading = screen_text(pilot.app).splitlines()[2]
            assert "Company" not in heading
            assert heading.split()[:5] == ["Name", "City", "E-mail", "Last", "contact"]

    played(play)
    assert json.loads((home / "state" / "tui.json").read_text()) == {
        "contacts.columns": ["city", "email", "last_contact"]
    }

    async def again() -> None:
        async with CrmApp(shown, start="contacts").run_test(size=(120, 30)) as pilot:
            await calm(pilot)
            assert "E-mail" in screen_text(pilot.app).splitlines()[2]

    played(again)


@pytest.mark.parametrize("text", ["[]", "{", '{"contacts.sort": 5, "contacts.columns": ["x"], "theme": "no"}', "\xff"])
def test_a_file_that_says_nothing_usable_changes_nothing(shown, home, text: str) -> None:
    (home / "state").mkdir()
    (home / "state" / "tui.json").write_bytes(text.encode("latin-1"))

    async def play() -> None:
        async with CrmApp(shown, start="contacts").run_test(size=(100, 30)) as pilot:
            await calm(pilot)
            assert "Company" in screen_text(pilot.app).splitlines()[2]
            assert pilot.app.theme == themes.NAMES[0]

    played(play)


def test_the_chosen_colours_are_there_the_next_time(shown) -> None:
    async def play() -> None:
        async with CrmApp(shown).run_test(size=(80, 24)) as pilot:
            pilot.app.act("view.theme")
            await calm(pilot)

    played(play)

    async def again() -> None:
        async with CrmApp(shown).run_test(size=(80, 24)) as pilot:
            assert pilot.app.theme == themes.NAMES[1]

    played(again)


def test_every_column_and_order_has_german_words() -> None:
    texts = [heading for kind in ("contact", "company") for heading in party_columns.offered(kind).values()]
    i18n.use("de")
    try:
        same = [text for text in [*texts, *party_columns.SORTS.values()] if i18n.t(text) == text]
    finally:
        i18n.use("en")
    assert set(same) <= {"Name", "Tags", "Position"}
