"""Fuzzy search in process: how good it is on mistyped names, and its CPU time."""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from bench.commands import imported
from bench.people import Person, people

if TYPE_CHECKING:
    from crm_cli.store.store import Store

QUERIES = 200
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_FOLDED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_BARE = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "Ä": "A", "Ö": "O", "Ü": "U"})


def run(sizes: Sequence[int]) -> None:
    """Print recall@10 and latency of each kind of query for each size."""
    from crm_cli.store.store import Store

    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            imported(size, {**os.environ, "CRM_HOME": folder, "LC_ALL": "C.UTF-8"}, folder)
            print(f"\nfind in process, {size:,} contacts")
            with Store.open(os.path.join(folder, "crm.db")) as store:
                chance = random.Random(2)
                everyone = list(people(size))
                for label, spoil in _KINDS.items():
                    wanted = [person for person in everyone if spoil(person, random.Random(1)) is not None]
                    chosen = chance.sample(wanted, min(QUERIES, len(wanted)))
                    _measure(store, label, [(person, str(spoil(person, chance))) for person in chosen])


def _measure(store: Store, label: str, queries: Sequence[tuple[Person, str]]) -> None:
    """Print one line: a hit is the very person, or one of the same name."""
    from crm_cli.services import search

    seconds, hits = [], 0
    for person, text in queries:
        begin = time.process_time()
        found = search.find(store, text=text, limit=10)
        seconds.append(time.process_time() - begin)
        hits += any(hit.name == f"{person.given} {person.family}" for hit in found)
    if not queries:
        return
    seconds.sort()
    p95 = seconds[int(len(seconds) * 0.95)]
    print(
        f"{label:<44} recall@10 {hits / len(queries):5.3f}  median {statistics.median(seconds) * 1000:6.2f} ms"
        f"  p95 {p95 * 1000:6.2f} ms  ≥ 0.98, ≤ 5 ms, ≤ 15 ms"
    )


def _edited(word: str, chance: random.Random) -> str:
    """Return the word with a letter missing, doubled, wrong or two exchanged, never the first."""
    place = chance.randrange(1, len(word) - 1)
    return chance.choice(
        (
            word[:place] + word[place + 1 :],
            word[:place] + word[place] + word[place:],
            word[:place] + chance.choice(_LETTERS) + word[place + 1 :],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        )
    )


def _typo(person: Person, chance: random.Random) -> str | None:
    if len(person.family) < 6:
        return None
    return f"{person.given} {_edited(person.family, chance)}"


def _two_typos(person: Person, chance: random.Random) -> str | None:
    if len(person.family) < 8 or len(person.given) < 5:
        return None
    return f"{_edited(person.given, chance)} {_edited(person.family, chance)}"


def _respelled(table: dict[int, str]) -> Callable[[Person, random.Random], str | None]:
    def spoil(person: Person, _: random.Random) -> str | None:
        name = f"{person.given} {person.family}"
        return name.translate(table) if name.translate(table) != name else None

    return spoil


def _turned(person: Person, _: random.Random) -> str:
    return f"{person.family} {person.given}"


def _with_firm(person: Person, _: random.Random) -> str:
    return f"{person.company.split()[0]} {person.family}"


def _begun(person: Person, _: random.Random) -> str | None:
    return f"{person.given[:3]} {person.family[:6]}" if len(person.family) > 6 else None


_KINDS: dict[str, Callable[[Person, random.Random], str | None]] = {
    "one typing error": _typo,
    "an error in each of two words": _two_typos,
    "ü as ue": _respelled(_FOLDED),
    "ü as u": _respelled(_BARE),
    "family name first": _turned,
    "firm and family name": _with_firm,
    "beginnings of both names": _begun,
}
