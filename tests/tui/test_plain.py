"""A screen as lines: everything it shows, nothing that is drawn, and what can be done as commands."""

from __future__ import annotations

import re
import unicodedata

import pytest

from crm_cli.commands import commands_of
from tests.services import book
from tests.tui import demo
from tests.tui.test_text_guard import HOSTILE

SCREENS = ("today", "contacts", "companies", "pipeline", "week", "reports", "duplicates")


@pytest.fixture
def filled(context_of, home):
    with context_of() as ctx:
        demo.fill(ctx)


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_screen_is_given_as_lines_without_anything_drawn(filled, crm, monkeypatch, language: str) -> None:
    monkeypatch.setenv("CRM_LANG", language)
    for screen in SCREENS:
        result = crm("tui", screen, "--plain")
        assert result.code == 0, result.err
        names = {unicodedata.name(sign, "").partition(" ")[0] for sign in result.out}
        assert not names & {"BOX", "BLOCK", "LEFT", "UPPER", "LOWER", "BRAILLE"} - {"LEFT"}
        assert not re.search(r"(?m)^[>*] | {3}|\x1b", result.out)
        heading = "What can be done here:" if language == "en" else "Was hier getan werden kann:"
        _, found, below = result.out.partition(heading + "\n")
        assert found
        for line in below.splitlines():
            words = line.rpartition(": crm ")[2].split()
            assert words[0] == "--help" or commands_of(words[0]), line


def test_the_day_names_the_state_in_words_and_ends_a_line_with_the_id(filled, crm) -> None:
    lines = crm("tui", "--plain").out.splitlines()
    assert lines[0] == "Today: Wed 19 Nov · week 47"
    assert lines[1].startswith("overdue, Mon 17 Nov; What: Angebot nachfassen; Who: Hans Müller, Ehrler")
    ref = lines[1].rpartition("; ")[2]
    assert crm("task", "done", ref).code == 0
    assert "Angebot nachfassen" not in crm("tui", "--plain").out


def test_a_list_takes_a_query_and_a_limit_and_refuses_what_it_cannot_read(filled, crm) -> None:
    out = crm("tui", "contacts", "company:kettenbaum", "--plain").out
    assert out.splitlines()[:2] == [
        "Contacts: 1 listed",
        next(line for line in out.splitlines() if line.startswith("Sabine Freitag; Company: Kettenbaum AG;")),
    ]
    limited = crm("tui", "contacts", "--plain", "--limit", "3").out.splitlines()
    assert limited[4] == "5 more"
    assert crm("tui", "contacts", "colour:red", "--plain").code == 2
    assert crm("tui", "nowhere", "--plain").code == 2
    assert crm("tui", "account", "nobody-at-all", "--plain").code == 3


def test_the_card_of_a_record_has_its_timeline_and_the_board_its_deals(filled, crm) -> None:
    out = crm("tui", "account", "hans", "müller", "--plain").out
    for text in ("Hans Müller · Ehrler Prüftechnik GmbH", "Angebot nachfassen", "Prüfstand gesehen, will Angebot"):
        assert text in out
    board = crm("tui", "pipeline", "--plain").out
    line = next(line for line in board.splitlines() if "Prüfstand Getriebe" in line)
    assert "€48,000.00" in line
    assert crm("deal", "move", line.rpartition("; ")[2], "Verhandlung").code == 0


def test_a_report_is_given_as_the_table_behind_its_plot(filled, crm) -> None:
    out = crm("tui", "reports", "pipeline", "--plain").out
    table = [line for line in out.splitlines() if line.startswith(("Kontakt;", "Angebot;", "Verhandlung;"))]
    assert len(table) == 3
    assert "Value: €48,000.00" in next(line for line in table if line.startswith("Angebot"))
    assert crm("tui", "reports", "nothing", "--plain").code == 2
    assert crm("tui", "today", "nothing", "--plain").code == 2


def test_accessible_in_the_environment_asks_for_lines(filled, crm, monkeypatch) -> None:
    monkeypatch.setenv("ACCESSIBLE", "1")
    assert crm("tui", "contacts").out.startswith("Contacts: 8 listed")
    monkeypatch.setenv("ACCESSIBLE", "0")
    assert crm("tui", "contacts").code == 2


def test_a_list_of_lines_is_json_too_and_nothing_is_written(crm, home) -> None:
    result = crm("tui", "contacts", "--plain", "--json")
    assert result.json[:2] == ["Contacts: 0 listed", "Nobody is here. n adds somebody; :import brings an address book."]
    assert not home.exists() or not list(home.glob("*.db"))


def test_a_screen_wants_no_query_without_plain(filled, crm) -> None:
    assert "goes with --plain" in crm("tui", "contacts", "tag:x").err


def test_hostile_names_are_lines_like_any_other(context_of, crm, home) -> None:
    with context_of() as ctx, ctx.store.transaction(book.NOW):
        for text in HOSTILE:
            person = book.insert(ctx.store, "contact", name=f"A {text}", notes=text)
            book.insert(ctx.store, "task", text=text, due="2025-11-18", company_id=book.company(ctx.store, text))
            book.insert(ctx.store, "tag", name=text, contact_id=person)
    for screen in ("today", "contacts", "companies"):
        result = crm("tui", screen, "--plain")
        assert result.code == 0
        assert all(line.isprintable() for line in result.out.split("\n"))
    assert "Firma [/" in crm("tui", "contacts", "--plain").out
