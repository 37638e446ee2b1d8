"""Adding, editing and deleting people."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crm_cli.domain.draft import ContactDraft
from crm_cli.domain.party_input import PartyInput
from crm_cli.errors import Ambiguous, Conflict, NotFound, UsageError
from crm_cli.services import companies, contacts, parties, resolve
from crm_cli.store import contacts as contact_store
from crm_cli.store import interactions
from crm_cli.store.store import Store
from tests.dump import dump_of

NOW = datetime(2025, 11, 19, 9, 0, tzinfo=UTC)
LATER = datetime(2025, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path):
    with Store.open(str(tmp_path / "crm.db"), actor="kim", command="crm test") as opened:
        yield opened


def add(store: Store, name: str, *, force: bool = False, **typed) -> parties.Saved:
    return contacts.add(store, typed=PartyInput(name=name, **typed), force=force, region="DE", now=NOW)


def edit(store: Store, ref: str, **typed) -> parties.Saved:
    row = resolve.one(store, ref, kinds=("contact",)).row
    return contacts.edit(store, row=row, typed=PartyInput(**typed), region="DE", now=LATER)


def firm(store: Store, name: str) -> None:
    companies.add(store, typed=PartyInput(name=name), force=True, region="DE", now=NOW)


def test_everything_typed_is_kept_when_added(store: Store) -> None:
    record = add(
        store,
        "Dr. Ada Lovelace",
        email=("ada@example.org", "work=ada@work.example"),
        phone=("0821 / 123 45", "mobil=0171-1234567"),
        address=("Weg 1, 86150 Augsburg",),
        link=("https://example.org",),
        company="Analytical Engines Ltd",
        title="CTO",
        tag=("vip", "+fair", "VIP"),
        birthday="10.12.1815",
        notes=" two\nlines ",
    ).record
    assert (record.name, record.prefix, record.given, record.family) == ("Dr. Ada Lovelace", "Dr.", "Ada", "Lovelace")
    assert [(mail.value, mail.label, mail.preferred) for mail in record.emails] == [
        ("ada@example.org", None, True),
        ("ada@work.example", "work", False),
    ]
    assert [(phone.value, phone.e164, phone.label) for phone in record.phones] == [
        ("0821 / 123 45", "+4982112345", None),
        ("0171-1234567", "+491711234567", "mobile"),
    ]
    assert record.addresses[0].city == "Augsburg"
    assert record.company.name == "Analytical Engines Ltd"
    assert (record.title, record.birthday, record.owner) == ("CTO", "1815-12-10", "kim")
    assert record.notes == " two\nlines "
    assert record.tags == ("vip", "fair")


def test_value_typed_twice_is_stored_once(store: Store) -> None:
    record = add(store, "Ada", email=("a@example.org", "b@example.org", "A@example.org"), phone=("1", "1")).record
    assert [mail.value for mail in record.emails] == ["a@example.org", "b@example.org"]
    assert len(record.phones) == 1


def test_name_is_needed(store: Store) -> None:
    with pytest.raises(UsageError):
        contacts.add(store, typed=PartyInput(), force=True, region="DE", now=NOW)
    typed = PartyInput(given="Ada", family="Byron")
    assert contacts.add(store, typed=typed, force=True, region="DE", now=NOW).record.name == "Ada Byron"


def test_unreadable_phone_and_email_are_kept_and_told(store: Store) -> None:
    saved = add(store, "Ada", phone=("call the office",), email=("ada at home",))
    assert [phone.value for phone in saved.record.phones] == ["call the office"]
    assert saved.unreadable == [("email", "ada at home"), ("phone", "call the office")]


def test_same_email_is_a_duplicate_whatever_the_name(store: Store) -> None:
    known = add(store, "Ada Lovelace", email=("ada@example.org",)).record
    with pytest.raises(Conflict) as caught:
        add(store, "A. King", email=("ADA@example.org",))
    assert caught.value.candidates == [{"id": known.id, "kind": "contact", "name": "Ada Lovelace", "company": None}]


def test_same_number_and_folded_name_is_a_duplicate_at_another_company(store: Store) -> None:
    add(store, "Jürgen Groß", phone=("0821 12345",), company="Alpha GmbH")
    with pytest.raises(Conflict):
        add(store, "Juergen Gross", phone=("+49 821 123-45",), company="Beta GmbH")
    assert add(store, "Eva Weiß", phone=("0821 12345",)).record.name == "Eva Weiß"


@pytest.mark.parametrize(
    ("first", "second", "refused"),
    [
        (None, None, True),
        ("Alpha GmbH", "alpha", True),
        ("Alpha GmbH", None, True),
        (None, "Alpha GmbH", True),
        ("Alpha GmbH", "Beta GmbH", False),
    ],
)
def test_same_name_is_a_duplicate_unless_the_companies_differ(
    store: Store, first: str | None, second: str | None, refused: bool
) -> None:
    add(store, "Hans Müller", company=first)
    before = dump_of(store.connection)
    if refused:
        with pytest.raises(Conflict):
            add(store, "hans mueller", company=second)
        assert dump_of(store.connection) == before
    else:
        saved = add(store, "hans mueller", company=second)
        assert [match.name for match in saved.similar] == ["Hans Müller"]


def test_duplicate_is_added_when_forced(store: Store) -> None:
    first = add(store, "Ada Lovelace").record
    assert add(store, "Ada Lovelace", force=True).record.id != first.id


def test_same_name_at_different_firms_is_no_duplicate_after_an_edit_of_the_shell(store: Store) -> None:
    add(store, "Ada Lovelace")
    store.connection.execute("UPDATE contact SET name = 'Ada King'")
    assert add(store, "Ada Lovelace").record.name == "Ada Lovelace"


def test_company_that_matches_nothing_is_created_and_told(store: Store) -> None:
    saved = add(store, "Ada", company="Neu AG")
    assert saved.created.name == "Neu AG"
    assert store.connection.execute("SELECT name, own_card FROM company").fetchall() == [("Neu AG", 0)]
    again = add(store, "Bob", company="neu")
    assert (again.created, again.linked.name) == (None, "Neu AG")


def test_several_companies_are_ambiguous_and_nothing_is_written(store: Store) -> None:
    firm(store, "Beta Nord GmbH")
    firm(store, "Beta Süd GmbH")
    before = dump_of(store.connection)
    with pytest.raises(Ambiguous) as caught:
        add(store, "Ada", company="beta")
    assert len(caught.value.candidates) == 2
    assert dump_of(store.connection) == before


@pytest.mark.parametrize(
    ("known", "typed"), [("Bauer GmbH", "Bau"), ("Sommer GmbH", "Sommer AG"), ("Busch KG", "Bosch")]
)
def test_company_is_not_guessed(store: Store, known: str, typed: str) -> None:
    firm(store, known)
    assert add(store, "Ada", company=typed).record.company.name == typed


def test_only_declared_fields_can_be_set(store: Store) -> None:
    with pytest.raises(UsageError) as caught:
        add(store, "Ada", custom=("level=1",))
    assert "crm field add" in caught.value.hint
    assert store.connection.execute("SELECT count(*) FROM contact").fetchone() == (0,)


def test_single_values_are_replaced_and_several_added_when_edited(store: Store) -> None:
    add(store, "Ada Lovelace", email=("a@example.org",), title="CTO", tag=("vip",))
    record = edit(store, "lovelace", email=("b@example.org", "A@example.org"), title="CEO", tag=("VIP", "new")).record
    assert [mail.value for mail in record.emails] == ["a@example.org", "b@example.org"]
    assert [mail.preferred for mail in record.emails] == [True, False]
    assert (record.title, record.tags) == ("CEO", ("vip", "new"))
    assert record.updated_at > record.created_at


def test_edit_that_changes_nothing_leaves_no_trace(store: Store) -> None:
    add(store, "Ada Lovelace", email=("a@example.org",), title="CTO")
    before = store.connection.execute("SELECT count(*) FROM change_set").fetchone()
    record = edit(store, "lovelace", title="CTO", email=("a@example.org",)).record
    assert record.updated_at == record.created_at
    assert store.connection.execute("SELECT count(*) FROM change_set").fetchone() == before


def test_values_are_taken_away_by_remove_and_clear(store: Store) -> None:
    add(
        store,
        "Ada Lovelace",
        email=("a@example.org", "b@example.org"),
        phone=("0821 12345",),
        address=("Weg 1, 86150 Augsburg",),
        title="CTO",
        tag=("vip", "fair"),
        birthday="10.12.1815",
    )
    record = edit(
        store,
        "lovelace",
        remove=("email=A@example.org", "phone=0821/123 45", "tag=VIP", "address=augsburg"),
        clear=("title", "birthday"),
    ).record
    assert [(mail.value, mail.preferred) for mail in record.emails] == [("b@example.org", True)]
    assert (record.phones, record.addresses, record.tags) == ((), (), ("fair",))
    assert (record.title, record.birthday) == (None, None)
    assert edit(store, "lovelace", clear=("emails",)).record.emails == ()


def test_value_that_is_not_there_cannot_be_removed(store: Store) -> None:
    add(store, "Ada Lovelace", email=("a@example.org",), title="CTO")
    before = dump_of(store.connection)
    for remove in ("email=b@example.org", "phone=1", "tag=vip"):
        with pytest.raises(NotFound):
            edit(store, "lovelace", title="CEO", remove=(remove,))
    with pytest.raises(UsageError):
        edit(store, "lovelace", title="CEO", clear=("shoe",))
    with pytest.raises(UsageError):
        edit(store, "lovelace", clear=("name",))
    assert dump_of(store.connection) == before


def test_another_company_ends_the_job_and_keeps_its_title(store: Store) -> None:
    add(store, "Ada Lovelace", company="Alpha GmbH", title="CTO")
    record = edit(store, "lovelace", company="Beta GmbH", title="CEO").record
    assert (record.company.name, record.title) == ("Beta GmbH", "CEO")
    jobs = store.connection.execute(
        "SELECT c.name, e.title, e.end_on FROM employment AS e JOIN company AS c ON c.id = e.company_id ORDER BY e.id"
    ).fetchall()
    assert jobs == [("Alpha GmbH", "CTO", "2025-11-20"), ("Beta GmbH", None, None)]


def test_company_is_cleared_as_ended_and_removed_as_never(store: Store) -> None:
    add(store, "Ada Lovelace", company="Alpha GmbH")
    assert edit(store, "lovelace", clear=("company",)).record.company is None
    assert store.connection.execute("SELECT end_on FROM employment").fetchall() == [("2025-11-20",)]
    edit(store, "lovelace", remove=("company=alpha",))
    assert store.connection.execute("SELECT count(*) FROM employment").fetchone() == (0,)


def test_new_family_name_changes_the_name_made_of_it(store: Store) -> None:
    add(store, "Dr. Ada Byron")
    record = edit(store, "byron", family="Lovelace").record
    assert (record.name, record.family) == ("Dr. Ada Lovelace", "Lovelace")
    assert edit(store, "lovelace", name="Herr Max von Byron").record.family == "von Byron"


def test_last_contact_is_the_newest_entry(store: Store) -> None:
    add(store, "Ada Lovelace")
    with store.transaction(NOW):
        for at in ("2025-11-01", "2025-11-18T14:30:00+01:00", "2025-10-01"):
            interactions.add(
                store.connection,
                uid=store.new_uid(),
                kind="call",
                at=at,
                text="x",
                stamp="2025-11-19T09:00:00Z",
                owner="kim",
                contact_rows=[1],
            )
    assert contact_store.get(store.connection, 1).last_contact_at == "2025-11-18T14:30:00+01:00"


def test_delete_is_refused_where_entries_hang_and_undone_as_a_whole(store: Store) -> None:
    from crm_cli.store import journal

    add(store, "Ada Lovelace", email=("a@example.org",), company="Alpha GmbH", tag=("vip",))
    with store.transaction(NOW):
        interactions.add(
            store.connection,
            uid=store.new_uid(),
            kind="call",
            at="2025-11-01",
            text="x",
            stamp="2025-11-19T09:00:00Z",
            owner="kim",
            contact_rows=[1],
        )
    match = resolve.one(store, "lovelace")
    before = dump_of(store.connection)
    with pytest.raises(Conflict) as caught:
        parties.delete(store, match=match, confirmed=False, now=LATER)
    assert caught.value.params["count"] == 1
    assert dump_of(store.connection) == before
    assert parties.delete(store, match=match, confirmed=True, now=LATER).name == "Ada Lovelace"
    assert store.connection.execute("SELECT count(*) FROM interaction").fetchone() == (1,)
    for table in ("contact", "email", "tag", "employment", "interaction_contact"):
        assert store.connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    with store.transaction(LATER, kind="undo"):
        journal.revert(store.connection, 3)
    assert dump_of(store.connection) == before


def test_people_are_added_in_bulk_with_all_that_hangs_on_them(store: Store) -> None:
    firm(store, "Alpha GmbH")
    single = add(store, "Ada Lovelace", email=("a@example.org",), tag=("vip",), company="alpha").record
    drafts = [
        ContactDraft(name="Bob", given="Bob", tags=["x", "X"], custom={"Kunde seit": "2001"}, role="Buyer"),
        ContactDraft(name="Eve", owner="sam", notes="n"),
    ]
    with store.transaction(NOW):
        rows = contact_store.add_many(
            store.connection,
            drafts,
            uids=[store.new_uid(), store.new_uid()],
            stamp=single.created_at,
            owner="kim",
            employers=[1, None],
        )
    bob, eve = contact_store.list_rows(store.connection, rows)
    assert (bob.company, bob.tags, bob.custom) == (single.company, ("x",), {"Kunde seit": "2001"})
    assert (bob.owner, eve.owner, eve.company) == ("kim", "sam", None)
    assert [match.name for match in resolve.candidates(store, "bob")] == ["Bob"]


def test_list_reads_a_block_with_a_fixed_number_of_statements(store: Store) -> None:
    drafts = [ContactDraft(name=f"N {number}") for number in range(1200)]
    with store.transaction(NOW):
        uids = [store.new_uid() for _ in drafts]
        contact_store.add_many(store.connection, drafts, uids=uids, stamp="2025-11-19T09:00:00Z", owner=None)
    statements: list[str] = []
    store.connection.set_trace_callback(statements.append)
    found = list(contact_store.list(store.connection))
    store.connection.set_trace_callback(None)
    assert len(found) == 1200
    assert len(statements) <= 1 + 3 * 9
