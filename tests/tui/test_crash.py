"""A defect inside the interface: the terminal is given back, one message, a private file without anybody's data."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from crm_cli.errors import CrmError, StoreError, UsageError
from crm_cli.tui import crash
from tests.tui import demo
from tests.tui.terminal import ROOT

SECRET = "Hans Müller owes 4711"
# The real program with one action, and one search, that fail as a defect would.
_BROKEN = """
from crm_cli.tui.app import CrmApp
from crm_cli.tui.searching import Searching
def broken(*_, **__):
    secret = "Hans Müller owes 4711"
    raise KeyError(secret)
{broken} = broken
from crm_cli.app import main
raise SystemExit(main())
"""


@pytest.fixture
def filled(context_of, home: Path):
    with context_of() as ctx:
        demo.fill(ctx)


def crashes(home: Path) -> list[Path]:
    return sorted((home / "state" / "crashes").glob("*.txt"))


def raised(ctx, error: BaseException) -> CrmError:
    with pytest.raises(CrmError) as caught, crash.reported(ctx, "contacts"):
        raise error
    return caught.value


@pytest.mark.parametrize("where", ["action", "worker"])
def test_the_terminal_is_given_back_and_the_file_holds_no_data(filled, terminal, home, tmp_path, where: str) -> None:
    script = tmp_path / "broken.py"
    script.write_text(
        _BROKEN.format(broken={"action": "CrmApp.do_palette_open", "worker": "Searching.rows"}[where]), encoding="utf-8"
    )
    screen = terminal(80, 24)
    screen.run("tui", program=f"PYTHONPATH={ROOT} {sys.executable} {script}")
    screen.wait_for("? Help")
    if where == "action":
        screen.press(":")
    else:
        screen.press("2")  # the list of the screen is read in a worker
    assert screen.ended() == 1
    assert screen.modes() == "0 1 0"
    said = screen.screen()
    assert "crm: The screen had to close (KeyError). What was saved is saved." in said
    assert "Traceback" not in said
    assert SECRET not in said
    (file,) = crashes(home)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    text = file.read_text()
    assert "Müller" not in text
    assert "owes" not in text
    assert "broken.py:" in text
    assert f"Python {sys.version.split()[0]}" in text


def test_the_message_of_an_error_is_not_written_but_every_error_of_the_chain_is(context, home) -> None:
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            raise ValueError(SECRET) from error
    except ValueError as error:
        caught = raised(context, error)
    assert caught.exit_code == 1
    (file,) = crashes(home)
    text = file.read_text()
    assert SECRET not in text
    assert "\nValueError\n" in text
    assert "\nKeyError\n" in text
    assert "test_crash.py" in text


def test_what_is_no_defect_passes_and_leaves_no_file(context, home) -> None:
    import sqlite3

    assert isinstance(raised(context, UsageError("wrong")), UsageError)
    assert isinstance(raised(context, sqlite3.DatabaseError("database disk image is malformed")), StoreError)
    with pytest.raises(KeyboardInterrupt), crash.reported(context):
        raise KeyboardInterrupt
    with pytest.raises(SystemExit), crash.reported(context):
        raise SystemExit(143)
    assert crashes(home) == []


def test_only_the_newest_files_are_kept(context, home) -> None:
    folder = home / "state" / "crashes"
    folder.mkdir(parents=True)
    for number in range(15):
        (folder / f"2020-01-01-{number:06}-1.txt").write_text("old")
    raised(context, ValueError())
    assert len(crashes(home)) == 10
    assert crashes(home)[-1].name.startswith("2025-11-19-")


def test_a_folder_that_cannot_be_made_is_no_second_crash(context, home) -> None:
    (home / "state").write_text("in the way")
    caught = raised(context, ValueError())
    assert caught.hint is None
