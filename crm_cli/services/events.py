"""Appointments: add by one line, change, delete, look up."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from crm_cli.domain.contact import email_key
from crm_cli.domain.event import length_of, moment_of
from crm_cli.domain.event_line import parse_event_line
from crm_cli.domain.ical_item import Attendee
from crm_cli.domain.recurrence import last_day
from crm_cli.domain.reference import is_id
from crm_cli.domain.repeat import read_repeat
from crm_cli.domain.text import words
from crm_cli.domain.who import firm_of
from crm_cli.errors import Ambiguous, UsageError
from crm_cli.services import resolve
from crm_cli.services.calendar_records import recurrence_text, repeat_rule
from crm_cli.services.editing import changed_columns
from crm_cli.store import calendars, events, links, query_sql, sync_events
from crm_cli.store.store import utc_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from crm_cli.domain.event import Event
    from crm_cli.domain.event_line import EventLine
    from crm_cli.domain.tokens import Notice
    from crm_cli.domain.who import Match
    from crm_cli.services.interactions import Reading
    from crm_cli.store.links import LinkChange
    from crm_cli.store.store import Store

# What `--clear` can empty, and the column behind it.
CLEARABLE = {
    "location": ("location",),
    "description": ("description",),
    "url": ("url",),
    "company": ("company_id",),
    "repeat": ("recurrence",),
    "status": ("status",),
}
_STATUSES = ("confirmed", "tentative", "cancelled")
_SHOWN = 10
# Of more appointments of one name the next one is not looked for.
_MOST_NAMESAKES = 1_000


class Added:
    """An event that was made, and what is to be said about it; `created` are names of records made for it."""

    __slots__ = ("created", "event", "notices")

    def __init__(self, event: Event, notices: list[Notice], created: list[str]) -> None:
        self.event = event
        self.notices = notices
        self.created = created


def add(
    store: Store,
    *,
    text: str,
    reading: Reading,
    zone: str | None,
    create: bool = False,
    location: str | None = None,
    description: str | None = None,
    repeat: str | None = None,
    until: date | None = None,
    alarms: Sequence[int] = (),
    attendees: Sequence[str] = (),
    free: bool = False,
) -> Added:
    """Add an event from one line; options win over what the line says, alarms and `attendees` (e-mails) are added.

    `zone` is the IANA name of local time, None where it has none; `until` is the last day of an event of whole days.
    Raises UsageError, NotFound or Ambiguous.
    """
    line = _read(store, text, reading, until)
    recurrence = read_recurrence(repeat or line.repeat, line.start)
    with store.transaction(reading.now):
        parties, created = _parties(store, line, reading, create=create)
        row = events.add(
            store.connection,
            uid=store.new_uid(), title=line.title, stamp=utc_text(reading.now), owner=store.actor, raw=text,
            location=location or line.location, description=description, url=line.url, free=int(free),
            contact_rows=[match.row for match in parties if match.kind == "contact"],
            alarms=list(dict.fromkeys([*line.alarms, *alarms])), company_id=firm_of(parties),
            **when_columns(_text(line.start), _text(line.end), zone, recurrence),
        )  # fmt: skip
        links.add_tags(store.connection, "event", row, line.tags)
        _set_attendees(store, row, [], attendees)
        return Added(events.get(store.connection, row), line.notices, created)


def _read(store: Store, text: str, reading: Reading, until: date | None) -> EventLine:
    line = parse_event_line(
        text,
        now=reading.now,
        who=lambda phrase: resolve.candidates(store, phrase, region=reading.region),
        localize=reading.localize,
        is_holiday=reading.is_holiday,
        options=reading.options,
    )
    if until is not None:
        line.end = moment_of(_after(_text(line.start), until))
    return line


def _after(begin: str, until: date) -> str:
    """Return the end of whole days whose last one is `until`: the day after (RFC 5545, 3.6.1). Raises UsageError."""
    if len(begin) > 10:
        raise UsageError("--until is for whole days; a time takes a duration.", hint="tomorrow 9:00 2h: …")
    if until.isoformat() < begin:
        raise UsageError("The appointment ends before it begins.")
    try:
        return (until + timedelta(days=1)).isoformat()
    except OverflowError:
        raise UsageError("No calendar goes that far.") from None


def _text(moment: date | datetime) -> str:
    return moment.isoformat(timespec="seconds") if isinstance(moment, datetime) else moment.isoformat()


def when_columns(start: str, end: str | None, zone: str | None, recurrence: Sequence[str]) -> dict[str, Any]:
    """Return the columns of when an event is; `zone` is kept for a time with an offset only."""
    return {
        "start_at": start,
        "end_at": end,
        "timezone": zone if len(start) > 10 and datetime.fromisoformat(start).tzinfo is not None else None,
        "recurrence": recurrence_text(recurrence),
        "first_day": start[:10],
        "last_day": last_day(start, end, recurrence),
    }


def read_recurrence(text: str | None, start: date | datetime) -> list[str]:
    """Return the RRULE of `weekly`, `2w` …, or of an RRULE itself (`FREQ=WEEKLY;BYDAY=MO`); raises UsageError."""
    if not text:
        return []
    if "FREQ=" in text.upper():
        rule = text.strip().upper().removeprefix("RRULE:")
        if not re.fullmatch(r"[A-Z0-9=;,+\-]+", rule) or not _is_rule(rule):
            raise UsageError(
                "“{text}” is no rule to repeat by.", text=text, hint="Such as 2w, monthly, FREQ=WEEKLY;COUNT=8"
            )
        return [f"RRULE:{rule}"]
    return repeat_rule(read_repeat(text, start))


def _is_rule(rule: str) -> bool:
    from crm_cli.domain.recurrence import expand

    noon = datetime(2026, 1, 1, 12)  # noqa: DTZ001 - a naive local time, as rules want it
    window = expand(noon, [f"RRULE:{rule}"], zone=None, after=noon, before=noon + timedelta(days=1))
    return not window.unreadable


def _parties(store: Store, line: EventLine, reading: Reading, *, create: bool) -> tuple[list[Match], list[str]]:
    found: dict[tuple[str, int], Match] = {}
    created = []
    for who in line.whos:
        match = who.match
        if match is None and who.matches:
            raise resolve.ambiguous(who.phrase, who.matches)
        if match is None and create:
            from crm_cli.services import walk_in

            match = walk_in.add(store, phrase=who.phrase, region=reading.region, now=reading.now)
            created.append(match.name)
        if match is None:
            error = resolve.not_found(store, who.phrase)
            error.hint = "--create adds it. Words after the colon are the title."
            raise error
        found[match.kind, match.row] = match
    return list(found.values()), created


def edit(
    store: Store,
    *,
    row: int,
    now: datetime,
    title: str | None = None,
    start: date | datetime | None = None,
    duration_min: int | None = None,
    until: date | None = None,
    zone: str | None = None,
    location: str | None = None,
    description: str | None = None,
    url: str | None = None,
    status: str | None = None,
    free: bool | None = None,
    repeat: str | None = None,
    alarms: Sequence[int] = (),
    remove_alarms: Sequence[int] = (),
    attendees: Sequence[str] = (),
    remove_attendees: Sequence[str] = (),
    company_row: int | None = None,
    linked: LinkChange | None = None,
    clear: Sequence[str] = (),
) -> Event:
    """Change an event: given values replace the old ones; people, attendees (e-mails), alarms and tags are added.

    Whoever is taken off the people is an attendee no more, and the reverse. Return the event as it is now. Without a
    duration, or the last day (`until`) of whole ones, a moved event keeps its length. Raises UsageError.
    """
    if status is not None and status not in _STATUSES:
        raise UsageError("“{text}” is no status.", text=status, hint="confirmed, tentative or cancelled")
    given = {
        "title": title, "location": location, "description": description, "url": url, "status": status,
        "company_id": company_row, "free": None if free is None else int(free),
    }  # fmt: skip
    columns = changed_columns(given, clear, CLEARABLE)
    with store.transaction(now):
        connection = store.connection
        event = events.get(connection, row)
        columns.update(_moved(event, start, duration_min, until, zone, repeat, cleared="recurrence" in columns))
        if not (columns or linked or alarms or remove_alarms or attendees or remove_attendees):
            raise UsageError("There is nothing to change.", hint="crm event edit --help lists the options.")
        _change_people(store, row, event, linked, attendees, remove_attendees)
        _set_alarms(store, row, [one for one in event.alarms if one not in remove_alarms], alarms)
        events.update(connection, row, stamp=utc_text(now), **columns)
        return events.get(connection, row)


def _set_alarms(store: Store, row: int, kept: Sequence[int], new: Sequence[int]) -> None:
    events.clear(store.connection, "event_alarm", row)
    events.add_alarms(store.connection, row, dict.fromkeys([*kept, *new]))


def _change_people(
    store: Store, row: int, event: Event, linked: LinkChange | None, new: Sequence[str], removed: Sequence[str]
) -> None:
    connection = store.connection
    off = [] if linked is None else calendars.email_keys(connection, linked.remove_contact_rows)
    gone = {*off, *map(email_key, removed)}
    links.unlink_contacts(connection, "event", row, calendars.rows_with_emails(connection, sorted(gone)).values())
    if linked:
        links.change(connection, "event", row, linked)
    kept = [one for one in event.attendees if one.organizer or email_key(one.email) not in gone]
    _set_attendees(store, row, kept, new)


def _set_attendees(store: Store, row: int, kept: Sequence[Attendee], new: Sequence[str]) -> None:
    """Name these attendees and no others; who of them is in the address book is linked."""
    known = {email_key(one.email) for one in kept if not one.organizer}
    added = [Attendee(email) for email in dict.fromkeys(new) if email_key(email) not in known]
    if added or tuple(kept) != events.get(store.connection, row).attendees:
        events.clear(store.connection, "event_attendee", row)
        events.add_attendees(store.connection, row, [*kept, *added])
    people = calendars.rows_with_emails(store.connection, [email_key(one.email) for one in added])
    links.link_contacts(store.connection, "event", row, people.values())


def address_of(store: Store, match: Match) -> str:
    """Return a person's preferred e-mail; raises UsageError for somebody without one."""
    found = calendars.email_of(store.connection, match.row)
    if found is None:
        raise UsageError("{name} has no e-mail.", name=match.name, hint="Name an address: --attendee anna@example.org")
    return found


