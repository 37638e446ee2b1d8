"""The first painting: once, with everything on it, and nothing done before it that could come after it."""

from __future__ import annotations

import pytest
from textual._compositor import Compositor
from textual.css.stylesheet import Stylesheet

from crm_cli.tui.app import CrmApp
from crm_cli.tui.screens import parties
from crm_cli.tui.screens.parties import PartiesScreen
from crm_cli.tui.widgets.record_list import RecordList
from tests.tui.conftest import calm, played, screen_text


@pytest.fixture
def done(monkeypatch) -> list[str]:
    """What was done, in its order: `painted` with the text of the screen, `searched`, `parsed anew`, `laid out`."""
    found: list[str] = []

    def told(owner: type, name: str, tell) -> None:
        original = getattr(owner, name)

        def call(self, *args, **kwargs):
            result = original(self, *args, **kwargs)
            found.append(tell(self, result))
            return result

        monkeypatch.setattr(owner, name, call)

    told(Compositor, "render_full_update", lambda self, _: f"painted\n{_text(self)}")
    told(Compositor, "reflow", lambda *_: "laid out")
    told(Stylesheet, "reparse", lambda *_: "parsed anew")
    told(PartiesScreen, "_search", lambda *_: "searched")
    return found


def _text(compositor: Compositor) -> str:
    return "\n".join(strip.text.rstrip() for strip in compositor.render_strips())


@pytest.mark.parametrize(
    ("start", "wanted"),
    [("contacts", ("8 listed", "Hans Müller", "Sabine Freitag")), ("today", ("week 47", "Angebot nachfassen"))],
)
def test_a_screen_is_painted_for_the_first_time_with_everything_on_it(shown, done, start: str, wanted) -> None:
    async def play() -> None:
        async with CrmApp(shown, start=start).run_test(size=(120, 40)) as pilot:
            await calm(pilot)

    played(play)
    first = next(step for step in done if step.startswith("painted"))
    for text in wanted:
        assert text in first
    assert "parsed anew" not in done


def test_the_other_rows_are_read_when_the_first_have_been_painted(shown, done, monkeypatch) -> None:
    monkeypatch.setattr(parties, "_FIRST", 3)

    async def play() -> None:
        async with CrmApp(shown, start="contacts").run_test(size=(120, 40)) as pilot:
            await calm(pilot)
            records = pilot.app.screen.query_one(RecordList)
            assert len(records.keys) == records.total == 8

    played(play)
    steps = [step.splitlines()[0] for step in done if step != "laid out"]
    assert steps[0] == "painted"
    assert "8 listed" in next(step for step in done if step.startswith("painted"))
    assert steps.count("searched") == 1


@pytest.mark.parametrize(("width", "height"), [(120, 40), (90, 24), (60, 24), (120, 16)])
def test_styles_fit_the_size_at_once_and_after_another_one(shown, width: int, height: int) -> None:
    def look(app: CrmApp) -> tuple[set[str], str]:
        return {name for name in app.screen.classes if name.startswith("-")}, screen_text(app)

    async def play() -> None:
        app = CrmApp(shown, start="contacts")
        async with app.run_test(size=(width, height)) as pilot:
            await calm(pilot)
            at_once = look(app)
            await pilot.resize_terminal(100 if width != 100 else 70, 30)
            await calm(pilot)
            assert look(app) != at_once
            await pilot.resize_terminal(width, height)
            await calm(pilot)
            assert look(app) == at_once

    played(play)


def test_colours_changed_on_one_screen_are_those_of_the_next(shown) -> None:
    async def play() -> None:
        app = CrmApp(shown, start="today")
        async with app.run_test(size=(120, 40)) as pilot:
            await calm(pilot)
            await pilot.press("2", "1")
            await calm(pilot)
            app.act("view.theme")
            await calm(pilot)
            background = app.screen.styles.background
            for key in ("2", "3"):  # one that was there before, and a new one
                await pilot.press(key)
                await calm(pilot)
                assert app.screen.styles.background == background

    played(play)


def test_a_list_of_another_length_lays_nothing_out_anew(shown, done) -> None:
    async def play() -> None:
        app = CrmApp(shown, start="contacts")
        async with app.run_test(size=(120, 16)) as pilot:
            await calm(pilot)
            records = app.screen.query_one(RecordList)
            rows = list(records.keys)
            done.clear()
            records.show(rows[:2])
            await calm(pilot)
            assert records.virtual_size.height == 3
            assert "laid out" not in done
            # Where the scroll bar comes, the lines become shorter.
            records.show(rows[:1], 1_000)
            await calm(pilot)
            assert "laid out" in done
            assert records.max_scroll_y == 1_001 - records.size.height
            done.clear()
            records.show(rows[:1], 500)
            records.scroll_to(y=400, animate=False, force=True, immediate=True)
            records.show(rows[:1], 100)
            await calm(pilot)
            assert records.scroll_offset.y == 0
            assert records.vertical_scrollbar.window_virtual_size == 101
            assert "laid out" not in done

    played(play)


def test_styles_are_worked_out_once_before_the_first_painting(shown, done, monkeypatch) -> None:
    styled: list[str] = []
    original = Stylesheet.update_nodes

    def update(self, nodes, animate=False) -> None:
        found = list(nodes)
        if not any(step.startswith("painted") for step in done):
            styled.extend(node.id or "" for node in found)
        original(self, found, animate)

    monkeypatch.setattr(Stylesheet, "update_nodes", update)

    async def play() -> None:
        async with CrmApp(shown, start="contacts").run_test(size=(90, 24)) as pilot:
            await calm(pilot)
            assert "-narrow" in pilot.app.screen.classes

    played(play)
    # What is mounted gets its styles then; nothing asks for those of everything once more.
    assert "panes" not in styled
