"""Edits of the several-valued fields: which line an e-mail, phone, address or link stands in, and its label."""

from __future__ import annotations

from importers import vcard_build as build
from importers.contentlines import escape_text, split_escaped
from importers.vcard_labels import is_label_word, type_words
from importers.vcard_values import ADDRESS_PARTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from importers.vcard_edit import CardEdit

# The old address in one text, and the kind of value: wrong as soon as the value is another.
_STALE = ("LABEL", "VALUE", "DERIVED")


def edit_items(edit: CardEdit, field: str, wanted: list[Any]) -> None:
    """Make the lines of a field say what is wanted: equal items stay, others are edited in order."""
    pairs = list(zip(getattr(edit.read, field), edit.item_lines(field), strict=True))
    left = list(wanted)
    for same in (_identity, _place):
        waiting: dict[object, list[tuple[Any, int]]] = {}
        for pair in reversed(pairs):
            waiting.setdefault(same(pair[0]), []).append(pair)
        unmatched = []
        for item in left:
            found = waiting.get(same(item))
            if found:
                old, index = found.pop()
                _change(edit, field, index, old, item)
            else:
                unmatched.append(item)
        left = unmatched
        pairs = [pair for found in waiting.values() for pair in found]
        pairs.sort(key=lambda pair: pair[1])
    for (old, index), item in zip(pairs, left, strict=False):
        _change(edit, field, index, old, item)
    for _, index in pairs[len(left) :]:
        _remove(edit, index)
    last = max(edit.find({build.item_property(field, item) for item in wanted}), default=None)
    for item in left[len(pairs) :]:
        for line in build.item_lines(field, item, edit.free_group()):
            edit.add(line, last)


def _place(item: Any) -> object:
    """What an item is without its label and preference."""
    if hasattr(item, "value"):
        return (getattr(item, "kind", None), item.value)
    return tuple(getattr(item, part) for part in ADDRESS_PARTS)


def _identity(item: Any) -> object:
    return (_place(item), item.label, getattr(item, "preferred", False))


def _change(edit: CardEdit, field: str, index: int, old: Any, new: Any) -> None:
    if _identity(old) == _identity(new):
        return
    line = edit.parsed[index]
    assert line is not None
    params = line.kept_params()
    value = line.decoded()
    if _place(old) != _place(new):
        params = [param for param in params if param[0] not in _STALE]
        value = _address_value(value, old, new) if field == "addresses" else build.item_value(new)
    group = line.head.group
    if old.label != new.label:
        group = _relabel(edit, index, new.label)
    if (old.label, getattr(old, "preferred", False)) != (new.label, getattr(new, "preferred", False)):
        params = _typed(edit, field, params, new)
    edit.set_line(index, params, value, group)


def _address_value(value: str, old: Any, new: Any) -> str:
    parts = split_escaped(value, ";")
    parts += [""] * (7 - len(parts))
    for index, part in enumerate(ADDRESS_PARTS):
        if getattr(old, part) != getattr(new, part):
            parts[index] = escape_text(getattr(new, part) or "")
    if (old.street, old.extended) != (new.street, new.extended):
        del parts[7:]  # street name, number, floor … of RFC 9554 told the old street
    return ";".join(parts)


def _typed(edit: CardEdit, field: str, params: list[tuple[str, str]], item: Any) -> list[tuple[str, str]]:
    """Put the words of a label and of the preference in the place of the old ones."""
    words = [word.strip() for key, text in params if key in ("", "TYPE") for word in text.replace('"', "").split(",")]
    words = [word for word in words if word and not is_label_word(word) and word.upper() != "PREF"]
    kept = [param for param in params if param[0] not in ("", "TYPE", "PREF", "SERVICE-TYPE", "X-SERVICE-TYPE")]
    if field == "links" and item.kind != "url" and item.label and not type_words(item.label):
        kept += build.label_params(field, item)[0]
    else:
        words += type_words(item.label) or []
    if getattr(item, "preferred", False):
        if edit.version == "4.0":
            kept.append(("PREF", "1"))
        else:
            words.append("PREF")
    return ([("TYPE", ",".join(words))] if words else []) + kept


def _relabel(edit: CardEdit, index: int, label: str | None) -> str:
    """Set or remove the X-ABLabel of a line's group; give the group the line is to be in."""
    line = edit.parsed[index]
    assert line is not None
    group = line.head.group
    members = [member for member in edit.groups.get(group.upper(), ()) if edit.lines[member] is not None]
    labels = [member for member in members if edit.name(member) == "X-ABLABEL"]
    if type_words(label) is not None:
        for member in labels:
            edit.lines[member] = None
        return group
    if labels:
        edit.set_value(labels[0], escape_text(label or ""))
        return group
    group = group or edit.free_group()
    edit.add(f"{group}.X-ABLabel:{escape_text(label or '')}", index)
    return group


def _remove(edit: CardEdit, index: int) -> None:
    """Take a line out, and what only described it: X-ABLabel and X-ABADR of its group."""
    edit.lines[index] = None
    line = edit.parsed[index]
    group = line.head.group.upper() if line else ""
    left = [member for member in edit.groups.get(group, ()) if edit.lines[member] is not None]
    if all(edit.name(member) in ("X-ABLABEL", "X-ABADR") for member in left):
        for member in left:
            edit.lines[member] = None
