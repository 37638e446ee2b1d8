"""The lists of the interface: rows in order, a newer search ends an older one, and start-up loads one screen."""

from __future__ import annotations

import gc
import subprocess
import sys
import threading

import pytest

from crm_cli.errors import UsageError
from crm_cli.tui.app import CrmApp
from crm_cli.tui.searching import Searching
from tests.tui.conftest import played, until

# What another screen, a dialog or a first action needs, and the first painting does not.
_LATER = (
    "crm_cli.tui.screens.account",
    "crm_cli.tui.screens.parties",
    "crm_cli.tui.screens.pipeline",
    "crm_cli.tui.screens.week",
    "crm_cli.tui.dialogs.form",
    "crm_cli.tui.dialogs.palette",
    "crm_cli.services.agenda",
    "crm_cli.services.attachment_files",
    "crm_cli.services.journal",
    "crm_cli.services.parties",
    "crm_cli.services.tags",
)
_ENDLESS = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"


@pytest.fixture
def searching(context):
    made = Searching(context)
    yield made
    made.close()


def _names(context, rows) -> list[str]:
    return [
        context.store.connection.execute("SELECT name FROM contact WHERE id = ?", (row,)).fetchone()[0] for row in rows
    ]


def test_rows_come_by_name_whatever_is_asked_for(context, searching) -> None:
    everybody = searching.rows("contact", "")
    first, total = searching.first("contact", 3)
    assert (first, total) == (list(everybody[:3]), len(everybody))
    names = _names(context, everybody)
    assert len(names) > 3
    found = searching.rows("contact", "müller")
    assert list(found) == [row for row in everybody if row in set(found)]
    assert 0 < len(found) < len(everybody)
    assert searching.rows("contact", "name:nobodyatall") == []
    with pytest.raises(UsageError):
        searching.rows("contact", "nofield:x")


def test_a_search_that_is_stopped_gives_no_rows_and_the_next_one_does(searching, monkeypatch) -> None:
    searching.rows("contact", "")
    reader = searching._reader
    running = threading.Event()

    def endless(*_: object) -> None:
        running.set()
        reader.connection.execute(_ENDLESS).fetchone()

    found: list[object] = ["nothing yet"]
    with monkeypatch.context() as patch:
        patch.setattr(searching, "_found", endless)
        thread = threading.Thread(target=lambda: found.append(searching.rows("contact", "m")))
        thread.start()
        assert running.wait(10)
        while thread.is_alive():
            searching.stop()
            thread.join(0.05)
    assert found == ["nothing yet", None]
    assert searching.rows("contact", "müller")


def test_only_the_first_screen_is_loaded_before_it_is_painted() -> None:
    code = "import sys, crm_cli.tui.main; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "crm_cli.tui.app" in loaded
    assert not set(_LATER) & set(loaded)


def test_a_list_is_as_long_as_all_rows_while_only_the_first_are_read(context) -> None:
    async def play() -> None:
        app = CrmApp(context, start="contacts")
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            records = app.screen.records
            rows = list(records.keys)
            records.show(rows[:2], len(rows))
            assert records.virtual_size.height == len(rows) + 1
            await pilot.pause()
            records.cursor = 1
            records.show(rows)
            assert (records.total, records.key) == (len(rows), rows[1])

    played(play)


def test_garbage_is_collected_again_once_the_app_stands(context) -> None:
    async def play() -> None:
        gc.disable()
        app = CrmApp(context)
        async with app.run_test() as pilot:
            await until(pilot, gc.isenabled)

    try:
        played(play)
    finally:
        gc.unfreeze()
        gc.enable()
        gc.collect()
        gc.freeze()  # as it was before


def test_the_newest_filter_wins_however_fast_the_keys_come(context) -> None:
    async def play() -> None:
        app = CrmApp(context, start="contacts")
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.press("slash", *"müller")
            wanted = app.session.searching.rows("contact", "müller")
            await until(pilot, lambda: list(app.screen.records.keys) == list(wanted))

    played(play)
