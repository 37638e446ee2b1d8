"""Follow-ups: how they are added, changed, finished and repeated."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_cli.domain import repeat as rules
from crm_cli.domain.task import overdue
from crm_cli.errors import Conflict, NotFound, UsageError
from crm_cli.services import tasks
from crm_cli.store.links import LinkChange
from crm_cli.store.store import Store
from tests.services.book import NOW, contact, insert

BERLIN = timezone(timedelta(hours=1))


def localize(moment: datetime) -> datetime:
    return moment.replace(tzinfo=BERLIN)


@pytest.fixture
def store(tmp_path):
    with Store.open(str(tmp_path / "crm.db"), actor="me", command="crm test") as opened:
        yield opened


def row_of(store: Store, uid: str) -> int:
    return int(store.connection.execute("SELECT id FROM task WHERE uid = ?", (uid,)).fetchone()[0])


@pytest.mark.parametrize(
    ("text", "due", "rule"),
    [
        ("7d", None, "7d"),
        ("2w", None, "2w"),
        ("weekly", None, "1w"),
        ("wöchentlich", None, "1w"),
        ("every 3 months", None, "3m"),
        ("alle 14 Tage", None, "14d"),
        ("quarterly", None, "3m"),
        ("jährlich", date(2025, 2, 28), "1y"),
        ("monthly", date(2025, 1, 31), "1m@31"),
        ("1m@30", date(2025, 2, 28), "1m@30"),
    ],
)
def test_rule_is_read(text: str, due: date | None, rule: str) -> None:
    assert rules.read_repeat(text, due) == rule


@pytest.mark.parametrize("text", ["", "0d", "sometimes", "2", "1m@", "-3d", "9999d"])
def test_rule_is_refused_when_it_is_none(text: str) -> None:
    with pytest.raises(UsageError):
        rules.read_repeat(text)


@pytest.mark.parametrize(
    ("due", "rule", "expected"),
    [
        ("2025-11-19", "7d", "2025-11-26"),
        ("2025-11-21", "1w", "2025-11-28"),
        ("2025-01-06", "1w", "2025-11-24"),
        ("2025-10-31", "1m@31", "2025-11-30"),
        ("2026-01-31", "1m@31", "2026-02-28"),
        ("2026-02-28", "1m@31", "2026-03-31"),
        ("2024-02-29", "1y@29", "2026-02-28"),
        ("2025-11-18T09:00:00+01:00", "1d", "2025-11-20T09:00:00+01:00"),
        (None, "2w", "2025-12-03"),
    ],
)
def test_next_one_keeps_the_rhythm(due: str | None, rule: str, expected: str) -> None:
    assert rules.next_due(due, rule, now=NOW, localize=localize) == expected


@given(
    day=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    rule=st.builds("{}{}".format, st.integers(1, 30), st.sampled_from("dwmy")),
)
@settings(deadline=None, max_examples=100)
def test_next_one_is_after_today_and_after_the_last(day: date, rule: str) -> None:
    found = date.fromisoformat(rules.next_due(day.isoformat(), rule, now=NOW, localize=localize))
    assert found > NOW.date()
    assert found > day


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (None, False),
        ("2025-11-18", True),
        ("2025-11-19", False),
        ("2025-11-19T09:00:00+01:00", True),
        ("2025-11-19T10:30:00+01:00", False),
    ],
)
def test_task_is_overdue_when_its_day_is_over_or_its_time_has_come(due: str | None, expected: bool) -> None:
    assert overdue(due, NOW) is expected


def test_task_holds_what_was_given(store: Store) -> None:
    hans = contact(store, "Hans Müller", "Ehrler GmbH")
    task = tasks.add(
        store,
        text="Angebot senden",
        due=datetime(2025, 11, 21, 9, tzinfo=BERLIN),
        contact_rows=[hans, hans],
        company_row=1,
        repeat="monatlich",
        priority="hoch",
        tags=["eilig"],
        now=NOW,
    )
    assert (task.due, task.repeat, task.priority, task.tags) == ("2025-11-21T09:00:00+01:00", "1m", "high", ("eilig",))
    assert [person.name for person in task.contacts] == ["Hans Müller"]
    assert task.company is not None
    assert task.company.name == "Ehrler GmbH"
    assert task.owner == "me"
    assert tasks.listed(store, query="angebot", state="open", now=NOW) == [task]


@pytest.mark.parametrize("wrong", [{"text": " "}, {"text": "x", "repeat": "bald"}, {"text": "x", "priority": "egal"}])
def test_nothing_is_written_when_a_task_is_refused(store: Store, wrong: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        tasks.add(store, now=NOW, **wrong)  # type: ignore[arg-type]
    assert store.connection.execute("SELECT count(*) FROM change_set").fetchone() == (0,)


def test_edit_replaces_single_values_and_adds_others(store: Store) -> None:
    hans, anna = contact(store, "Hans"), contact(store, "Anna")
    task = tasks.add(store, text="a", due=date(2025, 12, 1), contact_rows=[hans], tags=["x"], now=NOW)
    row = row_of(store, task.id)
    changed = tasks.edit(
        store, row=row, text="b", clear=["due"], linked=LinkChange([anna], ["y"], remove_tags=["X"]), now=NOW
    )
    assert (changed.text, changed.due, changed.tags) == ("b", None, ("y",))
    assert [person.name for person in changed.contacts] == ["Hans", "Anna"]
    without = tasks.edit(store, row=row, linked=LinkChange(remove_contact_rows=[hans]), now=NOW)
    assert [person.name for person in without.contacts] == ["Anna"]
    with pytest.raises(UsageError):
        tasks.edit(store, row=row, clear=["text"], now=NOW)


def test_done_repeats_a_task_with_all_it_holds(store: Store) -> None:
    hans = contact(store, "Hans Müller", "Ehrler GmbH")
    deal = insert(store, "deal", title="Prüfstand", stage="Angebot")
    task = tasks.add(
        store, text="anrufen", due=date(2025, 11, 19), contact_rows=[hans], company_row=1, deal_row=deal,
        repeat="1w", priority="low", tags=["x"], owner="tim", now=NOW,
    )  # fmt: skip
    finished, following = tasks.done(store, row=row_of(store, task.id), now=NOW, localize=localize)
    assert finished.done_at == "2025-11-19T09:00:00Z"
    assert following is not None
    assert following.due == "2025-11-26"
    same = ("text", "contacts", "company", "deal", "repeat", "priority", "tags", "owner")
    assert [getattr(following, name) for name in same] == [getattr(task, name) for name in same]
    with pytest.raises(Conflict):
        tasks.done(store, row=row_of(store, task.id), now=NOW, localize=localize)
    assert [item.id for item in tasks.listed(store, query="", state="open", now=NOW)] == [following.id]
    assert [item.id for item in tasks.listed(store, query="", state="done", now=NOW)] == [task.id]
    assert len(tasks.listed(store, query="status:done OR status:open", state="open", now=NOW)) == 2


def test_open_tasks_come_by_day_and_priority(store: Store) -> None:
    tasks.add(store, text="ohne", now=NOW)
    tasks.add(store, text="später", due=date(2025, 12, 1), now=NOW)
    tasks.add(store, text="heute", due=date(2025, 11, 19), now=NOW)
    tasks.add(store, text="um neun", due=datetime(2025, 11, 19, 9, tzinfo=UTC), now=NOW)
    tasks.add(store, text="dringend", due=date(2025, 11, 19), priority="high", now=NOW)
    found = [task.text for task in tasks.listed(store, query="", state="open", now=NOW)]
    assert found == ["dringend", "heute", "um neun", "später", "ohne"]


def test_open_task_is_meant_when_a_done_one_has_the_same_words(store: Store) -> None:
    first = tasks.add(store, text="Angebot senden", now=NOW)
    tasks.done(store, row=row_of(store, first.id), now=NOW, localize=localize)
    second = tasks.add(store, text="Angebot senden", now=NOW)
    assert tasks.one(store, "angebot").id == second.id
    assert tasks.one(store, first.id[:8]).id == first.id
    with pytest.raises(NotFound):
        tasks.one(store, "rechnung")


def test_delete_takes_links_along(store: Store) -> None:
    hans = contact(store, "Hans")
    task = tasks.add(store, text="a", contact_rows=[hans], tags=["x"], now=NOW)
    assert tasks.delete(store, row=row_of(store, task.id), now=NOW) == task
    for table in ("task", "task_contact", "tag"):
        assert store.connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
