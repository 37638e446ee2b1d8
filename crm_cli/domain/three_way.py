"""Bring two versions of one record together, property by property, against what both once agreed on.

Facts are a record as plain values: a property is a text (or number) or None, or a list of items, each a dict with its
attributes. The two sides have a base of their own, because neither holds everything the other does: what a server
cannot store is then no change, and neither is what the program has no column for.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from typing import Any

    Item = dict[str, Any]
    Facts = dict[str, Any]
    Identity = Callable[[str, Item], object]

MINE, THEIRS = "mine", "theirs"
_ABSENT = object()


class Merged:
    """What each side is to hold after a merge, and the properties in which both changed otherwise.

    `mine` and `theirs` are complete facts; where there are conflicts these properties stay as each side has them.
    """

    __slots__ = ("conflicts", "mine", "theirs")

    def __init__(self, mine: Facts, theirs: Facts, conflicts: list[str]) -> None:
        self.mine = mine
        self.theirs = theirs
        self.conflicts = conflicts


def merge(
    base_mine: Mapping[str, Any],
    mine: Facts,
    base_theirs: Mapping[str, Any],
    theirs: Facts,
    *,
    identity: Identity,
    loose: Collection[str] = (),
    prefer: str | None = None,
) -> Merged:
    """Merge two versions; `prefer` (`mine` or `theirs`) settles what would be a conflict.

    `identity` names an item of a list, so that a new label is a change of it and not another item. An item one side
    changed and the other deleted stays: an edit beats a deletion. One that both changed is merged attribute by
    attribute; those in `loose` are mere spellings of what it is, and may differ.
    """
    merged = Merged(dict(mine), dict(theirs), [])
    for name in sorted({*base_mine, *mine, *base_theirs, *theirs}):
        values = (base_mine.get(name), mine.get(name), base_theirs.get(name), theirs.get(name))
        if any(isinstance(value, list) for value in values):
            clash = _merge_items(merged, name, values, identity, loose, prefer)
        else:
            clash = _merge_value(merged, name, values, prefer)
        if clash:
            merged.conflicts.append(name)
    return merged


def _merge_value(merged: Merged, name: str, values: tuple[Any, ...], prefer: str | None) -> bool:
    base_mine, mine, base_theirs, theirs = values
    side = _winner(mine != base_mine, theirs != base_theirs, mine == theirs, prefer)
    if side == MINE:
        _put(merged.theirs, name, mine)
    elif side == THEIRS:
        _put(merged.mine, name, theirs)
    return side is None


def _winner(mine_changed: bool, theirs_changed: bool, same: bool, prefer: str | None) -> str | None:
    """Return whose value goes to the other side, `""` for nobody's, None for a conflict."""
    if same or not (mine_changed or theirs_changed):
        return ""
    if mine_changed and theirs_changed:
        return prefer
    return MINE if mine_changed else THEIRS


def _put(facts: Facts, name: str, value: Any) -> None:
    if value is None:
        facts.pop(name, None)
    else:
        facts[name] = value


def _merge_items(
    merged: Merged,
    name: str,
    values: tuple[Any, ...],
    identity: Identity,
    loose: Collection[str],
    prefer: str | None,
) -> bool:
    base_mine, mine, base_theirs, theirs = (_by_identity(name, value or [], identity) for value in values)
    clash = False
    for key in dict.fromkeys([*mine, *theirs, *base_mine, *base_theirs]):
        found = [items.get(key, _ABSENT) for items in (base_mine, mine, base_theirs, theirs)]
        before_mine, now_mine, before_theirs, now_theirs = found
        mine_changed, theirs_changed = now_mine != before_mine, now_theirs != before_theirs
        side = _winner(mine_changed, theirs_changed, now_mine == now_theirs, prefer)
        if side and mine_changed and theirs_changed and _ABSENT not in (now_mine, now_theirs):
            side = None
        elif side is None:
            side = THEIRS if now_mine is _ABSENT else MINE if now_theirs is _ABSENT else None
        if side == MINE:
            _set(theirs, key, now_mine)
        elif side == THEIRS:
            _set(mine, key, now_theirs)
        elif side is None:
            parts: list[Item] = [item if isinstance(item, dict) else {} for item in found]
            mine[key], theirs[key], clashes = _merge_attributes(*parts, loose=loose, prefer=prefer)
            clash |= clashes
    _put(merged.mine, name, list(mine.values()) or None)
    _put(merged.theirs, name, list(theirs.values()) or None)
    return clash


def _merge_attributes(
    base_mine: Item, mine: Item, base_theirs: Item, theirs: Item, *, loose: Collection[str], prefer: str | None
) -> tuple[Item, Item, bool]:
    """Merge an item both sides changed; what only one of them says of it, both do then."""
    merged = Merged(dict(mine), dict(theirs), [])
    clash = False
    for name in {**mine, **theirs}:
        values = (base_mine.get(name), mine.get(name), base_theirs.get(name), theirs.get(name))
        clash |= _merge_value(merged, name, values, prefer) and name not in loose
    return merged.mine, merged.theirs, clash


def _set(items: dict[object, Item], key: object, item: Any) -> None:
    if item is _ABSENT:
        items.pop(key, None)
    else:
        items[key] = item


def _by_identity(name: str, items: list[Item], identity: Identity) -> dict[object, Item]:
    """Return items by what they are; of two that are the same the second counts as one of its own."""
    found: dict[object, Item] = {}
    for item in items:
        key: object = identity(name, item)
        while key in found:
            key = (key, "again")
        found[key] = item
    return found
