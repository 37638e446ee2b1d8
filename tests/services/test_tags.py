"""Tags on records of any kind."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crm_cli.domain.party_input import PartyInput
from crm_cli.errors import NotFound, UsageError
from crm_cli.services import companies, contacts, resolve, tags
from crm_cli.store.store import Store

NOW = datetime(2025, 11, 19, 9, 0, tzinfo=UTC)
LATER = datetime(2025, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path):
    with Store.open(str(tmp_path / "crm.db"), actor="kim", command="crm test") as opened:
        contacts.add(opened, typed=PartyInput(name="Ada", tag=("vip",)), force=True, region="DE", now=NOW)
        companies.add(opened, typed=PartyInput(name="Alpha GmbH"), force=True, region="DE", now=NOW)
        yield opened


def change(store: Store, how, ref: str, *names: str) -> tuple[str, ...]:
    return how(store, match=resolve.one(store, ref), names=names, now=LATER).tags


def test_tag_takes_the_spelling_in_use(store: Store) -> None:
    assert change(store, tags.add, "alpha", "VIP", "+new", "Trade  fair") == ("vip", "new", "Trade fair")
    assert change(store, tags.add, "ada", "VIP") == ("vip",)


def test_history_of_the_record_shows_its_tags(store: Store) -> None:
    change(store, tags.add, "ada", "new")
    assert store.connection.execute("SELECT updated_at FROM contact").fetchone() == ("2025-11-20T09:00:00Z",)


def test_tag_is_removed_in_any_case(store: Store) -> None:
    assert change(store, tags.remove, "ada", "ViP") == ()
    with pytest.raises(NotFound):
        change(store, tags.remove, "ada", "vip")


def test_empty_tag_is_refused(store: Store) -> None:
    with pytest.raises(UsageError):
        change(store, tags.add, "ada", " + ")


def test_rename_leaves_one_where_a_record_bears_both(store: Store) -> None:
    change(store, tags.add, "ada", "key")
    change(store, tags.add, "alpha", "vip")
    use = tags.rename(store, old="VIP", new="key", now=LATER)
    assert (use.name, use.count, use.contact, use.company) == ("key", 2, 1, 1)
    assert [(found.name, found.count) for found in tags.uses(store)] == [("key", 2)]
    with pytest.raises(NotFound):
        tags.rename(store, old="vip", new="x", now=LATER)


def test_rename_may_change_the_case_alone(store: Store) -> None:
    assert tags.rename(store, old="vip", new="VIP", now=LATER).name == "VIP"
