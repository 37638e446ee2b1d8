"""Columns of the agenda and of free time."""

from __future__ import annotations

from datetime import date

from crm_cli.fields import Field
from crm_cli.i18n import t
from crm_cli.wording import day

TYPE_CHECKING = False
if TYPE_CHECKING:
    from crm_cli.domain.agenda import Occurrence


def _when(one: Occurrence) -> str:
    """Say when it is in a few letters: day and hours, of a whole day the day."""
    first = day(date.fromisoformat(one.start[:10]), date.fromisoformat(one.start[:10]))
    return first if one.all_day else f"{first} {one.start[11:16]}–{one.end[11:16]}"


def _with(one: Occurrence) -> str:
    """Name the people, of several the first; the firm where there is nobody."""
    names = [person.name for person in one.contacts] or ([one.company.name] if one.company is not None else [])
    return f"{names[0]} +{len(names) - 1}" if len(names) > 1 else "".join(names)


def remark(one: Occurrence) -> str:
    """Say what deserves a look: a collision, a way that is short."""
    if one.conflicts:
        return t("collides with {count}", count=len(one.conflicts)) if len(one.conflicts) > 1 else t("collides")
    if one.tight:
        return t("only {minutes} min to get there", minutes=one.gap_min)
    return ""


FIELDS = {
    "Occurrence": (
        Field("id", "Id", kind="id"),
        Field("when", "When", kind="when", get=_when),
        Field("title", "What"),
        Field("location", "Where"),
        Field("with", "With", get=_with),
        Field("remark", "Note", get=remark),
        Field("start", "Start", kind="when", listed=False),
        Field("duration_min", "Minutes", kind="number", listed=False),
        Field("contacts", "Contacts", listed=False),
        Field("company", "Company", listed=False),
        Field("end", "End", kind="when", listed=False),
        Field("all_day", "All day", listed=False),
        Field("status", "Status", kind="word", listed=False),
        Field("free", "Free", listed=False),
        Field("series", "Series", listed=False),
        Field("conflicts", "Conflicts", listed=False),
        Field("gap_min", "Minutes before", kind="number", listed=False),
        Field("tight", "Tight", listed=False),
    ),
    "FreeSlot": (
        Field("start", "Start", kind="when"),
        Field("end", "End", kind="when"),
        Field("duration_min", "Minutes", kind="number"),
    ),
}
