"""The vocabulary of names, and the words a typing error away from a given one.

For each word the index keeps what is left of its first letters when up to two of
them are missing (the symmetric deletions of SymSpell): two words within two edits of
each other share one, so near words cost a few look-ups and no scan. FTS5 holds them
as tokens at a third of the price of table rows.
"""

from __future__ import annotations

from itertools import combinations
from operator import itemgetter

from crm_cli.domain.text import distance

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection, Iterable

_PREFIX = 6  # letters whose deletions are kept; what follows is compared afterwards
_SHORTEST, _LONGEST = 3, 40

_pickers: dict[tuple[int, int], Callable[[str], tuple[str, ...]]] = {}


def _deletions(word: str, edits: int) -> str:
    """Return what is left of the word's first letters when up to `edits` of them are missing, blanks between."""
    start = word[:_PREFIX] + " "
    shape = (len(start), edits)
    picker = _pickers.get(shape)
    if picker is None:
        blank = len(start) - 1
        kept = [indexes for gone in range(edits + 1) for indexes in combinations(range(blank), blank - gone)]
        picker = _pickers[shape] = itemgetter(*(index for indexes in kept for index in (*indexes, blank)))
    return "".join(picker(start))


def _edits_kept(word: str) -> int:
    return 2 if len(word) > _SHORTEST else 1


def is_kept(word: str) -> bool:
    """Return whether the vocabulary keeps a word: letters, not too short, not too long."""
    return _SHORTEST <= len(word) <= _LONGEST and not word.isdecimal()


def json_words(found: Iterable[str]) -> str:
    """Return folded words (letters and digits only) as a JSON array, for `json_each(?)`."""
    return '["' + '","'.join(found) + '"]'


def add_words(connection: sqlite3.Connection, found: Collection[str]) -> None:
    """Add the words the vocabulary does not hold yet."""
    wanted = {word for word in found if is_kept(word)}
    wanted.difference_update(known_words(connection, wanted))
    if not wanted:
        return
    first = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM search_word").fetchone()[0]
    numbered = list(enumerate(sorted(wanted), first))
    connection.executemany("INSERT INTO search_word (id, word) VALUES (?, ?)", numbered)
    connection.executemany(
        "INSERT INTO search_near (rowid, deletions) VALUES (?, ?)",
        [(number, _deletions(word, _edits_kept(word))) for number, word in numbered],
    )


def remove_words(connection: sqlite3.Connection, found: Iterable[str]) -> None:
    """Forget words; a word that is erased from every record must not be proposed any more."""
    sql = "SELECT id, word FROM search_word WHERE word IN (SELECT value FROM json_each(?))"
    gone = connection.execute(sql, (json_words(found),)).fetchall()
    connection.executemany(
        "INSERT INTO search_near (search_near, rowid, deletions) VALUES ('delete', ?, ?)",
        [(number, _deletions(word, _edits_kept(word))) for number, word in gone],
    )
    connection.executemany("DELETE FROM search_word WHERE id = ?", [(number,) for number, _ in gone])


def clear_words(connection: sqlite3.Connection) -> None:
    """Forget every word."""
    connection.execute("DELETE FROM search_word")
    connection.execute("INSERT INTO search_near (search_near) VALUES ('delete-all')")


def known_words(connection: sqlite3.Connection, found: Iterable[str]) -> set[str]:
    """Return those of the words that the vocabulary holds."""
    sql = "SELECT word FROM search_word WHERE word IN (SELECT value FROM json_each(?))"
    return {row[0] for row in connection.execute(sql, (json_words(found),))}


def near_words(connection: sqlite3.Connection, word: str, edits: int) -> dict[str, int]:
    """Return the known words within `edits` (0 to 3) of a folded word, each with its distance.

    Up to two edits all of them are found, of those three away only some.
    """
    if not edits or not is_kept(word):
        return {}
    terms = dict.fromkeys(_deletions(word, min(edits, _edits_kept(word))).split())
    rows = connection.execute(
        """SELECT w.word FROM search_near AS n CROSS JOIN search_word AS w ON w.id = n.rowid
           WHERE n.search_near MATCH ? AND length(w.word) BETWEEN ? AND ?""",
        ('"' + '" OR "'.join(terms) + '"', len(word) - edits, len(word) + edits),
    )
    letters = set(word)
    found = {}
    for (other,) in rows:
        # Each edit adds and takes away at most one letter: most strangers fall here.
        if len(letters.symmetric_difference(other)) <= 2 * edits:
            away = distance(word, other, edits)
            if away <= edits:
                found[other] = away
    return found
