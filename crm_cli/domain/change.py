"""What the journal tells: change sets, the fields they changed, and the stream of single changes."""

from __future__ import annotations

from crm_cli.domain.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class ChangeSet(Record):
    """What one command wrote. `kind` is `write`, `undo` or `redo`; `changes` counts rows.

    `what` sums it up without words of a language: `interaction +Prüfstand gesehen, task +1, contact ~2`
    (`+` added, `~` changed, `-` deleted). `reverts` is the change set an undo or redo took back, `undone_by`
    the one that took this one back.
    """

    change_set: int
    at: str
    actor: str
    device: str
    command: str
    kind: str
    changes: int
    what: str
    reverts: int | None
    undone_by: int | None


class FieldChange(Record):
    """One field of one record before and after one command; None is “nothing”.

    `record` is the public id. What hangs on a record (an e-mail, a tag, a participant) is a field of it.
    """

    change_set: int
    at: str
    actor: str
    command: str
    kind: str
    record: str | None
    name: str
    operation: str
    field: str
    before: str | None
    after: str | None


class Change(Record):
    """One changed row, the unit of `crm changes`. `id` rises by the order of commits.

    `record` is the public id of the row's record, for an owned row that of the record it hangs on.
    `before` and `after` hold every column, None where the row did not exist.
    """

    id: int
    change_set: int
    at: str
    actor: str
    device: str
    command: str
    entity: str
    record: str | None
    operation: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class TakenBack(Record):
    """A change set that was undone or done again, and how many changes of rows that were."""

    change_set: int
    command: str
    changes: int


class Undone(Record):
    """What `crm undo` took back, in that order."""

    undone: tuple[TakenBack, ...]


class Redone(Record):
    """What `crm redo` did again, in that order."""

    redone: tuple[TakenBack, ...]


class History(Record):
    """Field changes as a page for people, grouped by change set."""

    changes: tuple[FieldChange, ...]
