"""German texts of the reports in the terminal interface."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    # Actions
    "Reports": "Berichte",
    "Figures of sales and of the work done": "Zahlen zum Verkauf und zur geleisteten Arbeit",
    "Table": "Tabelle",
    "The table behind the plot, or the plot": "Die Tabelle hinter dem Bild oder das Bild",
    "Earlier": "Früher",
    "The period before": "Der Zeitraum davor",
    "Later": "Später",
    "The next period": "Der nächste Zeitraum",
    "Period": "Zeitraum",
    "Another period, in words": "Ein anderer Zeitraum, in Worten",
    "Figures of what a query finds": "Zahlen zu dem, was eine Abfrage findet",
    "Export": "Exportieren",
    "Write the table into a file as CSV": "Die Tabelle als CSV in eine Datei schreiben",
    # The screen
    "Report": "Bericht",
    "Figures": "Zahlen",
    "Pipeline by stage": "Pipeline nach Phase",
    "Forecast by month": "Prognose nach Monat",
    "Won and lost": "Gewonnen und verloren",
    "Revenue by company": "Umsatz nach Firma",
    "Activity by week": "Aktivität je Woche",
    "Follow-ups in time": "Pünktlichkeit",
    "There are no figures yet.": "Dazu gibt es noch keine Zahlen.",
    "There is no open deal. wert:12k in a log line adds a value; crm deal add TITLE adds a deal.": (
        "Es gibt kein offenes Vorhaben. wert:12k in einer Eintragszeile gibt einen Wert; "
        "crm deal add TITEL legt eines an."
    ),
    "No deal was closed in this time. W on a deal of the pipeline wins it, X loses it.": (
        "In dieser Zeit wurde kein Vorhaben abgeschlossen. W an einem Vorhaben der Pipeline gewinnt, X verliert es."
    ),
    "Nothing was logged in this time. i logs a visit.": (
        "In dieser Zeit wurde nichts eingetragen. i trägt einen Besuch ein."
    ),
    "No follow-up was due in this time. w on a record sets one.": (
        "In dieser Zeit war keine Wiedervorlage fällig. w an einem Datensatz legt eine an."
    ),
    "no day": "ohne Tag",
    "no company": "ohne Firma",
    "{value} · {weighted} wtd.": "{value} · {weighted} gew.",
    "{won} won, {lost} lost": "{won} gewonnen, {lost} verloren",
    "{count:entry|entries}, {hours} h": "{count:Eintrag|Einträge}, {hours} Std.",
    "{share} of {count} in time": "{share} von {count} pünktlich",
    "This report is about what is open now.": "Dieser Bericht zeigt, was jetzt offen ist.",
    "Period of {title}": "Zeitraum für {title}",
    "2025 · q4 · last month · november · 12 weeks · 1.1. to 31.3.": (
        "2025 · q4 · letzter Monat · november · 12 wochen · 1.1. bis 31.3."
    ),
    "owner:me · company:acme · tag:fair; Esc on the screen shows all again": (
        "owner:me · company:acme · tag:messe; Esc in der Ansicht zeigt wieder alles"
    ),
    "A file for the table, as CSV.": "Eine Datei für die Tabelle, als CSV.",
    "{path} is there already; choose another name.": "{path} gibt es schon; bitte einen anderen Namen wählen.",
}
