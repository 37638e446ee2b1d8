"""The calendar's end of a sync: events with the changes of their series, and what else is wanted (`sync_singles`).

Attendees are kept off the server: most send mail to everyone named the moment an event arrives (RFC 6638, 3.2).
"""

from __future__ import annotations

import io

from crm_cli.domain import sync_event
from crm_cli.domain.draft import Refusal
from crm_cli.domain.event import NOT_PLANNED
from crm_cli.domain.ical_item import Attendee, CalendarText, ItemDraft
from crm_cli.domain.three_way import merge
from crm_cli.services import calendar_records as records
from crm_cli.services.sync_side import Foreign, Reading, Unreadable, Unsendable
from crm_cli.services.sync_singles import retag
from crm_cli.store import events, links, query_sql, sync_cards, sync_events
from crm_cli.store.store import utc_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime
    from typing import Any

    from crm_cli.domain.event import Event
    from crm_cli.domain.ical_item import CalendarDraft
    from crm_cli.domain.three_way import Facts, Merged
    from crm_cli.services.sync_singles import Single
    from crm_cli.store.store import Store

NAMES_PEOPLE = "It names attendees, whom the server would write to; only --invite lets it go there."
NOT_ONE = "It does not hold one event, follow-up or log entry."
_PEOPLE = ("ATTENDEE", "ORGANIZER")


