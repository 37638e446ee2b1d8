"""Text is never markup and never an escape sequence."""

from __future__ import annotations

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.color import Color
from textual.widgets import Button, Input, Label, OptionList, Static

from crm_cli.tui.app import CrmApp
from crm_cli.tui.text_guard import GuardedApp, HarmlessText
from tests.services import book
from tests.tui.conftest import calm, played, screen_text

HOSTILE = (
    "Firma [/",
    "[@click=app.exit]Max[/]",
    "[bold red]Max",
    "Max \x1b]52;c;Y3VybA==\x1b\\ Muster",
    "\x1b]0;title\x07 Müller",
    "\x9b31m red",
    "a\u202egpj.exe",
    "\u2066isolate\u2069",
    "line\nbreak\ttab\r",
    "\x00nul\x7f",
    "{braces} %s $x",
    "e" + "\u0301" * 500,
    "漢字" * 200,
    "x" * 100_000,
)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_painted_segment_holds_no_control_and_keeps_its_width(text: str) -> None:
    style = Style(bold=True)
    (segment,) = HarmlessText().apply([Segment(text, style)], Color(0, 0, 0))
    assert segment.text.isprintable()
    assert segment.cell_length == Segment(text).cell_length
    assert segment.style == style


def test_control_segments_of_the_program_pass() -> None:
    control = Segment("\x1b[2J", None, [(2, 0)])  # type: ignore[list-item]
    assert HarmlessText().apply([control], Color(0, 0, 0)) == [control]


@pytest.mark.parametrize(
    "text", [text for text in HOSTILE if "[/" not in text and "[@" not in text and "[b" not in text]
)
def test_every_kind_of_widget_is_filtered(text: str) -> None:
    class Sample(GuardedApp[None]):
        def compose(self) -> ComposeResult:
            yield Static(text, markup=False)
            yield Label(text, markup=False)
            yield Input(text)
            yield Button(text)
            yield OptionList(text, markup=False)

    app = Sample()

    async def play() -> None:
        async with app.run_test(size=(60, 30)) as pilot:
            await pilot.pause()
            assert all(line.isprintable() for line in screen_text(app).split("\n"))

    played(play)


def test_a_crash_reaches_the_caller_and_prints_nothing(capsys) -> None:
    class Broken(GuardedApp[None]):
        def on_mount(self) -> None:
            secret = "customer data"
            raise ValueError(secret[:0] or "broken")

    app = Broken()
    app.run(headless=True)
    assert isinstance(app._exception, ValueError)
    assert "customer data" not in "".join(capsys.readouterr())


def test_the_palette_of_textual_is_off() -> None:
    assert isinstance(GuardedApp(), App)
    assert not GuardedApp.ENABLE_COMMAND_PALETTE


@pytest.mark.long
def test_hostile_names_do_nothing_on_any_screen(shown) -> None:
    store = shown.store
    with store.transaction(book.NOW):
        firm = book.insert(store, "company", name=f"AA {HOSTILE[3]}", notes="\n".join(HOSTILE))
        for text in HOSTILE:
            book.insert(store, "company", name=f"A {text}")
            person = book.insert(store, "contact", name=f"A {text}", notes=text, title=text)
            book.insert(store, "employment", contact_id=person, company_id=firm, title=text)
            book.insert(store, "deal", title=text, stage="Kontakt", company_id=firm)
            book.insert(store, "task", text=text, due="2025-11-18", company_id=firm)
            book.insert(store, "tag", name=text, company_id=firm)
            book.insert(store, "interaction", kind="note", at="2025-11-18", all_day=1, text=text, company_id=firm)
    app = CrmApp(shown)

    async def play() -> None:
        async with app.run_test(size=(120, 40), notifications=True) as pilot:
            for screen in ("1", "2", "3", "4"):
                await pilot.press(screen)
                await calm(pilot)
                assert harmless(app)
                await pilot.click("#body", offset=(4, 3))
                await pilot.press("y", "end", "home", "enter")
                await calm(pilot)
                assert harmless(app)
                for pane in ("#open", "#timeline"):
                    if app.screen.query(pane):
                        app.screen.query_one(pane).focus()
                        await pilot.press("end")
                        await calm(pilot)
                        assert harmless(app)
                await pilot.click("#body", offset=(4, 3))
                await pilot.press("escape")
            await pilot.press("colon", "m", "a", "x")
            await calm(pilot)
            assert harmless(app)
            await pilot.press("escape", "i", "at", "m", "a", "x", "tab")
            await calm(pilot)
            assert harmless(app)
            assert app.is_running

    played(play)


def harmless(app: CrmApp) -> bool:
    """Tell whether no painted row holds a control character."""
    return all(line.isprintable() for line in screen_text(app).split("\n"))