def _moved(
    event: Event,
    start: date | datetime | None,
    duration_min: int | None,
    until: date | None,
    zone: str | None,
    repeat: str | None,
    *,
    cleared: bool,
) -> dict[str, Any]:
    """Return the columns of an event's new times and rule; `{}` where they stay."""
    if (start, duration_min, until, repeat) == (None, None, None, None) and not cleared:
        return {}
    recurrence = [] if cleared else list(event.recurrence)
    begin = _text(start) if start is not None else event.start
    if begin is None:
        raise UsageError("The event has no day yet.", hint="--start WHEN gives it one.")
    if repeat is not None:
        # Another rhythm: the times that were added or cancelled one by one stay so.
        dates = [line for line in event.recurrence if line[:5].upper() not in ("RRULE", "EXRUL")]
        recurrence = [*read_recurrence(repeat, moment_of(begin)), *dates]
    end, length = event.end, length_of(event.start, event.end)
    kinds_differ = event.start is not None and (len(begin) == 10) != (len(event.start) == 10)
    if duration_min is not None:
        if len(begin) == 10:
            raise UsageError("A duration needs a time to begin at.", hint="--start WHEN with a time")
        end = _text(moment_of(begin) + timedelta(minutes=duration_min))
    elif start is not None:
        length = timedelta(days=1) if len(begin) == 10 and kinds_differ else length
        length = timedelta(hours=1) if len(begin) > 10 and kinds_differ else length
        end = _text(moment_of(begin) + length)
    if until is not None:
        end = _after(begin, until)
        _check_apart(begin, end, recurrence)
    return when_columns(begin, end, zone if start is not None else event.timezone, recurrence)


