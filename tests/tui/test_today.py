"""The page of the day: follow-ups are finished, put off and changed."""

from __future__ import annotations

from crm_cli.tui.app import CrmApp
from crm_cli.tui.screens.today import TodayScreen
from crm_cli.tui.widgets.line_input import LineInput
from tests.tui.conftest import calm, keys_of, played, rows, screen_text


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


def test_the_day_changes_once_at_midnight_and_what_is_due_becomes_overdue(shown, monkeypatch) -> None:
    monkeypatch.setenv("CRM_NOW", "2025-11-19T23:59:59+01:00")
    painted = []
    monkeypatch.setattr(TodayScreen, "reload", lambda self, read=TodayScreen.reload: (painted.append(1), read(self)))
    app = CrmApp(shown)

    async def play() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await calm(pilot)
            before = screen_text(app)
            assert "Wed 19 Nov" in before.splitlines()[0]
            line = next(line for line in before.splitlines() if "Vertrag senden" in line)
            assert "!" not in line
            app._look_around()
            await calm(pilot)
            count = len(painted)
            monkeypatch.setenv("CRM_NOW", "2025-11-20T00:00:01+01:00")
            for _ in range(3):
                app._look_around()
                await calm(pilot)
            assert len(painted) == count + 1
            after = screen_text(app)
            assert "Thu 20 Nov" in after.splitlines()[0]
            assert "! " in next(line for line in after.splitlines() if "Vertrag senden" in line)
            # The cursor is on what it was on.
            chosen = [next(line for line in text.splitlines() if line.startswith(">")) for text in (before, after)]
            assert "Angebot nachfassen" in chosen[0]
            assert "Angebot nachfassen" in chosen[1]

    played(play)
