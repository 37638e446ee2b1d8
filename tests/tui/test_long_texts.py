"""Texts that are longer than English ones: no name of a screen and no hint of a key is cut."""

from __future__ import annotations

import pytest

from crm_cli import i18n
from crm_cli.tui import actions
from crm_cli.tui.app import CrmApp
from crm_cli.tui.widgets.chrome import TABS
from tests.tui.conftest import calm, played, screen_text

_LONGER = 1.4


@pytest.fixture
def longer(monkeypatch):
    """Every text is longer by two fifths."""
    translated = i18n.translated

    def stretched(template: str) -> str:
        text = translated(template)
        return text + "~" * round(len(text) * (_LONGER - 1))

    monkeypatch.setattr(i18n, "translated", stretched)


@pytest.mark.parametrize("size", [(40, 10), (80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_no_name_of_a_screen_and_no_hint_of_a_key_is_cut(shown, longer, size) -> None:
    app = CrmApp(shown)

    async def play() -> None:
        async with app.run_test(size=size, notifications=True) as pilot:
            for tab in TABS:
                app.act(f"go.{tab}")
                await calm(pilot)
                lines = screen_text(app).split("\n")
                action = actions.ACTIONS[f"go.{tab}"]
                assert f"[{action.keys} {i18n.t(action.label)}]" in lines[0]
                hints = [f"{app.key_table.of(one, first=True)} {i18n.t(one.label)}" for one in actions.hints(tab)]
                said = lines[-1].strip()
                for hint in sorted(hints, key=len, reverse=True):
                    said = said.replace(hint, "")
                assert said.strip() == "", lines[-1]
                assert hints[0] in lines[-1]

    played(play)
