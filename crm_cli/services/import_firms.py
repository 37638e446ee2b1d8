"""The employers that cards name: found by their folded name, made where there are none."""

from __future__ import annotations

from crm_cli.domain.draft import ContactDraft
from crm_cli.domain.transfer import company_key
from crm_cli.store import companies, search

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from crm_cli.store.store import Store


class Firms:
    """Row ids of firms by name, remembered over a whole import; `stored` is false where there were none before."""

    def __init__(self, store: Store, *, stored: bool, stamp: str) -> None:
        self.store = store
        self.stored = stored
        self.stamp = stamp
        self._by_name: dict[str, int] = {}
        self._by_key: dict[str, int] = {}
        # Firms this import made only because somebody works there: a card of their own may still come.
        self._bare: set[int] = set()

    def learn(self, name: str, row: int) -> None:
        """Remember a firm that came as a card of its own; the first of a name is meant by it."""
        self._by_key.setdefault(company_key(name), row)

    def adopt(self, name: str) -> int | None:
        """Return the firm of this name that is only somebody's employer so far, for its own card; else None."""
        row = self._by_key.get(company_key(name))
        if row not in self._bare:
            return None
        self._bare.discard(row)
        return row

    def row_of(self, name: str) -> int:
        """Return the firm of a name, made if need be; inside the caller's transaction."""
        self.add([name])
        return self._by_name[name]

    def rows_of(self, names: Iterable[str | None]) -> list[int | None]:
        """Return the firm of each name, None for none; all names must have been given to `add`."""
        return [self._by_name[name] if name else None for name in names]

    def add(self, names: Iterable[str | None]) -> None:
        """Find the firms of these names and make those that nobody has, a statement a table."""
        missing: dict[str, str] = {}
        waiting: list[tuple[str, str]] = []
        for name in dict.fromkeys(names):
            if not name or name in self._by_name:
                continue
            key = company_key(name)
            row = self._by_key.get(key) or self._stored(name)
            if row:
                self._by_name[name] = self._by_key[key] = row
            else:
                missing.setdefault(key, " ".join(name.split()) or name)
                waiting.append((name, key))
        if missing:
            drafts = [ContactDraft(name=name, kind="org") for name in missing.values()]
            rows = companies.add_many(
                self.store.connection,
                drafts,
                uids=[self.store.new_uid() for _ in drafts],
                stamp=self.stamp,
                owner=self.store.actor,
                own_card=False,
            )
            self._by_key.update(zip(missing, rows, strict=True))
            self._bare.update(rows)
        for name, key in waiting:
            self._by_name[name] = self._by_key[key]

    def _stored(self, name: str) -> int | None:
        if not self.stored:
            return None
        rows = search.rows_named(self.store.connection, "company", name)
        return min(rows) if rows else None
