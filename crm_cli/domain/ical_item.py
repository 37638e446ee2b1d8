"""What a calendar file holds, before it is a record: whole calendars, and the components in them.

A calendar keeps its own lines as a frame in which each component has a place, so that an export can give the whole
back: own properties, time zones and lines nobody understood, as they came.
"""

from __future__ import annotations

from dataclasses import dataclass, field

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

ITEM_KINDS = ("VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VAVAILABILITY")


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody an event names: `status` is PARTSTAT in lower case, `organizer` whoever invites."""

    email: str
    name: str | None = None
    status: str | None = None
    organizer: bool = False


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody of the address book an event is about without being invited: `id` is the public one."""

    id: str
    name: str


@dataclass(slots=True)
class ItemDraft:
    """One component of a calendar, as read; `raw` is its own text, unfolded, in UTF-8.

    `start`, `end`, `due` and `completed` are ISO 8601: a date, a floating date-time without offset, or one with
    offset; `timezone` is the IANA zone of a zoned start. `end` is exclusive. `recurrence_id` is the content of
    RECURRENCE-ID in the same form, `recurrence` holds the lines of RRULE, RDATE, EXDATE and EXRULE, `alarms` the
    minutes before the start. `uid` is None where the file has none.
    """

    component: str
    raw: str
    uid: str | None = None
    recurrence_id: str | None = None
    this_and_future: bool = False
    sequence: int = 0
    stamp: str | None = None
    title: str | None = None
    description: str | None = None
    location: str | None = None
    url: str | None = None
    status: str | None = None
    free: bool = False
    priority: int | None = None
    start: str | None = None
    end: str | None = None
    due: str | None = None
    completed: str | None = None
    timezone: str | None = None
    recurrence: list[str] = field(default_factory=list)
    alarms: list[int] = field(default_factory=list)
    attendees: list[Attendee] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    line: int = 0

    @property
    def key(self) -> tuple[str, str | None, str | None]:
        """Return what tells which component of which series this is (RFC 5546, 2.1.5)."""
        return (self.component, self.uid, self.recurrence_id)


@dataclass(slots=True)
class CalendarDraft:
    """One VCALENDAR: `frame` holds its lines in order, and for each component its number in `items`.

    `line` counts from 1 and says where it began; `repairs` are English templates of what had to be mended.
    """

    frame: list[str | int] = field(default_factory=list)
    items: list[ItemDraft] = field(default_factory=list)
    name: str | None = None
    method: str | None = None
    source: str | None = None
    line: int = 0
    repairs: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CalendarText:
    """A calendar to be written: a frame whose numbers point into `items`, which are texts of components.

    An item whose number the frame does not name goes before the calendar's end; a number without item is left out.
    """

    frame: Sequence[str | int]
    items: dict[int, str]
