"""What became of one record is found by indexes, however much its change sets hold besides."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from crm_cli.domain.money import Money
from crm_cli.domain.party_input import PartyInput
from crm_cli.services import contacts, deals, merging, resolve
from crm_cli.store import history
from crm_cli.store.store import Store

NOW = datetime(2025, 11, 19, 9, 0, tzinfo=UTC)


def _add(store: Store, name: str, email: str) -> str:
    typed = PartyInput(name=name, email=[email])
    return str(contacts.add(store, typed=typed, force=True, region="DE", now=NOW).record.id)


def _told(store: Store, uid: str) -> list[tuple[str, str | None, str | None]]:
    return [
        (change.operation, change.before, change.after)
        for change in history.record_changes(store.connection, uid)
        if change.field == "email"
    ]


def test_no_change_set_is_read_from_end_to_end_when_one_record_is_asked_for(store: Store) -> None:
    with store.transaction(NOW):
        uid = _add(store, "Ada Müller", "ada@example.org")
        _add(store, "Eva Vogel", "eva@example.org")
    statements: list[str] = []
    store.connection.set_trace_callback(statements.append)
    assert _told(store, uid) == [("insert", None, "ada@example.org, preferred")]
    store.connection.set_trace_callback(None)
    asked = [sql for sql in dict.fromkeys(statements) if re.search(r"\bFROM change\b", sql)]
    assert asked
    for sql in asked:
        plan = [row[3] for row in store.connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
        assert not [step for step in plan if re.search("change_by_set|change_of_record|SCAN change", step)], sql


def test_a_value_that_was_deleted_or_moved_stays_in_the_history_of_its_record(store: Store) -> None:
    first, second = _add(store, "Ada Müller", "ada@example.org"), _add(store, "Ada Mueller", "ada@example.net")
    keep, lose = resolve.one(store, first), resolve.one(store, second)
    merging.merge(store, keep=keep, lose=[lose], now=NOW)
    assert ("insert", None, "ada@example.net, preferred") in _told(store, second)
    store.connection.execute("DELETE FROM email WHERE value = 'ada@example.org'")  # as the sqlite3 shell does
    assert ("insert", None, "ada@example.org, preferred") in _told(store, first)
    assert ("insert", None, "ada@example.net, preferred") not in _told(store, first)


def test_a_large_change_set_is_summed_up_by_an_index(store: Store) -> None:
    _add(store, "Ada Müller", "ada@example.org")
    statements: list[str] = []
    store.connection.set_trace_callback(statements.append)
    (newest,) = history.change_sets(store.connection, limit=1)
    store.connection.set_trace_callback(None)
    assert newest.what == "contact +Ada Müller"
    (grouped,) = [sql for sql in statements if "GROUP BY entity" in sql]
    plan = " ".join(row[3] for row in store.connection.execute(f"EXPLAIN QUERY PLAN {grouped}"))
    assert "change_of_record" in plan
    store.connection.execute("UPDATE email SET label = 'work'")  # no record's own row: the rows are named
    assert history.change_sets(store.connection, limit=1)[0].what == "email ~ada@example.org"


def test_an_amount_has_the_digits_of_its_currency(store: Store) -> None:
    stages = [{"name": "Angebot", "probability": 50}]
    for title, value in (("Waage", Money(1_250_000, "EUR")), ("Presse", Money(1_250_000, "JPY"))):
        deals.add(store, title=title, now=NOW, stages=stages, value=value)
    told = [
        change.after
        for (uid,) in store.connection.execute("SELECT uid FROM deal ORDER BY id").fetchall()
        for change in history.record_changes(store.connection, uid)
        if change.field == "value"
    ]
    assert told == ["12500.00 EUR", "1250000 JPY"]
