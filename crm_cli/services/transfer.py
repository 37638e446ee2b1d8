"""Import foreign files: read, match, write in batches; one change set, one report."""

from __future__ import annotations

from crm_cli.domain.draft import Refusal
from crm_cli.domain.transfer import UPDATE
from crm_cli.errors import BadInput, NotFound
from crm_cli.services import calendar_files
from crm_cli.services.collecting import without_collector
from crm_cli.services.import_batch import Batches
from crm_cli.services.import_content import content_of
from crm_cli.services.import_matching import Matching
from crm_cli.services.import_reading import Reading
from crm_cli.store import csv_mappings, import_lookup, search

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from crm_cli.services.import_batch import Ask
    from crm_cli.services.import_matching import Item
    from crm_cli.services.import_reading import Options, Source
    from crm_cli.services.import_review import Review
    from crm_cli.store.store import Store
    from importers.csv_file import Table
    from importers.csv_target import Mapping

# A batch takes well under half a second and a few megabytes.
_BATCH = 2000
_BATCH_TEXT = 4 << 20


class Imported:
    """What became of the items; `pairs` are public ids, `tables` how tables were read.

    `change_set` is None where nothing was written; `stopped` says that what followed was not looked at.
    """

    __slots__ = ("change_set", "changed", "new", "pairs", "refused", "same", "stopped", "tables")

    def __init__(self) -> None:
        self.new = self.changed = self.same = 0
        self.refused: list[Refusal] = []
        self.pairs: list[tuple[str, str]] = []
        self.tables: list[Table] = []
        self.change_set: int | None = None
        self.stopped = False


def import_files(
    store: Store,
    *,
    sources: Sequence[Source],
    options: Options,
    now: datetime,
    on_duplicate: str = UPDATE,
    ask: Ask | None = None,
    save_mapping: str | None = None,
    advance: Callable[[int], object] = int,
    review: Review | None = None,
    stop: Callable[[], bool] = bool,
) -> Imported:
    """Import all items of these files and report what became of each.

    `ask(draft, name of the record)` answers `update`, `skip` or `add` for each item that would change a record;
    `review` answers so for every field. `advance` is told how many items are done; between two batches `stop` may end
    it, with what was written until then. Raises UsageError where a table's columns must be named first.
    """
    # People come first: the appointments of the same import name them.
    with_cards, with_calendars = calendar_files.parted(sources, options.kind)
    run = _Run(store, with_cards, options, now, advance, stop)

    def work() -> Imported:
        result = run.all(on_duplicate, ask, review, save_mapping)
        if result.stopped:
            return result
        return calendar_files.add(store, with_calendars, result, now=now, update=on_duplicate == UPDATE)

    with without_collector():
        if not store.dry_run:
            return work()
        with store.transaction(now):
            return work()


class _Run:
    def __init__(
        self,
        store: Store,
        sources: Sequence[Source],
        options: Options,
        now: datetime,
        advance: Callable[[int], object],
        stop: Callable[[], bool],
    ) -> None:
        self.store = store
        self.sources = sources
        self.options = options
        self.now = now
        self.advance = advance
        self.stop = stop
        self.result = Imported()

    def all(self, on_duplicate: str, ask: Ask | None, review: Review | None, save_mapping: str | None) -> Imported:
        """Do it: see what is there, then write what is not."""
        connection, result = self.store.connection, self.result
        search.ready(connection)
        self.store.expect_much()
        limits = import_lookup.Limits(connection)
        matching = None if limits.empty else Matching(connection, limits)
        if matching is not None and not self._look(matching):
            return result if result.stopped else self._saved(save_mapping)
        batches = Batches(
            self.store,
            matching,
            now=self.now,
            region=self.options.region,
            on_duplicate=on_duplicate,
            ask=ask,
            review=review,
        )
        for batch in self._batches():
            if self._ended():
                break
            batches.write(batch)
            self.advance(len(batch))
        result.new, result.changed, result.same = batches.new, batches.changed, batches.same
        result.change_set = batches.change_set
        if result.new and not result.stopped:
            result.pairs = import_lookup.alike(connection, limits)
            if review is not None and self.store.dry_run:
                from crm_cli.services import import_evidence

                review.alike = import_evidence.alike(self.store, result.pairs[: review.pairs_shown])
        return self._saved(save_mapping)

    def _look(self, matching: Matching) -> bool:
        """See which records the items are; return whether there is anything to write."""
        for batch in self._batches():
            if self._ended():
                return False
            matching.look(batch)
        if matching.settle():
            self.result.same = matching.count
            return False
        self.result.refused.clear()
        self.result.tables.clear()
        return True

    def _ended(self) -> bool:
        self.result.stopped = self.result.stopped or self.stop()
        return self.result.stopped

    def _saved(self, name: str | None) -> Imported:
        if name is not None and self.result.tables:
            mapping = self.result.tables[0].mapping
            with self.store.transaction(self.now, change_set=self.result.change_set) as change_set:
                if save_mapping(self.store, name, mapping):
                    self.result.change_set = change_set
        return self.result

    def _batches(self) -> Iterator[list[Item]]:
        """Yield the items of all files a batch at a time; refusals go to the result."""
        batch: list[Item] = []
        size = 0
        for source in self.sources:
            reading = Reading(source, self.options, among_others=len(self.sources) > 1)
            for item in reading.items():
                if isinstance(item, Refusal):
                    self.result.refused.append(item)
                    continue
                try:
                    batch.append((item, content_of(item, reading.form)))
                except BadInput as error:
                    self.result.refused.append(Refusal(source.name, item.line, error.template))
                    continue
                size += len(batch[-1][1].body)
                if len(batch) == _BATCH or size > _BATCH_TEXT:
                    yield batch
                    batch, size = [], 0
            if reading.table is not None:
                self.result.tables.append(reading.table)
        if batch:
            yield batch


def save_mapping(store: Store, name: str, mapping: Mapping) -> bool:
    """Keep a column mapping under a name; return whether it is a new or another one."""
    import json

    body = json.dumps(mapping.to_dict(), ensure_ascii=False)
    return csv_mappings.save(store.connection, name, body)


def saved_mapping(store: Store, name: str) -> Mapping:
    """Return the column mapping saved under a name; raises NotFound."""
    import json

    from importers.csv_target import Mapping as Columns

    body = csv_mappings.find(store.connection, name)
    if body is None:
        known = ", ".join(csv_mappings.names(store.connection)) or "-"
        raise NotFound("No column mapping is called “{name}”.", name=name, hint="There are: {known}.", known=known)
    return Columns.from_dict(json.loads(body))
