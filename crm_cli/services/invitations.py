"""Act on messages about appointments (RFC 5546), and answer them.

Importing a file never does this: a CANCEL somebody sent is only a text until the user applies it.
"""

from __future__ import annotations

from dataclasses import replace

from crm_cli.domain.contact import email_key
from crm_cli.domain.draft import Refusal
from crm_cli.domain.event import NOT_PLANNED
from crm_cli.domain.ical_item import Attendee, CalendarDraft, CalendarText, ItemDraft
from crm_cli.domain.invitation import Applied
from crm_cli.errors import BadInput, UsageError
from crm_cli.services import calendar_records as records
from crm_cli.services import calendar_texts, calendars
from crm_cli.store import calendars as rows
from crm_cli.store import events
from crm_cli.store.store import utc_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime
    from typing import BinaryIO

    from crm_cli.domain.event import Event
    from crm_cli.store.store import Store

_PLANS = ("PUBLISH", "REQUEST", "ADD")


def read(stream: BinaryIO, *, source: str) -> list[CalendarDraft]:
    """Read the messages of a calendar file or a mail; raises BadInput where there is none."""
    from importers import imip

    found: list[CalendarDraft] = []
    for draft in imip.read(stream, source=source):
        if isinstance(draft, Refusal):
            raise BadInput(draft.reason)
        if any(item.component == "VEVENT" for item in draft.items):
            found.append(draft)
    if not found:
        raise BadInput("The file holds no appointment.")
    return found


def apply(
    store: Store, *, messages: Sequence[CalendarDraft], now: datetime, localize: Callable[[datetime], datetime]
) -> list[Applied]:
    """Do what messages ask for, matched by UID and RECURRENCE-ID; one older than what is here is left aside."""
    found: list[Applied] = []
    with store.transaction(now):
        for message in messages:
            found += _Message(store, message, now, localize).apply()
    return found


class _Message:
    """One message being applied."""

    def __init__(
        self, store: Store, draft: CalendarDraft, now: datetime, localize: Callable[[datetime], datetime]
    ) -> None:
        self.store = store
        self.draft = draft
        self.method = draft.method or "PUBLISH"
        self.now = now
        self.localize = localize

    def apply(self) -> Iterator[Applied]:
        items = [item for item in self.draft.items if item.component == "VEVENT"]
        known = {item.key: _known(self.store, item) for item in items}
        if self.method in _PLANS and not any(known.values()):
            calendars.import_calendars(self.store, [self.draft], now=self.now, localize=self.localize)
            for item in items:
                yield self._applied(_known(self.store, item), item, "added")
            return
        for item in items:
            yield self._one(item, known[item.key])

    def _one(self, item: ItemDraft, event: Event | None) -> Applied:
        if event is not None and item.sequence < event.sequence:
            return self._applied(event, item, "older")
        if self.method == "CANCEL":
            return self._cancel(item, event)
        if event is None:
            return self._applied(None, item, "unknown")
        if self.method == "REPLY":
            for attendee in item.attendees:
                if not attendee.organizer:
                    set_status(self.store, event, attendee.email, attendee.status or "needs-action", now=self.now)
            return self._applied(event, item, "answered")
        if self.method == "COUNTER":
            columns = {
                name: value
                for name, value in records.event_columns(item).items()
                if name in ("start_at", "end_at", "timezone", "first_day", "last_day", "location") and value is not None
            }
            self._update(event, columns)
            return self._applied(event, item, "moved")
        if self.method in _PLANS:
            old = rows.items_of_records(self.store.connection, [event.id]).get(event.id)
            before = None if old is None else calendar_texts.kept(self.store, old)
            records.update_record(self.store, event.id, item, before=before, localize=self.localize, now=self.now)
            if old is not None:
                rows.update_item(
                    self.store.connection, old.row, sequence=item.sequence, text=item.raw, record_uid=event.id
                )
            return self._applied(event, item, "updated")
        return self._applied(event, item, "unknown")

    def _cancel(self, item: ItemDraft, event: Event | None) -> Applied:
        if event is not None:
            self._update(event, {"status": "cancelled", "sequence": max(item.sequence, event.sequence)})
            return self._applied(event, item, "cancelled")
        series = _known(self.store, replace(item, recurrence_id=None)) if item.recurrence_id else None
        if series is None or series.start is None or item.recurrence_id is None:
            return self._applied(None, item, "unknown")
        from importers.ical_write import time_line

        # One of a series that has no change of its own yet: it becomes an exception of the rule.
        lines = [*series.recurrence, time_line("EXDATE", _as_in(series, item.recurrence_id), series.timezone)]
        self._update(series, {"recurrence": records.recurrence_text(lines)})
        return self._applied(series, item, "cancelled")

    def _update(self, event: Event, columns: dict[str, object]) -> None:
        row = events.row_of(self.store.connection, event.id)
        assert row is not None
        events.update(self.store.connection, row, stamp=utc_text(self.now), **columns)

    def _applied(self, event: Event | None, item: ItemDraft, action: str) -> Applied:
        title = item.title or (event.title if event else "")
        return Applied(event.id if event else None, title, item.start or item.recurrence_id, self.method, action)


