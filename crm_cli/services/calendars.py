"""Calendars in: each file's calendars are kept whole; `calendar_texts` gives them back whole.

A second import finds each component again by its content, one to one; by UID and RECURRENCE-ID where it changed in
the same calendar.
"""

from __future__ import annotations

from crm_cli.domain.draft import Refusal
from crm_cli.domain.ical_item import CalendarDraft
from crm_cli.services import calendar_records as records
from crm_cli.services import calendar_texts
from crm_cli.store import calendars
from crm_cli.store.store import utc_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from crm_cli.domain.ical_item import ItemDraft
    from crm_cli.store.calendars import Item
    from crm_cli.store.store import Store
    from importers.ical_times import Zones

OLDER = "The component is older than the one that is here."


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
        own = calendar_texts.own_texts(self.store, draft.items, now=self.now) if draft.method is None else None
        if own is not None:
            self._take_own(draft.items, own)
            return
        found = self._again(draft, hashes)
        if found is None:
            self._add(draft, frame, signature)
        else:
            self.taken.add(found)
            self._merge(found, draft, hashes)

    def _take_own(self, items: Sequence[ItemDraft], texts: Sequence[str]) -> None:
        """Bring records of our own, which left as a file and came back, up to date."""
        from importers import ical

        for item, text in zip(items, texts, strict=True):
            before = ical.read_item(text)
            if not self.update or _without_stamp(text) == _without_stamp(item.raw):
                self.imported.same += 1
            else:
                uid = item.uid or ""
                records.update_record(self.store, uid, item, before=before, localize=self.localize, now=self.now)
                self.imported.changed += 1

    def _whole(self, calendar_row: int) -> bool:
        """Tell whether every component of a calendar still has its record."""
        items = calendars.items(self.store.connection, calendar_row)
        return {item.record_uid for item in items} - {None} == calendar_texts.existing(self.store, items)

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
        self._add_items(row, 0, draft.items, draft.method)
        if not draft.items:
            self.imported.new += 1

    def _add_items(self, calendar_row: int, first: int, items: Sequence[ItemDraft], method: str | None) -> None:
        uids = self._records(calendar_row, items, method)
        calendars.add_items(self.store.connection, calendar_row, first, list(zip(items, uids, strict=True)))
        self.imported.new += len(items)

    def _records(self, calendar_row: int, items: Sequence[ItemDraft], method: str | None) -> list[str | None]:
        return records.add_records(
            self.store, items, method=method, calendar_row=calendar_row, localize=self.localize, now=self.now
        )

    def _merge(self, calendar_row: int, draft: CalendarDraft, hashes: Sequence[str]) -> None:
        """Bring a known calendar up to date; components that are missing now stay."""
        connection = self.store.connection
        known = calendars.items(connection, calendar_row)
        pairs = _pairs(draft.items, hashes, known)
        position = max((item.position for item in known), default=-1) + 1
        changed = [
            (item, old, text_hash)
            for item, old, text_hash in zip(draft.items, pairs, hashes, strict=True)
            if old is not None
        ]
        self._refresh(calendar_row, changed, draft)
        new = [item for item, old in zip(draft.items, pairs, strict=True) if old is None]
        self._add_items(calendar_row, position, new, draft.method)
        following = iter(range(position, position + len(new)))
        places = [next(following) if old is None else old.position for old in pairs]
        frame = calendars.frame_text([places[part] if isinstance(part, int) else part for part in draft.frame])
        calendars.update(
            connection,
            calendar_row,
            name=draft.name,
            frame=frame,
            signature=calendars.signature(calendars.frame_text(draft.frame), hashes),
            stamp=utc_text(self.now),
        )

    def _refresh(self, calendar_row: int, pairs: Sequence[tuple[ItemDraft, Item, str]], draft: CalendarDraft) -> None:
        """Bring components that are known up to date; one whose record was deleted gets a new one."""
        connection = self.store.connection
        there = calendar_texts.existing(self.store, [old for _, old, _ in pairs])
        zones = calendar_texts.zones_of(calendars.get_rows(connection, [calendar_row])[0].frame)
        for item, old, text_hash in pairs:
            gone = item.component in records.ENTITIES and old.record_uid not in there
            if not gone and (old.hash == text_hash or not self.update):
                self.imported.same += 1
                continue
            if item.sequence < old.sequence:
                self.imported.refused.append(Refusal(draft.source or "", item.line, OLDER))
                continue
            uid = old.record_uid
            if gone:
                (uid,) = self._records(calendar_row, [item], draft.method)
                self.imported.new += 1
            else:
                self._update(old, item, zones)
                self.imported.changed += 1
            calendars.update_item(connection, old.row, sequence=item.sequence, text=item.raw, record_uid=uid)

    def _update(self, old: Item, item: ItemDraft, zones: Zones) -> None:
        if old.record_uid is None:
            return
        before = calendar_texts.kept(self.store, old, zones)
        records.update_record(self.store, old.record_uid, item, before=before, localize=self.localize, now=self.now)


def _without_stamp(text: str) -> list[str]:
    return [line for line in text.split("\n") if not line.startswith("DTSTAMP")]


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
