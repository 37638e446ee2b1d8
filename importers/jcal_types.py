"""What type the value of each iCalendar property has unless it says so (RFC 5545, 3.8; RFC 7265, 5)."""

from __future__ import annotations

# The name under which a line nobody understands is kept, so that nothing is lost.
UNREADABLE = "x-crm-unreadable"
_TYPES = {
    **dict.fromkeys("DTSTART DTEND DUE DTSTAMP CREATED LAST-MODIFIED COMPLETED RECURRENCE-ID".split(), "date-time"),
    **dict.fromkeys(("EXDATE", "RDATE", "ACKNOWLEDGED"), "date-time"),
    **dict.fromkeys(("DURATION", "TRIGGER", "REFRESH-INTERVAL"), "duration"),
    **dict.fromkeys(("ATTENDEE", "ORGANIZER"), "cal-address"),
    **dict.fromkeys(("URL", "ATTACH", "TZURL", "SOURCE", "CONFERENCE", "IMAGE"), "uri"),
    **dict.fromkeys(("PRIORITY", "SEQUENCE", "PERCENT-COMPLETE", "REPEAT"), "integer"),
    **dict.fromkeys(("TZOFFSETFROM", "TZOFFSETTO"), "utc-offset"),
    **dict.fromkeys(("RRULE", "EXRULE"), "recur"),
    "FREEBUSY": "period",
    "GEO": "float",
}
_TEXTS = frozenset(
    "SUMMARY DESCRIPTION LOCATION COMMENT CONTACT UID STATUS TRANSP CLASS CATEGORIES RESOURCES TZID TZNAME ACTION"
    " METHOD VERSION PRODID CALSCALE RELATED-TO REQUEST-STATUS NAME COLOR BUSYTYPE".split()
)
LISTS = frozenset(("CATEGORIES", "RESOURCES", "EXDATE", "RDATE", "FREEBUSY"))


def default_type(name: str) -> str:
    """Return the type of a property's value, `unknown` for one of no standard."""
    return _TYPES.get(name) or ("text" if name in _TEXTS else "unknown")
