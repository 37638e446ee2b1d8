"""What is edited here is written into the text an event came in, and nothing else of it."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import pytest

from crm_cli.services import calendar_texts, calendars, events
from crm_cli.store import events as rows
from crm_cli.store.links import LinkChange
from crm_cli.store.store import Store
from importers import ical
from tests.importers.calendars import calendar, event
from tests.services.book import NOW, contact, insert

RICH = event(
    "UID:u1",
    "DTSTART;TZID=Europe/Berlin:20251203T090000",
    "DURATION:PT1H",
    "SUMMARY;LANGUAGE=de:Vorführung",
    "CATEGORIES:work,Kunde\\, A",
    "CATEGORIES:work",
    "ORGANIZER:mailto:boss@example.org",
    'ATTENDEE;CN="Anna, Groß";ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION:mailto:anna@example.org',
    "ATTENDEE;PARTSTAT=ACCEPTED:MAILTO:Bob@example.org",
    "CONTACT;ALTREP=\"http://example.org/c\":Herr Fremd",
    "RRULE:FREQ=WEEKLY;COUNT=5",
    "EXDATE;TZID=Europe/Berlin:20251210T090000",
    "X-KEEP;X-P=1:as it came",
    "BEGIN:VALARM\nACTION:EMAIL\nATTENDEE:mailto:bob@example.org\nTRIGGER:-PT15M\nX-A:1\nEND:VALARM",
    "BEGIN:VALARM\nACTION:AUDIO\nTRIGGER:-PT1H\nEND:VALARM",
)  # fmt: skip
STAMPS = ("SEQUENCE:", "LAST-MODIFIED:", "DTSTAMP:")


@pytest.fixture
def store(tmp_path: Path):
    with Store.open(str(tmp_path / "crm.db"), actor="me", create=True) as opened:
        contact(opened, "Bob Miller", email="bob@example.org")
        contact(opened, "Hans Müller", "Ehrler GmbH")
        bring(opened, calendar(RICH))
        yield opened


def bring(store: Store, text: str) -> tuple[int, int, int]:
    drafts = ical.read(io.BytesIO(text.encode()), source="a.ics")
    came = calendars.import_calendars(store, drafts, now=NOW, localize=datetime.astimezone)
    return came.new, came.changed, came.same


def out(store: Store) -> list[str]:
    """Return the lines of all calendars, without stamps."""
    text = b"".join(ical.write(calendar_texts.whole(store, now=NOW))).decode()
    return [line for line in text.replace("\r\n ", "").split("\r\n") if not line.startswith(STAMPS)]


def changed(store: Store, **changes: object) -> tuple[set[str], set[str]]:
    """Edit the event; return the lines that went and those that came."""
    before = out(store)
    events.edit(store, row=rows.row_of(store.connection, only(store).id), now=NOW, **changes)  # type: ignore[arg-type]
    after = out(store)
    return set(before) - set(after), set(after) - set(before)


def only(store: Store) -> rows.Event:
    (found,) = rows.list(store.connection)
    return found


def people(store: Store) -> list[str]:
    return [one.name for one in only(store).contacts]


def test_an_untouched_event_comes_out_as_it_came(store: Store) -> None:
    assert out(store) == [*calendar(RICH).split("\n")]
    assert people(store) == ["Bob Miller"]


def test_tags_are_its_categories(store: Store) -> None:
    assert changed(store, linked=LinkChange(tags=["messe"])) == (
        {"CATEGORIES:work,Kunde\\, A", "CATEGORIES:work"},
        {"CATEGORIES:work,Kunde\\, A,messe"},
    )
    gone = LinkChange(remove_tags=["work", "Kunde, A", "messe"])
    assert changed(store, linked=gone) == ({"CATEGORIES:work,Kunde\\, A,messe"}, set())


def test_whoever_is_taken_off_is_invited_no_more(store: Store) -> None:
    row = store.connection.execute("SELECT id FROM contact WHERE name = 'Bob Miller'").fetchone()[0]
    gone, came = changed(store, linked=LinkChange(remove_contact_rows=[row]))
    assert (gone, came) == ({"ATTENDEE;PARTSTAT=ACCEPTED:MAILTO:Bob@example.org"}, set())
    assert "ATTENDEE:mailto:bob@example.org" in out(store), "the alarm still writes to him"
    assert people(store) == []


def test_attendees_come_and_go_and_those_known_are_linked(store: Store) -> None:
    gone, came = changed(store, attendees=["new@example.org", "ANNA@example.org"], remove_attendees=["bob@example.org"])
    assert gone == {"ATTENDEE;PARTSTAT=ACCEPTED:MAILTO:Bob@example.org"}
    assert came == {"ATTENDEE:mailto:new@example.org"}
    assert people(store) == []
    assert changed(store, attendees=["bob@example.org"])[0] == set()
    assert people(store) == ["Bob Miller"]
    assert out(store)[1] != "ATTENDEE:mailto:bob@example.org"


def test_people_and_the_firm_are_named_without_being_invited_and_found_again(store: Store, tmp_path: Path) -> None:
    hans, uid = store.connection.execute("SELECT id, uid FROM contact WHERE name = 'Hans Müller'").fetchone()
    firm, firm_uid = store.connection.execute("SELECT id, uid FROM company").fetchone()
    gone, came = changed(store, linked=LinkChange(contact_rows=[hans]), company_row=firm)
    assert (gone, came) == (
        set(), {f"CONTACT;X-CRM-ID={uid}:Hans Müller", f"CONTACT;X-CRM-ID={firm_uid}:Ehrler GmbH"},
    )  # fmt: skip
    text = "\n".join(out(store))
    events.delete(store, row=events.one(store, "Vorführung"), now=NOW)
    assert bring(store, text)[0] == 1
    assert people(store) == ["Bob Miller", "Hans Müller"]
    assert only(store).company is not None
    assert changed(store, linked=LinkChange(remove_contact_rows=[hans]), clear=["company"])[1] == set()
    assert 'CONTACT;ALTREP="http://example.org/c":Herr Fremd' in out(store)


def test_times_and_the_rule_take_the_place_of_their_lines(store: Store) -> None:
    start = datetime.fromisoformat("2025-12-04T10:00:00+01:00")
    gone, came = changed(store, start=start, duration_min=90, zone="Europe/Berlin", alarms=[60, 5], remove_alarms=[15])
    assert gone == {
        "DTSTART;TZID=Europe/Berlin:20251203T090000", "DURATION:PT1H", "TRIGGER:-PT15M", "ACTION:EMAIL", "X-A:1",
        "ATTENDEE:mailto:bob@example.org",
    }  # fmt: skip
    assert came == {
        "DTSTART;TZID=Europe/Berlin:20251204T100000", "DTEND;TZID=Europe/Berlin:20251204T113000", "TRIGGER:-PT5M",
        "ACTION:DISPLAY", "DESCRIPTION:Vorführung",
    }  # fmt: skip
    assert changed(store, repeat="FREQ=DAILY;COUNT=3") == (
        {"RRULE:FREQ=WEEKLY;COUNT=5"}, {"RRULE:FREQ=DAILY;COUNT=3"},
    )  # fmt: skip
    gone, came = changed(store, clear=["repeat"])
    assert (came, {line[:6] for line in gone}) == (set(), {"RRULE:", "EXDATE"})


def test_a_later_state_of_a_file_leaves_what_was_edited_here(store: Store) -> None:
    insert(store, "tag", event_id=rows.row_of(store.connection, only(store).id), name="mine")
    changed(store, title="Mein Titel", alarms=[5])
    newer = RICH.replace("CATEGORIES:work\n", "LOCATION:Augsburg\n").replace("work,", "").replace("Bob@", "Carl@")
    assert bring(store, calendar(newer)) == (0, 1, 0)
    found = only(store)
    assert (found.title, found.location, found.alarms) == ("Mein Titel", "Augsburg", (15, 60, 5))
    assert found.tags == ("Kunde, A", "mine")
    assert people(store) == []
    assert "SUMMARY:Mein Titel" in out(store)
    assert bring(store, calendar(newer)) == (0, 0, 1)


def test_events_of_our_own_come_back_as_themselves(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "own.db"), actor="me", create=True) as store:
        contact(store, "Hans Müller", "Ehrler GmbH")
        with store.transaction(NOW):
            hans = store.connection.execute("SELECT id FROM contact").fetchone()[0]
            row = rows.add(
                store.connection, uid=store.new_uid(), title="Demo", stamp="2025-11-19T09:00:00Z", alarms=[5],
                contact_rows=[hans], **events.when_columns("2025-12-03T09:00:00+01:00", None, "Europe/Berlin", []),
            )  # fmt: skip
        text = "\n".join([*out(store), ""])
        assert bring(store, text) == (0, 0, 1)
        events.edit(store, row=row, now=NOW, location="Ulm")
        assert bring(store, text.replace("SUMMARY:Demo", "SUMMARY:Show")) == (0, 1, 0)
        found = only(store)
        assert (found.title, found.location, people(store)) == ("Show", None, ["Hans Müller"])
        events.delete(store, row=row, now=NOW)
        assert bring(store, text)[0] == 1
