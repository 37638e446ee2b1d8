"""Synchronising as a decision: which side changed, and what follows from it. No server, no store, no clock here."""

from __future__ import annotations

from dataclasses import dataclass, field

from crm_cli.domain.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

BOTH, PULL, PUSH = "both", "pull", "push"
DIRECTIONS = (BOTH, PULL, PUSH)

SAME, CHANGED, GONE, LEFT = "same", "changed", "gone", "left"

# What is done with one item.
PULL_NEW, MERGE, DELETE_HERE, RECREATE, PUSH_NEW, PUSH_CHANGE, DELETE_THERE, FORGET, CONFLICT = (
    "pull_new", "merge", "delete_here", "recreate", "push_new", "push_change", "delete_there", "forget", "conflict",
)  # fmt: skip

STORM_COUNT, STORM_SHARE = 25, 0.20
# One or two deletions are a person's work even where they are a fifth of a short list.
STORM_LEAST = 3


class SyncCollection(Record):
    """An address book or calendar on a server. `kind` is `contact` or `event`, `query` whose cards or events go to it.

    `tasks` says that follow-ups go to a calendar, too, `entries` that the log does; `invite` that attendees do.
    `companies` says that firms go to an address book as cards of their own.
    """

    row: int
    name: str
    url: str
    kind: str
    user: str | None = None
    password_command: str | None = None
    direction: str = BOTH
    query: str | None = None
    invite: bool = False
    tasks: bool = False
    entries: bool = False
    companies: bool = False

    def as_json(self) -> dict[str, object]:
        """Return the collection as scripts see it: without its row."""
        return {name: getattr(self, name) for name in self.__match_args__ if name not in ("row", "password_command")}


class SyncItem(Record):
    """A record and a resource that are the same thing, and what each was when they last agreed (texts by hash)."""

    row: int
    href: str
    etag: str
    record_uid: str
    origin: str
    body_hash: str
    facts_hash: str


class Step(Record):
    """What is to be done with one item; `href` is None for a new resource, `record_uid` for a new record."""

    action: str
    href: str | None = None
    record_uid: str | None = None


@dataclass(slots=True)
class SyncReport:
    """What a sync of one collection did, or would do. `refused` holds {item, reason}; `postponed` comes next time.

    `error` says why it did not come to its end; `change_set` is what undo takes back.
    """

    name: str
    pulled_new: int = 0
    pulled_changed: int = 0
    pulled_deleted: int = 0
    pushed_new: int = 0
    pushed_changed: int = 0
    pushed_deleted: int = 0
    same: int = 0
    postponed: int = 0
    conflicts: int = 0
    refused: list[dict[str, str]] = field(default_factory=list)
    error: str | None = None
    change_set: int | None = None

    @property
    def operations(self) -> int:
        """How many items were written on either side."""
        pulled = self.pulled_new + self.pulled_changed + self.pulled_deleted
        return pulled + self.pushed_new + self.pushed_changed + self.pushed_deleted


class SyncStatus(Record):
    """A collection as `crm sync status` shows it; `at` is when it was last in step, `error` why it isn't since."""

    name: str
    url: str
    kind: str
    direction: str
    query: str | None
    items: int
    conflicts: int
    at: str | None
    error: str | None


class SyncConflict(Record):
    """An item both sides changed; `fields` holds {field, mine, theirs}; `kind` is changed, gone_here or gone_there."""

    id: int
    collection: str
    kind: str
    name: str
    fields: list[dict[str, object]]
    answer: str | None
    at: str


def linked_action(here: str, there: str, direction: str) -> str | None:
    """Return what follows for an item known on both sides, None for nothing.

    An edit beats a deletion only by asking: what one side changed and the other deleted is a conflict. In `pull` the
    server is never written, in `push` the program is not.
    """
    if direction == PULL:
        return {SAME: None, CHANGED: MERGE, GONE: DELETE_HERE}[there] if here != GONE else None
    if direction == PUSH:
        return _pushed(here, there)
    return _ACTIONS[here, there]


_ACTIONS = {
    (SAME, SAME): None,
    (SAME, CHANGED): MERGE,
    (SAME, GONE): DELETE_HERE,
    (CHANGED, SAME): PUSH_CHANGE,
    (CHANGED, CHANGED): MERGE,
    (CHANGED, GONE): CONFLICT,
    (GONE, SAME): DELETE_THERE,
    (GONE, CHANGED): CONFLICT,
    (GONE, GONE): FORGET,
    # No longer in the filter: it leaves the server and stays here.
    (LEFT, SAME): DELETE_THERE,
    (LEFT, CHANGED): MERGE,
    (LEFT, GONE): FORGET,
}


def _pushed(here: str, there: str) -> str | None:
    if here in (GONE, LEFT):
        return FORGET if there == GONE else DELETE_THERE
    if there == GONE:
        return RECREATE
    return PUSH_CHANGE if here == CHANGED else None


def plan(
    items: Iterable[SyncItem],
    *,
    here: Mapping[str, str],
    changed: Mapping[str, str],
    gone: set[str],
    waiting: set[str],
    ours: set[str],
    new_here: Iterable[str],
    direction: str,
) -> list[Step]:
    """Return the steps that bring both sides together.

    `here` gives the state of each linked record by uid; `changed` the resources whose etag is another (or new), by
    href, `gone` the linked ones that vanished; `new_here` the records to put on the server; `waiting` the hrefs with
    an open conflict, which stay as they are on both sides; `ours` the resources we deleted ourselves: where an undo
    brought the record back, it goes there again.
    """
    steps = []
    linked = set()
    for item in items:
        linked.add(item.href)
        if item.href in waiting:
            continue
        there = GONE if item.href in gone else CHANGED if item.href in changed else SAME
        state = here[item.record_uid]
        action = linked_action(state, there, direction)
        if there == GONE and item.href in ours and state in (SAME, CHANGED) and direction != PULL:
            action = RECREATE
        if action:
            steps.append(Step(action, item.href, item.record_uid))
    if direction != PUSH:
        steps += [Step(PULL_NEW, href) for href in changed if href not in linked and href not in waiting]
    if direction != PULL:
        steps += [Step(PUSH_NEW, None, uid) for uid in new_here]
    return steps


def storms(steps: Iterable[Step], known: int) -> dict[str, int]:
    """Return `here` and `there` with how many of the `known` items would vanish, where that is a storm."""
    steps = list(steps)
    found = {}
    for side, action in (("here", DELETE_HERE), ("there", DELETE_THERE)):
        count = sum(step.action == action for step in steps)
        many = count >= STORM_COUNT or (count >= STORM_LEAST and count > known * STORM_SHARE)
        if many or (count == known and count > 1):
            found[side] = count
    return found
