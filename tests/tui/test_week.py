"""The week: what is on each day, going about in it, and what keys do to appointments."""

from __future__ import annotations

from datetime import date

import pytest

from crm_cli import i18n
from crm_cli.errors import UsageError
from crm_cli.opener import as_target, open_target
from crm_cli.store import events as rows
from crm_cli.tui import week_plan
from crm_cli.tui.app import CrmApp
from crm_cli.tui.widgets.quick_log_bar import QuickLogBar
from tests.dump import dump_of
from tests.tui.conftest import calm, played, pressed, screen_text, until
from tests.tui.week import LINES, add, chosen, starts


@pytest.mark.parametrize(("size", "is_grid"), [((80, 24), False), ((120, 40), True)], ids=["80x24", "120x40"])
def test_the_week_shows_appointments_follow_ups_and_conflicts(full, size, is_grid: bool) -> None:
    app = CrmApp(full, start="week")

    async def play() -> None:
        async with app.run_test(size=size) as pilot:
            await calm(pilot)
            painted = screen_text(app)
            assert app.page.is_grid is is_grid
            for text in ("[5 Week]", "Jour fixe", "× De", "15:40", "Fair", "Send the quote"):
                assert text in painted
            assert "collides with Dentist" in painted
            assert all(len(line) <= size[0] for line in painted.splitlines())

    played(play)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
def test_keys_go_from_day_to_day_and_week_to_week(full, size) -> None:
    app = CrmApp(full, start="week")

    async def play() -> None:
        async with app.run_test(size=size) as pilot:
            await calm(pilot)
            assert chosen(app) == "Demo"
            await pressed(pilot, "j")
            assert chosen(app) == "Dentist"
            await pressed(pilot, "h")
            assert (chosen(app), app.page._day) == ("", date(2025, 11, 18))
            await pressed(pilot, "h")
            assert chosen(app) == "Jour fixe"
            await pressed(pilot, "left")
            assert app.page._day == date(2025, 11, 16)
            assert "week 46" in screen_text(app)
            await pressed(pilot, "right", "right_square_bracket")
            assert app.page._day == date(2025, 11, 24)
            await pressed(pilot, "left_square_bracket", "T")
            assert (chosen(app), app.page._day) == ("Demo", date(2025, 11, 19))

    played(play)


def test_the_view_can_be_chosen_against_the_width(full) -> None:
    app = CrmApp(full, start="week")

    async def play() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await calm(pilot)
            assert "Sun 23" in screen_text(app)
            painted = await pressed(pilot, "v")
            assert ("[Wed 19]" in painted, "Sun 23" in painted, "14:00" in painted) == (True, False, True)
            assert chosen(app) == "Demo"
            assert "Sun 23" in await pressed(pilot, "v")

    played(play)


def test_an_appointment_is_added_by_its_line_and_a_bad_line_comes_back(full) -> None:
    app = CrmApp(full, start="week")

    async def play() -> None:
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await calm(pilot)
            painted = await pressed(pilot, "n", '"25:00: x', "enter")
            assert "19.11.2025 25:00: x" in painted
            await pressed(pilot, "escape", "n", '"16:30 45m bob: Coffee', "enter")
            assert starts(full)[-1] == ("2025-11-19T16:30:00+01:00", "Coffee")
            assert "Coffee added  u takes it back" in screen_text(app)
            await pressed(pilot, "u")
            assert len(starts(full)) == len(LINES)

    played(play)


def test_a_name_that_nobody_has_is_added_only_after_asking(full) -> None:
    app = CrmApp(full, start="week")

    async def play() -> None:
        async with app.run_test(size=(100, 30)) as pilot:
            await calm(pilot)
            painted = await pressed(pilot, "n", '"17:00 zora zett: Tea', "enter")
            assert "add the name to the address book" in painted
            assert len(starts(full)) == len(LINES)
            await pressed(pilot, "2")
            assert starts(full)[-1] == ("2025-11-19T17:00:00+01:00", "Tea")

    played(play)


def test_an_appointment_is_moved_by_words_and_by_days(full) -> None:
    app = CrmApp(full, start="week")

    async def play() -> None:
        async with app.run_test(size=(120, 40)) as pilot:
            await calm(pilot)
            await pressed(pilot, "w", '"21.11.', "enter")
            assert starts(full)[1] == ("2025-11-21T14:00:00+01:00", "Demo")
            assert chosen(app) == "Demo"
            await pressed(pilot, "L", "L", "L")
            assert starts(full)[1] == ("2025-11-24T14:00:00+01:00", "Demo")
            assert (chosen(app), "week 48" in screen_text(app)) == ("Demo", True)
            await pressed(pilot, "H", "u", "u")
            assert starts(full)[1] == ("2025-11-23T14:00:00+01:00", "Demo")

    played(play)


def test_one_time_of_a_series_is_moved_after_asking_which(full) -> None:
    add(full, "18.11.2025 8:00 1h: Standup", repeat="weekly")
    app = CrmApp(full, start="week")
    before = dump_of(full.store.connection)

    async def play() -> None:
        async with app.run_test(size=(120, 40)) as pilot:
            await calm(pilot)
            await pressed(pilot, "h")
            assert chosen(app) == "Standup"
            painted = await pressed(pilot, "L")
            assert "the whole series" in painted
            await pressed(pilot, "escape")
            assert dump_of(full.store.connection) == before
            await pressed(pilot, "L", "1")
            week = week_plan.read(full.store, first=date(2025, 11, 17), count=14, localize=full.localize)
            days = [day.day for day, entries in week.entries.items() if any(one.title == "Standup" for one in entries)]
            assert days == [19, 25]
            await pressed(pilot, "u")
            assert dump_of(full.store.connection) == before
            await pressed(pilot, "T", "h", "L", "3")
            week = week_plan.read(full.store, first=date(2025, 11, 17), count=14, localize=full.localize)
            days = [day.day for day, entries in week.entries.items() if any(one.title == "Standup" for one in entries)]
            assert days == [19, 26]

    played(play)


