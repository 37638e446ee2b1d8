"""Put tags on records of any kind, take them off, rename them everywhere."""

from __future__ import annotations

from crm_cli.domain.party_input import read_tag
from crm_cli.domain.tag import Tagged, TagUse
from crm_cli.errors import NotFound
from crm_cli.services.parties import spelled
from crm_cli.store import parties, tags
from crm_cli.store.store import utc_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from crm_cli.domain.who import Match
    from crm_cli.store.store import Store


def add(store: Store, *, match: Match, names: Iterable[str], now: datetime) -> Tagged:
    """Put tags on a record, in the spelling already in use; those it bears stay as they are."""
    with store.transaction(now):
        borne = {tag.casefold() for tag in tags.list_of(store.connection, match.kind, match.row)}
        new = [name for name in spelled(store, map(read_tag, names)) if name.casefold() not in borne]
        if new:
            tags.add(store.connection, match.kind, match.row, new)
            parties.stamp(store.connection, match.kind, [match.row], utc_text(now))
        return _tagged(store, match)


def remove(store: Store, *, match: Match, names: Iterable[str], now: datetime) -> Tagged:
    """Take tags off a record; raises NotFound for one it does not bear."""
    with store.transaction(now):
        borne = {tag.casefold(): tag for tag in tags.list_of(store.connection, match.kind, match.row)}
        going = []
        for name in map(read_tag, names):
            if name.casefold() not in borne:
                raise NotFound("{name} has no tag “{tag}”.", name=match.name, tag=name)
            going.append(borne[name.casefold()])
        tags.remove(store.connection, match.kind, match.row, going)
        parties.stamp(store.connection, match.kind, [match.row], utc_text(now))
        return _tagged(store, match)


def of(store: Store, *, match: Match) -> Tagged:
    """Return the tags of one record."""
    return _tagged(store, match)


def _tagged(store: Store, match: Match) -> Tagged:
    return Tagged(match.id, match.kind, match.name, tuple(tags.list_of(store.connection, match.kind, match.row)))


def uses(store: Store) -> list[TagUse]:
    """Return every tag in use with its counts."""
    return [TagUse(name, sum(counts.values()), **counts) for name, counts in tags.counts(store.connection)]


def rename(store: Store, *, old: str, new: str, now: datetime) -> TagUse:
    """Rename a tag on every record; where a record bears both, one is left. Raises NotFound for an unknown tag."""
    old, new = read_tag(old), read_tag(new)
    with store.transaction(now):
        connection = store.connection
        bearers = tags.bearers(connection, old)
        if not bearers:
            raise NotFound("Nothing bears the tag “{tag}”.", tag=old, hint="crm tag list")
        for number, kind, row in bearers:
            others = {tag.casefold() for tag in tags.list_of(connection, kind, row)} - {old.casefold()}
            if new.casefold() in others:
                tags.delete(connection, number)
            else:
                tags.rename(connection, number, new)
            parties.stamp(connection, kind, [row], utc_text(now))
        return next(use for use in uses(store) if use.name.casefold() == new.casefold())
