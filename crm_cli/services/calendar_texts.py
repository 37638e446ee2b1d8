"""Calendars out: each component as it came, with what changed in its record since; events of our own as new ones."""

from __future__ import annotations

from crm_cli.domain.ical_item import CalendarText
from crm_cli.services import calendar_records as records
from crm_cli.store import calendars, events, interactions, tasks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime
    from typing import Any

    from crm_cli.domain.event import Event
    from crm_cli.domain.ical_item import ItemDraft
    from crm_cli.domain.interaction import Interaction
    from crm_cli.domain.task import Task
    from crm_cli.store.calendars import Item
    from crm_cli.store.store import Store
    from importers.ical_times import Zones

CALENDAR_NAME = "crm"


def whole(store: Store, *, now: datetime) -> list[CalendarText]:
    """Return every calendar with its components as they are now, and one of our own for the events in none."""
    from importers import ical

    found = []
    for calendar in calendars.get_rows(store.connection):
        items = calendars.items(store.connection, calendar.row)
        found.append(CalendarText(calendar.frame, _current(store, items, {calendar.row: calendar.frame}, now)))
    own = records.own_events(store)
    if own:
        stamp = now.isoformat(timespec="seconds")
        texts = _new_texts(store, "event", own, stamp)
        frame = ical.new_frame(len(own), name=CALENDAR_NAME)
        found.append(CalendarText(ical.with_zones(frame, [event.timezone for event in own if event.timezone]), texts))
    return found


def of_records(
    store: Store, entity: str, found: Sequence[Event | Task | Interaction], *, now: datetime
) -> CalendarText:
    """Return events, follow-ups or log entries as one calendar, each in its own text where it came in one."""
    from importers import ical

    connection = store.connection
    items = calendars.items_of_records(connection, [record.id for record in found if record.id])
    frames = {
        one.row: one.frame for one in calendars.get_rows(connection, list({i.calendar_row for i in items.values()}))
    }
    rows: dict[int, list[Item]] = {}
    for item in items.values():
        rows.setdefault(item.calendar_row, []).append(item)
    texts: dict[str | None, str] = {}
    for of_one in rows.values():
        current = _current(store, of_one, frames, now)
        texts |= {item.record_uid: current[item.position] for item in of_one if item.position in current}
    new = [record for record in found if record.id not in texts]
    made = _new_texts(store, entity, new, now.isoformat(timespec="seconds"))
    texts |= {record.id: made[index] for index, record in enumerate(new)}
    written = {index: texts[record.id] for index, record in enumerate(found)}
    frame: list[str | int] = list(ical.new_frame(len(found)))
    frame[3:3] = _own_zones(frames.values())
    return CalendarText(
        ical.with_zones(frame, [zone for one in found if (zone := getattr(one, "timezone", None))]), written
    )


def own_texts(store: Store, items: Sequence[ItemDraft], *, now: datetime) -> list[str] | None:
    """Return what an export writes of the records that components came from; None unless each is one of our own.

    A record of our own, one that came in no calendar, leaves under its public id.
    """
    wanted: dict[str | None, list[str]] = {}
    for item in items:
        wanted.setdefault(records.ENTITIES.get(item.component), []).append(item.uid or "")
    if not items or any(item.recurrence_id for item in items):
        return None
    found: dict[str, str] = {}
    for entity, uids in wanted.items():
        rows = {} if entity is None else calendars.record_rows(store.connection, entity, uids)
        if entity is None or len(rows) < len(uids) or calendars.items_of_records(store.connection, uids):
            return None
        listed = _list_rows(store, entity, list(rows.values()))
        texts = _new_texts(store, entity, listed, now.isoformat(timespec="seconds"))
        found |= {record.id: texts[index] for index, record in enumerate(listed)}
    return [found[item.uid or ""] for item in items]


def _list_rows(store: Store, entity: str, rows: Sequence[int]) -> list[Any]:
    listed: Any = {"event": events, "task": tasks, "interaction": interactions}[entity]
    return list(listed.list_rows(store.connection, rows))


