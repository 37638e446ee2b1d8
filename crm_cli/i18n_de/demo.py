"""German texts of `crm demo`."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "{path} exists already.": "{path} gibt es schon.",
    "crm demo --fresh keeps it aside and starts anew.": "crm demo --fresh legt sie beiseite und fängt neu an.",
    "{companies} companies, {contacts} contacts, {deals} deals, {entries} log entries, {events} appointments.": (
        "{companies} Firmen, {contacts} Kontakte, {deals} Vorhaben, {entries} Einträge, {events} Termine."
    ),
    "Work on it with: export CRM_DB={path}": "Damit arbeiten: export CRM_DB={path}",
    "Keep an earlier demonstration file aside and make a new one.": (
        "Eine frühere Demodatei beiseitelegen und eine neue anlegen."
    ),
    "Make a store of demonstration data and print its path.": (
        "Eine Datei mit Demodaten anlegen und ihren Pfad ausgeben."
    ),
}
