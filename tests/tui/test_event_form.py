"""Appointments changed in their form, from the week, the day and a person's card; long texts in the user's editor."""

from __future__ import annotations

import pytest

from crm_cli import i18n
from crm_cli.readings import Readings, zone_name
from crm_cli.services import events
from crm_cli.store import events as rows
from crm_cli.tui.app import CrmApp
from crm_cli.tui.dialogs.form import Form
from crm_cli.tui.event_form import length
from crm_cli.tui.widgets.line_input import LineInput
from tests.dump import dump_of
from tests.tui.conftest import calm, played, pressed, screen_text

TEXT = "First line\n\nThird [bold]line[/]\n"


def add(ctx, line: str, **more) -> int:
    made = events.add(ctx.store, text=line, reading=Readings(ctx).now(), zone=zone_name(ctx), **more).event
    row = rows.row_of(ctx.store.connection, made.id)
    assert row is not None
    return row


def put(app, **values: str) -> None:
    """Type into fields of the form that is open."""
    assert isinstance(app.screen, Form)
    for name, value in values.items():
        app.screen.query_one(f"#field-{name}", LineInput).put(value)


@pytest.fixture
def demo(context) -> int:
    """The row of an appointment on the day of the test."""
    return add(context, "19.11. 14:00 1h hans müller: Demo loc:Bonn remind:30m +fair")


def event(ctx, row: int):
    return rows.get(ctx.store.connection, row)


def test_every_field_is_changed_and_one_key_takes_it_back(context, demo: int) -> None:
    app = CrmApp(context, start="week")
    before = dump_of(context.store.connection)

    async def play() -> None:
        async with app.run_test(size=(100, 30)) as pilot:
            await pressed(pilot, "e")
            put(app, title="Show", start="2025-11-21 9:30", duration="1h30", location="Ulm",
                contacts="Anna Schmidt; Bob Miller", company="acme", repeat="2w", alarms="1d, 15m", busy="no",
                status="tentative", tags="vip",
                url="https://example.org", description="Bring the sample")  # fmt: skip
            await pressed(pilot, "enter")
            made = event(context, demo)
            assert (made.title, made.start, made.end) == (
                "Show", "2025-11-21T09:30:00+01:00", "2025-11-21T11:00:00+01:00",
            )  # fmt: skip
            assert [one.name for one in made.contacts] == ["Anna Schmidt", "Bob Miller"]
            assert (made.company.name, made.location, made.alarms, made.free) == ("Acme Inc.", "Ulm", (1440, 15), True)
            assert (made.rule, made.status, made.tags) == ("FREQ=WEEKLY;INTERVAL=2", "tentative", ("vip",))
            assert (made.url, made.description) == ("https://example.org", "Bring the sample")
            await pressed(pilot, "u")
            assert dump_of(context.store.connection) == before

    played(play)


def test_fields_that_are_emptied_are_cleared(context, demo: int) -> None:
    app = CrmApp(context, start="week")

    async def play() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await pressed(pilot, "e")
            put(app, location="", company="", alarms="", tags="", contacts="")
            await pressed(pilot, "escape")
            made = event(context, demo)
            assert (made.location, made.company, made.alarms, made.tags, made.contacts) == (None, None, (), (), ())

    played(play)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"start": "someday"}, "is no day or time"),
        ({"title": ""}, "can't be empty"),
        ({"busy": "perhaps"}, "is neither yes nor no"),
        ({"alarms": "soon"}, "is no time before"),
        ({"contacts": "Nobody Known"}, "Nothing matches"),
        ({"status": "maybe"}, "is no status"),
        ({"repeat": "FREQ=NEVER"}, "is no rule"),
    ],
)
def test_what_cannot_be_read_comes_back_as_it_was_typed(context, demo: int, values: dict[str, str], said: str) -> None:
    app = CrmApp(context, start="week")
    before = dump_of(context.store.connection)

    async def play() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await pressed(pilot, "e")
            put(app, **values)
            painted = " ".join((await pressed(pilot, "enter")).split())
            assert said in painted
            for name, value in values.items():
                assert app.screen.query_one(f"#field-{name}", LineInput).value == value
            await pressed(pilot, "escape")
            assert dump_of(context.store.connection) == before

    played(play)


def test_the_start_is_shown_as_the_language_writes_it(context, demo: int) -> None:
    i18n.use("de")
    app = CrmApp(context, start="week")

    async def play() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await pressed(pilot, "e")
            assert app.screen.query_one("#field-start", LineInput).value == "19.11.2025 14:00"
            put(app, start="20.11.2025 8:15", busy="nein")
            await pressed(pilot, "enter")
            assert event(context, demo).start == "2025-11-20T08:15:00+01:00"
            assert event(context, demo).free

    played(play)


def test_the_form_of_one_time_of_a_series_changes_that_time(context) -> None:
    row = add(context, "19.11. 9:00 1h: Standup", repeat="weekly")
    app = CrmApp(context, start="week")

    async def play() -> None:
        async with app.run_test(size=(120, 40)) as pilot:
            await pressed(pilot, "right_square_bracket", "e", "1")
            assert not app.screen.query("#field-repeat")
            assert app.screen.query_one("#field-start", LineInput).value == "2025-11-26 09:00"
            put(app, title="Long standup")
            await pressed(pilot, "enter")
            assert event(context, row).title == "Standup"
            assert "EXDATE" in event(context, row).recurrence[-1]
            assert "Long standup" in screen_text(app)

    played(play)


