"""German texts of reports."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    # Commands
    "Open deals by stage, with their value and what is likely of it.": (
        "Offene Vorhaben nach Phase, mit Wert und gewichtetem Wert."
    ),
    "Open deals by the month they are to close in.": "Offene Vorhaben nach dem Monat ihres erwarteten Abschlusses.",
    "Deals won and lost by month.": "Gewonnene und verlorene Vorhaben nach Monat.",
    "Firms by the value of the deals won with them.": "Firmen nach dem Wert der mit ihnen gewonnenen Vorhaben.",
    "What was logged by week: calls, visits, mails.": "Was je Woche eingetragen wurde: Anrufe, Besuche, Mails.",
    "Follow-ups done in time, late, or still open.": "Wiedervorlagen: pünktlich erledigt, verspätet oder noch offen.",
    "Which records count: owner:me, company:acme, tag:fair.": (
        "Welche Datensätze zählen: owner:me, company:acme, tag:messe."
    ),
    "When: 2025, q4, last month, november, 12 weeks.": "Wann: 2025, q4, letzter Monat, november, 12 wochen.",
    "“{text}” is no period.": "„{text}“ ist kein Zeitraum.",
    "Such as 2025, q4, last month, november, 12 weeks, 1.1. to 31.3.": (
        "Zum Beispiel 2025, q4, letzter Monat, november, 12 wochen, 1.1. bis 31.3."
    ),
    "Such as 12 weeks.": "Zum Beispiel 12 wochen.",
    # Columns
    "Count": "Anzahl",
    "Value": "Wert",
    "Weighted": "Gewichtet",
    "Month": "Monat",
    "Past": "Vorbei",
    "Won": "Gewonnen",
    "Won value": "Wert gewonnen",
    "Lost": "Verloren",
    "Lost value": "Wert verloren",
    "Won share": "Quote",
    "Share": "Anteil",
    "Week": "Woche",
    "First day": "Erster Tag",
    "Calls": "Anrufe",
    "Visits": "Besuche",
    "Meetings": "Treffen",
    "Mails": "Mails",
    "Notes": "Notizen",
    "Other": "Andere",
    "All": "Alle",
    "Hours": "Stunden",
    "Due": "Fällig",
    "In time": "Pünktlich",
    "Late": "Spät",
    "Overdue": "Überfällig",
    "In time share": "Quote",
    "Days late": "Tage zu spät",
}
