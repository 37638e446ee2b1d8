"""What a component of a calendar is as a record, and what a record is as a component.

An event is an event, a VTODO a follow-up, a VJOURNAL an entry of the log; free/busy and availability have no record.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from crm_cli.domain.contact import email_key
from crm_cli.domain.event import aware, moment_of
from crm_cli.domain.ical_item import ItemDraft, Party
from crm_cli.domain.recurrence import last_day
from crm_cli.domain.repeat import repeat_of_rule
from crm_cli.store import calendars, events, interactions, links, tasks
from crm_cli.store.store import utc_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from typing import Any

    from crm_cli.domain.event import Event
    from crm_cli.domain.interaction import Interaction
    from crm_cli.domain.task import Task
    from crm_cli.store.store import Store

ENTITIES = {"VEVENT": "event", "VTODO": "task", "VJOURNAL": "interaction"}
UNTITLED = "(no title)"
_DONE = ("completed", "cancelled")


def contact_rows(store: Store, draft: ItemDraft) -> list[int]:
    """Return the people of the address book that a component names by an e-mail only they have."""
    return _People(store, [draft]).rows(draft)


def invited_ids(store: Store, drafts: Iterable[ItemDraft | Event]) -> Callable[[ItemDraft | Event], set[str]]:
    """Return what tells the public ids of the people whom the attendees of one of these name."""
    keys = {email_key(one.email) for draft in drafts for one in draft.attendees}
    known = calendars.ids_with_emails(store.connection, sorted(keys))
    return lambda draft: {known[key] for one in draft.attendees if (key := email_key(one.email)) in known}


def event_columns(draft: ItemDraft) -> dict[str, Any]:
    """Return the columns of the event a VEVENT is."""
    return {
        "title": draft.title or "",
        "start_at": draft.start,
        "end_at": draft.end,
        "timezone": draft.timezone,
        "first_day": draft.start[:10] if draft.start else None,
        "last_day": last_day(draft.start, draft.end, draft.recurrence),
        "location": draft.location,
        "description": draft.description,
        "url": draft.url,
        "status": draft.status,
        "free": int(draft.free),
        "recurrence": recurrence_text(draft.recurrence),
        "recurrence_id": draft.recurrence_id,
        "this_and_future": int(draft.this_and_future),
        "sequence": draft.sequence,
        "ical_uid": draft.uid,
    }


def recurrence_text(lines: Sequence[str]) -> str | None:
    """Return the lines of a recurrence as they are stored; None without any."""
    import json

    return json.dumps(list(lines), ensure_ascii=False) if lines else None


def task_columns(draft: ItemDraft, *, localize: Callable[[datetime], datetime], now: datetime) -> dict[str, Any]:
    """Return the columns of the follow-up a VTODO is; what is cancelled counts as done."""
    priority = None
    if draft.priority:
        priority = "high" if draft.priority < 5 else "normal" if draft.priority == 5 else "low"
    done = draft.completed or (utc_text(now) if draft.status in _DONE else None)
    due = _local_text(draft.due or draft.start, localize)
    return {
        "text": draft.title or draft.description or UNTITLED,
        "due": due,
        "repeat": repeat_of_rule(draft.recurrence, due),
        "priority": priority,
        "done_at": None if done is None else _utc_text(_aware(done, localize)),
    }


def entry_columns(draft: ItemDraft, *, localize: Callable[[datetime], datetime], now: datetime) -> dict[str, Any]:
    """Return the columns of the log entry a VJOURNAL is; without a start it is dated by its stamp."""
    at = draft.start or draft.stamp or now.isoformat(timespec="seconds")
    return {
        "at": _local_text(at, localize),
        "all_day": int(len(at) == 10),
        "text": draft.title or draft.description or UNTITLED,
        "details": draft.description if draft.title else None,
    }


def add_records(
    store: Store,
    drafts: Sequence[ItemDraft],
    *,
    method: str | None,
    calendar_row: int,
    localize: Callable[[datetime], datetime],
    now: datetime,
) -> list[str | None]:
    """Insert the records components are and return their public ids, None for components that are none."""
    connection, stamp = store.connection, utc_text(now)
    people = _People(store, drafts)
    uids: list[str | None] = []
    planned: list[dict[str, Any]] = []
    for draft in drafts:
        uids.append(store.new_uid() if draft.component in ENTITIES else None)
        new: dict[str, Any] = {"uid": uids[-1], "contact_rows": people.rows(draft), "owner": store.actor}
        tags = dict.fromkeys(draft.tags)
        if draft.component == "VEVENT":
            planned.append(
                {
                    **new, **event_columns(draft), "method": method, "calendar_id": calendar_row,
                    "company_id": people.company_row(draft), "attendees": draft.attendees, "alarms": draft.alarms,
                    "tags": tags,
                }
            )  # fmt: skip
        elif draft.component == "VTODO":
            columns = task_columns(draft, localize=localize, now=now)
            links.add_tags(connection, "task", tasks.add(connection, stamp=stamp, **new, **columns), tags)
        elif draft.component == "VJOURNAL":
            columns = entry_columns(draft, localize=localize, now=now)
            interactions.add(connection, stamp=stamp, kind="note", tags=tags, **new, **columns)
    events.add_all(connection, planned, stamp=stamp)
    return uids


class _People:
    """Whom of the address book components name: by an e-mail only they have, or by our own id."""

    def __init__(self, store: Store, drafts: Iterable[ItemDraft]) -> None:
        drafts = list(drafts)
        connection = store.connection
        keys = {email_key(one.email) for draft in drafts for one in draft.attendees}
        ids = {party.id for draft in drafts for party in draft.parties}
        self._by_key = calendars.rows_with_emails(connection, sorted(keys))
        self._people = calendars.record_rows(connection, "contact", sorted(ids))
        self._firms = calendars.record_rows(connection, "company", sorted(ids))

    def rows(self, draft: ItemDraft) -> list[int]:
        """Return the people a component names."""
        invited = (self._by_key.get(email_key(one.email)) for one in draft.attendees)
        named = (self._people.get(party.id) for party in draft.parties)
        return [row for row in dict.fromkeys((*invited, *named)) if row is not None]

    def company_row(self, draft: ItemDraft) -> int | None:
        """Return the firm a component names, or None."""
        return next((self._firms[party.id] for party in draft.parties if party.id in self._firms), None)


# What of an event is one thing: half of an older time and half of a newer one would be a third.
_WHEN = ("start_at", "end_at", "timezone", "first_day", "last_day", "recurrence")


def update_record(
    store: Store,
    uid: str,
    draft: ItemDraft,
    *,
    before: ItemDraft | None = None,
    localize: Callable[[datetime], datetime],
    now: datetime,
) -> bool:
    """Bring the record of a component up to date; False where it exists no more.

    Only what differs from `before`, the component as it came last, is taken over: the rest may have been edited here.
    """
    entity = ENTITIES[draft.component]
    row = row_of(store, entity, uid)
    if row is None:
        return False
    connection, stamp = store.connection, utc_text(now)
    if entity == "event":
        columns = _newer(event_columns(draft), None if before is None else event_columns(before))
        events.update(connection, row, stamp=stamp, **columns)
        if before is None or before.attendees != draft.attendees:
            events.clear(connection, "event_attendee", row)
            events.add_attendees(connection, row, draft.attendees)
        if before is None or before.alarms != draft.alarms:
            events.clear(connection, "event_alarm", row)
            events.add_alarms(connection, row, draft.alarms)
    elif entity == "task":
        columns = task_columns(draft, localize=localize, now=now)
        known = None if before is None else task_columns(before, localize=localize, now=now)
        tasks.update(connection, row, stamp=stamp, **_newer(columns, known))
    else:
        columns = entry_columns(draft, localize=localize, now=now)
        known = None if before is None else entry_columns(before, localize=localize, now=now)
        interactions.update(connection, row, stamp=stamp, **_newer(columns, known))
    _relink(store, entity, row, draft, before)
    return True


def _newer(columns: dict[str, Any], known: dict[str, Any] | None) -> dict[str, Any]:
    """Return the columns that differ from those known, all without them."""
    if known is None:
        return columns
    changed = {name for name, value in columns.items() if value != known[name]}
    if not changed.isdisjoint(_WHEN):
        changed.update(name for name in _WHEN if name in columns)
    return {name: value for name, value in columns.items() if name in changed}


def _relink(store: Store, entity: str, row: int, draft: ItemDraft, before: ItemDraft | None) -> None:
    """Link the people and tags a component has now; those only its former state had go."""
    drafts = [draft] if before is None else [draft, before]
    people = _People(store, drafts)
    now, then = people.rows(draft), people.rows(drafts[-1])
    gone_tags = [tag for tag in drafts[-1].tags if tag not in draft.tags]
    new_tags = draft.tags if before is None else [tag for tag in draft.tags if tag not in before.tags]
    new = now if before is None else [one for one in now if one not in then]
    gone = [one for one in then if one not in now]
    links.change(store.connection, entity, row, links.LinkChange(new, tuple(dict.fromkeys(new_tags)), gone, gone_tags))


def row_of(store: Store, entity: str, uid: str) -> int | None:
    """Return the row of a record of a calendar by its public id, or None."""
    return calendars.record_row(store.connection, entity, uid)


def event_item(event: Event, before: ItemDraft | None = None, *, invited: Collection[str] = ()) -> ItemDraft:
    """Return an event as a component; `before` is the reading of the text it came in.

    `invited` are the ids of people whom the attendees name; the others are parties.
    """
    current: dict[str, Any] = {
        "title": event.title or None,
        "start": event.start,
        "end": event.end,
        "timezone": event.timezone,
        "location": event.location,
        "description": event.description,
        "url": event.url,
        "status": event.status,
        "free": event.free,
        "recurrence": list(event.recurrence),
        "alarms": list(event.alarms),
        "attendees": list(event.attendees),
        "recurrence_id": event.recurrence_id,
        "sequence": event.sequence,
        "tags": list(event.tags),
        "parties": [
            Party(party.id, party.name)
            for party in (*event.contacts, *([event.company] if event.company is not None else ()))
            if party.id and party.id not in invited
        ],
    }
    if before is not None:
        for name in ("start", "end"):
            came = getattr(before, name)
            # The offset of a local time may be another one since the rules of its zone were changed.
            if came and current[name] and event.timezone == before.timezone and came[:19] == current[name][:19]:
                current[name] = came
        for name in ("recurrence_id", "tags", "parties"):
            current[name] = _as_it_came(name, getattr(before, name), current[name])
        return replace(before, **current)
    return ItemDraft("VEVENT", "", uid=event.uid or event.id, **current)


def _as_it_came(name: str, came: Any, now: Any) -> Any:
    """Return what came where it says the same: an instant in another zone, tags twice or in another order."""
    if name == "recurrence_id":
        return came if _same(now, came) else now
    return came if set(came) == set(now) else now


def task_item(task: Task, before: ItemDraft | None = None) -> ItemDraft:
    """Return a follow-up as a VTODO; of a component it came in, only what differs from it is changed."""
    if before is None:
        priority = {"high": 1, "normal": 5, "low": 9}.get(task.priority or "")
        return ItemDraft(
            "VTODO", "", uid=task.id, title=task.text, due=task.due, completed=task.done_at, priority=priority,
            status="completed" if task.done_at else None, tags=list(task.tags), recurrence=repeat_rule(task.repeat),
        )  # fmt: skip
    known = task_columns(before, localize=_as_is, now=_aware(task.done_at or task.created_at, _as_is))
    changes: dict[str, Any] = {"tags": _as_it_came("tags", before.tags, list(task.tags))}
    if task.text != known["text"]:
        changes["title"] = task.text
    if not _same(task.due, before.due or before.start):
        changes["due"] = task.due
    if task.priority != known["priority"]:
        changes["priority"] = {"high": 1, "normal": 5, "low": 9}.get(task.priority or "")
    if task.repeat and task.repeat != known["repeat"]:
        changes["recurrence"] = repeat_rule(task.repeat)
    if (task.done_at is None) != (known["done_at"] is None):
        changes["completed"] = task.done_at
        changes["status"] = "completed" if task.done_at else "needs-action"
    return replace(before, **changes)


def entry_item(entry: Interaction, before: ItemDraft | None = None) -> ItemDraft:
    """Return a log entry as a VJOURNAL; of a component it came in, only what differs from it is changed."""
    if before is None:
        names = ", ".join(
            [*(person.name for person in entry.contacts), *([entry.company.name] if entry.company else [])]
        )
        return ItemDraft(
            "VJOURNAL", "", uid=entry.id, title=" · ".join(part for part in (entry.kind, names) if part),
            description="\n\n".join(part for part in (entry.text, entry.details) if part),
            start=entry.at, status="final", tags=list(entry.tags),
        )  # fmt: skip
    known = entry_columns(before, localize=_as_is, now=_aware(entry.created_at, _as_is))
    changes: dict[str, Any] = {"tags": _as_it_came("tags", before.tags, list(entry.tags))}
    if entry.text != known["text"]:
        changes["title" if before.title or not before.description else "description"] = entry.text
    if entry.details != known["details"]:
        changes["description"] = entry.details
    if before.start is not None and not _same(entry.at, before.start):
        changes["start"] = entry.at
    return replace(before, **changes)


def repeat_rule(repeat: str | None) -> list[str]:
    """Return the RRULE of the rules of follow-ups: `2w`, `1m@31` …"""
    if repeat is None:
        return []
    interval, _, anchor = repeat.partition("@")
    frequency = {"d": "DAILY", "w": "WEEKLY", "m": "MONTHLY", "y": "YEARLY"}[interval[-1]]
    by = f";BYMONTHDAY={anchor}" if anchor and frequency == "MONTHLY" and int(anchor) < 29 else ""
    return [f"RRULE:FREQ={frequency};INTERVAL={interval[:-1]}{by}"]


def _same(stored: str | None, came: str | None) -> bool:
    """Tell whether a stored time is the one that came; a floating one has got an offset since."""
    if stored is None or came is None:
        return stored is came
    if stored == came:
        return True
    if len(stored) == 10 or len(came) == 10:
        return False
    first, second = datetime.fromisoformat(stored), datetime.fromisoformat(came)
    if second.tzinfo is None:
        return first.replace(tzinfo=None) == second
    return first == second


def _aware(text: str, localize: Callable[[datetime], datetime]) -> datetime:
    return aware(moment_of(text), localize)


def _utc_text(moment: datetime) -> str:
    """Return a moment as the store writes one; `utc_text` would shorten the years before 1000."""
    try:
        return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    except OverflowError:
        return moment.replace(tzinfo=UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _as_is(moment: datetime) -> datetime:
    return moment.astimezone()


def _local_text(text: str | None, localize: Callable[[datetime], datetime]) -> str | None:
    """Return a date as it is, a time with an offset."""
    if text is None or len(text) == 10:
        return text
    return _aware(text, localize).isoformat(timespec="seconds")


def own_events(store: Store) -> Sequence[Event]:
    """Return the events that came in no calendar."""
    return events.list(store.connection, "calendar_id IS NULL")
