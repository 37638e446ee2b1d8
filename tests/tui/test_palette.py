"""The palette: every command of the shell is found, completed and run, and its output is shown."""

from __future__ import annotations

import pytest

from crm_cli.commands import all_commands
from crm_cli.errors import UsageError
from crm_cli.tui.app import CrmApp
from crm_cli.tui.dialogs.command_run import CommandRun
from crm_cli.tui.dialogs.palette import Palette
from crm_cli.tui.shell_commands import Run, ShellCommands
from crm_cli.tui.widgets.line_input import LineInput
from crm_cli.tui.widgets.record_list import RecordList
from tests.tui.conftest import calm, played, screen_text, until


def test_a_colon_lists_every_command_of_the_program(shown) -> None:
    app = CrmApp(shown)

    async def play() -> None:
        async with app.run_test(size=(110, 30)) as pilot:
            await calm(pilot)
            await pilot.press("colon", "colon")
            await calm(pilot)
            assert isinstance(app.screen, Palette)
            listed = {key for key in app.screen.query_one(RecordList).keys if key.startswith("command ")}
            wanted = {f"command {command.name}" for command in all_commands() if not command.hidden}
            assert wanted - listed == {
                f"command {command.name}" for command in all_commands()
                if not command.hidden and command.name.split()[0] in ("tui", "completion")
            }  # fmt: skip

    played(play)


def test_enter_opens_the_best_of_what_is_found_for_the_whole_line(shown) -> None:
    app = CrmApp(shown)

    async def play() -> None:
        async with app.run_test(size=(110, 30)) as pilot:
            await calm(pilot)
            await pilot.press("colon")
            await calm(pilot)
            records, field = app.screen.query_one(RecordList), app.screen.query_one("#line", LineInput)
            overtaken = 0
            for word in (":list", ":task", ":event", ":show", ":edit"):
                for end in range(2, len(word) + 1):
                    best = records.key
                    field.put(word[:end])
                    await calm(pilot)
                    assert records.cursor == 0
                    overtaken += best in records.keys[1:]
            assert overtaken, "these words prove nothing"
            await pilot.press("down", "down")
            await calm(pilot)
            kept = records.key
            app.screen._search()
            assert records.key == kept

    played(play)


async def run(pilot, typed: str, rest: str = "") -> str:
    """Pick a command in the palette, finish its line and return the screen when it has run."""
    app = pilot.app
    await pilot.press("colon")
    await calm(pilot)
    app.screen.query_one("#line", LineInput).put(typed)
    await calm(pilot)
    keys = list(app.screen.query_one(RecordList).keys)
    app.screen.query_one(RecordList).cursor = next(at for at, key in enumerate(keys) if key.startswith("command "))
    await pilot.press("enter")
    await calm(pilot)
    field = app.screen.query_one("#line", LineInput)
    assert field.cursor_position == len(field.value)
    field.put(field.value + rest)
    await pilot.press("enter")
    for _ in range(100):
        await calm(pilot)
        if isinstance(app.screen, CommandRun) and "Running" not in screen_text(app):
            break
    return screen_text(app)


def test_a_line_typed_out_runs_on_this_store_and_is_undone_like_any_change(shown) -> None:
    app = CrmApp(shown)

    def tasks() -> list:
        return shown.store.connection.execute("SELECT text FROM task WHERE text LIKE 'Anlage%'").fetchall()

    async def play() -> None:
        async with app.run_test(size=(100, 30)) as pilot:
            await calm(pilot)
            painted = await run(pilot, ":task add Anlage prüfen", '--due fri --contact "hans müller"')
            assert "crm task add Anlage prüfen --due fri" in painted
            assert "exit code" not in painted
            assert tasks() == [("Anlage prüfen",)]
            await pilot.press("escape", "u")
            await calm(pilot)
            assert tasks() == []
            assert "exit code 3" in await run(pilot, ":task done", "nothing-of-this-name")

    played(play)


def test_words_of_the_help_find_a_command_in_both_languages(shown) -> None:
    from crm_cli import i18n

    found = ShellCommands(shown).found
    assert "dupes merge" in [command.name for command in found("record each duplicates")]
    assert found("crm task add Call back")[0].line == "crm task add Call back"
    assert "task add" in [command.name for command in found("task ad")]
    assert found("qwertz") == []
    i18n.use("de")
    try:
        assert "config keys" in [command.name for command in ShellCommands(shown).found("tasten")]
    finally:
        i18n.use("en")


def test_a_read_only_run_refuses_a_command_that_writes(shown) -> None:
    app = CrmApp(shown, read_only=True)

    async def play() -> None:
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await calm(pilot)
            await pilot.press("colon")
            await calm(pilot)
            app.screen.query_one("#line", LineInput).put(":task add")
            await calm(pilot)
            keys = list(app.screen.query_one(RecordList).keys)
            app.screen.query_one(RecordList).cursor = keys.index("command task add")
            await pilot.press("enter")
            await calm(pilot)
            assert "nothing is changed" in screen_text(app)

    played(play)


def test_a_command_that_never_ends_is_ended_by_a_key(shown) -> None:
    app = CrmApp(shown)

    async def play() -> None:
        async with app.run_test(size=(100, 30)) as pilot:
            await calm(pilot)
            endless = Run("crm changes --follow", shown.db_path)
            app.push_screen(CommandRun("crm changes --follow", endless))
            await until(pilot, lambda: endless._process is not None)
            await pilot.press("escape")
            await app.workers.wait_for_complete()
            assert endless._process.returncode is not None

    played(play)


def test_an_open_quotation_mark_is_refused() -> None:
    with pytest.raises(UsageError, match="not closed"):
        Run('crm task add "Call', "x.db")
