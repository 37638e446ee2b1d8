"""Calendars as iCalendar: what came in goes out as it was, what changed is patched, the rest is made new."""

from __future__ import annotations

from importers.contentlines import escape_text, fold, join_head, param_text
from importers.ical_split import PRODID
from importers.ical_times import written

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from crm_cli.domain.ical_item import Attendee, CalendarText, ItemDraft, Party

# The parameter of a CONTACT line that names a person or firm of our address book.
PARTY_ID = "X-CRM-ID"


def write(calendars: Iterable[CalendarText]) -> Iterator[bytes]:
    """Yield each calendar in UTF-8 with CRLF, lines folded at 75 octets."""
    for calendar in calendars:
        yield "".join(f"{fold(line)}\r\n" for line in whole_lines(calendar)).encode("utf-8", "surrogatepass")


def whole_lines(calendar: CalendarText) -> list[str]:
    """Return the lines of a calendar with its components in place."""
    left = dict(calendar.items)
    lines: list[str] = []
    end = None
    for part in calendar.frame:
        if isinstance(part, int):
            if part in left:
                lines += left.pop(part).split("\n")
        else:
            if part == "END:VCALENDAR":
                end = len(lines)
            lines.append(part)
    rest = [line for text in left.values() for line in text.split("\n")]
    at = len(lines) if end is None else end
    lines[at:at] = rest
    return lines


def new_frame(count: int, *, name: str | None = None, method: str | None = None) -> list[str | int]:
    """Return the frame of a calendar of our own with `count` components."""
    frame: list[str | int] = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODID}"]
    if method:
        frame.append(f"METHOD:{method}")
    if name:
        frame.append(f"X-WR-CALNAME:{escape_text(name)}")
    return [*frame, *range(count), "END:VCALENDAR"]


def with_zones(frame: Sequence[str | int], names: Iterable[str]) -> list[str | int]:
    """Put a VTIMEZONE before the first component for each IANA zone the frame does not describe yet."""
    known = {line.partition(":")[2].strip() for line in frame if isinstance(line, str) and line.startswith("TZID")}
    lines: list[str | int] = []
    for name in dict.fromkeys(names):
        if name not in known and name != "UTC":
            from importers.ical_zone import zone_lines

            lines += zone_lines(name)
    at = next((index for index, part in enumerate(frame) if isinstance(part, int)), len(frame) - 1)
    return [*frame[:at], *lines, *frame[at:]]


def item_text(item: ItemDraft, *, stamp: str) -> str:
    """Write a component that came from nowhere else; `stamp` is DTSTAMP, an ISO date-time with offset."""
    lines = [f"BEGIN:{item.component}", *properties(item, stamp=stamp)]
    for minutes in item.alarms:
        lines += ["BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{escape_text(item.title or '')}"]
        lines += [f"TRIGGER:{trigger(minutes)}", "END:VALARM"]
    return "\n".join([*lines, f"END:{item.component}"])


def trigger(minutes: int) -> str:
    """Write an alarm's minutes before the start as a duration."""
    return f"-PT{minutes}M" if minutes >= 0 else f"PT{-minutes}M"


def properties(item: ItemDraft, *, stamp: str) -> list[str]:
    """Return the content lines of a component, without its alarms."""
    lines = [f"UID:{item.uid}", f"DTSTAMP:{written(stamp, None)[0]}"]
    for name, moment in (("DTSTART", item.start), ("DTEND", item.end), ("DUE", item.due)):
        if moment is not None:
            lines.append(time_line(name, moment, item.timezone))
    if item.recurrence_id is not None:
        lines.append(time_line("RECURRENCE-ID", item.recurrence_id, item.timezone))
    if item.completed is not None:
        lines.append(time_line("COMPLETED", item.completed, None))
    lines += item.recurrence
    texts = (
        ("SUMMARY", item.title),
        ("DESCRIPTION", item.description),
        ("LOCATION", item.location),
        ("STATUS", item.status.upper() if item.status else None),
    )
    lines += [f"{name}:{escape_text(value)}" for name, value in texts if value]
    if item.url:
        lines.append(f"URL:{item.url}")
    if item.free:
        lines.append("TRANSP:TRANSPARENT")
    if item.sequence:
        lines.append(f"SEQUENCE:{item.sequence}")
    if item.priority is not None:
        lines.append(f"PRIORITY:{item.priority}")
    if item.tags:
        lines.append(categories_line(item.tags))
    lines += [party_line(party) for party in item.parties]
    lines += [attendee_line(person) for person in item.attendees]
    return lines


def categories_line(tags: Iterable[str]) -> str:
    """Write tags."""
    return "CATEGORIES:" + ",".join(escape_text(tag) for tag in tags)


def party_line(party: Party) -> str:
    """Write somebody an event is about; CONTACT invites nobody (RFC 5545, 3.8.4.2)."""
    return f"{join_head('CONTACT', [(PARTY_ID, party.id)])}:{escape_text(party.name)}"


def attendee_line(person: Attendee) -> str:
    """Write somebody an event names."""
    params = [("CN", param_text(person.name))] if person.name else []
    if person.status and not person.organizer:
        params.append(("PARTSTAT", person.status.upper()))
    address = person.email if ":" in person.email else f"mailto:{person.email}"
    return f"{join_head('ORGANIZER' if person.organizer else 'ATTENDEE', params)}:{address}"


def time_line(name: str, moment: str, zone: str | None) -> str:
    """Write a time property."""
    value, params = written(moment, zone)
    return f"{join_head(name, params)}:{value}"
