"""The prompt of `crm log`: what it shows, what it logs, what it keeps."""

from __future__ import annotations

import pytest

from crm_cli import i18n
from crm_cli.readings import Readings
from crm_cli.services import interactions
from crm_cli.store import drafts
from crm_cli.tui.quick_log import QuickLogApp
from crm_cli.tui.widgets.line_input import LineInput
from tests.tui.conftest import played, screen_text

VISIT = "besuch müller ehrler gestern 14:30 45m: Prüfstand gesehen, will Angebot wv:fr Angebot senden +messe"
SIGILS = "besuch @ehrler/müller @anna.schmidt 90min Wartung bedarf:wartung wv:+3at Vertrag km:31 ergebnis:gut"


async def type_in(pilot, text: str) -> None:
    """Type a text key by key."""
    await pilot.press(*("space" if sign == " " else sign for sign in text))
    await settled(pilot)


async def settled(pilot) -> None:
    """Wait until the line has been read."""
    await pilot.pause(0.1)
    await pilot.pause()


def put(app, text: str) -> None:
    app.query_one("#line", LineInput).put(text)


def comparable(record: dict) -> dict:
    """Return a record without what differs between two runs."""
    volatile = {"id", "change_set", "created_at", "updated_at", "owner", "undo"}

    def cleaned(value):
        if isinstance(value, dict):
            return {key: cleaned(item) for key, item in value.items() if key not in volatile}
        return [cleaned(item) for item in value] if isinstance(value, (list, tuple)) else value

    return cleaned(record)


def as_record(logged) -> dict:
    from crm_cli.output_json import plain

    return comparable(plain(logged.entry))


@pytest.mark.parametrize("line", [VISIT, SIGILS, "ne mueller.hans: Mailbox wv:+1at erneut", "note: called back"])
def test_a_typed_line_becomes_the_record_of_the_command(context, crm, line: str) -> None:
    expected = crm("log", *line.split(" "), "--json").json
    app = QuickLogApp(context)

    async def play() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            put(app, line[:-3])
            await type_in(pilot, line[-3:])
            await pilot.press("enter")

    played(play)
    assert app.return_value is not None
    assert as_record(app.return_value) == comparable(expected)
    assert drafts.listed(context.db_path) == []


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["[Hans Müller · Ehrler Prüftechnik GmbH]", "[Tue 18 Nov 14:30]", "[45 min]", "[+messe]", "Fri 21 Nov"]),
        ("de", ["[Hans Müller · Ehrler Prüftechnik GmbH]", "[Di 18.11. 14:30]", "[45 min]", "[+messe]", "Fr 21.11."]),
    ],
)
def test_chips_say_what_was_understood(context, language: str, expected: list[str]) -> None:
    i18n.use(language)
    app = QuickLogApp(context)

    async def play() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            put(app, VISIT)
            await settled(pilot)
            painted = screen_text(app)
            assert [text for text in expected if text not in painted] == []

    played(play)


def test_an_ambiguous_name_is_chosen_by_a_key(context) -> None:
    app = QuickLogApp(context)

    async def play() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            put(app, "@sommer so besprochen")
            await settled(pilot)
            painted = screen_text(app)
            number = next(line.split()[0] for line in painted.splitlines() if "Tom Sommer" in line)
            await pilot.press("enter")
            assert app.is_running
            assert "matches several records" in screen_text(app)
            await pilot.press(number.lower())
            await settled(pilot)
            assert "[Tom Sommer · Sommer GmbH]" in screen_text(app)
            await pilot.press("enter")

    played(play)
    assert [contact.name for contact in app.return_value.entry.contacts] == ["Tom Sommer"]


def test_an_unknown_name_is_added_only_by_its_key(context) -> None:
    app = QuickLogApp(context)

    async def play() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            put(app, "besuch Unbekannt GmbH: Erstkontakt")
            await settled(pilot)
            await pilot.press("enter")
            assert app.is_running
            assert context.store.connection.execute("SELECT count(*) FROM interaction").fetchone() == (0,)
            await pilot.press("alt+n")
            await pilot.press("enter")

    played(play)
    assert app.return_value.entry.company.name == "Unbekannt GmbH"


@pytest.mark.parametrize(
    ("line", "name", "gone", "text"),
    [
        ("@müller.hans besprochen +messe", "tag", "tags", "besprochen +messe"),
        ("besuch @müller.hans Wartung wv:fr Vertrag", "followup", "followups", "Wartung wv:fr Vertrag"),
        ("@müller.hans morgen ruft Anna an @anna.schmidt", "who", "", "morgen ruft Anna an @anna.schmidt"),
        ("besuch hans müller gestern: Abnahme", "when", "", "gestern Abnahme"),
        ("tel hans müller 45m: Abnahme", "duration", "duration_min", "45m Abnahme"),
        ("besuch @müller.hans 90min Wartung", "duration", "duration_min", "Wartung 90min"),
        ("besuch hans müller und anna schmidt: Abnahme", "who", "", "und anna schmidt Abnahme"),
    ],
)
def test_backspace_on_a_chip_makes_it_text(context, line: str, name: str, gone: str, text: str) -> None:
    app = QuickLogApp(context)

    async def play() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            put(app, line)
            await settled(pilot)
            await pilot.press("shift+tab")
            row = app.query_one("#chips")
            row.chosen = max(index for index, chip in enumerate(row.chips) if chip.name == name)
            await pilot.press("backspace")
            await settled(pilot)
            typed = app.query_one("#line", LineInput).value
            read = interactions.read(context.store, typed, Readings(context).now())
            assert read.text == text
            assert not gone or not getattr(read, gone)

    played(play)