def _check_apart(begin: str, end: str, recurrence: Sequence[str]) -> None:
    """Refuse whole days of a series that would last into its next time: its first time was meant to be another."""
    from crm_cli.domain.recurrence import expand

    first, last = (datetime.fromisoformat(text) for text in (begin, end))
    if expand(first, recurrence, zone=None, after=first + timedelta(days=1), before=last).starts:
        raise UsageError(
            "The series would run into its own next time.", hint="--on DAY says which of its times is meant."
        )


def delete(store: Store, *, row: int, now: datetime) -> Event:
    """Delete an event, with the changes of its series, and return it as it was; its calendar is left without it."""
    with store.transaction(now):
        event = events.get(store.connection, row)
        if event.recurrence_id is None:
            for change in sync_events.change_rows(store.connection, [event.uid or event.id]):
                if events.get(store.connection, change).calendar == event.calendar:
                    events.delete(store.connection, change)
        events.delete(store.connection, row)
        return event


def one(store: Store, ref: str, *, now: datetime | None = None) -> int:
    """Return the row of the event a reference means: its id, or words of its title, people and firm.

    Of several the only one that lies ahead is clear. Raises NotFound or Ambiguous.
    """
    connection = store.connection
    rows = list(events.rows_with_id(connection, ref)) if is_id(ref) else []
    if not rows:
        rows = _written(store, ref)
    if len(rows) > 1 and now is not None:
        today = now.date().isoformat()
        ahead = [
            row for row in rows if (event := events.get(connection, row)).start and (event.end or event.start) >= today
        ]
        rows = ahead if len(ahead) == 1 else rows
    if not rows:
        error = resolve.not_found(store, ref, kinds=("event",))
        error.hint = "crm event list"
        raise error
    if len(rows) > 1:
        found = events.list_rows(connection, rows[:_SHOWN])
        raise Ambiguous(
            "“{ref}” matches several records.",
            ref=ref,
            hint="Say more of the name, add the company, or use the id.",
            candidates=[
                {"id": event.id, "kind": "event", "name": event.title, "start": event.start} for event in found
            ],
        )
    return rows[0]


def _written(store: Store, ref: str) -> list[int]:
    """Return the events that hold every word of a reference; those whose title it is come alone."""
    matches = resolve.written(store.connection, ref, ("event",), limit=_MOST_NAMESAKES)
    wanted = words(ref)
    exact = [match.row for match in matches if words(match.name) == wanted]
    return exact or [match.row for match in matches]


def listed(store: Store, *, query: str, now: datetime) -> Sequence[Event]:
    """Return the events a query finds, by their start; raises UsageError."""
    compiled = query_sql.compile(store.connection, query, "event", now=now, actor=store.actor)
    return events.list(store.connection, compiled.where, compiled.params)


def on_days(
    store: Store, *, first: date, last: date, query: str, now: datetime, localize: Callable[[datetime], datetime]
) -> Sequence[Event]:
    """Return the events a query finds that have a time on these days, the earliest first; a series is one."""
    from crm_cli.services import agenda

    found = {event.id: event for _, _, event in agenda.timed(store, first=first, last=last, localize=localize, cut=[])}
    if query.strip():
        wanted = {event.id for event in listed(store, query=query, now=now)}
        return [event for event in found.values() if event.id in wanted]
    return list(found.values())
