"""A newcomer with an empty store gets to work by keys alone; every key is read from what the screen says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.tui.terminal import Terminal

CARDS = """BEGIN:VCARD
VERSION:3.0
UID:1
FN:Hans Müller
N:Müller;Hans;;;
ORG:Ehrler Prüftechnik GmbH
END:VCARD
BEGIN:VCARD
VERSION:3.0
UID:2
FN:Sabine Freitag
N:Freitag;Sabine;;;
END:VCARD
"""
# What a newcomer wants, in the words the screen has for it.
WANTED = {
    "en": {
        "people": "shows the people",
        "address book": "brings an address book",
        "go on": "do it",
        "write": "write",
        "log": "Log",
        "enter": "log",
        "follow-up": "Follow-up",
        "today": "Today",
        "done": "Done",
        "deals": "Pipeline",
        "new deal": "adds one",
        "next stage": "Stage on",
    },
    "de": {
        "people": "zeigt die Personen",
        "address book": "holt ein Adressbuch",
        "go on": "ausführen",
        "write": "schreiben",
        "log": "Eintrag",
        "enter": "eintragen",
        "follow-up": "Wiedervorlage",
        "today": "Heute",
        "done": "Erledigt",
        "deals": "Pipeline",
        "new deal": "legt eins an",
        "next stage": "Phase weiter",
    },
}
# What is typed for the follow-up and the visit, and what the screen answers to each.
_SAID = {
    "en": ("today send the quote", "Test bench seen", "Logged", "Follow-up set"),
    "de": ("heute Angebot senden", "Prüfstand gesehen", "Eingetragen", "Wiedervorlage angelegt"),
}


class Newcomer:
    """Somebody who presses only what the screen names."""

    def __init__(self, screen: Terminal, words: dict[str, str]) -> None:
        self._screen = screen
        self._words = words

    def does(self, wish: str) -> None:
        """Find the key that stands before the words for a wish, and press it."""
        words = self._words[wish]
        found = re.search(rf"(\S+) {re.escape(words)}(?!\w)", self._screen.wait_for(words))
        assert found is not None, f"no key for {words!r}:\n{self._screen.screen()}"
        key = found[1].strip("[│")
        if key == "Enter":
            self._screen.press("Enter")
        else:
            self.types(key)

    def types(self, text: str) -> None:
        """Type a text; a command that begins with a colon opens the field for commands first."""
        if text.startswith(":"):
            self._screen.type(":")
            self._screen.wait_for("┌─ S")
            text = text[1:]
        self._screen.type(text)

    def sees(self, text: str) -> None:
        """Wait for a text."""
        self._screen.wait_for(text)


@pytest.mark.long
@pytest.mark.parametrize("language", ["en", "de"])
def test_from_nothing_to_a_moved_deal_by_the_keys_on_the_screen(
    home, crm, terminal, tmp_path: Path, monkeypatch, language: str
) -> None:
    book = tmp_path / "book.vcf"
    book.write_text(CARDS.replace("\n", "\r\n"), encoding="utf-8")
    monkeypatch.setenv("CRM_LANG", language)
    screen = terminal(80, 24)
    screen.run("tui")
    follow_up, said, logged, noted = _SAID[language]
    rep = Newcomer(screen, WANTED[language])
    rep.does("people")
    rep.does("address book")
    rep.sees("crm import FILE")
    rep.does("go on")
    rep.sees("vCard, CSV")
    rep.types(str(book))
    rep.does("go on")
    rep.does("write")
    rep.sees("Sabine Freitag")
    rep.does("log")
    rep.sees("@Hans_Müller")
    rep.types(said)
    rep.does("enter")
    rep.sees(logged)
    rep.does("follow-up")
    rep.sees("+2w")
    rep.types(follow_up)
    rep.does("go on")
    rep.sees(noted)
    rep.does("today")
    rep.sees(follow_up.partition(" ")[2])
    rep.does("done")
    rep.does("deals")
    rep.does("new deal")
    rep.sees("┌─ N")
    rep.types("Prüfstand")
    rep.does("go on")
    rep.sees("Kontakt 1")
    rep.does("next stage")
    rep.sees("Bedarf 1")
    screen.press("C-c", "C-c")
    assert screen.ended() == 0
    monkeypatch.delenv("CRM_LANG")
    assert crm("sql", "SELECT text FROM interaction", "--json").json == [{"text": said}]
    assert crm("sql", "SELECT text, done_at IS NOT NULL AS done FROM task", "--json").json == [
        {"text": follow_up.partition(" ")[2], "done": 1}
    ]
    assert crm("sql", "SELECT title, stage FROM deal", "--json").json == [{"title": "Prüfstand", "stage": "Bedarf"}]
