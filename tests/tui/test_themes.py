"""Colours: what is painted can be read in every theme, without colour, and in ASCII."""

from __future__ import annotations

import pytest
from rich.color import ColorType
from rich.segment import Segment
from textual.color import Color

from crm_cli.tui import ascii_signs, themes
from crm_cli.tui.app import CrmApp
from tests.tui.conftest import calm, played, screen_text


def luminance(color) -> float:
    """Return the relative luminance of WCAG 2.2."""
    parts = [value / 255 for value in color.triplet]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(style) -> float:
    """Return the contrast of a painted style, from 1 to 21."""
    one, other = sorted((luminance(style.color), luminance(style.bgcolor)), reverse=True)
    return (one + 0.05) / (other + 0.05)


def painted(app) -> list[Segment]:
    """Return every painted segment that holds letters or digits; of a dialog not what it lies over."""
    strips = app.screen._compositor.render_strips()
    if app.screen.is_modal:
        box = app.screen.children[0].region
        strips = [strip.crop(box.x, box.right) for strip in strips[box.y : box.bottom]]
    return [segment for strip in strips for segment in strip if any(sign.isalnum() for sign in segment.text)]


async def looked_at(pilot, look) -> None:
    """Show screens and dialogs with every kind of text and call `await look(name)` on each."""
    app = pilot.app
    for place in ("today", "pipeline", "week", "contacts"):
        app.act(f"go.{place}")
        await calm(pilot)
        await look(place)
    for name, keys in (
        ("merge", ["space", "space", "D"]),
        ("help", ["escape", "question_mark"]),
        ("palette", ["escape", "colon", "m"]),
        ("form", ["escape", "e"]),
        ("refused query", ["escape", "slash", *"colour:red"]),
        ("account", ["escape", "escape", "enter"]),
        ("quick log", ["i", *"tel nobody fr: x", "left"]),
    ):
        await pilot.press(*["space" if key == " " else "colon" if key == ":" else key for key in keys])
        await calm(pilot)
        await look(name)
    await pilot.press("escape")
    app.tell("said")
    app.notify("wrong", severity="error")
    app.notify("doubtful", severity="warning")
    await calm(pilot)
    await look("toasts")


@pytest.mark.long
def test_every_text_has_contrast_in_every_theme_and_no_line_is_drawn_where_ascii_is_asked_for(
    shown, monkeypatch
) -> None:
    monkeypatch.setenv("CRM_ASCII", "1")
    app = CrmApp(shown)
    weak: dict[str, str] = {}
    drawn: dict[str, str] = {}

    async def play() -> None:
        async with app.run_test(size=(100, 30), notifications=True) as pilot:

            async def look(where: str) -> None:
                lines = screen_text(app).splitlines()
                assert all(len(line) <= 100 for line in lines)
                for line in lines:
                    signs = (sign for sign in line if not sign.isascii() and not sign.isalpha())
                    drawn.update(dict.fromkeys(signs, f"{where}: {line}"))
                for name in ("textual-dark", "textual-light", "crm-contrast"):
                    app.theme = name
                    await pilot.pause()
                    wanted = 7.0 if name == "crm-contrast" else 4.5
                    for segment in painted(app):
                        ratio = contrast(segment.style)
                        if ratio < wanted or segment.style.dim:
                            seen = f"{ratio:.1f} {segment.style.color.name} on {segment.style.bgcolor.name}"
                            weak.setdefault(seen, f"{name}, {where}: {segment.text.strip()[:40]}")

            await looked_at(pilot, look)

    played(play)
    assert weak == {}
    assert drawn == {}


def test_the_ansi_themes_use_the_colours_of_the_terminal_only(shown) -> None:
    app = CrmApp(shown)
    strange: set[str] = set()

    async def play() -> None:
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            for name in ("ansi-dark", "ansi-light"):
                app.theme = name
                for place in ("today", "contacts", "pipeline"):
                    app.act(f"go.{place}")
                    await calm(pilot)
                    for segment in painted(app):
                        style = segment.style
                        colours = [colour for colour in (style.color, style.bgcolor) if colour is not None]
                        strange.update(str(colour) for colour in colours if colour.type > ColorType.STANDARD)

    played(play)
    assert strange == set()


