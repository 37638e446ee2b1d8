"""A sync of one collection: ask what changed, plan, stop for a storm of deletions, then write in batches."""

from __future__ import annotations

import json

from crm_cli.domain import sync
from crm_cli.errors import Conflict, RemoteError
from crm_cli.services.sync_apply import Writer, count
from crm_cli.services.sync_moves import moves
from crm_cli.services.sync_side import Foreign, Unreadable
from crm_cli.services.sync_work import Work, canonical, settle
from crm_cli.store import sync as sync_store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from crm_cli.domain.sync import Step, SyncCollection, SyncItem, SyncReport
    from crm_cli.domain.three_way import Facts
    from crm_cli.remotes.remote import Changes, Remote
    from crm_cli.services.sync_side import Side
    from crm_cli.store.store import Store

    Bodies = dict[str, tuple[str, str]]

BATCH = 500
_READ = (sync.PULL_NEW, sync.MERGE)
_LAST = (sync.DELETE_THERE, sync.DELETE_HERE, sync.FORGET)


class DeletionStorm(Conflict):
    """So many items would vanish that nobody can have meant it; nothing was written."""


class Run:
    """One collection brought in step. `step` is called after each batch with how many items it held."""

    def __init__(
        self,
        store: Store,
        collection: SyncCollection,
        remote: Remote,
        side: Side,
        *,
        change_set: int | None = None,
        step: Callable[[int], object] = lambda _: None,
    ) -> None:
        self.store = store
        self.collection = collection
        self.remote = remote
        self.side = side
        self.report = sync.SyncReport(collection.name)
        self.writer = Writer(store, collection, remote, side, self.report, change_set=change_set)
        self._step = step
        self.items: dict[str, SyncItem] = {}
        self.mine: dict[str, Facts] = {}
        self.linked: set[str] = set()

    def run(self, *, dry_run: bool = False, allow_deletions: bool = False) -> SyncReport:
        """Bring both sides together and return what was done; with `dry_run` what would be.

        Raises DeletionStorm before anything is written, RemoteError where the server fails; what was written until
        then is noted, and the next sync goes on from there.
        """
        connection = self.store.connection
        try:
            state = sync_store.state(connection, self.collection.row)
            if not dry_run:
                self.remote.tidy()
            changes = self.remote.changes(state)
            moved = self._follow(changes, dry_run=dry_run)
            steps, answers = self._plan(changes, moved)
            if not allow_deletions and not dry_run:
                self._check_storm(steps)
            self._write(steps, answers, dry_run=dry_run)
        except RemoteError as error:
            if not dry_run:
                with self.store.transaction(self.side.now):
                    sync_store.save_error(connection, self.collection.row, error.template, error.params)
            raise
        if not dry_run:
            self._save_state(changes)
        self.report.change_set = self.writer.change_set
        return self.report

    def _save_state(self, changes: Changes) -> None:
        complete = self.writer.complete
        with self.store.transaction(self.side.now):
            sync_store.save_state(
                self.store.connection,
                self.collection.row,
                state=changes.state if complete else None,
                stamp=self.side.stamp,
            )

    def _follow(self, changes: Changes, *, dry_run: bool) -> dict[str, str]:
        """Note the new names of resources that were renamed; return them by the old ones."""
        connection, row = self.store.connection, self.collection.row
        items = sync_store.list_items(connection, row)
        known = {item.href for item in items}
        gone = known - changes.etags.keys() if changes.whole else changes.gone & known
        new = [href for href in changes.etags if href not in known]
        missing = [item for item in items if item.href in gone]
        moved = moves(connection, self.remote, self.side, gone=missing, new=new)
        if moved and not dry_run:
            with self.store.transaction(self.side.now, change_set=self.writer.change_set) as self.writer.change_set:
                for old, href in moved.items():
                    sync_store.move_item(connection, row, old, href)
        return moved

    def _plan(self, changes: Changes, moved: Mapping[str, str]) -> tuple[list[Step], dict[str, str]]:
        """Return the steps, and the answered conflicts by href; `moved` are renamed resources."""
        connection, row = self.store.connection, self.collection.row
        items = [item.changed(href=moved.get(item.href, item.href)) for item in sync_store.list_items(connection, row)]
        self.items = {item.href: item for item in items}
        self.linked = {item.record_uid for item in items}
        self.side.take_only(self.remote.components)
        wanted = self.side.wanted(self.collection.query)
        self.writer.wanted = set(wanted)
        self.mine = self.side.facts({*wanted, *self.linked})
        conflicts = {moved.get(href, href): one for href, one in sync_store.conflict_hrefs(connection, row).items()}
        known = {item.href: item.etag for item in items}
        changed = {href: etag for href, etag in changes.etags.items() if not etag or known.get(href) != etag}
        gone = {href for href in known if href not in changes.etags} if changes.whole else changes.gone & set(known)
        steps = sync.plan(
            items,
            here={item.record_uid: self._here(item) for item in items},
            changed=changed,
            gone=gone,
            waiting=set(conflicts),
            ours=sync_store.deleted_hrefs(connection, row),
            new_here=[uid for uid in wanted if uid not in self.linked],
            direction=self.collection.direction,
        )
        self.report.same = len(items) - sum(1 for step in steps if step.href in self.items) - len(conflicts)
        self.report.conflicts = sum(answer is None for _, answer in conflicts.values())
        return steps, {href: answer for href, (_, answer) in conflicts.items() if answer}

    def _here(self, item: SyncItem) -> str:
        facts = self.mine.get(item.record_uid)
        if facts is None:
            return sync.GONE
        if item.origin == "here" and item.record_uid not in self.writer.wanted:
            return sync.LEFT
        return sync.SAME if sync_store.text_hash(canonical(facts)) == item.facts_hash else sync.CHANGED

    def _check_storm(self, steps: Iterable[Step]) -> None:
        found = sync.storms(steps, len(self.items))
        if found:
            raise DeletionStorm(
                "{name}: {here} of {known} items would be deleted here and {there} on the server; nothing was written.",
                name=self.collection.name,
                known=len(self.items),
                here=found.get("here", 0),
                there=found.get("there", 0),
                hint="crm sync --dry-run tells more; crm sync --yes does it.",
            )

    def _write(self, steps: Sequence[Step], answers: dict[str, str], *, dry_run: bool) -> None:
        """Carry out the steps in batches: what comes in, what goes out, deletions last."""
        answered = [sync.Step(sync.MERGE, href, self.items[href].record_uid) for href in answers if href in self.items]
        reading = answered + [step for step in steps if self._is_read(step)]
        self._batches(reading, answers, dry_run=dry_run)
        # What came in may have been the record that was to go out.
        rest = [step for step in steps if not self._is_read(step) and not self._is_adopted(step)]
        self._batches([step for step in rest if step.action not in _LAST], {}, dry_run=dry_run)
        self._batches([step for step in rest if step.action in _LAST], {}, dry_run=dry_run)

    def _is_read(self, step: Step) -> bool:
        return step.action in _READ or (step.action == sync.CONFLICT and step.record_uid not in self.mine)

    def _is_adopted(self, step: Step) -> bool:
        return step.action == sync.PUSH_NEW and step.record_uid in self.linked

    def _batches(self, steps: Sequence[Step], answers: dict[str, str], *, dry_run: bool) -> None:
        batches = [steps[start : start + BATCH] for start in range(0, len(steps), BATCH)]
        for batch, found in zip(batches, self._fetched(batches), strict=True):
            works = self._read(self._works(batch, answers), found)
            for work in works:
                settle(work, self.side, self.collection.direction)
            if dry_run:
                for work in works:
                    self._forecast(work)
            else:
                self.writer.write(works)
            self._step(len(works))

    def _forecast(self, work: Work) -> None:
        if work.conflict:
            self.report.conflicts += 1
        else:
            count(work, self.report)

    def _works(self, steps: Sequence[Step], answers: dict[str, str]) -> list[Work]:
        """Make the items of a batch, with their bases."""
        known = [self.items[step.href] for step in steps if step.href in self.items]
        texts = sync_store.texts(
            self.store.connection, {key for item in known for key in (item.body_hash, item.facts_hash)}
        )
        works = []
        for step in steps:
            item = self.items.get(step.href or "")
            mine = self.mine.get(step.record_uid or "")
            base_mine = json.loads(texts.get(item.facts_hash, "{}")) if item else {}
            base_text = texts.get(item.body_hash, "") if item else ""
            answer = answers.get(step.href or "")
            works.append(Work(step, item, mine, base_text=base_text, base_mine=base_mine, answer=answer))
        return works

    def _fetched(self, batches: Sequence[Sequence[Step]]) -> Iterator[Bodies]:
        """Yield the resources of each batch; where requests may run beside us, the next ones are fetched meanwhile."""
        wanted = [[step.href for step in batch if step.href and self._is_read(step)] for batch in batches]
        if self.remote.lanes == 1 or len(batches) < 2 or not wanted[0]:
            yield from map(self._fetch, wanted)
            return
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(1) as pool:
            coming = pool.submit(self._fetch, wanted[0])
            for following in [*wanted[1:], []]:
                found = coming.result()
                coming = pool.submit(self._fetch, following)
                yield found

    def _fetch(self, hrefs: Sequence[str]) -> Bodies:
        return {href: (etag, body) for href, etag, body in self.remote.fetch(hrefs)} if hrefs else {}

    def _read(self, works: list[Work], found: Bodies) -> list[Work]:
        """Read the resources of a batch; items whose can't be read, or are gone again, are left out."""
        if not any(self._is_read(work.step) for work in works):
            return works
        self.side.ready(self.linked)
        return [work for work in works if self._take(work, found)]

    def _take(self, work: Work, found: Bodies) -> bool:
        href = work.step.href or ""
        if href not in found:
            if work.answer:
                return True
            self.report.postponed += 1
            self.writer.complete = False
            return False
        work.etag, body = found[href]
        try:
            work.reading = self.side.read(body)
        except Foreign:
            return False
        except Unreadable as error:
            self.report.refused.append({"item": href, "reason": error.reason})
            return False
        if work.item is None:
            self._adopt(work)
        return True

    def _adopt(self, work: Work) -> None:
        """Recognise a new resource as a record that is there already."""
        assert work.reading is not None
        uid = self.side.find(work.reading, self.linked)
        if uid is not None:
            self.linked.add(uid)
            work.uid = uid
            work.mine = self.side.facts([uid])[uid]
