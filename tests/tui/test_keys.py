"""Keys: presets, the user's own, and what is said where they do not fit."""

from __future__ import annotations

import re

import pytest

from crm_cli.commands import commands_of
from crm_cli.errors import UsageError
from crm_cli.tui import actions, key_names, keys
from crm_cli.tui.app import CrmApp
from crm_cli.tui.keys import KeyTable
from tests.tui.conftest import calm, played, screen_text, until

# What takes something away, or closes it for good.
DESTRUCTIVE = ("record.delete",)


@pytest.mark.parametrize("preset", keys.PRESETS)
def test_no_key_means_two_things_on_a_screen(preset: str) -> None:
    assert list(KeyTable({"preset": preset}).clashes()) == []


@pytest.mark.parametrize("preset", keys.PRESETS)
def test_nothing_is_destroyed_by_one_key(preset: str) -> None:
    table = KeyTable({"preset": preset})
    for action_id in DESTRUCTIVE:
        assert all(" " in chord for chord in key_names.alternatives(table.keys[action_id]))
    single = {key for text in table.keys.values() for key in key_names.alternatives(text) if " " not in key}
    assert not single & {"delete", "backspace", "ctrl+k", "ctrl+x", "ctrl+d,"}
    assert "d" not in single


@pytest.mark.parametrize("preset", keys.PRESETS)
def test_a_preset_keeps_help_palette_and_moves_reachable(preset: str) -> None:
    table = KeyTable({"preset": preset})
    for action_id in ("help.open", "palette.open", "history.undo", "screen.back", "screen.leave", "log.open"):
        assert table.of(actions.ACTIONS[action_id])
    assert all(table.of(action) for action in actions.moves())


def test_the_ide_preset_leaves_function_keys_and_editor_chords_alone() -> None:
    table = KeyTable({"preset": "ide"})
    used = {key for text in table.keys.values() for key in key_names.alternatives(text)}
    assert not [key for key in used if key.startswith("ctrl+") or re.fullmatch(r"f\d+", key)]


@pytest.mark.parametrize("preset", keys.PRESETS)
def test_nothing_needs_a_key_that_other_keyboards_hide_behind_a_third_level(preset: str) -> None:
    hidden = {key_names.read(sign) for sign in "[]{}|@\\~"}
    for action_id, text in KeyTable({"preset": preset}).keys.items():
        alternatives = key_names.alternatives(text)
        assert not alternatives or set(alternatives) - hidden, action_id


@pytest.mark.parametrize("preset", keys.PRESETS)
def test_every_key_of_a_preset_is_one_that_can_be_written_in_the_configuration(preset: str) -> None:
    for text in KeyTable({"preset": preset}).keys.values():
        assert key_names.read(text) == text
        shown = ",".join(key_names.shown(part) for part in key_names.alternatives(text))
        assert key_names.read(shown) == text


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("?", "question_mark"),
        ("Ctrl+P", "ctrl+p"),
        ("ä", "ä"),
        ("G", "G"),
        ("Esc", "escape"),
        ("f2 , PgDn", "f2,pagedown"),
        ("g g", "g g"),
        ("[", "left_square_bracket"),
        ("Ctrl++", "ctrl+plus"),
        ("comma", "comma"),
        ("", ""),
    ],
)
def test_keys_are_read_as_people_write_them(text: str, key: str) -> None:
    assert key_names.read(text) == key


@pytest.mark.parametrize("text", ["nokey", "hyperdrive+x", "g g g", "ctrl+", "\x07", "F99"])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is no key"):
        key_names.read(text)


@pytest.mark.parametrize("text", ["Ctrl+I", "ctrl+m", "Ctrl+[", "ctrl+c"])
def test_a_key_terminals_swallow_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="never arrives"):
        key_names.read(text)


def test_a_given_key_takes_it_from_what_had_it_and_says_what_lost_its_last_one() -> None:
    table = KeyTable({"record.edit": "j", "go.pipeline": "i"})
    assert table.keys["move.down"] == "down"
    assert table.keys["log.open"] == ""
    assert [params["loser"] for _, params in table.notes] == ["log.open"]
    assert list(table.clashes()) == []


def test_a_chord_takes_its_first_key_from_what_had_it() -> None:
    table = KeyTable({"record.copy": "i i"})
    assert table.keys["log.open"] == ""
    assert table.chords("contacts")["i"] == {"i": "record.copy"}


def test_two_given_keys_that_meet_are_an_error_but_not_on_different_screens() -> None:
    with pytest.raises(UsageError, match="two actions of one screen"):
        KeyTable({"record.edit": "z", "history.undo": "z"})
    KeyTable({"task.edit": "z", "deal.won": "z"})


def test_an_unknown_action_or_preset_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError) as caught:
        KeyTable({"go.pipelin": "x"})
    assert caught.value.params["near"] == "go.pipeline"
    with pytest.raises(UsageError) as caught:
        KeyTable({"preset": "vi"})
    assert caught.value.params["near"] == "vim"


