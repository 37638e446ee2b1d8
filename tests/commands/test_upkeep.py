"""`crm backup`, `crm restore`, `crm check` from the command line."""

from __future__ import annotations

import os

from tests.dump import dump


def test_backup_and_restore_bring_back_what_was(crm, home) -> None:
    crm("contact", "add", "Ada")
    before = dump(home / "crm.db")
    made = crm("backup", "--json").json
    assert os.path.isfile(made["path"])
    assert made["bytes"] == os.path.getsize(made["path"])
    crm("contact", "delete", "ada", "--yes")
    after = dump(home / "crm.db")
    restored = crm("restore", "--latest", "--yes", "--json").json
    assert restored["source"] == made["path"]
    assert dump(home / "crm.db") == before
    assert dump(restored["kept"]) == after
    assert crm("restore", restored["kept"], "--yes").code == 0
    assert dump(home / "crm.db") == after


def test_a_restore_nobody_agreed_to_changes_nothing(crm, home) -> None:
    crm("contact", "add", "Ada")
    crm("backup")
    crm("contact", "add", "Bob")
    before = dump(home / "crm.db")
    result = crm("restore", "--latest", "--json")
    assert (result.code, result.error["code"]) == (5, "conflict")
    assert crm("restore", "--latest", "--yes", "--dry-run", "--json").json["kept"] is None
    assert dump(home / "crm.db") == before
    assert len(crm("backup", "--list", "--json").json) == 1


def test_restore_needs_to_know_what(crm, home) -> None:
    crm("contact", "add", "Ada")
    assert crm("restore", "--yes").code == 2
    assert crm("restore", "x.db", "--latest", "--yes").code == 2
    assert crm("restore", str(home / "nothing.db"), "--yes").code == 3
    assert crm("restore", "--latest", "--yes").code == 3


def test_backup_of_nothing_says_so_and_creates_nothing(crm, home) -> None:
    assert crm("backup", "--json").code == 3
    assert crm("backup", "--list", "--json").json == []
    assert not home.exists()


def test_backups_rotate_as_the_configuration_says(crm, home, monkeypatch) -> None:
    crm("contact", "add", "Ada")
    crm("config", "set", "backup.keep", "2")
    for minute in range(5):
        monkeypatch.setenv("CRM_NOW", f"2025-11-19T10:0{minute}:00+01:00")
        assert crm("backup").code == 0
    listed = crm("backup", "--list", "--json").json
    assert [item["at"] for item in listed] == ["2025-11-19T09:04:00+00:00", "2025-11-19T09:03:00+00:00"]


def test_a_backup_to_a_file_replaces_it_only_when_told(crm, home, tmp_path) -> None:
    crm("contact", "add", "Ada")
    target = tmp_path / "copy.db"
    assert crm("backup", "-o", str(target)).code == 0
    assert crm("backup", "-o", str(target)).code == 5
    assert crm("backup", "-o", str(target), "--yes").code == 0
    assert crm("backup", "-o", str(tmp_path)).code == 0
    assert sorted(item.name for item in tmp_path.glob("*.db")) == ["copy.db", "crm-20251119T090000Z.db"]
    assert crm("backup", "-o", str(tmp_path / "dry.db"), "--dry-run").code == 0
    assert not (tmp_path / "dry.db").exists()


def test_check_names_the_damage_and_ends_with_7(crm, home) -> None:
    import sqlite3

    crm("contact", "add", "Ada")
    with sqlite3.connect(home / "crm.db") as shell:
        shell.execute("DROP TRIGGER journal_contact_update")
    shell.close()
    result = crm("check", "--json")
    assert (result.code, result.out) == (7, "")
    assert "journal_contact_update" in result.error["candidates"][0]["name"]
    assert "journal_contact_update" in crm("check").err
    assert "damage" not in {found["severity"] for found in crm("check", "--repair", "--json").json}
    assert crm("check").code == 0
    assert crm("check", "--lang", "de").err == "Der Datenbestand ist unversehrt.\n"


def test_a_dry_run_of_repair_repairs_nothing(crm, home) -> None:
    crm("contact", "add", "Ada")
    os.chmod(home / "crm.db", 0o644)
    crm("check", "--repair", "--dry-run")
    assert os.stat(home / "crm.db").st_mode & 0o777 == 0o644
    crm("check", "--repair")
    assert os.stat(home / "crm.db").st_mode & 0o777 == 0o600
