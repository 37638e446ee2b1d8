"""Which key does what in this run: the registry's keys, a preset over them, the user's own over both.

A key given in the configuration takes that key away from what had it on the same screen; two given ones that meet are
an error. What has no key is found in the palette.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from crm_cli.errors import UsageError
from crm_cli.tui import actions, key_names
from crm_cli.tui.actions import ACTIONS, Action

if TYPE_CHECKING:
    from crm_cli.config import Config

PRESET = "preset"
# Only what differs from the registry. `vim` adds its own motions and `d d`; `ide` leaves alone what editors with a
# built-in terminal keep for themselves: function keys and Ctrl with a letter.
PRESETS: Mapping[str, Mapping[str, str]] = {
    "default": {},
    "vim": {
        "move.page_down": "pagedown,ctrl+d,ctrl+f",
        "move.page_up": "pageup,ctrl+u,ctrl+b",
        "history.redo": "U,ctrl+r",
        "record.delete": "d d",
    },
    "ide": {
        "move.page_down": "pagedown",
        "move.page_up": "pageup",
        "palette.open": "colon",
        "help.open": "question_mark",
        "text.edit": "N",
        "deal.new": "",
        "view.redraw": "",
        "program.suspend": "",
    },
}


def configured(config: Config) -> KeyTable:
    """Return the keys of a configuration; an error names the file and the line."""
    try:
        return KeyTable(config.keys)
    except UsageError as error:
        raise _placed(error) from error


def _placed(error: UsageError) -> UsageError:
    from crm_cli import config_file, places
    from crm_cli.i18n import t

    path = places.config_file()
    name = error.params.get("setting") or error.params.get("id")
    line = config_file.line_of(path, f"keys.{name}")
    if line is None:
        return error
    placed = UsageError("{path}, line {line}: {reason}", hint=error.hint)
    reason = t(error.template, **error.params)
    placed.params = {**error.params, "path": path, "line": line, "reason": reason}
    return placed


class KeyTable:
    """The keys of every action (`keys`, in Textual's spelling, by action id) and what is to be said of them.

    `notes` are (English template, parameters): actions that lost their last key. Raises UsageError for an unknown
    action or preset, for what is no key, and for one key given to two actions of a screen.
    """

    def __init__(self, configured: Mapping[str, str]) -> None:
        given = dict(configured)
        preset = given.pop(PRESET, "default")
        if preset not in PRESETS:
            raise _unknown("There are no keys called “{id}”.", PRESET, preset, PRESETS)
        for action_id in given:
            if action_id not in ACTIONS:
                raise _unknown("There is no action “{id}” to give a key.", action_id, action_id, ACTIONS)
        self.preset = preset
        self.notes: list[tuple[str, dict[str, str]]] = []
        self._given = {action_id: _read(action_id, text) for action_id, text in given.items()}
        standard = {action.id: action.keys for action in ACTIONS.values()}
        self.keys: dict[str, str] = {**standard, **PRESETS[preset], **self._given}
        self._settle()

    def of(self, action: Action, *, first: bool = False) -> str:
        """Return the keys of an action as people know them; `first` only the first of them."""
        return key_names.shown(self.keys[action.id], first=first)

    def for_textual(self) -> dict[str, str]:
        """Return the single keys that differ from the registry's, for `App.set_keymap`."""
        changed = ((action, self.keys[action.id]) for action in ACTIONS.values())
        return {action.id: actions.single_keys(keys) for action, keys in changed if keys != action.keys}

    def chords(self, place: str) -> dict[str, dict[str, str]]:
        """Return first key -> second key -> action id of the chords of a screen."""
        found: dict[str, dict[str, str]] = {}
        for action in on_screen(place):
            for chord in key_names.alternatives(self.keys[action.id]):
                first, blank, second = chord.partition(" ")
                if blank:
                    found.setdefault(first, {})[second] = action.id
        return found

    def clashes(self) -> Iterator[tuple[str, Action, Action]]:
        """Yield (key, action, action) for every key that means two things on one screen."""
        for place in actions.places():
            owner: dict[str, Action] = {}
            for action in on_screen(place):
                for key in _taken(self.keys[action.id]):
                    other = owner.setdefault(key, action)
                    if other is not action and not key.endswith(" "):
                        yield key, other, action
            for key, action in owner.items():
                if key.endswith(" ") and key.strip() in owner:
                    yield key.strip(), owner[key.strip()], action

    def _settle(self) -> None:
        """Let given keys win over the others of their screen."""
        for key, one, other in list(self.clashes()):
            mine = [action for action in (one, other) if action.id in self._given]
            if len(mine) == 2:
                raise UsageError(
                    "“{key}” is given to two actions of one screen: {id} and {other}.",
                    key=key_names.shown(key),
                    id=one.id,
                    other=other.id,
                    hint="Give one of them another key.",
                )
            if mine:
                self._take(key, other if mine[0] is one else one, mine[0])

    def _take(self, key: str, loser: Action, winner: Action) -> None:
        before = key_names.alternatives(self.keys[loser.id])
        left = [part for part in before if part != key and not part.startswith(f"{key} ")]
        self.keys[loser.id] = ",".join(left)
        if before and not left:
            said = {"key": key_names.shown(key), "winner": winner.id, "loser": loser.id}
            self.notes.append(("{loser} has no key any more: {key} is {winner} now. “:” finds it.", said))


def on_screen(place: str) -> list[Action]:
    """Return the actions keys reach on a screen: its own, those of everywhere, and the moves of its list."""
    found = actions.at(place)
    return [*found, *actions.moves()] if place in actions.WITH_LIST else found


def _taken(keys: str) -> Iterable[str]:
    """Return the keys that are in use; the first one of a chord with a blank behind it, for several may share it."""
    for part in key_names.alternatives(keys):
        first, blank, _ = part.partition(" ")
        yield part
        if blank:
            yield first + blank


def _read(action_id: str, text: str) -> str:
    try:
        return key_names.read(text)
    except UsageError as error:
        error.params = {**error.params, "id": action_id}
        raise


def _unknown(message: str, setting: str, word: str, known: Iterable[str]) -> UsageError:
    from difflib import get_close_matches

    near = get_close_matches(word, list(known), n=1, cutoff=0.0)
    return UsageError(message, id=word, setting=setting, hint="Did you mean “{near}”?", near=near[0] if near else "")
