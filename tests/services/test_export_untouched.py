"""An export passes through what nobody touched; whoever touched it, and how, must show."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crm_cli.services import exporting
from crm_cli.store.store import Store
from tests.contracts.samples import FILLING, WRITING

NOW = datetime(2025, 12, 1, 12, 0, tzinfo=UTC)
START = datetime(2025, 11, 20, 9, 0, tzinfo=UTC)
# What may change people and firms, in an order that leaves something to change.
_WORDS = ("field", "cadence", "tag", "contact", "company", "dupes", "log", "task", "deal", "undo", "redo", "clean")
_MORE = (
    ("tag", "add", "ada", "vip"),
    ("contact", "edit", "hans", "--email", "neu@ehrler.example"),
    ("contact", "edit", "petra", "--clear", "birthday"),
    ("company", "edit", "ehrler", "--name", "Ehrler Neu GmbH"),
    ("undo",),
    ("clean", "--apply", "--yes"),
)


def exports(home: Path) -> tuple[bytes, bytes]:
    """Return the address book as it is exported, and as it would be if every record were compared with its card."""

    def text(selection: exporting.Selection, cards) -> bytes:
        return b"".join(exporting.encoded(cards(now=NOW, region="DE"), format="vcard"))

    with Store.open(str(home / "crm.db")) as store:
        kinds = [
            exporting.Selection(store, kind=kind, query="", now=NOW, whole_book=True) for kind in exporting.PARTIES
        ]
        fast = b"".join(text(selection, selection.cards) for selection in kinds)
        slow = b"".join(text(selection, selection.drafts) for selection in kinds)
    return fast, slow


@pytest.fixture
def came(crm, home: Path, tmp_path: Path, monkeypatch) -> Path:
    """Import the book of the contracts as cards, so that its people and firms came from outside."""
    for words in FILLING:
        crm(*words)
    cards = tmp_path / "cards.vcf"
    cards.write_bytes(exports(home)[0])
    home = tmp_path / "again"
    monkeypatch.setenv("CRM_HOME", str(home))
    monkeypatch.setenv("CRM_NOW", START.isoformat())
    assert crm("import", str(cards)).code == 0
    return home


def test_untouched_cards_are_passed_through(came: Path) -> None:
    with Store.open(str(came / "crm.db")) as store:
        selection = exporting.Selection(store, kind="contact", query="", now=NOW, whole_book=True)
        assert all(isinstance(card, str) for card in selection.cards(now=NOW, region="DE"))
    fast, slow = exports(came)
    assert fast == slow
    assert fast.count(b"BEGIN:VCARD") > 6


def test_every_command_that_touches_a_record_shows(crm, came: Path, tmp_path: Path, monkeypatch) -> None:
    lines = [
        (*name.split(), *words) for name, samples in WRITING.items() for words in samples if name.split()[0] in _WORDS
    ]
    done = 0
    for number, words in enumerate((*_MORE, *lines)):
        monkeypatch.setenv("CRM_NOW", (START + timedelta(minutes=number + 1)).isoformat())
        line = [word.format(file=tmp_path / "f", cards=tmp_path / "c") for word in words]
        done += crm(*line, "--no-input").code == 0
        fast, slow = exports(came)
        assert fast == slow, line
    assert done > 15


def test_a_touch_within_the_same_second_shows(crm, came: Path) -> None:
    assert crm("contact", "edit", "bob", "--email", "second@acme.example").code == 0
    assert crm("company", "edit", "acme", "--name", "Acme Renamed Inc.").code == 0
    fast, slow = exports(came)
    assert fast == slow
    assert b"second@acme.example" in fast
    assert b"Acme Renamed Inc." in fast


def test_a_touch_with_the_sqlite_shell_shows(came: Path) -> None:
    with Store.open(str(came / "crm.db")) as store:
        store.connection.execute("UPDATE email SET value = 'shell@example.org' WHERE id = 1")
    fast, slow = exports(came)
    assert fast == slow
    assert b"shell@example.org" in fast


def test_a_record_that_was_there_before_its_card_shows(crm, came: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("CRM_NOW", "2025-11-21T09:00:00+01:00")
    crm("contact", "add", "Zoe Zander", "--email", "zoe@example.org", "--title", "Chef")
    path = tmp_path / "zoe.vcf"
    path.write_text("BEGIN:VCARD\nVERSION:3.0\nUID:z\nFN:Zoe Zander\nEMAIL:zoe@example.org\nTITLE:x\nEND:VCARD\n")
    monkeypatch.setenv("CRM_NOW", "2025-11-22T09:00:00+01:00")
    assert crm("import", str(path), "--json").json["same"] == 1
    fast, slow = exports(came)
    assert fast == slow
    assert b"TITLE:Chef" in fast


def test_an_export_asks_the_store_as_often_for_many_cards_as_for_few(tmp_path: Path, crm, monkeypatch) -> None:
    monkeypatch.setenv("CRM_NOW", START.isoformat())
    asked = []
    for count in (3, 60):
        cards = tmp_path / f"{count}.vcf"
        cards.write_text(
            "".join(
                f"BEGIN:VCARD\nVERSION:3.0\nUID:u{number}\nFN:Person {number}\nN:P{number};;;;\nEND:VCARD\n"
                for number in range(count)
            )
        )
        monkeypatch.setenv("CRM_HOME", str(tmp_path / str(count)))
        assert crm("import", str(cards)).code == 0
        statements: list[str] = []
        with Store.open(str(tmp_path / str(count) / "crm.db")) as store:
            selection = exporting.Selection(store, kind="contact", query="", now=NOW, whole_book=True)
            store.connection.set_trace_callback(statements.append)
            made = b"".join(exporting.encoded(selection.cards(now=NOW, region="DE"), format="vcard"))
            store.connection.set_trace_callback(None)
        assert made.count(b"BEGIN:VCARD") == count
        asked.append(len(statements))
    assert asked[0] == asked[1]
