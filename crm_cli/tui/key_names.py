"""Keys as Textual names them and as people write them: `question_mark` and `?`, `ctrl+p` and `Ctrl+P`, `g g`.

A text of keys holds alternatives, parted by commas; a chord is two keys parted by a blank.
"""

from __future__ import annotations

import unicodedata

from crm_cli.errors import UsageError

_SHOWN = {
    "space": "Space",
    "enter": "Enter",
    "escape": "Esc",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "tab": "Tab",
    "backspace": "Backspace",
    "delete": "Del",
    "insert": "Ins",
}
# Signs whose name at Textual is not the one of Unicode.
_SIGNS = {
    "slash": "/", "backslash": "\\", "at": "@", "minus": "-", "plus": "+", "underscore": "_",
    "less_than_sign": "<", "greater_than_sign": ">",
}  # fmt: skip
_NAMED = frozenset(_SHOWN) | {f"f{number}" for number in range(1, 25)}
_SPOKEN = {shown.casefold(): name for name, shown in _SHOWN.items()} | {
    "return": "enter",
    "page_down": "pagedown",
    "page_up": "pageup",
}
_MODIFIERS = ("ctrl", "alt", "shift", "super", "meta", "hyper")
# What a terminal sends for these is another key, or nothing that comes here.
_SWALLOWED = {
    "ctrl+i": "Tab",
    "ctrl+j": "Enter",
    "ctrl+m": "Enter",
    "ctrl+h": "Backspace",
    "ctrl+left_square_bracket": "Esc",
    "ctrl+c": "Ctrl+C",
}


def alternatives(keys: str) -> list[str]:
    """Return the single keys and chords of a text in Textual's spelling."""
    return [part for part in keys.split(",") if part]


def shown(keys: str, *, first: bool = False) -> str:
    """Return keys as people know them: `Enter`, `↓ j`, `Ctrl+P`, `g g`; `first` leaves the others out."""
    names = [" ".join(map(_shown_key, chord.split(" "))) for chord in alternatives(keys)]
    return names[0] if first and names else "  ".join(names) if any(" " in name for name in names) else " ".join(names)


def _shown_key(key: str) -> str:
    *modifiers, base = key.split("+")
    sign = _SIGNS.get(base) or _SHOWN.get(base) or _character(base) or base
    if modifiers:
        sign = sign.upper() if len(sign) == 1 else sign
        return "+".join([*(name.capitalize() for name in modifiers), sign])
    return sign.upper() if sign in _NAMED else sign


def _character(name: str) -> str | None:
    """Return the sign Unicode calls so; `question_mark` is `?`."""
    if "_" not in name and name not in ("colon", "asterisk", "comma", "semicolon", "tilde"):
        return None
    for spelling in (name.replace("_", " "), name.replace("_", "-")):
        try:
            return unicodedata.lookup(spelling.upper())
        except KeyError:
            continue
    return None


def read(text: str) -> str:
    """Return keys as Textual spells them; raises UsageError for what is no key, or one a terminal does not send.

    A comma parts alternatives (its own key is `comma`), a blank the two keys of a chord.
    """
    return ",".join(_chord(part.strip()) for part in text.split(",") if part.strip())


def _chord(text: str) -> str:
    keys = [_key(word) for word in text.split()]
    if len(keys) > 2:
        raise UsageError("“{text}” is no key.", text=text, hint="A chord is two keys, such as g g.")
    return " ".join(keys)


def _key(word: str) -> str:
    *modifiers, base = [word] if len(word) == 1 else _parted(word)
    found = _base(base)
    if found is None or any(name not in _MODIFIERS for name in modifiers):
        raise UsageError(
            "“{text}” is no key.", text=word, hint="Keys are written as ?, G, ä, Enter, F2, Ctrl+P, Alt+1 or g g."
        )
    if modifiers and len(found) == 1:
        found = found.lower()
    key = "+".join([*modifiers, found])
    if key in _SWALLOWED:
        raise UsageError(
            "“{text}” never arrives: terminals take it for {other}.",
            text=word,
            other=_SWALLOWED[key],
            hint="Choose another key.",
        )
    return key


def _parted(word: str) -> list[str]:
    """Part `Ctrl+P`; the plus of `Ctrl++` is a key."""
    if word.endswith("++"):
        return [*word[:-2].lower().split("+"), "+"]
    *modifiers, base = word.split("+")
    return [*(name.lower() for name in modifiers), base]


def _base(word: str) -> str | None:
    if len(word) == 1:
        return _of_character(word) if word.isprintable() else None
    folded = word.casefold()
    name = _SPOKEN.get(folded, folded)
    if name in _NAMED or name in _SIGNS or _character(name) is not None:
        return name
    return None


def _of_character(sign: str) -> str | None:
    if sign.isalnum():
        return sign
    if sign in _SIGNS.values():
        return next(name for name, known in _SIGNS.items() if known == sign)
    if sign == " ":
        return "space"
    arrow = _SPOKEN.get(sign)
    if arrow is not None:
        return arrow
    try:
        return unicodedata.name(sign).lower().replace("-", "_").replace(" ", "_")
    except ValueError:
        return None
