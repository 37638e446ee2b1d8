"""Columns of appointments, and the page of one."""

from __future__ import annotations

from datetime import date, timedelta

from crm_cli.fields import Field, _page
from crm_cli.i18n import t
from crm_cli.wording import word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from crm_cli.domain.event import Event
    from crm_cli.domain.ical_item import Attendee
    from crm_cli.output import Page

# What every list of appointments begins with.
APPOINTMENT = (
    Field("id", "Id", kind="id"),
    Field("start", "Start", kind="when"),
    Field("duration_min", "Minutes", kind="number"),
    Field("title", "What"),
    Field("location", "Where"),
    Field("contacts", "Contacts"),
    Field("company", "Company"),
)
_EVERY = {
    "DAILY": ("daily", "every {count} days"),
    "WEEKLY": ("weekly", "every {count} weeks"),
    "MONTHLY": ("monthly", "every {count} months"),
    "YEARLY": ("yearly", "every {count} years"),
}


def _show(event: Event, page: Page) -> Iterator[str]:
    short = page.short_ids([event.id]).get(event.id, event.id)
    yield _page.heading(page, event.title or t("(no title)"), short)
    alarms = ", ".join(_before(minutes) for minutes in event.alarms)
    state = [word(event.status)] if event.status not in (None, "confirmed") else []
    state += [t("takes no time")] if event.free else []
    yield from _page.pairs(
        page,
        [
            ("When", _when(event, page)),
            ("Repeat", _repeat(event)),
            ("Where", event.location or ""),
            ("With", _page.names(event)),
            ("Invited", ", ".join(_invited(one) for one in event.attendees)),
            ("Reminder", alarms),
            ("Status", ", ".join(state)),
            ("Tags", ", ".join(event.tags)),
            ("Link", event.url or ""),
            ("Calendar", event.calendar.name if event.calendar is not None else ""),
            ("Details", event.description or ""),
        ],
    )


def _when(event: Event, page: Page) -> str:
    """Say when an event is: a day, several, or from one hour to another."""
    if event.start is None:
        return ""
    first = page.cell(event.start, "when")
    if event.end is None:
        return first
    if event.all_day:
        last = (date.fromisoformat(event.end) - timedelta(days=1)).isoformat()
        return first if last <= event.start else f"{first} – {page.cell(last, 'when')}"
    last = page.cell(event.end, "when")
    day, _, hour = last.rpartition(" ")
    return f"{first}–{hour}" if first.startswith(day) else f"{first} – {last}"


def _repeat(event: Event) -> str:
    """Say how often a series is; a rule of many parts as it is written."""
    if event.rule is None:
        return ", ".join(event.recurrence)
    parts = dict(part.partition("=")[::2] for part in event.rule.upper().split(";"))
    every = _EVERY.get(parts.get("FREQ", ""))
    if every is None or not parts.keys() <= {"FREQ", "INTERVAL", "WKST"} or not parts.get("INTERVAL", "1").isdecimal():
        return event.rule
    count = int(parts.get("INTERVAL", "1"))
    return t(every[0]) if count == 1 else t(every[1], count=count)


def _invited(person: Attendee) -> str:
    name = person.name or person.email
    said = t("organiser") if person.organizer else word(person.status) if person.status else ""
    return f"{name} ({said})" if said else name


def _before(minutes: int) -> str:
    """Say how long before its start an alarm rings."""
    for template, length in (("{count:day|days} before", 1440), ("{count:hour|hours} before", 60)):
        if minutes and minutes % length == 0:
            return t(template, count=minutes // length)
    return t("{count} min before", count=minutes) if minutes else t("at the start")


FIELDS = {
    "Event": (
        *APPOINTMENT,
        Field("end", "End", kind="when", listed=False),
        Field("all_day", "All day", listed=False),
        Field("timezone", "Zone", listed=False),
        Field("rule", "Repeat", listed=False),
        Field("alarms", "Alarms", listed=False),
        Field("attendees", "Attendees", listed=False),
        Field("tags", "Tags", listed=False),
        Field("description", "Details", listed=False),
        Field("url", "Link", listed=False),
        Field("status", "Status", kind="word", listed=False),
        Field("free", "Free", listed=False),
        Field("recurrence", "Recurrence", listed=False),
        Field("recurrence_id", "Replaces", listed=False),
        Field("sequence", "Version", kind="number", listed=False),
        Field("uid", "Foreign id", listed=False),
        Field("method", "Message", listed=False),
        Field("calendar", "Calendar", listed=False),
        Field("raw", "Line", listed=False),
        Field("owner", "Owner", listed=False),
        Field("created_at", "Created", kind="when", listed=False),
        Field("updated_at", "Changed", kind="when", listed=False),
    ),
}
CARDS = {"Event": _show}
