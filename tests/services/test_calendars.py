"""Calendars are kept whole, found again, and given back whole."""

from __future__ import annotations

import io
import random
import re
from datetime import date, datetime

import pytest

from crm_cli.domain.ical_item import CalendarDraft
from crm_cli.services import agenda, calendar_texts, calendars, events, reminders, tasks, visits
from crm_cli.store import events as event_rows
from crm_cli.store.store import Store
from importers import ical
from tests.importers.calendars import FILES, calendar, event, needs_corpus, written
from tests.importers.corpus import measure
from tests.services.book import NOW, contact, insert

LOCAL = datetime.astimezone


@pytest.fixture
def store(tmp_path) -> Store:
    with_store = Store.open(str(tmp_path / "crm.db"), actor="me", command="test", create=True)
    yield with_store
    with_store.close()


def bring(store: Store, text: str, name: str = "a.ics", *, update: bool = True) -> tuple[int, int, int, int]:
    """Import a file and return new, changed, same, refused."""
    drafts = ical.read(io.BytesIO(text.encode()), source=name)
    came = calendars.import_calendars(store, drafts, now=NOW, localize=LOCAL, update=update)
    return came.new, came.changed, came.same, len(came.refused)


def out(store: Store) -> str:
    """Export all calendars."""
    return b"".join(ical.write(calendar_texts.whole(store, now=NOW))).decode().replace("\r\n", "\n")


def titles(store: Store) -> list[str]:
    return sorted(one.title for one in event_rows.list(store.connection))


ONE = event("UID:u1", "SEQUENCE:0", "DTSTART:20251203T090000Z", "SUMMARY:One", "X-KEEP:1")


def test_a_calendar_comes_out_as_it_went_in_twice_over(store: Store) -> None:
    text = calendar("X-WR-CALNAME:Work", "noise", ONE, "BEGIN:VTIMEZONE\nTZID:x\nEND:VTIMEZONE", ONE) + calendar()
    assert bring(store, text) == (3, 0, 0, 0)
    assert bring(store, text) == (0, 0, 3, 0)
    assert out(store) == text
    assert titles(store) == ["One", "One"]


def test_equal_components_of_one_import_are_rows_of_their_own(store: Store) -> None:
    drafts = [*ical.read(io.BytesIO(calendar(ONE).encode()), source="a.ics")] * 2
    came = calendars.import_calendars(store, drafts, now=NOW, localize=LOCAL)
    assert (came.new, came.same) == (2, 0)


def test_a_later_state_of_the_same_file_updates_and_keeps_what_is_gone(store: Store) -> None:
    two = event("UID:u2", "DTSTART:20251204T090000Z", "SUMMARY:Two")
    bring(store, calendar(ONE, two))
    newer = ONE.replace("SUMMARY:One", "SUMMARY:New").replace("SEQUENCE:0", "SEQUENCE:1")
    three = event("UID:u3", "SUMMARY:Three")
    assert bring(store, calendar(newer, three)) == (1, 1, 0, 0)
    assert titles(store) == ["New", "Three", "Two"]
    assert bring(store, calendar(ONE)) == (0, 0, 0, 1), "an older version is refused"
    assert titles(store) == ["New", "Three", "Two"]


def test_skip_leaves_what_is_here(store: Store) -> None:
    bring(store, calendar(ONE))
    assert bring(store, calendar(ONE.replace("SUMMARY:One", "SUMMARY:New")), update=False) == (0, 0, 1, 0)
    assert titles(store) == ["One"]


def test_a_cancellation_in_a_file_is_a_row_and_cancels_nothing(store: Store) -> None:
    bring(store, calendar(ONE, method="REQUEST"))
    assert bring(store, calendar(ONE, method="CANCEL"), "b.ics") == (1, 0, 0, 0)
    assert [(one.method, one.status) for one in event_rows.list(store.connection)] == [
        ("REQUEST", None), ("CANCEL", None),
    ]  # fmt: skip


def test_an_edit_changes_its_line_only(store: Store) -> None:
    text = calendar(ONE)
    bring(store, text)
    events.edit(store, row=events.one(store, "One"), now=NOW, location="Augsburg")
    lost, gained = (
        set(text.split("\n")) - set(out(store).split("\n")),
        set(out(store).split("\n")) - set(text.split("\n")),
    )
    assert lost == {"SEQUENCE:0"}
    assert gained == {
        "LOCATION:Augsburg", "SEQUENCE:1", "LAST-MODIFIED:20251119T090000Z", "DTSTAMP:20251119T090000Z",
    }  # fmt: skip


def test_a_deleted_event_leaves_its_calendar_and_undo_brings_it_back(store: Store) -> None:
    from crm_cli.services import journal

    text = calendar("X-A:1", ONE, "X-B:2")
    bring(store, text)
    events.delete(store, row=events.one(store, "One"), now=NOW)
    assert out(store) == calendar("X-A:1", "X-B:2")
    journal.undo(store, now=NOW)
    assert out(store) == text
    events.delete(store, row=events.one(store, "One"), now=NOW)
    assert bring(store, text)[0] == 1, "what was deleted comes back with its file"


