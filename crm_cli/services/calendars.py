"""Calendars in and out: each file's calendars are kept whole, and given back whole.

A second import finds each component again by its content, one to one; by UID and RECURRENCE-ID where it changed in
the same calendar.
"""

from __future__ import annotations

from crm_cli.domain.draft import Refusal
from crm_cli.domain.ical_item import CalendarDraft, CalendarText
from crm_cli.services import calendar_records as records
from crm_cli.store import calendars, events, interactions, tasks
from crm_cli.store.store import utc_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from crm_cli.domain.event import Event
    from crm_cli.domain.ical_item import ItemDraft
    from crm_cli.domain.interaction import Interaction
    from crm_cli.domain.task import Task
    from crm_cli.store.calendars import Item
    from crm_cli.store.store import Store

OLDER = "The component is older than the one that is here."
CALENDAR_NAME = "crm"


class Imported:
    """What an import came to, in components; a calendar without any counts as one. `repairs` are templates."""

    __slots__ = ("change_set", "changed", "new", "refused", "repairs", "same")

    def __init__(self) -> None:
        self.change_set: int | None = None
        self.new = 0
        self.changed = 0
        self.same = 0
        self.refused: list[Refusal] = []
        self.repairs: list[tuple[str | None, str]] = []


def import_calendars(
    store: Store,
    drafts: Iterable[CalendarDraft | Refusal],
    *,
    now: datetime,
    localize: Callable[[datetime], datetime],
    update: bool = True,
    change_set: int | None = None,
) -> Imported:
    """Store calendars; without `update` what changed is left as it is here and counts as the same.

    `change_set` continues the one of an import that wrote other things before.

    What is stored by this call is no match for what comes later in it: a file may hold equal components.
    """
    imported = Imported()
    with store.transaction(now, change_set=change_set) as imported.change_set:
        run = _Run(store, imported, now, localize, update)
        for draft in drafts:
            if isinstance(draft, Refusal):
                imported.refused.append(draft)
            else:
                imported.repairs += [(draft.source, repair) for repair in draft.repairs]
                run.take(draft)
    return imported


class _Run:
    """One import: what was there before it, and which of that has been matched."""

    def __init__(
        self,
        store: Store,
        imported: Imported,
        now: datetime,
        localize: Callable[[datetime], datetime],
        update: bool,
    ) -> None:
        self.store = store
        self.imported = imported
        self.now = now
        self.localize = localize
        self.update = update
        self.newest = calendars.newest_row(store.connection)
        self.taken: set[int] = set()

    def take(self, draft: CalendarDraft) -> None:
        """Store one calendar, or find it again."""
        connection = self.store.connection
        hashes = [calendars.text_hash(item.raw) for item in draft.items]
        frame = calendars.frame_text(draft.frame)
        signature = calendars.signature(frame, hashes)
        for row in calendars.rows_with_signature(connection, signature, self.newest):
            if row not in self.taken and self._whole(row):
                self.taken.add(row)
                self.imported.same += max(len(draft.items), 1)
                return
        found = self._again(draft, hashes)
        if found is None:
            self._add(draft, frame, signature)
        else:
            self.taken.add(found)
            self._merge(found, draft, hashes)

    def _whole(self, calendar_row: int) -> bool:
        """Tell whether every component of a calendar still has its record."""
        return all(
            item.record_uid is None
            or records.row_of(self.store, records.ENTITIES[item.component], item.record_uid) is not None
            for item in calendars.items(self.store.connection, calendar_row)
        )

    def _again(self, draft: CalendarDraft, hashes: Sequence[str]) -> int | None:
        """Return the calendar this is a later state of: one that shares content, or has the source and a UID."""
        connection = self.store.connection
        keys = {item.key for item in draft.items if item.uid is not None}
        wanted = set(hashes)
        shared: dict[int, list[int]] = {}
        for item in calendars.items_like(
            connection, list(wanted), [uid for _, uid, _ in keys if uid is not None], self.newest
        ):
            counts = shared.setdefault(item.calendar_row, [0, 0])
            counts[0] += item.hash in wanted
            counts[1] += item.key in keys
        best = None
        for known in calendars.get_rows(connection, list(shared)):
            equal, alike = shared[known.row]
            same_source = known.source is not None and known.source == draft.source
            if known.row in self.taken or known.method != draft.method or not (equal or (same_source and alike)):
                continue
            rank = (equal, same_source, alike, -known.row)
            if best is None or rank > best[0]:
                best = (rank, known.row)
        return None if best is None else best[1]

    def _add(self, draft: CalendarDraft, frame: str, signature: str) -> None:
        row = calendars.add(
            self.store.connection,
            uid=self.store.new_uid(),
            name=draft.name,
            method=draft.method,
            source=draft.source,
            frame=frame,
            signature=signature,
            owner=self.store.actor,
            stamp=utc_text(self.now),
        )
        for position, item in enumerate(draft.items):
            self._add_item(row, position, item, draft.method)
        if not draft.items:
            self.imported.new += 1

    def _add_item(self, calendar_row: int, position: int, item: ItemDraft, method: str | None) -> None:
        uid = self._record(calendar_row, item, method)
        calendars.add_item(
            self.store.connection,
            calendar_row=calendar_row,
            position=position,
            component=item.component,
            ical_uid=item.uid,
            recurrence_id=item.recurrence_id,
            sequence=item.sequence,
            text=item.raw,
            record_uid=uid,
        )
        self.imported.new += 1

    def _record(self, calendar_row: int, item: ItemDraft, method: str | None) -> str | None:
        return records.add_record(
            self.store, item, method=method, calendar_row=calendar_row, localize=self.localize, now=self.now
        )

    def _merge(self, calendar_row: int, draft: CalendarDraft, hashes: Sequence[str]) -> None:
        """Bring a known calendar up to date; components that are missing now stay."""
        connection = self.store.connection
        known = calendars.items(connection, calendar_row)
        pairs = _pairs(draft.items, hashes, known)
        position = max((item.position for item in known), default=-1) + 1
        places = []
        for item, old in zip(draft.items, pairs, strict=True):
            if old is None:
                self._add_item(calendar_row, position, item, draft.method)
                places.append(position)
                position += 1
            else:
                self._refresh(calendar_row, item, old, draft)
                places.append(old.position)
        frame = calendars.frame_text([places[part] if isinstance(part, int) else part for part in draft.frame])
        calendars.update(
            connection,
            calendar_row,
            name=draft.name,
            frame=frame,
            signature=calendars.signature(calendars.frame_text(draft.frame), hashes),
            stamp=utc_text(self.now),
        )

    def _refresh(self, calendar_row: int, item: ItemDraft, old: Item, draft: CalendarDraft) -> None:
        entity = records.ENTITIES.get(item.component)
        gone = entity is not None and (
            old.record_uid is None or records.row_of(self.store, entity, old.record_uid) is None
        )
        if old.hash == calendars.text_hash(item.raw) and not gone:
            self.imported.same += 1
            return
        if not self.update and not gone:
            self.imported.same += 1
            return
        if item.sequence < old.sequence:
            self.imported.refused.append(Refusal(draft.source or "", item.line, OLDER))
            return
        uid = old.record_uid
        if gone:
            uid = self._record(calendar_row, item, draft.method)
            self.imported.new += 1
        else:
            if uid is not None:
                records.update_record(self.store, uid, item, localize=self.localize, now=self.now)
            self.imported.changed += 1
        calendars.update_item(self.store.connection, old.row, sequence=item.sequence, text=item.raw, record_uid=uid)


