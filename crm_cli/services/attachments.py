"""What is attached to a record in the cards or the component it came in."""

from __future__ import annotations

from crm_cli.errors import NotFound
from crm_cli.store import calendars, cards, history

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from crm_cli.domain.attachment import Attachment
    from crm_cli.domain.who import Match
    from crm_cli.store.store import Store

_CARDS = ("contact", "company")
_COMPONENTS = ("event", "task", "interaction")


def of_record(store: Store, match: Match) -> list[Attachment]:
    """List what is attached to a record, each once, the newest card first; a record made here has nothing.

    A time that was taken out of a series has what is attached to the series, too.
    """
    from importers import attachments

    found: list[Attachment] = []
    seen: set[tuple[str, str, str | None, str | None]] = set()
    texts = list(_texts(store, match))
    for text in texts:
        fresh = attachments.listed(text)
        if len(texts) > 1:
            # Of records that were merged, both cards may hold the same photo; so may a time and its series.
            fresh = [one for one in fresh if _mark(one) not in seen]
            seen.update(map(_mark, fresh))
        found += [one.changed(number=number) for number, one in enumerate(fresh, len(found) + 1)]
    return found


def _mark(one: Attachment) -> tuple[str, str, str | None, str | None]:
    """Return what the same attachment of two cards shares."""
    source = one.source
    return one.kind, one.name, one.link, None if source is None else source.body[source.start : source.end]


def numbered(found: list[Attachment], number: int, name: str) -> Attachment:
    """Return an attachment by its number; raises NotFound."""
    if not 0 < number <= len(found):
        raise NotFound("{name} has no attachment {number}.", name=name, number=number, hint="crm files REF lists them.")
    return found[number - 1]


def _texts(store: Store, match: Match) -> Iterable[str]:
    connection = store.connection
    if match.kind in _CARDS:
        return [card.body for _, card in cards.of_record(connection, match.kind, match.row)]
    if match.kind in _COMPONENTS:
        uids = _with_series(store, match.id) if match.kind == "event" else [match.id]
        items = calendars.items_of_records(connection, uids)
        found = calendars.texts(connection, [item.hash for item in items.values()])
        return [found[items[uid].hash] for uid in uids if uid in items]
    return ()


def _with_series(store: Store, uid: str) -> list[str]:
    """Return an event and the series it was taken out of, and that one's if it was part of another."""
    uids = [uid]
    while (whole := history.series_of(store.connection, uids[-1])) is not None and whole not in uids:
        uids.append(whole)
    return uids
