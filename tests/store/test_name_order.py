"""The order of long lists: by name as a German reader expects, from an index, in step with whoever writes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_cli.store import name_order, parties, search, search_index
from crm_cli.store.kept_order import KeptOrder, PickedRows
from crm_cli.store.store import Store, new_uid

NOW = datetime(2025, 11, 19, 9, 0, tzinfo=UTC)
STAMP = "2025-11-19T09:00:00Z"
NAMES = [
    "Zoë",
    "Ärger",
    "arnold",
    "Äther",
    "Aß",
    "Ass",
    "Øster",
    "o",
    "Żak",
    "zz",
    "{x",
    "'t Hooft",
    "123",
    "Ürün",
    "№ 1",
]


def _add(store: Store, names: list[str], kind: str = "contact") -> None:
    store.connection.executemany(
        f"INSERT INTO {kind} (uid, name, created_at, updated_at) VALUES (?, ?, '{STAMP}', '{STAMP}')",
        [(new_uid(), name) for name in names],
    )


def _by_name(store: Store, kind: str = "contact") -> list[int]:
    found = store.connection.execute(f"SELECT name, id FROM {kind}").fetchall()
    return [row for _, row in sorted((name_order.key(name), row) for name, row in found)]


def test_umlauts_stand_with_their_vowels_and_plain_names_before_them() -> None:
    names = ["Muster", "Müller", "Zander", "Öttinger", "muller", "Muller-X", "Otto"]
    assert sorted(names, key=name_order.key) == [
        *("muller", "Müller", "Muller-X", "Muster"),
        *("Öttinger", "Otto", "Zander"),
    ]


@settings(deadline=None, max_examples=40)
@given(names=st.lists(st.sampled_from(NAMES) | st.text(min_size=1, max_size=3)), limit=st.integers(0, 12))
def test_the_index_has_the_order_of_the_names_whatever_they_are(names: list[str], limit: int) -> None:
    with Store.open("no such file", dry_run=True) as store:
        store.dry_run = False
        with store.transaction(NOW):
            _add(store, [name.encode("utf-8", "ignore").decode() or "x" for name in names])
        expected = _by_name(store)
        assert name_order.current(store.connection)
        assert parties.page(store.connection, "contact", "1", (), limit=limit) == (expected[:limit], len(expected))
        assert parties.rows_where(store.connection, "contact", "id > 0") == expected
        assert KeptOrder("contact").every_row(store.connection) == expected


@pytest.mark.parametrize("kind", ["contact", "company"])
def test_a_page_is_read_from_the_index(store: Store, kind: str) -> None:
    sql = f"EXPLAIN QUERY PLAN SELECT id FROM {kind}_order ORDER BY key, id LIMIT 20"
    plan = " ".join(row[3] for row in store.connection.execute(sql))
    assert f"USING COVERING INDEX {kind}_order_key" in plan
    assert "TEMP B-TREE" not in plan


def test_names_are_sorted_as_they_are_read_when_the_index_is_behind(store: Store) -> None:
    with store.transaction(NOW):
        _add(store, ["Berta", "Anton"])
    # As the sqlite3 shell writes: journalled, and not indexed yet.
    _add(store, ["Ärmel"])
    store.connection.execute("UPDATE contact SET name = 'Zeppelin' WHERE name = 'Anton'")
    assert not name_order.current(store.connection)
    assert parties.rows_where(store.connection, "contact") == _by_name(store)
    assert parties.rows_where(store.connection, "contact", "id < 3") == [1, 2]
    search.ready(store.connection)
    assert name_order.current(store.connection)
    assert parties.rows_where(store.connection, "contact") == _by_name(store) == [3, 1, 2]


def test_no_row_is_lost_from_a_list_when_the_index_is_damaged(store: Store) -> None:
    with store.transaction(NOW):
        _add(store, ["Berta", "Anton", "Cäsar"])
    store.connection.execute("DELETE FROM contact_order WHERE id = 2")
    assert parties.rows_where(store.connection, "contact", "contact.id > 0") == [2, 1, 3]
    assert parties.rows_where(store.connection, "contact") == [2, 1, 3]
    assert parties.rows_where(store.connection, "contact", limit=5) == [2, 1, 3]
    assert search_index.check(store.connection)["stale"] == 1


def test_what_is_deleted_and_renamed_leaves_the_order(store: Store) -> None:
    with store.transaction(NOW):
        _add(store, ["Berta", "Anton", "Cäsar"], "company")
    with store.transaction(NOW):
        store.connection.execute("DELETE FROM company WHERE id = 1")
        store.connection.execute("UPDATE company SET name = 'Dora' WHERE id = 2")
    assert store.connection.execute("SELECT id, key FROM company_order ORDER BY key").fetchall() == [
        (3, "casar\x01Cäsar"),
        (2, "dora"),
    ]
    assert search_index.check(store.connection) == {"missing": 0, "stale": 0, "orphaned": 0}


def test_a_kept_order_follows_what_is_written(store: Store) -> None:
    order = KeptOrder("contact")
    with store.transaction(NOW):
        _add(store, ["Berta", "Anton"])
    assert order.every_row(store.connection) == [2, 1]
    with store.transaction(NOW):
        _add(store, ["Äpfel"])
    assert order.of(store.connection, [1, 3]) == [3, 1]
    assert order.every_row(store.connection) == [2, 3, 1]


def test_many_rows_are_picked_from_the_order_only_as_far_as_they_are_read(store: Store, monkeypatch) -> None:
    monkeypatch.setattr(name_order, "FEW", 2)
    with store.transaction(NOW):
        _add(store, [f"{letter}{letter}" for letter in "jihgfedcba"])
    order = KeptOrder("contact")
    found = order.of(store.connection, {2, 4, 6, 8, 10, 99})
    assert isinstance(found, PickedRows)
    assert len(found) == 5  # 99 is nobody
    assert found[:2] == [10, 8]
    assert found._picked == [10, 8]
    assert found[1] == 8
    assert (6 in found, 3 in found, 99 in found) == (True, False, False)
    assert found.index(4) == 3
    assert found[-1] == 2
    assert list(found) == [10, 8, 6, 4, 2] == found[:]
    with pytest.raises(ValueError, match="3"):
        found.index(3)
    with pytest.raises(IndexError):
        found[5]


@given(st.sets(st.integers(0, 30)), st.lists(st.integers(-12, 12) | st.slices(12), max_size=5))
def test_picked_rows_are_as_a_list_of_them_whatever_is_read_first(rows: set[int], places: list[int | slice]) -> None:
    order = [place * 7 % 31 for place in range(31)]
    picked, expected = PickedRows(order, rows), [row for row in order if row in rows]
    for place in places:
        if isinstance(place, slice):
            assert picked[place] == expected[place]
        elif -len(expected) <= place < len(expected):
            assert picked[place] == expected[place]
            assert picked.index(expected[place]) == expected.index(expected[place])
    assert list(picked) == expected
