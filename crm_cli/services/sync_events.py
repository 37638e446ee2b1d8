"""The calendar's end of a sync: events with the changes of their series, and follow-ups as VTODO where wanted.

Attendees are kept off the server: most send mail to everyone named the moment an event arrives (RFC 6638, 3.2).
"""

from __future__ import annotations

import io

from crm_cli.domain import sync_event
from crm_cli.domain.draft import Refusal
from crm_cli.domain.event import NOT_PLANNED
from crm_cli.domain.ical_item import CalendarText, ItemDraft
from crm_cli.domain.three_way import merge
from crm_cli.services import calendar_records as records
from crm_cli.services.sync_side import Foreign, Reading, Unreadable, Unsendable
from crm_cli.store import events, links, query_sql, sync_cards, sync_events, tasks
from crm_cli.store.store import utc_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime
    from typing import Any

    from crm_cli.domain.event import Event
    from crm_cli.domain.ical_item import CalendarDraft
    from crm_cli.domain.three_way import Facts, Merged
    from crm_cli.store.store import Store

NAMES_PEOPLE = "It names attendees, whom the server would write to; only --invite lets it go there."
NOT_ONE = "It does not hold one event or follow-up."
_PEOPLE = ("ATTENDEE", "ORGANIZER")


class EventSide:
    """Events, and with `with_tasks` open follow-ups, for the engine (`sync_run`); `invite` lets attendees go along."""

    def __init__(
        self,
        store: Store,
        *,
        stages: Sequence[dict[str, Any]],
        now: datetime,
        localize: Callable[[datetime], datetime],
        with_tasks: bool,
        invite: bool,
    ) -> None:
        self.store = store
        self.connection = store.connection
        self.stages = stages
        self.now = now
        self.stamp = utc_text(now)
        self.moment = now.isoformat(timespec="seconds")
        self.localize = localize
        self.with_tasks = with_tasks
        self.invite = invite

    def wanted(self, query: str | None) -> list[str]:
        """Return the events, and open follow-ups, of all or of the people a query finds."""
        people: list[str] | None = None
        if query:
            compiled = query_sql.compile(
                self.connection, query, "contact", now=self.now, actor=self.store.actor, stages=self.stages
            )
            people = sync_cards.uids_where(self.connection, compiled)
        found = sync_events.event_uids(self.connection, people, NOT_PLANNED)
        return found + (sync_events.open_task_uids(self.connection, people) if self.with_tasks else [])

    def facts(self, uids: Iterable[str]) -> dict[str, Facts]:
        """Return the facts of those records that exist, by public id."""
        uids = list(uids)
        found = {uid: sync_event.facts_of(items) for uid, items in self._event_items(uids).items()}
        rows = sync_events.rows_of(self.connection, "task", uids)
        for task in tasks.list_rows(self.connection, list(rows.values())):
            found[task.id] = sync_event.own_facts(records.task_item(task))
        return found

    def _event_items(self, uids: Iterable[str]) -> dict[str, list[ItemDraft]]:
        rows = sync_events.rows_of(self.connection, "event", uids)
        masters = events.list_rows(self.connection, list(rows.values()))
        changes: dict[str, list[Event]] = {}
        known = {event.id for event in masters}
        for change in events.list_rows(
            self.connection, sync_events.change_rows(self.connection, [_foreign_uid(event) for event in masters])
        ):
            if change.id not in known:
                changes.setdefault(_foreign_uid(change), []).append(change)
        return {
            master.id: [records.event_item(event) for event in (master, *changes.get(_foreign_uid(master), ()))]
            for master in masters
        }

    def read(self, body: str) -> Reading:
        """Read a resource; raises Unreadable, Foreign for a component that is not synchronised."""
        from importers import ical

        found = list(ical.read(io.BytesIO(body.encode("utf-8", "surrogatepass")), source=""))
        if len(found) != 1 or isinstance(found[0], Refusal):
            raise Unreadable(NOT_ONE)
        return self._reading(found[0])

    def _reading(self, calendar: CalendarDraft) -> Reading:
        from importers.ical_write import whole_lines

        kinds = {item.component for item in calendar.items}
        if kinds == {"VTODO"} and not self.with_tasks:
            raise Foreign
        if kinds not in ({"VEVENT"}, {"VTODO"}) or (kinds == {"VTODO"} and len(calendar.items) > 1):
            raise Foreign if kinds and "VEVENT" not in kinds else Unreadable(NOT_ONE)
        text = "\n".join(whole_lines(_as_text(calendar)))
        first = sync_event.in_order(calendar.items)[0]
        facts = sync_event.facts_of(calendar.items)
        return Reading(calendar, text=text, uid=first.uid, name=first.title or records.UNTITLED, facts=facts)

    def read_kept(self, text: str) -> Reading:
        """Read a text as it was kept after an earlier sync; the empty one stands for nothing."""
        if not text:
            return Reading(None, text="", uid=None, name="", facts={})
        return self.read(text.replace("\n", "\r\n"))

    def ready(self, taken: set[str]) -> None:
        """Nothing has to be prepared: records are found by UID."""
        del taken

    def find(self, reading: Reading, taken: set[str]) -> str | None:
        """Return the record with the UID of a new resource, or None."""
        entity = "task" if _is_task(reading) else "event"
        found = sync_events.uids_called(self.connection, entity, reading.uid or "")
        free = [uid for uid in found if uid not in taken]
        return free[0] if len(free) == 1 else None

    def merge(
        self, base_mine: Facts, mine: Facts, base_theirs: Facts, theirs: Facts, *, prefer: str | None = None
    ) -> Merged:
        """Merge two versions of a record against what both last agreed on."""
        return merge(base_mine, mine, base_theirs, theirs, identity=sync_event.identity, prefer=prefer)

    def bases(self, mine: Facts, theirs: Facts) -> tuple[Facts, Facts]:
        """Return the bases for two versions that never met: what only one has is no conflict."""
        del mine, theirs
        return {}, {}

    def body(self, uid: str, text: str | None, after: Facts) -> tuple[str, bytes]:
        """Return a calendar as it is kept and as it goes over the wire, with these facts; other lines stay."""
        from importers import ical
        from importers.ical_write import whole_lines

        calendar = self._new_calendar(uid) if text is None else self._patched(text, after)
        lines = whole_lines(calendar)
        if not self.invite and any(_property(line) == "ATTENDEE" for line in lines):
            raise Unsendable(NAMES_PEOPLE)
        return "\n".join(lines), b"".join(ical.write([calendar]))

    def _new_calendar(self, uid: str) -> CalendarText:
        from crm_cli.services.calendars import of_records

        rows = sync_events.rows_of(self.connection, "event", [uid])
        if not rows:
            found = tasks.get(self.connection, sync_events.rows_of(self.connection, "task", [uid])[uid])
            return of_records(self.store, "task", [found], now=self.now)
        master = events.get(self.connection, rows[uid])
        changes = sync_events.change_rows(self.connection, [_foreign_uid(master)])
        calendar = of_records(self.store, "event", [master, *events.list_rows(self.connection, changes)], now=self.now)
        frame = [part for part in calendar.frame if isinstance(part, int) or not part.upper().startswith("METHOD")]
        uids = f"UID:{_foreign_uid(master)}"
        texts = {number: self._for_server(text, uids) for number, text in calendar.items.items()}
        return CalendarText(frame, texts)

    def _for_server(self, text: str, uid_line: str) -> str:
        """Leave out who takes part, unless the server is to invite them; a component without UID gets one."""
        lines = text.split("\n")
        if not self.invite:
            lines = [line for line in lines if _property(line) not in _PEOPLE]
        if not any(_property(line) == "UID" for line in lines):
            lines.insert(1, uid_line)
        return "\n".join(lines)

    def _patched(self, text: str, after: Facts) -> CalendarText:
        from importers import ical
        from importers.ical_write import item_text, with_zones

        zones: list[str | None] = []
        calendar: CalendarDraft = self.read_kept(text).draft
        items: dict[int, str] = {}
        wanted = {one["occurrence"]: one for one in after.get("occurrences") or ()}
        first = sync_event.in_order(calendar.items)[0]
        for number, item in enumerate(calendar.items):
            facts = after if item is first else _occurrence_facts(wanted.pop(item.recurrence_id or "", None))
            if facts is not None:
                before = sync_event.own_facts(item) if item is first else sync_event.occurrence_facts(item)
                changed = sync_event.changed_item(item, before, facts, now=self.moment)
                items[number] = ical.patch(item.raw, item, changed, stamp=self.moment)
                zones.append(changed.timezone)
        for occurrence, one in wanted.items():
            made = ItemDraft("VEVENT", "", uid=first.uid, recurrence_id=occurrence, sequence=first.sequence)
            made = sync_event.changed_item(made, {}, _occurrence_facts(one) or {}, now=self.moment)
            items[len(calendar.items) + len(items)] = item_text(made, stamp=self.moment)
            zones.append(made.timezone)
        return CalendarText(with_zones(calendar.frame, [zone for zone in zones if zone]), items)

    def resource_name(self, uid: str) -> str:
        """Return the UID of an event or follow-up, which a new resource is named by."""
        rows = sync_events.rows_of(self.connection, "event", [uid])
        return _foreign_uid(events.get(self.connection, rows[uid])) if rows else uid

    def name(self, uid: str, facts: Facts | None, reading: Reading | None) -> str:
        """Return what to call an item when speaking of it."""
        return str((facts or {}).get("title") or (reading.name if reading else "") or uid)

    def add_all(self, readings: Sequence[Reading]) -> list[str]:
        """Add a record for each resource; people known by their e-mail are linked."""
        return [self._add(reading) for reading in readings]

    def _add(self, reading: Reading) -> str:
        items = sync_event.in_order(reading.draft.items)
        uids = [self._add_item(item) for item in items]
        return uids[0]

    def _add_item(self, item: ItemDraft) -> str:
        uid = self.store.new_uid()
        new: dict[str, Any] = {"uid": uid, "stamp": self.stamp, "owner": self.store.actor}
        new["contact_rows"] = records.contact_rows(self.store, item)
        if item.component == "VTODO":
            columns = records.task_columns(item, localize=self.localize, now=self.now)
            row = tasks.add(self.connection, **new, **columns)
            links.add_tags(self.connection, "task", row, dict.fromkeys(item.tags))
            return uid
        columns = records.event_columns(item)
        row = events.add(self.connection, **new, **columns, attendees=item.attendees, alarms=item.alarms)
        links.add_tags(self.connection, "event", row, dict.fromkeys(item.tags))
        return uid

    def apply(self, uid: str, before: Facts, after: Facts, text: str) -> None:
        """Change an event with the changes of its series, or a follow-up; `text` says who takes part."""
        rows = sync_events.rows_of(self.connection, "event", [uid])
        if not rows:
            self._apply_task(uid, before, after)
            return
        items = self._event_items([uid])[uid]
        draft = self.read_kept(text).draft
        came = {item.recurrence_id: item for item in draft.items} if draft else {}
        self._apply_event(rows[uid], items[0], before, after, came.get(None))
        changes = sync_events.changes_by_occurrence(self.connection, items[0].uid or uid)
        known = {one["occurrence"]: one for one in before.get("occurrences") or ()}
        wanted = {one["occurrence"]: one for one in after.get("occurrences") or ()}
        for occurrence, row in changes.items():
            if occurrence in known and occurrence not in wanted:
                events.delete(self.connection, row)
        for occurrence, one in wanted.items():
            if occurrence in changes:
                item = next(item for item in items if item.recurrence_id == occurrence)
                old, new = _occurrence_facts(known.get(occurrence)), _occurrence_facts(one)
                self._apply_event(changes[occurrence], item, old or {}, new or {}, came.get(occurrence))
            elif occurrence in came:
                self._add_item(came[occurrence])

    def _apply_event(self, row: int, item: ItemDraft, before: Facts, after: Facts, came: ItemDraft | None) -> None:
        changed = sync_event.changed_item(item, before, after, now=self.moment)
        columns = records.event_columns(changed)
        if came is not None:
            columns["sequence"] = max(came.sequence, item.sequence)
            people = {person.email.casefold() for person in came.attendees}
            kept = [person for person in item.attendees if person.email.casefold() not in people]
            events.clear(self.connection, "event_attendee", row)
            events.add_attendees(self.connection, row, [*came.attendees, *kept])
            links.link_contacts(self.connection, "event", row, records.contact_rows(self.store, came))
        del columns["ical_uid"]
        events.clear(self.connection, "event_alarm", row)
        events.add_alarms(self.connection, row, changed.alarms)
        events.update(self.connection, row, stamp=self.stamp, **columns)

    def _apply_task(self, uid: str, before: Facts, after: Facts) -> None:
        row = sync_events.rows_of(self.connection, "task", [uid])[uid]
        item = records.task_item(tasks.get(self.connection, row))
        changed = sync_event.changed_item(item, before, after, now=self.moment)
        columns = records.task_columns(changed, localize=self.localize, now=self.now)
        tasks.update(self.connection, row, stamp=self.stamp, **columns)

    def keep_text(self, uid: str, text: str) -> None:
        """The text of an event is kept with the pair alone."""

    def is_used(self, uid: str) -> bool:
        """No other record loses anything with an event."""
        del uid
        return False

    def delete(self, uid: str) -> None:
        """Delete an event with the changes of its series, or a follow-up."""
        rows = sync_events.rows_of(self.connection, "event", [uid])
        if not rows:
            tasks.delete(self.connection, sync_events.rows_of(self.connection, "task", [uid])[uid])
            return
        master = events.get(self.connection, rows[uid])
        for row in sync_events.change_rows(self.connection, [_foreign_uid(master)]):
            events.delete(self.connection, row)
        events.delete(self.connection, rows[uid])


def _occurrence_facts(one: dict[str, Any] | None) -> Facts | None:
    """Return the facts of one changed occurrence as those of a component."""
    if one is None:
        return None
    return {name: value for name, value in one.items() if name != "occurrence"}


def _as_text(calendar: CalendarDraft) -> CalendarText:
    return CalendarText(calendar.frame, {number: item.raw for number, item in enumerate(calendar.items)})


def _foreign_uid(event: Event) -> str:
    return event.uid or event.id


def _is_task(reading: Reading) -> bool:
    return bool(reading.draft.items[0].component == "VTODO")


def _property(line: str) -> str:
    return line.partition(":")[0].partition(";")[0].strip().upper()
