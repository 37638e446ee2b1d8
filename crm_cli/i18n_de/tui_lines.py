"""German texts of screens as lines, and of the search in the key help."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "A file is missing.": "Es fehlt eine Datei.",
    "crm tui import FILE --plain": "crm tui import DATEI --plain",
    "no key": "keine Taste",
    "What happened? (Enter alone stops):": "Was war? (Enter allein bricht ab):",
    # Whole days
    "Last day": "Letzter Tag",
    "No calendar goes that far.": "So weit reicht kein Kalender.",
    "The series would run into its own next time.": "Die Serie liefe in ihren eigenen nächsten Termin.",
    "--on DAY says which of its times is meant.": "--on TAG sagt, welcher ihrer Termine gemeint ist.",
    # Key help
    "a key or a word; ↑ ↓ scroll": "eine Taste oder ein Wort; ↑ ↓ blättert",
    "No key does this. “:” finds records and every command of the shell.": (
        "Das tut keine Taste. „:“ findet Datensätze und jeden Befehl der Shell."
    ),
}
