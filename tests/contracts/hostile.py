"""Texts that would drive a terminal, a renderer or a reader if a program passed them on as they are."""

from __future__ import annotations

ESC, BEL, ST, CSI, OSC, DCS, APC = "\x1b", "\x07", "\x1b\\", "\x9b", "\x9d", "\x90", "\x9f"

_C0 = [chr(code) for code in (*range(0x01, 0x20), 0x7F)]
_C1 = [chr(code) for code in range(0x80, 0xA0)]
_BIDI = [chr(code) for code in (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))]
_SEPARATORS = ["\u2028", "\u2029"]
# Invisible or clinging, but no control: they may stay.
_ODD = [
    "\u200b",
    "\u200c",
    "\u200d",
    "\u2060",
    "\ufeff",
    "\u0301",
    "\u20dd",
    "\u0489",
    "\U000e0041",
    "\ufffe",
    "\ue000",
]
_SEQUENCES = [
    *(f"{start}{body}" for start in (ESC + "[", CSI) for body in (
        "31m", "0m", "2J", "H", "999;999H", "6n", "c", "?1049h", "?25l", "?1000h", "20t", "21t", "5i", "1;1r", "3J",
        "10M", "!p", "38;2;1;2;3m", "=1u", ">c",
    )),
    *(f"{start}{body}{end}" for start in (ESC + "]", OSC) for end in (BEL, ST, "\x9c") for body in (
        "0;owned", "2;owned", "8;;http://evil.example", "52;c;cm0gLXJm", "4;1;?", "10;?", "1337;File=:AA",
        "9;note", "777;notify;a;b", "50;font",
    )),
    *(f"{start}{body}{end}" for start in (ESC + "P", DCS) for end in (ST, "\x9c")
      for body in ("$q m", "+q544e", "1;1|17/ab")),
    *(f"{start}payload{end}"
      for start in (ESC + "_", APC, ESC + "^", "\x9e", ESC + "X", "\x98") for end in (ST, "\x9c")),
    *(ESC + letter for letter in "cDEHMNOZ78=>#%(0)n|}~lmF"),
    ESC, ESC + "[", ESC + "]", ESC + "]52;c;", CSI, ESC + ESC + "[31m", "\x18\x1a",
    "\x0e\x0f", "\x1b[200~rm -rf\x1b[201~",
]  # fmt: skip
_MARKUP = [
    "[red]", "[/red]", "[/]", "[/", "[", "]", "[[", "[bold red]x", "[@click=app.quit]x[/]", "[@click=app.bell()]go",
    "[link=http://evil.example]x[/link]", "[red", r"\[red]", "[on red]", "[blink]", "[$primary]", ":smile:",
    "[b]x[/b][/b]",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&lt;b&gt;", "| cell | cell |", "`code`", "**bold**",
    "[text](http://evil.example)", "![x](http://evil.example)", "# heading", "---", "{name}", "{0}", "{", "}", "{{x}}",
    "%s %(x)s %n", "${HOME}", "$(id)", "`id`", "=1+1", "+cmd|' /C calc'!A0", "-2+3",
    "@SUM(A1)", "\t=1", "'; DROP TABLE contact;--",
    '"; DELETE FROM contact; --', "NULL", "None", "NaN",
    "../../etc/passwd", "-rf", "--help", "--json", "*", "?", "~", "\\", "\\n",
    '"', "'", '""', "”", "a,b;c", "null", "true", "0", "1e999", "١٢٣", "ﬁ", "İ", "ß", "ẞ",
]  # fmt: skip
_LONG = [
    "A" * 10_000,
    "ä" * 10_000,
    "e" + "\u0301" * 5_000,
    ESC + "[31m" * 2_500,
    "\u202e" * 3_000,
    "字" * 3_000,
    "👩‍👩‍👧‍👦" * 400,
]

_PLAIN = [*_C0, *_C1, *_BIDI, *_SEPARATORS, *_ODD, *_SEQUENCES]
HOSTILE = [
    *(f"Eve{text}Doe" for text in _PLAIN),
    *_SEQUENCES[:60],
    *_MARKUP,
    *(f"Eve {text} Doe" for text in _MARKUP),
    *_LONG,
]

# What must never reach a screen from outside. A line feed ends our own lines.
FORBIDDEN = frozenset([*(chr(code) for code in range(0x20) if code != 0x0A), "\x7f", *_C1, *_BIDI, *_SEPARATORS])


def controls(text: str) -> set[str]:
    """Return the control characters in what a program printed."""
    return FORBIDDEN.intersection(text)
