"""One item of a sync from plan to result: what it is on both sides, and what each is to become."""

from __future__ import annotations

import json

from crm_cli.domain import sync
from crm_cli.domain.three_way import MINE, THEIRS, Merged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from crm_cli.domain.sync import Step, SyncItem
    from crm_cli.domain.three_way import Facts
    from crm_cli.services.sync_side import Reading, Side

GONE_HERE, GONE_THERE, BOTH_CHANGED = "gone_here", "gone_there", "changed"


class Work:
    """An item being brought in step.

    Known at the start: `step`, `item` (the pair noted before), `mine` (facts here, None where there is no record),
    `reading` and `etag` (the resource, None where there is none or it need not be read), the bases `base_text` and
    `base_mine`, `answer` of a conflict. `settle` fills in the rest: what to `put` (facts and the text to put them
    into), `local` (`add`, `apply`, `delete` or None) with `after`, `drop` (delete the resource), `forget`, `conflict`.
    """

    __slots__ = (
        *("after", "answer", "base_after", "base_mine", "base_text", "conflict", "drop", "etag", "fields", "forget"),
        *("item", "local", "mine", "name_taken", "put", "put_text", "reading", "sent_text", "step", "uid"),
    )

    def __init__(
        self,
        step: Step,
        item: SyncItem | None,
        mine: Facts | None,
        *,
        base_text: str = "",
        base_mine: Facts | None = None,
        answer: str | None = None,
    ) -> None:
        self.step = step
        self.item = item
        self.uid = step.record_uid
        self.mine = mine
        self.base_text = base_text
        self.base_mine: Facts = base_mine or {}
        self.answer = answer
        self.reading: Reading | None = None
        self.etag = item.etag if item else ""
        self.name_taken = False
        self.clear()

    def clear(self) -> None:
        """Forget what was settled, to settle it again with another reading."""
        self.put: Facts | None = None
        self.put_text: str | None = None
        self.sent_text: str | None = None
        self.local: str | None = None
        self.after: Facts = {}
        self.base_after: Facts | None = None
        self.drop = False
        self.forget = False
        self.conflict: str | None = None
        self.fields: list[dict[str, object]] = []

    @property
    def is_new(self) -> bool:
        """Tell whether what is put has no resource yet."""
        return self.reading is None and self.step.action != sync.PUSH_CHANGE

    @property
    def href(self) -> str:
        """Return the resource this is about; it must have one."""
        assert self.step.href is not None
        return self.step.href

    @property
    def mine_text(self) -> str | None:
        """The facts here as they were read for the plan, in comparable form."""
        return None if self.mine is None else canonical(self.mine)


def canonical(facts: Facts) -> str:
    """Return facts as text; the same facts give the same text."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True)


def settle(work: Work, side: Side, direction: str) -> None:
    """Decide what becomes of an item."""
    work.clear()
    action = work.step.action
    if work.answer:
        _settle_answer(work, side)
    elif action in (sync.PULL_NEW, sync.MERGE) and work.mine is None:
        work.local = "add"
    elif action in (sync.PULL_NEW, sync.MERGE, sync.PUSH_CHANGE):
        _settle_merge(work, side, direction)
    elif action in (sync.PUSH_NEW, sync.RECREATE):
        work.put, work.put_text = work.mine, work.base_text or None
    elif action == sync.DELETE_THERE:
        work.drop = True
    elif action == sync.FORGET:
        work.forget = True
    elif action == sync.DELETE_HERE:
        _settle_vanished(work, side)
    elif work.reading is not None and work.reading.text == work.base_text:
        work.drop = True  # a server without etags lets everything look changed
    else:
        work.conflict = GONE_HERE if work.mine is None else GONE_THERE


def _settle_vanished(work: Work, side: Side) -> None:
    """Delete a record that vanished from the server, unless the journal of customers hangs on it: then ask."""
    if work.uid is not None and side.is_used(work.uid):
        work.conflict = GONE_THERE
    else:
        work.local = "delete"


def _settle_answer(work: Work, side: Side) -> None:
    """Carry out what the user decided, for what there is by now."""
    if work.mine is not None and work.reading is not None:
        _settle_merge(work, side, sync.BOTH)
    elif work.mine is None and work.reading is None:
        work.forget = True
    elif work.answer == MINE:
        work.drop = work.mine is None
        if work.mine is not None:
            work.put, work.put_text = work.mine, work.base_text or None
    elif work.answer == THEIRS:
        work.local = "add" if work.mine is None else "delete"


def _settle_merge(work: Work, side: Side, direction: str) -> None:
    mine = work.mine
    assert mine is not None
    base = side.read_kept(work.base_text)
    theirs = (work.reading or base).facts
    base_mine, base_theirs = work.base_mine, base.facts
    if not work.base_text:
        base_mine, base_theirs = side.bases(mine, theirs)
    prefer = MINE if direction == sync.PUSH else work.answer
    merged = side.merge(base_mine, mine, base_theirs, theirs, prefer=prefer)
    if merged.conflicts:
        work.conflict = BOTH_CHANGED
        work.fields = _fields(merged, mine, theirs)
        return
    if direction != sync.PUSH and merged.mine != mine:
        work.local, work.after = "apply", merged.mine
    if direction == sync.PULL:
        # What was changed here stays a difference, so that a later change there does not go over it unseen.
        work.base_after = side.merge(base_mine, base_mine, base_theirs, theirs, prefer=THEIRS).mine
    elif merged.theirs != theirs:
        work.put, work.put_text = merged.theirs, (work.reading or base).text


def _fields(merged: Merged, mine: Facts, theirs: Facts) -> list[dict[str, object]]:
    return [{"field": name, "mine": mine.get(name), "theirs": theirs.get(name)} for name in merged.conflicts]
