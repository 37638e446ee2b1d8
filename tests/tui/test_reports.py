"""Reports: the figures of `crm report` as a plot, as the table behind it, and as a file."""

from __future__ import annotations

import pytest

from crm_cli import i18n
from crm_cli.services import deals, resolve
from crm_cli.tui.app import CrmApp
from crm_cli.tui.report_view import REPORTS
from crm_cli.tui.screens.account import AccountScreen
from tests.contracts.hostile import HOSTILE
from tests.tui.conftest import calm, played, pressed, screen_text


async def exported(pilot, path) -> str:
    """Export the table into a file and return the screen."""
    await pressed(pilot, "x")
    pilot.app.screen.query_one("#line").value = str(path)
    return await pressed(pilot, "enter")


@pytest.fixture
def sold(shown):
    """The demonstration with one deal won."""
    row = resolve.one(shown.store, "Wartung Linie 2", kinds=("deal",)).row
    deals.close(shown.store, row=row, now=shown.now(), won=True)
    return shown


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
def test_each_report_is_drawn_with_its_gist(sold, size) -> None:
    app = CrmApp(sold, start="reports")

    async def play() -> None:
        async with app.run_test(size=size) as pilot:
            await calm(pilot)
            painted = screen_text(app)
            assert "56.6 · 24.9 k EUR wtd." in painted
            assert "1 won, 0 lost" in painted
            for report in REPORTS:
                assert report.title in painted
                painted = screen_text(app)
                assert "█" in painted or "cc" in painted or "!!" in painted, report.name
                assert all(len(line) <= size[0] for line in painted.splitlines())
                await pressed(pilot, "down")

    played(play)


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_the_table_behind_a_plot_has_the_figures_of_the_command(sold, crm, tmp_path, report) -> None:
    app = CrmApp(sold, start="reports")
    path = tmp_path / "table.csv"
    said = crm("report", report.name, "--format", "csv").out

    async def play() -> None:
        async with app.run_test(size=(120, 40)) as pilot:
            await calm(pilot)
            await pressed(pilot, *["down"] * REPORTS.index(report), "v")
            table = app.page.table
            assert len(table.keys) == len(said.splitlines()) - 1
            await exported(pilot, path)
            assert path.read_text() == said

    played(play)


def test_the_table_speaks_german(sold) -> None:
    i18n.use("de")
    app = CrmApp(sold, start="reports")

    async def play() -> None:
        async with app.run_test(size=(120, 40)) as pilot:
            await calm(pilot)
            assert "56,6 · 24,9 k EUR gew." in screen_text(app)
            painted = await pressed(pilot, "down", "down", "v")
            assert "Nov 2025" in painted
            assert "12.500,00 €" in painted
            assert "100,0 %" in painted

    played(play)


def test_a_firm_is_opened_from_its_line(sold) -> None:
    app = CrmApp(sold, start="reports")

    async def play() -> None:
        async with app.run_test(size=(100, 30)) as pilot:
            await calm(pilot)
            await pressed(pilot, "down", "down", "down", "enter", "enter")
            assert isinstance(app.screen, AccountScreen)
            assert "Kettenbaum AG" in screen_text(app)

    played(play)


def test_the_period_is_moved_and_typed(sold) -> None:
    app = CrmApp(sold, start="reports")

    async def play() -> None:
        async with app.run_test(size=(120, 40), notifications=True) as pilot:
            await calm(pilot)
            assert "what is open now" in await pressed(pilot, "left")
            painted = await pressed(pilot, "down", "down", "w", '"q3', "enter")
            assert "Tue 1 Jul – Tue 30 Sep" in painted
            assert "Tue 1 Apr – Mon 30 Jun" in await pressed(pilot, "left")
            assert "Wed 1 Oct – Wed 31 Dec" in await pressed(pilot, "right", "right")
            assert "is no period" in await pressed(pilot, "w", '"soon', "enter")

    played(play)


def test_a_query_narrows_the_figures_and_what_it_cannot_mean_is_said(sold) -> None:
    app = CrmApp(sold, start="reports")

    async def play() -> None:
        async with app.run_test(size=(120, 40)) as pilot:
            await calm(pilot)
            painted = await pressed(pilot, "slash", '"stage:angebot', "enter")
            assert "48 · 24 k EUR wtd." in painted
            painted = await pressed(pilot, *["down"] * 4)
            assert "There is no field “stage” for interaction." in " ".join(painted.split())
            assert "56.6 · 24.9 k EUR wtd." in await pressed(pilot, "escape")

    played(play)


def test_the_table_is_written_into_a_new_file_only(sold, tmp_path) -> None:
    app = CrmApp(sold, start="reports")
    path = tmp_path / "a.csv"

    async def play() -> None:
        async with app.run_test(size=(120, 40), notifications=True) as pilot:
            await calm(pilot)
            await exported(pilot, path)
            assert path.read_text().startswith("stage,count,value,weighted\n")
            path.write_text("mine")
            assert "is there already" in await exported(pilot, path)
            assert path.read_text() == "mine"

    played(play)


def test_without_figures_a_sentence_says_what_makes_some(context) -> None:
    app = CrmApp(context, start="reports")

    async def play() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await calm(pilot)
            for _ in REPORTS:
                painted = screen_text(app)
                assert "There is no open deal." in painted or "in this time" in painted
                await pressed(pilot, "v", "v", "down")

    played(play)


def test_names_of_strangers_are_text_in_plot_and_table(shown) -> None:
    stages = shown.config.deal_stages
    from crm_cli.domain.money import Money
    from tests.services import book

    for number, name in enumerate(name for name in HOSTILE[::12] if name.strip()):
        firm = book.insert(shown.store, "company", name=name)
        made = deals.add(shown.store, title=f"d{number}", now=shown.now(), stages=stages, value=Money(100_00, "EUR"),
                         company_row=firm)  # fmt: skip
        deals.close(shown.store, row=shown.store.connection.execute(
            "SELECT id FROM deal WHERE uid = ?", (made.id,)).fetchone()[0], now=shown.now(), won=True)  # fmt: skip
    app = CrmApp(shown, start="reports")

    async def play() -> None:
        async with app.run_test(size=(120, 40)) as pilot:
            await calm(pilot)
            for painted in (await pressed(pilot, "down", "down", "down"), await pressed(pilot, "v", "end")):
                assert all(line.isprintable() for line in painted.split("\n"))

    played(play)
