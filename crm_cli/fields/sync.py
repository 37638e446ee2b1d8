"""Columns of what is synchronised, of what a sync did, and of conflicts."""

from __future__ import annotations

from crm_cli.fields import Field
from crm_cli.i18n import t

TYPE_CHECKING = False
if TYPE_CHECKING:
    from crm_cli.domain.sync import SyncConflict, SyncReport

_KINDS = {
    "changed": "Changed on both sides",
    "gone_here": "Deleted here, changed there",
    "gone_there": "Deleted there",
}


def _kind(conflict: SyncConflict) -> str:
    return t(_KINDS[conflict.kind])


def _here(report: SyncReport) -> str:
    return _done(report.pulled_new, report.pulled_changed, report.pulled_deleted)


def _there(report: SyncReport) -> str:
    return _done(report.pushed_new, report.pushed_changed, report.pushed_deleted)


def _done(new: int, changed: int, deleted: int) -> str:
    parts = (new, t("{count} new", count=new)), (changed, t("{count} changed", count=changed))
    return ", ".join(text for count, text in (*parts, (deleted, t("{count} deleted", count=deleted))) if count)


def _differences(conflict: SyncConflict) -> str:
    return "; ".join(f"{item['field']}: {item['mine']} ≠ {item['theirs']}" for item in conflict.fields)


FIELDS = {
    "SyncCollection": (
        Field("name", "Name"),
        Field("url", "On the server"),
        Field("user", "User"),
        Field("direction", "Direction"),
        Field("query", "Only"),
        Field("kind", "Kind", listed=False),
        Field("tasks", "Follow-ups", listed=False),
        Field("entries", "Log entries", listed=False),
        Field("companies", "Firms", listed=False),
        Field("invite", "Invites", listed=False),
    ),
    "SyncStatus": (
        Field("name", "Name"),
        Field("items", "Items", kind="number"),
        Field("conflicts", "Conflicts", kind="number"),
        Field("at", "In step", kind="when"),
        Field("error", "Error"),
        Field("direction", "Direction", listed=False),
        Field("query", "Only", listed=False),
        Field("url", "On the server", listed=False),
        Field("kind", "Kind", listed=False),
    ),
    "SyncReport": (
        Field("name", "Name"),
        Field("here", "Here", get=_here),
        Field("there", "There", get=_there),
        Field("pulled_new", "New here", kind="number", listed=False),
        Field("pulled_changed", "Changed here", kind="number", listed=False),
        Field("pulled_deleted", "Deleted here", kind="number", listed=False),
        Field("pushed_new", "New there", kind="number", listed=False),
        Field("pushed_changed", "Changed there", kind="number", listed=False),
        Field("pushed_deleted", "Deleted there", kind="number", listed=False),
        Field("same", "Same", kind="number"),
        Field("conflicts", "Conflicts", kind="number"),
        Field("postponed", "Later", kind="number", listed=False),
        Field("refused", "Refused", listed=False),
        Field("error", "Error", listed=False),
        Field("change_set", "No.", kind="number", listed=False),
    ),
    "SyncConflict": (
        Field("id", "No.", kind="number"),
        Field("collection", "Collection"),
        Field("name", "Name"),
        Field("kind", "What happened", get=_kind),
        Field("differences", "Differences", get=_differences),
        Field("answer", "Answer"),
        Field("at", "When", kind="when", listed=False),
    ),
}
