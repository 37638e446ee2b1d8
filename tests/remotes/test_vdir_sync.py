"""Synchronising with a folder: what a folder has that no server has. The rest is tried beside the servers."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest

from tests.remotes.ends import KINDS
from tests.remotes.folders import FolderDevice, Folders
from tests.remotes.machine import FolderMachine, walk
from tests.remotes.servers import card, event
from tests.remotes.test_sync_servers import in_step, names, person, sync


@pytest.fixture
def people(tmp_path: Path) -> FolderDevice:
    return Folders(tmp_path).book("people")


@pytest.fixture
def work(tmp_path: Path) -> FolderDevice:
    return Folders(tmp_path).calendar("work")


def test_a_folder_needs_no_extra_and_no_network(crm, people: FolderDevice, synced, home: Path) -> None:
    people.put("a.vcf", card("u-1", "Ada Lovelace"))
    synced(people)
    code = "import sys; from crm_cli.app import main; print(main(['sync', '--quiet']), 'httpx' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split()[-2:] == ["0", "False"]
    assert names(crm) == ["Ada Lovelace"]


def test_a_folder_is_called_by_its_displayname(crm, people: FolderDevice) -> None:
    people.put("a.vcf", card("u-1", "Ada Lovelace"))
    (people.folder / "displayname").write_text("Family")
    assert crm("sync", "add", people.path, "--json").json["name"] == "Family"
    assert crm("sync", "add", people.path, "--name", "again").code == 5


def test_a_trial_makes_no_folder(crm, tmp_path: Path) -> None:
    crm("contact", "add", "Ada Lovelace", "--quiet")
    assert crm("sync", "add", str(tmp_path / "new"), "--kind", "contact", "--dry-run").code == 0
    assert crm("sync", "add", str(tmp_path / "new"), "--kind", "contact").code == 0
    assert crm("sync", "--dry-run", "--json").json[0]["pushed_new"] == 1
    assert not (tmp_path / "new").exists()
    assert sync(crm) == {"pushed_new": 1}
    assert sorted(file.suffix for file in (tmp_path / "new").iterdir()) == ["", ".vcf"]
    assert in_step(crm)


@pytest.mark.parametrize("edit", ["", "X-NEW:1"], ids=["renamed", "renamed-and-edited"])
def test_a_file_under_another_name_is_the_same_contact(crm, people: FolderDevice, synced, edit: str) -> None:
    people.put("a.vcf", card("u-1", "Ada Lovelace", "TITLE:Buyer"))
    people.put("b.vcf", card("u-2", "Bob"))
    synced(people)
    sync(crm)
    crm("log", "Anruf Ada Lovelace: hat bestellt", "--quiet")
    crm("contact", "edit", "Ada Lovelace", "--nickname", "Countess")
    known = person(crm, "Ada Lovelace")["id"]
    people.delete("a.vcf")
    people.put("Ada Lovelace.vcf", card("u-1", "Ada Lovelace", "TITLE:Head of buying", *([edit] if edit else [])))
    assert sync(crm) == {"pulled_changed": 1, "pushed_changed": 1}
    assert person(crm, "Ada Lovelace")["id"] == known
    assert person(crm, "Ada Lovelace")["title"] == "Head of buying"
    text = people.get("Ada Lovelace.vcf")
    assert "NICKNAME:Countess" in text
    assert edit in text
    assert in_step(crm)
    assert len(people.names()) == len(names(crm)) == 2


def test_a_renamed_file_both_sides_changed_is_one_conflict(crm, people: FolderDevice, synced) -> None:
    people.put("a.vcf", card("u-1", "Ada Lovelace", "TITLE:Buyer"))
    synced(people)
    sync(crm)
    crm("contact", "edit", "Ada Lovelace", "--title", "Mine")
    people.delete("a.vcf")
    people.put("z.vcf", card("u-1", "Ada Lovelace", "TITLE:Theirs"))
    assert sync(crm) == {"conflicts": 1}
    (conflict,) = crm("sync", "conflicts", "--json").json
    crm("sync", "conflicts", str(conflict["id"]), "--keep", "mine")
    sync(crm)
    assert "TITLE:Mine" in people.get("z.vcf")
    assert people.names() == ["z.vcf"]
    assert in_step(crm)


def test_a_file_renamed_while_its_conflict_waits_is_still_the_same(crm, people: FolderDevice, synced) -> None:
    people.put("a.vcf", card("u-1", "Ada Lovelace", "TITLE:Buyer"))
    synced(people)
    sync(crm)
    crm("contact", "edit", "Ada Lovelace", "--title", "Mine")
    people.edit("a.vcf", "TITLE:Buyer", "TITLE:Theirs")
    assert sync(crm) == {"conflicts": 1}
    os.rename(people.folder / "a.vcf", people.folder / "z.vcf")
    assert sync(crm) == {"conflicts": 1}
    (conflict,) = crm("sync", "conflicts", "--json").json
    crm("sync", "conflicts", str(conflict["id"]), "--keep", "theirs")
    assert sync(crm) == {"pulled_changed": 1}
    assert names(crm) == ["Ada Lovelace"]
    assert person(crm, "Ada Lovelace")["title"] == "Theirs"
    assert in_step(crm)


def test_a_contact_deleted_here_is_deleted_there_under_its_new_name(crm, people: FolderDevice, synced) -> None:
    people.put("a.vcf", card("u-1", "Ada Lovelace"))
    people.put("b.vcf", card("u-2", "Bob"))
    synced(people)
    sync(crm)
    crm("contact", "delete", "Ada Lovelace", "--yes", "--quiet")
    os.rename(people.folder / "a.vcf", people.folder / "z.vcf")
    assert crm("sync", "--dry-run", "--json").json[0]["pushed_deleted"] == 1
    assert people.names() == ["b.vcf", "z.vcf"]
    assert sync(crm) == {"pushed_deleted": 1}
    assert people.names() == ["b.vcf"]
    assert names(crm) == ["Bob"]
    assert in_step(crm)


def test_a_folder_made_anew_by_another_program_costs_no_record(crm, people: FolderDevice, synced) -> None:
    for number in range(30):
        people.put(f"{number}.vcf", card(f"u-{number}", f"Person {number}"))
    synced(people)
    sync(crm)
    before = {one["name"]: one["id"] for one in crm("contact", "list", "--json").json}
    for number in range(30):
        people.delete(f"{number}.vcf")
        people.put(f"u-{number}.vcf", card(f"u-{number}", f"Person {number}"))
    assert in_step(crm)
    assert {one["name"]: one["id"] for one in crm("contact", "list", "--json").json} == before
    assert in_step(crm)


def test_a_folder_that_is_not_there_costs_nothing(crm, people: FolderDevice, synced) -> None:
    people.put("a.vcf", card("u-1", "Ada Lovelace"))
    synced(people)
    sync(crm)
    assert in_step(crm)
    people.folder.rename(people.folder.parent / "unmounted")
    failed = crm("sync", "--json")
    assert (failed.code, failed.error["code"]) == (8, "remote")
    assert names(crm) == ["Ada Lovelace"]
    people.folder.mkdir()
    for name in ("Bob", "Cid"):
        crm("contact", "add", name, "--quiet")
    shutil.copytree(people.folder.parent / "unmounted", people.folder, dirs_exist_ok=True)
    assert sync(crm) == {"pushed_new": 2}


def test_why_a_sync_failed_is_said_in_the_language_of_who_reads_it(
    crm, people: FolderDevice, synced, home: Path
) -> None:
    people.put("a.vcf", card("u-1", "Ada Lovelace"))
    synced(people)
    sync(crm)
    people.folder.rename(people.folder.parent / "unmounted")
    failure = {language: crm("sync", "--json", "--lang", language).error["message"] for language in ("de", "en")}
    said = {language: crm("sync", "status", "--json", "--lang", language).json[0]["error"] for language in ("de", "en")}
    assert said == failure
    assert str(people.folder) in said["de"] != said["en"]
    # What an earlier version noted is shown as it is.
    with closing(sqlite3.connect(home / "crm.db")) as connection, connection:
        connection.execute("UPDATE sync_state SET error = 'The server sleeps.'")
    assert crm("sync", "status", "--json", "--lang", "de").json[0]["error"] == "The server sleeps."


def test_a_copy_with_other_times_and_inodes_changes_nothing(crm, people: FolderDevice, synced) -> None:
    for number in range(3):
        people.put(f"{number}.vcf", card(f"u-{number}", f"Person {number}"))
    synced(people)
    sync(crm)
    shutil.copytree(people.folder, people.folder.parent / "copy")
    shutil.rmtree(people.folder)
    (people.folder.parent / "copy").rename(people.folder)
    assert in_step(crm)


def test_a_file_that_is_no_card_is_refused_and_left_alone(crm, people: FolderDevice, synced) -> None:
    people.put("a.vcf", card("u-1", "Ada Lovelace"))
    people.put("two.vcf", card("u-2", "Bob") + "\n" + card("u-3", "Cid"))
    (people.folder / "empty.vcf").touch()
    synced(people)
    result = crm("sync", "--json")
    assert result.code == 6
    assert {item["item"] for item in result.json[0]["refused"]} == {"two.vcf", "empty.vcf"}
    assert names(crm) == ["Ada Lovelace"]
    assert people.get("two.vcf").count("BEGIN:VCARD") == 2


def test_a_folder_that_cannot_be_read_says_which(crm, people: FolderDevice, synced) -> None:
    people.put("a.vcf", card("u-1", "Ada Lovelace"))
    synced(people)
    file = people.folder / "a.vcf"
    file.chmod(0)
    if os.access(file, os.R_OK):
        file.unlink()
        file.symlink_to(file)  # root may read everything, but nobody follows a loop
    failed = crm("sync", "--json")
    assert failed.code == 8
    assert "a.vcf" in failed.error["message"]


def test_events_and_follow_ups_share_a_folder(crm, work: FolderDevice, synced) -> None:
    crm("task", "add", "Angebot schicken", "--due", "21.11.2025", "--quiet")
    crm("event", "add", "3.12. 9 Uhr 1h: Vorführung", "--quiet")
    work.put("t.ics", event("t-1", "Anrufen", "DUE:20251204T090000Z").replace("VEVENT", "VTODO"))
    synced(work, "--tasks")
    assert sync(crm) == {"pulled_new": 1, "pushed_new": 2}
    texts = "".join(work.cards().values())
    assert (texts.count("BEGIN:VTODO"), texts.count("BEGIN:VEVENT")) == (2, 1)
    work.edit("t.ics", "SUMMARY:Anrufen", "SUMMARY:Anrufen\nSTATUS:COMPLETED")
    assert sync(crm) == {"pulled_changed": 1}
    assert [task["text"] for task in crm("task", "list", "--json").json] == ["Angebot schicken"]
    assert in_step(crm)


def test_a_sync_that_was_killed_is_finished_by_the_next_one(crm, people: FolderDevice, synced, home: Path) -> None:
    count = 150
    table = "name\n" + "".join(f"Person Number{number}\n" for number in range(count))
    assert crm("import", "-", "--from", "csv", "--quiet", stdin=table.encode()).code == 0
    synced(people)
    for written in (20, 80):
        process = subprocess.Popen([sys.executable, "-m", "crm_cli", "sync", "--quiet"], stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 30
        while len(people.names()) < written and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.001)
        process.kill()
        process.wait()
    assert crm("sync", "--json").code == 0
    assert in_step(crm)
    assert len(set(names(crm))) == len(names(crm)) == len(people.names()) == count


def test_what_a_killed_sync_was_writing_goes_with_the_next_one(crm, people: FolderDevice, synced) -> None:
    people.put("a.vcf", card("u-1", "Ada Lovelace"))
    old = time.time() - 4000
    left = [".crm-abc12_xy.tmp", ".crm-young.tmp", ".crm-notes", "crm-abc.tmp", ".other-abc.tmp", ".crm-a.b.tmp"]
    for name in left:
        (people.folder / name).write_text("half")
        if name != ".crm-young.tmp":
            os.utime(people.folder / name, (old, old))
    synced(people)
    assert crm("sync", "--dry-run").code == 0
    assert {file.name for file in people.folder.iterdir()} == {"a.vcf", *left}
    sync(crm)
    assert {file.name for file in people.folder.iterdir()} == {"a.vcf", *left[1:]}
    assert names(crm) == ["Ada Lovelace"]


def test_a_merged_contact_goes_out_with_what_each_of_its_cards_held(crm, people: FolderDevice, synced) -> None:
    cards = "\n".join(card(f"u-{name}", name, f"X-OF:{name}", "X-BOTH:1") for name in ("Ada Lovelace", "Bob"))
    assert crm("import", "-", "--quiet", stdin=cards.encode()).code == 0
    assert crm("contact", "merge", "Ada Lovelace", "Bob").code == 0
    synced(people)
    assert sync(crm) == {"pushed_new": 1}
    (text,) = people.cards().values()
    lines = text.split("\n")
    assert [lines.count(line) for line in ("FN:Ada Lovelace", "X-OF:Ada Lovelace", "X-OF:Bob", "X-BOTH:1")] == [1] * 4
    assert in_step(crm)
    people.edit(people.names()[0], "X-OF:Bob\n", "")
    assert in_step(crm)
    crm("contact", "edit", "Ada Lovelace", "--title", "CTO", "--quiet")
    assert sync(crm) == {"pushed_changed": 1}
    assert "X-OF:Bob" not in people.get(people.names()[0])


def test_two_contacts_of_one_uid_are_two_files(crm, people: FolderDevice, synced) -> None:
    cards = "\n".join(card("u-1", name, f"TITLE:{name}") for name in ("Ada Lovelace", "Bob"))
    assert crm("import", "-", "--quiet", stdin=cards.encode()).code == 0
    assert len(names(crm)) == 2
    synced(people)
    sync(crm)
    texts = people.cards().values()
    assert sorted(line for text in texts for line in text.split("\n") if line.startswith("FN")) == [
        "FN:Ada Lovelace",
        "FN:Bob",
    ]
    assert len({line for text in texts for line in text.split("\n") if line.startswith("UID")}) == 2
    assert in_step(crm)
    crm("contact", "delete", "Bob", "--yes", "--quiet")
    assert sync(crm) == {"pushed_deleted": 1}
    assert names(crm) == ["Ada Lovelace"]
    assert in_step(crm)


class Calm:
    """What can fail about a folder: nothing that the machine knows of."""

    conditional = False

    def heal(self) -> None:
        """Nothing was broken."""


@pytest.mark.parametrize(("kind", "examples"), [("contacts", 4), ("events", 5), ("tasks", 5)])
def test_both_ends_are_equal_and_nothing_is_lost_in_a_folder_whose_files_are_renamed(
    crm, synced, monkeypatch, tmp_path, kind: str, examples: int
) -> None:
    folders = Folders(tmp_path)

    def start():
        name = uuid4().hex
        monkeypatch.setenv("CRM_HOME", str(tmp_path / f"home-{name}"))
        device = folders.book(name) if kind == "contacts" else folders.calendar(name)
        synced(device, *(["--tasks"] if kind == "tasks" else []))
        return KINDS[kind](crm, device), Calm()

    assert walk(start, examples=examples, steps=40, number=3, machine=FolderMachine) > 30


def test_two_computers_share_a_folder(crm, people: FolderDevice, synced, monkeypatch, tmp_path: Path) -> None:
    def at(computer: str) -> None:
        monkeypatch.setenv("CRM_HOME", str(tmp_path / computer))

    for computer in ("desk", "laptop"):
        at(computer)
        crm("contact", "add", f"Person of {computer}", "--quiet")
        synced(people)
    for computer in ("desk", "laptop", "desk"):
        at(computer)
        sync(crm)
    crm("contact", "edit", "Person of laptop", "--title", "Buyer", "--quiet")
    at("laptop")
    crm("contact", "edit", "Person of laptop", "--nickname", "Lap", "--quiet")
    crm("contact", "delete", "Person of desk", "--yes", "--quiet")
    for computer in ("desk", "laptop", "desk", "laptop"):
        at(computer)
        sync(crm)
    for computer in ("desk", "laptop"):
        at(computer)
        assert in_step(crm)
        (only,) = crm("contact", "list", "--json").json
        assert (only["name"], only["title"], only["nickname"]) == ("Person of laptop", "Buyer", "Lap")
    assert len(people.names()) == 1