def test_every_theme_is_reached_by_its_action_and_the_circle_closes() -> None:
    name = themes.NAMES[0]
    seen = []
    for _ in themes.NAMES:
        seen.append(name)
        name = themes.after(name)
    assert seen == list(themes.NAMES)
    assert name == themes.NAMES[0]
    assert themes.after("another") == themes.NAMES[0]


def test_without_colour_the_state_of_a_line_is_still_a_sign(shown, monkeypatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = CrmApp(shown)

    async def play() -> None:
        async with app.run_test(size=(100, 30)) as pilot:
            await calm(pilot)
            first = screen_text(app).splitlines()[2]
            assert first.startswith("> !")
            colours = {segment.style.color.triplet for segment in painted(app) if segment.style.color is not None}
            assert all(len(set(triplet)) == 1 for triplet in colours)
            await pilot.press("2")
            await calm(pilot)
            await pilot.press("space")
            await calm(pilot)
            assert any(line.startswith(" *") for line in screen_text(app).splitlines())

    played(play)


@pytest.mark.parametrize(
    ("borders", "environ", "wanted"),
    [
        ("auto", {"LANG": "de_DE.UTF-8"}, None),
        ("auto", {}, None),
        ("auto", {"LANG": "C"}, None),
        ("auto", {"LANG": "de_DE.UTF-8", "TERM": "linux"}, False),
        ("auto", {"LANG": "de_DE.UTF-8", "CRM_ASCII": "1"}, False),
        ("auto", {"LANG": "de_DE.UTF-8", "CRM_ASCII": "0"}, None),
        ("lines", {"LANG": "de_DE.UTF-8", "TERM": "linux"}, None),
        ("ascii", {"LANG": "de_DE.UTF-8"}, False),
        ("auto", {"LANG": "de_DE.ISO-8859-1"}, True),
        ("auto", {"LANG": "de_DE@euro"}, True),
        ("auto", {"LANG": "de_DE.ISO-8859-1", "LC_CTYPE": "C.UTF-8"}, True),
        ("auto", {"LANG": "de_DE.ISO-8859-1", "LC_CTYPE": "de_DE.UTF-8"}, None),
        ("lines", {"LANG": "de_DE.ISO-8859-1"}, True),
        ("auto", {"LANG": "de_DE.ISO-8859-1", "LC_ALL": "de_DE.utf8"}, None),
    ],
)
def test_ascii_is_drawn_where_the_terminal_or_the_locale_asks_for_it(borders, environ, wanted) -> None:
    signs = ascii_signs.wanted(borders, environ)
    assert (None if signs is None else signs.letters) is wanted


@pytest.mark.parametrize(
    ("text", "signs", "plain"),
    [
        ("┌─┐│…→ Müller", "+-+|~> Müller", "+-+|~> Muller"),
        ("漢字", "漢字", "????"),
        ("ﬁé", "ﬁé", "fe"),
        ("ABC", "ABC", "ABC"),
    ],
)
def test_a_sign_in_ascii_is_as_wide_as_what_it_stands_for(text: str, signs: str, plain: str) -> None:
    for letters, wanted in ((False, signs), (True, plain)):
        (segment,) = ascii_signs.AsciiSigns(letters=letters).apply([Segment(text)], Color(0, 0, 0))
        assert segment.text == wanted
        assert segment.cell_length == Segment(text).cell_length


def test_a_terminal_of_another_code_set_gets_ascii_alone(shown, terminal, monkeypatch) -> None:
    shown.close()
    monkeypatch.setenv("LANG", "de_DE.ISO-8859-1")
    screen = terminal(80, 24)
    screen.run("tui")
    painted = screen.wait_for("? Hilfe")
    assert painted.isascii()
    screen.press("2")
    assert "Hans Muller" in screen.wait_for("Hans")
    screen.press("1")
    screen.wait_for("[1 Heute]")
    screen.press("q")
    assert screen.ended() == 0
