"""What the day asks for: due items, cadences, birthdays, the morning page, the page before a visit."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from crm_cli.domain.cadence import due_on, read_days
from crm_cli.errors import NotFound, UsageError
from crm_cli.services import cadences, records, resolve, today
from crm_cli.store import views
from crm_cli.store.store import Store
from tests.services.book import NOW, STAMP, company, contact, insert


@pytest.fixture
def store(tmp_path):
    with Store.open(str(tmp_path / "crm.db"), actor="me", command="crm test") as opened:
        yield opened


def entry(store: Store, at: str, *people: int, firm: int | None = None, text: str = "x") -> int:
    row = insert(store, "interaction", kind="call", at=at, text=text, company_id=firm)
    for person in people:
        insert(store, "interaction_contact", interaction_id=row, contact_id=person)
    return row


@pytest.mark.parametrize(
    ("text", "days"), [("30d", 30), ("30", 30), ("2w", 14), ("3 m", 90), ("1y", 365), ("14 Tage", 14)]
)
def test_rhythm_is_read(text: str, days: int) -> None:
    assert read_days(text) == days


@pytest.mark.parametrize("text", ["", "0d", "bald", "99999", "-3d"])
def test_rhythm_is_refused_when_it_is_none(text: str) -> None:
    with pytest.raises(UsageError):
        read_days(text)


def test_cadence_is_due_after_the_last_contact() -> None:
    assert due_on(30, "2025-11-01", None) == date(2025, 12, 1)
    assert due_on(30, "2025-11-01", "2025-11-18T14:30:00+01:00") == date(2025, 12, 18)


def test_any_entry_begins_a_cadence_anew(store: Store) -> None:
    hans = contact(store, "Hans Müller", "Ehrler GmbH")
    entry(store, "2025-09-01", hans)
    match = resolve.one(store, "hans müller")
    assert cadences.set(store, match=match, every="30d", now=NOW).due == "2025-10-01"
    assert cadences.set(store, match=match, every="60d", now=NOW).due == "2025-10-31"
    assert [(item.kind, item.days, item.overdue) for item in today.due(store, now=NOW)] == [("cadence", 60, True)]
    entry(store, "2025-11-19T09:00:00+01:00", hans)
    assert today.due(store, now=NOW) == []
    firm = resolve.one(store, "ehrler/")
    assert cadences.set(store, match=firm, every="2w", now=NOW).kind == "company"
    assert cadences.clear(store, match=match, now=NOW).days == 60
    with pytest.raises(NotFound):
        cadences.clear(store, match=match, now=NOW)


def test_due_holds_what_is_late_and_of_today(store: Store) -> None:
    for text, due, done in (
        ("später", "2025-11-20", None),
        ("heute", "2025-11-19", None),
        ("heute spät", "2025-11-19T23:00:00+01:00", None),
        ("alt", "2025-10-01", None),
        ("getan", "2025-10-01", STAMP),
        ("irgendwann", None, None),
    ):
        insert(store, "task", text=text, due=due, done_at=done)
    found = [(item.text, item.overdue) for item in today.due(store, now=NOW)]
    assert found == [("alt", True), ("heute", False), ("heute spät", False)]


def test_due_asks_the_index(store: Store) -> None:
    sql = "EXPLAIN QUERY PLAN SELECT id FROM task WHERE done_at IS NULL AND due < ?"
    assert "task_open" in store.connection.execute(sql, ("2025-11-19~",)).fetchone()[3]


@pytest.mark.parametrize(
    ("birthday", "first", "last", "on", "age"),
    [
        ("1980-11-19", "2025-11-19", "2025-11-26", "2025-11-19", 45),
        ("--11-26", "2025-11-19", "2025-11-26", "2025-11-26", None),
        ("1980-11-27", "2025-11-19", "2025-11-26", None, None),
        ("1980-01-02", "2025-12-29", "2026-01-05", "2026-01-02", 46),
        ("2000-02-29", "2025-02-27", "2025-03-02", "2025-02-28", 25),
        ("2000-02-29", "2025-02-28", "2025-02-28", "2025-02-28", 25),
        ("2000-02-29", "2028-02-27", "2028-03-02", "2028-02-29", 28),
        ("irgendwann", "2025-01-01", "2025-12-01", None, None),
    ],
)
def test_birthdays_come_round(
    store: Store, birthday: str, first: str, last: str, on: str | None, age: int | None
) -> None:
    contact(store, "Hans", "Acme", birthday=birthday)
    found = views.birthdays(store.connection, date.fromisoformat(first), date.fromisoformat(last))
    assert [(item.on, item.age, item.company) for item in found] == ([(on, age, "Acme")] if on else [])


def test_birthdays_ask_the_index(store: Store) -> None:
    asked: list[str] = []
    store.connection.set_trace_callback(asked.append)
    views.birthdays(store.connection, date(2025, 12, 29), date(2026, 1, 5))
    store.connection.set_trace_callback(None)
    plan = " ".join(row[3] for row in store.connection.execute(f"EXPLAIN QUERY PLAN {asked[0]}"))
    assert "SEARCH contact USING INDEX contact_birthday" in plan


def test_today_gathers_the_day(store: Store) -> None:
    contact(store, "Hans", birthday="1980-11-20")
    planned, idle = (insert(store, "deal", title=title, stage="Angebot") for title in ("geplant", "still"))
    insert(store, "deal", title="gewonnen", stage="Angebot", status="won", closed_at=STAMP)
    insert(store, "task", text="heute", due="2025-11-19", deal_id=planned)
    insert(store, "task", text="alt", due="2025-11-01", deal_id=idle, done_at=STAMP)
    insert(store, "task", text="spät", due="2025-11-18")
    for status in ("open", "done"):
        store.connection.execute(
            "INSERT INTO request (uid, kind, text, status, opened_at, created_at, updated_at) "
            "VALUES (?, 'angebot', '2 Stk.', ?, ?, ?, ?)",
            (f"a2aaaaaaaaaaa{status:a<3}"[:16].ljust(16, "a"), status, STAMP, STAMP, STAMP),
        )
    page = today.today(store, now=NOW, localize=lambda moment: moment.astimezone())
    assert page.date == "2025-11-19"
    assert [task.text for task in page.tasks] == ["heute"]
    assert [task.text for task in page.overdue] == ["spät"]
    assert [deal.title for deal in page.deals] == ["still"]
    assert [person.name for person in page.birthdays] == ["Hans"]
    assert [request.text for request in page.requests] == ["2 Stk."]
    assert (page.visits, page.drafts) == ([], 0)


def test_brief_gathers_person_and_firm(store: Store) -> None:
    hans = contact(store, "Hans Müller", "Ehrler GmbH", phone="0821 12345", birthday="1980-11-25")
    contact(store, "Anna Schmidt", "Ehrler GmbH", email="anna@ehrler.de")
    firm = company(store, "Ehrler GmbH", "0821 99999")
    insert(store, "deal", title="Prüfstand", stage="Angebot", company_id=firm)
    insert(store, "task", text="Angebot", company_id=firm)
    for number in range(7):
        entry(store, f"2025-10-{number + 1:02}", hans, firm=firm, text=f"Eintrag {number}")
    page = records.brief(store, match=resolve.one(store, "hans müller"), now=NOW, localize=datetime.astimezone)
    assert page.company.name == "Ehrler GmbH"
    assert [deal.title for deal in page.deals] == ["Prüfstand"]
    assert [task.text for task in page.tasks] == ["Angebot"]
    assert [person.name for person in page.people] == ["Anna Schmidt"]
    assert page.birthday is not None
    assert page.birthday.on == "2025-11-25"
    assert [item.text for item in page.entries] == [f"Eintrag {number}" for number in (6, 5, 4, 3, 2)]
    firms = records.brief(store, match=resolve.one(store, "ehrler/"), now=NOW, localize=datetime.astimezone)
    assert [person.name for person in firms.people] == ["Anna Schmidt", "Hans Müller"]


def test_timeline_is_newest_first_and_cut(store: Store) -> None:
    hans = contact(store, "Hans Müller")
    entry(store, "2025-11-18T23:30:00-05:00", hans, text="spät in New York")
    entry(store, "2025-11-19T01:00:00+01:00", hans, text="früh in Augsburg")
    task = insert(store, "task", text="getan", done_at="2025-11-17T08:00:00Z")
    insert(store, "task_contact", task_id=task, contact_id=hans)
    insert(store, "deal", title="fremd", stage="Angebot")
    match = resolve.one(store, "hans müller")

    def texts(limit: int) -> list[str]:
        card = records.show(store, match=match, limit=limit, now=NOW, localize=datetime.astimezone)
        assert isinstance(card, records.Card)
        return [item.text for item in card.timeline if item.type != "change"]

    assert texts(99) == ["spät in New York", "früh in Augsburg", "getan"]
    assert len(texts(1)) <= 1
