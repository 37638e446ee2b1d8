"""The writing half of a sync: first the server, item by item, then the store in one transaction a batch.

A record that was changed while the server was being written is left for the next sync, and so is a resource that
changed again: nothing is written over unread.
"""

from __future__ import annotations

from crm_cli.domain import sync
from crm_cli.remotes.remote import Changed, Refused
from crm_cli.services.sync_send import Sender
from crm_cli.services.sync_side import Foreign, Unreadable, Unsendable
from crm_cli.services.sync_work import GONE_THERE, canonical, settle
from crm_cli.store import sync as sync_store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from crm_cli.domain.sync import SyncCollection, SyncReport
    from crm_cli.domain.three_way import Facts
    from crm_cli.remotes.remote import Remote
    from crm_cli.services.sync_side import Side
    from crm_cli.services.sync_work import Work
    from crm_cli.store.store import Store

ROUNDS = 3
HERE, THERE = "here", "there"
NOT_TAKEN = "The server refused it."


class Writer:
    """Carries out settled items. `complete` turns false where something the server said could not be taken over."""

    def __init__(
        self,
        store: Store,
        collection: SyncCollection,
        remote: Remote,
        side: Side,
        report: SyncReport,
        *,
        change_set: int | None,
    ) -> None:
        self.store = store
        self.collection = collection
        self.remote = remote
        self.side = side
        self.report = report
        self.change_set = change_set
        self.sender = Sender(remote, side)
        self.complete = True
        self.wanted: set[str] = set()

    def write(self, works: Sequence[Work]) -> None:
        """Write a batch: what goes to the other side, what it made of it, then what comes to the store."""
        done: list[Work] = []
        try:
            waiting = list(works)
            for _ in range(ROUNDS):
                waiting = self._send(waiting, done)
            for _ in waiting:
                self._postpone()
            self._read_back([work for work in done if work.put is not None])
        finally:
            # Where the other side fails in the middle, what it took is noted all the same.
            if done:
                self._commit(done)

    def _send(self, works: Sequence[Work], done: list[Work]) -> list[Work]:
        """Do what items ask of the other side, and add those the store may follow; return those to be sent again."""
        again = []
        for work, error in self.sender.send(works):
            if error is None:
                done.append(work)
            elif isinstance(error, Changed):
                again.append(work)
            elif self._refuse(work, error):
                done.append(work)
        return [work for work in again if self._look_again(work)]

    def _look_again(self, work: Work) -> bool:
        """Read an item that changed meanwhile and settle it once more; what can't be is left for the next sync."""
        found = [] if work.put is None else list(self.remote.fetch([work.href]))
        try:
            reading = self.side.read(found[0][2]) if found else None
        except (Foreign, Unreadable):
            reading = None
        if reading is None:
            self._postpone()
            return False
        if work.is_new and (reading.uid or "") != self.side.resource_name(work.uid or ""):
            if work.name_taken:
                self._postpone()
                return False
            work.name_taken = True
            return True
        if work.is_new:  # ours, from a sync that never heard the answer
            work.base_text, work.base_mine = "", {}
        work.etag, work.reading = found[0][1], reading
        settle(work, self.side, self.collection.direction)
        return True

    def _refuse(self, work: Work, error: Exception) -> bool:
        """Tell that an item can't go there; what came from there is taken over all the same."""
        told = {"item": self.side.name(work.uid or "", work.mine, work.reading), "reason": NOT_TAKEN}
        if isinstance(error, Refused):
            told["status"] = str(error.status)
        elif isinstance(error, Unsendable):
            told["reason"] = error.reason
        self.report.refused.append(told)
        if work.reading is None or work.mine is None:
            return False
        settle(work, self.side, sync.PULL)
        return True

    def _read_back(self, works: Sequence[Work]) -> None:
        """Read what was put: a server may rewrite it, and what it holds is what both sides then agree on."""
        stored = {href: (etag, body) for href, etag, body in self.remote.fetch(work.href for work in works)}
        for work in works:
            etag, body = stored.get(work.href, ("", ""))
            if not body or (work.etag and etag != work.etag):
                continue  # somebody was quicker; the next sync sees another etag
            try:
                work.put_text = self.side.read(body).text
            except (Foreign, Unreadable):
                continue
            work.etag = etag

    def _commit(self, works: Sequence[Work]) -> None:
        with self.store.transaction(self.side.now, change_set=self.change_set) as number:
            facts = self.side.facts(work.uid for work in works if work.uid)
            ready = [work for work in works if self._is_unchanged(work, facts)]
            self._add([work for work in ready if work.local == "add"])
            for work in ready:
                self._apply(work)
            facts = self.side.facts(work.uid for work in ready if work.uid)
            for work in ready:
                self._note(work, facts)
        # A change set that held nothing is gone again and can't be continued.
        if sync_store.has_change_set(self.store.connection, number):
            self.change_set = number

    def _is_unchanged(self, work: Work, facts: dict[str, Facts]) -> bool:
        now = facts.get(work.uid or "")
        if (None if now is None else canonical(now)) == work.mine_text:
            return True
        self._postpone()
        return False

    def _postpone(self) -> None:
        """Leave an item for the next sync, which has to be told of it once more."""
        self.report.postponed += 1
        self.complete = False

    def _add(self, works: Sequence[Work]) -> None:
        readings = [work.reading for work in works if work.reading is not None]
        for work, uid in zip(works, self.side.add_all(readings), strict=True):
            work.uid = uid

    def _apply(self, work: Work) -> None:
        uid = work.uid or ""
        if work.local == "delete":
            self.side.delete(uid)
        elif work.local == "apply":
            assert work.mine is not None
            text = work.put_text if work.put is not None else (work.reading.text if work.reading else work.base_text)
            self.side.apply(uid, work.mine, work.after, text or "")
        elif work.put is not None:
            self.side.keep_text(uid, work.put_text or "")

    def _note(self, work: Work, facts: dict[str, Facts]) -> None:
        connection, row = self.store.connection, self.collection.row
        if work.conflict:
            self._note_conflict(work)
            return
        if work.answer and work.item is not None:
            sync_store.delete_conflict(connection, row, work.item.href)
        if work.drop or work.forget or work.local == "delete":
            if work.item is not None:
                sync_store.delete_item(connection, work.item.row)
            if work.drop and work.item is not None:
                sync_store.add_deleted(connection, row, work.item.href)
        else:
            self._note_pair(work, facts[work.uid or ""])
        self._count(work)

    def _note_pair(self, work: Work, now: Facts) -> None:
        put = work.put is not None
        body = work.put_text if put else work.reading.text if work.reading else work.base_text
        origin = work.item.origin if work.item else HERE if work.uid in self.wanted else THERE
        sync_store.put_item(
            self.store.connection,
            self.collection.row,
            work.item,
            href=work.href,
            etag=work.etag,
            record_uid=work.uid or "",
            origin=origin,
            body=body or "",
            facts=canonical(work.base_after if work.base_after is not None and work.local != "add" else now),
        )

    def _note_conflict(self, work: Work) -> None:
        """Keep both sides; a pair that never was in step is noted as one, so that the answer finds it."""
        uid = work.uid or ""
        if work.item is None:
            sync_store.put_item(
                self.store.connection,
                self.collection.row,
                None,
                href=work.href,
                etag=work.etag,
                record_uid=uid,
                origin=HERE if uid in self.wanted else THERE,
                body="",
                facts="{}",
            )
        sync_store.add_conflict(
            self.store.connection,
            self.collection.row,
            href=work.href,
            record_uid=uid,
            kind=work.conflict or "",
            name=self.side.name(uid, work.mine, work.reading),
            fields=work.fields,
            mine=work.mine_text,
            theirs=None if work.conflict == GONE_THERE or work.reading is None else work.reading.text,
            stamp=self.side.stamp,
        )
        self.report.conflicts += 1

    def _count(self, work: Work) -> None:
        count(work, self.report)


def count(work: Work, report: SyncReport) -> None:
    """Add what was done, or would be, with an item to the report."""
    if work.local == "add":
        report.pulled_new += 1
    elif work.local == "apply":
        report.pulled_changed += 1
    elif work.local == "delete":
        report.pulled_deleted += 1
    if work.drop:
        report.pushed_deleted += 1
    elif work.put is not None and work.item is None and work.reading is None:
        report.pushed_new += 1
    elif work.put is not None:
        report.pushed_changed += 1
    elif work.local is None and not work.forget:
        report.same += 1