def test_an_appointment_is_changed_and_logged_from_the_day(context, demo: int) -> None:
    app = CrmApp(context)

    async def play() -> None:
        async with app.run_test(size=(100, 30)) as pilot:
            await calm(pilot)
            assert "14:00" in screen_text(app)
            await pressed(pilot, "E")
            put(app, title="Big demo")
            await pressed(pilot, "enter")
            assert event(context, demo).title == "Big demo"
            assert "Big demo" in screen_text(app)
            painted = await pressed(pilot, "i")
            assert "visit Hans Müller 2025-11-19 14:00 60m:" in painted

    played(play)


def test_an_appointment_is_opened_and_changed_from_the_card_of_a_person(context, demo: int) -> None:
    app = CrmApp(context, start="contacts")

    async def play() -> None:
        async with app.run_test(size=(120, 40)) as pilot:
            await pressed(pilot, "slash", '"hans', "enter", "enter")
            app.screen.query_one("#open").focus()
            painted = await pressed(pilot, "enter")
            assert "Demo" in painted
            assert "Bonn" in painted
            await pressed(pilot, "escape", "E")
            put(app, location="Ulm")
            await pressed(pilot, "enter")
            assert event(context, demo).location == "Ulm"

    played(play)


def test_a_text_of_several_lines_is_not_flattened_by_the_form(context, demo: int) -> None:
    events.edit(context.store, row=demo, now=context.now(), description=TEXT)
    app = CrmApp(context, start="week")

    async def play() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await pressed(pilot, "e")
            field = app.screen.query_one("#field-description", LineInput)
            assert "(4 lines)" in field.value
            field.focus()
            await pressed(pilot, '"xyz', "backspace", "ctrl+u", "ctrl+w")
            assert "An editor needs a terminal." in await pressed(pilot, "f4")
            put(app, title="Show")
            await pressed(pilot, "enter")
            assert (event(context, demo).title, event(context, demo).description) == ("Show", TEXT)

    played(play)


def test_long_text_is_written_in_the_editor_of_the_user(context_of, home, terminal, crm, tmp_path, monkeypatch) -> None:
    with context_of() as ctx:
        from tests.services import book

        book.specified(ctx.store)
        add(ctx, "19.11. 14:00 1h hans müller: Demo")
    editor = tmp_path / "my editor.sh"
    editor.write_text("#!/bin/sh\nprintf 'one; $HOME\\ntwo\\n' > \"$1\"\n")
    editor.chmod(0o700)
    monkeypatch.setenv("EDITOR", str(editor).replace(" ", "\\ "))
    screen = terminal(80, 24)
    screen.run("tui --screen week")
    screen.wait_for("> today")
    screen.press("F4")
    screen.wait_for("Demo changed")
    screen.press("e")
    screen.wait_for("(2 lines)")
    screen.press("Escape")
    screen.wait_for("> today")
    screen.press("2")
    screen.wait_for("[2 Contacts]")
    screen.press("F4")
    screen.wait_for("Anna Schmidt changed")
    screen.press("1")
    screen.wait_for("[1 Today]")
    screen.press("q")
    assert screen.ended() == 0
    assert screen.modes() == "0 1 0"
    (demo,) = crm("event", "list", "--json").json
    assert demo["description"] == "one; $HOME\ntwo"
    assert crm("contact", "show", "Anna Schmidt", "--json").json["notes"] == "one; $HOME\ntwo"


@pytest.mark.parametrize(
    ("minutes", "text"), [(0, "0"), (45, "45m"), (60, "1h"), (90, "1h30"), (1440, "1d"), (1500, "25h")]
)
def test_a_length_is_written_as_it_can_be_typed(minutes: int, text: str) -> None:
    from crm_cli.domain.event_line import read_alarm

    assert length(minutes) == text
    assert read_alarm(text) == minutes


def test_the_last_day_of_whole_days_is_a_field(context) -> None:
    row = add(context, "20.11. Messe")
    app = CrmApp(context, start="week")
    before = dump_of(context.store.connection)

    async def play() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await pressed(pilot, "right", "e")
            assert not app.screen.query("#field-duration")
            assert app.screen.query_one("#field-until", LineInput).value == "2025-11-20"
            put(app, until="19.11.")
            assert "ends before it begins" in await pressed(pilot, "enter")
            put(app, until="22.11.")
            await pressed(pilot, "enter")
            assert (event(context, row).start, event(context, row).end) == ("2025-11-20", "2025-11-23")
            await pressed(pilot, "e")
            assert app.screen.query_one("#field-until", LineInput).value == "2025-11-22"
            put(app, until="")
            assert "can't be empty" in await pressed(pilot, "enter")
            await pressed(pilot, "escape", "u")
            assert dump_of(context.store.connection) == before

    played(play)


def test_the_last_day_of_a_whole_series_is_that_of_the_time_shown(context) -> None:
    row = add(context, "20.11. Messe", repeat="weekly")
    app = CrmApp(context, start="week")

    async def play() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await pressed(pilot, "right_square_bracket", "right", "e", "3")
            assert app.screen.query_one("#field-until", LineInput).value == "2025-11-27"
            put(app, until="29.11.")
            await pressed(pilot, "enter")
            made = event(context, row)
            assert (made.start, made.end, made.rule[:11]) == ("2025-11-20", "2025-11-23", "FREQ=WEEKLY")

    played(play)
