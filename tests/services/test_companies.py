"""Adding and editing firms."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crm_cli.domain.party_input import PartyInput
from crm_cli.errors import Conflict
from crm_cli.services import companies, contacts, parties, resolve
from crm_cli.store.store import Store
from tests.dump import dump_of

NOW = datetime(2025, 11, 19, 9, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path):
    with Store.open(str(tmp_path / "crm.db"), actor="kim", command="crm test") as opened:
        yield opened


def add(store: Store, name: str, **typed) -> parties.Saved:
    return companies.add(store, typed=PartyInput(name=name, **typed), force=False, region="DE", now=NOW)


def test_firm_is_added_with_all_that_was_typed(store: Store) -> None:
    record = add(store, " Ehrler  Prüftechnik GmbH", phone=("0821/1234-0",), tag=("customer",), notes="n").record
    assert (record.name, record.phones[0].e164, record.tags) == (
        "Ehrler Prüftechnik GmbH",
        "+4982112340",
        ("customer",),
    )
    assert (record.given, record.family, record.company, record.title) == (None, None, None, None)


@pytest.mark.parametrize("name", ["Ehrler Prüftechnik GmbH", "ehrler prueftechnik gmbh"])
def test_same_folded_name_is_a_duplicate(store: Store, name: str) -> None:
    add(store, "Ehrler Prüftechnik GmbH")
    with pytest.raises(Conflict):
        add(store, name)


def test_likeness_is_only_a_hint(store: Store) -> None:
    add(store, "Sommer GmbH")
    assert [match.name for match in add(store, "Sommer AG").similar] == ["Sommer GmbH"]


def test_person_and_firm_may_share_an_email(store: Store) -> None:
    add(store, "Sommer GmbH", email=("info@sommer.example",))
    person = PartyInput(name="Tom Sommer", email=("info@sommer.example",))
    saved = contacts.add(store, typed=person, force=False, region="DE", now=NOW)
    assert saved.record.emails[0].value == "info@sommer.example"


def test_employer_gets_a_card_of_its_own_when_it_is_edited(store: Store) -> None:
    contacts.add(store, typed=PartyInput(name="Ada", company="Neu AG"), force=False, region="DE", now=NOW)
    row = resolve.one(store, "neu", kinds=("company",)).row
    record = companies.edit(store, row=row, typed=PartyInput(name="Alt AG"), region="DE", now=NOW).record
    assert record.name == "Alt AG"
    assert store.connection.execute("SELECT own_card FROM company").fetchone() == (1,)
    assert [match.company for match in resolve.candidates(store, "ada")] == ["Alt AG"]


def test_firm_with_people_is_deleted_only_when_confirmed(store: Store) -> None:
    contacts.add(store, typed=PartyInput(name="Ada", company="Neu AG"), force=False, region="DE", now=NOW)
    match = resolve.one(store, "neu", kinds=("company",))
    before = dump_of(store.connection)
    with pytest.raises(Conflict):
        parties.delete(store, match=match, confirmed=False, now=NOW)
    assert dump_of(store.connection) == before
    parties.delete(store, match=match, confirmed=True, now=NOW)
    assert store.connection.execute("SELECT name FROM contact").fetchall() == [("Ada",)]
    assert store.connection.execute("SELECT count(*) FROM employment").fetchone() == (0,)
