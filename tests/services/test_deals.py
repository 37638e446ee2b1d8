"""Deals: stages, values, steps, closing."""

from __future__ import annotations

from datetime import date

import pytest

from crm_cli.config import DEFAULT_STAGES
from crm_cli.domain.deal import find_stage, read_probability, read_value
from crm_cli.domain.money import Money
from crm_cli.errors import Conflict, UsageError
from crm_cli.services import deals
from crm_cli.store.links import LinkChange
from crm_cli.store.store import Store
from tests.services.book import NOW, company, contact, insert


@pytest.fixture
def store(tmp_path):
    with Store.open(str(tmp_path / "crm.db"), actor="me", command="crm test") as opened:
        yield opened


def row_of(store: Store, uid: str) -> int:
    return int(store.connection.execute("SELECT id FROM deal WHERE uid = ?", (uid,)).fetchone()[0])


@pytest.mark.parametrize(
    ("word", "stage"),
    [
        ("Angebot", "Angebot"),
        ("ANGEBOT", "Angebot"),
        ("quote", "Angebot"),
        ("verh", "Verhandlung"),
        ("lead", "Kontakt"),
    ],
)
def test_stage_is_found(word: str, stage: str) -> None:
    assert find_stage(DEFAULT_STAGES, word)["name"] == stage


@pytest.mark.parametrize("word", ["", "kaffee", "n o", "o"])
def test_stage_is_refused_when_none_or_several_fit(word: str) -> None:
    with pytest.raises(UsageError):
        find_stage(DEFAULT_STAGES, word)


@pytest.mark.parametrize(
    ("text", "minor", "currency"),
    [
        ("12500", 1250000, "EUR"),
        ("12.500", 1250000, "EUR"),
        ("12,500", 1250000, "EUR"),
        ("12500.50", 1250050, "EUR"),
        ("12.500,50", 1250050, "EUR"),
        ("12,5k", 1250000, "EUR"),
        ("900 USD", 90000, "USD"),
        ("5.000", 500000, "EUR"),
    ],
)
def test_value_is_read_in_either_language(text: str, minor: int, currency: str) -> None:
    assert read_value(text, currency="EUR") == Money(minor, currency)


@pytest.mark.parametrize("text", ["", "viel", "1.2.3", "12.500.5", "1,500 KWD KWD"])
def test_value_is_refused_when_it_is_no_amount(text: str) -> None:
    with pytest.raises(UsageError):
        read_value(text, currency="EUR")


@pytest.mark.parametrize(("text", "percent"), [("60", 60), ("60%", 60), (" 0 % ", 0), ("100", 100)])
def test_probability_is_read(text: str, percent: int) -> None:
    assert read_probability(text) == percent


@pytest.mark.parametrize("text", ["101", "-1", "", "halb", "0.5"])
def test_probability_is_refused_when_it_is_none(text: str) -> None:
    with pytest.raises(UsageError):
        read_probability(text)


def add(store: Store, title: str = "Prüfstand", **more: object):
    return deals.add(store, title=title, stages=DEFAULT_STAGES, now=NOW, **more)  # type: ignore[arg-type]


def test_deal_begins_in_the_first_stage_with_its_probability(store: Store) -> None:
    deal = add(store)
    assert (deal.stage, deal.probability, deal.status, deal.value) == ("Kontakt", 10, "open", None)


def test_deal_holds_what_was_given(store: Store) -> None:
    hans = contact(store, "Hans Müller", "Ehrler GmbH")
    deal = add(
        store, stage="offer", value=Money(1250000, "EUR"), probability=65, contact_rows=[hans], company_row=1,
        expected_on=date(2025, 12, 1), tags=["messe"], notes="n",
    )  # fmt: skip
    assert (deal.stage, deal.probability, deal.value) == ("Angebot", 65, Money(1250000, "EUR"))
    assert (deal.expected_on, deal.tags, deal.notes) == ("2025-12-01", ("messe",), "n")
    assert [person.name for person in deal.contacts] == ["Hans Müller"]


