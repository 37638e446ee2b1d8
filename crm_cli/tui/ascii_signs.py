"""Screens in ASCII: for terminals, fonts and locales that have no lines, arrows and dots.

One filter over everything painted, so that no border of any widget is forgotten. Every sign keeps its width.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Mapping

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

# Terminals whose font is a board of a few hundred signs, or none beyond ASCII.
_TERMINALS = ("linux", "vt100", "vt102", "vt220")
_SIGNS = {
    **dict.fromkeys("─━╌╍┄┅┈┉═╴╶╸╺▔▁▂▃▄▅▆▇▀", "-"),
    **dict.fromkeys("│┃╎╏┆┇┊┋║▏▕▎▍▌▋▊▉▐╵╷╹╻", "|"),
    **dict.fromkeys("┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬╭╮╯╰┡┩╇", "+"),
    **dict.fromkeys("█▓▒░■▪●◼⬛", "#"),
    "□": "o", "○": "o", "•": "*", "·": "-", "∙": "-", "…": "~", "–": "-", "—": "-", "‐": "-", "‑": "-",
    "→": ">", "←": "<", "↑": "^", "↓": "v", "▶": ">", "◀": "<", "▲": "^", "▼": "v", "▸": ">", "▾": "v", "›": ">",
    "‹": "<", "»": ">", "«": "<", "„": '"', "“": '"', "”": '"', "‚": "'", "‘": "'", "’": "'", "×": "x", "✓": "x",
    "✗": "x", "′": "'", "″": '"', "°": "o", "€": "E", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\ufffd": "?",
}  # fmt: skip
_TABLE = str.maketrans(_SIGNS)


class AsciiSigns(LineFilter):
    """Replace what is drawn by ASCII; with `letters` also what is written, where the locale has no UTF-8."""

    def __init__(self, *, letters: bool) -> None:
        super().__init__()
        self.letters = letters

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - Textual's signature
        """Return the segments with the same widths."""
        if all(segment.control or segment.text.isascii() for segment in segments):
            return segments
        return [
            segment if segment.control or segment.text.isascii() else Segment(self._shown(segment.text), segment.style)
            for segment in segments
        ]

    def _shown(self, text: str) -> str:
        drawn = text.translate(_TABLE)
        return "".join(map(_letter, drawn)) if self.letters and not drawn.isascii() else drawn


def _letter(sign: str) -> str:
    """Return a letter without its marks, in as many cells."""
    if sign.isascii():
        return sign
    bare = unicodedata.normalize("NFKD", sign)[0]
    width = cell_len(sign)
    return bare if bare.isascii() and bare.isprintable() and width == 1 else "?" * width


def wanted(borders: str, environ: Mapping[str, str] = os.environ) -> AsciiSigns | None:
    """Return the filter this terminal needs: `borders` is the configuration's `ascii`, `lines` or `auto`."""
    letters = not _locale_has_utf8(environ)
    if borders == "ascii" or (borders == "auto" and _asked(environ)) or letters:
        return AsciiSigns(letters=letters)
    return None


def _asked(environ: Mapping[str, str]) -> bool:
    return environ.get("CRM_ASCII", "0") not in ("", "0") or environ.get("TERM") in _TERMINALS


def _locale_has_utf8(environ: Mapping[str, str]) -> bool:
    """Tell whether the locale is one of UTF-8; one that says nothing of it (none, `C`) counts as such, as in Python."""
    # Python itself sets LC_CTYPE to C.UTF-8 where the locale that LANG names is not installed.
    kind = environ.get("LC_CTYPE") if environ.get("LC_CTYPE") != "C.UTF-8" else None
    name = environ.get("LC_ALL") or kind or environ.get("LANG") or "C"
    language, _, code_set = name.partition("@")[0].partition(".")
    if code_set:
        return code_set.lower().replace("-", "") == "utf8"
    return language in ("C", "POSIX") or "_" not in language
