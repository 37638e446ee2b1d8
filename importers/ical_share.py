"""Calendars for other people's eyes: what they are to see of appointments, and nothing else."""

from __future__ import annotations

from crm_cli.domain.ical_item import CalendarText
from importers.contentlines import escape_text, parse_head, split_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TITLES, BUSY = "titles", "busy"
SHARES = (TITLES, BUSY)
# Nothing is shared because nobody thought of it: what is not named here stays at home.
_TIMES = frozenset(
    "UID DTSTAMP DTSTART DTEND DURATION RRULE RDATE EXDATE EXRULE RECURRENCE-ID SEQUENCE CREATED LAST-MODIFIED STATUS "
    "TRANSP CLASS".split()
)
_TITLES = _TIMES | {"SUMMARY", "LOCATION", "GEO", "CATEGORIES"}
_PRIVATE = ("PRIVATE", "CONFIDENTIAL")
_HEAD = ("METHOD:PUBLISH", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H")


def shared(calendar: CalendarText, share: str, *, busy: str) -> CalendarText:
    """Return a calendar in which appointments show times alone (`busy`), or their titles and places too (`titles`).

    `busy` is what an appointment without a title is called, as are the private ones (RFC 5545, 3.8.1.3).
    """
    frame = list(calendar.frame)
    frame[3:3] = _HEAD
    return CalendarText(frame, {place: _shared(text, share, busy) for place, text in calendar.items.items()})


def _shared(text: str, share: str, busy: str) -> str:
    first, *lines = text.split("\n")
    found = [(_name(line), line) for line in _own(lines[:-1])]
    is_private = any(name == "CLASS" and line.upper().endswith(_PRIVATE) for name, line in found)
    is_busy = share == BUSY or is_private
    kept = [line for name, line in found if name in (_TIMES if is_busy else _TITLES)]
    if is_busy:
        kept.append(f"SUMMARY:{escape_text(busy)}")
    return "\n".join([first, *kept, lines[-1]])


def _own(lines: Sequence[str]) -> Iterator[str]:
    """Yield the properties of a component, without those of what is in it: its alarms."""
    depth = 0
    for line in lines:
        edge = line.strip().upper()
        if edge.startswith("BEGIN:"):
            depth += 1
        elif edge.startswith("END:"):
            depth -= 1
        elif depth == 0:
            yield line


def _name(line: str) -> str:
    parts = split_line(line)
    head = None if parts is None else parse_head(parts[0])
    return "" if head is None else head.name.upper()