def test_the_configuration_names_file_and_line_of_a_bad_key(crm, home) -> None:
    home.mkdir()
    (home / "config.toml").write_text('region = "DE"\n\n[keys]\n"go.today" = "F2"\n"go.nowhere" = "x"\n')
    result = crm("config", "keys")
    assert result.code == 2
    assert "config.toml, line 5: There is no action “go.nowhere”" in result.err


@pytest.mark.parametrize(
    "text",
    [
        '[keys]\npreset = "vim"\n"go.today" = "F2"\n',
        '[keys]\npreset = "vim"\ngo.today = "F2"\n',
        'keys.preset = "vim"\nkeys.go.today = "F2"\n',
        'keys = { preset = "vim", go = { today = "F2" } }\n',
    ],
)
def test_keys_may_be_written_in_every_form_of_toml(crm, home, text: str) -> None:
    home.mkdir()
    (home / "config.toml").write_text(text)
    assert crm("config", "get", "keys.go.today").out == "F2\n"
    listed = {row["action"]: row for row in crm("config", "keys", "--json").json}
    assert listed["go.today"]["keys"] == "F2"
    assert listed["record.delete"]["keys"] == "d d"


def test_keys_are_set_one_by_one_and_a_bad_one_is_not_written(crm, home) -> None:
    assert crm("config", "set", "keys.preset", "vim").code == 0
    assert crm("config", "set", "keys.go.today", "F2").code == 0
    assert crm("config", "set", "keys.go.today", "F3").code == 0
    before = (home / "config.toml").read_text()
    assert before == '[keys]\n"go.today" = "F3"\n"preset" = "vim"\n'
    for key, value in (("keys.go.nowhere", "x"), ("keys.preset", "emacs"), ("keys.go.today", "nokey")):
        assert crm("config", "set", key, value).code == 2
    assert (home / "config.toml").read_text() == before


def test_words_of_the_log_are_set_one_by_one_too(crm, home) -> None:
    assert crm("config", "set", "log.kinds.kundentermin", "visit").code == 0
    assert crm("config", "get", "log.kinds.kundentermin").out == "visit\n"
    assert crm("config", "get", "log.kinds", "--json").json == {"kundentermin": "visit"}


def test_the_list_of_keys_names_every_action_and_a_command_that_exists(crm) -> None:
    listed = crm("config", "keys", "--json").json
    assert [row["action"] for row in listed] == list(actions.ACTIONS)
    for row in listed:
        if row["command"]:
            assert commands_of(row["command"].split()[1])


def test_keys_given_are_pressed_and_shown_everywhere(shown) -> None:
    shown.config.keys.update({"go.pipeline": "ä", "history.undo": "Ctrl+T", "record.edit": "", "help.open": "F2"})
    app = CrmApp(shown, start="contacts")

    async def play() -> None:
        async with app.run_test(size=(150, 60)) as pilot:
            await calm(pilot)
            painted = screen_text(app).splitlines()
            assert "ä Pipeline" in painted[0]
            assert "Ctrl+T Undo" in painted[-1]
            assert "Edit" not in painted[-1]
            assert painted[-1].endswith("F2 Help")
            await pilot.press("e")
            assert app.screen is app.page
            await pilot.press("f2")
            await calm(pilot)
            assert " Ctrl+T " in screen_text(app)
            await pilot.press("f2")
            await calm(pilot)
            assert app.screen is app.page
            await pilot.press("colon", *":undo")
            await calm(pilot)
            assert "Ctrl+T" in screen_text(app)
            await pilot.press("escape", "4", "ä")
            await calm(pilot)
            assert app.current_mode == "pipeline"

    played(play)


def test_chords_move_and_delete_and_a_broken_one_does_nothing(shown) -> None:
    shown.config.keys["preset"] = "vim"
    app = CrmApp(shown, start="contacts")

    def people() -> int:
        return shown.store.connection.execute("SELECT count(*) FROM contact").fetchone()[0]

    async def play() -> None:
        async with app.run_test(size=(100, 30)) as pilot:
            await calm(pilot)
            before = people()
            await pilot.press("G", "d", "j", "g", "g")
            await calm(pilot)
            assert app.page.records.cursor == 0
            assert people() == before
            await pilot.press("d", "d")
            await calm(pilot)
            assert people() == before - 1
            await pilot.press("u")
            await calm(pilot)
            assert people() == before

    played(play)


def test_the_first_key_of_a_chord_tells_the_second_ones_after_a_while(shown) -> None:
    shown.config.keys["preset"] = "vim"
    app = CrmApp(shown, start="contacts")

    async def play() -> None:
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await calm(pilot)
            await pilot.press("d")
            await until(pilot, lambda: "d d  Delete" in screen_text(app))

    played(play)


def test_a_key_that_was_lost_is_told_at_the_start(shown) -> None:
    shown.config.keys.update({"go.pipeline": "i"})
    app = CrmApp(shown)

    async def play() -> None:
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await calm(pilot)
            assert "log.open has no key any more" in screen_text(app)

    played(play)
