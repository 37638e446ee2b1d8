"""What the screens share: the store of this run, what is read from it, and how a change is made and told."""

from __future__ import annotations

from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from crm_cli.domain.who import Match
from crm_cli.errors import NotFound
from crm_cli.fields import card_of
from crm_cli.output import Page
from crm_cli.store import companies, contacts
from crm_cli.tui.searching import Searching

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from crm_cli.context import AppContext
    from crm_cli.readings import Readings

_STORES = {"contact": contacts, "company": companies}
_WIDTH = 80
_LOOK = 60  # lines of the pane beside a list
_TIMELINE = 10_000  # lines of one record; nobody reads further


class CardPage(Page):
    """What the pages of `crm_cli.fields` are drawn with: the printer's page, in a pane instead of on stdout."""

    color = False

    def __init__(self, ctx: AppContext) -> None:
        super().__init__(ctx)
        self.format = "table"
        self.room: int | None = None

    @property
    def width(self) -> int:
        """The room for a line."""
        return self.room or _WIDTH

    @property
    def fold(self) -> int | None:
        """The width at which long texts go on in the next line; None where they never do."""
        return self.room


class Session:
    """One run of the interface. `read_only` refuses every action that writes."""

    def __init__(self, ctx: AppContext, *, read_only: bool = False) -> None:
        self.ctx = ctx
        self.store = ctx.store
        self.read_only = read_only
        self.page = CardPage(ctx)
        self.searching = Searching(ctx)
        # Where the firms of the people read last are: public id -> town.
        self.cities: Mapping[str, str] = {}

    @cached_property
    def readings(self) -> Readings:
        """What lines of the log are read with."""
        from crm_cli.readings import Readings

        return Readings(self.ctx)

    def close(self) -> None:
        """Close the second connection."""
        self.searching.close()

    def version(self) -> int:
        """Return a number that changes when another process has written."""
        return self.store.data_version()

    def records(self, kind: str, rows: Sequence[int]) -> list[tuple[int, Any]]:
        """Return (row, record) of people or firms; those that went away are left out."""
        connection, store = self.store.connection, _STORES[kind]
        found: list[Any] = list(store.list_rows(connection, rows))
        if kind == "contact":
            self.cities = companies.cities(connection, {one.company.id for one in found if one.company is not None})
        if len(found) == len(rows):
            return list(zip(rows, found, strict=True))
        return [(row, record) for row in rows for record in store.list_rows(connection, [row])]

    def match(self, kind: str, row: int) -> Match | None:
        """Return the record of a row as a reference, or None where it went away."""
        record = _STORES[kind].find(self.store.connection, row)
        return None if record is None else Match(kind=kind, row=row, id=record.id, name=record.name)

    def by_id(self, uid: str, *kinds: str) -> Match:
        """Return the record with an id; raises NotFound."""
        from crm_cli.services import resolve

        return resolve.one(self.store, uid, kinds=kinds or resolve.KINDS)

    def card(self, match: Match) -> Any:
        """Return the page of a record with its timeline; a task or an entry is itself."""
        return self._shown(match, _TIMELINE)

    def _shown(self, match: Match, limit: int) -> Any:
        from crm_cli.services import records

        return records.show(self.store, match=match, limit=limit, now=self.ctx.now(), localize=self.ctx.localize)

    def about(self, match: Match) -> Match | None:
        """Return the first person a task, entry or appointment is about, else its firm or deal; raises NotFound."""
        record = self.card(match)
        for contact in getattr(record, "contacts", ()):
            return self.by_id(contact.id, "contact")
        if getattr(record, "company", None) is not None:
            return self.by_id(record.company.id, "company")
        deal = getattr(record, "deal", None)
        return self.by_id(str(deal["id"]), "deal") if deal else None

    def look(self, match: Match, width: int | None) -> list[str]:
        """Return the first lines of a record's page, for the pane beside a list; none where it went away meanwhile."""
        try:
            return list(islice(self._drawn(self._shown(match, _LOOK), width), _LOOK))
        except NotFound:
            return []

    def lines(self, shown: Any, width: int | None = None) -> list[str]:
        """Return the lines `crm show` prints of a page, a task or an entry; long texts go on at `width`."""
        return list(self._drawn(shown, width))

    def _drawn(self, shown: Any, width: int | None) -> Iterable[str]:
        self.page.room = width
        draw = card_of(shown)
        return draw(shown, self.page) if draw is not None else ()

    def delete(self, match: Match) -> None:
        """Delete a person or firm; undo brings it back with all that mentioned it."""
        from crm_cli.services import parties

        parties.delete(self.store, match=match, confirmed=True, now=self.ctx.now())