def test_a_follow_up_is_finished_and_an_appointment_deleted(full) -> None:
    app = CrmApp(full, start="week")

    async def play() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await calm(pilot)
            await pressed(pilot, "space")
            assert "Only a follow-up is finished" in screen_text(app)
            await pressed(pilot, "l", "down")
            assert chosen(app) == "Send the quote"
            await pressed(pilot, "space")
            done = full.store.connection.execute("SELECT text FROM task WHERE done_at IS NOT NULL").fetchall()
            assert done == [("Send the quote",)]
            await pressed(pilot, "T")
            app.act("event.delete")
            await calm(pilot)
            assert len(starts(full)) == len(LINES) - 1
            await pressed(pilot, "u")
            assert len(starts(full)) == len(LINES)

    played(play)


def test_the_visit_is_logged_with_who_when_and_how_long(full) -> None:
    app = CrmApp(full, start="week")

    async def play() -> None:
        async with app.run_test(size=(100, 30)) as pilot:
            await calm(pilot)
            await pressed(pilot, "i")
            line = app.screen.query_one(QuickLogBar).query_one("#line").value
            assert line == "demo Hans Müller 2025-11-19 14:00 60m: "
            await pressed(pilot, '"wants a quote', "enter")
            (entry,) = full.store.connection.execute(
                "SELECT at, duration_min, text FROM interaction WHERE text = 'wants a quote'"
            ).fetchall()
            assert entry == ("2025-11-19T14:00:00+01:00", 60, "wants a quote")

    played(play)


def test_what_another_process_wrote_is_shown_and_the_choice_stays(full) -> None:
    app = CrmApp(full, start="week")

    async def play() -> None:
        async with app.run_test(size=(120, 40)) as pilot:
            await calm(pilot)
            await pressed(pilot, "j", "j")
            assert chosen(app) == "Contract"
            add(full, "19.11. 11:00 30m: Early")
            app.reload()
            await calm(pilot)
            assert "Early" in screen_text(app)
            assert chosen(app) == "Contract"

    played(play)


def test_an_appointment_that_another_process_takes_away_is_told(full, crm) -> None:
    app = CrmApp(full, start="week")

    async def play() -> None:
        async with app.run_test(size=(120, 40), notifications=True) as pilot:
            await calm(pilot)
            await pressed(pilot, "j")
            assert crm("event", "delete", "Demo", "--quiet").code == 0
            app.page.do_week_up()
            assert "Demo was deleted." in str(app.page.query_one("#card").content)
            app.reload()
            await calm(pilot)
            assert "Demo" not in screen_text(app)

    played(play)


def test_a_link_is_shown_before_the_program_of_the_user_gets_it(full, tmp_path) -> None:
    row = rows.row_of(
        full.store.connection, add(full, "19.11. 8:00 1h hans müller: Call url:https://example.org/a?b=c")
    )
    assert row is not None
    seen = tmp_path / "seen"
    program = tmp_path / "opener.sh"
    program.write_text(f'#!/bin/sh\nprintf "%s|" "$#" "$@" > {seen}.part; mv {seen}.part {seen}\n')
    program.chmod(0o700)
    full._config = full.config.changed(opener=f"{program} -x")
    app = CrmApp(full, start="week")

    async def play() -> None:
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await calm(pilot)
            assert "1 https://example.org/a?b=c" in await pressed(pilot, "o")
            assert not seen.exists()
            await pressed(pilot, "1")
            await until(pilot, seen.exists)
            assert seen.read_text() == "2|-x|https://example.org/a?b=c|"

    played(play)


@pytest.mark.parametrize(
    "value", ["--help", "file:///etc/passwd", "javascript:alert(1)", "https://a b", "https://a\x1b]0;x"]
)
def test_what_is_no_link_is_not_opened(value: str) -> None:
    with pytest.raises(UsageError):
        open_target(value, "/bin/false")
    assert as_target(value) is None


def test_the_screen_speaks_german(full) -> None:
    i18n.use("de")
    app = CrmApp(full, start="week")

    async def play() -> None:
        async with app.run_test(size=(120, 40)) as pilot:
            await calm(pilot)
            painted = screen_text(app)
            for text in ("[5 Woche]", "[Mi 19.]", "KW 47", "überschneidet sich mit Dentist", "ganzt."):
                assert text in painted

    played(play)


def test_what_the_cursor_went_to_is_meant_however_fast_the_next_key_comes(full) -> None:
    app = CrmApp(full, start="week")

    async def play() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await calm(pilot)
            screen = app.screen
            keys = [str(key) for key in screen.agenda.keys]
            place = next(number for number, key in enumerate(keys) if number and not key.startswith("day"))
            screen.agenda.cursor = place - 1
            await calm(pilot)
            # The list has moved; what it says of that is still on its way.
            screen.agenda.action_act("move.down")
            app.act("view.theme")
            assert screen.entry().key == keys[place]

    played(play)
