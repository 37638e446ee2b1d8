"""Segments: named queries."""

from __future__ import annotations

import pytest

from crm_cli.domain.segment import Segment
from crm_cli.errors import Conflict, NotFound, UsageError
from crm_cli.services import segments
from crm_cli.store import segments as stored
from crm_cli.store.store import Store
from tests.services.book import NOW, contact, insert


@pytest.fixture
def store(tmp_path):
    with Store.open(str(tmp_path / "crm.db"), actor="me", command="crm test") as opened:
        insert(opened, "tag", contact_id=contact(opened, "Hans Müller"), name="messe")
        contact(opened, "Anna")
        yield opened


def save(store: Store, name: str, query: str, entity: str = "contact") -> Segment:
    return segments.save(store, name=name, query=query, entity=entity, stages=(), now=NOW)


def test_segment_is_saved_and_counted(store: Store) -> None:
    assert save(store, "Messe", "tag:messe").count == 1
    assert save(store, "rest", 'not segment:"messe"').count == 1
    assert [item.name for item in stored.list(store.connection)] == ["Messe", "rest"]


def test_segment_is_replaced_when_the_name_is_known(store: Store) -> None:
    first = save(store, "Messe", "tag:messe")
    again = save(store, "messe", "")
    assert (again.id, again.name, again.count) == (first.id, "Messe", 2)


@pytest.mark.parametrize(
    ("name", "query", "entity"),
    [
        (" ", "a", "contact"),
        ("x", "citi:a", "contact"),
        ("x", "(", "contact"),
        ("x", "a", "email"),
        ("x", "segment:x", "contact"),
    ],
)
def test_nothing_is_written_when_a_segment_is_refused(store: Store, name: str, query: str, entity: str) -> None:
    with pytest.raises(UsageError):
        save(store, name, query, entity)
    assert stored.list(store.connection) == []


def test_segment_cannot_come_to_contain_itself(store: Store) -> None:
    save(store, "a", "tag:messe")
    save(store, "b", "segment:a")
    with pytest.raises(UsageError):
        save(store, "a", "segment:b")
    found = stored.find(store.connection, "a")
    assert found is not None
    assert found.query == "tag:messe"


def test_segment_is_kept_when_another_is_made_from_it(store: Store) -> None:
    save(store, "a", "tag:messe")
    save(store, "b", "x OR not (segment:A)")
    with pytest.raises(Conflict):
        segments.delete(store, name="a", now=NOW)
    segments.delete(store, name="b", now=NOW)
    assert segments.delete(store, name="a", now=NOW).query == "tag:messe"
    with pytest.raises(NotFound):
        segments.show(store, name="a", stages=(), now=NOW)


def test_nearest_segments_are_named_when_there_is_none(store: Store) -> None:
    save(store, "messe", "tag:messe")
    with pytest.raises(NotFound) as caught:
        segments.show(store, name="mese", stages=(), now=NOW)
    assert [candidate["name"] for candidate in caught.value.candidates] == ["messe"]


@pytest.mark.parametrize("name", ['a "b" \\c', "zwei Worte", "ÄÖ:(x)"])
def test_segment_of_any_name_can_be_asked_for(store: Store, name: str) -> None:
    assert save(store, name, "tag:messe").count == 1
