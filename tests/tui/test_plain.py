"""A screen as lines: everything it shows, nothing that is drawn, and what can be done as commands."""

from __future__ import annotations

import os
import pty
import re
import shlex
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from crm_cli.commands import commands_of
from tests.services import book
from tests.tui import demo, goldens
from tests.tui.test_text_guard import HOSTILE
from tests.tui.tour import TOUR

ROOT = Path(__file__).parents[2]
SCREENS = ("today", "contacts", "companies", "pipeline", "week", "reports", "duplicates")


@pytest.fixture
def filled(context_of, home):
    with context_of() as ctx:
        demo.fill(ctx)


def drawn(text: str) -> list[str]:
    """Return what of a text is painted rather than written: lines and blocks, cursors, columns."""
    boxes = [sign for sign in text if unicodedata.name(sign, "").startswith(("BOX ", "UPPER ", "LOWER ", "BRAILLE "))]
    return boxes + re.findall(r"(?m)^[>*] | {2,}|\x1b", text)


def test_every_screen_is_given_as_lines_without_anything_drawn(filled, crm) -> None:
    for screen in SCREENS:
        result = crm("tui", screen, "--plain")
        assert result.code == 0, result.err
        assert not drawn(result.out)
        _, found, below = result.out.partition("What can be done here:\n")
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
    assert result.json[:2] == ["Contacts: 0 listed", "Nobody is here."]
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
    people = crm("contact", "list", "--format", "ids").out.split()
    cards = [f"{words} {one}" for one in people for words in ("contact show", "brief")]
    for words in ("due", "task list", "tag list", "history --limit 50", *cards):
        result = crm(*words.split(), "--plain")
        assert result.code == 0, (words, result.err)
        assert all(line.isprintable() for line in result.out.split("\n")), words


@pytest.mark.long
def test_every_screen_and_dialog_that_shows_something_has_a_form_in_lines(home, crm, monkeypatch, tmp_path) -> None:
    for name, value in goldens.ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("CRM_LANG", "de")
    goldens.fill()
    (tmp_path / "FILE").write_text("BEGIN:VCARD\nVERSION:4.0\nFN:Eva Neu\nEND:VCARD\n")
    monkeypatch.chdir(tmp_path)
    stops = [stop for stop in TOUR if stop.plain]
    assert {"today", "account", "duplicates", "help", "palette", "import"} <= {stop.name for stop in stops}
    for stop in stops:
        result = crm(*shlex.split(stop.plain))
        assert result.code == 0, (stop.name, result.err)
        assert len(result.out.splitlines()) > 1
        if "--plain" in stop.plain:
            assert not drawn(result.out), stop.name
        if stop.tab:
            assert result.out.startswith(stop.sign.strip("[]").split(" ", 1)[1])


def test_nothing_but_the_screens_draws() -> None:
    places = [path for path in (ROOT / "crm_cli").rglob("*.py") if "tui" not in path.parts]
    drawing = [
        path.name for path in places if re.search("[\u2500-\u259f\u2800-\u28ff]", path.read_text(encoding="utf-8"))
    ]
    assert len(places) > 200
    assert drawing == []


# A command and how the lines of its screen begin.
BEGINNINGS = {
    "--plain": "Today: Wed 19 Nov · week 47",
    "--lang en --plain tui week": "Week: week 47",
    "today --plain": "Today: Wed 19 Nov · week 47",
    "contact list company:kettenbaum --plain": "Contacts: 1 listed",
    "contact --plain list --limit 2": "Contacts: 8 listed",
    "company list --plain": "Companies: ",
    "show hans müller --plain": "Hans Müller · Ehrler Prüftechnik GmbH",
    "agenda kw49 --plain": "Week: week 49",
    "pipeline --plain": "Pipeline: open ",
    "deal list --plain": "Pipeline: open ",
    "find muller --plain": "Search and commands",
    "pipeline company:kettenbaum --plain": "Reports: company:kettenbaum",
    "report closed --period 2025 --plain": "Reports: Wed 19 Nov",
    "dupes --kind company --plain": "Duplicates",
}


def test_a_command_gives_the_lines_of_its_screen(filled, crm) -> None:
    for words, beginning in BEGINNINGS.items():
        result = crm(*words.split())
        assert result.code == 0, (words, result.err)
        assert any(line.startswith(beginning) for line in result.out.splitlines()[:2]), (words, result.out)
        assert "What can be done here:" in result.out or words.startswith("find")
        if "2025" in words:
            assert "Won and lost · Wed 1 Jan – Wed 31 Dec" in result.out


def test_words_choose_what_of_a_screen(filled, crm) -> None:
    assert "n: Add an appointment in one line: crm event add LINE" in crm("tui", "keys", "week", "--plain").out
    found = crm("tui", "search", "muller", "--plain").out
    ref = next(line for line in found.splitlines() if line.startswith("Hans Müller")).rpartition("; ")[2]
    assert "Hans Müller" in crm("show", ref).out


REFUSED = {
    "--plain nonsense": 2,
    "agenda someday --plain": 2,
    "deal list kettenbaum --plain": 2,
    "report closed --period someday --plain": 2,
    "tui duplicates deals --plain": 2,
    "tui keys nowhere --plain": 2,
    "tui import --plain": 2,
    "tui import nowhere.vcf --plain": 3,
    "tui keys": 2,
    "show nobody-at-all --plain": 3,
}


def test_what_has_no_lines_is_refused_and_writes_nothing(filled, crm) -> None:
    before = crm("history", "--json", "--limit", "1").out
    for words, code in REFUSED.items():
        assert crm(*words.split()).code == code, words
    assert crm("history", "--json", "--limit", "1").out == before