def test_left_at_the_edge_and_typing_go_between_line_and_chips(context) -> None:
    app = QuickLogApp(context)

    async def play() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            put(app, "note: x")
            await settled(pilot)
            await pilot.press("home", "left")
            assert app.focused.id == "chips"
            await pilot.press("right")
            assert app.focused.id == "line"
            await pilot.press("shift+tab", "y")
            assert app.focused.id == "line"
            assert app.query_one("#line", LineInput).value == "ynote: x"

    played(play)


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("bes", "besuch"),
        ("besuch hans mü", "besuch Hans Müller"),
        ("besuch kett", "besuch Kettenbaum AG"),
        ("@mär", "@Petra_März"),
        ("@anna.schm", "@Anna_Schmidt"),
        ("note: x phase:ver", "note: x phase:Verhandlung"),
    ],
)
def test_tab_completes_the_word(context, typed: str, completed: str) -> None:
    app = QuickLogApp(context)

    async def play() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            put(app, typed)
            await pilot.press("tab")
            assert app.query_one("#line", LineInput).value == completed

    played(play)


def test_tab_goes_through_several_completions(context) -> None:
    app = QuickLogApp(context)

    async def play() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            put(app, "@schmidt")
            await pilot.press("tab")
            first = app.query_one("#line", LineInput).value
            await settled(pilot)
            await pilot.press("tab")
            second = app.query_one("#line", LineInput).value
            assert {first, second} == {"@Anna_Schmidt", "@Jana_Schmidt"}

    played(play)


def test_escape_keeps_the_line_as_a_draft(context) -> None:
    app = QuickLogApp(context)

    async def play() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await type_in(pilot, "besuch hans müller: halb fer")
            await pilot.press("escape")

    played(play)
    assert app.return_value is None
    assert [draft["text"] for draft in drafts.listed(context.db_path)] == ["besuch hans müller: halb fer"]


def test_older_drafts_stay_while_a_line_is_typed(context) -> None:
    drafts.keep(context.db_path, text="besuch", reason="x", at="")
    resumed = drafts.keep(context.db_path, text="note: resumed", reason="x", at="")
    app = QuickLogApp(context, text="note: resumed", draft=resumed)

    async def play() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            put(app, "besuch")
            await settled(pilot)
            put(app, "besuch hans müller: fertig")
            await settled(pilot)
            await pilot.press("enter")

    played(play)
    assert app.return_value is not None
    assert [draft["text"] for draft in drafts.listed(context.db_path)] == ["besuch"]


def test_a_refused_line_stays_and_says_why(context) -> None:
    app = QuickLogApp(context)

    async def play() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await type_in(pilot, "besuch hans müller gestern Prüfstand gezeigt")
            await pilot.press("enter")
            assert app.is_running
            assert "The colon after the name is missing." in screen_text(app)
            assert app.query_one("#line", LineInput).value == "besuch hans müller gestern Prüfstand gezeigt"

    played(play)
    assert len(drafts.listed(context.db_path)) == 1


def test_a_pasted_text_stays_whole_and_harmless(context) -> None:
    app = QuickLogApp(context)
    pasted = "note: one\ntwo \x1b]52;c;x\x07 three" + " word" * 20_000

    async def play() -> None:
        from textual import events

        async with app.run_test(size=(80, 24)) as pilot:
            app.query_one("#line", LineInput).post_message(events.Paste(pasted))
            await settled(pilot)
            value = app.query_one("#line", LineInput).value
            assert value.startswith("note: one two \ufffd]52;c;x\ufffd three word")
            assert len(value) == len(pasted)

    played(play)


def test_the_prompt_in_a_terminal_logs_what_the_command_logs(context, crm, terminal) -> None:
    context.close()
    screen = terminal(80, 24)
    screen.run("log")
    screen.wait_for("Esc keep as draft")
    screen.type(VISIT)
    screen.wait_for("[+messe]")
    screen.press("Enter")
    assert screen.ended() == 0
    assert "crm undo" in screen.screen()
    assert screen.modes() == "0 1 0"
    (typed,) = crm("sql", "SELECT uid, raw FROM interaction", "--json").json
    shown = crm("show", typed["uid"], "--json").json
    assert crm("undo").code == 0
    assert comparable(crm("log", *VISIT.split(" "), "--json").json) == comparable(shown)


def test_what_is_to_be_said_about_an_entry_of_the_prompt_is_printed_with_it(context, terminal) -> None:
    context.close()
    screen = terminal(80, 24)
    screen.run("log")
    screen.wait_for("Esc keep as draft")
    screen.type("besuch müller ehrler morgen 14:30: Abnahme")
    screen.wait_for("lies in the future")
    screen.press("Enter")
    assert screen.ended() == 0
    assert "The entry lies in the future" in screen.screen()


def test_a_killed_prompt_leaves_its_draft_and_a_signalled_one_the_terminal(context, terminal) -> None:
    import os
    import signal

    path = context.db_path
    context.close()
    screen = terminal(80, 24)
    screen.run("log")
    screen.wait_for("Esc keep as draft")
    screen.type("note: half a li")
    screen.wait_for("half a li")
    screen.wait_for("[note]")
    os.kill(screen.child(), signal.SIGTERM)
    assert screen.ended() == 128 + signal.SIGTERM
    assert screen.modes() == "0 1 0"
    assert [draft["text"] for draft in drafts.listed(path)] == ["note: half a li"]
