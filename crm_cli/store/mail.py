"""SQL of the addresses a mail program asks for."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

_AMONG = "(SELECT value FROM json_each(?))"


def addresses_of(connection: sqlite3.Connection, uids: Sequence[str]) -> dict[str, list[tuple[str, str | None]]]:
    """Return (address, label) of people and firms by public id, the preferred one first."""
    wanted = '["' + '","'.join(uids) + '"]' if uids else "[]"
    found: dict[str, list[tuple[str, str | None]]] = {}
    for kind in ("contact", "company"):
        rows = connection.execute(
            f"""SELECT r.uid, e.value, e.label FROM email AS e JOIN {kind} AS r ON r.id = e.{kind}_id
                WHERE r.uid IN {_AMONG} ORDER BY e.preferred DESC, e.id""",
            (wanted,),
        )
        for uid, value, label in rows:
            found.setdefault(uid, []).append((value, label))
    return found
