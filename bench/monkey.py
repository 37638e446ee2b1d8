"""`python -m bench.monkey`: random keys, clicks and sizes on every screen of the terminal interface, then all undone.

    python -m bench.monkey [--keys 50000] [--portion 2500] [--seed 1]

Each portion starts on a fresh demonstration store and has a seed of its own, which is printed, so that a failing one
can be run again. Keys come from the registry of actions, from dialogs, and as whole phrases of what people type; the
window takes sizes from 1 x 1 to 300 x 100; now and then another connection writes. After a portion `crm check` finds
nothing new, undo to the start is the start, and redo to the end is the end again.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from contextlib import chdir
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import events
from textual.screen import ModalScreen

from crm_cli import front
from crm_cli.context import AppContext
from crm_cli.domain.party_input import PartyInput
from crm_cli.readings import reading
from crm_cli.services import contacts, demo, journal
from crm_cli.store import check
from crm_cli.store.schema import JOURNALLED
from crm_cli.store.store import Store
from crm_cli.tui import actions
from crm_cli.tui.app import CrmApp

if TYPE_CHECKING:
    from textual.pilot import Pilot

_NAMES = {
    "space": " ", "plus": "+", "asterisk": "*", "slash": "/", "colon": ":", "question_mark": "?",
    "left_square_bracket": "[", "right_square_bracket": "]", "minus": "-", "full_stop": ".", "at": "@", "comma": ",",
    "equals_sign": "=", "apostrophe": "'", "less_than_sign": "<", "greater_than_sign": ">", "percent_sign": "%",
}  # fmt: skip
_KEY_OF = {sign: name for name, sign in _NAMES.items()}
_DIALOG_KEYS = ("enter", "enter", "escape", "escape", "tab", "shift+tab", "up", "down", "left", "right", "M", "A", "W",
                "backspace", "ctrl+u", "ctrl+w", "alt+1", "alt+n", "f1", "home", "end")  # fmt: skip
_PHRASES = (
    "besuch hans müller gestern 14:30 45m: Prüfstand gesehen wv:fr Angebot senden +messe",
    "tel an freitag: zurückgerufen wv:heute Vertrag phase:auftrag",
    "note: [red] :: {x} \u202e",
    "@",
    "fri 9:00",
    "+2w call back",
    "3.12.",
    "irgendwann",
    "messe26",
    "12,5k",
    "müller",
    "city:Augsburg",
    "tag:messe or (",
    "colour:red",
    ":delete",
    ":theme",
    ":import",
    ":merge",
    "Ada Lovelace",
)
_PATIENCE = 500  # hundredths of a second a search may take
_WIDEST, _TALLEST = 300, 100
# A key, what is typed then, and the key that ends it.
_DEEDS = (
    ("i", "besuch hans müller gestern 14:30 45m: Prüfstand gesehen wv:fr Angebot senden +messe", "enter"),
    ("i", "Rückruf wv:heute Vertrag", "enter"),
    ("w", "fri 9:00", "enter"),
    ("w", "+2w call back", "enter"),
    ("n", "Ada Lovelace", "enter"),
    ("e", " x", "escape"),
    ("E", " y", "enter"),
    ("plus", "messe26", "enter"),
    ("colon", ":delete", "enter"),
    ("X", "Preis", "enter"),
    ("D", "", "M"),
    ("colon", ":duplic", "enter"),
    ("2", "  D", "M"),
    ("3", "  D", "m"),
)
_DIALOG_STAY = 0.15  # chance to leave a dialog before the next draw, so that the screens get their share


class Broken(AssertionError):
    """The app crashed, the store is damaged, or what was undone is not as it was."""


def all_keys() -> list[str]:
    """Return every key of the registry and of the dialogs, each as often as the other."""
    keys = {key for action in actions.ACTIONS.values() for key in action.keys.split(",") if key}
    return sorted(keys) + list(_DIALOG_KEYS)


class Monkey:
    """One portion: plays on a context's store until so many keys are pressed."""

    def __init__(self, ctx: AppContext, *, seed: int, keys: int, cards: Path | None = None) -> None:
        self.ctx = ctx
        self.left = keys
        self.chance = random.Random(seed)
        self.places: Counter[str] = Counter()
        self.changes = 0  # change sets it made, those it took back itself included
        self._phrases = (*_PHRASES, *((str(cards),) if cards is not None else ()))
        self._keys = all_keys()
        self._tail: list[str] = []
        # Of a hundred draws.
        self._draws = {
            self._key: 85, self._phrase: 3, self._visit: 3, self._deed: 4, self._click: 2.5, self._resize: 2,
            self._write: 0.5,
        }  # fmt: skip

    def play(self) -> None:
        """Play to the end; leaving the program starts it again. Raises Broken with the last keys."""
        while self.left > 0:
            app = CrmApp(self.ctx)
            try:
                asyncio.run(self._play(app))
            except Exception as error:
                raise Broken(f"{error!r} after {' '.join(self._tail[-40:])}") from error

    async def _play(self, app: CrmApp) -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            while self.left > 0 and app.is_running:
                if isinstance(app.screen, ModalScreen) and self.chance.random() < _DIALOG_STAY:
                    await self._press(pilot, "escape")
                (draw,) = self.chance.choices(list(self._draws), weights=list(self._draws.values()))
                await draw(pilot)
            await self._calm(pilot)

    async def _key(self, pilot: Pilot[Any]) -> None:
        await self._press(pilot, self.chance.choice(self._keys))

    async def _phrase(self, pilot: Pilot[Any]) -> None:
        await self._type(pilot, self.chance.choice(self._phrases))

    async def _visit(self, pilot: Pilot[Any]) -> None:
        """Go to another screen and open a record there."""
        going = [action.keys for action in actions.ACTIONS.values() if action.id.startswith("go.") and action.keys]
        for key in ("escape", "escape", self.chance.choice(going).partition(",")[0], "down", "enter"):
            await self._calm(pilot)
            await self._press(pilot, key)

    async def _deed(self, pilot: Pilot[Any]) -> None:
        """Change something, as far as the screen lets that."""
        key, typed, ending = self.chance.choice(_DEEDS)
        await self._press(pilot, "escape")
        await self._press(pilot, key)
        await self._type(pilot, typed)
        await pilot.pause(0.06)  # for the dialogs that search a moment after the last key
        await self._press(pilot, ending)

    async def _resize(self, pilot: Pilot[Any]) -> None:
        small = self.chance.random() < 0.3
        width = self.chance.randint(1, 40 if small else _WIDEST)
        height = self.chance.randint(1, 12 if small else _TALLEST)
        self._tail.append(f"{width}x{height}")
        await pilot.resize_terminal(width, height)

    async def _click(self, pilot: Pilot[Any]) -> None:
        width, height = pilot.app.size
        place = (self.chance.randrange(max(width, 1)), self.chance.randrange(max(height, 1)))
        self._tail.append(f"click{place}")
        await pilot.click(offset=place)

    async def _write(self, _: Pilot[Any]) -> None:
        """Add somebody by another connection, as a shell in the next window would."""
        assert self.ctx.store.path is not None
        self._tail.append("write")
        with Store.open(self.ctx.store.path, actor=self.ctx.store.actor, command="crm contact add") as other:
            typed = PartyInput(name=f"Nebenan {self.chance.randrange(10**6)}")
            contacts.add(other, typed=typed, force=True, region="DE", now=self.ctx.now())

    async def _calm(self, pilot: Pilot[Any]) -> None:
        """Wait until no search runs."""
        for _ in range(_PATIENCE):
            await pilot.pause(0.01)
            if not pilot.app.workers:
                return

    async def _type(self, pilot: Pilot[Any], text: str) -> None:
        for sign in text:
            await self._press(pilot, _KEY_OF.get(sign, sign))

    async def _press(self, pilot: Pilot[Any], key: str) -> None:
        if not pilot.app.is_running:
            return
        self.left -= 1
        self._tail = [*self._tail[-60:], key]
        self.places[type(pilot.app.screen).__name__] += 1
        pilot.app.post_message(events.Key(key, _NAMES.get(key, key if len(key) == 1 else None)))
        await pilot.pause(0)