def _as_in(series: Event, text: str) -> str:
    """Return a moment as local time of a series' zone, as its exceptions are written."""
    from datetime import datetime

    from crm_cli.domain.event import in_zone, moment_of

    moment = moment_of(text)
    if isinstance(moment, datetime):
        return in_zone(moment, series.timezone).isoformat(timespec="seconds")
    return text


def _known(store: Store, item: ItemDraft) -> Event | None:
    """Return the event a message is about, the newest version of it, or None."""
    if item.uid is None:
        return None
    found = events.list(
        store.connection, "ical_uid = ? AND recurrence_id IS ?", (item.uid, item.recurrence_id)
    ) or events.list(store.connection, "uid = ? AND recurrence_id IS ?", (item.uid, item.recurrence_id))
    planned = [event for event in found if event.method not in NOT_PLANNED]
    return max(planned, key=lambda event: event.sequence, default=None)


def set_status(store: Store, event: Event, email: str, status: str, *, now: datetime) -> None:
    """Note what somebody answered; who was not asked is added to the list."""
    row = events.row_of(store.connection, event.id)
    assert row is not None
    current = events.get(store.connection, row).attendees
    key = email_key(email)
    changed = [
        replace(one, status=status) if not one.organizer and email_key(one.email) == key else one for one in current
    ]
    if not any(not one.organizer and email_key(one.email) == key for one in current):
        changed.append(Attendee(email, None, status))
    events.clear(store.connection, "event_attendee", row)
    events.add_attendees(store.connection, row, changed)
    events.update(store.connection, row, stamp=utc_text(now))


class Reply:
    """An answer: the calendar to be sent, from whom and to whom (e-mails), about what and when."""

    __slots__ = ("answer", "calendar", "receiver", "sender", "start", "title")

    def __init__(self, calendar: CalendarText, answer: str, item: ItemDraft, me: Attendee) -> None:
        self.calendar = calendar
        self.answer = answer
        self.sender = me.email
        self.receiver = next((one.email for one in item.attendees if one.organizer), None)
        self.title = item.title or ""
        self.start = item.start


def reply(
    store: Store,
    *,
    messages: Sequence[CalendarDraft],
    answer: str,
    address: str | None,
    now: datetime,
    localize: Callable[[datetime], datetime],
) -> list[Reply]:
    """Take up invitations, note the answer and return it as messages to the organiser (METHOD:REPLY).

    `address` says which of those invited the user is; it may be missing where only one is. Raises UsageError.
    """
    requests = [message for message in messages if message.method == "REQUEST"]
    if not requests:
        raise UsageError("The file holds no invitation.", hint="Only a REQUEST can be answered.")
    found = []
    with store.transaction(now):
        apply(store, messages=requests, now=now, localize=localize)
        for message in requests:
            items = [item for item in message.items if item.component == "VEVENT"]
            mine = [(item, _invited(item, address)) for item in items]
            for item, me in mine:
                event = _known(store, item)
                if event is not None:
                    set_status(store, event, me.email, answer, now=now)
            found.append(Reply(_reply(mine, answer, now), answer, *mine[0]))
    return found


def _invited(item: ItemDraft, address: str | None) -> Attendee:
    guests = [one for one in item.attendees if not one.organizer]
    if address is not None:
        wanted = email_key(address)
        return next((one for one in guests if email_key(one.email) == wanted), Attendee(address))
    if len(guests) == 1:
        return guests[0]
    raise UsageError(
        "Several are invited: {names}.",
        names=", ".join(one.email for one in guests) or "-",
        hint="--as ADDRESS says who you are.",
    )


def _reply(mine: Sequence[tuple[ItemDraft, Attendee]], answer: str, now: datetime) -> CalendarText:
    """Write an answer: what identifies the event, and of those invited only who answers (RFC 5546, 3.2.3)."""
    from importers import ical

    texts = {}
    for index, (item, me) in enumerate(mine):
        small = ItemDraft(
            "VEVENT", "", uid=item.uid, sequence=item.sequence, recurrence_id=item.recurrence_id, title=item.title,
            start=item.start, end=item.end, timezone=item.timezone,
            attendees=[one for one in item.attendees if one.organizer] + [replace(me, status=answer)],
        )  # fmt: skip
        texts[index] = ical.item_text(small, stamp=now.isoformat(timespec="seconds"))
    zones = [item.timezone for item, _ in mine if item.timezone]
    return CalendarText(ical.with_zones(ical.new_frame(len(texts), method="REPLY"), zones), texts)
