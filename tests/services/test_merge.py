"""Making one record of several: nothing is lost, and all of it can be taken back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crm_cli.domain.party_input import PartyInput
from crm_cli.errors import UsageError
from crm_cli.services import companies, contacts, fields, merging, relations, resolve
from crm_cli.store import interactions, journal
from crm_cli.store.store import Store
from tests.dump import dump_of

NOW = datetime(2025, 11, 19, 9, 0, tzinfo=UTC)
LATER = datetime(2025, 11, 20, 9, 0, tzinfo=UTC)
STAMP = "2025-11-19T09:00:00Z"


@pytest.fixture
def store(tmp_path: Path):
    with Store.open(str(tmp_path / "crm.db"), actor="kim", command="crm test") as opened:
        yield opened


def add(store: Store, name: str, **typed):
    return contacts.add(store, typed=PartyInput(name=name, **typed), force=True, region="DE", now=NOW).record


def match_of(store: Store, record):
    return resolve.one(store, record.id)


def merge(store: Store, keep, *lose):
    others = [match_of(store, record) for record in lose]
    return merging.merge(store, keep=match_of(store, keep), lose=others, now=LATER)


def rows(store: Store, sql: str) -> list[tuple[object, ...]]:
    return store.connection.execute(sql).fetchall()


def log(store: Store, *contact_rows: int, company: int | None = None) -> None:
    with store.transaction(NOW):
        interactions.add(
            store.connection,
            uid=store.new_uid(),
            kind="call",
            at="2025-11-01",
            text="x",
            stamp=STAMP,
            owner="kim",
            contact_rows=contact_rows,
            company_id=company,
        )


def test_values_come_together_without_doubles(store: Store) -> None:
    keep = add(store, "Hans Müller", email=("h@example.org",), phone=("0821 12345",), tag=("vip",))
    lose = add(
        store,
        "Hans Muller",
        email=("work=H@example.org", "hm@example.org"),
        phone=("+49 (0)821 12345", "0821 12345-99"),
        address=("Weg 1, 86150 Augsburg",),
        link=("https://example.org",),
        tag=("VIP", "fair"),
    )
    record = merge(store, keep, lose)
    assert record.id == keep.id
    assert [(mail.value, mail.label) for mail in record.emails] == [("h@example.org", "work"), ("hm@example.org", None)]
    assert [phone.value for phone in record.phones] == ["0821 12345", "0821 12345-99"]
    assert sum(mail.preferred for mail in record.emails) == sum(phone.preferred for phone in record.phones) == 1
    assert record.addresses[0].preferred
    assert record.tags == ("vip", "fair")
    assert len(record.links) == 1


def test_gaps_are_filled_and_differences_kept_in_the_notes(store: Store) -> None:
    fields.add(store, entity="contact", name="level", type="text", now=NOW)
    keep = add(store, "Hans Müller", title="CTO", custom=("level=A",), notes="first")
    lose = add(
        store,
        "Dr. Hans Müller",
        title="CEO",
        birthday="12.4.1980",
        department="IT",
        custom=("level=B",),
        notes="second",
        owner="sam",
    )
    record = merge(store, keep, lose)
    assert (record.name, record.title, record.birthday, record.department) == ("Hans Müller", "CTO", "1980-04-12", "IT")
    assert record.custom == {"level": "A"}
    for kept in ("first", "Dr. Hans Müller", lose.id, "title: CEO", "level: B", "second", "owner: sam"):
        assert kept in record.notes


def test_equal_records_leave_no_note(store: Store) -> None:
    record = merge(store, add(store, "Hans Müller"), add(store, "Hans Müller"))
    assert record.notes is None


def test_everything_that_hangs_on_a_person_moves(store: Store) -> None:
    keep, lose = add(store, "Hans Müller"), add(store, "Hans Muller")
    boss = add(store, "Eva Weiß")
    relations.relate(store, kind="reports_to", source=match_of(store, lose), target=match_of(store, boss), now=NOW)
    relations.relate(store, kind="knows", source=match_of(store, keep), target=match_of(store, lose), now=NOW)
    log(store, 2)
    log(store, 1, 2)
    with store.transaction(NOW):
        execute = store.connection.execute
        execute(
            f"INSERT INTO task VALUES (1, '{store.new_uid()}', 'kim', '{STAMP}', '{STAMP}', 't', {'NULL, ' * 6}NULL)"
        )
        execute("INSERT INTO task_contact (task_id, contact_id) VALUES (1, 2)")
        deal = "(uid, created_at, updated_at, title, stage)"
        execute(f"INSERT INTO deal {deal} VALUES ('{store.new_uid()}', '{STAMP}', '{STAMP}', 'd', 's')")
        execute("INSERT INTO deal_contact (deal_id, contact_id) VALUES (1, 2)")
        for table, columns in (("need", "text"), ("request", "kind, opened_at, text")):
            values = ", ".join("'x'" for _ in columns.split(","))
            execute(
                f"INSERT INTO {table} (uid, created_at, updated_at, contact_id, {columns}) "
                f"VALUES ('{store.new_uid()}', '{STAMP}', '{STAMP}', 2, {values})"
            )
        execute("INSERT INTO card (uid, format, hash, contact_id) VALUES ('foreign', 'vcard-3.0', 'h', 2)")
        execute("INSERT INTO cadence (days, started_on, contact_id) VALUES (30, '2025-11-01', 2)")
        first, second = sorted((lose.id, boss.id))
        execute("INSERT INTO not_duplicate (first_uid, second_uid) VALUES (?, ?)", (first, second))
    before = dump_of(store.connection)
    merge(store, keep, lose)
    assert rows(store, "SELECT id FROM contact ORDER BY id") == [(1,), (3,)]
    assert rows(store, "SELECT interaction_id, contact_id FROM interaction_contact") == [(1, 1), (2, 1)]
    for table in ("task_contact", "deal_contact", "need", "request", "card", "cadence"):
        assert rows(store, f"SELECT contact_id FROM {table}") == [(1,)]
    assert rows(store, "SELECT kind, contact_id, to_contact_id FROM relation") == [("reports_to", 1, 3)]
    assert rows(store, "SELECT first_uid, second_uid FROM not_duplicate") == [tuple(sorted((keep.id, boss.id)))]
    newest = rows(store, "SELECT max(id) FROM change_set")[0][0]
    with store.transaction(LATER, kind="undo"):
        journal.revert(store.connection, newest)
    assert dump_of(store.connection) == before


def test_kept_person_keeps_the_employer_and_gains_the_other(store: Store) -> None:
    keep = add(store, "Hans Müller", company="Alpha GmbH")
    lose = add(store, "Hans Muller", company="Beta GmbH")
    assert merge(store, keep, lose).company.name == "Alpha GmbH"
    assert len(rows(store, "SELECT 1 FROM employment WHERE contact_id = 1 AND end_on IS NULL")) == 2


def test_person_without_employer_takes_over_the_job(store: Store) -> None:
    keep, lose = add(store, "Hans Müller"), add(store, "Hans Muller", company="Beta GmbH")
    assert merge(store, keep, lose).company.name == "Beta GmbH"


def test_same_job_is_not_doubled_and_gaps_in_it_are_filled(store: Store) -> None:
    keep = add(store, "Hans Müller", company="Alpha GmbH")
    lose = add(store, "Hans Muller", company="Alpha GmbH")
    alpha = resolve.one(store, "alpha", kinds=("company",))
    relations.relate(
        store, kind="employee_of", source=match_of(store, lose), target=alpha, title="CTO", start_on="2020", now=NOW
    )
    merge(store, keep, lose)
    assert rows(store, "SELECT contact_id, title, start_on FROM employment") == [(1, "CTO", "2020")]


def test_cadence_that_differs_is_noted(store: Store) -> None:
    keep, lose = add(store, "Hans Müller"), add(store, "Hans Müller")
    with store.transaction(NOW):
        sql = "INSERT INTO cadence (days, started_on, contact_id) VALUES (?, '2025-11-01', ?)"
        store.connection.executemany(sql, [(30, 1), (90, 2)])
    assert "cadence: 90d" in merge(store, keep, lose).notes
    assert rows(store, "SELECT days, contact_id FROM cadence") == [(30, 1)]


def test_fields_that_point_to_the_lost_record_point_to_the_kept_one(store: Store) -> None:
    fields.add(store, entity="contact", name="advisor", type="ref", now=NOW)
    keep, lose = add(store, "Hans Müller"), add(store, "Hans Muller")
    client = add(store, "Eva Weiß", custom=(f"advisor={lose.id}",))
    assert client.custom == {"advisor": lose.id}
    merge(store, keep, lose)
    assert contacts.contacts.get(store.connection, 3).custom == {"advisor": keep.id}


def test_firms_bring_their_people_entries_and_deals_together(store: Store) -> None:
    add(store, "Ada", company="Alpha GmbH")
    add(store, "Bob", company="Alfa AG")
    ada = resolve.one(store, "ada", kinds=("contact",))
    alfa = resolve.one(store, "alfa", kinds=("company",))
    relations.relate(store, kind="employee_of", source=ada, target=alfa, now=NOW)
    log(store, 2, company=2)
    with store.transaction(NOW):
        deal = "(uid, created_at, updated_at, title, stage, company_id)"
        store.connection.execute(
            f"INSERT INTO deal {deal} VALUES (?, ?, ?, 'd', 's', 2)", (store.new_uid(), STAMP, STAMP)
        )
    alpha = resolve.one(store, "alpha", kinds=("company",))
    record = merging.merge(store, keep=alpha, lose=[alfa], now=LATER)
    assert record.name == "Alpha GmbH"
    assert "Alfa AG" in record.notes
    assert rows(store, "SELECT contact_id, company_id FROM employment ORDER BY 1") == [(1, 1), (2, 1)]
    assert rows(store, "SELECT company_id FROM interaction") == rows(store, "SELECT company_id FROM deal") == [(1,)]
    assert [match.company for match in resolve.candidates(store, "bob")] == ["Alpha GmbH"]


def test_several_go_into_one_at_once(store: Store) -> None:
    keep, *others = (add(store, "Hans Müller", email=(f"{n}@example.org",)) for n in range(3))
    assert len(merge(store, keep, *others).emails) == 3
    assert rows(store, "SELECT count(*) FROM contact") == [(1,)]


def test_record_is_not_merged_with_itself(store: Store) -> None:
    keep = add(store, "Hans Müller")
    with pytest.raises(UsageError):
        merge(store, keep, keep)


def test_unused_firm_is_merged_too(store: Store) -> None:
    for name in ("Alpha GmbH", "Alfa AG"):
        companies.add(store, typed=PartyInput(name=name), force=True, region="DE", now=NOW)
    alpha, alfa = (resolve.one(store, name, kinds=("company",)) for name in ("alpha gmbh", "alfa ag"))
    assert merging.merge(store, keep=alpha, lose=[alfa], now=LATER).notes.startswith("= Alfa AG")
