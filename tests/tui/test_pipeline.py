"""The board: deals move by one key, and a refused form keeps what was typed."""

from __future__ import annotations

import pytest

from crm_cli import i18n, wording
from crm_cli.domain.deal import read_value
from crm_cli.domain.money import Money
from crm_cli.services import deals, resolve
from crm_cli.store.store import Store
from crm_cli.tui.app import CrmApp
from crm_cli.tui.widgets.line_input import LineInput
from tests.services import book
from tests.tui.conftest import calm, keys_of, played, pressed, rows, screen_text


def test_a_deal_moves_by_one_key_and_back_by_another(shown) -> None:
    app = CrmApp(shown, start="pipeline")

    async def play() -> None:
        async with app.run_test(size=(120, 40), notifications=True) as pilot:
            await calm(pilot)
            board = app.screen.query_one("#board")
            board.choose(rows(shown, "SELECT uid FROM deal WHERE title = 'Prüfstand Getriebe'")[0][0])
            await pilot.press("L")
            await calm(pilot)
            moved = "SELECT stage, probability FROM deal WHERE title = 'Prüfstand Getriebe'"
            assert rows(shown, moved) == [("Verhandlung", 75)]
            assert board.deal.title == "Prüfstand Getriebe"
            assert "Verhandlung 2 · 60.5 k" in screen_text(app)
            await pilot.press("u")
            await calm(pilot)
            assert rows(shown, moved) == [("Angebot", 50)]
            assert board.deal.title == "Prüfstand Getriebe"
            await pilot.press("X", *keys_of("Preis"), "enter")
            await calm(pilot)
            assert rows(shown, "SELECT status, lost_reason FROM deal WHERE lost_reason IS NOT NULL") == [
                ("lost", "Preis")
            ]

    played(play)


def test_a_refused_form_comes_back_with_what_was_typed(shown) -> None:
    app = CrmApp(shown, start="pipeline")

    async def play() -> None:
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await calm(pilot)
            app.screen.query_one("#board").choose(rows(shown, "SELECT uid FROM deal WHERE value_minor = 4800000")[0][0])
            await pilot.press("e")
            await calm(pilot)
            app.screen.query_one("#field-value", LineInput).put("12,5k")
            app.screen.query_one("#field-expected", LineInput).put("irgendwann")
            await pilot.press("enter")
            await calm(pilot)
            assert "irgendwann" in screen_text(app)
            assert rows(shown, "SELECT count(*) FROM deal WHERE value_minor = 4800000") == [(1,)]
            app.screen.query_one("#field-expected", LineInput).put("15.12.")
            await pilot.press("enter")
            await calm(pilot)

    played(play)
    assert rows(shown, "SELECT value_minor, expected_on FROM deal WHERE expected_on IS NOT NULL") == [
        (1_250_000, "2025-12-15")
    ]


def test_a_currency_without_cents_is_summed_and_shown_in_whole_units(shown, monkeypatch) -> None:
    monkeypatch.setattr(shown, "_config", shown.config.changed(currency="JPY"))
    with shown.store.transaction(book.NOW):
        shown.store.connection.execute(
            "UPDATE deal SET value_minor = 1500000, currency = 'JPY' WHERE title = 'Prüfstand Getriebe'"
        )
    app = CrmApp(shown, start="pipeline")

    async def play() -> None:
        async with app.run_test(size=(120, 40), notifications=True) as pilot:
            await calm(pilot)
            app.screen.query_one("#board").choose(rows(shown, "SELECT uid FROM deal WHERE currency = 'JPY'")[0][0])
            assert "Angebot 1 · 1,500 k" in screen_text(app)
            await pilot.press("e")
            await calm(pilot)
            assert app.screen.query_one("#field-value", LineInput).value == "JPY 1,500,000"
            await pilot.press("escape")
            await calm(pilot)

    played(play)
    assert rows(shown, "SELECT value_minor FROM deal WHERE currency = 'JPY'") == [(1_500_000,)]


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize(
    "value", [(1_250_000, "EUR"), (5, "USD"), (100_000_000, "CHF"), (1_500_000, "JPY"), (1, "JPY")]
)
def test_a_value_in_a_form_is_read_back_as_it_was(language: str, value: tuple[int, str]) -> None:
    kept = Money(*value)
    i18n.use(language)
    try:
        shown = wording.money(kept.amount, kept.currency)
    finally:
        i18n.use("en")
    assert read_value(shown, currency="EUR") == kept


def test_a_deal_that_another_process_moved_is_shown_and_not_moved_on(shown, monkeypatch) -> None:
    # The app has not looked around yet when the key comes.
    monkeypatch.setattr(CrmApp, "_look_around", lambda _: None)
    app = CrmApp(shown)

    async def play() -> None:
        async with app.run_test(size=(120, 40), notifications=True) as pilot:
            await pressed(pilot, "4")
            before = app.page.board.deal
            stages = [stage["name"] for stage in shown.config.deal_stages]
            elsewhere = stages[stages.index(before.stage) - 1]
            with Store.open(shown.db_path, actor="other") as other:
                row = resolve.one(other, before.id, kinds=("deal",)).row
                deals.step(other, row=row, now=book.NOW, stages=shown.config.deal_stages, stage=elsewhere)
            painted = await pressed(pilot, "L")
            assert f"was moved to {elsewhere} meanwhile" in painted
            assert app.page.board.deal.stage == elsewhere
            await pressed(pilot, "L")
            assert app.page.board.deal.stage == before.stage

    played(play)
