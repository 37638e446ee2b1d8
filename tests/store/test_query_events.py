"""Queries about appointments: every field by hand, and their days as the agenda finds them."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from crm_cli.errors import UsageError
from crm_cli.services import agenda, events, search
from crm_cli.store import events as rows
from crm_cli.store.store import Store, utc_text
from tests.services.book import contact, insert

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2025, 11, 19, 10, tzinfo=BERLIN)
DEMO, WEEKLY, FAIR, CALL, HOLIDAY = "Vorführung", "Jour fixe", "Messe", "Anruf", "Urlaub"


def localize(moment: datetime) -> datetime:
    return moment.replace(tzinfo=BERLIN)


def add(store: Store, title: str, start: str, end: str | None, recurrence: str | None = None, **columns: object) -> int:
    """Insert an event as the services do."""
    lines = [recurrence] if recurrence else []
    with store.transaction(NOW):
        return rows.add(
            store.connection, uid=store.new_uid(), title=title, stamp=utc_text(NOW),
            **{**events.when_columns(start, end, None, lines), **columns},
        )  # fmt: skip


@pytest.fixture(scope="module")
def diary(tmp_path_factory: pytest.TempPathFactory):
    """A few appointments that differ in everything a query may ask."""
    with Store.open(str(tmp_path_factory.mktemp("diary") / "crm.db"), actor="me", create=True) as store:
        hans = contact(store, "Hans Müller", "Ehrler GmbH")
        firm = store.connection.execute("SELECT id FROM company").fetchone()[0]
        calendar = insert(
            store, "calendar", uid="a2aaaaaaaaaaaaaa", created_at="x", updated_at="x", name="Team", frame_hash="",
            signature="",
        )  # fmt: skip
        add(
            store, DEMO, "2025-11-20T09:00:00+01:00", "2025-11-20T10:30:00+01:00", location="Bad Tölz",
            contact_rows=[hans], company_id=firm, alarms=[30], owner="me", status="confirmed",
        )  # fmt: skip
        add(
            store, WEEKLY, "2025-11-04T14:00:00+01:00", "2025-11-04T15:00:00+01:00", "RRULE:FREQ=WEEKLY;INTERVAL=2",
            calendar_id=calendar, status="tentative",
        )  # fmt: skip
        fair = add(store, FAIR, "2025-12-01", "2025-12-04", free=1, description="Halle 4")
        # Still the day before in UTC.
        add(store, CALL, "2025-11-20T23:30:00+00:00", "2025-11-21T00:00:00+00:00", status="cancelled")
        add(store, HOLIDAY, "2024-12-24", "2024-12-27", "RRULE:FREQ=YEARLY")
        insert(store, "tag", event_id=fair, name="vip")
        insert(store, "event_attendee", event_id=fair, email="anna@example.org", name="Anna Groß", organizer=0)
        yield store


def found(store: Store, text: str) -> list[str]:
    return [event.title for event in events.listed(store, query=text, now=NOW)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [HOLIDAY, WEEKLY, DEMO, CALL, FAIR]),
        ("vorführ", [DEMO]),
        ("ehrler", [DEMO]),
        ("anna", [FAIR]),
        ("example", [FAIR]),
        ("halle", [FAIR]),
        ("title:jour", [WEEKLY]),
        ("titel:fixe", [WEEKLY]),
        ("place:tölz", [DEMO]),
        ("ort:toelz", [DEMO]),
        ("no:location", [HOLIDAY, WEEKLY, CALL, FAIR]),
        ("description:halle", [FAIR]),
        ("contact:müller", [DEMO]),
        ("kontakt:none", [HOLIDAY, WEEKLY, CALL, FAIR]),
        ("company:ehrler", [DEMO]),
        ("calendar:team", [WEEKLY]),
        ("kalender:a2aa", [WEEKLY]),
        ("no:calendar", [HOLIDAY, DEMO, CALL, FAIR]),
        ("attendee:gross", [FAIR]),
        ("teilnehmer:anna@example.org", [FAIR]),
        ("tag:VIP", [FAIR]),
        ("alarm<60", [DEMO]),
        ("has:alarm", [DEMO]),
        ("duration>60", [DEMO]),
        ("dauer:30..60", [WEEKLY, CALL]),
        ("all_day:yes", [HOLIDAY, FAIR]),
        ("ganztags:nein", [WEEKLY, DEMO, CALL]),
        ("free:yes", [FAIR]),
        ("status:tentative OR status:abgesagt", [WEEKLY, CALL]),
        ("repeat:weekly", [WEEKLY]),
        ("wdh:jährlich", [HOLIDAY]),
        ("no:repeat", [DEMO, CALL, FAIR]),
        ("owner:me", [DEMO]),
        ("start:tomorrow", [DEMO]),
        ("beginn:2025-11-21", [CALL]),
        ("am:2025-11", [WEEKLY, DEMO, CALL]),
        ("start<3d", [HOLIDAY, WEEKLY, DEMO, CALL]),
        ("when:today", []),
        ("when:2025-11-18", [WEEKLY]),
        ("wann:2025-11-21", [CALL]),
        ("when:2025-12-02..2025-12-02", [WEEKLY, FAIR]),
        ("when:2025-12-03", [FAIR]),
        ("when:2025-12-04", []),
        ("when:2025-12-26", [HOLIDAY]),
        ("when:2025-12-27", []),
        ("when>2025-12-24 no:repeat", []),
        ("not when:2025-12", [DEMO, CALL]),
        ("(place:tölz OR tag:vip) start<=2025-11-30", [DEMO]),
    ],
)
def test_a_query_finds_what_it_asks_for(diary: Store, text: str, expected: list[str]) -> None:
    assert found(diary, text) == expected


@pytest.mark.parametrize("text", ["stage:x", "when<3d", "repeat:sometimes", "title>a", "start:sometime", "tag:("])
def test_what_cannot_be_asked_is_refused(diary: Store, text: str) -> None:
    with pytest.raises(UsageError):
        found(diary, text)


def test_find_shows_appointments_by_title_people_and_place(diary: Store) -> None:
    assert [(hit.kind, hit.name) for hit in search.find(diary, text="tölz")] == [("event", DEMO)]
    assert ("event", DEMO) in [(hit.kind, hit.name) for hit in search.find(diary, text="hans müller")]
    assert [hit.name for hit in search.find(diary, text="anna@example.org")] == [FAIR]


def test_days_are_those_of_the_agenda(tmp_path) -> None:
    chance = random.Random(11)
    with Store.open(str(tmp_path / "crm.db"), actor="me", create=True) as store:
        for number in range(60):
            day = date(2025, 1, 1) + timedelta(days=chance.randrange(700))
            rule = chance.choice(
                [
                    None,
                    None,
                    "RRULE:FREQ=DAILY;INTERVAL=9;COUNT=7",
                    "RRULE:FREQ=WEEKLY;BYDAY=MO,FR;UNTIL=20251231",
                    "RRULE:FREQ=MONTHLY;BYMONTHDAY=31",
                    "RDATE;VALUE=DATE:20250808,20251120",
                ]
            )
            if chance.random() < 0.3:
                start, end = day.isoformat(), (day + timedelta(days=chance.randrange(1, 4))).isoformat()
            else:
                zone = chance.choice([None, "Europe/Berlin", "America/New_York", "Pacific/Auckland", "UTC"])
                begin = datetime(
                    day.year, day.month, day.day, chance.randrange(24), tzinfo=ZoneInfo(zone) if zone else None
                )
                start, end = begin.isoformat(), (begin + timedelta(hours=chance.choice([0, 1, 30]))).isoformat()
            add(store, f"E{number}", start, end, rule)
        for _ in range(25):
            first = date(2025, 6, 1) + timedelta(days=chance.randrange(300))
            last = first + timedelta(days=chance.choice([0, 0, 6]))
            on = events.on_days(store, first=first, last=last, query="", now=NOW, localize=localize)
            asked = events.listed(store, query=f"when:{first}..{last}", now=NOW)
            assert {event.title for event in asked} == {event.title for event in on}
            shown = agenda.agenda(store, first=first, last=last, localize=localize).occurrences
            assert [event.id for event in on] == list(dict.fromkeys(one.id for one in sorted(shown, key=_moment)))


def _moment(one: agenda.Occurrence) -> datetime:
    moment = datetime.fromisoformat(one.start)
    return moment if moment.tzinfo else localize(moment)