def contents(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every journalled table."""
    execute = store.connection.execute
    return {table: execute(f"SELECT * FROM {table} ORDER BY id").fetchall() for table in JOURNALLED}


def look(store: Store, before: dict[str, list[tuple[object, ...]]], problems: list[str], ctx: AppContext) -> int:
    """Check the store, undo to the start, redo to the end; return how many change sets that were. Raises Broken."""
    found = _problems(store)
    if found != problems:
        raise Broken(f"crm check: {found}")
    after = contents(store)
    undone = 0
    while contents(store) != before:
        if not journal.undo(store, now=ctx.now()):
            raise Broken(f"undone {undone} change sets, yet {_differing(before, contents(store))} differ")
        undone += 1
    for _ in range(undone):
        journal.redo(store, now=ctx.now())
    if contents(store) != after:
        raise Broken(f"done again {undone} change sets, yet {_differing(after, contents(store))} differ")
    return undone


def _problems(store: Store) -> list[str]:
    return [str(finding.as_json()) for finding in check.check(store)]


def _differing(one: dict[str, Any], other: dict[str, Any]) -> str:
    return ", ".join(table for table in one if one[table] != other[table])


def portion(folder: Path, *, seed: int, keys: int) -> tuple[Monkey, int]:
    """Play one portion on a fresh demonstration store below `CRM_HOME`; return the monkey and the change sets made.

    `folder` takes a file to import. Raises Broken.
    """
    cards = folder / "neu.vcf"
    cards.write_text("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:monkey\r\nFN:Neu Ling\r\nN:Ling;Neu;;;\r\nEND:VCARD\r\n")
    # A table that it saves under a random name belongs into that folder too.
    with chdir(folder), AppContext(front.rough_options([]), arguments=["tui"]) as ctx:
        ctx.writes = True
        # What it opens goes nowhere.
        ctx._config = ctx.config.changed(opener="true")
        _seed(ctx)
        before, problems = contents(ctx.store), _problems(ctx.store)
        monkey, made = Monkey(ctx, seed=seed, keys=keys, cards=cards), _newest(ctx.store)
        monkey.play()
        monkey.changes = _newest(ctx.store) - made
        return monkey, look(ctx.store, before, problems, ctx)


def _newest(store: Store) -> int:
    """Return the number of the newest change set; they are counted on, whatever is undone."""
    found: int = store.connection.execute("SELECT coalesce(max(id), 0) FROM change_set").fetchone()[0]
    return found


def _seed(ctx: AppContext) -> None:
    """Write the demonstration data as somebody else: undo takes back one's own work only."""
    actor, ctx.store.actor = ctx.store.actor, "demo"
    demo.seed(ctx.store, reading=reading(ctx))
    ctx.store.actor = actor


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.monkey", description=__doc__)
    parser.add_argument("--keys", type=int, default=50_000, help="keys in all")
    parser.add_argument("--portion", type=int, default=2_500, help="keys on one store")
    parser.add_argument("--seed", type=int, default=1, help="of the first portion; the next ones count on")
    options = parser.parse_args()
    os.environ["CRM_NOW"] = "2026-11-18T17:40:00"
    places: Counter[str] = Counter()
    changes, started, failed = 0, time.monotonic(), 0
    for number in range(-(-options.keys // options.portion)):
        seed = options.seed + number
        with tempfile.TemporaryDirectory() as folder:
            os.environ["CRM_HOME"] = folder
            try:
                monkey, made = portion(Path(folder), seed=seed, keys=options.portion)
            except Broken as error:
                failed += 1
                print(f"seed {seed}: {error}", file=sys.stderr, flush=True)
                if error.__cause__ is not None:
                    traceback.print_exception(error.__cause__)
                continue
        places += monkey.places
        changes += made
        print(f"seed {seed}: {options.portion} keys, {made} change sets undone and done again", flush=True)
    print(f"{sum(places.values())} keys in {time.monotonic() - started:.0f} s, {changes} change sets, {failed} failed")
    print("keys by screen: " + ", ".join(f"{name} {count}" for name, count in places.most_common()))
    raise SystemExit(failed > 0)


if __name__ == "__main__":
    main()