class EventSide:
    """Events, and the `singles` that are wanted, for the engine (`sync_run`); `invite` lets attendees go along."""

    def __init__(
        self,
        store: Store,
        *,
        stages: Sequence[dict[str, Any]],
        now: datetime,
        localize: Callable[[datetime], datetime],
        singles: Sequence[Single] = (),
        invite: bool = False,
    ) -> None:
        self.store = store
        self.connection = store.connection
        self.stages = stages
        self.now = now
        self.stamp = utc_text(now)
        self.moment = now.isoformat(timespec="seconds")
        self.localize = localize
        self.singles = singles
        self.invite = invite
        self.components: frozenset[str] | None = None

    def wanted(self, query: str | None) -> list[str]:
        """Return the events and other records of all or of the people a query finds."""
        people: list[str] | None = None
        if query:
            compiled = query_sql.compile(
                self.connection, query, "contact", now=self.now, actor=self.store.actor, stages=self.stages
            )
            people = sync_cards.uids_where(self.connection, "contact", compiled)
        # A list of follow-ups alone is a calendar, too.
        has_events = self.components is None or "VEVENT" in self.components
        found = sync_events.event_uids(self.connection, people, NOT_PLANNED) if has_events else []
        return [*found, *(uid for single in self.singles for uid in single.wanted(people))]

    def take_only(self, components: frozenset[str] | None) -> None:
        """Note which components the other side takes; None for all, or where it does not say."""
        self.components = components

    def facts(self, uids: Iterable[str]) -> dict[str, Facts]:
        """Return the facts of those records that exist, by public id."""
        uids = list(uids)
        known = self._event_items(uids)
        found = {uid: sync_event.facts_of(items) for uid, items in known.items()}
        for single in self.singles:
            found |= {uid: sync_event.own_facts(item) for uid, item in single.items(uids).items()}
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
        known = any(kinds == {single.component} for single in self.singles)
        if kinds != {"VEVENT"} and (not known or len(calendar.items) > 1):
            raise Foreign if kinds and "VEVENT" not in kinds and not known else Unreadable(NOT_ONE)
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
        single = self._single_of(reading.draft.items[0])
        entity = "event" if single is None else single.entity
        found = sync_events.uids_called(self.connection, entity, reading.uid or "")
        free = [uid for uid in found if uid not in taken]
        return free[0] if len(free) == 1 else None

    def merge(
        self, base_mine: Facts, mine: Facts, base_theirs: Facts, theirs: Facts, *, prefer: str | None = None
    ) -> Merged:
        """Merge two versions of a record against what both last agreed on; one time in two zones stays in both.

        Without `invite` the attendees of the other side stay as they are, and are taken over here.
        """
        if "when" in mine and sync_event.is_same_time(mine, theirs):
            base_mine = base_mine | {"when": mine["when"]}
            base_theirs = base_theirs | {"when": theirs["when"]}
        merged = merge(base_mine, mine, base_theirs, theirs, identity=sync_event.identity, prefer=prefer)
        if not self.invite:
            merged.theirs.pop("attendees", None)
            merged.theirs |= {"attendees": theirs["attendees"]} if "attendees" in theirs else {}
        return merged

    def bases(self, mine: Facts, theirs: Facts) -> tuple[Facts, Facts]:
        """Return the bases for two versions that never met: what only one has is no conflict."""
        del mine, theirs
        return {}, {}

    def body(self, uid: str, text: str | None, after: Facts) -> tuple[str, bytes]:
        """Return a calendar as it is kept and as it goes over the wire, with these facts; other lines stay."""
        from importers import ical
        from importers.ical_write import whole_lines

        single = self._single(uid)
        if text is None and single and self.components and single.component not in self.components:
            raise Unsendable(single.not_taken)
        calendar = self._new_calendar(uid, single) if text is None else self._patched(text, after)
        lines = whole_lines(calendar)
        if not self.invite and any(_property(line) == "ATTENDEE" for line in lines):
            raise Unsendable(NAMES_PEOPLE)
        return "\n".join(lines), b"".join(ical.write([calendar]))

    def _single(self, uid: str) -> Single | None:
        """Return whose record this is; None for that of an event."""
        return next((single for single in self.singles if single.holds(uid)), None)

    def _single_of(self, item: ItemDraft) -> Single | None:
        return next((single for single in self.singles if single.component == item.component), None)

    def _new_calendar(self, uid: str, single: Single | None) -> CalendarText:
        from crm_cli.services.calendar_texts import of_records

        if single is not None:
            return single.calendar(uid)
        master = events.get(self.connection, sync_events.rows_of(self.connection, "event", [uid])[uid])
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
                before = sync_event.occurrence_facts(item)
                if item is first:
                    before = sync_event.own_facts(item)
                    facts = facts if self.invite else facts | {"attendees": before.get("attendees")}
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
        """Return the UID of a record, which a new resource is named by."""
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
        single = self._single_of(items[0])
        if single is not None:
            return single.add(items[0])
        first, *_ = [self._add_item(item) for item in items]
        return first

    def _add_item(self, item: ItemDraft) -> str:
        uid = self.store.new_uid()
        new: dict[str, Any] = {"uid": uid, "stamp": self.stamp, "owner": self.store.actor}
        new["contact_rows"] = records.contact_rows(self.store, item)
        columns = records.event_columns(item)
        row = events.add(self.connection, **new, **columns, attendees=item.attendees, alarms=item.alarms)
        links.add_tags(self.connection, "event", row, dict.fromkeys(item.tags))
        return uid

    def apply(self, uid: str, before: Facts, after: Facts, text: str) -> None:
        """Change an event with the changes of its series, or another record; `text` says who takes part."""
        single = self._single(uid)
        if single is not None:
            single.apply(uid, before, after)
            return
        rows = sync_events.rows_of(self.connection, "event", [uid])
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
            events.clear(self.connection, "event_attendee", row)
            events.add_attendees(self.connection, row, _people(came, changed))
            links.link_contacts(self.connection, "event", row, records.contact_rows(self.store, came))
        del columns["ical_uid"]
        events.clear(self.connection, "event_alarm", row)
        events.add_alarms(self.connection, row, changed.alarms)
        retag(self.connection, "event", row, before, after)
        events.update(self.connection, row, stamp=self.stamp, **columns)

    def keep_text(self, uid: str, text: str) -> None:
        """The text of an event is kept with the pair alone."""

    def is_used(self, uid: str) -> bool:
        """Tell whether a record is not to be deleted without a question; with an event nothing is lost."""
        single = self._single(uid)
        return single is not None and single.is_used(uid)

    def delete(self, uid: str) -> None:
        """Delete an event with the changes of its series, or another record."""
        single = self._single(uid)
        if single is not None:
            single.delete(uid)
            return
        rows = sync_events.rows_of(self.connection, "event", [uid])
        master = events.get(self.connection, rows[uid])
        for row in sync_events.change_rows(self.connection, [_foreign_uid(master)]):
            events.delete(self.connection, row)
        events.delete(self.connection, rows[uid])


def _occurrence_facts(one: dict[str, Any] | None) -> Facts | None:
    """Return the facts of one changed occurrence as those of a component."""
    if one is None:
        return None
    return {name: value for name, value in one.items() if name != "occurrence"}


def _people(came: ItemDraft, agreed: ItemDraft) -> list[Attendee]:
    """Return who takes part as agreed, with the answers that came."""
    wanted = {person.email.casefold() for person in agreed.attendees}
    theirs = [person for person in came.attendees if person.organizer or person.email.casefold() in wanted]
    known = {person.email.casefold() for person in theirs}
    return [*theirs, *(person for person in agreed.attendees if person.email.casefold() not in known)]


def _as_text(calendar: CalendarDraft) -> CalendarText:
    return CalendarText(calendar.frame, {number: item.raw for number, item in enumerate(calendar.items)})


def _foreign_uid(event: Event) -> str:
    return event.uid or event.id


def _property(line: str) -> str:
    return line.partition(":")[0].partition(";")[0].strip().upper()
