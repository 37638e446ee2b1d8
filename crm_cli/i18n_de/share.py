"""German texts of calendars for other people."""

from __future__ import annotations

TEXTS = {
    "--share belongs to event.": "--share gehört zu event.",
    "--share belongs to calendars: --format ical.": "--share gehört zu Kalendern: --format ical.",
    "What others see of appointments: titles and places, or only that you are busy.": (
        "Was andere von Terminen sehen: Titel und Orte, oder nur, dass man belegt ist."
    ),
    "Busy": "Belegt",
}