def test_a_file_is_tried_out_in_lines_and_not_brought_in(filled, crm, tmp_path) -> None:
    assert crm("contact", "add", "Eva Alt", "--email", "eva@x.example", "--title", "Leitung", "--quiet").code == 0
    path = tmp_path / "a.vcf"
    path.write_text("BEGIN:VCARD\nVERSION:4.0\nFN:Eva Alt\nEMAIL:eva@x.example\nTITLE:Einkauf\nEND:VCARD\n")
    lines = crm("tui", "import", str(path), "--plain").out.splitlines()
    assert lines[0] == "Import a.vcf"
    assert "Position; Here: Leitung; In the file: Einkauf; Becomes: as here" in lines
    # The address is the same on both sides; that only one of them calls it preferred is no question.
    assert not [line for line in lines if line.startswith("E-mail;")]
    assert f"crm import {path}" in lines[-1]
    assert crm("contact", "show", "Eva Alt", "--json").json["title"] == "Leitung"


def test_without_a_store_there_are_lines_too_and_none_is_made(crm, home, tmp_path) -> None:
    path = tmp_path / "a.vcf"
    path.write_text("BEGIN:VCARD\nVERSION:4.0\nFN:Eva Neu\nEND:VCARD\n")
    assert crm("--plain").out.splitlines()[1] == "Nothing is due."
    assert "Nothing looks like a duplicate." in crm("dupes", "--plain").out
    assert "Nothing is found." in crm("tui", "search", "eva", "--plain").out
    assert crm("tui", "import", str(path), "--plain").out.splitlines()[1].startswith("1 new")
    assert not list(home.rglob("*.db"))


@pytest.mark.parametrize(("words", "wanted"), [("log", {"ACCESSIBLE": "1"}), ("log --plain", {}), ("--plain log", {})])
def test_log_without_text_asks_for_a_line_where_lines_are_wanted(filled, home, words: str, wanted: dict) -> None:
    code = f"import sys; from crm_cli.app import main; sys.exit(main({words.split()}))"
    main, side = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdin=side, stderr=side, stdout=subprocess.PIPE,
        env={**os.environ, **wanted, "CRM_LANG": "en", "TERM": "xterm"},
    )  # fmt: skip
    os.close(side)
    os.write(main, "tel hans müller: kurz gesprochen\n".encode())
    out, _ = process.communicate(timeout=60)
    said = os.read(main, 10_000).decode()
    os.close(main)
    assert process.returncode == 0, said
    assert "What happened?" in said
    assert "\x1b" not in said
    assert "Call · Hans Müller" in out.decode()


# What a screen does not show, and how its lines are.
WITHOUT_A_SCREEN = {
    "due --plain": r"Mon 17 Nov; Task: Angebot nachfassen; Contacts: Hans Müller; Company: Ehrler.*; [a-z2-7]{4,}",
    "task list --plain --limit 1": r"Mon 17 Nov; Task: Angebot nachfassen; Contacts: Hans Müller; .*; [a-z2-7]{4,}",
    "--plain task list --limit 1 --columns text": "Angebot nachfassen",
    "tag list --plain": r"[^;]+; Records: \d.*",
    "history --plain --limit 1": r"\d+; When: .*; Who: .*; Command: .*",
    "contact show freitag --plain": "Id: [a-z2-7]{4,}",
    "brief freitag --plain": "Sabine Freitag · .*",
    "sql --plain SELECT\N{NO-BREAK SPACE}1,2": "1; 2: 2",
}


def test_a_list_or_record_without_a_screen_comes_as_lines_too(filled, crm, monkeypatch) -> None:
    for words, first in WITHOUT_A_SCREEN.items():
        line = [word.replace("\N{NO-BREAK SPACE}", " ") for word in words.split(" ")]
        result = crm(*line)
        assert result.code == 0, (words, result.err)
        assert re.fullmatch(first, result.out.splitlines()[0]), (words, result.out)
        assert not drawn(result.out), words
    monkeypatch.setenv("ACCESSIBLE", "1")
    assert crm("due").out == crm("due", "--plain").out
    assert crm("due", "--json").json[0]["text"] == "Angebot nachfassen"


@pytest.mark.parametrize("where", [("--plain", "log"), ("log", "--plain"), ("log", None, "--plain")])
def test_plain_beside_a_line_is_no_part_of_what_is_logged(filled, crm, where: tuple) -> None:
    text = "tel hans müller: kurz gesprochen wv:fr anrufen"
    words = [text if word is None else word for word in (where if None in where else (*where, None))]
    logged = crm(*words)
    assert logged.code == 0, logged.err
    assert not drawn(logged.out)
    said = r"✔ Call · Hans Müller, Ehrler[^;]*; FU Fri 21 Nov anrufen; .*crm undo\n"
    assert re.fullmatch(said, logged.out), logged.out
    assert crm("sql", "SELECT raw FROM interaction ORDER BY id DESC LIMIT 1", "--json").json == [{"raw": text}]


def test_somebody_without_an_address_is_where_the_firm_is(crm) -> None:
    for line in (
        "company add Berg --address 'Weg 1, 86150 Augsburg'",
        "contact add 'Anna Amt' --company Berg",
        "contact add 'Bert Bau' --company Berg --address 'Gasse 2, 80331 München'",
        "contact add 'Cora Cent'",
    ):
        assert crm(*shlex.split(line)).code == 0
    lines = crm("contact", "list", "--plain").out.splitlines()
    towns = {line.partition(";")[0]: re.findall("City: ([^;]*)", line) for line in lines[1:4]}
    assert towns == {"Anna Amt": ["Augsburg"], "Bert Bau": ["München"], "Cora Cent": []}
    # What a script reads is what the record itself has.
    assert [one["addresses"] for one in crm("contact", "list", "amt", "--json").json] == [[]]
