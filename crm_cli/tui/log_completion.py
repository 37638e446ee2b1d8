"""What Tab offers in a log line: kinds, names, tags, keys, stages and deals, from the same tables as the parser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_cli.domain.log_words import FOLLOWUPS, KINDS
from crm_cli.domain.text import fold_weak
from crm_cli.domain.who import TIER_FUZZY
from crm_cli.services import resolve
from crm_cli.store import search, search_complete

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from crm_cli.domain.log_words import LogOptions
    from crm_cli.store.store import Store

OFFERED = 5
_DAYS = ("heute", "gestern", "morgen", "today", "yesterday", "tomorrow")
_NAME_WORDS = 3  # of a name in the head, typed so far


def complete(
    store: Store, text: str, cursor: int, *, options: LogOptions, stages: Sequence[dict[str, Any]]
) -> tuple[int, list[str]]:
    """Return where in the line the completed words begin, and up to `OFFERED` texts to put there."""
    before = text[:cursor]
    start = max(before.rfind(" "), before.rfind("\t")) + 1
    word = before[start:]
    if word[:1] == "@" and len(word) > 1:
        names = _named(store, word[1:].replace("_", " ").replace(".", " "), "record")
        return start, [f"@{'_'.join(name.split())}" for name in names]
    if word[:1] == "+" and len(word) > 1:
        return start, [f"+{tag}" for tag in _named(store, word[1:], "tag")]
    key, colon, value = word.partition(":")
    role = options.keys.get(fold_weak(key)) if colon else None
    if role is not None:
        return start + len(key) + 1, list(_values(store, role, value, stages))[:OFFERED]
    if not word:
        return start, []
    if start == 0:
        kinds = [kind for kind in KINDS if kind.startswith(fold_weak(word)) and len(kind) > len(word)]
        if kinds:
            return start, kinds[:OFFERED]
    if ": " not in before:
        begin, names = _of_head(store, before, start)
        if names:
            return begin, names
    return start, [f"{key}:" for key in options.keys if len(key) > len(word) and key.startswith(fold_weak(word))][
        :OFFERED
    ]


def _values(store: Store, role: str, value: str, stages: Sequence[dict[str, Any]]) -> Iterator[str]:
    if role == "stage":
        yield from (stage["name"] for stage in stages if fold_weak(stage["name"]).startswith(fold_weak(value)))
    elif role == "deal" and value:
        yield from ("_".join(name.split()) for name in _named(store, value.replace("_", " "), "deal"))
    elif role in (*FOLLOWUPS, "at"):
        yield from (day for day in _DAYS if day.startswith(fold_weak(value)))


def _of_head(store: Store, before: str, start: int) -> tuple[int, list[str]]:
    """Return the names the last words of a head begin: three words, then two, then the last one."""
    places = [start]
    while len(places) < _NAME_WORDS and places[-1] > 0:
        place = before.rfind(" ", 0, places[-1] - 1) + 1
        if place >= places[-1]:
            break
        places.append(place)
    for place in reversed(places):
        typed = before[place:]
        if not typed.strip() or fold_weak(typed.split()[0]) in KINDS:
            continue
        names = _named(store, typed, "record")
        if names:
            return place, names
    return start, []


def _named(store: Store, prefix: str, kind: str) -> list[str]:
    if not prefix.strip():
        return []
    search.ready(store.connection)
    found = [value for value, _ in search_complete.complete(store.connection, prefix, kind, OFFERED)]
    if not found and kind == "record":
        # A family name begins no name, and still says who is meant.
        near = resolve.candidates(store, prefix, kinds=resolve.PARTIES)
        found = [match.name for match in near if match.tier < TIER_FUZZY][:OFFERED]
    # A name that holds a control character is never put into a line.
    return [name for name in dict.fromkeys(found) if name.isprintable()]
