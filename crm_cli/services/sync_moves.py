"""Resources under another name: a file that was renamed, a card a device wrote anew. They stay the record they were."""

from __future__ import annotations

from crm_cli.services.sync_side import Foreign, Unreadable
from crm_cli.store import sync as sync_store

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from crm_cli.domain.sync import SyncItem
    from crm_cli.remotes.remote import Remote
    from crm_cli.services.sync_side import Reading, Side


def moves(
    connection: sqlite3.Connection, remote: Remote, side: Side, *, gone: Sequence[SyncItem], new: Iterable[str]
) -> dict[str, str]:
    """Return the new href of those of the pairs whose resource is `gone` and has its UID in one that is `new`.

    A UID that several have tells nothing.
    """
    new = list(new)
    if not gone or not new:
        return {}
    texts = sync_store.texts(connection, {item.body_hash for item in gone})
    missing = _only((_uid(side.read_kept, texts.get(item.body_hash, "")), item.href) for item in gone)
    found = _only((_uid(side.read, body), href) for href, _, body in remote.fetch(new)) if missing else {}
    return {href: found[uid] for uid, href in missing.items() if uid in found}


def _uid(read: Callable[[str], Reading], text: str) -> str | None:
    try:
        return read(text).uid if text else None
    except (Foreign, Unreadable):
        return None


def _only(pairs: Iterator[tuple[str | None, str]]) -> dict[str, str]:
    """Return href by UID, of those UIDs that occur once."""
    found: dict[str, list[str]] = {}
    for uid, href in pairs:
        if uid:
            found.setdefault(uid, []).append(href)
    return {uid: hrefs[0] for uid, hrefs in found.items() if len(hrefs) == 1}