def test_step_moves_stage_and_probability(store: Store) -> None:
    row = row_of(store, add(store).id)

    def step(**more: object):
        return deals.step(store, row=row, now=NOW, stages=DEFAULT_STAGES, **more)  # type: ignore[arg-type]

    assert step(stage="Angebot").probability == 50
    assert step(probability=70).probability == 70
    assert step(stage="angebot").probability == 70
    moved = step(stage="negotiation", probability=80, value=Money(900, "EUR"))
    assert (moved.stage, moved.probability, moved.value) == ("Verhandlung", 80, Money(900, "EUR"))
    with pytest.raises(UsageError):
        step(stage="kaffee")


@pytest.mark.parametrize("won", [True, False])
def test_closed_deal_moves_no_more(store: Store, won: bool) -> None:
    row = row_of(store, add(store).id)
    closed = deals.close(store, row=row, now=NOW, won=won, reason="zu teuer")
    assert (closed.status, closed.probability) == (("won", 100) if won else ("lost", 0))
    assert closed.lost_reason == (None if won else "zu teuer")
    assert closed.closed_at == "2025-11-19T09:00:00Z"
    with pytest.raises(Conflict):
        deals.step(store, row=row, now=NOW, stages=DEFAULT_STAGES, stage="Angebot")
    with pytest.raises(Conflict):
        deals.close(store, row=row, now=NOW, won=True)


def test_edit_changes_and_clears(store: Store) -> None:
    row = row_of(store, add(store, value=Money(5, "EUR"), tags=["a"]).id)
    changed = deals.edit(
        store,
        row=row,
        now=NOW,
        stages=DEFAULT_STAGES,
        title="Neu",
        stage="Bedarf",
        clear=["value"],
        linked=LinkChange(tags=["b"]),
    )
    assert (changed.title, changed.stage, changed.probability, changed.value) == ("Neu", "Bedarf", 30, None)
    assert changed.tags == ("a", "b")
    with pytest.raises(UsageError):
        deals.edit(store, row=row, now=NOW, clear=["title"])


def test_delete_is_refused_when_others_name_the_deal(store: Store) -> None:
    deal = add(store)
    row = row_of(store, deal.id)
    task = insert(store, "task", text="x", deal_id=row)
    with pytest.raises(Conflict):
        deals.delete(store, row=row, now=NOW, confirmed=False)
    assert deals.delete(store, row=row, now=NOW, confirmed=True) == deal
    assert store.connection.execute("SELECT deal_id FROM task WHERE id = ?", (task,)).fetchone() == (None,)


def test_open_deals_are_those_of_the_person_or_the_firm(store: Store) -> None:
    hans, firm = contact(store, "Hans"), company(store, "Acme")
    own = add(store, "A", contact_rows=[hans])
    firms = add(store, "B", company_row=firm)
    deals.close(store, row=row_of(store, add(store, "C", company_row=firm).id), now=NOW, won=True)
    add(store, "D")
    found = deals.open_deals_for(store, contact_rows=[hans], company_rows=[firm])
    assert [deal.id for _, deal in found] == [own.id, firms.id]
    assert [row for row, _ in found] == [row_of(store, own.id), row_of(store, firms.id)]
    assert deals.open_deals_for(store) == []


def test_list_shows_open_deals_unless_the_query_asks_for_the_status(store: Store) -> None:
    deals.close(store, row=row_of(store, add(store, "A").id), now=NOW, won=True)
    add(store, "B", expected_on=date(2026, 1, 1))
    add(store, "C", expected_on=date(2025, 12, 1))

    def titles(query: str, *, only_open: bool = True) -> list[str]:
        found = deals.listed(store, query=query, only_open=only_open, stages=DEFAULT_STAGES, now=NOW)
        return [deal.title for deal in found]

    assert titles("") == ["C", "B"]
    assert titles("status:won") == ["A"]
    assert titles("", only_open=False) == ["C", "B", "A"]