def _pairs(items: Sequence[ItemDraft], hashes: Sequence[str], known: Sequence[Item]) -> list[Item | None]:
    """Find for each component the one it is: by content first, then by UID and RECURRENCE-ID, one to one."""
    left = list(known)
    pairs: list[Item | None] = [None] * len(items)
    by_content: dict[str, list[Item]] = {}
    for item in left:
        by_content.setdefault(item.hash, []).append(item)
    used: set[int] = set()
    for index, text_hash in enumerate(hashes):
        if by_content.get(text_hash):
            pairs[index] = by_content[text_hash].pop(0)
            used.add(pairs[index].row)  # type: ignore[union-attr]
    by_key: dict[tuple[str, str | None, str | None], list[Item]] = {}
    for item in left:
        if item.row not in used and item.ical_uid is not None:
            by_key.setdefault(item.key, []).append(item)
    for index, draft in enumerate(items):
        if pairs[index] is None and by_key.get(draft.key):
            pairs[index] = by_key[draft.key].pop(0)
    return pairs


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
        texts = {index: ical.item_text(records.event_item(event), stamp=stamp) for index, event in enumerate(own)}
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
    texts: dict[str | None, str] = {}
    for item in items.values():
        for now_text in _current(store, [item], frames, now).values():
            texts[item.record_uid] = now_text
    stamp = now.isoformat(timespec="seconds")
    to_item = {"event": records.event_item, "task": records.task_item, "interaction": records.entry_item}[entity]
    written = {}
    for index, record in enumerate(found):
        text = texts.get(record.id)
        written[index] = text or ical.item_text(to_item(record), stamp=stamp)  # type: ignore[operator]
    frame: list[str | int] = list(ical.new_frame(len(found)))
    frame[3:3] = _own_zones(frames.values())
    return CalendarText(
        ical.with_zones(frame, [zone for one in found if (zone := getattr(one, "timezone", None))]), written
    )


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
    texts = calendars.texts(store.connection, [item.hash for item in items])
    found = {}
    for item in items:
        text = texts[item.hash]
        if item.record_uid is not None:
            entity = records.ENTITIES[item.component]
            row = records.row_of(store, entity, item.record_uid)
            if row is None:
                continue
            text = _patched(store, entity, row, text, frames[item.calendar_row], now)
        found[item.position] = text
    return found


def _patched(store: Store, entity: str, row: int, text: str, frame: Sequence[str | int], now: datetime) -> str:
    from importers import ical
    from importers.ical_times import Zones

    before = ical.read_item(text, Zones([part for part in frame if isinstance(part, str)]))
    connection = store.connection
    if entity == "event":
        after = records.event_item(events.get(connection, row), before)
    elif entity == "task":
        after = records.task_item(tasks.get(connection, row), before)
    else:
        after = records.entry_item(interactions.get(connection, row), before)
    return ical.patch(text, before, after, stamp=now.isoformat(timespec="seconds"))
