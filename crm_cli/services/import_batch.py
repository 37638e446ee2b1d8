"""Write the items of an import, batch by batch under one change set."""

from __future__ import annotations

from crm_cli.domain.field import named, read_value
from crm_cli.domain.transfer import ADD, SKIP, UPDATE
from crm_cli.errors import NotFound, UsageError
from crm_cli.services import import_update
from crm_cli.services.import_content import kind_of
from crm_cli.services.import_firms import Firms
from crm_cli.services.import_matching import CONTENT, Match
from crm_cli.store import cards, companies, contacts, fields, import_lookup
from crm_cli.store.store import utc_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from typing import Any

    from crm_cli.domain.draft import ContactDraft
    from crm_cli.domain.field import CustomField
    from crm_cli.services.import_matching import Item, Matching
    from crm_cli.services.import_review import Review
    from crm_cli.services.import_update import Update
    from crm_cli.store.store import Store

    # Asked with the item and the record: `update`, `skip` or `add`.
    Ask = Callable[[ContactDraft, str], str]


class Batches:
    """Writes items and counts what became of them.

    `matching` is None where the store was empty; `on_duplicate` is `update` or `skip`, unless `ask` decides for each
    item that would change its record, or `review` for each of its fields. Nothing is kept open between two batches but
    the number of the change set.
    """

    def __init__(
        self,
        store: Store,
        matching: Matching | None,
        *,
        now: datetime,
        region: str,
        on_duplicate: str = UPDATE,
        ask: Ask | None = None,
        review: Review | None = None,
    ) -> None:
        self.store = store
        self.matching = matching
        self.now = now
        self.stamp = utc_text(now)
        self.region = region
        self.on_duplicate = on_duplicate
        self.ask = ask
        self.review = review
        self.change_set: int | None = None
        self.new = self.changed = self.same = 0
        self.firms = Firms(store, stored=matching is not None, stamp=self.stamp)
        connection = store.connection
        self._declared = {kind: fields.list(connection, kind) for kind in ("contact", "company")}

    def write(self, items: Sequence[Item]) -> None:
        """Write one batch in one transaction; a batch in which nothing changes opens none."""
        new: list[Item] = []
        updates: list[Update] = []
        for item in items:
            match = self.matching.take(item[1].content_hash) if self.matching else None
            if match is None:
                new.append(item)
            elif match.level == CONTENT:
                self.same += 1
            else:
                self._decide(item, match, new, updates)
        if new or updates:
            with self.store.transaction(self.now, change_set=self.change_set) as change_set:
                for update in updates:
                    import_update.apply(
                        self.store, update, self.firms.row_of, region=self.region, now=self.now, typed=self._typed
                    )
                self._add(new)
            self.change_set = change_set

    def _decide(self, item: Item, match: Match, new: list[Item], updates: list[Update]) -> None:
        """Sort a matched item: it changes its record, is new after all, or leaves everything as it is."""
        draft, content = item
        try:
            update = import_update.plan_update(self.store, match, draft, content, region=self.region)
        except NotFound:  # deleted by somebody since the import began
            new.append(item)
            return
        own_card = match.kind == "contact" or import_lookup.own_card(self.store.connection, match.row)
        asked = self.review is not None and update.card is None and update.before != update.theirs
        if own_card and not asked and not import_update.is_newer(update, lambda: self._exported(match)):
            self.same += 1
            if update.card is None:  # remembered, so that an edit here is not undone by the same file
                updates.append(update)
            return
        answer = self._answer(draft, update, match)
        if answer == ADD:
            new.append(item)
        elif answer == SKIP:
            self.same += 1
        else:
            kept = self.review is not None and not update.changes_record
            self.same, self.changed = self.same + kept, self.changed + (not kept)
            updates.append(update)

    def _answer(self, draft: ContactDraft, update: Update, match: Match) -> str:
        if self.review is not None:
            return self.review(update, draft, self._name(match))
        return self.ask(draft, self._name(match)) if self.ask else self.on_duplicate

    def _name(self, match: Match) -> str:
        return import_lookup.names(self.store.connection, match.kind, [match.row]).get(match.row, "")

    def _exported(self, match: Match) -> str:
        from crm_cli.services.export_cards import drafts

        exported = next(drafts(self.store, match.kind, [match.row], now=self.now, region=self.region))
        return exported.raw or ""

    def _add(self, items: Sequence[Item]) -> None:
        """Add new records: firms with a card first, for they are meant by the people behind them."""
        self.new += len(items)
        firms = [item for item in items if kind_of(item[0]) == "company"]
        people = [item for item in items if kind_of(item[0]) == "contact"]
        if firms:
            self._add_firms(firms)
        if not people:
            return
        drafts = [draft for draft, _ in people]
        for draft in drafts:
            if draft.custom:
                draft.custom = self._typed("contact", draft.custom)
        names = [draft.company for draft in drafts]
        self.firms.add(names)
        rows = contacts.add_many(
            self.store.connection,
            drafts,
            uids=[self.store.new_uid() for _ in drafts],
            stamp=self.stamp,
            owner=self.store.actor,
            employers=self.firms.rows_of(names),
        )
        cards.add_many(self.store.connection, "contact", rows, [content for _, content in people])

    def _add_firms(self, items: Sequence[Item]) -> None:
        fresh: list[Item] = []
        for draft, content in items:
            draft.custom = self._typed("company", draft.custom) if draft.custom else draft.custom
            row = self.firms.adopt(draft.name)
            if row is None:
                fresh.append((draft, content))
            else:
                match = Match("company", row, CONTENT, None)
                update = import_update.plan_update(self.store, match, draft, content, region=self.region)
                import_update.apply(
                    self.store, update, self.firms.row_of, region=self.region, now=self.now, typed=self._typed
                )
        rows = companies.add_many(
            self.store.connection,
            [draft for draft, _ in fresh],
            uids=[self.store.new_uid() for _ in fresh],
            stamp=self.stamp,
            owner=self.store.actor,
        )
        cards.add_many(self.store.connection, "company", rows, [content for _, content in fresh])
        for row, (draft, _) in zip(rows, fresh, strict=True):
            self.firms.learn(draft.name, row)

    def _typed(self, kind: str, custom: dict[str, Any]) -> dict[str, Any]:
        """Return custom fields with the values of declared ones as their type has them; what does not fit stays."""
        return {name: _value(named(self._declared[kind], name), value) for name, value in custom.items()}


def _value(field: CustomField | None, value: Any) -> Any:
    if field is None or field.type == "ref" or not isinstance(value, str):
        return value
    try:
        return read_value(field, value)
    except UsageError:
        return value
