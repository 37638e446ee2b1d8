"""Columns of the journal, and its pages for people."""

from __future__ import annotations

from crm_cli.fields import Field
from crm_cli.i18n import t

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crm_cli.domain.change import FieldChange, History, Redone, TakenBack, Undone
    from crm_cli.output import Page

_NOTHING = "–"


def _undone(value: Undone, _: Page) -> Iterator[str]:
    return _taken_back("Undone: {command}  (no. {number}, {count:change|changes})", value.undone)


def _redone(value: Redone, _: Page) -> Iterator[str]:
    return _taken_back("Done again: {command}  (no. {number}, {count:change|changes})", value.redone)


def _taken_back(template: str, sets: Sequence[TakenBack]) -> Iterator[str]:
    for taken in sets:
        yield t(template, command=taken.command, number=taken.change_set, count=taken.changes)


def _history(value: History, page: Page) -> Iterator[str]:
    """Yield a heading for each change set and below it one line for each field: `title: Buyer → Head of buying`."""
    several = len({change.record for change in value.changes}) > 1
    last = None
    for change in value.changes:
        if change.change_set != last:
            if last is not None:
                yield ""
            last = change.change_set
            yield f"{last}  {page.cell(change.at, 'when')}  {change.actor}  {change.command}"
        name = f"{change.name} · " if several and change.name else ""
        yield f"    {name}{t(change.field)}: {_arrow(change)}"


def _arrow(change: FieldChange) -> str:
    before = _NOTHING if change.before is None else change.before
    after = _NOTHING if change.after is None else change.after
    return f"+ {after}" if change.before is None else f"{before} → {after}"


FIELDS = {
    "ChangeSet": (
        Field("change_set", "No.", kind="number"),
        Field("at", "When", kind="when"),
        Field("actor", "Who"),
        Field("command", "Command"),
        Field("what", "What"),
        Field("undone_by", "Undone by", kind="number"),
        Field("changes", "Changes", kind="number", listed=False),
        Field("kind", "Kind", listed=False),
        Field("reverts", "Takes back", kind="number", listed=False),
        Field("device", "Device", listed=False),
    ),
    "FieldChange": (
        Field("change_set", "No.", kind="number"),
        Field("at", "When", kind="when"),
        Field("actor", "Who"),
        Field("name", "Name"),
        Field("field", "Field"),
        Field("before", "Before"),
        Field("after", "After"),
        Field("command", "Command", listed=False),
        Field("kind", "Kind", listed=False),
        Field("record", "Id", listed=False),
        Field("operation", "Operation", listed=False),
    ),
    "Change": (
        Field("id", "No.", kind="number"),
        Field("at", "When", kind="when"),
        Field("actor", "Who"),
        Field("command", "Command"),
        Field("operation", "Operation"),
        Field("entity", "Kind"),
        Field("record", "Id"),
        Field("change_set", "Change set", listed=False),
        Field("device", "Device", listed=False),
        Field("before", "Before", listed=False),
        Field("after", "After", listed=False),
    ),
    "TakenBack": (
        Field("change_set", "No.", kind="number"),
        Field("command", "Command"),
        Field("changes", "Changes", kind="number"),
    ),
}
CARDS = {"Undone": _undone, "Redone": _redone, "History": _history}
