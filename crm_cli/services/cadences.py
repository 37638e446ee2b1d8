"""Cadences: set and clear how often a customer is to be contacted."""

from __future__ import annotations

from crm_cli.domain.cadence import read_days
from crm_cli.errors import NotFound
from crm_cli.store import cadences
from crm_cli.store.store import utc_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime

    from crm_cli.domain.cadence import Cadence
    from crm_cli.domain.who import Match
    from crm_cli.store.store import Store


def set(store: Store, *, match: Match, every: str, now: datetime) -> Cadence:
    """Give a person or firm a cadence (`30d`, `2w`, `3m`) that begins today; return it. Raises UsageError."""
    days = read_days(every)
    with store.transaction(now):
        cadences.add(
            store.connection,
            match.kind,
            match.row,
            days=days,
            started_on=now.date().isoformat(),
            stamp=utc_text(now),
        )
        return _of(store, match)


def clear(store: Store, *, match: Match, now: datetime) -> Cadence:
    """Take the cadence of a person or firm away and return it as it was; raises NotFound."""
    with store.transaction(now):
        cadence = _of(store, match)
        cadences.delete(store.connection, match.kind, match.row, stamp=utc_text(now))
        return cadence


def _of(store: Store, match: Match) -> Cadence:
    for cadence in cadences.list(store.connection):
        if cadence.id == match.id:
            return cadence
    raise NotFound("{name} has no cadence.", name=match.name, hint="crm cadence set REF 30d")
