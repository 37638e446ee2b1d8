"""Columns of the agenda and of free time."""

from __future__ import annotations

from crm_cli.fields import Field
from crm_cli.i18n import t

TYPE_CHECKING = False
if TYPE_CHECKING:
    from crm_cli.domain.agenda import Occurrence


def _remark(one: Occurrence) -> str:
    """Say what deserves a look: a collision, a way that is short."""
    if one.conflicts:
        return t("collides with {count}", count=len(one.conflicts))
    if one.tight:
        return t("only {minutes} min to get there", minutes=one.gap_min)
    return ""


FIELDS = {
    "Occurrence": (
        Field("id", "Id", kind="id"),
        Field("start", "Start", kind="when"),
        Field("duration_min", "Minutes", kind="number"),
        Field("title", "What"),
        Field("location", "Where"),
        Field("contacts", "Contacts"),
        Field("company", "Company"),
        Field("remark", "Note", get=_remark),
        Field("end", "End", kind="when", listed=False),
        Field("all_day", "All day", listed=False),
        Field("status", "Status", listed=False),
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
