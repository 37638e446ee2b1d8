"""Backups are whole, private and in rotation; a restore loses nothing that was there before."""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crm_cli.domain.upkeep import BackupFile, expendable
from crm_cli.errors import Conflict, NotFound, StoreError
from crm_cli.services import upkeep
from crm_cli.store import backup
from crm_cli.store.store import Store
from crm_cli.store.version import VERSION
from tests.dump import dump
from tests.store.rows import insert

NOW = datetime(2025, 11, 19, 9, 0, tzinfo=UTC)


def _add(store: Store, name: str) -> None:
    with store.transaction(NOW):
        insert(store.connection, "contact", {}, name=name)


def _names(path: str) -> list[str]:
    return [str(row[2 + 4]) for row in dump(path)["contact"]]


def test_a_backup_holds_what_is_committed_and_is_one_private_file(store: Store) -> None:
    _add(store, "Ada")
    mask = os.umask(0)
    try:
        made = upkeep.backup(store, now=NOW, keep=3)
    finally:
        os.umask(mask)
    folder = Path(made.path).parent
    assert folder == Path(store.path or "").parent / "backups"
    assert [item.name for item in folder.iterdir()] == ["crm-20251119T090000Z.db"]
    assert stat.S_IMODE(os.stat(made.path).st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert dump(made.path) == dump(store.path)
    assert made.bytes == os.path.getsize(made.path)


def test_a_backup_taken_while_others_write_is_whole(store: Store, path: str) -> None:
    def write() -> None:
        with Store.open(path) as other:
            for number in range(40):
                _add(other, f"name {number}")

    writer = threading.Thread(target=write)
    writer.start()
    made = [upkeep.backup(store, now=NOW, keep=99).path for _ in range(6)]
    writer.join()
    counts = []
    for file in made:
        backup.verify(file)
        counts.append(len(_names(file)))
    assert counts == sorted(counts)


def test_a_backup_goes_where_it_is_told_and_replaces_nothing_unasked(store: Store, tmp_path: Path) -> None:
    _add(store, "Ada")
    target = tmp_path / "copy.db"
    assert upkeep.backup(store, now=NOW, keep=1, target=str(target)).path == str(target)
    target.write_bytes(b"precious")
    with pytest.raises(Conflict):
        upkeep.backup(store, now=NOW, keep=1, target=str(target))
    assert target.read_bytes() == b"precious"
    upkeep.backup(store, now=NOW, keep=1, target=str(target), overwrite=True)
    assert _names(str(target)) == ["Ada"]
    assert upkeep.list_backups(store.path or "") == []


def test_a_backup_that_cannot_be_written_leaves_nothing_behind(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError):
        upkeep.backup(store, now=NOW, keep=1, target=str(tmp_path / "file" / "copy.db"))
    (tmp_path / "busy.db").mkdir()
    with pytest.raises(StoreError):
        backup.write_backup(store.connection, str(tmp_path / "busy.db"))
    assert not list(tmp_path.glob("*.part"))


def test_rotation_keeps_the_newest_and_one_a_day_and_week(store: Store) -> None:
    moments = [NOW - timedelta(hours=6 * number) for number in range(200)]
    gone = expendable([BackupFile(f"{moment}", moment, 1) for moment in moments], keep=5)
    kept = sorted(set(moments) - {item.at for item in gone}, reverse=True)
    assert kept[:5] == moments[:5]
    assert len({moment.date() for moment in kept}) == 7 + 2  # a week of days, and the ends of two more weeks
    assert {moment.isocalendar()[1] for moment in kept} == {47, 46, 45, 44}
    assert len(kept) == 5 + (7 - 2) + 2


def test_rotation_removes_only_backups_of_this_store(store: Store) -> None:
    folder = Path(backup.folder_of(store.path or ""))
    for hour in range(6):
        upkeep.backup(store, now=NOW + timedelta(minutes=hour), keep=2)
    (folder / "crm-notes.db").write_text("mine")
    (folder / "other-20251119T090000Z.db").write_text("theirs")
    upkeep.backup(store, now=NOW + timedelta(minutes=9), keep=2)
    assert sorted(item.name for item in folder.iterdir()) == [
        "crm-20251119T090500Z.db",
        "crm-20251119T090900Z.db",
        "crm-notes.db",
        "other-20251119T090000Z.db",
    ]


def test_two_backups_in_one_second_are_two_files(store: Store) -> None:
    assert len({upkeep.backup(store, now=NOW, keep=9).path for _ in range(3)}) == 3


def test_a_restore_brings_the_backup_back_and_can_be_taken_back(store: Store, path: str) -> None:
    _add(store, "Ada")
    made = upkeep.backup(store, now=NOW, keep=3)
    _add(store, "Bob")
    with Store.open(path) as other:  # a program that stays open sees the change
        kept = upkeep.restore(path, source=made.path, now=NOW)
        assert [row[0] for row in other.connection.execute("SELECT name FROM contact")] == ["Ada"]
        _add(other, "Cleo")
    assert _names(path) == ["Ada", "Cleo"]
    assert store.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert _names(kept or "") == ["Ada", "Bob"]
    upkeep.restore(path, source=kept or "", now=NOW)
    assert _names(path) == ["Ada", "Bob"]


def test_a_restore_without_a_store_makes_one(store: Store, path: str, tmp_path: Path) -> None:
    _add(store, "Ada")
    made = upkeep.backup(store, now=NOW, keep=3)
    fresh = str(tmp_path / "new" / "crm.db")
    assert upkeep.restore(fresh, source=made.path, now=NOW) is None
    with Store.open(fresh) as restored:
        assert restored.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        _add(restored, "Bob")
    assert stat.S_IMODE(os.stat(fresh).st_mode) == 0o600
    assert _names(fresh) == ["Ada", "Bob"]


@pytest.mark.parametrize("damage", ["garbage", "truncated", "page"])
def test_a_restore_over_a_damaged_store_keeps_its_bytes(path: str, damage: str) -> None:
    with Store.open(path) as store:
        _add(store, "Ada")
        made = upkeep.backup(store, now=NOW, keep=3)
    data = bytearray(Path(path).read_bytes())
    if damage == "garbage":
        data[:] = b"garbage" * 1000
    elif damage == "truncated":
        del data[len(data) // 2 :]
    else:
        data[8192:12288] = bytes(4096)
    Path(path).write_bytes(data)
    aside = upkeep.restore(path, source=made.path, now=NOW)
    assert aside is not None
    assert Path(aside).read_bytes() == data
    assert _names(path) == ["Ada"]
    with Store.open(path) as store:
        _add(store, "Bob")
    assert _names(path) == ["Ada", "Bob"]


def test_a_store_with_an_unfolded_wal_is_backed_up_and_restored_with_it(path: str, tmp_path: Path) -> None:
    """What a killed program leaves: the newest rows only in the WAL."""
    store = Store.open(path)
    _add(store, "Ada")
    copy = tmp_path / "copied"
    copy.mkdir()
    for item in Path(path).parent.iterdir():
        (copy / item.name).write_bytes(item.read_bytes())
    store.close()
    target = str(tmp_path / "restored" / "crm.db")
    upkeep.restore(target, source=str(copy / "crm.db"), now=NOW)
    assert _names(target) == ["Ada"]


@pytest.mark.parametrize("kind", ["garbage", "truncated", "foreign", "newer", "missing", "itself"])
def test_a_backup_that_is_not_whole_is_refused_and_the_store_untouched(
    store: Store, path: str, tmp_path: Path, kind: str
) -> None:
    _add(store, "Ada")
    source = upkeep.backup(store, now=NOW, keep=3).path
    _add(store, "Bob")
    if kind == "garbage":
        Path(source).write_bytes(b"garbage" * 1000)
    elif kind == "truncated":
        os.truncate(source, os.path.getsize(source) // 2)
    elif kind == "missing":
        source = str(tmp_path / "nothing.db")
    elif kind == "itself":
        source = path
    else:
        pragma = "application_id = 7" if kind == "foreign" else f"user_version = {VERSION + 1}"
        with sqlite3.connect(source) as other:
            other.execute(f"PRAGMA {pragma}")
        other.close()
    with pytest.raises((StoreError, NotFound, Conflict)):
        upkeep.restore(path, source=source, now=NOW)
    assert _names(path) == ["Ada", "Bob"]
    assert [found.reason for found in upkeep.list_backups(path)] == [""]


def test_a_restore_never_replaces_a_file_of_another_program(store: Store, tmp_path: Path) -> None:
    made = upkeep.backup(store, now=NOW, keep=3)
    foreign = tmp_path / "foreign.db"
    with sqlite3.connect(foreign) as other:
        other.execute("CREATE TABLE precious (id)")
    other.close()
    before = foreign.read_bytes()
    with pytest.raises(StoreError):
        upkeep.restore(str(foreign), source=made.path, now=NOW)
    assert foreign.read_bytes() == before


def test_the_newest_backup_that_is_whole_is_found(store: Store, path: str) -> None:
    good = upkeep.backup(store, now=NOW, keep=9).path
    bad = upkeep.backup(store, now=NOW + timedelta(hours=1), keep=9).path
    Path(bad).write_bytes(b"garbage")
    upkeep.restore(path, source=good, now=NOW + timedelta(hours=2))
    assert upkeep.newest(path) == good
    os.unlink(good)
    with pytest.raises(NotFound):
        upkeep.newest(path)
