"""Public ids as people see them: the shortest prefix that names one record."""

from __future__ import annotations

from bisect import bisect_left

from crm_cli.store.record_tables import RECORD_TABLES

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

SHORTEST = 4
# From so many ids on, reading all of them is cheaper than asking for the neighbours of each.
_MANY = 200


def shortened(connection: sqlite3.Connection, uids: Sequence[str]) -> dict[str, str]:
    """Return uid -> its shortest prefix (4 letters or more) that no other record's uid begins with."""
    if len(uids) >= _MANY:
        return _among_all(connection, uids)
    return {uid: uid[: max(SHORTEST, _shared(uid, _neighbours(connection, uid)) + 1)] for uid in uids}


def _neighbours(connection: sqlite3.Connection, uid: str) -> list[str]:
    """Return the uids next before and after this one in every record table."""
    parts = []
    for table in RECORD_TABLES:
        parts.append(f"SELECT max(uid) FROM {table} WHERE uid < :uid")
        parts.append(f"SELECT min(uid) FROM {table} WHERE uid > :uid")
    rows = connection.execute(" UNION ALL ".join(parts), {"uid": uid})
    return [row[0] for row in rows if row[0] is not None]


def _among_all(connection: sqlite3.Connection, uids: Sequence[str]) -> dict[str, str]:
    sql = " UNION ALL ".join(f"SELECT uid FROM {table}" for table in RECORD_TABLES)
    known = [row[0] for row in connection.execute(f"{sql} ORDER BY uid")]
    short = {}
    for uid in uids:
        index = bisect_left(known, uid)
        nearby = [other for other in known[max(index - 1, 0) : index + 2] if other != uid]
        short[uid] = uid[: max(SHORTEST, _shared(uid, nearby) + 1)]
    return short


def _shared(uid: str, others: Sequence[str]) -> int:
    """Return the length of the longest beginning that `uid` shares with one of the others."""
    longest = 0
    for other in others:
        length = 0
        for left, right in zip(uid, other, strict=False):
            if left != right:
                break
            length += 1
        longest = max(longest, length)
    return longest