def test_a_todo_is_a_task_and_a_journal_an_entry(store: Store) -> None:
    todo = "BEGIN:VTODO\nUID:t\nSUMMARY:Quote\nDUE;VALUE=DATE:20251203\nPRIORITY:1\nX-T:1\nEND:VTODO"
    diary = "BEGIN:VJOURNAL\nUID:j\nDTSTART;VALUE=DATE:20251118\nSUMMARY:Visit\nDESCRIPTION:saw it\nEND:VJOURNAL"
    text = calendar(todo, diary)
    bring(store, text)
    (task,) = tasks.listed(store, query="", state="all", now=NOW)
    assert (task.text, task.due, task.priority) == ("Quote", "2025-12-03", "high")
    assert store.connection.execute("SELECT at, all_day, text, details FROM interaction").fetchall() == [
        ("2025-11-18", 1, "Visit", "saw it")
    ]
    assert out(store) == text
    tasks.done(store, row=tasks.one(store, "Quote").row, now=NOW, localize=LOCAL)
    assert "STATUS:COMPLETED" in out(store)
    assert "X-T:1" in out(store)


def test_attendees_are_linked_to_who_has_their_address_alone(store: Store) -> None:
    with store.transaction(NOW):
        hans = contact(store, "Hans Müller", email="Hans@example.org")
        for name in ("A", "B"):
            contact(store, name, email="shared@example.org")
    guests = [f"ATTENDEE:mailto:{name}@example.org" for name in ("hans", "shared", "nobody")]
    bring(store, calendar(event("UID:u", "DTSTART:20251203T090000Z", "SUMMARY:x", *guests)))
    (found,) = event_rows.list(store.connection)
    assert [person.name for person in found.contacts] == ["Hans Müller"]
    assert len(found.attendees) == 3
    assert hans


def test_an_event_of_our_own_is_exported_with_its_zone(store: Store) -> None:
    with store.transaction(NOW):
        insert(
            store, "event", uid="a2aaaaaaaaaaaaaa", created_at="x", updated_at="x", title="Own",
            start_at="2025-12-03T09:00:00+01:00", end_at="2025-12-03T10:00:00+01:00", timezone="Europe/Berlin",
        )  # fmt: skip
    text = out(store)
    assert "TZID:Europe/Berlin" in text
    assert "DTSTART;TZID=Europe/Berlin:20251203T090000" in text
    (draft,) = ical.read(io.BytesIO(text.encode()), source="x")
    assert draft.items[0].start == "2025-12-03T09:00:00+01:00"


@pytest.mark.long
@needs_corpus
def test_the_corpus_goes_through_the_store_without_loss_and_comes_a_second_time_unchanged(store: Store) -> None:
    def drafts():
        for path in FILES:
            with path.open("rb") as stream:
                yield from ical.read(stream, source=path.name)

    first = calendars.import_calendars(store, drafts(), now=NOW, localize=LOCAL)
    second = calendars.import_calendars(store, drafts(), now=NOW, localize=LOCAL)
    # 1,915 components, and one calendar that holds none.
    assert (first.new, first.changed, first.same, first.refused) == (1916, 0, 0, [])
    assert (second.new, second.changed, second.same, second.refused) == (0, 0, 1916, [])
    tool = measure()
    came, lost = tool.tolerant(out(store)), []
    for path in FILES:
        if tool.tolerant(tool.decode(path.read_bytes())) - came:
            lost.append(path.name)
    assert lost == [f"libical.libical__{name}.ics" for name in ("crash", "issue253", "malloc")]


EXTREMES = ("00010101T000000", "99991231T235959Z", "00010101", "99991231", "20251118T090000")


@needs_corpus
def test_damaged_calendars_with_impossible_times_break_nothing(store: Store) -> None:
    chance = random.Random(3)
    files = [path.read_bytes()[:3000] for path in FILES]
    for _ in range(30):
        data = bytearray(chance.choice(files))
        at = chance.randrange(len(data))
        data[at : at + 9] = chance.choice(
            (b"END:VEVENT\n", b"\x00", b"\xff", b"\nRRULE:FREQ=DAILY\n", b"\nDURATION:P99W\n")
        )
        damaged = re.sub(rb"\d{8}(T\d{6}Z?)?", lambda found: _moved(chance, found[0]), bytes(data))
        calendars.import_calendars(store, ical.read(io.BytesIO(damaged), source="x"), now=NOW, localize=LOCAL)
    agenda.agenda(store, first=date(2025, 11, 1), last=date(2025, 11, 30), localize=LOCAL)
    visits.open_visits(store, now=NOW, localize=LOCAL)
    reminders.due(store, now=NOW, localize=LOCAL)
    first = out(store)
    again = [draft for draft in ical.read(io.BytesIO(first.encode()), source="x") if isinstance(draft, CalendarDraft)]
    assert written(again).decode().replace("\r\n", "\n") == first


def _moved(chance: random.Random, text: bytes) -> bytes:
    return chance.choice(EXTREMES).encode() if chance.random() < 0.3 else text


def test_many_events_are_few_statements(store: Store) -> None:
    statements: list[str] = []
    guest = "ATTENDEE:mailto:a@example.org"
    many = [event(f"UID:{number}", "DTSTART:20251203T090000Z", f"SUMMARY:{number}", guest) for number in range(250)]
    store.connection.set_trace_callback(statements.append)
    assert bring(store, calendar(*many))[0] == 250
    store.connection.set_trace_callback(None)
    # A statement is told again for each row its trigger fires for.
    statements = list(dict.fromkeys(statements))
    written = [one for one in statements if one.startswith(("INSERT INTO event", "INSERT INTO calendar"))]
    assert len(written) < 40
    asked = [one for one in statements if one.lstrip().startswith("SELECT") and " event" in one]
    assert len(asked) < 60
