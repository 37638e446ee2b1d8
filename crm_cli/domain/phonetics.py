"""Kölner Phonetik: one code for German names that sound alike (`Meier`, `Mayer`: 67), to bring them together.

After Hans Joachim Postel, Die Kölner Phonetik (IBM-Nachrichten 19, 1969). It only proposes: `Müller` and `Möller`
have one code too, and are two names.
"""

from __future__ import annotations

_SIMPLE = {
    **dict.fromkeys("aeijouy", "0"),
    **dict.fromkeys("fvw", "3"),
    **dict.fromkeys("gkq", "4"),
    "b": "1",
    "l": "5",
    "m": "6",
    "n": "6",
    "r": "7",
    "s": "8",
    "z": "8",
}


def cologne(word: str) -> str:
    """Return the code of one folded word: digits without doubles, `0` only in front."""
    digits = []
    previous = ""
    for index, letter in enumerate(word):
        code = _SIMPLE.get(letter)
        if code is None:
            following = word[index + 1] if index + 1 < len(word) else ""
            code = _in_context(letter, previous, following)
        digits.append(code)
        previous = letter
    found = ""
    last = ""
    for digit in "".join(digits):
        if digit != last and (digit != "0" or not found):
            found += digit
        last = digit
    return found


def _in_context(letter: str, before: str, after: str) -> str:
    if letter == "p":
        return "3" if after == "h" else "1"
    if letter in "dt":
        return "8" if after and after in "csz" else "2"
    if letter == "x":
        return "8" if before and before in "ckq" else "48"
    if letter != "c":  # `h` and everything that is no Latin letter
        return ""
    if not before:
        return "4" if after and after in "ahkloqrux" else "8"
    return "4" if after and after in "ahkoqux" and before not in "sz" else "8"