def _own_zones(frames: Iterable[Sequence[str | int]]) -> list[str]:
    """Return the VTIMEZONEs of calendars, each name once."""
    found: dict[str, list[str]] = {}
    for frame in frames:
        block: list[str] = []
        for part in frame:
            if not isinstance(part, str) or not (block or part == "BEGIN:VTIMEZONE"):
                continue
            block.append(part)
            if part == "END:VTIMEZONE":
                name = next((line for line in block if line.upper().startswith("TZID")), "")
                found.setdefault(name, block)
                block = []
    return [line for block in found.values() for line in block]


def _current(
    store: Store, items: Sequence[Item], frames: dict[int, Sequence[str | int]], now: datetime
) -> dict[int, str]:
    """Return the text of each component by its position, with what changed in its record since it came.

    A component whose record was deleted is left out.
    """
    from importers import ical

    texts = calendars.texts(store.connection, [item.hash for item in items])
    zones = {row: zones_of(frames[row]) for row in {item.calendar_row for item in items}}
    befores = {
        item.row: ical.read_item(texts[item.hash], zones[item.calendar_row])
        for item in items
        if item.record_uid is not None
    }
    known = _records_of(store, items)
    invited = records.invited_ids(store, befores.values())
    stamp = now.isoformat(timespec="seconds")
    found = {}
    for item in items:
        text = texts[item.hash]
        if item.record_uid is not None:
            record = known.get(item.record_uid)
            if record is None:
                continue
            before = befores[item.row]
            after = _as_item(records.ENTITIES[item.component], record, before, invited(before))
            text = ical.patch(text, before, after, stamp=stamp)
        found[item.position] = text
    return found


def _records_of(store: Store, items: Iterable[Item]) -> dict[str, Any]:
    """Return the records of components by public id."""
    connection = store.connection
    found: dict[str, Any] = {}
    for entity, uids in _uids(items).items():
        rows = list(calendars.record_rows(connection, entity, uids).values())
        found.update((record.id, record) for record in _list_rows(store, entity, rows))
    return found


def _as_item(entity: str, record: Any, before: ItemDraft | None, invited: Collection[str]) -> ItemDraft:
    if entity == "event":
        return records.event_item(record, before, invited=invited)
    return records.task_item(record, before) if entity == "task" else records.entry_item(record, before)


def _new_texts(store: Store, entity: str, found: Sequence[Any], stamp: str) -> dict[int, str]:
    """Return records that came in no calendar as components, by their place among those given."""
    from importers import ical

    invited = records.invited_ids(store, found if entity == "event" else ())
    return {
        index: ical.item_text(_as_item(entity, record, None, invited(record) if entity == "event" else ()), stamp=stamp)
        for index, record in enumerate(found)
    }


def kept(store: Store, item: Item, zones: Zones | None = None) -> ItemDraft:
    """Return a component as it came last; `zones` are those of its calendar, if they are at hand."""
    from importers import ical

    if zones is None:
        zones = zones_of(calendars.get_rows(store.connection, [item.calendar_row])[0].frame)
    return ical.read_item(calendars.texts(store.connection, [item.hash])[item.hash], zones)


def existing(store: Store, items: Iterable[Item]) -> set[str]:
    """Return the public ids of those components' records that have not been deleted."""
    return {
        uid for entity, uids in _uids(items).items() for uid in calendars.record_rows(store.connection, entity, uids)
    }


def _uids(items: Iterable[Item]) -> dict[str, list[str]]:
    """Return the public ids of components' records by the kind of record."""
    found: dict[str, list[str]] = {}
    for item in items:
        if item.record_uid is not None:
            found.setdefault(records.ENTITIES[item.component], []).append(item.record_uid)
    return found


def zones_of(frame: Sequence[str | int]) -> Zones:
    """Return the zones a calendar describes, in which its components are read."""
    from importers.ical_times import Zones

    return Zones([part for part in frame if isinstance(part, str)])
