"""Whatever a week of commands did, undo leads back to the start and redo to the end, step by step."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing

import pytest

from tests.dump import dump_of
from tests.scenarios.walk import Walk

_COMMANDS = 500
_SEED = 20251119
_STRIDE = 7


@pytest.mark.long
def test_undo_leads_back_to_the_start_and_redo_to_the_end_after_500_commands(crm, home) -> None:
    assert crm("company", "add", "The First AG").code == 0
    with closing(sqlite3.connect(home / "crm.db")) as reader:
        states, done = _walk(crm, reader)
        assert sum(done.values()) > _COMMANDS * 0.6
        assert len(done) > 25, done
        for state in reversed(states[:-1]):
            assert crm("undo").code == 0
            assert dump_of(reader) == state
        for index in range(_STRIDE, len(states), _STRIDE):
            assert len(crm("redo", str(_STRIDE), "--json").json["redone"]) == _STRIDE
            assert dump_of(reader) == states[index]
        crm("redo", str(_STRIDE))
        steps = len(states) - 1
        assert len(crm("undo", str(steps), "--json").json["undone"]) == steps
        assert dump_of(reader) == states[0]
        assert len(crm("redo", str(steps + 1), "--json").json["redone"]) == steps
        assert dump_of(reader) == states[-1]
    assert crm("check").code == 0


def _walk(crm, reader: sqlite3.Connection) -> tuple[list[object], Counter[str]]:
    """Run the commands; return the states of the store between them, and how often each command changed it."""
    walk = Walk(_SEED, lambda kind: [row[0] for row in reader.execute(f"SELECT uid FROM {kind} ORDER BY id")])
    states: list[object] = [dump_of(reader)]
    done: Counter[str] = Counter()
    for _ in range(_COMMANDS):
        words = walk.command()
        result = crm("--no-input", *words)
        state = dump_of(reader)
        if result.code:
            assert result.code in (2, 3, 4, 5), (words, result)
            assert state == states[-1], (words, result)
        elif state != states[-1]:
            done[" ".join(words[:2]) if words[0] != "log" else "log"] += 1
            states.append(state)
    return states, done
