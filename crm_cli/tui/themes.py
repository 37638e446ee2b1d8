"""The sets of colours one can choose from, and what is done so that every text in them can be read.

Whatever a theme does, a state is also a word or a sign.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.color import Color
from textual.theme import Theme

CONTRAST = Theme(
    name="crm-contrast",
    primary="#ffff00",
    secondary="#00ffff",
    accent="#00ffff",
    warning="#ffff00",
    error="#ff8080",
    success="#80ff80",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    dark=True,
)
NAMES = ("textual-dark", "textual-light", "crm-contrast", "ansi-dark", "ansi-light")

# WCAG 2.2: the least contrast of a text (1.4.3), and of the theme made for it (1.4.6); a little more, for rounding.
_LEAST, _MUCH = 4.6, 7.1
_MARK = 0.3  # how much of the main colour the line under the cursor has
_WRITTEN = ("primary", "secondary", "accent", "warning", "error", "success")


def after(name: str) -> str:
    """Return the theme that follows a theme."""
    return NAMES[(NAMES.index(name) + 1) % len(NAMES)] if name in NAMES else NAMES[0]


def variables(theme: Theme, found: Mapping[str, str]) -> dict[str, str]:
    """Return the variables of a theme in which every text can be read, with those of our own.

    `cursor` and `cursor-text` are the line under the cursor, `quiet` is for headings and what is empty.
    """
    if theme.ansi:
        own = {"cursor": "ansi_white", "cursor-text": "ansi_black", "quiet": "ansi_default"}
        return {**found, **own}
    least = _MUCH if theme.name == CONTRAST.name else _LEAST
    ink, ground = Color.parse(found["foreground"]), Color.parse(found["background"])
    cursor = ground.blend(Color.parse(found["primary"]), _MARK, 1)
    under = [Color.parse(found[name]) for name in ("background", "surface", "panel")]
    made = {name: _readable(Color.parse(found[name]), ink, under, least).hex for name in _WRITTEN}
    made["quiet"] = _readable(ink.blend(ground, 0.4, 1), ink, under, least).hex
    made |= {"cursor": cursor.hex, "cursor-text": _readable(ink, cursor.get_contrast_text(1), [cursor], least).hex}
    # A share of black or white, over whatever lies below.
    made |= {"text-muted": "auto 72%", "text-disabled": "auto 68%"}
    return {**found, **made}


def contrast(one: Color, other: Color) -> float:
    """Return the contrast of two colours as WCAG defines it, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(color: Color) -> float:
    shares = (part / 255 for part in color.rgb)
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _readable(color: Color, ink: Color, under: Iterable[Color], least: float) -> Color:
    """Return a colour brought towards the colour of text just as far as its contrast needs."""
    grounds = list(under)
    for step in range(21):
        nearer = color.blend(ink, step / 20, 1)
        if all(contrast(nearer, ground) >= least for ground in grounds):
            return nearer
    return ink
