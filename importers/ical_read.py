"""iCalendar (RFC 5545, vCalendar 1.0) into calendars and component drafts; their own text goes along."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from crm_cli.domain.draft import Refusal
from crm_cli.domain.ical_item import Attendee, CalendarDraft, ItemDraft, Party
from importers.contentlines import parse_head, split_escaped, split_line, unescape_text
from importers.ical_split import RawCalendar, RawItem, edge, split_calendars
from importers.ical_times import Zones, iso, read_duration, read_stamp, read_time
from importers.ical_write import PARTY_ID

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from importers.contentlines import Head

UNREADABLE = "A line that is no iCalendar property was kept as it came."
UNKNOWN_ZONE = "A time zone nobody knows was left out: the time is read as local."
NOTHING = "The file holds no calendar."
VALUE_LIMIT = 1 << 20

_TEXTS = {"SUMMARY": "title", "LOCATION": "location", "URL": "url"}
_RECURRENCE = frozenset(("RRULE", "RDATE", "EXDATE", "EXRULE"))


def read(stream: BinaryIO, *, source: str, region: str | None = None) -> Iterator[CalendarDraft | Refusal]:  # noqa: ARG001
    """Read the calendars of a file one by one; it never fails, what is not understood stays in the frame or `raw`."""
    found = False
    for raw in split_calendars(stream):
        found = True
        yield _calendar(raw, source)
    if not found:
        yield Refusal(source, 0, NOTHING)


def read_item(raw: str, zones: Zones | None = None) -> ItemDraft:
    """Read the text a draft keeps as `raw` again; `zones` are those of its calendar."""
    lines = raw.split("\n")
    item = RawItem(lines[0].partition(":")[2].strip().upper(), 0)
    item.lines = lines
    return _Reader(zones or Zones([]), []).read(item)


def _calendar(raw: RawCalendar, source: str) -> CalendarDraft:
    draft = raw.draft
    draft.source = source
    depth = 0
    for line in draft.frame:
        if isinstance(line, int):
            continue
        name, _, value = line.partition(":")
        name = name.partition(";")[0].upper()
        if found := edge(line):
            depth += 1 if found[0] == "BEGIN" else -1
        if depth != 1:
            continue
        if name == "METHOD":
            draft.method = draft.method or value.strip().upper() or None
        elif name == "NAME" or (name == "X-WR-CALNAME" and draft.name is None):
            draft.name = unescape_text(value).strip() or draft.name
    reader = _Reader(Zones(raw.zones), draft.repairs)
    draft.items = [reader.read(item) for item in raw.items]
    return draft


class _Reader:
    """Reads the components of one calendar."""

    def __init__(self, zones: Zones, repairs: list[str]) -> None:
        self.zones = zones
        self.repairs = repairs

    def read(self, item: RawItem) -> ItemDraft:
        draft = ItemDraft(component=item.kind, raw="\n".join(item.lines), line=item.line)
        self.length: timedelta | None = None
        self.moments: dict[str, date | datetime] = {}
        self.triggers: list[tuple[Head, str]] = []
        inside: list[str] = []
        for line in item.lines:
            found = edge(line)
            if found is not None:
                inside = [*inside, found[1]] if found[0] == "BEGIN" else inside[:-1]
                continue
            split = split_line(line)
            head = parse_head(split[0]) if split else None
            if split is None or head is None:
                self._repair(UNREADABLE)
                continue
            value = split[1]
            if len(inside) == 1 and len(value) <= VALUE_LIMIT:
                self._take(draft, head, value)
            elif inside[1:] == ["VALARM"] and head.name == "TRIGGER":
                self.triggers.append((head, value))
        self._finish(draft)
        return draft

    def _take(self, draft: ItemDraft, head: Head, value: str) -> None:
        name = head.name
        if name in _TEXTS:
            field = _TEXTS[name]
            if getattr(draft, field) is None:
                setattr(draft, field, unescape_text(value).strip() or None)
        elif name == "DESCRIPTION":
            # VJOURNAL may have several (RFC 5545, 3.6.3).
            texts = [text for text in (draft.description, unescape_text(value).strip()) if text]
            draft.description = "\n\n".join(texts) or None
        elif name in ("DTSTART", "DTEND", "DUE", "COMPLETED", "RECURRENCE-ID", "DTSTAMP"):
            self._time(draft, head, value)
        elif name in _RECURRENCE:
            draft.recurrence.append(f"{head.text}:{value}")
        elif name in ("ATTENDEE", "ORGANIZER"):
            self._attendee(draft, head, value)
        else:
            self._word(draft, head, value)

    def _word(self, draft: ItemDraft, head: Head, value: str) -> None:
        word = value.strip()
        match head.name:
            case "UID":
                draft.uid = draft.uid or word or None
            case "SEQUENCE":
                draft.sequence = int(word) if word.isascii() and word.isdigit() and len(word) < 10 else 0
            case "PRIORITY":
                draft.priority = int(word) if word.isascii() and word.isdigit() and len(word) < 3 else None
            case "STATUS":
                draft.status = word.lower() or None
            case "TRANSP":
                draft.free = word.upper() == "TRANSPARENT"
            case "DURATION":
                self.length = read_duration(word)
            case "CONTACT" if party := head.value(PARTY_ID):
                draft.parties.append(Party(party, unescape_text(value).strip()))
            case "CATEGORIES":
                draft.tags += [tag for part in split_escaped(value, ",") if (tag := unescape_text(part).strip())]

    def _time(self, draft: ItemDraft, head: Head, value: str) -> None:
        moment, zone = read_time(head, value, self.zones)
        if moment is None:
            self._repair(UNREADABLE)
            return
        if isinstance(moment, datetime) and moment.tzinfo is None and head.value("TZID"):
            self._repair(UNKNOWN_ZONE)
        self.moments.setdefault(head.name, moment)
        if head.name == "DTSTART" or (head.name == "DUE" and "DTSTART" not in self.moments):
            draft.timezone = zone
        elif head.name == "RECURRENCE-ID":
            draft.this_and_future = head.value("RANGE") == "THISANDFUTURE"

    def _attendee(self, draft: ItemDraft, head: Head, value: str) -> None:
        address = (head.value("EMAIL") or value).strip()
        if address[:7].lower() == "mailto:":
            address = address[7:]
        status = head.value("PARTSTAT")
        if address:
            draft.attendees.append(
                Attendee(
                    address,
                    (head.value("CN") or "").strip() or None,
                    status.lower() if status else None,
                    head.name == "ORGANIZER",
                )
            )

    def _finish(self, draft: ItemDraft) -> None:
        moments = self.moments
        start, end, due = moments.get("DTSTART"), moments.get("DTEND"), moments.get("DUE")
        if end is None and start is not None and self.length is not None:
            end = _plus(start, self.length)
            due = due or (end if draft.component == "VTODO" else None)
        draft.start = iso(start) if start is not None else None
        draft.end = iso(end) if end is not None and draft.component != "VTODO" else None
        draft.due = iso(due) if due is not None else None
        completed = moments.get("COMPLETED")
        draft.completed = iso(completed) if completed is not None else None
        recurrence = moments.get("RECURRENCE-ID")
        draft.recurrence_id = iso(recurrence) if recurrence is not None else None
        stamp = moments.get("DTSTAMP")
        draft.stamp = iso(stamp) if stamp is not None else None
        for head, value in self.triggers:
            minutes = _minutes_before(head, value, start, end)
            if minutes is not None and minutes not in draft.alarms:
                draft.alarms.append(minutes)

    def _repair(self, text: str) -> None:
        if text not in self.repairs:
            self.repairs.append(text)


def _plus(start: date | datetime, length: timedelta) -> date | datetime | None:
    try:
        if isinstance(start, datetime):
            # Days are nominal, hours exact; the difference is an hour twice a year (RFC 5545, 3.3.6).
            return start + length
        whole = timedelta(days=length.days)
        return start + whole if whole == length else datetime.combine(start, datetime.min.time()) + length
    except OverflowError:
        return None


def _minutes_before(head: Head, value: str, start: date | datetime | None, end: date | datetime | None) -> int | None:
    """Return how many minutes before the start an alarm rings (RFC 5545, 3.8.6.3); None where that can't be said."""
    length = read_duration(value)
    if length is None:
        moment = read_stamp(value)
        if not (isinstance(moment, datetime) and isinstance(start, datetime)):
            return None
        if (moment.tzinfo is None) != (start.tzinfo is None):
            return None
        return round((start - moment).total_seconds() / 60)
    if head.value("RELATED") == "END" and start is not None and type(end) is type(start):
        length += end - start
    return round(-length.total_seconds() / 60)
