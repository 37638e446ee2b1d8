"""The week at its limits: the ends of the calendar, strangers' names, endless rules, days of 23 and 25 hours."""

from __future__ import annotations

from datetime import date

import pytest

from crm_cli.tui import week_plan
from crm_cli.tui.app import CrmApp
from tests.contracts.hostile import HOSTILE
from tests.dump import dump_of
from tests.services import book
from tests.tui.conftest import calm, played, pressed, screen_text
from tests.tui.week import add, chosen


def test_the_end_of_the_calendar_is_no_trap(full) -> None:
    app = CrmApp(full, start="week")

    async def play() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await calm(pilot)
            await pressed(pilot, "w")
            app.screen.query_one("#line").value = "31.12.9999 9:00"
            await pressed(pilot, "enter", "l", "right_square_bracket", "h", "T")
            assert "[5 Week]" in screen_text(app)
            app.page.follow("", date(1, 1, 1))
            await pressed(pilot, "left_square_bracket", "left", "h")
            assert "[5 Week]" in screen_text(app)

    played(play)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
def test_names_of_strangers_are_text(full, size) -> None:
    for number, name in enumerate([name for name in HOSTILE if name.strip()][::14]):
        day = f"2025-11-{17 + number % 7}"
        book.insert(
            full.store, "event", uid=f"e2{number:014d}", created_at=book.STAMP, updated_at=book.STAMP, title=name,
            location=name, description=name * 3, start_at=f"{day}T{8 + number % 9:02}:00:00+01:00", first_day=day,
            last_day=day,
        )  # fmt: skip
    app = CrmApp(full, start="week")

    async def play() -> None:
        async with app.run_test(size=size) as pilot:
            await calm(pilot)
            for key in ("h", "h", "j", "j", "l", "enter", "escape", "e", "escape", "l", "j", "l"):
                painted = await pressed(pilot, key)
                assert all(line.isprintable() for line in painted.split("\n"))

    played(play)


def test_nothing_is_changed_when_it_is_opened_to_read_only(full) -> None:
    app = CrmApp(full, start="week", read_only=True)
    before = dump_of(full.store.connection)

    async def play() -> None:
        async with app.run_test(size=(120, 40), notifications=True) as pilot:
            await calm(pilot)
            for key in ("n", "e", "w", "H", "L", "space", "i"):
                assert "--read-only" in await pressed(pilot, key)
            assert dump_of(full.store.connection) == before

    played(play)


def test_a_rule_for_each_second_does_not_hold_up_the_week(full) -> None:
    add(full, "19.11. 8:00 1m: Bomb", repeat="FREQ=SECONDLY")
    app = CrmApp(full, start="week")

    async def play() -> None:
        async with app.run_test(size=(120, 40)) as pilot:
            await calm(pilot)
            assert "“Bomb” repeats too often to show all." in screen_text(app)
            await pressed(pilot, "j", "l", "v", "j")
            assert len(app.page._week.entries[date(2025, 11, 19)]) > 900

    played(play)


def test_two_hundred_appointments_a_day_can_all_be_reached(full) -> None:
    for number in range(200):
        add(full, f"21.11. 9:{number % 60:02} 30m: Meeting {number}")
    app = CrmApp(full, start="week")

    async def play() -> None:
        async with app.run_test(size=(120, 40)) as pilot:
            await calm(pilot)
            await pressed(pilot, "l", "l")
            seen = set()
            for _ in range(200):
                seen.add(chosen(app))
                app.act("week.down")
            await calm(pilot)
            assert len(seen) == 200
            assert f"{chosen(app)}" in screen_text(app)

    played(play)


@pytest.mark.parametrize(
    ("monday", "day", "clock"),
    [
        (date(2026, 10, 19), "25.10.2026 2:30", ["01:00", "02:00", "02:00", "03:00"]),
        (date(2026, 3, 23), "29.3.2026 1:30", ["01:00", "02:00", "03:00"]),
    ],
    ids=["hour twice", "hour left out"],
)
def test_the_hours_are_those_of_the_clock_on_the_day_it_changes(context, monday: date, day: str, clock) -> None:
    add(context, f"{day} 30m: Night shift")
    week = week_plan.read(context.store, first=monday, count=7, localize=context.localize)
    (entry,) = [one for one in week.entries[date.fromordinal(monday.toordinal() + 6)] if one.title == "Night shift"]
    assert week.hours.label(entry.first) in (day[-4:], "0" + day[-4:])
    labels = [week.hours.label(place) for place in range(0, week.hours.longest, 60)]
    twice = len(clock) == 4
    assert labels[1 : 1 + len(clock)] == clock
    assert len(labels) == (25 if twice else 24)
    sunday, saturday = entry.day, date.fromordinal(entry.day.toordinal() - 1)
    missing = [(place // 60, week.hours.missing(sunday, place), week.hours.missing(saturday, place))
               for place in range(0, week.hours.longest, 60)]  # fmt: skip
    assert [one for one in missing if one[1] or one[2]] == ([(3, False, True)] if twice else [(2, True, False)])


def test_the_grid_is_painted_on_a_day_with_an_hour_twice(context, monkeypatch) -> None:
    monkeypatch.setenv("CRM_NOW", "2026-10-25T12:00:00+01:00")
    add(context, "25.10.2026 2:30 30m: Night shift")
    app = CrmApp(context, start="week")

    async def play() -> None:
        async with app.run_test(size=(120, 40)) as pilot:
            await calm(pilot)
            painted = screen_text(app)
            assert painted.count(" 02:00") == 2
            assert "╌╌╌" in painted

    played(play)
