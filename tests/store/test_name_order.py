"""The first page of a list is the beginning of the whole list."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_cli.store.name_order import first_rows
from crm_cli.store.parties import rows_where

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


def _store(names: list[str]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE contact (id INTEGER PRIMARY KEY, name TEXT NOT NULL)")
    connection.executemany("INSERT INTO contact (name) VALUES (?)", [(name,) for name in names])
    return connection


@settings(deadline=None, max_examples=60)
@given(names=st.lists(st.sampled_from(NAMES) | st.text(min_size=1, max_size=3)), limit=st.integers(0, 12))
def test_a_page_is_the_beginning_of_the_list_whatever_the_names(names: list[str], limit: int) -> None:
    connection = _store([name.encode("utf-8", "ignore").decode() or "x" for name in names])
    assert first_rows(connection, "contact", limit) == rows_where(connection, "contact")[:limit]
    connection.close()


@pytest.mark.parametrize("kind", ["contact", "company"])
def test_a_letter_is_read_from_the_index(store, kind: str) -> None:
    sql = f"EXPLAIN QUERY PLAN SELECT name, id FROM {kind} WHERE name >= ? COLLATE NOCASE AND name < ? COLLATE NOCASE"
    plan = " ".join(row[3] for row in store.connection.execute(sql, ("a", "b")))
    assert f"COVERING INDEX {kind}_name" in plan
