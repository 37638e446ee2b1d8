"""Declaring custom fields and setting them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crm_cli.domain.party_input import PartyInput
from crm_cli.errors import Conflict, NotFound, UsageError
from crm_cli.services import contacts, fields
from crm_cli.store.store import Store

NOW = datetime(2025, 11, 19, 9, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path):
    with Store.open(str(tmp_path / "crm.db"), actor="kim", command="crm test") as opened:
        yield opened


def declare(store: Store, name: str, type: str, *choices: str):
    return fields.add(store, entity="contact", name=name, type=type, choices=choices, now=NOW)


def set_on(store: Store, name: str, *pairs: str):
    return contacts.add(store, typed=PartyInput(name=name, custom=pairs), force=True, region="DE", now=NOW).record


def test_values_are_stored_by_type_under_the_declared_name(store: Store) -> None:
    for name, type in (("Kundennummer", "number"), ("seit", "date"), ("aktiv", "bool"), ("memo", "text")):
        declare(store, name, type)
    record = set_on(store, "Ada", "kundennummer=4711", "Seit=1.2.2003", "aktiv=ja", "memo=a=b")
    assert record.custom == {"Kundennummer": 4711, "seit": "2003-02-01", "aktiv": True, "memo": "a=b"}


def test_ref_is_stored_as_the_id_it_means(store: Store) -> None:
    declare(store, "advisor", "ref")
    hans = set_on(store, "Hans Müller")
    assert set_on(store, "Ada", "advisor=mueller").custom == {"advisor": hans.id}
    with pytest.raises(NotFound):
        set_on(store, "Bob", "advisor=nobody")


def test_value_is_replaced_and_cleared_by_edit(store: Store) -> None:
    declare(store, "level", "choice", "A", "B")
    set_on(store, "Ada", "level=a")

    def edited(**typed):
        return contacts.edit(store, row=1, typed=PartyInput(**typed), region="DE", now=NOW).record.custom

    assert edited(custom=("level=B",)) == {"level": "B"}
    assert edited(clear=("level",)) == {}
    assert edited(clear=("level",)) == {}
    with pytest.raises(UsageError):
        edited(custom=("level=C",))
    with pytest.raises(UsageError):
        edited(custom=("level=",))


def test_choice_is_widened_and_nothing_else_declared_again(store: Store) -> None:
    declare(store, "level", "choice", "A")
    assert declare(store, "Level", "choice", "B").choices == ("A", "B")
    with pytest.raises(Conflict):
        declare(store, "level", "text")
    assert [(field.name, field.choices) for field in fields.list_of(store, entity="Kontakt")] == [("level", ("A", "B"))]


def test_values_stay_when_the_declaration_goes(store: Store) -> None:
    declare(store, "level", "text")
    set_on(store, "Ada", "level=a")
    field, count = fields.remove(store, entity="contact", name="LEVEL", now=NOW)
    assert (field.name, count) == ("level", 1)
    assert contacts.contacts.get(store.connection, 1).custom == {"level": "a"}
    with pytest.raises(UsageError):
        fields.remove(store, entity="contact", name="level", now=NOW)
