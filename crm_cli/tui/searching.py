"""The rows that long lists show: found on a connection of its own, so that a search holds up no painting."""

from __future__ import annotations

import sqlite3
import threading
from typing import TYPE_CHECKING

from crm_cli.store import name_order, parties, party_order
from crm_cli.store.kept_order import KeptOrder
from crm_cli.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crm_cli.context import AppContext


class Searching:
    """Finds people and firms for one run of the interface. The newest search wins: `stop` ends the one that runs."""

    def __init__(self, ctx: AppContext) -> None:
        self._ctx = ctx
        self._reader: Store | None = None
        self._reading = threading.Lock()
        self._orders = {kind: KeptOrder(kind) for kind in name_order.KINDS}

    def close(self) -> None:
        """Close the connection."""
        with self._reading:
            if self._reader is not None:
                self._reader.close()
                self._reader = None

    def stop(self) -> None:
        """End the search that runs in another thread, if there is one."""
        reader = self._reader
        if reader is not None:
            reader.connection.interrupt()

    def first(self, kind: str, limit: int) -> tuple[list[int], int]:
        """Return the first rows of the whole list and how many there are; quick enough for the thread that paints."""
        return parties.page(self._ctx.store.connection, kind, "1", (), limit=limit)

    def rows(self, kind: str, query: str, sort: str = party_order.NAME) -> Sequence[int] | None:
        """Return the rows a query finds, or None where it was stopped; raises UsageError. For any thread."""
        with self._reading:
            store = self._ctx.store
            if store.path is not None:
                store = self._reader = self._reader or Store.open(store.path, actor=store.actor, create=False)
            try:
                found = self._found(store, kind, query)
                if sort == party_order.NAME:
                    return found
                return party_order.sorted_by(store.connection, kind, found, sort)
            except sqlite3.OperationalError as error:
                if "interrupted" in str(error):
                    return None
                raise

    def _found(self, store: Store, kind: str, query: str) -> Sequence[int]:
        from crm_cli.store import query_sql

        connection = store.connection
        compiled = query_sql.compile(
            connection, query, kind, now=self._ctx.now(), actor=store.actor, stages=self._ctx.config.deal_stages
        )
        order = self._orders[kind]
        if compiled.where == "1":
            return order.every_row(connection)
        if compiled.ids is not None:
            return order.of(connection, parties.indexed(connection, compiled.ids, compiled.params))
        where, values = compiled.where, compiled.params
        return order.of(connection, parties.unordered(connection, kind, where, values, only_ids=compiled.only_ids))
