"""What the screens share: the store of this run, what is read from it, and how a change is made and told."""

from __future__ import annotations

import threading
from functools import cached_property
from typing import TYPE_CHECKING

from crm_cli.domain.who import Match
from crm_cli.fields import card_of
from crm_cli.output_cells import shown_cell
from crm_cli.output_json import plain
from crm_cli.services import parties, records, resolve
from crm_cli.store import companies, contacts, history, uids
from crm_cli.store.parties import rows_where
from crm_cli.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from crm_cli.context import AppContext
    from crm_cli.readings import Readings

_STORES = {"contact": contacts, "company": companies}
_WIDTH = 80
_TIMELINE = 10_000  # lines of one record; nobody reads further


class CardPage:
    """What the pages of `crm_cli.fields` are drawn with: the printer's `Page` without a printer."""

    format = "table"
    color = False
    hidden_ids: tuple[str, ...] = ()

    def __init__(self, session: Session) -> None:
        self._session = session
        self.fold: int | None = None
        self.today = session.ctx.today

    @property
    def width(self) -> int:
        """The room for a line."""
        return self.fold or _WIDTH

    def short_ids(self, ids: Sequence[str]) -> dict[str, str]:
        """Return id -> its shortest unique prefix of at least four characters."""
        return uids.shortened(self._session.store.connection, ids)

    def cell(self, value: object, kind: str = "text") -> str:
        """Return a value as people read it; what paints makes it harmless."""
        return shown_cell(plain(value), kind, self.today)


class Session:
    """One run of the interface. `read_only` refuses every action that writes."""

    def __init__(self, ctx: AppContext, *, read_only: bool = False) -> None:
        self.ctx = ctx
        self.store = ctx.store
        self.read_only = read_only
        self.page = CardPage(self)
        self._reader: Store | None = None
        self._reading = threading.Lock()

    @cached_property
    def readings(self) -> Readings:
        """What lines of the log are read with."""
        from crm_cli.readings import Readings

        return Readings(self.ctx)

    def close(self) -> None:
        """Close the second connection."""
        with self._reading:
            if self._reader is not None:
                self._reader.close()
                self._reader = None

    def version(self) -> int:
        """Return a number that changes when another process has written."""
        return history.data_version(self.store.connection)

    def rows(self, kind: str, query: str) -> list[int]:
        """Return the rows of the people or firms a query finds, by name; raises UsageError. Runs in any thread."""
        with self._reading:
            store = self.store
            if store.path is not None:
                # A connection of its own, so that a long search holds up no painting.
                store = self._reader = self._reader or Store.open(store.path, actor=store.actor, create=False)
            from crm_cli.store import query_sql

            compiled = query_sql.compile(
                store.connection,
                query,
                kind,
                now=self.ctx.now(),
                actor=store.actor,
                stages=self.ctx.config.deal_stages,
            )
            return rows_where(store.connection, kind, compiled.where, compiled.params)

    def records(self, kind: str, rows: Sequence[int]) -> list[tuple[int, Any]]:
        """Return (row, record) of people or firms; those that went away are left out."""
        connection, store = self.store.connection, _STORES[kind]
        found = list(store.list_rows(connection, rows))
        if len(found) == len(rows):
            return list(zip(rows, found, strict=True))
        return [(row, record) for row in rows for record in store.list_rows(connection, [row])]

    def match(self, kind: str, row: int) -> Match | None:
        """Return the record of a row as a reference, or None where it went away."""
        record = _STORES[kind].find(self.store.connection, row)
        return None if record is None else Match(kind=kind, row=row, id=record.id, name=record.name)

    def by_id(self, uid: str, *kinds: str) -> Match:
        """Return the record with an id; raises NotFound."""
        return resolve.one(self.store, uid, kinds=kinds or resolve.KINDS)

    def card(self, match: Match) -> Any:
        """Return the page of a record with its timeline; a task or an entry is itself."""
        return records.show(self.store, match=match, limit=_TIMELINE)

    def lines(self, shown: Any, width: int | None = None) -> list[str]:
        """Return the lines `crm show` prints of a page, a task or an entry; long texts go on at `width`."""
        self.page.fold = width
        draw = card_of(shown)
        return list(draw(shown, self.page)) if draw is not None else []

    def delete(self, match: Match) -> None:
        """Delete a person or firm; undo brings it back with all that mentioned it."""
        parties.delete(self.store, match=match, confirmed=True, now=self.ctx.now())
